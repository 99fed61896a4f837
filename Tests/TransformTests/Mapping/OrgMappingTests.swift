import Model
import Testing
import Transform

@Suite("The mapping as an org needs it")
struct OrgMappingTests {
  /// An org that has every field of the starters and nothing that calls for another mapping.
  private static func plain(_ change: (inout [String: OrgFields.Field]) -> Void = { _ in }) -> OrgFields {
    var fields: [String: OrgFields.Field] = [:]
    for name in ["Opportunity.CurrencyIsoCode", "Account.BillingCountry", "Account.BillingState"] {
      fields[name] = OrgFields.Field(String(name.drop { $0 != "." }.dropFirst()))
    }
    change(&fields)
    var org = OrgFields()
    for (name, field) in fields { org.add(String(name.prefix { $0 != "." }), [field]) }
    return org
  }

  private static func picklist(_ name: String, _ values: [(String, String)]) -> OrgFields.Field {
    OrgFields.Field(
      name, isRestricted: true, values: values.map { OrgFields.Choice(value: $0.0, label: $0.1) })
  }

  @Test("an org like the files leaves the mapping as it is")
  func unchanged() throws {
    let mapping = try load([:]).get()
    let (adapted, notes) = mapping.adapted(to: Self.plain())
    #expect(adapted == mapping && notes.isEmpty)
  }

  @Test("an org with one currency has no field for it, and a note says so (R30)")
  func oneCurrency() throws {
    let mapping = try load([:]).get()
    let (adapted, notes) = mapping.adapted(to: Self.plain { $0["Opportunity.CurrencyIsoCode"] = nil })
    #expect(adapted.field(.currency).salesforceField == nil)
    #expect(adapted.digest != mapping.digest)
    #expect(notes.count == 1 && notes.first?.contains("Opportunity.CurrencyIsoCode") == true)
  }

  @Test("countries kept as a picklist are written as codes (R86)")
  func countryCodes() throws {
    let org = Self.plain {
      $0["Account.BillingCountryCode"] = Self.picklist("BillingCountryCode", [("DE", "Germany"), ("US", "United States")])
    }
    let (adapted, notes) = try load([:]).get().adapted(to: org)
    let rule = adapted.field(.customerCountry)
    #expect(rule.salesforceField?.column == "Account.BillingCountryCode")
    #expect(rule.transform.write(Value("DE"), to: .salesforce) == .text("DE"))
    #expect(notes.count == 1)
  }

  @Test(
    "states kept as a picklist are written as codes, whichever of the two Partner Center holds",
    arguments: [("WA", "WA"), ("wa", "WA"), ("Washington", "WA"), ("Bavaria", "BY")])
  func stateCodes(state: String, code: String) throws {
    let org = Self.plain {
      $0["Account.BillingStateCode"] = Self.picklist("BillingStateCode", [("WA", "Washington"), ("BY", "Bavaria")])
    }
    let rule = try #require(
      try load([:]).get().adapted(to: org).mapping.fields.first {
        $0.salesforceField?.name == "BillingStateCode"
      })
    #expect(rule.transform.write(try rule.transform.read(state, from: .partnerCenter), to: .salesforce) == .text(code))
  }

  @Test("a state that the org's list lacks is an unreadable value that names the list")
  func unknownState() throws {
    let org = Self.plain {
      $0["Account.BillingStateCode"] = Self.picklist("BillingStateCode", [("WA", "Washington")])
    }
    let rule = try #require(
      try load([:]).get().adapted(to: org).mapping.fields.first {
        $0.salesforceField?.name == "BillingStateCode"
      })
    let error = #expect(throws: UnreadableValue.self) { try rule.transform.read("Lombardy", from: .partnerCenter) }
    #expect(error.map { "\($0)".contains("the org's list of BillingStateCode") } == true)
  }

  @Test(
    "restricted values are written as the org spells them, and read whatever the case (R81)",
    arguments: ["Proof Of Concept or Demo", "Proof of concept or demo", "PROOF OF CONCEPT OR DEMO"])
  func spelling(spelling: String) throws {
    let name = "How_can_Microsoft_help__c"
    let org = Self.plain { $0["Opportunity.\(name)"] = Self.picklist(name, [(spelling, spelling)]) }
    let rule = try load([:]).get().adapted(to: org).mapping.field(.microsoftHelp)
    #expect(rule.transform.write(Value("ProofOfConceptOrDemo"), to: .salesforce) == .text(spelling))
    #expect(try rule.transform.read(spelling.lowercased(), from: .salesforce) == Value("ProofOfConceptOrDemo"))
  }

  @Test("a default for a restricted value is written as the org spells it (R48)")
  func defaults() throws {
    let org = Self.plain { $0["Opportunity.LeadSource"] = Self.picklist("LeadSource", [("Partner", "Partner")]) }
    let mapping = try load(starter("defaults.csv", adding: "Opportunity,LeadSource,PARTNER\n")).get()
    let (adapted, notes) = mapping.adapted(to: org)
    #expect(adapted.defaults(for: .opportunity).contains { $0.field == "LeadSource" && $0.value == "Partner" })
    #expect(notes.contains { $0.contains("LeadSource") })
  }
}
