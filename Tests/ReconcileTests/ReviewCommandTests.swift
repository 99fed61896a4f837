import Foundation
import JSON
import Testing

/// `show` and `record`: the review on a terminal, and the life of one deal.
@Suite("Review on a terminal")
struct ReviewCommandTests {
  @Test("show: every filter, alone and together, gives just the rows of changes.csv that it names")
  func filters() throws {
    let bench = try Workbench()
    _ = try bench.reconcile("plan")
    let rows = try bench.changes().rows
    let deal = try #require(rows.first { $0["action"] == "create-opportunity" }?["referral_id"])
    let linked = try #require(rows.first { $0["risk"] == "conflict" }?["opportunity_id"])

    func shows(_ options: [String], _ wanted: (Report.Row) -> Bool) throws {
      let result = try bench.start(["show", "--json"] + options).wait()
      #expect(result.status == 0)
      let found = try result.lines.map { try JSONValue(parsing: $0)["seq"]?.numberText }
      let expected = rows.filter(wanted).map { $0["seq"] }
      #expect(found == expected, "\(options)")
      #expect(!expected.isEmpty && expected.count < rows.count, "\(options) must tell rows apart")
    }
    try shows(["--side", "partner-center"]) { $0["direction"] == "to-partner-center" }
    try shows(["--risk", "conflict", "--risk", "irreversible"]) {
      ["conflict", "irreversible"].contains($0["risk"] ?? "")
    }
    try shows(["--action", "link"]) { $0["action"] == "link" }
    try shows(["--field", "deal value"]) { $0["field"] == "Deal value" }
    try shows(["--status", "hold"]) { $0["decision"] == "hold" }
    try shows(["--id", deal.uppercased()]) { $0["referral_id"] == deal }
    try shows(["--id", String(linked.prefix(15))]) { $0["opportunity_id"] == linked }
    try shows(["--id", deal, "--side", "salesforce", "--action", "update", "--action", "add-contact"]) {
      $0["referral_id"] == deal && $0["direction"] == "to-salesforce"
        && ["update", "add-contact"].contains($0["action"] ?? "")
    }
    for wrong in [["--risk", "high"], ["--action", "delete"], ["--side", "both"], ["--status", "done"]] {
      let result = try bench.start(["show"] + wrong).wait()
      #expect(result.status == 64 && result.err.contains(wrong[1]), "\(wrong)")
    }
    let nothing = try bench.reconcile("show", "--id", "00600000000000A")
    #expect(nothing.status == 0 && nothing.out.isEmpty && nothing.err.contains("no such rows"))
  }

  @Test("record: snapshots, rows, decisions, writes and request ids of a deal, from either id")
  func life() throws {
    let bench = try Workbench()
    _ = try bench.reconcile("plan")
    let pair = try #require(
      try bench.reconciliation().rows.first {
        $0["status"] == "in-sync" && $0["partner_center_status"] == "Active/Accepted"
      })
    let (referral, opportunity) = (pair["referral_id"] ?? "", pair["opportunity_id"] ?? "")
    _ = try bench.reconcile("apply")
    try bench.sandbox.edit(referral: referral, "details.dealValue", 4711)
    _ = try bench.reconcile("plan")
    try bench.decide { $0["field"] == "Deal value" && $0["referral_id"] == referral ? "reject" : nil }
    _ = try bench.reconcile("apply")
    try bench.sandbox.edit(referral: referral, "details.dealValue", 4712)
    _ = try bench.reconcile("plan")
    _ = try bench.reconcile("apply")
    let written = try #require(
      try bench.changes().rows.first { $0["field"] == "Deal value" && $0["referral_id"] == referral })
    #expect(written["outcome"] == "applied")
    _ = try bench.reconcile("plan")

    let result = try bench.reconcile("record", referral, "--json")
    #expect(result.status == 0, "\(result)")
    #expect(try bench.reconcile("record", String(opportunity.prefix(15)), "--json").out == result.out)
    #expect(try bench.reconcile("record", referral.uppercased(), "--json").out == result.out)
    let lines = try result.lines.map { try JSONValue(parsing: $0) }
    #expect(lines.first?["opportunity_id"]?.stringValue == opportunity)
    #expect(lines.first?.at("agreed")?["Deal value"]?.stringValue == "4712")
    let kinds = lines.dropFirst().compactMap { $0["message_type"]?.stringValue }
    #expect(kinds.count { $0 == "appeared" } == 2)
    let moves = lines.filter { $0["message_type"]?.stringValue == "changed" }.flatMap {
      $0["columns"]?.arrayValue ?? []
    }
    .filter { $0["column"]?.stringValue == "details.dealValue" }
    #expect(moves.map { $0["new"]?.stringValue } == ["4711", "4712"])
    let rows = lines.filter { $0["message_type"]?.stringValue == "row" && $0["field"]?.stringValue == "Deal value" }
    #expect(rows.map { $0["decision"]?.stringValue } == ["reject", "apply"])
    #expect(rows.map { $0["outcome"]?.stringValue } == ["rejected", "applied"])
    #expect(rows.last?["request_id"]?.stringValue == written["request_id"] && written["request_id"] != "")
    let requests = lines.filter { $0["message_type"]?.stringValue == "request" }
    #expect(requests.contains { $0["outcome"]?.stringValue == "applied" && $0["settled"]?.stringValue != "" })

    let told = try bench.reconcile("record", opportunity).out
    for part in [referral, opportunity, "4711 → 4712", "reject: rejected", "apply: applied", "request", "appears"] {
      #expect(told.contains(part), "\(part) is missing in \(told)")
    }
  }

  @Test("record: an id that the ledger never met is an error, and a vanished record still has its life")
  func unknown() throws {
    let bench = try Workbench()
    _ = try bench.reconcile("plan")
    for id in ["nonsense", "00600000000000A", "11111111-2222-4333-8444-555555555555", ""] {
      let result = try bench.reconcile("record", id)
      #expect(result.status == 64 && result.err.contains("E612"), "\(id) \(result)")
    }
    let alone = try #require(
      try bench.reconciliation().rows.first { $0["referral_id"] == "" && $0["opportunity_id"] != "" })
    let id = alone["opportunity_id"] ?? ""
    try bench.sandbox.delete([
      JSONMember("side", "salesforce"), JSONMember("object", "Opportunity"), JSONMember("id", .string(id)),
    ])
    _ = try bench.reconcile("plan")
    let result = try bench.reconcile("record", id)
    #expect(result.status == 0 && result.out.contains("is gone"), "\(result)")
  }
}
