import Foundation
import Testing

/// `docs/mapping-tools.md` against the program: what the page shows is what it prints.
@Suite("The page of the mapping commands")
struct MappingPageTests {
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
    let commands = try RecordedPage("mapping-tools.md", commands: "reconcile ").check { try output(of: $0, bench) }
    #expect(commands == 7)
  }

  /// What a command prints, or the part of it that the page asks for.
  private func output(of command: String, _ bench: Workbench) throws -> [String] {
    let parts = command.components(separatedBy: " | ")
    let result = try bench.start(parts[0].components(separatedBy: " ")).wait()
    let lines = RecordedPage.lines(of: result).map { String($0.reversed().drop { $0 == " " }.reversed()) }
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
