import JSON

/// Which records of both services belong to one deal: a deal goes by its referral's id, or by its opportunity's.
struct DealNames {
  private var referralOfOpportunity: [String: String] = [:]
  private var opportunityOfReferral: [String: String] = [:]
  private var referralOfEngagement: [String: String] = [:]
  private var customers: [String: String] = [:]
  private var solutions: [String: String] = [:]

  /// Reads the state of both services.
  init(_ state: JSONValue) {
    for referral in state.at("partner_center.referrals")?.arrayValue ?? [] {
      guard let id = referral["id"]?.stringValue, let named = referral["externalReferenceId"]?.stringValue else {
        continue
      }
      opportunityOfReferral[id] = named
      referralOfOpportunity[named] = id
      referralOfEngagement[referral["engagementId"]?.stringValue ?? ""] = id
      customers[id] = referral.at("customerProfile.name")?.stringValue
    }
    for opportunity in state.at("salesforce.Opportunity")?.arrayValue ?? [] {
      guard let id = opportunity["Id"]?.stringValue, let named = opportunity["Referral_Identifier__c"]?.stringValue
      else {
        continue
      }
      referralOfOpportunity[id] = referralOfOpportunity[id] ?? named
    }
    for solution in state.at("salesforce.Microsoft_Solution_Detail__c")?.arrayValue ?? [] {
      guard let id = solution["Id"]?.stringValue, let name = solution["Name"]?.stringValue else { continue }
      solutions[id] = "\(name) (\(solution["Solution_Identifier__c"]?.stringValue ?? ""))"
    }
  }

  /// The deal of a referral, or of an opportunity when no referral is named.
  func deal(referral: String, opportunity: String) -> String {
    guard referral.isEmpty else { return referral.lowercased() }
    return referralOfOpportunity[opportunity] ?? opportunity
  }

  /// The deal of a new referral: it names its opportunity, or the engagement that it joins.
  func deal(opportunity: String?, engagement: String?) -> String {
    if let opportunity { return deal(referral: "", opportunity: opportunity) }
    return engagement.flatMap { referralOfEngagement[$0] } ?? "nobody's"
  }

  /// The opportunity that a deal's referral names.
  func opportunity(of deal: String) -> String { opportunityOfReferral[deal] ?? "" }

  /// The customer of a deal.
  func customer(of deal: String) -> String { customers[deal] ?? "" }

  /// A row of the catalogue of solutions, as the reports name it.
  func solution(_ id: String) -> String { solutions[id] ?? id }
}
