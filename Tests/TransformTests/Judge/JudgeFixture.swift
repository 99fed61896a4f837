import Foundation
import Model
import Testing
import Transform

/// A deal as both sides hold it, in sync and complete, and what a test changes of it.
struct Deal {
  static let own = "aaaaaaaa-0000-4000-8000-000000000001"
  static let referralID = "11111111-2222-4333-8444-555555555501"
  static let opportunityID = "006000000000001AAA"
  static let link = "https://partner.microsoft.com/dashboard/v2/referrals/opportunities/" + referralID

  /// Texts by column of the referral; columns that are not named are empty.
  var referral: [String: String] = [
    "id": referralID, "eTag": "\"1a\"", "organizationId": own, "name": "Northwind rollout",
    "externalReferenceId": opportunityID, "status": "Active", "substatus": "Accepted",
    "qualification": "SalesQualified", "type": "Independent", "inviteContext.invitedBy.organizationId": own,
    "inviteContext.assistanceRequestCode": "", "consent.consentToShareReferralWithMicrosoftSellers": "true",
    "customerProfile.name": "Northwind Traders", "customerProfile.address.addressLine1": "Hauptstr. 1",
    "customerProfile.address.city": "Munich", "customerProfile.address.state": "BY",
    "customerProfile.address.region": "", "customerProfile.address.postalCode": "80331",
    "customerProfile.address.country": "DE", "details.dealValue": "100000", "details.currency": "EUR",
    "details.closingDateTime": "2026-12-31T00:00:00Z", "details.notes": "Phase one", "statusReason": "",
    "trackingInfo.microsoftMsxId": "", "updatedDateTime": "2026-11-01T08:00:00.1234567Z", "expirationDateTime": "",
    "customerProfile.team": contactsInPartnerCenter, "details.requirements.solutions": solutionsInPartnerCenter,
  ]

  /// Texts by column of the opportunity.
  var opportunity: [String: String] = [
    "Id": opportunityID, "Name": "Northwind rollout ✔", "StageName": "Co-sell Active", "IsClosed": "false",
    "IsWon": "false", "LastModifiedDate": "2026-11-01T09:00:00.000+0000", "AccountId": "001000000000001AAA",
    "Account.LastModifiedDate": "2026-10-01T09:00:00.000+0000", "Account.Name": "Northwind Traders",
    "Account.BillingStreet": "Hauptstr. 1", "Account.BillingCity": "Munich", "Account.BillingState": "BY",
    "Account.BillingPostalCode": "80331", "Account.BillingCountry": "DE", "Owner.FirstName": "Kim",
    "Owner.LastName": "Akers", "Owner.Email": "kim@example.com", "Owner.Phone": "+49 89 1", "Amount": "100000.0",
    "CurrencyIsoCode": "EUR", "CloseDate": "2026-12-31", "Description": "Phase one", "How_can_Microsoft_help__c": "",
    "Referral_visible_to_Microsoft_sellers__c": "true", "Microsoft_CRM_Identifier__c": "",
    "Referral_Identifier__c": referralID, "Referral_Link__c": link, "Sync_With_Partner_Center__c": "true",
    "OpportunityContactRoles": contactsInSalesforce, "Opportunity_To_Microsoft_Solutions__r": solutionsInSalesforce,
  ]

