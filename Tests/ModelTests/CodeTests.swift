import Foundation
import Model
import Testing

/// The codes: their texts, their page in the documentation, and how a process ends with them.
struct CodeTests {
  @Test("every code is explained by whole sentences, under a title of its own")
  func everyCodeIsExplained() {
    var titles: [String: Code] = [:]
    for code in Code.allCases {
      let text = code.explanation
      #expect(!text.title.isEmpty && !text.title.hasSuffix("."), "\(code.rawValue)")
      if let other = titles.updateValue(code, forKey: text.title) {
        Issue.record("\(code.rawValue) and \(other.rawValue) are both called \(text.title)")
      }
      for part in [text.meaning, text.cause, text.action] {
        #expect(part.hasSuffix("."), "\(code.rawValue): \(part)")
        #expect(!part.contains("  "), "\(code.rawValue): \(part)")
      }
    }
  }

  @Test("a code is a letter and three digits, and its number is its own")
  func valuesAreUnique() {
    let values = Code.allCases.map(\.rawValue)
    #expect(Set(values).count == values.count)
    for value in values {
      #expect(value.wholeMatch(of: /N1\d\d|E[1-7]\d\d/) != nil, "\(value)")
    }
  }

  /// How a process may end with a code of each group; a script acts on the number alone.
  @Test(
    "a code ends a process as its group allows",
    arguments: [
      ("N1", [.error]), ("E1", [.configuration, .usage, .signIn, .error]), ("E2", [.configuration]),
      ("E3", [.error, .safetyStop, .signIn]),
      ("E4", [.incomplete, .safetyStop, .configuration]), ("E5", [.locked, .safetyStop, .error]),
      ("E6", [.safetyStop, .usage, .error, .interrupted]), ("E7", [.error, .incomplete]),
    ] as [(String, [Model.ExitStatus])])
  func exitStatus(group: String, allowed: [Model.ExitStatus]) {
    let codes = Code.allCases.filter { $0.rawValue.hasPrefix(group) }
    #expect(!codes.isEmpty)
    for code in codes {
      #expect(allowed.contains(code.exitStatus), "\(code.rawValue) ends with \(code.exitStatus.rawValue)")
    }
  }

  @Test("a code that is called reserved is given nowhere")
  func reservedCodesAreUnused() throws {
    let reserved = Code.allCases.filter { $0.explanation.cause.hasPrefix("Reserved:") }
    let sources = Repository.root.appendingPathComponent("Sources")
    let files = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
    var read = 0
    for case let file as URL in files where file.pathExtension == "swift" {
      guard !file.lastPathComponent.hasPrefix("Code") else { continue }
      let text = try String(contentsOf: file, encoding: .utf8)
      read += 1
      for code in reserved {
        #expect(!text.contains(".\(code)"), "\(file.lastPathComponent) gives \(code.rawValue): explain it")
      }
    }
    #expect(read > 10)
  }

  @Test("docs/codes.md is the page of all codes; RECORD=1 writes it anew")
  func documentation() throws {
    let file = Repository.root.appendingPathComponent("docs/codes.md")
    let page = CodePage.text
    let stored = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    guard stored != page else { return }
    if ProcessInfo.processInfo.environment["RECORD"] == "1" {
      try page.write(to: file, atomically: true, encoding: .utf8)
      Issue.record("docs/codes.md was written anew: look at the difference and commit it")
    } else {
      Issue.record("docs/codes.md is out of date: run RECORD=1 swift test --filter CodeTests")
    }
  }
}

/// Where this package lies.
private enum Repository {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
}

/// The page of all codes, in Markdown.
private enum CodePage {
  private static let groups: [(prefix: String, title: String)] = [
    ("N1", "N1: why a record, a pair or a row is as it is"), ("E1", "E1: configuration"), ("E2", "E2: mapping files"),
    ("E3", "E3: the wire"), ("E4", "E4: snapshots"), ("E5", "E5: the ledger"), ("E6", "E6: plan and apply"),
    ("E7", "E7: one record"),
  ]

  static var text: String {
    let head = """
      # Codes

      Every reason and every failure has a code that never changes its meaning. Reports hold it in `reason_code` and
      `error_code`; `reconcile explain CODE` prints what stands here. Codes that begin with N are no errors.

      `CodeTests` makes this page from `Sources/Model/Code+Explanation*.swift`: do not edit it by hand.

      """
    return head + groups.map(section).joined()
  }

  private static func section(_ group: (prefix: String, title: String)) -> String {
    let codes = Code.allCases.filter { $0.rawValue.hasPrefix(group.prefix) }
      .sorted { $0.rawValue < $1.rawValue }
    return "\n## \(group.title)\n" + codes.map(entry).joined()
  }

  private static func entry(_ code: Code) -> String {
    let text = code.explanation
    return """

      ### \(code.rawValue): \(text.title)

      \(text.meaning)

      * **Cause:** \(text.cause)
      * **To do:** \(text.action)\(exit(code))

      """
  }

  /// How a command that stops with it ends; nothing for a code that only stands in reports.
  private static func exit(_ code: Code) -> String {
    let stopsNothing = code.rawValue.hasPrefix("N") || code.rawValue.hasPrefix("E7") && code.exitStatus == .error
    return stopsNothing ? "" : "\n* **Exit status**, when it stops a command: \(code.exitStatus.rawValue)"
  }
}
