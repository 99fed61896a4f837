/// One element of ASN.1's distinguished encoding rules, as far as a certificate has to be taken apart.
struct DERElement {
  let tag: UInt8
  let content: [UInt8]
  /// Tag, length and content.
  let whole: [UInt8]

  /// The elements that follow each other in some bytes; nil for bytes that are none.
  static func all(in bytes: [UInt8]) -> [DERElement]? {
    var elements: [DERElement] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      guard let element = next(&rest) else { return nil }
      elements.append(element)
    }
    return elements
  }

  private static func next(_ rest: inout ArraySlice<UInt8>) -> DERElement? {
    let start = rest
    guard let tag = rest.popFirst(), let first = rest.popFirst() else { return nil }
    var length = Int(first)
    if first & 0x80 != 0 {
      let count = Int(first & 0x7F)
      guard (1...3).contains(count), rest.count >= count else { return nil }
      length = rest.prefix(count).reduce(0) { $0 << 8 | Int($1) }
      rest = rest.dropFirst(count)
    }
    guard rest.count >= length else { return nil }
    let content = Array(rest.prefix(length))
    rest = rest.dropFirst(length)
    return DERElement(tag: tag, content: content, whole: Array(start.prefix(start.count - rest.count)))
  }
}
