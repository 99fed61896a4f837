import Model
package import Transform

/// An object of Salesforce that a run reads, and what it does with its records.
package struct ObjectUse: Sendable, Hashable {
  /// What the user must be allowed to do besides reading.
  enum Right: String, Sendable {
    case create
    case change
    case delete
  }

  /// The API name.
  package let object: String
  let rights: [Right]

  /// The objects of every deal, and those that a mapping brings in.
  package static func ofDeals(_ mapping: Mapping?) -> [ObjectUse] {
    let changesAccounts = mapping?.fields.contains { rule in
      rule.salesforceField?.object == .account && rule.toSalesforce == .always
    }
    let leads = mapping?.settings.makesLeads == true ? [ObjectUse(object: "Lead", rights: [.create])] : []
    return [
      ObjectUse(object: "Opportunity", rights: [.create, .change]),
      ObjectUse(object: "Account", rights: changesAccounts == true ? [.create, .change] : [.create]),
      ObjectUse(object: "Contact", rights: [.create]),
      ObjectUse(object: "OpportunityContactRole", rights: [.create]),
    ] + leads
  }

  /// The lines of a deal's solutions: a solution is taken away by deleting its line.
  static let lines = ObjectUse(object: "Microsoft_Solutions__c", rights: [.create, .delete])
  /// The catalogue of solutions.
  static let catalogue = ObjectUse(object: catalogueObject, rights: [.create])
  /// The API name of the catalogue.
  package static let catalogueObject = "Microsoft_Solution_Detail__c"
  /// Microsoft's solutions.
  package static let solutions = [lines, catalogue]

  /// Notes, and what puts them on an opportunity.
  package static func ofNotes(_ mapping: Mapping?) -> [ObjectUse] {
    let isNeeded = mapping?.fields.contains { $0.salesforceField?.object == .note && $0.toSalesforce != .never }
    return isNeeded == true
      ? ["ContentNote", "ContentDocumentLink"].map { ObjectUse(object: $0, rights: [.create]) } : []
  }

  /// The members of an opportunity's team.
  package static func ofTeams(_ mapping: Mapping?) -> [ObjectUse] {
    guard let route = mapping?.settings.syncTeam, route != .never else { return [] }
    return [ObjectUse(object: "OpportunityTeamMember", rights: route.goes(.toSalesforce) ? [.create] : [])]
  }
}
