import JSON
import Model
import Testing
import Transform

@Suite struct OpportunityCreationTests {
  /// A referral of Microsoft that waits for an answer and that no opportunity belongs to.
  private static func unlinked(_ change: (inout Deal) -> Void = { _ in }) -> Deal {
    var deal = Deal()
    deal.referral["externalReferenceId"] = ""
    deal.referral["status"] = "New"
    deal.referral["substatus"] = "Received"
    change(&deal)
    return deal
  }

  private static func neighbour(_ kind: RecordKind, _ id: String) -> Record {
    Deal.record(kind, ["Id": id])
  }

  private static func draft(_ deal: Deal) throws -> OpportunityDraft {
    let change = try #require(deal.judgedReferral().changes.first)
    guard case .createOpportunity(let draft) = change.effect else { throw Failure(.runUnknown, "no draft") }
    return draft
  }

  private static func texts(_ writes: [FieldWrite]) -> [String: String] {
    Dictionary(writes.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in "\(first) twice" })
  }

  private static let rows = [
    "create-opportunity < R43 N115 normal: Referral_Identifier__c = \(Deal.referralID)",
    "add-contact < Contact ana@example.com R50 N130 normal: new contact",
    "add-solution < Solution sol-1 R51 N131 normal: new solution",
    "link > CRM identifier R15 N117 normal: the new opportunity's id",
    "update < Sync with Partner Center R2 N115 normal: Opportunity (new).Sync_With_Partner_Center__c = true",
  ]

  @Test("R2 R15 R43 R50 R51: the rows stand in the order in which they depend on each other")
  func rows() {
    let verdict = Self.unlinked().judgedReferral()
    #expect(verdict.finding == "changes N115")
    #expect(verdict.lines == Self.rows)
    #expect(verdict.isMarked)
    #expect(!verdict.isSettled)
  }

  @Test("R13: the new opportunity is keyed by the referral's id and holds every mapped field")
  func fields() throws {
    let draft = try Self.draft(Self.unlinked())
    #expect(draft.key == Deal.referralID)
    #expect(draft.keyField == "Referral_Identifier__c")
    #expect(
      Self.texts(draft.fields) == [
        "StageName": "\"Co-sell On Hold\"", "Name": "\"Northwind rollout\"", "Amount": "100000",
        "CurrencyIsoCode": "\"EUR\"", "CloseDate": "\"2026-12-31\"", "Description": "\"Phase one\"",
        "Referral_visible_to_Microsoft_sellers__c": "true", "Referral_Link__c": "\"\(Deal.link)\"",
      ])
  }

  @Test(
    "R43 R44: the stage follows the status",
    arguments: [
      ("New", "Received", "Co-sell On Hold", "R43"), ("New", "Pending", "Co-sell On Hold", "R43"),
      ("Active", "Accepted", "Co-sell Active", "R44"), ("Active", "Engaged", "Co-sell Active", "R44"),
    ])
  func stage(_ status: String, substatus: String, stage: String, rule: String) throws {
    let deal = Self.unlinked {
      $0.referral["status"] = status
      $0.referral["substatus"] = substatus
    }
    #expect(try Self.texts(Self.draft(deal).fields)["StageName"] == "\"\(stage)\"")
    #expect(deal.judgedReferral().changes.first?.rule == rule)
  }

  @Test("R45: without a matching account one is created with what the referral knows")
  func newAccount() throws {
    guard case .create(let fields, _) = try Self.draft(Self.unlinked()).account else {
      Issue.record("no account is created")
      return
    }
    #expect(
      Self.texts(fields) == [
        "Name": "\"Northwind Traders\"", "BillingStreet": "\"Hauptstr. 1\"", "BillingCity": "\"Munich\"",
        "BillingState": "\"BY\"", "BillingPostalCode": "\"80331\"", "BillingCountry": "\"DE\"",
      ])
  }

  @Test("R45: the one account that matches is used")
  func existingAccount() throws {
    let deal = Self.unlinked { $0.neighbours.accounts = [Self.neighbour(.account, "001X")] }
    #expect(try Self.draft(deal).account == .existing(id: "001X"))
  }

  @Test("R113: what an existing account holds was not written and is no base")
  func existingAccountIsNoBase() throws {
    let account = [
      "Customer name", "Customer street", "Customer city", "Customer state", "Customer postal code",
      "Customer account country code",
    ]
    let new = try #require(Self.unlinked().judgedReferral().changes.first).settles
    for label in account { #expect(new[label] != nil, "\(label)") }
    let deal = Self.unlinked { $0.neighbours.accounts = [Self.neighbour(.account, "001X")] }
    let existing = try #require(deal.judgedReferral().changes.first).settles
    for label in account { #expect(existing[label] == nil, "\(label)") }
    #expect(existing["Deal value"] == "100000")
    #expect(existing["Stage"] == "open")
  }

  @Test("R46: several accounts are for a person")
  func severalAccounts() {
    let verdict = Self.unlinked {
      $0.neighbours.accounts = [Self.neighbour(.account, "001X"), Self.neighbour(.account, "001Y")]
    }.judgedReferral()
    #expect(verdict.finding == "quarantined E716")
    #expect(verdict.reason.contains("001X, 001Y"))
    #expect(!verdict.isSettled)
  }

  @Test("R48: required fields that Partner Center does not know get their defaults, mapped ones keep their value")
  func defaults() throws {
    let deal = Self.unlinked {
      $0.defaults = """
        Opportunity,LeadSource,Partner
        Opportunity,description,never
        Account,Industry,Other
        Account,name,never
        Contact,Title,unknown

        """
    }
    let draft = try Self.draft(deal)
    let fields = Self.texts(draft.fields)
    #expect(fields["LeadSource"] == "\"Partner\"")
    #expect(fields["Description"] == "\"Phase one\"")
    #expect(fields["description"] == nil)
    guard case .create(let account, _) = draft.account else { return }
    #expect(Self.texts(account)["Industry"] == "\"Other\"")
    #expect(Self.texts(account)["name"] == nil)
    guard case .addContact(let contact) = deal.judgedReferral().changes[1].effect else { return }
    #expect(Self.texts(contact.fields)["Title"] == "\"unknown\"")
  }

  @Test("R50: a contact is matched by its e-mail address")
  func contacts() {
    let deal = Self.unlinked { $0.neighbours.contacts = ["ana@example.com": [Self.neighbour(.contact, "003X")]] }
    #expect(deal.judgedReferral().lines.contains("add-contact < Contact ana@example.com R50 N130 normal: 003X"))
    let several = Self.unlinked {
      $0.referral["customerProfile.team"] = #"""
        [{"firstName":"A","lastName":"B","email":"ANA@example.com"},{"firstName":"C","lastName":"","email":"c@example.com"},
        {"firstName":"D","lastName":"E"}]
        """#
      $0.neighbours.contacts = ["ana@example.com": [Self.neighbour(.contact, "003X")]]
    }.judgedReferral().changes.compactMap { change -> ContactDraft? in
      if case .addContact(let draft) = change.effect { draft } else { nil }
    }
    #expect(several.map(\.existing) == ["003X", nil])
    #expect(several.map(\.isPrimary) == [true, false])
    #expect(Self.texts(several[1].fields) == ["FirstName": "\"D\"", "LastName": "\"E\""])
  }

  @Test("R51: a solution of the catalogue is used, another is added to it")
  func solutions() {
    let deal = Self.unlinked {
      $0.referral["details.requirements.solutions"] =
        #"[{"id":"SOL-1","name":"Rollout kit"},{"id":"SOL-2"},{"name":"without id"}]"#
      $0.neighbours.solutions = ["sol-1": [Self.neighbour(.solution, "a02X")]]
    }
    let drafts = deal.judgedReferral().changes.compactMap { change -> SolutionDraft? in
      if case .addSolution(let draft) = change.effect { draft } else { nil }
    }
    #expect(drafts.map(\.existing) == ["a02X", nil])
    #expect(
      drafts.last.map { Self.texts($0.fields) } == [
        "Name": "\"SOL-2\"", "Solution_Identifier__c": "\"SOL-2\"", "Type__c": "\"3P\"",
      ])
  }

  static let problems: [DealCase] = [
    DealCase("no name", "quarantined E728") { $0.referral["name"] = " " },
    DealCase("no customer", "quarantined E728") { $0.referral["customerProfile.name"] = "" },
    DealCase("no closing date", "quarantined E712") { $0.referral["details.closingDateTime"] = "" },
    DealCase("a value that is none", "quarantined E719") { $0.referral["details.dealValue"] = "many" },
    DealCase("a country that is none", "quarantined E719") { $0.referral["customerProfile.address.country"] = "XX" },
  ]

  @Test("R46: what cannot be created is quarantined and looked at again", arguments: problems)
  func quarantined(_ sample: DealCase) {
    let verdict = Self.unlinked(sample.change).judgedReferral()
    #expect(verdict.finding == sample.finding, "\(verdict.reason)")
    #expect(verdict.changes.isEmpty)
    #expect(!verdict.isSettled)
  }

  @Test("R101: a name is cut to the 120 characters that Salesforce holds")
  func longName() throws {
    let long = String(repeating: "n", count: 130)
    let change = try #require(Self.unlinked { $0.referral["name"] = long }.judgedReferral().changes.first)
    guard case .createOpportunity(let draft) = change.effect else { return }
    #expect(Self.texts(draft.fields)["Name"] == "\"\(long.prefix(120))\"")
    #expect(change.settles["Deal name"] == String(long.prefix(120)))
  }
}
