import Ledger
import Model
import Planning
import Testing

/// Nights on which records claim each other in ways that do not fit.
@Suite struct IdentityNightTests {
  private let folder: TemporaryFolder
  private let ledger: LedgerFile
  private let planner: Planner

  init() throws {
    folder = try TemporaryFolder()
    ledger = try folder.ledger()
    planner = try Planner()
  }

  private static func r(_ number: Int) -> String { World.referralID(number) }
  private static func o(_ number: Int) -> String { World.opportunityID(number) }

  /// The codes by the numbers of the records: `r1 o1`.
  private func codes() throws -> [String: Code] {
    func short(_ id: String, _ letter: String) -> String {
      id.isEmpty ? "" : letter + String(Int(id.suffix(12)) ?? 0)
    }
    return Dictionary(
      uniqueKeysWithValues: try ledger.lines().map { line in
        let names = [short(line.key.referralID, "r"), short(String(line.key.opportunityID.dropLast(3)), "o")]
        return (names.filter { !$0.isEmpty }.joined(separator: " "), line.code)
      })
  }

  @Test(
    "R19: an opportunity that names one referral and is named by another is linked with neither",
    arguments: [(1, 2), (2, 1)])
  func crossed(_ named: Int, naming: Int) throws {
    var world = World(pairs: 0)
    for number in 1...2 { world.addReferral(number) }
    world.addOpportunity(1)
    world.setOpportunity(1, "Referral_Identifier__c", Self.r(named))
    world.setReferral(naming, "externalReferenceId", Self.o(1))
    try planner.plan(world, night: 1, in: ledger)
    #expect(
      try codes() == [
        "r1": .identityDisagreement, "r2": .identityDisagreement, "o1": .identityDisagreement,
      ])
    #expect(try ledger.rows(of: 1).isEmpty)
    #expect(try ledger.read { try $0.referral(linkedWith: Self.o(1)) } == nil)
  }

  @Test("R18: two opportunities with one identifier stop with their referral, and go on once it is one")
  func twoOpportunities() throws {
    var world = World(pairs: 1)
    try planner.plan(world, night: 1, in: ledger)
    world.addOpportunity(2)
    world.setOpportunity(2, "Referral_Identifier__c", Self.r(1))
    try planner.plan(world, night: 2, in: ledger)
    #expect(try codes() == ["r1": .identityDuplicate, "o1": .identityDuplicate, "o2": .identityDuplicate])
    #expect(try ledger.rows(of: 2).isEmpty)
    world.opportunities[Self.o(2)] = nil
    try planner.plan(world, night: 3, in: ledger)
    #expect(try codes() == ["r1 o1": .inSync])
  }

  @Test("R18: two referrals with one CRM id stop with their opportunity, and go on once it is one")
  func twoReferrals() throws {
    var world = World(pairs: 1)
    try planner.plan(world, night: 1, in: ledger)
    world.addReferral(2)
    world.setReferral(2, "externalReferenceId", Self.o(1))
    try planner.plan(world, night: 2, in: ledger)
    #expect(try codes() == ["r1": .identityDuplicate, "r2": .identityDuplicate, "o1": .identityDuplicate])
    world.setReferral(2, "externalReferenceId", "")
    try planner.plan(world, night: 3, in: ledger)
    #expect(try codes() == ["r1 o1": .inSync, "r2": .newFromPartnerCenter])
  }

  @Test("R19: an identifier typed over stops the pair and what it names")
  func typedOver() throws {
    var world = World(pairs: 2)
    try planner.plan(world, night: 1, in: ledger)
    world.setOpportunity(1, "Referral_Identifier__c", Self.r(2))
    try planner.plan(world, night: 2, in: ledger)
    let codes = try codes()
    #expect(Set(codes.keys) == ["r1", "r2", "o1", "o2"])
    #expect(codes["r2"] == .identityDuplicate)
    #expect(codes["r1"] == .identityDisagreement)
    #expect(try ledger.rows(of: 2).isEmpty)
    world.setOpportunity(1, "Referral_Identifier__c", Self.r(1))
    try planner.plan(world, night: 3, in: ledger)
    #expect(try self.codes() == ["r1 o1": .inSync, "r2 o2": .inSync])
  }

  @Test("R23: a merged opportunity's heir starts with nothing agreed")
  func merged() throws {
    var world = World(pairs: 1)
    try planner.plan(world, night: 1, in: ledger)
    world.opportunities[Self.o(1)] = nil
    world.addOpportunity(2)
    world.setOpportunity(2, "Referral_Identifier__c", Self.r(1))
    world.setOpportunity(2, "Amount", "900")
    try planner.plan(world, night: 2, in: ledger)
    let row = try ledger.rows(of: 2).first { $0.change.field == "Deal value" }
    #expect(row?.change.action == .conflict)
    #expect(row?.change.code == .conflictFirstContact)
    #expect(try ledger.read { try $0.opportunity(linkedWith: Self.r(1)) } == Self.o(2))
  }

  private func relink(_ referral: Int, _ opportunity: Int) throws {
    _ = try Relink(
      referral: Self.r(referral), opportunity: Self.o(opportunity), identifierColumn: "Referral_Identifier__c"
    ).run(in: ledger)
  }

  @Test("R11 R18 R23: nobody is linked with an opportunity that another own referral names")
  func rivals() throws {
    var world = World(pairs: 0)
    for number in 1...3 { world.addReferral(number) }
    world.addOpportunity(1)
    for number in 2...3 { world.setReferral(number, "externalReferenceId", Self.o(1)) }
    try planner.plan(world, night: 1, in: ledger)
    for number in 1...3 {
      let failure = #expect(throws: Failure.self) { try relink(number, 1) }
      #expect(failure?.code == .relinkClaimed)
    }
    for number in 2...3 { world.setReferral(number, "organizationId", "bbbbbbbb-0000-4000-8000-000000000002") }
    try planner.plan(world, night: 2, in: ledger)
    try relink(1, 1)
    #expect(try ledger.read { try $0.referral(linkedWith: Self.o(1)) } == Self.r(1))
  }

  @Test("R23: while a plan is being applied, no pair of it is linked anew")
  func whileApplying() throws {
    var world = World(pairs: 1)
    world.addOpportunity(2)
    try planner.plan(world, night: 1, in: ledger)
    world.opportunities[Self.o(1)] = nil
    try planner.plan(world, night: 2, in: ledger)
    try ledger.write { try $0.setRun(2, state: .applying) }
    let failure = #expect(throws: Failure.self) { try relink(1, 2) }
    #expect(failure.map { "\($0)".contains("--resume") } == true)
    try ledger.write { try $0.setRun(2, state: .applied) }
    #expect(throws: (any Error).self) { try relink(2, 2) }
  }

  @Test("R45 R47: by the name alone, an account whose name goes on behind a bar is another one")
  func barredName() throws {
    var world = World(pairs: 0)
    world.addReferral(1)
    let company = world.referrals[Self.r(1)]?["customerProfile.name"] ?? ""
    world.accounts = ["001000000000001AAA": ["Id": "001000000000001AAA", "Name": company + "|EMEA"]]
    try Planner(settings: ["Account match": "name"]).plan(world, night: 1, in: ledger)
    guard case .createOpportunity(let draft)? = try ledger.rows(of: 1).first?.change.effect else {
      Issue.record("no opportunity is created")
      return
    }
    #expect(draft.account != .existing(id: "001000000000001AAA"))
  }

  @Test("R11: another party's record takes no part, whatever it names")
  func otherParty() throws {
    var world = World(pairs: 1)
    world.addReferral(2)
    world.setReferral(2, "organizationId", "bbbbbbbb-0000-4000-8000-000000000002")
    world.setReferral(2, "externalReferenceId", Self.o(1))
    world.addReferral(3)
    world.setReferral(3, "organizationId", "bbbbbbbb-0000-4000-8000-000000000002")
    world.setReferral(3, "externalReferenceId", Self.o(4))
    world.addOpportunity(4)
    try planner.plan(world, night: 1, in: ledger)
    #expect(
      try codes() == [
        "r1 o1": .inSync, "r2": .ownedByAnotherOrganization, "r3": .ownedByAnotherOrganization,
        "o4": .newFromSalesforce,
      ])
    #expect(try ledger.read { try $0.opportunity(linkedWith: Self.r(3)) } == nil)
  }

  @Test("R11: a link with a record that turns out to be another party's gives way")
  func foreignLink() throws {
    var world = World(pairs: 2)
    try planner.plan(world, night: 1, in: ledger)
    for number in 1...2 {
      world.setReferral(number, "organizationId", "bbbbbbbb-0000-4000-8000-000000000002")
      world.setOpportunity(number, "Referral_Identifier__c", "")
    }
    world.addReferral(3)
    world.setReferral(3, "name", "Deal 1")
    world.setReferral(3, "externalReferenceId", Self.o(1))
    try planner.plan(world, night: 2, in: ledger)
    #expect(
      try codes() == [
        "r1": .ownedByAnotherOrganization, "r2": .ownedByAnotherOrganization, "r3 o1": .linkRecorded,
        "o2": .newFromSalesforce,
      ])
    #expect(try ledger.read { try $0.referral(linkedWith: Self.o(1)) } == Self.r(3))
    // Taken for another party's by mistake, the other pair is what it was.
    world.setReferral(2, "organizationId", World.own)
    try planner.plan(world, night: 3, in: ledger)
    #expect(try ledger.read { try $0.base(of: Self.r(2)) }["Deal value"] == "100")
  }

  @Test("R14: a referral that names a record waits for it, and pairs once it is there")
  func unknownRecord() throws {
    var world = World(pairs: 0)
    world.addReferral(1)
    world.setReferral(1, "externalReferenceId", Self.o(1))
    try planner.plan(world, night: 1, in: ledger)
    #expect(try codes() == ["r1": .unknownCRMRecord])
    world.addOpportunity(1)
    try planner.plan(world, night: 2, in: ledger)
    #expect(try codes() == ["r1 o1": .linkRecorded])
  }
}
