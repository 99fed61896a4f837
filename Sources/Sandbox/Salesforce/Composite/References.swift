import Foundation

/// The `@{reference.path}` placeholders of composite requests.
struct References {
  /// The bodies answered so far, by reference id.
  let known: [String: JSONValue]

  /// The value with every placeholder in its texts replaced.
  func filled(_ value: JSONValue) throws -> JSONValue {
    switch value {
    case .string(let text): .string(try filled(text))
    case .array(let items): .array(try items.map(filled))
    case .object(let members): .object(JSONObject(try members.members.map { ($0, try filled($1)) }))
    case .null, .bool, .number: value
    }
  }

  /// The text with every placeholder replaced.
  ///
  /// - Throws: a `Refusal` `PROCESSING_HALTED` when it names a request that failed or a member that is not there.
  func filled(_ text: String) throws -> String {
    var output = ""
    var rest = text[...]
    while let start = rest.range(of: "@{"), let end = rest[start.upperBound...].firstIndex(of: "}") {
      output += rest[..<start.lowerBound]
      output += try value(of: rest[start.upperBound..<end])
      rest = rest[rest.index(after: end)...]
    }
    return output + rest
  }

  private func value(of expression: Substring) throws -> String {
    let steps = expression.split { ".[]".contains($0) }.map(String.init)
    var here = steps.first.flatMap { known[$0] } ?? .null
    for step in steps.dropFirst() { here = Int(step).map { here[$0] } ?? here[step] }
    switch here {
    case .string(let text), .number(let text): return text
    case .bool(let flag): return String(flag)
    case .null, .array, .object:
      throw Refusal(
        status: 400, code: "PROCESSING_HALTED",
        message: "Invalid reference specified. No value for \(expression) found in \(steps.first ?? "")")
    }
  }
}
