import Testing

@testable import Transform

@Suite("Stage table")
struct StageTableTests {
  private func table(_ lines: String) throws -> StageTable {
    let header = "status,substatus,salesforce_stage,to_salesforce,to_partner_center\n"
    return try load(["stages.csv": header + lines]).get().stages
  }

  @Test(
    "R43, R44, R69: the stage that a status sets, by the names of the settings",
    arguments: [
      ("New", "Received", "Co-sell On Hold"), ("Active", "Accepted", "Co-sell Active"), ("Closed", "Won", "Closed Won"),
      ("Closed", "Lost", "Closed Lost"), ("Closed", "Declined", "Closed Lost"), ("Closed", "Expired", "Closed Lost"),
      ("active", "ACCEPTED", "Co-sell Active"), ("New", "Pending", nil), ("Active", "Engaged", nil), ("Odd", "", nil),
    ] as [(String, String, String?)])
  func stages(status: String, substatus: String, stage: String?) throws {
    #expect(try load([:]).get().stages.stage(status: status, substatus: substatus) == stage)
  }

  @Test("a setting's stage is renamed in one place")
  func renamed() throws {
    let files = starter("settings.csv", replacing: "Co-sell Active,,", with: "Co-sell Active,Qualified,")
    let stages = try load(files).get().stages
    #expect(stages.stage(status: "Active", substatus: "Accepted") == "Qualified")
    #expect(stages.status(ofStage: "Co-sell Active") == nil)
  }

  @Test(
    "R67: the status that a stage means",
    arguments: [
      ("Closed Won", "Closed/Won"), ("closed lost", "Closed/Lost"), ("Co-sell Active", "Active/Accepted"),
      ("Co-sell On Hold", nil), ("Negotiation", nil),
    ] as [(String, String?)])
  func statuses(stage: String, status: String?) throws {
    let found = try load([:]).get().stages.status(ofStage: stage)
    #expect(found.map { "\($0.status)/\($0.substatus)" } == status)
  }

  @Test("R73: many stages mean one status, one is set, and none of them is pulled back")
  func manyToOne() throws {
    let table = try table(
      "Active,Accepted,Qualified,always,always\nActive,Accepted,Proposal,never,always\nActive,Accepted,Review,never,never\n"
    )
    #expect(table.stage(status: "Active", substatus: "Accepted") == "Qualified")
    for stage in ["Qualified", "Proposal", "Review", "proposal"] {
      #expect(table.contains(stage: stage, status: "Active", substatus: "Accepted"))
    }
    #expect(table.status(ofStage: "Proposal")?.substatus == "Accepted")
    #expect(table.status(ofStage: "Review") == nil && table.names(stage: "Review") && !table.names(stage: "Lost"))
    #expect(!table.contains(stage: "Qualified", status: "Closed", substatus: "Won"))
  }

  @Test(
    "R43 R44 R69: the setting's stage where the table names none",
    arguments: [
      ("New", "Received", "Co-sell On Hold"), ("Active", "Accepted", "Qualified"), ("Closed", "Won", "Closed Won"),
      ("Closed", "Declined", "Closed Lost"), ("Archived", "", "Co-sell Active"),
    ])
  func withoutRow(status: String, substatus: String, stage: String) throws {
    let mapping = try load([
      "stages.csv":
        "status,substatus,salesforce_stage,to_salesforce,to_partner_center\nActive,Accepted,Qualified,always,always\n"
    ]).get()
    #expect(mapping.stage(status, substatus) == stage)
  }

  @Test("R56: a sub-status that the tool does not know can be read, never written")
  func unknownSubstatus() throws {
    #expect(
      try table("Active,Engaged,Working,always,never\n").stage(status: "Active", substatus: "Engaged") == "Working")
    #expect(
      mistakes([
        "stages.csv":
          "status,substatus,salesforce_stage,to_salesforce,to_partner_center\nActive,Engaged,W,always,always\n"
      ])
        == ["mappings/stages.csv:2:2: unknown sub-status \"Engaged\" of Active; allowed: Accepted"])
  }
}
