import JSON

/// Holds every write that the services saw against the rows of the plan that allowed it, and every applied row against
/// the writes.
///
/// Both sides of the comparison are keys: the deal, what was written, and the value where both sides spell it alike.
struct WriteAccount {
  /// Writes that no decided row allows.
  private(set) var writesWithoutRow: [String] = []
  /// Rows that say `applied` and have no write.
  private(set) var rowsWithoutWrite: [String] = []
  /// How many writes have a row.
  private(set) var matched = 0

  private let deals: DealNames
  /// The names of the plan's deals, without marks.
  private let names: Set<String>

  /// Reads the log of requests and the state after them.
  init(log: some Sequence<JSONValue>, state: JSONValue, rows: [Report.Row]) {
    deals = DealNames(state)
    names = Set(rows.compactMap { $0["name"] })
    let writes = log.filter { $0["write"]?.boolValue == true }.flatMap(SingleWrite.opened)
    let applied = rows.filter { $0["outcome"] == "applied" }
    let allowed = Dictionary(grouping: applied.flatMap(keys)) { $0.key }
    var written: Set<String> = []
    for write in writes {
      for key in keys(of: write) {
        written.insert(key)
        if allowed[key] == nil {
          writesWithoutRow.append("\(key) by \(write.method) \(write.path)")
        } else {
          matched += 1
        }
      }
    }
    for (key, found) in allowed where !written.contains(key) && found.contains(where: \.isNeeded) {
      rowsWithoutWrite.append(key)
    }
  }

  /// A write that a row allows, and whether the row needs it to be `applied`.
  private struct Allowance {
    let key: String
    var isNeeded = true
  }

  // MARK: Rows

  private func keys(of row: Report.Row) -> [Allowance] {
    let deal = deals.deal(referral: row["referral_id"] ?? "", opportunity: row["opportunity_id"] ?? "")
    let new = row["new_value"] ?? ""
    let field = row["field"] ?? ""
    switch row["action"] {
    case "create-opportunity":
      let account = Allowance(key: "account \(deals.customer(of: deal))", isNeeded: false)
      let isNew = row["reason"]?.contains("with a new account") == true
      return [Allowance(key: "\(deal)|create-opportunity")] + (isNew ? [account] : [])
    case "create-referral":
      return [Allowance(key: "\(deal)|create-referral")]
    case "add-contact":
      let mail = new.split(separator: "<").last.map { String($0.dropLast()) } ?? new
      return [Allowance(key: "\(deal)|role"), Allowance(key: "contact \(mail)", isNeeded: false)]
    case "add-team-member" where row["direction"] == "to-partner-center":
      return [Allowance(key: "\(deal)|/team/-")]
    case "add-team-member":
      return [Allowance(key: "\(deal)|member")]
    case "add-solution" where row["direction"] == "to-partner-center":
      return [Allowance(key: "\(deal)|/details/requirements/solutions/-")]
    case "add-solution":
      return [Allowance(key: "\(deal)|solution \(new)")]
    case "mark":
      return [Allowance(key: "\(deal)|Audit__c"), Allowance(key: "\(deal)|Name ✔", isNeeded: false)]
    case "accept", "decline", "close-won", "close-lost":
      let toPartnerCenter = row["direction"] == "to-partner-center"
      return [Allowance(key: toPartnerCenter ? "\(deal)|status" : "\(deal)|StageName=\(new)")]
    case "link" where field == "Referral identifier":
      let link = "https://partner.microsoft.com/dashboard/v2/referrals/opportunities/\(deal)"
      return [
        Allowance(key: "\(deal)|Referral_Identifier__c=\(deal)"),
        Allowance(key: "\(deal)|Referral_Link__c=\(link)", isNeeded: false),
      ]
    case "conflict":
      let toPartnerCenter = row["decision"] == "salesforce"
      let value = row[toPartnerCenter ? "salesforce_value" : "partner_center_value"] ?? ""
      return [Allowance(key: "\(deal)|\(Self.name(field, inPartnerCenter: toPartnerCenter))=\(value)")]
    default:
      let toPartnerCenter = row["direction"] == "to-partner-center"
      let value = field == "CRM identifier" ? deals.opportunity(of: deal) : new
      return [Allowance(key: "\(deal)|\(Self.name(field, inPartnerCenter: toPartnerCenter))=\(value)")]
    }
  }

  // MARK: Writes

