import CSV
import Foundation
import Ledger
import Load
import Model
import Testing
import Wire

@Suite struct ReportTests {
  private let scenario: Scenario
  private let folder: ReportFolder

  init() throws {
    let notes = Change(
      .update, .toPartnerCenter, field: "Notes", values: Change.Values(base: "-5", salesforce: "a\nb", new: "=1+1"),
      because: Change.Grounds(.changedInSalesforce, rule: "R80", "changed in Salesforce"),
      effect: .patchReferral([PatchOperation(path: "/details/notes", value: #""=1+1""#)]))
    scenario = try Scenario(.pair(), [(Scenario.pair, notes), (Scenario.pair, Rows.conflict())])
    folder = try ReportFolder(in: scenario.folder.path + "/reports", run: scenario.run)
  }

  private func text(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: folder.path + "/" + name)), as: UTF8.self)
  }

  @Test func `changes.csv has the fixed columns, one row a change, and runs no formula`() throws {
    try ChangesReport.write(try scenario.entry(), from: scenario.ledger, to: folder)
    let pair = "\(Scenario.referral),\(Scenario.opportunity)"
    #expect(
      try text("changes.csv") == """
        \u{FEFF}run_id,seq,action,direction,referral_id,opportunity_id,name,field,base_value,partner_center_value,\
        salesforce_value,new_value,risk,rule,reason_code,reason,decision,outcome,error_code,http_status,request_id,\
        applied_at
        20261102T080000Z-abcd,1,update,to-partner-center,\(pair),Fabrikam,Notes,-5,,"a
        b",'=1+1,normal,R80,N103,changed in Salesforce,apply,planned,,,,
        20261102T080000Z-abcd,2,conflict,to-salesforce,\(pair),Fabrikam,Deal value,100,7,9,,conflict,R115,E723,\
        changed on both sides,hold,planned,,,,

        """)
  }

  @Test func `changes.csv tells after apply what the service said`() throws {
    _ = try scenario.apply()
    try ChangesReport.write(try scenario.entry(), from: scenario.ledger, to: folder)
    #expect(try text("changes.csv").contains(",apply,applied,,200,r-1,2026-11-02T08:00:00Z\n"))
    #expect(try text("changes.csv").contains(",hold,held,,,,\n"))
  }

