/// Takes in the elements of a list.
struct ElementWriter: UnkeyedEncodingContainer {
  let slot: ValueSlot

  var codingPath: [any CodingKey] { [] }
  var count: Int { slot.count }

  func encodeNil() { _ = slot.element() }

  func encode(_ value: Bool) { _ = slot.element(.bool(value)) }

  func encode(_ value: String) { _ = slot.element(.string(value)) }

  func encode<Number: Encodable & LosslessStringConvertible>(_ value: Number) {
    _ = slot.element(.number(String(value)))
  }

  func encode<Part: Encodable>(_ value: Part) throws { try value.encode(to: ValueEncoder(slot: slot.element())) }

  func nestedContainer<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    ValueEncoder(slot: slot.element()).container(keyedBy: type)
  }

  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
    ValueEncoder(slot: slot.element()).unkeyedContainer()
  }

  func superEncoder() -> any Encoder { ValueEncoder(slot: slot.element()) }
}
