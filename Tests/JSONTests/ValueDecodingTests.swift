import Foundation
import JSON
import Testing

/// What the ledger stores: every form in which Swift writes a type of its own.
private struct Sample: Codable, Equatable, Sendable {
  enum Kind: String, Codable, Sendable { case first, second }

  indirect enum Tree: Codable, Equatable, Sendable {
    case leaf
    case value(Int)
    case pair(left: Tree, right: Tree)
    case named(String, of: [Kind])
  }

  struct Part: Codable, Equatable, Sendable {
    let name: String
    var size: Int?
  }

  var text = ""
  var isSet = false
  var number = 0
  var small: Int8 = 0
  var large: UInt64 = 0
  var fraction = 0.0
  var kind = Kind.first
  var maybe: String?
  var tree = Tree.leaf
  var parts: [Part] = []
  var table: [String: Int] = [:]
  var deep: [[String?]] = []
}

@Suite("A value as a type of its own")
struct ValueDecodingTests {
  private static let samples = [
    Sample(),
    Sample(text: "é😀/\"\\\u{8}\u{0}\u{2028}\n", isSet: true, number: -7, small: -128, large: .max, fraction: -0.125),
    Sample(
      kind: .second, maybe: "", tree: .value(3), parts: [Sample.Part(name: "a"), Sample.Part(name: "b", size: 4)]),
    Sample(
      tree: .pair(left: .named("n", of: [.second, .first]), right: .pair(left: .leaf, right: .value(-1))),
      table: ["": 0, "a b": 1], deep: [[], ["x", nil], [nil]]),
  ]

  @Test("it is the value that was encoded", arguments: samples.indices)
  func roundTrip(place: Int) throws {
    let text = String(decoding: try JSONEncoder().encode(Self.samples[place]), as: UTF8.self)
    #expect(try JSONValue(parsing: text).decoded(as: Sample.self) == Self.samples[place])
  }

  @Test(
    "what is encoded here is the value again, to Foundation as well, and its members stand by name",
    arguments: samples.indices)
  func encoding(place: Int) throws {
    let value = try JSONValue(encoding: Self.samples[place])
    #expect(try value.decoded(as: Sample.self) == Self.samples[place])
    #expect(try JSONDecoder().decode(Sample.self, from: Data(value.encoded())) == Self.samples[place])
    guard case .object(let members) = value else {
      Issue.record("no object")
      return
    }
    #expect(members.map(\.name) == members.map(\.name).sorted())
    #expect(try JSONValue(encoding: ["b": 1, "a": 2, "c": 3]).text == #"{"a":2,"b":1,"c":3}"#)
  }

  @Test(
    "null, an absent member and an unknown one are what they are to Foundation",
    arguments: [
      #"{"name":"a"}"#, #"{"name":"a","size":null}"#, #"{"more":[1],"size":2,"name":"a"}"#,
    ])
  func optionals(text: String) throws {
    let expected = try JSONDecoder().decode(Sample.Part.self, from: Data(text.utf8))
    #expect(try JSONValue(parsing: text).decoded(as: Sample.Part.self) == expected)
  }