  @Test func `reconciliation.csv has the fixed columns and one row a pair`() throws {
    let face = Verdict.Face(name: "+49 Fabrikam", category: "co-sell", status: "Active/Accepted", stage: "Prospecting")
    try scenario.ledger.write { transaction in
      try transaction.store(
        Verdict(Scenario.pair, .inSync, face, code: .inSync, reason: "nothing differs", isSettled: true))
      try transaction.store(
        Verdict(
          PairKey(referralID: "22222222-2222-2222-2222-222222222222"), .skipped, Verdict.Face(name: "A, B"),
          code: .leadFiltered, reason: "a lead", changes: [Rows.conflict()], isSettled: true))
    }
    try ReconciliationReport.write(try scenario.entry(), from: scenario.ledger, to: folder)
    #expect(
      try text("reconciliation.csv") == """
        \u{FEFF}run_id,status,referral_id,opportunity_id,name,category,partner_center_status,stage,reason_code,reason,\
        changes
        20261102T080000Z-abcd,in-sync,\(Scenario.referral),\(Scenario.opportunity),'+49 Fabrikam,co-sell,\
        Active/Accepted,Prospecting,N101,nothing differs,0
        20261102T080000Z-abcd,skipped,22222222-2222-2222-2222-222222222222,,"A, B",,,,N105,a lead,1

        """)
  }

  @Test func `reconciliation.csv says of hostile texts what its cells would, to the byte`() throws {
    let names = [
      "=1+1", "-1", "00123", "1E5", "12:30", "Zoë", "a\"b", "a\nb", " x", "x ", "#x", "\u{202E}x", "\u{FEFF}=1", "'=1",
      "",
      "1234567890123456", "2026-12-31", "\u{1}", String(repeating: "é", count: 32_001),
      String(repeating: "x", count: 32_001),
    ]
    try scenario.ledger.write { transaction in
      for (index, name) in names.enumerated() {
        let key = PairKey(referralID: "\(1000 + index)", opportunityID: index.isMultiple(of: 2) ? "" : name)
        let face = Verdict.Face(name: name, category: name, status: "Active", stage: name)
        try transaction.store(Verdict(key, .held, face, code: .conflict, reason: name, isSettled: true))
      }
    }
    try ReconciliationReport.write(try scenario.entry(), from: scenario.ledger, to: folder)
    var writer = CSVWriter()
    writer.writeByteOrderMark()
    try writer.write(contents: ReconciliationReport.columns)
    try scenario.ledger.read { transaction in
      try transaction.eachVerdict { line in
        let texts = [
          scenario.run.text, line.standing.rawValue, line.key.referralID, line.key.opportunityID, line.name,
          line.category, line.status, line.stage, line.code.rawValue, line.reason, String(line.changes),
        ]
        try writer.write(contents: texts.map(CSVText.shown))
      }
    }
    #expect(try Array(Data(contentsOf: URL(fileURLWithPath: folder.path + "/reconciliation.csv"))) == writer.bytes)
    #expect(try text("reconciliation.csv").contains(",'1234567890123456,'1234567890123456,Active,"))
  }

  @Test func `summary.json counts rows by every aspect`() throws {
    var measures = SummaryReport.Measures()
    var count = SnapshotCount()
    count.total = 5
    measures.snapshots = [.referral: count]
    var cost = RequestCounter()
    cost.requests = 3
    measures.cost = [.salesforce: cost]
    measures.milliseconds = ["plan": 12]
    try SummaryReport(try scenario.entry(), measures: measures, from: scenario.ledger).write(to: folder)
    let digest = try scenario.entry().digest
    #expect(
      try text("summary.json") == """
        {
          "changes" : {
            "action" : {
              "conflict" : 1,
              "update" : 1
            },
            "decision" : {
              "apply" : 1,
              "hold" : 1
            },
            "direction" : {
              "to-partner-center" : 1,
              "to-salesforce" : 1
            },
            "outcome" : {
              "planned" : 2
            },
            "risk" : {
              "conflict" : 1,
              "normal" : 1
            },
            "total" : 2
          },
          "kind" : "plan",
          "mapping_digest" : "mapping-digest",
          "milliseconds" : {
            "plan" : 12
          },
          "plan_digest" : "\(digest)",
          "repetitions" : {
            "salesforce" : 0
          },
          "requests" : {
            "salesforce" : 3
          },
          "run_id" : "20261102T080000Z-abcd",
          "schema_version" : 1,
          "snapshots" : {
            "referral" : {
              "before" : 0,
              "digest" : "",
              "missing" : 0,
              "moved" : 0,
              "new" : 0,
              "total" : 5
            }
          },
          "status" : {

          },
          "waited_milliseconds" : {
            "salesforce" : 0
          }
        }

        """)
  }

  @Test func `reports are for their owner's eyes only`() throws {
    try ChangesReport.write(try scenario.entry(), from: scenario.ledger, to: folder)
    try SummaryReport(try scenario.entry(), measures: .init(), from: scenario.ledger).write(to: folder)
    for name in ["changes.csv", "summary.json"] {
      let attributes = try FileManager.default.attributesOfItem(atPath: folder.path + "/" + name)
      #expect(attributes[.posixPermissions] as? Int == 0o600)
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    #expect(names == ["changes.csv", "summary.json"])
  }

  @Test func `latest leads to the run that came last`() throws {
    try folder.write("note", Array("one".utf8))
    try folder.becomeLatest()
    let next = try ReportFolder(
      in: scenario.folder.path + "/reports", run: Scenario.unwrap(RunID("20261103T080000Z-abcd")))
    try next.write("note", Array("two".utf8))
    try next.becomeLatest()
    let latest = scenario.folder.path + "/reports/latest"
    #expect(try String(contentsOfFile: latest + "/note", encoding: .utf8) == "two")
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: latest) == "20261103T080000Z-abcd")
  }

  @Test func `a report that cannot be written is refused by name and leaves the old one`() throws {
    try folder.write("note", Array("old".utf8))
    try FileManager.default.createDirectory(atPath: folder.path + "/taken", withIntermediateDirectories: false)
    let failure = #expect(throws: Failure.self) { try folder.write("taken", [0x20]) }
    #expect(failure?.code == .reportUnwritable)
    #expect(failure?.message.contains("/taken") == true)
    #expect(try text("note") == "old")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["note", "taken"])
  }
}
