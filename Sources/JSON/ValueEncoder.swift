/// Takes in what a type encodes of itself.
struct ValueEncoder: Encoder {
  let slot: ValueSlot

  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    slot.beginObject()
    return KeyedEncodingContainer(MemberWriter(slot: slot))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    slot.beginList()
    return ElementWriter(slot: slot)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { self }
}

extension ValueEncoder: SingleValueEncodingContainer {
  func encodeNil() { slot.set(.null) }

  func encode(_ value: Bool) { slot.set(.bool(value)) }

  func encode(_ value: String) { slot.set(.string(value)) }

  func encode<Number: Encodable & LosslessStringConvertible>(_ value: Number) { slot.set(.number(String(value))) }

  func encode<Part: Encodable>(_ value: Part) throws { try value.encode(to: self) }
}
