import GRDB
import Ledger
import Model
import Testing

@Suite struct PlanStorageTests {
  private let folder: TemporaryFolder
  private let ledger: LedgerFile

  init() throws {
    folder = try TemporaryFolder()
    ledger = try LedgerFile(at: folder.ledger)
  }

  static let effects: [Effect?] = [
    nil, .patchReferral([PatchOperation(.add, path: "/a", value: "1"), PatchOperation(path: "/b", value: "\"x\"")]),
    .updateRecord(object: "Opportunity", id: "o", fields: [FieldWrite("Amount", "5")]),
    .createOpportunity(
      OpportunityDraft(account: .create([FieldWrite("Name", "\"N\"")]), keyField: "K", key: "r", fields: [])),
    .createOpportunity(OpportunityDraft(account: .existing(id: "001"), keyField: "K", key: "r", fields: [])),
    .addContact(ContactDraft(existing: nil, fields: [FieldWrite("Email", "\"e\"")], isPrimary: true)),
    .addSolution(SolutionDraft(existing: "a02", fields: [])),
    .createReferral(ReferralDraft(body: "{}", connected: "{}", externalReferenceID: "o")), .recordOpportunity,
    .recordReferral(identifierField: "I", linkField: nil, linkAddress: "l"),
    .mark(MarkDraft(nameField: "Name", name: "Deal", auditField: nil)),
  ]

  static func changes() -> [Change] {
    effects.enumerated().map { index, effect in
      Change(
        Action.allCases[index % Action.allCases.count], index % 2 == 0 ? .toSalesforce : .toPartnerCenter,
        field: "Field \(index)",
        values: Change.Values(base: "b", partnerCenter: "p\u{1F}\"ü", salesforce: "s", new: "n"),
        because: Change.Grounds(.changedInSalesforce, rule: "R82", risk: Risk.allCases[index % 4], "why"),
        effect: effect,
        choices: effect == nil
          ? Change.Choices(partnerCenter: Change.Settlement(effect: .recordOpportunity, value: "p"), salesforce: nil)
          : nil,
        settles: ["Field": "v\(index)"])
    }
  }

  /// Stores a plan of one pair and seals it.
  private func plan(_ changes: [Change], night: Int = 1) throws {
    let verdict = Verdict(
      PairKey(referralID: "r1", opportunityID: "o1"), .changes, Verdict.Face(name: "Deal"), code: .changedInSalesforce,
      reason: "", changes: changes, isSettled: false)
    try ledger.write { transaction in
      try transaction.beginTouching()
      let run = try transaction.open(night: night)
      for change in changes {
        try transaction.propose(
          change, phase: 1, of: verdict, versions: PlanRow.Versions(referral: "\"1\"", opportunity: "t", account: "u"))
      }
      try transaction.numberProposals(of: run)
      try transaction.sealRun(run, snapshots: [:])
    }
  }

  private func rows(_ run: Int = 1) throws -> [PlanRow] {
    try ledger.read { transaction in
      var rows: [PlanRow] = []
      try transaction.eachRow(of: run) { rows.append($0) }
      return rows
    }
  }

  @Test("every kind of effect comes back as it was stored")
  func roundTrip() throws {
    let changes = Self.changes()
    try plan(changes)
    let rows = try rows()
    #expect(rows.map(\.change) == changes)
    #expect(rows.map(\.seq) == Array(1...changes.count))
    #expect(rows.allSatisfy { $0.versions == PlanRow.Versions(referral: "\"1\"", opportunity: "t", account: "u") })
    #expect(rows.allSatisfy { $0.name == "Deal" && $0.outcome == .planned && $0.answer == PlanRow.Answer() })
    // A creation that is held holds everything of its pair with it.
    #expect(rows.allSatisfy { $0.decision == .hold })
    #expect(try ledger.read { try $0.rowCount(of: 1) } == changes.count)
    #expect(try ledger.read { try $0.row(2, of: 1) } == rows[1])
    #expect(try ledger.read { try $0.row(99, of: 1) } == nil)
  }

  @Test("states and outcomes tell of the rows what the rows do")
  func states() throws {
    try plan(Self.changes())
    try ledger.write { transaction in
      for (seq, outcome) in zip(1..., [Outcome.applied, .applied, .failed]) {
        var row = try #require(try transaction.row(seq, of: 1))
        row.decision = .apply
        row.outcome = outcome
        try transaction.settle(row, of: 1)
      }
    }
    var states: [RowState] = []
    try ledger.read { try $0.eachState(of: 1) { states.append($0) } }
    let rows = try rows()
    #expect(states.map(\.seq) == rows.map(\.seq))
    #expect(states.map(\.key) == rows.map(\.key))
    #expect(states.map(\.decision) == rows.map(\.decision))
    #expect(states.map(\.outcome) == rows.map(\.outcome))
    #expect(try ledger.read { try $0.outcomes(of: 1) } == [.applied: 2, .failed: 1, .planned: rows.count - 3])
    #expect(try ledger.read { try $0.outcomes(of: 2) } == [:])
  }

