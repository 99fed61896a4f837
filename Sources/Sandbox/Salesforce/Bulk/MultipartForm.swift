import Foundation

/// The parts of a `multipart/form-data` body by their names.
struct MultipartForm {
  private var parts: [String: Data] = [:]

  /// - Throws: a `Refusal` for a body without its boundary.
  init(_ request: ServiceRequest) throws {
    let type = request.headers["content-type"] ?? ""
    guard let mark = type.range(of: "boundary=") else { throw MultipartForm.refused }
    let boundary = type[mark.upperBound...].prefix { $0 != ";" }.trimmingCharacters(
      in: CharacterSet(charactersIn: "\" "))
    let fence = Data("--\(boundary)".utf8)
    var position = request.body.startIndex
    var fences: [Range<Data.Index>] = []
    while let found = request.body.range(of: fence, in: position..<request.body.endIndex) {
      fences.append(found)
      position = found.upperBound
    }
    guard fences.count > 1 else { throw MultipartForm.refused }
    for (fence, next) in zip(fences, fences.dropFirst()) {
      add(request.body[fence.upperBound..<next.lowerBound])
    }
  }

  subscript(name: String) -> Data? { parts[name] }

  /// Takes one part: headers, an empty line, and the content up to the line end before the next boundary.
  private mutating func add(_ part: Data) {
    let isWide = part.starts(with: Data("\r\n".utf8))
    let blank = Data((isWide ? "\r\n\r\n" : "\n\n").utf8)
    guard let gap = part.range(of: blank) else { return }
    let head = String(decoding: part[..<gap.lowerBound], as: UTF8.self)
    guard let start = head.range(of: "name=\"") else { return }
    let name = head[start.upperBound...].prefix { $0 != "\"" }
    parts[String(name)] = Data(part[gap.upperBound...].dropLast(isWide ? 2 : 1))
  }

  private static let refused = Refusal(
    status: 400, code: "INVALIDJOB", message: "InvalidJob : the form has no boundary")
}
