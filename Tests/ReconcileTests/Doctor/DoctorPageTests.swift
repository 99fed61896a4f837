import Foundation
import Setup
import Testing

/// `docs/doctor.md` against the program: the whole output of a healthy workspace and of one that is not, and every check.
@Suite("The page of doctor", .timeLimit(.minutes(20)))
struct DoctorPageTests {
  private static let page = Binary.repository.appendingPathComponent("docs/doctor.md")
  private static let prompt = "    $ reconcile doctor"

  @Test("every command of the page prints what the page shows; RECORD=1 writes it anew")
  func outputs() throws {
    let doctor = try DoctorBench()
    try doctor.plan()
    try FileManager.default.createDirectory(at: doctor.bench.path("ill"), withIntermediateDirectories: false)
    try doctor.bench.layOut(doctor.bench.path("ill"))
    try spoil(doctor)
    let lines = try String(contentsOf: Self.page, encoding: .utf8).components(separatedBy: "\n")
    var wanted: [String] = []
    var commands = 0
    var index = 0
    while index < lines.count {
      wanted.append(lines[index])
      index += 1
      guard let last = wanted.last, last.hasPrefix(Self.prompt) else { continue }
      commands += 1
      wanted += try output(of: String(last.dropFirst("    $ reconcile ".count)), doctor.bench)
      while index < lines.count, lines[index].isEmpty || lines[index].hasPrefix("    ") { index += 1 }
      wanted.append("")
    }
    if ProcessInfo.processInfo.environment["RECORD"] != nil {
      try wanted.joined(separator: "\n").write(to: Self.page, atomically: true, encoding: .utf8)
      Issue.record("\(Self.page.lastPathComponent) was written anew")
    } else {
      #expect(lines == wanted, "RECORD=1 swift test --filter DoctorPageTests writes the output anew")
    }
    #expect(commands == 2)
  }

  @Test("the page has a row for every check, in the order of the table, with the reason why it matters")
  func rows() throws {
    let text = try String(contentsOf: Self.page, encoding: .utf8)
    let rows = text.split(separator: "\n").filter { $0.hasPrefix("| `") }.map { row in
      row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
    }.filter { $0.count == 4 }
    #expect(rows.map { $0[0] } == Precondition.allCases.map { "`\($0.rawValue)`" })
    for (row, check) in zip(rows, Precondition.allCases) {
      #expect(row[1] == "\(check.row.group.rawValue): \(check.row.title)" && row[3] == check.row.why)
    }
  }

  /// A workspace in which three things are not as they should be.
  private func spoil(_ doctor: DoctorBench) throws {
    let bench = doctor.bench
    let ill = bench.path("ill")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o644], ofItemAtPath: ill.appendingPathComponent("secrets/salesforce.key").path)
    try bench.write("wrong", to: "secrets/partner-center-client-secret", in: ill)
    try bench.write(
      try bench.text("ill/mappings/settings.csv") + "Active stage name,Co-sell Active,Qualificaton,\n",
      to: "ill/mappings/settings.csv")
  }

  private func output(of command: String, _ bench: Workbench) throws -> [String] {
    let result = try bench.start(command.components(separatedBy: " ")).wait()
    let text = (result.out + result.err).replacing(/\d{8}T\d{6}Z-[a-z]{4}/, with: "20261126T020000Z-abcd")
      .replacing(/\d+ MB are free/, with: "41000 MB are free")
    var lines = text.components(separatedBy: "\n")
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines.map { $0.isEmpty ? "" : "    " + $0 }
  }
}
