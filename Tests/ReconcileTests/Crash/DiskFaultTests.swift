import Foundation
import GRDB
import Testing

/// The disk is full or broken, read-only, or somebody else's; `make crash` fills it at every step.
@Suite("Disk faults")
struct DiskFaultTests {
  @Test("a disk that is full at one step, or from it on; an fsync that fails")
  func sample() throws {
    let world = CrashWorld.all[0]
    var trials: [CrashTrial] = []
    for (command, last, number) in [(CrashTrial.Command.apply, 460, 5), (.plan, 180, 3), (.firstPlan, 300, 3)] {
      trials += Steps.spread(number, over: last).flatMap { step in
        Strike.Extent.allCases.map { CrashTrial(world: 1, command: command, strike: .fail($0, step, .full)) }
      }
    }
    trials += Steps.spread(3, over: 55).map {
      CrashTrial(world: world.number, command: .apply, strike: .fail(.from, $0, .broken))
    }
    let tally = CrashBatch.run(trials)
    #expect(tally.violations == [])
    #expect(tally.struck > trials.count * 3 / 4, "\(tally)")
  }

  @Test("a full disk behind standard output is told, and what was done is done")
  func output() throws {
    let bench = try Workbench()
    func run(_ arguments: String...) throws -> Command.Result {
      try bench.start(arguments, redirection: "> /dev/full").wait()
    }
    let plan = try run("plan", "--detailed-exitcode")
    #expect(plan.status == 1 && plan.err.contains("E629") && plan.err.contains("fix:"), "\(plan)")
    #expect(try bench.changes().rows.count > 10 && bench.runs().count == 1)
    for command in [["show", "--json"], ["show"], ["runs"], ["verify", "--json"]] {
      let result = try bench.start(command, redirection: "> /dev/full").wait()
      #expect(result.status == 1 && result.err.contains("E629"), "\(command): \(result)")
    }
    let applied = try run("apply")
    #expect(applied.status == 1 && applied.err.contains("E629"), "\(applied)")
    #expect(try bench.changes().rows.contains { $0["outcome"] == "applied" })
    #expect(try bench.runs().first?.contains("applied") == true)
    // A reader that has had enough is no error.
    let read = try bench.start(["show", "--json"], redirection: "| head -n 1").wait()
    #expect(read.status == 0 && read.err.isEmpty, "\(read)")
  }

  @Test("a ledger that another program has locked: a bounded wait, its code, and the reviewer's decisions stay")
  func lockedByAnother() throws {
    let bench = try Workbench()
    _ = try bench.reconcile("plan")
    try bench.decideAll()
    let decided = try bench.changes().rows
    let ledger = try DatabaseQueue(path: bench.path("state/ledger.sqlite").path)
    let start = Date()
    try ledger.writeWithoutTransaction { database in
      try database.execute(sql: "BEGIN EXCLUSIVE")
      for command in ["plan", "apply"] {
        let result = try bench.reconcile(command)
        #expect(result.status == 6 && result.err.contains("E501") && result.err.contains("fuser"), "\(result)")
      }
      try database.execute(sql: "ROLLBACK")
    }
    #expect(Date().timeIntervalSince(start) < 120)
    #expect(try bench.sandbox.writes().isEmpty)
    #expect(try bench.changes().rows == decided)
    #expect(try [0, 3].contains(bench.reconcile("apply").status))
  }

  @Test(
    "reports that are gone, or that cannot be written, end with E610; the ledger has the plan, and the next run goes on"
  )
  func reports() throws {
    let bench = try Workbench()
    _ = try bench.reconcile("plan")
    try bench.decideAll()
    let reports = bench.path("reports")
    try FileManager.default.removeItem(at: reports)
    try Data().write(to: reports)
    let plan = try bench.reconcile("plan")
    #expect(plan.status == 1 && plan.err.contains("E610") && plan.err.contains("fix:"), "\(plan)")
    let apply = try bench.reconcile("apply")
    #expect(apply.status != 0 && apply.err.contains(/E\d+/), "\(apply)")
    #expect(try bench.sandbox.writes().isEmpty)
    try FileManager.default.removeItem(at: reports)
    #expect(try bench.reconcile("plan").status == 0)
    try bench.decideAll()
    #expect(try [0, 3].contains(bench.reconcile("apply").status))
  }

