import Model
import Testing

@testable import Transform

@Suite("A mapping against an org")
struct OrgCheckTests {
  typealias Field = OrgFields.Field

  /// An org that has every field that the starters name, each of a kind that fits, and the stages of the settings.
  private static func org(_ changes: [String: Field?] = [:], stages: [OrgFields.Stage] = stages) -> OrgFields {
    var byObject: [String: [String: Field]] = ["Contact": ["LastName": Field("LastName")]]
    for rule in Mappings.mapping().fields {
      guard let field = rule.salesforceField else { continue }
      byObject[field.object.rawValue, default: [:]][field.name] = Field(field.name, kind: kind(rule.transform))
    }
    byObject["Opportunity", default: [:]]["How_can_Microsoft_help__c"] = help()
    for (name, field) in changes {
      let parts = name.split(separator: ".").map(String.init)
      byObject[parts[0], default: [:]][parts[1]] = field
    }
    var org = OrgFields()
    for (object, fields) in byObject { org.add(object, Array(fields.values)) }
    org.stages = stages
    return org
  }

  private static func kind(_ transform: ValueTransform) -> Field.Kind {
    switch transform {
    case .text, .country, .currency: .text
    case .decimal: .number
    case .date: .date
    case .boolean: .boolean
    case .map: .picklist
    }
  }

  private static func help(_ values: [String] = helpValues, isRestricted: Bool = true) -> Field {
    Field(
      "How_can_Microsoft_help__c", kind: .picklist, isRestricted: isRestricted,
      values: values.map { OrgFields.Choice(value: $0, label: $0) })
  }

  private static let helpValues = [
    "Workload Specific Value Proposition", "Customer Technical Architecture", "Proof Of Concept or Demo",
    "Quotes or Licensing", "Post Sales Customer Success", "General or Other",
  ]

  private static let stages = [
    OrgFields.Stage("Co-sell On Hold"), OrgFields.Stage("Co-sell Active"),
    OrgFields.Stage("Closed Won", isClosed: true, isWon: true), OrgFields.Stage("Closed Lost", isClosed: true),
    OrgFields.Stage("Old", isActive: false), OrgFields.Stage("Abandoned", isClosed: true),
    OrgFields.Stage("Prospecting"),
  ]

  private func findings(
    _ org: OrgFields, settings: [Setting: String] = [:], fields: [String: [String: String]] = [:], defaults: String = ""
  ) -> [String] {
    OrgCheck(Mappings.mapping(settings, fields, defaults), against: org).findings.map { "\($0.code.rawValue) \($0)" }
  }

  @Test("R88: an org that has everything brings no finding")
  func complete() {
    #expect(findings(Self.org()).isEmpty)
  }

