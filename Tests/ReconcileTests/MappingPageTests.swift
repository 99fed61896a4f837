import Foundation
import Testing

/// `docs/mapping-tools.md` against the program: what the page shows is what it prints.
@Suite("The page of the mapping commands", .timeLimit(.minutes(20)))
struct MappingPageTests {
  private static let page = Binary.repository.appendingPathComponent("docs/mapping-tools.md")
  private static let prompt = "    $ reconcile "

  @Test("every command of the page prints what the page shows; RECORD=1 writes it anew")
  func outputs() throws {
    let bench = try Workbench()
    #expect(try bench.reconcile("plan").status == 0)
    try copy(bench, "misspelt", "fields.csv", "Opportunity.Amount,", "Opportunity.Amuont,")
    try copy(
      bench, "misspelt", "settings.csv", "Active stage name,Co-sell Active,,",
      "Active stage name,Co-sell Active,Co-sell Activ,")
    try copy(
      bench, "new-york", "settings.csv", "Close date time zone,UTC,,", "Close date time zone,UTC,America/New_York,")
    let lines = try String(contentsOf: Self.page, encoding: .utf8).components(separatedBy: "\n")
    var wanted: [String] = []
    var commands = 0
    var index = 0
    while index < lines.count {
      wanted.append(lines[index])
      index += 1
      guard let last = wanted.last, last.hasPrefix(Self.prompt) else { continue }
      commands += 1
      wanted += try output(of: String(last.dropFirst(Self.prompt.count)), bench).map { "    " + $0 }
      while index < lines.count, lines[index].hasPrefix("    ") { index += 1 }
    }
    if ProcessInfo.processInfo.environment["RECORD"] != nil {
      try wanted.joined(separator: "\n").write(to: Self.page, atomically: true, encoding: .utf8)
    } else {
      #expect(lines == wanted, "RECORD=1 swift test --filter MappingPageTests writes the output anew")
    }
    #expect(commands == 7)
  }

  /// What a command prints, or the part of it that the page asks for.
  private func output(of command: String, _ bench: Workbench) throws -> [String] {
    let parts = command.components(separatedBy: " | ")
    let result = try bench.start(parts[0].components(separatedBy: " ")).wait()
    var lines = (result.out + result.err).replacing(/\d{8}T\d{6}Z-[a-z]{4}/, with: "20261126T020000Z-abcd")
      .components(separatedBy: "\n").map { line in
        String(line.reversed().drop { $0 == " " }.reversed())
      }
    while lines.last?.isEmpty == true { lines.removeLast() }
    guard parts.count > 1 else { return lines }
    let count = Int(parts[1].components(separatedBy: " ").last ?? "") ?? 0
    return parts[1].hasPrefix("head") ? Array(lines.prefix(count)) : Array(lines.suffix(count))
  }

  /// A copy of the workspace in which one cell of a mapping file is another.
  private func copy(_ bench: Workbench, _ name: String, _ file: String, _ old: String, _ new: String) throws {
    let folder = bench.folder.appendingPathComponent(name)
    if !FileManager.default.fileExists(atPath: folder.path) {
      try bench.layOut(folder)
      try FileManager.default.copyItem(
        at: bench.folder.appendingPathComponent("state"), to: folder.appendingPathComponent("state"))
    }
    var text = try String(
      contentsOf: Binary.repository.appendingPathComponent("mappings/\(file)"), encoding: .utf8)
    // The sandbox's customers agreed to everything.
    for setting in ["Customer agreed to share information", "Customer agreed to be contacted"] {
      text = text.replacingOccurrences(of: "\(setting),No,,", with: "\(setting),No,Yes,")
    }
    #expect(text.contains(old))
    try bench.write(text.replacingOccurrences(of: old, with: new), to: "\(name)/mappings/\(file)")
  }
}
