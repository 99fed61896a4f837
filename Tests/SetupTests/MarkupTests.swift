import Foundation
import Testing

@testable import Setup

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("XML")
struct MarkupTests {
  static let texts = [
    "plain", "a < b > c & d", "\"quoted\" and 'so'", "]]>", "<!-- no -->", "&amp; is not &", "ü 漢字 🌳",
    "line\nbreak\ttab",
    "carriage\r\nreturn", "",
  ]

  @Test("A text comes back as it was", arguments: texts)
  func roundTrip(text: String) throws {
    #expect(try TinyReader.read(Markup("a", [Markup("b", text)]).document) == ["a/b: \(text)"])
  }

  @Test("What XML cannot hold is left out")
  func forbidden() throws {
    let text = "a\u{0}b\u{1B}c\u{FFFE}d"
    #expect(try TinyReader.read(Markup("a", [Markup("b", text)]).document) == ["a/b: abcd"])
  }
}

/// Reads a document into one line for each element that holds a text: its path and the text.
final class TinyReader: NSObject, XMLParserDelegate {
  /// A document that is not well formed.
  struct Malformed: Error {
    let line: Int
  }

  private var path: [String] = []
  private var text = ""
  private var lines: [String] = []
  private var isLeaf = false

  static func read(_ document: String) throws -> [String] {
    let reader = TinyReader()
    let parser = XMLParser(data: Data(document.utf8))
    parser.delegate = reader
    guard parser.parse() else { throw Malformed(line: parser.lineNumber) }
    return reader.lines
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    path.append(name)
    text = ""
    isLeaf = true
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

  func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
    if isLeaf { lines.append(path.joined(separator: "/") + ": " + text) }
    path.removeLast()
    isLeaf = false
  }
}
