import Foundation
import GRDB
import JSON
import Testing

/// A ledger that is not as it was left stops every command that relies on it, before anything is sent.
@Suite("A damaged ledger")
struct LedgerDamageTests {
  /// What is done to the files of a ledger.
  enum Damage: String, CaseIterable {
    case letter = "a letter of a customer's name was changed"
    case header = "a byte of the header was changed"
    case cut = "the last page is missing"
    case empty = "nothing is left"
    case gone = "the file is gone"
    case foreign = "the database of another program lies in its place"
    case writeAhead = "a write-ahead file of somewhere else lies beside it"
    case seal = "the seal is garbage"
  }

  private func harm(_ damage: Damage, _ bench: Workbench, whole: Data) throws {
    let ledger = bench.path("state/ledger.sqlite")
    var bytes = whole
    switch damage {
    case .letter:
      let name = try #require(try bench.reconciliation().rows.compactMap { $0["name"] }.first { $0.count > 8 })
      bytes[try #require(whole.range(of: Data(name.utf8))).lowerBound + 3] ^= 0x01
    case .header: bytes[60] ^= 0x01
    case .cut: bytes = whole.dropLast(4_096)
    case .empty: bytes = Data()
    case .gone: return try FileManager.default.removeItem(at: ledger)
    case .foreign:
      try FileManager.default.removeItem(at: ledger)
      let queue = try DatabaseQueue(path: ledger.path)
      try queue.write { try $0.execute(sql: "CREATE TABLE customer (id INTEGER)") }
      return try queue.close()
    case .writeAhead: return try Data("frames of another file".utf8).write(to: bench.path("state/ledger.sqlite-wal"))
    case .seal: return try Data("sealed".utf8).write(to: bench.path("state/ledger.sqlite.seal"))
    }
    try bytes.write(to: ledger)
  }

  @Test("E502: every command says what was found and what to do; nothing is sent and nothing written")
  func everyCommand() throws {
    let bench = try Workbench()
    #expect(try bench.reconcile("plan").status == 0)
    let pair = try #require(try bench.sandbox.linkedPairs().first)
    let whole = try Data(contentsOf: bench.path("state/ledger.sqlite"))
    let seal = try Data(contentsOf: bench.path("state/ledger.sqlite.seal"))
    let reports = try FileManager.default.contentsOfDirectory(atPath: bench.path("reports").path)
    let commands = [
      ["plan"], ["plan", "--replan", "latest"], ["apply"], ["apply", "--resume"], ["show"], ["runs", "--json"],
      ["record", pair.referral], ["relink", pair.referral, pair.opportunity],
    ]
    for damage in Damage.allCases {
      try harm(damage, bench, whole: whole)
      let harmed = try? Data(contentsOf: bench.path("state/ledger.sqlite"))
      try bench.sandbox.emptyLog()
      for command in commands {
        let result = try bench.start(command).wait()
        #expect(
          result.status == 1 && result.err.contains("E502") && result.out.isEmpty, "\(damage) \(command) \(result)")
        #expect(result.err.contains("restore"), "\(damage) \(command) \(result)")
      }
      #expect(try bench.sandbox.log().isEmpty, "\(damage)")
      let after = try? Data(contentsOf: bench.path("state/ledger.sqlite"))
      #expect(after == harmed, "\(damage)")
      #expect(try FileManager.default.contentsOfDirectory(atPath: bench.path("reports").path) == reports)
      for suffix in ["-wal", "-shm"] {
        try? FileManager.default.removeItem(at: bench.path("state/ledger.sqlite" + suffix))
      }
      try whole.write(to: bench.path("state/ledger.sqlite"))
      try seal.write(to: bench.path("state/ledger.sqlite.seal"))
    }
    #expect(try bench.reconcile("show").status == 0)
  }

  @Test("A ledger that was changed knowingly is taken over without its seal, and sealed again")
  func accepted() throws {
    let bench = try Workbench()
    #expect(try bench.reconcile("plan").status == 0)
    let queue = try DatabaseQueue(path: bench.path("state/ledger.sqlite").path)
    try queue.write { try $0.execute(sql: "DELETE FROM rejection") }
    try queue.write { try $0.execute(sql: "INSERT INTO meta VALUES ('remark', 'by hand')") }
    try queue.close()
    let refused = try bench.reconcile("plan")
    #expect(refused.status == 1 && refused.err.contains("ledger.sqlite.seal"), "\(refused)")
    try FileManager.default.removeItem(at: bench.path("state/ledger.sqlite.seal"))
    #expect(try bench.reconcile("show").status == 0)
    #expect(try bench.reconcile("plan").status == 0)
    #expect(FileManager.default.fileExists(atPath: bench.path("state/ledger.sqlite.seal").path))
    #expect(try bench.reconcile("runs").status == 0)
  }

