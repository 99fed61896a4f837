/// An element of an XML document: a name, and a text or further elements.
struct Markup: Hashable, Sendable {
  /// What stands between the tags.
  enum Content: Hashable, Sendable {
    case text(String)
    case elements([Markup])
  }

  let name: String
  let content: Content

  /// An element that holds a text.
  init(_ name: String, _ text: String) {
    self.name = name
    content = .text(text)
  }

  /// An element that holds a truth value.
  init(_ name: String, _ flag: Bool) { self.init(name, flag ? "true" : "false") }

  /// An element that holds a whole number.
  init(_ name: String, _ number: Int) { self.init(name, String(number)) }

  /// An element that holds others.
  init(_ name: String, _ elements: [Markup]) {
    self.name = name
    content = .elements(elements)
  }

  /// The namespace of Salesforce's metadata.
  private static let namespace = "http://soap.sforce.com/2006/04/metadata"

  /// The element as a document of Salesforce's metadata.
  var document: String {
    let head = #"<?xml version="1.0" encoding="UTF-8"?>"#
    return head + "\n" + lines(indent: "", attributes: #" xmlns="\#(Self.namespace)""#).joined(separator: "\n") + "\n"
  }

  private func lines(indent: String, attributes: String = "") -> [String] {
    let (start, end) = ("\(indent)<\(name)\(attributes)>", "</\(name)>")
    switch content {
    case .text(let text): return [start + Self.escaped(text) + end]
    case .elements(let elements):
      return [start] + elements.flatMap { $0.lines(indent: indent + "    ") } + [indent + end]
    }
  }

  /// A text that means itself between two tags; what XML cannot hold at all is left out.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&apos;"
      case "\r": result += "&#13;"
      case "\t", "\n", " "..."\u{D7FF}", "\u{E000}"..."\u{FFFD}", "\u{10000}"..."\u{10FFFF}":
        result.unicodeScalars.append(scalar)
      default: break
      }
    }
    return result
  }
}
