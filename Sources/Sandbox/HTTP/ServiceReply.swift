import Foundation

/// One answer as both services give it.
struct ServiceReply: Sendable {
  var status: Int
  var headers: [(name: String, value: String)] = []
  var body = Data()

  static func json(
    _ value: JSONValue, status: Int = 200, type: String = "application/json;charset=UTF-8",
    headers: [(name: String, value: String)] = []
  ) -> ServiceReply {
    ServiceReply(status: status, headers: [("Content-Type", type)] + headers, body: value.data)
  }

  static func empty(_ status: Int, headers: [(name: String, value: String)] = []) -> ServiceReply {
    ServiceReply(status: status, headers: headers)
  }

  mutating func setHeader(_ name: String, _ value: String) {
    headers.removeAll { $0.name.lowercased() == name.lowercased() }
    headers.append((name, value))
  }
}
