import Foundation
import JSON
import Testing

/// `changes.csv` through a real spreadsheet program: what it shows, and what comes back when it saves.
@Suite("In a spreadsheet", .serialized, .enabled(if: Spreadsheet.path != nil, "needs LibreOffice Calc"))
struct SpreadsheetTests {
  /// Texts that a spreadsheet likes to take for something else, as names of deals.
  static let names = [
    "=1+1", "+49 30 1234", "-5%", "@home", "00123", "1234E5", "12345678901234567890", "3/4", "1-2", "TRUE",
    "Müller; Söhne", "Quote \"x\", comma", "two\nlines", "日本語 😀", " blank in front", "12:30", "1,5",
  ]

  private static func bench() throws -> Workbench {
    let bench = try Workbench()
    _ = try bench.reconcile("plan")
    let deals = try bench.reconciliation().rows.filter { ($0["referral_id"] ?? "") != "" }
    for (deal, name) in zip(deals, names) {
      try bench.sandbox.edit(referral: deal["referral_id"] ?? "", "name", .string(name))
      try bench.sandbox.edit(referral: deal["referral_id"] ?? "", "details.notes", .string(name))
    }
    _ = try bench.reconcile("plan")
    return bench
  }

  @Test("every column, id, number and text is what the file says, and no formula ran")
  func opened() throws {
    let bench = try Self.bench()
    let report = try bench.changes()
    let seen = try Spreadsheet(bench.folder).saved(bench.path("reports/latest/changes.csv"), delimiter: ",")
    #expect(seen.header == report.header)
    #expect(seen.rows.count == report.rows.count && seen.rows.count > 20)
    var guarded = 0
    for (shown, row) in zip(seen.rows, report.rows) {
      for column in ["run_id", "seq", "referral_id", "opportunity_id", "name", "new_value", "reason", "decision"] {
        // A truth is shown in capitals.
        let text = shown[column] == "TRUE" && row[column] == "true" ? "true" : shown[column]
        #expect(text?.replacing("\r\n", with: "\n") == row[column], "\(column)")
        guarded += row[column]?.hasPrefix("'") == true ? 1 : 0
      }
    }
    #expect(guarded > 5, "the names must get in")

    let pairs = try bench.reconciliation()
    let listed = try Spreadsheet(bench.folder).saved(bench.path("reports/latest/reconciliation.csv"), delimiter: ",")
    #expect(listed.header == pairs.header && listed.rows.count == pairs.rows.count)
    for (shown, row) in zip(listed.rows, pairs.rows) {
      for column in pairs.header { #expect(shown[column]?.replacing("\r\n", with: "\n") == row[column], "\(column)") }
    }
  }

  @Test("decisions are read back in every form in which it saves", arguments: [",", ";"], [false, true])
  func decided(delimiter: String, mark: Bool) throws {
    let bench = try Self.bench()
    try bench.decide { $0["risk"] == "normal" && $0["action"] == "update" ? "reject" : nil }
    let decided = try bench.changes().rows.map { $0["decision"] }
    let file = try Spreadsheet(bench.folder).file(
      bench.path("reports/latest/changes.csv"), delimiter: delimiter, mark: mark)
    #expect(try Data(contentsOf: file).starts(with: [0xEF, 0xBB, 0xBF]) == mark)
    let result = try bench.reconcile("apply", "--decisions", file.path)
    #expect([0, 4].contains(result.status), "\(result)")
    let rows = try bench.changes().rows
    #expect(rows.map { $0["decision"] } == decided)
    #expect(rows.contains { $0["outcome"] == "rejected" } && rows.contains { $0["outcome"] == "applied" })
  }

  @Test("a value that somebody changed in it is refused all the same")
  func altered() throws {
    let bench = try Self.bench()
    let file = try Spreadsheet(bench.folder).file(bench.path("reports/latest/changes.csv"), delimiter: ";", mark: true)
    let text = try String(contentsOf: file, encoding: .utf8)
    let value = try #require(try bench.changes().rows.first { ($0["new_value"] ?? "").count > 8 }?["new_value"])
    try Data(text.replacingOccurrences(of: value, with: value + "0").utf8).write(to: file)
    let result = try bench.reconcile("apply", "--decisions", file.path)
    #expect(result.status == 5 && result.err.contains("E601"), "\(result)")
    #expect(try bench.sandbox.writes().isEmpty)
  }
}

/// LibreOffice without a window.
struct Spreadsheet {
  /// Where it is; nil when this machine has none.
  static let path: String? = ["/usr/bin/soffice", "/usr/bin/libreoffice"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  private let folder: URL

  /// Works in a folder of its own below this one.
  init(_ parent: URL) throws {
    folder = parent.appendingPathComponent("spreadsheet-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  /// The table as the program shows it, after it opened the file and stored it as its own.
  func saved(_ file: URL, delimiter: String) throws -> Report {
    try Report(self.file(file, delimiter: delimiter, mark: false))
  }

  /// The file as the program saves it again as CSV.
  func file(_ file: URL, delimiter: String, mark: Bool) throws -> URL {
    // UTF-8, every column as the program likes it.
    try convert(file, to: "ods", reading: "CSV:44,34,76,1")
    let sheet = folder.appendingPathComponent(file.deletingPathExtension().lastPathComponent + ".ods")
    let form = "\(delimiter == ";" ? 59 : 44),34,76,1,,0,false,true,false,false,false,-1"
    try convert(sheet, to: "csv:Text - txt - csv (StarCalc):" + form, reading: nil)
    let found = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    guard let saved = found.first(where: { $0.pathExtension == "csv" }) else {
      throw SandboxProcess.Refused(message: "nothing was saved: \(found)")
    }
    var bytes = try Data(contentsOf: saved)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    if mark { bytes = Data([0xEF, 0xBB, 0xBF]) + bytes }
    try bytes.write(to: saved)
    return saved
  }

  private func convert(_ file: URL, to form: String, reading filter: String?) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Self.path ?? "")
    process.arguments =
      ["--headless", "-env:UserInstallation=file://\(folder.path)/profile"]
      + (filter.map { ["--infilter=\($0)"] } ?? []) + ["--convert-to", form, "--outdir", folder.path, file.path]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
  }
}
