import JSON
import Model

/// A customer's contact, as a referral or an opportunity names it.
struct CustomerContact: Hashable {
  var firstName: String
  var lastName: String
  var phone: String
  var email: String
  var isPrimary: Bool

  /// The contacts of a referral's `customerProfile.team`, the first one primary.
  static func of(referral: Record) -> [CustomerContact] {
    list(referral["customerProfile.team"]).enumerated().map { index, member in
      CustomerContact(
        firstName: text(member, "firstName"), lastName: text(member, "lastName"), phone: text(member, "phoneNumber"),
        email: text(member, "email"), isPrimary: index == 0)
    }
  }

  /// The contacts of an opportunity, the primary one first.
  static func of(opportunity: Record) -> [CustomerContact] {
    list(opportunity["OpportunityContactRoles"]).map { member in
      CustomerContact(
        firstName: text(member, "firstName"), lastName: text(member, "lastName"), phone: text(member, "phone"),
        email: text(member, "email"), isPrimary: member["isPrimary"]?.boolValue ?? false)
    }
  }

  /// The members of a referral's own team (R31, R91).
  static func team(ofReferral referral: Record) -> [CustomerContact] {
    list(referral["team"]).map { member in
      CustomerContact(
        firstName: text(member, "firstName"), lastName: text(member, "lastName"), phone: text(member, "phoneNumber"),
        email: text(member, "email"), isPrimary: false)
    }
  }

  /// The members of an opportunity's team, its owner first (R91).
  static func team(ofOpportunity opportunity: Record) -> [CustomerContact] {
    let owner = CustomerContact(
      firstName: opportunity["Owner.FirstName"], lastName: opportunity["Owner.LastName"],
      phone: opportunity["Owner.Phone"], email: opportunity["Owner.Email"], isPrimary: true)
    let members = list(opportunity["OpportunityTeamMembers"]).map { member in
      CustomerContact(
        firstName: text(member, "firstName"), lastName: text(member, "lastName"), phone: text(member, "phone"),
        email: text(member, "email"), isPrimary: false)
    }
    return [owner] + members.filter { $0.key != owner.key }
  }

  /// What tells it from the others: its e-mail address, else its name; empty when it has neither.
  var key: String {
    let address = LookupKey.contact(email: email)
    return address.isEmpty ? LookupKey.contact(email: "\(firstName) \(lastName)") : address
  }

  /// How a report shows it.
  var shown: String { "\(firstName) \(lastName) <\(email)>" }

  /// Whether Microsoft would accept it with a request for help (R27).
  var isComplete: Bool { ![firstName, lastName, phone, email].contains("") }

  /// The contact as Partner Center takes it.
  var json: JSONValue {
    .object([
      JSONMember("firstName", .string(firstName)), JSONMember("lastName", .string(lastName)),
      JSONMember("phoneNumber", .string(phone)), JSONMember("email", .string(email)),
    ])
  }

  private static func list(_ text: String) -> [JSONValue] {
    guard !text.isEmpty, let value = try? JSONValue(parsing: text) else { return [] }
    return value.arrayValue ?? []
  }

  private static func text(_ member: JSONValue, _ name: String) -> String {
    PlainText.canonical(member[name]?.stringValue ?? "", unescapingEntities: true)
  }
}

/// A solution of a deal, as a referral or an opportunity names it.
struct DealSolution: Hashable {
  var id: String
  var name: String
  var type: String
  var publisher: String
  /// The id of its line in Salesforce; empty in Partner Center.
  var line = ""

  /// The solutions of a referral that can be told apart.
  static func of(referral: Record) -> [DealSolution] { all(ofReferral: referral).filter { !$0.id.isEmpty } }

  /// The solution lines of an opportunity that can be told apart.
  static func of(opportunity: Record) -> [DealSolution] { all(ofOpportunity: opportunity).filter { !$0.id.isEmpty } }

  /// The solutions of a referral, also those without an identifier.
  static func all(ofReferral referral: Record) -> [DealSolution] {
    list(referral["details.requirements.solutions"]).map { item in
      DealSolution(
        id: text(item, "id"), name: text(item, "name"), type: text(item, "solutionType"),
        publisher: text(item, "publisherName"))
    }
  }

  /// The solution lines of an opportunity, also those of a catalogue's row without an identifier.
  static func all(ofOpportunity opportunity: Record) -> [DealSolution] {
    list(opportunity["Opportunity_To_Microsoft_Solutions__r"]).map { item in
      DealSolution(
        id: text(item, "id"), name: text(item, "name"), type: text(item, "type"), publisher: text(item, "publisher"),
        line: text(item, "line"))
    }
  }

  /// How a report shows it.
  var shown: String { name.isEmpty ? id : "\(name) (\(id))" }

  /// The solution as Partner Center takes it.
  var json: JSONValue {
    var members = [
      JSONMember("type", .string("Name")), JSONMember("id", .string(id)), JSONMember("name", .string(name)),
    ]
    if !publisher.isEmpty { members.append(JSONMember("publisherName", .string(publisher))) }
    if !type.isEmpty { members.append(JSONMember("solutionType", .string(type))) }
    return .object(members)
  }

  private static func list(_ text: String) -> [JSONValue] {
    guard !text.isEmpty, let value = try? JSONValue(parsing: text) else { return [] }
    return value.arrayValue ?? []
  }

  private static func text(_ item: JSONValue, _ name: String) -> String {
    PlainText.canonical(item[name]?.stringValue ?? "", unescapingEntities: true)
  }
}
