extension JSONValue {
  /// The text of a text, number or flag; nil for anything else.
  var scalar: String? {
    switch self {
    case .string(let text), .number(let text): text
    case .bool(let flag): String(flag)
    case .null, .array, .object: nil
    }
  }
}