  @Test("A plan that stops in good order, and one that is killed, leave a ledger that opens")
  func afterTheEnd() throws {
    let bench = try Workbench()
    #expect(try bench.reconcile("plan").status == 0)
    try bench.sandbox.faults(["side": "partner-center", "path": "referrals", "times": 99, "then": ["html": true]])
    #expect(try bench.reconcile("plan").status == 1)
    let seal = try bench.text("state/ledger.sqlite.seal")
    #expect(seal.contains("sealed "), "\(seal)")
    try bench.sandbox.clearFaults()
    try bench.sandbox.faults(["side": "salesforce", "path": "query", "times": 99, "then": ["delay_ms": 90_000]])
    let plan = try bench.start(["plan"])
    try bench.wait(for: "the open seal") { try bench.text("state/ledger.sqlite.seal").contains("\nopen\n") }
    // Whoever looks meanwhile is not disturbed.
    #expect(try bench.reconcile("show").status == 0)
    plan.signal(SIGKILL)
    #expect(try plan.wait().status == -SIGKILL)
    try bench.sandbox.clearFaults()
    #expect(try bench.text("state/ledger.sqlite.seal").contains("\nopen\n"))
    #expect(try bench.reconcile("show").status == 0)
    #expect(try bench.reconcile("plan").status == 0)
    #expect(try bench.text("state/ledger.sqlite.seal").contains("sealed "))
  }

  @Test(
    "A lost ledger: pairs are linked by id, differences are conflicts, nothing is deleted and nothing doubled (E724)")
  func lost() throws {
    let bench = try Workbench()
    try bench.settle()
    let pairs = try bench.sandbox.linkedPairs()
    #expect(pairs.count > 3)
    try bench.sandbox.edit(opportunity: pairs[0].opportunity, "Amount", 95_001)
    try bench.sandbox.edit(referral: pairs[1].referral, "details.dealValue", 95_002)
    let before = try bench.sandbox.state()
    // Without its seal, or the loss is noticed.
    try FileManager.default.removeItem(at: bench.path("state/ledger.sqlite"))
    let noticed = try bench.reconcile("plan")
    #expect(noticed.status == 1 && noticed.err.contains("it is gone"), "\(noticed)")
    try FileManager.default.removeItem(at: bench.path("state"))
    #expect(try bench.reconcile("plan").status == 0)
    let rows = try bench.changes().rows.filter { $0["action"] != "mark" }
    #expect(Set(rows.map { $0["action"] }) == ["conflict"], "\(rows.map { $0["action"] ?? "" })")
    let subjects = Set(rows.map { "\($0["referral_id"] ?? "") \($0["field"] ?? "") \($0["reason_code"] ?? "")" })
    #expect(
      subjects.isSuperset(of: ["\(pairs[0].referral) Deal value E724", "\(pairs[1].referral) Deal value E724"]))
    let linked = try bench.reconciliation().rows.filter { row in pairs.contains { $0.referral == row["referral_id"] } }
    #expect(linked.count == pairs.count)
    for pair in pairs { #expect(linked.contains { $0["opportunity_id"] == pair.opportunity }) }
    try bench.sandbox.emptyLog()
    try bench.decideAll()
    #expect([0, 4].contains(try bench.reconcile("apply").status))
    #expect(try !bench.sandbox.writes().contains { $0["method"] == "DELETE" })
    let after = try bench.sandbox.state()
    for (side, ids) in [("referrals", Self.ids), ("opportunities", Self.opportunityIDs)] {
      #expect(try ids(bench, before) == ids(bench, after), "\(side)")
    }
    #expect(try bench.sandbox.referral(pairs[0].referral)?.at("details.dealValue")?.numberText == "95001")
    // Of a conflict Salesforce was right.
    #expect(try bench.sandbox.referral(pairs[1].referral)?.at("details.dealValue")?.numberText != "95002")
    #expect(try bench.reconcile("plan", "--detailed-exitcode").status == 0)
  }

  private static func ids(_ bench: Workbench, _ state: JSONValue) throws -> [String] {
    try bench.sandbox.ownReferrals(state).compactMap { $0["id"]?.stringValue }.sorted()
  }

  private static func opportunityIDs(_ bench: Workbench, _ state: JSONValue) throws -> [String] {
    try bench.sandbox.opportunities(state).compactMap { $0["Id"]?.stringValue }.sorted()
  }
}
