import Foundation
import JSON
import Testing

/// An apply was a mistake: `undo` takes back what it wrote, over both services.
@Suite("undo takes back what an apply wrote")
struct UndoTests {
  @Test("Every field of both services is as before, the next plan is quiet, and an undo of the undo writes it again")
  func comesBack() throws {
    let bench = try Workbench()
    let night = try night(bench)
    let after = try State(bench)
    #expect(!after.differences(from: night.before).isEmpty, "the night wrote something")

    let undone = try bench.reconcile("undo", night.run)
    #expect(undone.status == 0 && undone.out.contains("proposed to be taken back"), "\(undone)")
    #expect(try bench.sandbox.writes().isEmpty, "undo writes to neither service")
    let rows = try bench.changes().rows
    #expect(rows.allSatisfy { $0["reason_code"] == "N144" && $0["decision"] == "apply" }, "\(rows)")
    #expect(rows.filter { $0["action"] == "update" }.count == 4)
    let undo = try #require(rows.first?["run_id"])
    try appliesWithoutRest(bench)
    let back = try State(bench)
    #expect(back.differences(from: night.before).isEmpty, "\(back.differences(from: night.before))")
    try isQuiet(bench)

    #expect(try bench.reconcile("undo", undo).status == 0)
    try appliesWithoutRest(bench)
    #expect(try State(bench).differences(from: after).isEmpty)
    try isQuiet(bench)

    // The first undo was undone, so that its run can be undone once more.
    #expect(try bench.reconcile("undo", night.run).status == 0)
    try appliesWithoutRest(bench)
    #expect(try State(bench).differences(from: night.before).isEmpty)
    try isQuiet(bench)
    #expect(try bench.reconcile("undo", night.run).status == 0)
    #expect(try bench.changes().rows.allSatisfy { $0["reason_code"] == "N146" && $0["decision"] == "hold" })
  }

  @Test("Every row of the first night has one row in its undo: fields come back, and what was made stays and is told")
  func firstNight() throws {
    let bench = try Workbench()
    #expect(try bench.reconcile("plan").status == 0)
    try bench.decideAll()
    let before = try State(bench)
    #expect([0, 3].contains(try bench.reconcile("apply").status))
    let night = try bench.changes().rows
    let applied = night.filter { $0["outcome"] == "applied" }
    let made = try State(bench).count - before.count
    #expect(made > 0 && applied.contains { $0["action"] == "update" })
    let run = try #require(night.first?["run_id"])

    #expect(try bench.reconcile("undo", run).status == 0)
    let rows = try bench.changes().rows
    #expect(rows.count >= applied.count)
    for row in applied {
      let own = rows.filter { $0["reason"]?.contains("row \(row["seq"] ?? "") of \(run)") == true }
      #expect(own.count == 1 && own.first?["reason"]?.isEmpty == false, "\(row): \(own)")
    }
    let told = rows.filter { $0["decision"] == "hold" }
    #expect(Set(told.compactMap { $0["reason_code"] }).isSuperset(of: ["N145"]))
    for action in ["create-opportunity", "create-referral", "accept"]
    where applied.contains(where: { $0["action"] == action }) {
      #expect(told.contains { $0["action"] == action && $0["risk"] == "irreversible" })
    }
    let result = try bench.reconcile("apply")
    #expect(result.status == 4, "\(result)")
    #expect(try State(bench).count == before.count + made, "nothing is deleted")
    // What differs still is what the held rows tell of.
    let left = try State(bench).differences(from: before).filter { !Self.isTold($0.field) }
    #expect(left.isEmpty, "\(left)")
    #expect(try bench.reconcile("plan").status == 0)
    let fields = Set(rows.filter { $0["decision"] == "apply" && $0["action"] == "update" }.map(Self.place))
    #expect(!fields.isEmpty)
    #expect(try bench.changes().rows.allSatisfy { !fields.contains(Self.place($0)) }, "what was taken back stays so")
  }

  @Test("An edit after the apply survives: its row is held with both values, and the others go back")
  func editedSince() throws {
    let bench = try Workbench()
    let night = try night(bench)
    try bench.sandbox.edit(opportunity: night.pairs[0].opportunity, "Amount", 777)
    #expect(try bench.reconcile("undo", night.run).status == 0)
    let edited = try #require(try bench.changes().rows.first { $0["reason_code"] == "E732" })
    #expect(edited["opportunity_id"] == night.pairs[0].opportunity && edited["decision"] == "hold")
    #expect(edited["reason"]?.contains("\"125000\"") == true && edited["reason"]?.contains("\"777\"") == true)

    // No decision makes such a row writable.
    try bench.decide { $0["reason_code"] == "E732" ? "apply" : nil }
    let refused = try bench.reconcile("apply")
    #expect(refused.status == 5 && refused.err.contains("E602") && refused.err.contains("it takes hold"), "\(refused)")
    try bench.decide { $0["reason_code"] == "E732" ? "hold" : nil }
    #expect(try bench.reconcile("apply").status == 4)
    let differences = try State(bench).differences(from: night.before)
    // Salesforce makes the expected revenue from the amount.
    #expect(differences.map(\.field) == ["Amount", "ExpectedRevenue"] && differences[0].now == "777", "\(differences)")
  }

