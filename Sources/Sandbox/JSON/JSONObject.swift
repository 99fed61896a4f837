/// The members of a JSON object in the order in which they were written.
struct JSONObject: Sendable, Equatable {
  private(set) var keys: [String] = []
  private(set) var values: [JSONValue] = []

  init() {}

  init(_ members: [(String, JSONValue)]) {
    for (key, value) in members { self[key] = value }
  }

  /// An object of members of which no two have the same name.
  init(unique members: [(String, JSONValue)]) {
    keys = members.map(\.0)
    values = members.map(\.1)
  }

  var members: Zip2Sequence<[String], [JSONValue]> { zip(keys, values) }

  var isEmpty: Bool { keys.isEmpty }

  /// The value of a member; setting nil removes it, setting anything else keeps its place or appends it.
  subscript(key: String) -> JSONValue? {
    get { keys.firstIndex(of: key).map { values[$0] } }
    set {
      switch (keys.firstIndex(of: key), newValue) {
      case (let index?, let value?): values[index] = value
      case (let index?, nil):
        keys.remove(at: index)
        values.remove(at: index)
      case (nil, let value?):
        keys.append(key)
        values.append(value)
      case (nil, nil): break
      }
    }
  }

  /// The spelling under which a member is present, compared without regard to case.
  func spelling(of key: String) -> String? {
    if keys.contains(key) { return key }
    let lowered = key.lowercased()
    return keys.first { $0.lowercased() == lowered }
  }

  /// The value of a member whose name is compared without regard to case.
  func value(ignoringCase key: String) -> JSONValue? { spelling(of: key).flatMap { self[$0] } }
}
