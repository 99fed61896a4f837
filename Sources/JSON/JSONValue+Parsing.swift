import CSimdjson

extension JSONValue {
  /// A document may have so many bytes unless the caller says otherwise.
  package static let maximumSize = 64 << 20

  /// Reads one document.
  ///
  /// Refused are invalid UTF-8, lone surrogates, repeated names, nesting beyond 64, text behind the end, more than
  /// `limit` bytes, and a document that ends early. `1e999` and forty digits pass, as text.
  package init(parsing bytes: [UInt8], limit: Int = maximumSize) throws(JSONError) {
    self = try bytes.span.withUnsafeBytes { (raw) throws(JSONError) in try JSONValue(parsing: raw, limit: limit) }
  }

  /// Reads one document from text, under the same rules.
  package init(parsing text: String, limit: Int = maximumSize) throws(JSONError) {
    self = try JSONValue(parsing: Array(text.utf8), limit: limit)
  }

  /// Reads one document from bytes in memory, under the same rules.
  package init(parsing bytes: UnsafeRawBufferPointer, limit: Int = maximumSize) throws(JSONError) {
    guard bytes.count <= limit else { throw JSONError(.tooLarge(limit), at: limit) }
    let tokenizer = JSONTokenizer()
    let tokens = try tokenizer.read(bytes)
    self = try JSONBuilder(tokens: tokens).value(at: 0)
    withExtendedLifetime(tokenizer) {}
  }
}

/// Builds a value from the tokens of a document that has been checked already, but for repeated names.
private struct JSONBuilder {
  let tokens: UnsafeBufferPointer<JSONToken>

  func value(at index: Int) throws(JSONError) -> JSONValue {
    let token = tokens[index]
    switch JSONTokenKind(token) {
    case .null: return .null
    case .true: return .bool(true)
    case .false: return .bool(false)
    case .number: return .number(token.string)
    case .string: return .string(token.string)
    case .array: return .array(try elements(after: index))
    case .object: return .object(try members(after: index))
    case .key, .end: throw JSONError(.badSyntax)
    }
  }

  private func elements(after index: Int) throws(JSONError) -> [JSONValue] {
    var elements: [JSONValue] = []
    var at = index + 1
    while JSONTokenKind(tokens[at]) != .end {
      elements.append(try value(at: at))
      at = Int(tokens[at].next)
    }
    return elements
  }

  private func members(after index: Int) throws(JSONError) -> [JSONMember] {
    var members: [JSONMember] = []
    var names = NameSet()
    var at = index + 1
    while JSONTokenKind(tokens[at]) == .key {
      let name = tokens[at].string
      guard names.insert(name, besides: members) else { throw JSONError(.duplicateName(name)) }
      members.append(JSONMember(name, try value(at: at + 1)))
      at = Int(tokens[at + 1].next)
    }
    return members
  }
}

/// The names of an object: while it has few, looking through them is quicker than a set.
private struct NameSet {
  private static let few = 16
  private var names: Set<String> = []

  /// Takes in a name; false when it is there already.
  ///
  /// `members` are those whose names were taken in before.
  mutating func insert(_ name: String, besides members: [JSONMember]) -> Bool {
    guard members.count >= Self.few else { return !members.contains { $0.name == name } }
    if names.isEmpty { names = Set(members.map(\.name)) }
    return names.insert(name).inserted
  }
}