  @Test("the same rows give the same digest in another run, whatever was decided and came of them")
  func stableDigest() throws {
    try plan(Self.changes())
    try plan(Self.changes(), night: 2)
    let digests = try ledger.read { try $0.runs().map(\.digest) }
    #expect(Set(digests).count == 1)
    #expect(digests[0].wholeMatch(of: /[0-9a-f]{64}/) != nil)
    try ledger.write { transaction in
      var row = try #require(try transaction.row(1, of: 1))
      row.decision = .reject
      row.outcome = .failed
      row.answer = PlanRow.Answer(code: .staleRecord, status: 412, requestID: "q", at: "t", message: "m")
      try transaction.settle(row, of: 1)
    }
    #expect(try ledger.read { try $0.digest(of: 1) } == digests[0])
    #expect(try rows()[0].answer.status == 412)
    #expect(try rows()[0].decision == .reject)
    #expect(try rows()[1].decision == rows(2)[1].decision)
  }

  @Test(
    "a plan that somebody altered has another digest",
    arguments: [
      "UPDATE change SET referral = 'r2' WHERE seq = 3", "UPDATE change SET opportunity = 'o2' WHERE seq = 3",
      "UPDATE change SET name = 'Other' WHERE seq = 3", "UPDATE change SET writes = replace(writes, '\"5\"', '\"6\"')",
      "UPDATE change SET rule = 'R83' WHERE seq = 11", "UPDATE change SET new = 'm' WHERE seq = 2",
      "UPDATE change SET risk = 'terminal' WHERE risk = 'normal'", "UPDATE change SET reason = base, base = reason",
      "UPDATE change SET versions = replace(versions, 't', 'x') WHERE seq = 1", "DELETE FROM change WHERE seq = 11",
      "UPDATE change SET seq = 99 WHERE seq = 11",
      "CREATE TEMP TABLE more AS SELECT * FROM change WHERE seq = 1; UPDATE more SET seq = 12; INSERT INTO change SELECT * FROM more",
    ])
  func alteredDigest(_ sql: String) throws {
    try plan(Self.changes())
    let before = try ledger.read { try $0.digest(of: 1) }
    try DatabaseQueue(path: folder.ledger).write { try $0.execute(sql: sql) }
    #expect(try ledger.read { try $0.digest(of: 1) } != before)
    #expect(try ledger.read { try $0.runs().first?.digest } == before)
  }

  @Test("a mark that would tell of held rows only is held with them")
  func idleMark() throws {
    func change(_ action: Action, _ risk: Risk) -> Change {
      Change(
        action, .toSalesforce, because: Change.Grounds(.syncMark, rule: "R102", risk: risk, ""),
        effect: .recordOpportunity)
    }
    let mark = change(.mark, .normal)
    let nights = [[change(.accept, .irreversible), mark], [change(.update, .normal), mark], [mark]]
    for (index, changes) in nights.enumerated() { try plan(changes, night: index + 1) }
    #expect(try (1...3).map { try rows($0).map(\.decision) } == [[.hold, .hold], [.apply, .apply], [.apply]])
  }

  @Test("rows stand by phase, then pair by pair, each pair's in the order in which they were proposed")
  func order() throws {
    try ledger.write { transaction in
      try transaction.beginTouching()
      let run = try transaction.open(night: 1)
      for (phase, referral, field) in [(2, "r1", "a"), (0, "r3", "b"), (1, "r2", "d"), (1, "r2", "c"), (0, "r2", "e")] {
        let change = Change(
          .update, .toSalesforce, field: field, because: Change.Grounds(.inSync, rule: "", ""),
          effect: .recordOpportunity)
        let verdict = Verdict(
          PairKey(referralID: referral), .changes, Verdict.Face(), code: .inSync, reason: "", changes: [change],
          isSettled: false)
        try transaction.propose(change, phase: phase, of: verdict, versions: PlanRow.Versions())
      }
      try transaction.numberProposals(of: run)
    }
    #expect(try rows().map(\.change.field) == ["e", "b", "d", "c", "a"])
  }
}
