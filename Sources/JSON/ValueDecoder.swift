/// Hands a value to what decodes itself.
struct ValueDecoder: Decoder {
  let value: JSONValue

  // An error names the key or the value that was wrong; the way to it costs more than all the rest.
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    guard case .object(let members) = value else { throw value.mismatch([String: Any].self) }
    return KeyedDecodingContainer(MemberContainer(members: members))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    guard case .array(let elements) = value else { throw value.mismatch([Any].self) }
    return ElementContainer(elements: elements)
  }

  func singleValueContainer() throws -> any SingleValueDecodingContainer { self }
}

extension ValueDecoder: SingleValueDecodingContainer {
  func decodeNil() -> Bool { value.isNull }

  func decode(_ type: Bool.Type) throws -> Bool { try value.readBoolean() }

  func decode(_ type: String.Type) throws -> String { try value.readText() }

  func decode<Number: Decodable & LosslessStringConvertible>(_ type: Number.Type) throws -> Number {
    try value.readNumber(type)
  }

  func decode<Result: Decodable>(_ type: Result.Type) throws -> Result { try Result(from: self) }
}
