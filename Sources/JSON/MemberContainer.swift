/// The members of an object, handed out by name.
///
/// Objects are small: a name is found by looking at one after the other.
struct MemberContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let members: [JSONMember]

  var codingPath: [any CodingKey] { [] }
  var allKeys: [Key] { members.compactMap { Key(stringValue: $0.name) } }

  func contains(_ key: Key) -> Bool { found(key) != nil }

  func decodeNil(forKey key: Key) throws -> Bool { try value(key).isNull }

  func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try value(key).readBoolean() }

  func decode(_ type: String.Type, forKey key: Key) throws -> String { try value(key).readText() }

  func decode<Number: Decodable & LosslessStringConvertible>(_ type: Number.Type, forKey key: Key) throws -> Number {
    try value(key).readNumber(type)
  }

  func decode<Result: Decodable>(_ type: Result.Type, forKey key: Key) throws -> Result {
    try Result(from: ValueDecoder(value: try value(key)))
  }

  func nestedContainer<Inner: CodingKey>(
    keyedBy type: Inner.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Inner> {
    try ValueDecoder(value: try value(key)).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try ValueDecoder(value: try value(key)).unkeyedContainer()
  }

  func superDecoder() throws -> any Decoder {
    ValueDecoder(value: members.first { $0.name == "super" }?.value ?? .null)
  }

  func superDecoder(forKey key: Key) throws -> any Decoder { ValueDecoder(value: try value(key)) }

  private func found(_ key: Key) -> JSONValue? {
    let name = key.stringValue
    return members.first { $0.name == name }?.value
  }

  private func value(_ key: Key) throws -> JSONValue {
    guard let value = found(key) else {
      throw DecodingError.keyNotFound(
        key, DecodingError.Context(codingPath: [], debugDescription: "there is no \(key.stringValue)"))
    }
    return value
  }
}
