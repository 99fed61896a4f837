import Foundation
import JSON
import Ledger
import Model
import Setup
import Transform
import Workspace

@testable import Wire

/// Facts of a workspace in which all is well, for tests to spoil one by one.
enum HealthyFacts {
  static let now = Date(timeIntervalSince1970: 1_800_000_000)
  static let organization = "aaaaaaaa-0000-0000-0000-000000000001"

  static func make() throws -> DoctorFacts {
    var facts = DoctorFacts(now: now)
    facts.workspace = try workspace()
    var look = LedgerLook()
    look.parties = parties
    facts.ledger = .known(look)
    facts.partnerCenter.signIn = .known(true)
    facts.partnerCenter.referrals = .known(referrals(["a", "b", "c", "d"].map { [$0 + "@example.com"] }))
    facts.salesforce = try salesforce()
    facts.clocks = [.partnerCenter: 1, .salesforce: -2]
    return facts
  }

  static let parties: [Side: String] = [.partnerCenter: "the organization x", .salesforce: "an org behind y"]

  /// The starter mapping, with both statements about customers made, or with other files.
  static func mapping(_ files: [String: String] = [:]) -> Result<Mapping, MappingMistakes> {
    let settings = """
      setting,default_value,current_value,description
      Customer agreed to share information,No,Yes,
      Customer agreed to be contacted,No,Yes,

      """
    let all = ["settings.csv": settings].merging(files) { $1 }
    return MappingFiles(all.mapValues { Array($0.utf8) }).mapping()
  }

  static func referrals(_ teams: [[String]], of organization: String = organization) -> PartnerCenterFacts.SeenReferrals
  {
    var seen = PartnerCenterFacts.SeenReferrals()
    for team in teams { seen.note(organization: organization, team: team) }
    seen.isAll = true
    return seen
  }

  private static func workspace() throws -> WorkspaceFacts {
    var facts = WorkspaceFacts()
    let configuration = try Configuration("safety: { canaries: [] }", in: WorkspaceFolder("/nowhere"))
    facts.settings = WorkspaceFacts.Settings(
      organizationID: organization, apiVersion: "62.0", maximumUsagePercent: 80, safety: configuration.safety,
      parties: parties)
    facts.mapping = mapping()
    facts.secrets = [
      .partnerCenter: [
        WorkspaceFacts.SecretFact("partner_center.client_secret (env:A)"),
        WorkspaceFacts.SecretFact("partner_center.refresh_token (file:b)", mayBeReplaced: true),
      ],
      .salesforce: [WorkspaceFacts.SecretFact("salesforce.private_key (file:c)")],
    ]
    facts.files = [WorkspaceFacts.FileMode("state", mode: 0o700, forbidden: 0o077)]
    facts.tokenAge = 3
    facts.disk = WorkspaceFacts.Disk(free: 10 << 30, ledger: 100 << 20)
    return facts
  }

  private static func salesforce() throws -> SalesforceFacts {
    var facts = SalesforceFacts()
    facts.signIn = .known(true)
    facts.isSandbox = true
    facts.versions = .known(["61.0", "62.0"])
    facts.quota = RequestCounter.Limit(header: "api-usage=100/100000")
    facts.stages = .known(stages)
    facts.org.stages = stages
    facts.catalogue = .known(4)
    for (object, fields) in objects {
      let description = try describe(object, fields)
      facts.objects[object] = .known(description)
      facts.org.add(object, description.fields.map(field))
    }
    return facts
  }

  static let stages = [
    OrgFields.Stage("Co-sell On Hold"), OrgFields.Stage("Co-sell Active"),
    OrgFields.Stage("Closed Won", isClosed: true, isWon: true), OrgFields.Stage("Closed Lost", isClosed: true),
  ]

  /// An object as describe answers; `may` holds what the user may do with its records.
  static func describe(
    _ object: String, _ fields: [(String, String)], may: (create: Bool, change: Bool, delete: Bool) = (true, true, true)
  ) throws -> ObjectDescription {
    let list = fields.map { name, type in
      #"{"name":"\#(name)","type":"\#(type)","length":255,"createable":true,"updateable":true,"nillable":true}"#
    }
    let document = try JSONValue(
      parsing: #"{"name":"\#(object)","createable":\#(may.create),"updateable":\#(may.change),"#
        + #""deletable":\#(may.delete),"fields":[\#(list.joined(separator: ","))]}"#)
    guard let description = ObjectDescription(document) else { throw Failure(.malformedAnswer, "no description") }
    return description
  }

  /// A field as a mapping sees it.
  static func field(_ field: ObjectDescription.Field) -> OrgFields.Field {
    let kind: OrgFields.Field.Kind =
      switch field.type {
      case "currency", "double": .number
      case "date": .date
      case "boolean": .boolean
      case "picklist": .picklist
      case "reference": .reference
      case _: .text
      }
    return OrgFields.Field(field.name, kind: kind, length: field.length)
  }

  static let objects: [String: [(String, String)]] = [
    "Opportunity": [
      ("Id", "id"), ("Name", "string"), ("Amount", "currency"), ("CurrencyIsoCode", "picklist"), ("CloseDate", "date"),
      ("Description", "textarea"), ("How_can_Microsoft_help__c", "picklist"),
      ("Referral_visible_to_Microsoft_sellers__c", "boolean"), ("Microsoft_CRM_Identifier__c", "string"),
      ("Referral_Identifier__c", "string"), ("Referral_Link__c", "url"), ("Sync_With_Partner_Center__c", "boolean"),
      ("Audit__c", "textarea"),
    ],
    "Account": [
      ("Name", "string"), ("BillingStreet", "textarea"), ("BillingCity", "string"), ("BillingState", "string"),
      ("BillingPostalCode", "string"), ("BillingCountry", "string"),
    ],
    "Contact": [("LastName", "string")],
    "OpportunityContactRole": [("ContactId", "reference")],
    "OpportunityTeamMember": [("UserId", "reference")],
    "Microsoft_Solutions__c": [("Opportunity__c", "reference"), ("Solution__c", "reference")],
    "Microsoft_Solution_Detail__c": [
      ("Name", "string"), ("Solution_Identifier__c", "string"), ("Type__c", "picklist"),
      ("Publisher_Name__c", "string"),
    ],
  ]
}