  @Test("apply whose reports cannot be written stays begun, and --resume writes them")
  func reportsOfApply() throws {
    let bench = try Workbench()
    _ = try bench.reconcile("plan")
    try bench.decideAll()
    let decisions = bench.path("decisions.csv")
    try FileManager.default.copyItem(at: bench.path("reports/latest/changes.csv"), to: decisions)
    let reports = bench.path("reports")
    try FileManager.default.removeItem(at: reports)
    try Data().write(to: reports)
    let number = try Report(decisions).rows.count { $0.isForGood && $0.isDecidedToBeWritten }
    let apply = try bench.reconcile("apply", "--decisions", decisions.path, "--confirm-irreversible", "\(number)")
    #expect(apply.status == 1 && apply.err.contains("E610") && apply.err.contains("--resume"), "\(apply)")
    let writes = try bench.sandbox.writes().count
    #expect(writes > 10)
    try FileManager.default.removeItem(at: reports)
    let resumed = try bench.reconcile("apply", "--resume")
    #expect([0, 3].contains(resumed.status), "\(resumed)")
    #expect(try bench.sandbox.writes().count == writes, "nothing is sent again")
    let run = try #require(try FileManager.default.contentsOfDirectory(atPath: reports.path).first)
    let rows = try Report(reports.appendingPathComponent(run + "/changes.csv")).rows
    #expect(rows.contains { $0["outcome"] == "applied" } && !rows.contains { $0["outcome"] == "planned" })
    #expect(try bench.reconcile("apply", "--resume").err.contains("E604"))
  }

  @Test(
    "a folder that the user may not write is named", .enabled(if: Stranger.canRun), arguments: ["state", "reports"])
  func readOnly(_ folder: String) throws {
    let bench = try Workbench()
    _ = try bench.reconcile("plan")
    let earlier = try bench.text("reports/latest/changes.csv")
    try Stranger.own(bench.folder)
    try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: bench.path(folder).path)
    let plan = try bench.start(["plan"], shell: Stranger.shell).wait()
    #expect(plan.status == 1 && plan.err.contains(folder == "state" ? "E504" : "E610"), "\(plan)")
    #expect(plan.err.contains("/\(folder)/") && plan.err.contains("fix:"), "\(plan)")
    #expect(try bench.text("reports/latest/changes.csv") == earlier)
    #expect(try bench.sandbox.writes().isEmpty)
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: bench.path(folder).path)
    let next = try bench.start(["plan"], shell: Stranger.shell).wait()
    #expect(next.status == 0, "\(next)")
  }
}

/// A user whom permissions bind: root, as whom tests may run, writes everywhere.
private enum Stranger {
  private static let isRoot = geteuid() == 0
  private static let number = 65534

  /// Put in front of a command to run it as that user.
  static let shell =
    isRoot ? "set -- --reuid=\(number) --regid=\(number) --clear-groups \"$0\" \"$@\"; exec setpriv \"$@\";" : ""

  /// Whether the program under test can be run by that user.
  static let canRun: Bool = {
    guard
      let result = try? Command(
        ["--version"], in: FileManager.default.temporaryDirectory, environment: Workbench.environment, shell: shell
      ).wait()
    else { return false }
    return result.status == 0
  }()

  /// Gives a folder to that user.
  static func own(_ folder: URL) throws {
    guard isRoot else { return }
    let files = FileManager.default.enumerator(atPath: folder.path)?.allObjects.compactMap { $0 as? String } ?? []
    for name in [""] + files { lchown(folder.appendingPathComponent(name).path, uid_t(number), gid_t(number)) }
  }
}
