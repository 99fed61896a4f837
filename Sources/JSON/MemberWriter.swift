/// Takes in the members of an object.
struct MemberWriter<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let slot: ValueSlot

  var codingPath: [any CodingKey] { [] }

  func encodeNil(forKey key: Key) { _ = slot.member(key.stringValue) }

  func encode(_ value: Bool, forKey key: Key) { _ = slot.member(key.stringValue, .bool(value)) }

  func encode(_ value: String, forKey key: Key) { _ = slot.member(key.stringValue, .string(value)) }

  func encode<Number: Encodable & LosslessStringConvertible>(_ value: Number, forKey key: Key) {
    _ = slot.member(key.stringValue, .number(String(value)))
  }

  func encode<Part: Encodable>(_ value: Part, forKey key: Key) throws {
    try value.encode(to: ValueEncoder(slot: slot.member(key.stringValue)))
  }

  func nestedContainer<Inner: CodingKey>(keyedBy type: Inner.Type, forKey key: Key) -> KeyedEncodingContainer<Inner> {
    ValueEncoder(slot: slot.member(key.stringValue)).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    ValueEncoder(slot: slot.member(key.stringValue)).unkeyedContainer()
  }

  func superEncoder() -> any Encoder { ValueEncoder(slot: slot.member("super")) }

  func superEncoder(forKey key: Key) -> any Encoder { ValueEncoder(slot: slot.member(key.stringValue)) }
}