  @Test("R88: a field that the org lacks is named at its cell, with the nearest name or the name behind a label")
  func missing() {
    #expect(
      findings(
        Self.org(["Opportunity.Amount": Field?.none, "Opportunity.Amounts": Field("Amounts", kind: .number)]))
        == [
          "E211 mappings/fields.csv:7:3: Deal value: the org has no field Opportunity.Amount; did you mean \"Amounts\"?"
        ])
    #expect(
      findings(
        Self.org(["Opportunity.Deal_Worth__c": Field("Deal_Worth__c", label: "Worth", kind: .number)]),
        fields: ["Deal value": ["salesforce_field": "Opportunity.Worth"]]) == [
          "E211 mappings/fields.csv:7:3: Deal value: the org has no field Opportunity.Worth; that is a label, the API name is "
            + "\"Deal_Worth__c\""
        ])
  }

  @Test("R29 R88: a field that cannot be written takes to_salesforce never")
  func readOnly() {
    let formula = Field("Amount", kind: .number, access: Field.Access(isCreateable: false, isUpdateable: false))
    let message =
      "E212 mappings/fields.csv:7:4: Deal value: Opportunity.Amount cannot be changed: a formula, or this user may not write "
      + "it; to_salesforce must be never"
    #expect(findings(Self.org(["Opportunity.Amount": formula])) == [message])
    #expect(
      findings(Self.org(["Opportunity.Amount": formula]), fields: ["Deal value": ["to_salesforce": "never"]]).isEmpty)
  }

  @Test(
    "a transform that does not fit the field's type is named at its cell",
    arguments: [
      ("Opportunity.Amount", Field.Kind.text, "7:6: Deal value: Opportunity.Amount holds text; the transform decimal"),
      (
        "Opportunity.CloseDate", .boolean,
        "9:6: Closing date: Opportunity.CloseDate holds true or false; the transform date"
      ),
      ("Opportunity.Description", .number, "10:6: Notes: Opportunity.Description holds a number; the transform text"),
      ("Opportunity.Amount", .date, "7:6: Deal value: Opportunity.Amount holds a date; the transform decimal"),
      (
        "Opportunity.Amount", .dateTime,
        "7:6: Deal value: Opportunity.Amount holds a date and time; the transform decimal"
      ),
      (
        "Opportunity.Amount", .picklist,
        "7:6: Deal value: Opportunity.Amount holds a value of a list; the transform decimal"
      ),
      (
        "Opportunity.Amount", .reference,
        "7:6: Deal value: Opportunity.Amount holds a reference to another record; the transform decimal"
      ),
      ("Opportunity.Amount", .other, "7:6: Deal value: Opportunity.Amount holds something else; the transform decimal"),
    ])
  func kinds(_ name: String, _ kind: Field.Kind, _ message: String) {
    let own = Field(String(name.split(separator: ".")[1]), kind: kind)
    #expect(findings(Self.org([name: own])) == ["E213 mappings/fields.csv:\(message) does not fit"])
  }

  @Test("R48: a default value of a field that nobody may give when a record is created")
  func unwritableDefault() {
    let formula = Field("LeadSource", access: Field.Access(isCreateable: false, isUpdateable: false))
    let found = findings(
      Self.org(["Opportunity.LeadSource": formula]), defaults: "Opportunity,LeadSource,Microsoft\n")
    #expect(
      found.contains { $0.contains("Opportunity.LeadSource cannot be given when a record is created") }, "\(found)")
  }

  @Test("R42: a services path needs a name, not another record's id")
  func servicesReference() {
    let org = Self.org(["Opportunity.Partner_Role__c": Field("Partner_Role__c", kind: .reference)])
    let cells = [
      "referral_path": "attributes.PartnerRole", "salesforce_field": "Opportunity.Partner_Role__c",
      "to_salesforce": "never", "to_partner_center": "create", "transform": "text", "on_conflict": "hold",
      "on_empty": "keep",
    ]
    let found = findings(org, fields: ["Partner role": cells])
    #expect(found.map { $0.prefix(4) } == ["E213"], "\(found)")
    #expect(found.first?.hasSuffix("holds another record's id; name a formula field that gives its name") == true)
  }

  @Test("R80: a field that may only be given at creation, and cannot")
  func notCreateable() {
    let fixed = Field("BillingCity", access: Field.Access(isCreateable: false, isUpdateable: true))
    let found = findings(Self.org(["Account.BillingCity": fixed]))
    #expect(found.map { $0.prefix(4) } == ["E212"])
    #expect(found.first?.contains("cannot be given when a record is created") == true)
  }

  @Test("R43: without the org's stages nothing is said of them, and a stage of stages.csv is checked like a setting's")
  func tableStages() {
    #expect(findings(Self.org(stages: []), settings: [.activeStage: "Nowhere"]).isEmpty)
    func found(_ stage: String) -> [String] {
      let files = [
        "stages.csv":
          "status,substatus,salesforce_stage,to_salesforce,to_partner_center\nActive,Accepted,\(stage),always,always\n"
      ]
      guard case .success(let mapping) = load(files) else { return ["does not load"] }
      return OrgCheck(mapping, against: Self.org()).findings.map { "\($0.code.rawValue) \($0)" }
    }
    #expect(found("Prospecting").isEmpty)
    #expect(found("Old") == ["E216 mappings/stages.csv:2:1: the stage \"Old\" is not active"])
  }

  @Test("R101: an id's field must hold it whole")
  func length() {
    let short = Field("Referral_Identifier__c", length: 20)
    #expect(
      findings(Self.org(["Opportunity.Referral_Identifier__c": short])) == [
        "E214 mappings/fields.csv:20:3: Referral identifier: Opportunity.Referral_Identifier__c holds 20 characters, and 36 "
          + "are needed"
      ])
  }

  @Test("R80 R81: the values of a map and those of the picklist are compared both ways")
  func values() {
    let values = Self.helpValues.dropLast() + ["Something new"]
    let found = findings(Self.org(["Opportunity.How_can_Microsoft_help__c": Self.help(Array(values))]))
    #expect(
      found == [
        "E215 mappings/fields.csv:17:6: Microsoft help: Opportunity.How_can_Microsoft_help__c does not take \"General or "
          + "Other\" of values/help-types.csv",
        "N140 mappings/fields.csv:17:6: Microsoft help: values/help-types.csv says nothing of \"Something new\", which "
          + "Opportunity.How_can_Microsoft_help__c can hold",
      ])
    let open = Self.help(Array(Self.helpValues.dropLast()), isRestricted: false)
    #expect(findings(Self.org(["Opportunity.How_can_Microsoft_help__c": open])).isEmpty)
  }

  @Test(
    "R43 R44 R67 R69: a stage is there, active, and open or closed as its setting needs",
    arguments: [
      (
        Setting.activeStage, "Co-sell Activ", "the org has no stage \"Co-sell Activ\"; did you mean \"Co-sell Active\"?"
      ),
      (.activeStage, "Old", "the stage \"Old\" is not active"),
      (.activeStage, "Abandoned", "the stage \"Abandoned\" is not open"),
      (.closedWonStage, "Abandoned", "the stage \"Abandoned\" is not closed and won"),
      (.closedLostStage, "Prospecting", "the stage \"Prospecting\" is not closed and not won"),
    ])
  func stages(_ setting: Setting, _ stage: String, _ message: String) {
    let found = OrgCheck(Mappings.mapping([setting: stage]), against: Self.org()).findings
    #expect(found.map(\.code) == [.orgStageWrong])
    #expect(found.first?.message == "\(setting.label): \(message)")
    #expect(found.first.map { $0.line > 1 && $0.column == 3 } == true)
  }

  @Test("R48: a required field needs a row in defaults.csv, and a row's field and value must be the org's")
  func creation() {
    let required = Field("Region__c", label: "Region", access: Field.Access(isRequired: true))
    let org = Self.org(["Account.Region__c": required])
    #expect(
      findings(org) == [
        "E217 mappings/defaults.csv:1:1: a new Account needs Region__c (Region); add the row Account,Region__c,VALUE"
      ])
    #expect(findings(org, defaults: "Account,Region__c,EMEA\n").isEmpty)
    #expect(
      findings(Self.org(), defaults: "Account,Regin,EMEA\n").first?.hasPrefix("E211 mappings/defaults.csv:5:2") == true)
    let list = Field(
      "Region__c", kind: .picklist, isRestricted: true, values: [OrgFields.Choice(value: "EMEA", label: "EMEA")])
    #expect(
      findings(Self.org(["Account.Region__c": list]), defaults: "Account,Region__c,EMEAA\n") == [
        "E215 mappings/defaults.csv:5:2: Account.Region__c does not take \"EMEAA\"; did you mean \"EMEA\"?"
      ])
  }

  @Test("R47: suggestions are rows to be pasted, for what the mapping lacks")
  func suggestions() {
    let org = Self.org([
      "Opportunity.Amount": Field?.none,
      "Opportunity.Cosell_Value__c": Field("Cosell_Value__c", label: "Deal Value", kind: .number),
      "Opportunity.Loss_Reason__c": Field("Loss_Reason__c", label: "Loss Reason", kind: .picklist),
      "Opportunity.Partner_Role__c": Field("Partner_Role__c", label: "Partner Role"),
    ])
    #expect(
      MappingSuggestions(Mappings.mapping(), for: org).all.map(\.row) == [
        "Deal value,details.dealValue,Opportunity.Cosell_Value__c,always,always,decimal,hold,keep,",
        "Loss reason,statusReason,Opportunity.Loss_Reason__c,never,always,map:close-reasons.csv,hold,keep,",
        "Partner role,attributes.PartnerRole,Opportunity.Partner_Role__c,never,create,text,hold,keep,",
      ])
    #expect(MappingSuggestions(Mappings.mapping(), for: Self.org()).all.isEmpty)
  }
}

@Suite("What is in force")
struct MappingLineTests {
  @Test("each line names its origin: the default, or the file and line of the workspace")
  func origins() {
    let lines = Mappings.mapping([.activeStage: "2 - Qualified"]).inForce(files: ["settings.csv"])
    let stage = lines.first { $0.name == "Active stage name" }
    #expect(stage?.value == "2 - Qualified" && stage?.origin == "mappings/settings.csv:5")
    #expect(lines.first { $0.name == "On-hold stage name" }?.origin == "default")
    #expect(lines.first { $0.name == "Deal value" }?.origin == "default")
    #expect(lines.first { $0.name == "New/Received" }?.value == "Co-sell On Hold, sets the stage")
    let own = Mappings.mapping([:], [:], "Account,Industry,Software\n").inForce(files: ["defaults.csv"])
    let value = own.first { $0.name == "Account.Industry" }
    #expect(value?.kind == "default" && value?.value == "Software")
    #expect(value?.origin.hasPrefix("mappings/defaults.csv:") == true)
    #expect(
      Mappings.mapping().inForce(files: ["fields.csv"]).first { $0.name == "Deal value" }?.origin
        == "mappings/fields.csv:7")
  }
}
