import Foundation
import Testing

/// Files of absurd size or depth end in a message, in little memory and little time.
@Suite("Input beyond all measure")
struct OversizeTests {
  /// More than a machine gives the command here: whoever reads such a file whole is ended by the system.
  private static let size: UInt64 = 12 << 30
  private static let shell = "ulimit -v 6000000;"

  /// A file that is long and takes no space.
  private func makeHuge(_ file: URL) throws {
    try? FileManager.default.removeItem(at: file)
    try Data("seq\n".utf8).write(to: file)
    let handle = try FileHandle(forWritingTo: file)
    try handle.truncate(atOffset: Self.size)
    try handle.close()
  }

  @Test("The limit of memory leaves room for a night")
  func roomForANight() throws {
    let bench = try Workbench()
    let result = try bench.start(["plan"], shell: Self.shell).wait()
    #expect(result.status == 0, "\(result)")
  }

  @Test(
    "A file of the workspace of 12 GB is refused by its size",
    arguments: [
      ("mappings/fields.csv", Int32(65), "E208"), ("mappings/values/countries.csv", 65, "E208"),
      ("reconcile.yaml", 65, "E102"), ("secrets/partner-center-client-secret", 65, "E107"),
    ])
  func workspaceFile(name: String, status: Int32, code: String) throws {
    let bench = try Workbench()
    try bench.addStarterMappings()
    try makeHuge(bench.path(name))
    let result = try bench.start(["plan"], shell: Self.shell).wait(seconds: 120)
    #expect(result.status == status && result.err.contains(code), "\(result)")
    #expect(try bench.sandbox.writes().isEmpty)
  }

  @Test("So is a file of decisions, and an exported file")
  func otherFiles() throws {
    let bench = try Workbench()
    #expect(try bench.reconcile("plan").status == 0)
    let huge = bench.path("huge.csv")
    try makeHuge(huge)
    let apply = try bench.start(["apply", "--decisions", huge.path], shell: Self.shell).wait(seconds: 120)
    #expect(apply.status != 0 && apply.err.contains("E60"), "\(apply)")
    #expect(try bench.sandbox.writes().isEmpty)
    let folder = bench.path("exports")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try makeHuge(folder.appendingPathComponent("Opportunity.csv"))
    let exported = try bench.start(["plan", "--salesforce-from", folder.path], shell: Self.shell).wait(seconds: 120)
    #expect(exported.status != 0 && exported.err.contains("Opportunity.csv"), "\(exported)")
    let referrals = try bench.start(["plan", "--partner-center-from", huge.path], shell: Self.shell).wait(seconds: 120)
    #expect(referrals.status != 0 && referrals.err.contains("huge.csv"), "\(referrals)")
  }

  /// Documents that grow when they are read, or that nest without end.
  private static let yaml: [(String, String)] = {
    let bomb =
      "a: &a [x, x, x, x, x, x, x, x, x]\n"
      + "bcdefghijklmnop".reduce(into: ("", "a")) { text, letter in
        text.0 += "\(letter): &\(letter) [" + Array(repeating: "*\(text.1)", count: 9).joined(separator: ", ") + "]\n"
        text.1 = String(letter)
      }.0
    return [
      ("lists of aliases", bomb), ("such a list as a key", bomb + "? *p\n: x\n"),
      ("twice such a key", bomb + "salesforce:\n  ? *p\n  : x\n  ? *p\n  : y\n"),
      ("such a list as a value", bomb + "safety:\n  canaries: *p\n"),
      ("brackets without end", String(repeating: "[", count: 500_000)),
      ("keys without end", (0..<1_200).map { String(repeating: " ", count: $0) + "a:\n" }.joined()),
    ]
  }()

  @Test("A configuration that grows or nests without end", arguments: yaml.indices)
  func configuration(_ index: Int) throws {
    let bench = try Workbench()
    let (what, text) = Self.yaml[index]
    try bench.write(text, to: "reconcile.yaml")
    let result = try bench.start(["plan"], shell: Self.shell).wait(seconds: 60)
    #expect(result.status == 65 && result.err.contains("reconcile.yaml"), "\(what): \(result)")
  }
}
