import Foundation

/// A recorded conversation, read from its folder.
struct Recording: Sendable {
  /// The settings of the recording workspace by their dotted names.
  let settings: JSONObject
  /// In the order of their numbers.
  let exchanges: [RecordedExchange]

  private static let head = "recording.json"
  private static let format = "reconcile-recording"
  private static let version = 1

  /// Reads a folder as a whole.
  ///
  /// - Throws: the first file that is missing, unreadable, or not what the format says.
  init(folder: URL) throws(SandboxFailure) {
    let head = try Recording.json(folder, Recording.head)
    guard head["format"].string == Recording.format else {
      throw .recording("\(folder.path)/\(Recording.head): format must be \"\(Recording.format)\"")
    }
    guard head["version"].int == Recording.version else {
      throw .recording(
        "\(folder.path)/\(Recording.head): version \(head["version"].text) is not known, only \(Recording.version)")
    }
    guard let settings = head["settings"].object else {
      throw .recording("\(folder.path)/\(Recording.head): settings must be an object")
    }
    self.settings = settings
    exchanges = try Recording.exchanges(folder)
  }

  private static func exchanges(_ folder: URL) throws(SandboxFailure) -> [RecordedExchange] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    var found: [Int: (name: String, exchange: RecordedExchange)] = [:]
    for name in names.sorted() where name.first?.isNumber == true && name.hasSuffix(".json") {
      let exchange: RecordedExchange
      do {
        exchange = try RecordedExchange(try json(folder, name))
      } catch let mistake as RecordingMistake {
        throw .recording("\(folder.path)/\(name): \(mistake.message)")
      } catch {
        throw error as? SandboxFailure ?? .recording("\(folder.path)/\(name): \(error)")
      }
      if let other = found[exchange.number] {
        throw .recording("\(folder.path)/\(name): number \(exchange.number) is that of \(other.name) too")
      }
      found[exchange.number] = (name, exchange)
    }
    if found.isEmpty { throw .recording("\(folder.path) holds no exchange") }
    return found.values.map(\.exchange).sorted { $0.number < $1.number }
  }

  private static func json(_ folder: URL, _ name: String) throws(SandboxFailure) -> JSONValue {
    let path = folder.appendingPathComponent(name).path
    guard let data = FileManager.default.contents(atPath: path) else {
      throw .recording("\(path) is missing or cannot be read")
    }
    do {
      let json = try JSONParser.parse(data)
      guard json.object != nil else { throw SandboxFailure.recording("\(path) holds no JSON object") }
      return json
    } catch let error as JSONParseError {
      throw .recording("\(path) is no JSON: reading stopped at byte \(error.offset)")
    } catch {
      throw error as? SandboxFailure ?? .recording("\(path): \(error)")
    }
  }
}