  static let contactsInPartnerCenter = #"""
    [{"firstName":"Ana","lastName":"Bowman","phoneNumber":"+49 89 2","email":"ana@example.com"}]
    """#
  static let solutionsInPartnerCenter = #"""
    [{"id":"SOL-1","name":"Rollout kit","solutionType":"IP","publisherName":"Contoso"}]
    """#
  static let contactsInSalesforce = #"""
    [{"contactId":"003000000000001AAA","email":"ana@example.com","firstName":"Ana","isPrimary":true,"lastName":"Bowman",\#
    "phone":"+49 89 2"}]
    """#
  static let solutionsInSalesforce = #"""
    [{"id":"SOL-1","line":"a01","name":"Rollout kit","publisher":"Contoso","type":"IP"}]
    """#

  /// What both last agreed on when they were as above.
  static let agreed: [String: String] = [
    "Deal name": "Northwind rollout", "Deal value": "100000", "Deal value currency code": "EUR",
    "Closing date": "2026-12-31", "Notes": "Phase one", "Customer name": "Northwind Traders",
    "Customer street": "Hauptstr. 1", "Customer city": "Munich", "Customer state": "BY",
    "Customer postal code": "80331", "Customer account country code": "DE", "Microsoft help": "",
    "Referral visibility": "true", "Microsoft CRM identifier": "", "Referral identifier": referralID,
    "Referral link": link, "CRM identifier": opportunityID, "Stage": "open",
    "Contact ana@example.com": "yes", "Solution sol-1": "yes",
  ]

  var base = agreed
  var settings: [Setting: String] = [:]
  /// Cells of `fields.csv` by label and column.
  var fields: [String: [String: String]] = [:]
  var defaults = ""
  var neighbours = PairFacts.Neighbours()
  var missingColumns: Set<String> = []

  init() {}

  /// The record of some texts, without the columns that the source lacks.
  static func record(_ kind: RecordKind, _ texts: [String: String], lacking: Set<String> = []) -> Record {
    let columns = texts.keys.filter { !lacking.contains($0) }.sorted()
    return Record(
      id: texts["id"] ?? texts["Id"] ?? "", shape: Shape(kind: kind, columns: columns),
      values: columns.map { texts[$0] ?? "" })
  }

  private var judge: Judge { judge(at: nil) }

  private func judge(at now: Date?) -> Judge {
    Judge(mapping: Mappings.mapping(settings, fields, defaults), organizationID: Self.own, now: now)
  }

  /// The verdict on the pair.
  func judged(now: Date? = nil) -> Verdict {
    judge(at: now).judge(
      .pair(opportunityID: opportunity["Id"] ?? ""),
      facts: PairFacts(
        referral: Self.record(.referral, referral), opportunity: opportunityRecord, base: base,
        neighbours: neighbours))
  }

  /// The mapped fields on their way through the map, by label, as far as the sides' records are there.
  func tried(_ sides: Set<Side> = [.partnerCenter, .salesforce]) -> [String: FieldTrial] {
    let trials = judge.trial(
      of: PairFacts(
        referral: sides.contains(.partnerCenter) ? Self.record(.referral, referral) : nil,
        opportunity: sides.contains(.salesforce) ? opportunityRecord : nil, base: base))
    return Dictionary(trials.map { ($0.rule.label, $0) }) { first, _ in first }
  }

  /// The verdict on the referral alone, or under another finding about its identity.
  func judgedReferral(_ identity: Identity = .alone) -> Verdict {
    judge.judge(
      identity, facts: PairFacts(referral: Self.record(.referral, referral), neighbours: neighbours))
  }

  /// The verdict on the opportunity alone.
  func judgedOpportunity(linkedWith referral: String? = nil, told: String? = nil) -> Verdict {
    judge.judge(.alone, facts: PairFacts(opportunity: opportunityRecord, linkedReferral: referral, told: told))
  }

  private var opportunityRecord: Record {
    Self.record(.opportunity, opportunity, lacking: missingColumns)
  }
}

/// The starters with some cells changed.
enum Mappings {
  static func mapping(
    _ settings: [Setting: String] = [:], _ fields: [String: [String: String]] = [:], _ defaults: String = ""
  ) -> Mapping {
    var files: [String: String] = [:]
    if !settings.isEmpty { files["settings.csv"] = edited(settings) }
    if !fields.isEmpty { files["fields.csv"] = edited(fields) }
    if !defaults.isEmpty { files["defaults.csv"] = starter("defaults.csv") + defaults }
    switch load(files) {
    case .success(let mapping): return mapping
    case .failure(let mistakes):
      Issue.record("\(mistakes.diagnostics.map(\.description))")
      preconditionFailure("the mapping of a test does not load")
    }
  }

  private static func edited(_ settings: [Setting: String]) -> String {
    settings.reduce(starter("settings.csv")) { text, setting in
      let (label, value) = (setting.key.label, setting.key.defaultValue)
      let old = "\n\(label),\(value),,"
      precondition(text.contains(old), "no setting \(label)")
      return text.replacingOccurrences(of: old, with: "\n\(label),\(value),\(setting.value),")
    }
  }

  private static func edited(_ fields: [String: [String: String]]) -> String {
    var lines = starter("fields.csv").components(separatedBy: "\n")
    let header = lines.first { $0.hasPrefix("field,") }?.components(separatedBy: ",") ?? []
    for (label, cells) in fields {
      guard let line = lines.firstIndex(where: { $0.hasPrefix(label + ",") }) else {
        lines.insert(([label] + header.dropFirst().map { cells[$0] ?? "" }).joined(separator: ","), at: lines.count - 1)
        continue
      }
      var parts = lines[line].components(separatedBy: ",")
      for (column, value) in cells {
        precondition(header.contains(column), "no column \(column)")
        parts[header.firstIndex(of: column) ?? 0] = value
      }
      lines[line] = parts.joined(separator: ",")
    }
    return lines.joined(separator: "\n")
  }
}
