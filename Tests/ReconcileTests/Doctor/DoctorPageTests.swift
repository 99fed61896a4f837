import Foundation
import Setup
import Testing

/// `docs/doctor.md` against the program: the whole output of a healthy workspace and of one that is not, and every check.
@Suite("The page of doctor")
struct DoctorPageTests {
  private static let page = Binary.repository.appendingPathComponent("docs/doctor.md")

  @Test("every command of the page prints what the page shows; RECORD=1 writes it anew")
  func outputs() throws {
    let doctor = try DoctorBench()
    try doctor.plan()
    try FileManager.default.createDirectory(at: doctor.bench.path("ill"), withIntermediateDirectories: false)
    try doctor.bench.layOut(doctor.bench.path("ill"))
    try spoil(doctor)
    let commands = try RecordedPage("doctor.md", commands: "reconcile doctor").check { command in
      RecordedPage.lines(of: try doctor.bench.start(command.components(separatedBy: " ")).wait())
        .map { $0.replacing(/\d+ MB are free/, with: "41000 MB are free") }
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
}
