import Foundation
import Testing
import Transform

/// The top-level folder `mappings/`.
let mappingsFolder = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  .appendingPathComponent("mappings")

@Suite("Starter mappings")
struct StartersTests {
  private static let paths = [
    "settings.csv", "fields.csv", "stages.csv", "defaults.csv", "values/help-types.csv", "values/countries.csv",
    "values/close-reasons.csv", "values/sales-stages.csv", "README.md",
  ]

  /// `RECORD_STARTERS=1 swift test --filter StartersTests` writes the generated files anew after an edit of `mappings/`.
  @Test("the binary holds exactly the files of mappings/")
  func embedded() throws {
    if ProcessInfo.processInfo.environment["RECORD_STARTERS"] == "1" { try Self.record() }
    #expect(Set(Starters.files.keys) == Set(Self.paths))
    for path in Self.paths {
      let file = try String(contentsOf: mappingsFolder.appendingPathComponent(path), encoding: .utf8)
      #expect(Starters.files[path] == file, "\(path) differs; record the starters again")
    }
  }

  private static func record() throws {
    let folder = mappingsFolder.deletingLastPathComponent().appendingPathComponent("Sources/Transform/Mapping")
    for path in paths {
      let text = try String(contentsOf: mappingsFolder.appendingPathComponent(path), encoding: .utf8)
      let name = typeName(path)
      let source = """
        // Generated from mappings/\(path); StartersTests says how.

        extension Starters {
          static let \(name) = #\"""
        \(literal(text))
            \"""#
        }

        """
      try source.write(
        to: folder.appendingPathComponent("Starters/Starters+\(name).swift"), atomically: true, encoding: .utf8)
    }
  }

  private static func typeName(_ path: String) -> String {
    let words = path.split(separator: "/").last.map { $0.prefix { $0 != "." }.lowercased() } ?? ""
    let parts = words.split(separator: "-")
    return (parts.first.map(String.init) ?? "") + parts.dropFirst().map(\.capitalized).joined()
  }

  /// Several lines of the file in one line of source, up to 110 characters: `\#n` is a line break, `\#` joins lines.
  private static func literal(_ text: String) -> String {
    var lines: [String] = []
    var line = ""
    for original in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
      var rest = String(original) + "\\#n"
      while rest.count > 110 {
        let cut =
          rest.prefix(110).lastIndex(where: { " ,".contains($0) }).map { rest.index(after: $0) } ?? rest.endIndex
        if !line.isEmpty { lines.append(line) }
        line = ""
        lines.append(String(rest[..<cut]))
        rest = String(rest[cut...])
      }
      if !line.isEmpty, line.count + rest.count > 110 {
        lines.append(line)
        line = ""
      }
      line += rest
    }
    if !line.isEmpty { lines.append(line) }
    return lines.map { "    " + $0 }.joined(separator: "\\#\n")
  }
}