  @Test(
    "what does not fit is refused, and the error names it",
    arguments: [
      (#"{"size":1}"#, "there is no name"), (#"{"name":1}"#, "the number 1 is no String"),
      (#"{"name":null}"#, "null is no String"), (#"{"name":"a","size":1.5}"#, "the number 1.5 is no Int"),
      (#"{"name":"a","size":9223372036854775808}"#, "the number 9223372036854775808 is no Int"),
      (#"{"name":"a","size":"1"}"#, "a string is no Int"), (#"["name"]"#, "a list is no Dictionary<String, Any>"),
      (#"{"name":{}}"#, "an object is no String"), (#"{"name":true}"#, "a boolean is no String"),
    ])
  func refuses(text: String, reason: String) throws {
    let value = try JSONValue(parsing: text)
    let error = #expect(throws: DecodingError.self) { try value.decoded(as: Sample.Part.self) }
    #expect(error.flatMap(Self.description) == reason)
  }

  @Test("elements come one after the other, and none behind the last")
  func elements() throws {
    var list = try Elements(JSONValue(parsing: #"[null,true,"a",7,[1],{"name":"b"},0.5]"#)).container
    #expect(list.count == 7)
    #expect(try list.decodeNil())
    #expect(try !list.decodeNil())
    #expect(throws: DecodingError.self) { try list.decode(String.self) }
    #expect(list.currentIndex == 1)
    #expect(try list.decode(Bool.self))
    #expect(try list.decode(String.self) == "a")
    #expect(try list.decode(UInt8.self) == 7)
    var inner = try list.nestedUnkeyedContainer()
    #expect(try inner.decode(Int.self) == 1)
    let members = try list.nestedContainer(keyedBy: Elements.Name.self)
    #expect(try members.decode(String.self, forKey: .name) == "b")
    #expect(members.allKeys == [.name])
    #expect(try Double(from: list.superDecoder()) == 0.5)
    #expect(list.isAtEnd)
    let error = #expect(throws: DecodingError.self) { try list.decodeNil() }
    #expect(error.flatMap(Self.description) == "the list has 7 elements")
  }

  @Test("a subclass finds its superclass, under the name that Foundation gives it or its own")
  func superclasses() throws {
    let text = #"{"super":{"size":1},"other":{"size":2},"list":[3],"inner":{"size":4}}"#
    let nested = try JSONValue(parsing: text).decoded(as: Nested.self)
    #expect(nested == Nested(own: 1, above: 2, list: 3, inner: 4))
    #expect(try JSONDecoder().decode(Nested.self, from: Data(text.utf8)) == nested)
    #expect(
      try JSONValue(encoding: nested).text
        == #"{"inner":{"size":4},"list":[3,null,true,"a",[7],{"other":null},{"size":1}],"other":{"size":2},"super":{"size":1}}"#
    )
  }

  private static func description(_ error: DecodingError) -> String? {
    switch error {
    case .typeMismatch(_, let context), .valueNotFound(_, let context), .keyNotFound(_, let context),
      .dataCorrupted(let context):
      context.debugDescription
    @unknown default: nil
    }
  }
}

/// Hands out the list that it is decoded from.
private struct Elements: Decodable {
  enum Name: String, CodingKey { case name }

  var container: any UnkeyedDecodingContainer

  init(_ value: JSONValue) throws { self = try value.decoded(as: Elements.self) }

  init(from decoder: any Decoder) throws { container = try decoder.unkeyedContainer() }
}

/// Reads and writes a number in every place where an object may hold another.
private struct Nested: Codable, Equatable {
  enum Key: String, CodingKey { case size, other, list, inner }

  let own: Int
  let above: Int
  let list: Int
  let inner: Int

  init(own: Int, above: Int, list: Int, inner: Int) {
    (self.own, self.above, self.list, self.inner) = (own, above, list, inner)
  }

  init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: Key.self)
    own = try members.superDecoder().container(keyedBy: Key.self).decode(Int.self, forKey: .size)
    above = try members.superDecoder(forKey: .other).container(keyedBy: Key.self).decode(Int.self, forKey: .size)
    var elements = try members.nestedUnkeyedContainer(forKey: .list)
    list = try elements.decode(Int.self)
    inner = try members.nestedContainer(keyedBy: Key.self, forKey: .inner).decode(Int.self, forKey: .size)
  }

  func encode(to encoder: any Encoder) throws {
    func write(_ number: Int, to encoder: any Encoder) throws {
      var members = encoder.container(keyedBy: Key.self)
      try members.encode(number, forKey: .size)
    }
    var members = encoder.container(keyedBy: Key.self)
    try write(own, to: members.superEncoder())
    try write(above, to: members.superEncoder(forKey: .other))
    var elements = members.nestedUnkeyedContainer(forKey: .list)
    try elements.encode(list)
    try elements.encodeNil()
    try elements.encode(true)
    try elements.encode("a")
    var deeper = elements.nestedUnkeyedContainer()
    try deeper.encode(UInt8(7))
    var part = elements.nestedContainer(keyedBy: Key.self)
    try part.encodeNil(forKey: .other)
    try write(own, to: elements.superEncoder())
    var last = members.nestedContainer(keyedBy: Key.self, forKey: .inner)
    try last.encode(inner, forKey: .size)
  }
}
