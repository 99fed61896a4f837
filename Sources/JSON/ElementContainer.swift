/// The elements of an array, handed out one after the other.
struct ElementContainer: UnkeyedDecodingContainer {
  let elements: [JSONValue]
  private(set) var currentIndex = 0

  init(elements: [JSONValue]) { self.elements = elements }

  var codingPath: [any CodingKey] { [] }
  var count: Int? { elements.count }
  var isAtEnd: Bool { currentIndex == elements.count }

  mutating func decodeNil() throws -> Bool {
    guard try value(Never.self).isNull else { return false }
    currentIndex += 1
    return true
  }

  mutating func decode(_ type: Bool.Type) throws -> Bool { try next(type) { try $0.readBoolean() } }

  mutating func decode(_ type: String.Type) throws -> String { try next(type) { try $0.readText() } }

  mutating func decode<Number: Decodable & LosslessStringConvertible>(_ type: Number.Type) throws -> Number {
    try next(type) { try $0.readNumber(type) }
  }

  mutating func decode<Result: Decodable>(_ type: Result.Type) throws -> Result {
    try next(type) { try Result(from: ValueDecoder(value: $0)) }
  }

  mutating func nestedContainer<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    try next(type) { try ValueDecoder(value: $0).container(keyedBy: type) }
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    try next([Any].self) { try ValueDecoder(value: $0).unkeyedContainer() }
  }

  mutating func superDecoder() throws -> any Decoder { try next(Never.self) { ValueDecoder(value: $0) } }

  /// What is made of the next element; where that fails, the element is not taken.
  private mutating func next<Result>(_ type: Any.Type, _ read: (JSONValue) throws -> Result) throws -> Result {
    let result = try read(try value(type))
    currentIndex += 1
    return result
  }

  private func value(_ type: Any.Type) throws -> JSONValue {
    guard !isAtEnd else {
      throw DecodingError.valueNotFound(
        type, DecodingError.Context(codingPath: [], debugDescription: "the list has \(elements.count) elements"))
    }
    return elements[currentIndex]
  }
}