  @Test("A record that somebody edits between undo and apply is left alone")
  func stale() throws {
    let bench = try Workbench()
    let night = try night(bench)
    #expect(try bench.reconcile("undo", night.run).status == 0)
    try bench.sandbox.edit(referral: night.pairs[1].referral, "details.notes", "Edited meanwhile.")
    let applied = try bench.reconcile("apply")
    #expect(applied.status == 3, "\(applied)")
    let row = try #require(try bench.changes().rows.first { $0["outcome"] == "stale" })
    #expect(row["referral_id"] == night.pairs[1].referral)
    #expect(
      try bench.sandbox.referral(night.pairs[1].referral)?.at("details.notes")?.stringValue == "Edited meanwhile.")
  }

  @Test(
    "SIGKILL in the middle of an undo's apply: --resume ends it, and both sides are as before", arguments: [1, 2, 3, 4])
  func killed(number: Int) throws {
    let bench = try Workbench()
    let night = try night(bench)
    #expect(try bench.reconcile("undo", night.run).status == 0)
    try bench.sandbox.emptyLog()
    try bench.sandbox.faults([
      "path": "^[^?]*(sobjects|composite|referrals)", "nth": .number("\(number)"), "then": ["delay_ms": 90_000],
    ])
    let apply = try bench.start(["apply"])
    try bench.wait(for: "request \(number)") {
      let seen = try bench.sandbox.log().filter {
        $0["path"]?.stringValue?.firstRange(of: /^[^?]*(sobjects|composite|referrals)/) != nil
      }
      return seen.count >= number || !apply.isRunning
    }
    apply.signal(SIGKILL)
    #expect(try apply.wait().status == -SIGKILL)
    try bench.sandbox.clearFaults()
    let resumed = try bench.reconcile("apply", "--resume")
    #expect(resumed.status == 0, "\(resumed)")
    #expect(try bench.changes().rows.allSatisfy { $0["outcome"] == "applied" })
    let differences = try State(bench).differences(from: night.before)
    #expect(differences.isEmpty, "\(differences)")
    try isQuiet(bench)
  }

  @Test("A night that died over a write is undone as far as it came, without going on with it", arguments: [1, 2, 3])
  func halfApplied(number: Int) throws {
    let bench = try Workbench()
    let run = try night(bench) { bench in
      try bench.sandbox.emptyLog()
      try bench.sandbox.faults([
        "method": "PATCH|POST", "path": "^[^?]*(composite|referrals/)", "nth": .number("\(number)"),
        "then": ["delay_ms": 90_000],
      ])
      let apply = try bench.start(["apply"])
      try bench.wait(for: "write \(number)") {
        try bench.sandbox.writes().count >= number || !apply.isRunning
      }
      apply.signal(SIGKILL)
      #expect(try apply.wait().status == -SIGKILL)
      try bench.sandbox.clearFaults()
    }
    let written = try State(bench).differences(from: run.before)
    #expect(!written.isEmpty)
    #expect(try bench.reconcile("undo", run.run).status == 0)
    let applied = try bench.reconcile("apply")
    #expect([0, 4].contains(applied.status), "\(applied)")
    let left = try State(bench).differences(from: run.before)
    #expect(left.isEmpty, "\(left)")
  }

  @Test("A run that is unknown, not applied or without writes is refused, with a code and without a run")
  func refused() throws {
    let bench = try Workbench()
    try bench.settle()
    #expect(try bench.reconcile("plan").status == 0)
    let planned = try #require(try bench.runs().first?.run)
    let before = try bench.runs().count
    for (name, code) in [("20200101T000000Z-none", "E603"), (planned, "E621")] {
      let result = try bench.reconcile("undo", name)
      #expect(result.status == 64 && result.err.contains(code), "\(result)")
    }
    #expect(try bench.reconcile("undo").status == 64)
    #expect(try bench.runs().count == before)
  }

  @Test("The kind is told by runs, summary.json and record, and the page shows what is left to a person")
  func isTold() throws {
    let bench = try Workbench()
    let night = try night(bench)
    try bench.sandbox.edit(opportunity: night.pairs[0].opportunity, "Amount", 777)
    #expect(try bench.reconcile("undo", night.run, "--json").out.contains(#""kind":"undo""#))
    #expect(try bench.runs().first?.contains(#""kind":"undo""#) == true)
    #expect(try bench.text("reports/latest/summary.json").contains(#""undo""#))
    let page = try bench.text("reports/latest/report.html")
    #expect(page.contains(#""allowed":["hold"]"#) && page.contains("E732"))
    #expect(try bench.reconcile("record", night.pairs[0].opportunity).out.contains("E732"))
    #expect(try bench.reconcile("plan", "--replan", "latest").err.contains("E613"))
  }

  // MARK: A night that was a mistake

  private struct Night {
    let run: String
    /// Both services before the apply.
    let before: State
    let pairs: [DealPair]
  }

  /// Both sides agree; then a deal value, a text, a date and a conflict move, and the plan is applied.
  private func night(_ bench: Workbench, applying apply: ((Workbench) throws -> Void)? = nil) throws -> Night {
    try bench.settle()
    let pairs = try bench.sandbox.linkedPairs()
    try #require(pairs.count >= 4)
    try bench.sandbox.edit(referral: pairs[0].referral, "details.dealValue", 125_000)
    try bench.sandbox.edit(opportunity: pairs[1].opportunity, "Amount", 91_000)
    try bench.sandbox.edit(opportunity: pairs[2].opportunity, "CloseDate", "2027-05-31")
    try bench.sandbox.edit(referral: pairs[3].referral, "details.dealValue", 51_000)
    try bench.sandbox.edit(opportunity: pairs[3].opportunity, "Amount", 52_000)
    #expect(try bench.reconcile("plan").status == 0)
    try bench.decide { row in
      row["risk"] == "conflict" ? "partner-center" : row["action"] == "mark" ? "apply" : nil
    }
    let before = try State(bench)
    let run = try #require(try bench.changes().rows.first?["run_id"])
    if let apply {
      try apply(bench)
    } else {
      try appliesWithoutRest(bench)
    }
    return Night(run: run, before: before, pairs: pairs)
  }

  private func appliesWithoutRest(_ bench: Workbench) throws {
    let applied = try bench.reconcile("apply")
    #expect(applied.status == 0, "\(applied)")
    try bench.sandbox.emptyLog()
  }

  private func isQuiet(_ bench: Workbench) throws {
    let plan = try bench.reconcile("plan", "--detailed-exitcode")
    let rows = try bench.changes().rows
    #expect(plan.status == 0 && rows.isEmpty, "\(rows)")
  }

  /// What a row is about.
  private static func place(_ row: Report.Row) -> [String] {
    ["referral_id", "opportunity_id", "field"].map { row[$0] ?? "" }
  }

  /// Whether a field is one that no program takes back: ids, status, visibility, lists.
  private static func isTold(_ field: String) -> Bool {
    let told = [
      "externalReferenceId", "status", "substatus", "statusReason", "consent", "inviteContext", "customerProfile.team",
      "team", "Referral_Identifier__c", "Referral_Link__c", "Sync_With_Partner_Center__c",
    ]
    return told.contains { field == $0 || field.hasPrefix($0 + ".") || field.hasPrefix($0 + "[") }
  }
}