  private func keys(of write: SingleWrite) -> [String] {
    switch (write.method, write.object) {
    case ("PATCH", "referral"):
      let deal = deals.deal(referral: write.id, opportunity: "")
      return (write.body.arrayValue ?? []).map { operation in
        let path = operation["path"]?.stringValue ?? ""
        guard !path.hasSuffix("/-") else { return "\(deal)|\(path)" }
        guard !Self.statusPaths.contains(path) else { return "\(deal)|status" }
        return "\(deal)|\(path)=\(Self.text(operation["value"]))"
      }
    case ("POST", "referral"):
      let named = write.body["externalReferenceId"]?.stringValue
      return ["\(deals.deal(opportunity: named, engagement: write.body["engagementId"]?.stringValue))|create-referral"]
    case ("PATCH", "Opportunity") where write.isUpsert:
      return ["\(deals.deal(referral: write.id, opportunity: ""))|create-opportunity"]
    case ("POST", "Opportunity"):
      let named = write.body["Referral_Identifier__c"]?.stringValue ?? ""
      return ["\(deals.deal(referral: named, opportunity: ""))|create-opportunity"]
    case ("PATCH", "Opportunity"):
      let deal = deals.deal(referral: "", opportunity: write.id)
      return (write.body.objectValue ?? []).flatMap { member -> [String] in
        let value = Self.text(member.value)
        switch member.name {
        case "Audit__c": return ["\(deal)|Audit__c"]
        case "Name": return nameKeys(deal, value)
        default: return ["\(deal)|\(member.name)=\(value)"]
        }
      }
    case ("POST", "Account"):
      return ["account \(write.body["Name"]?.stringValue ?? "")"]
    case ("POST", "Contact"):
      return ["contact \(write.body["Email"]?.stringValue ?? "")"]
    case ("POST", "OpportunityContactRole"):
      return ["\(deals.deal(referral: "", opportunity: write.body["OpportunityId"]?.stringValue ?? ""))|role"]
    case ("POST", "OpportunityTeamMember"):
      return ["\(deals.deal(referral: "", opportunity: write.body["OpportunityId"]?.stringValue ?? ""))|member"]
    case ("POST", "Microsoft_Solutions__c"):
      let deal = deals.deal(referral: "", opportunity: write.body["Opportunity__c"]?.stringValue ?? "")
      return ["\(deal)|solution \(deals.solution(write.body["Solution__c"]?.stringValue ?? ""))"]
    default:
      return ["\(write.method) \(write.path)"]
    }
  }

  /// A name's mark is the mark row's; what is left must be the deal's own name, or one that a row brings.
  private func nameKeys(_ deal: String, _ value: String) -> [String] {
    let plain = value.hasSuffix(" ✔") || value.hasSuffix(" ✘") ? String(value.dropLast(2)) : value
    let mark = plain == value ? [] : ["\(deal)|Name ✔"]
    return names.contains(plain) ? mark : mark + ["\(deal)|Name=\(plain)"]
  }

  private static let statusPaths: Set<String> = ["/status", "/substatus", "/statusReason", "/closingNotes"]

  /// A JSON value as the reports spell it.
  private static func text(_ value: JSONValue?) -> String {
    switch value ?? .null {
    case .null: ""
    case .bool(let flag): flag ? "true" : "false"
    case .number(let text): text
    case .string(let text): text.hasSuffix("T00:00:00Z") ? String(text.dropLast(10)) : text
    case .array, .object: value?.text ?? ""
    }
  }

  /// Where a field of the mapping is written.
  private static func name(_ field: String, inPartnerCenter: Bool) -> String {
    let places: [String: (partnerCenter: String, salesforce: String)] = [
      "Deal name": ("/name", "Name"), "Deal value": ("/details/dealValue", "Amount"),
      "Closing date": ("/details/closingDateTime", "CloseDate"), "Notes": ("/details/notes", "Description"),
      "Deal value currency code": ("/details/currency", "CurrencyIsoCode"),
      "Referral link": ("", "Referral_Link__c"), "Referral identifier": ("", "Referral_Identifier__c"),
      "CRM identifier": ("/externalReferenceId", ""), "Sync with Partner Center": ("", "Sync_With_Partner_Center__c"),
      "Referral visibility": (
        "/consent/consentToShareReferralWithMicrosoftSellers", "Referral_visible_to_Microsoft_sellers__c"
      ),
      "Microsoft CRM identifier": ("", "Microsoft_CRM_Identifier__c"), "Stage": ("", "StageName"),
    ]
    guard let place = places[field] else { return field }
    return inPartnerCenter ? place.partnerCenter : place.salesforce
  }
}