/// Every field of every record of both services.
private struct State {
  /// By record, then by field.
  private var records: [String: [String: String]] = [:]

  /// A field of a record that was there before and holds something else now.
  struct Difference {
    let record: String
    let field: String
    let before: String
    let now: String
  }

  var count: Int { records.count }

  init(_ bench: Workbench) throws {
    let state = try bench.sandbox.state()
    for referral in state.at("partner_center.referrals")?.arrayValue ?? [] {
      add("referral", referral["id"]?.stringValue ?? "", referral)
    }
    for object in state["salesforce"]?.objectValue ?? [] {
      for record in object.value.arrayValue ?? [] { add(object.name, record["Id"]?.stringValue ?? "", record) }
    }
  }

  private mutating func add(_ kind: String, _ id: String, _ record: JSONValue) {
    var fields: [String: String] = [:]
    Self.flatten(record, "", into: &fields)
    records["\(kind) \(id)"] = fields
  }

  /// The fields that differ, but for versions, times, the mark of a name and the audit trail, which move with every write.
  func differences(from former: State) -> [Difference] {
    former.records.sorted { $0.key < $1.key }.flatMap { record, fields -> [Difference] in
      let now = records[record] ?? [:]
      return Set(fields.keys).union(now.keys).sorted().compactMap { field -> Difference? in
        let (old, new) = (fields[field] ?? "null", now[field] ?? "null")
        guard !Self.movesByItself(field), Self.plain(old) != Self.plain(new) else { return nil }
        return Difference(record: record, field: field, before: old, now: new)
      }
    }
  }

  private static func movesByItself(_ field: String) -> Bool {
    [
      "eTag", "@odata.etag", "updatedDateTime", "LastModifiedDate", "SystemModstamp", "LastModifiedById", "Audit__c",
      "LastActivityDate", "version",
    ].contains(field)
  }

  private static func plain(_ text: String) -> String {
    text.hasSuffix(" ✔") || text.hasSuffix(" ✘") ? String(text.dropLast(2)) : text
  }

  private static func flatten(_ value: JSONValue, _ path: String, into fields: inout [String: String]) {
    switch value {
    case .object(let members):
      for member in members {
        flatten(member.value, path.isEmpty ? member.name : path + "." + member.name, into: &fields)
      }
    case .array(let elements):
      for (index, element) in elements.enumerated() { flatten(element, "\(path)[\(index)]", into: &fields) }
    case .string(let text): fields[path] = text
    case .number(let text): fields[path] = text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    case .bool(let flag): fields[path] = "\(flag)"
    case .null: fields[path] = "null"
    }
  }
}

extension String {
  /// The run that a line of `runs --json` is about.
  fileprivate var run: String? { (try? JSONValue(parsing: self))?["run_id"]?.stringValue }
}
