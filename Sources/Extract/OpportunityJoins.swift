import JSON
import Ledger
import Model

/// What is gathered of an opportunity's neighbours before the opportunities themselves are read.
struct OpportunityJoins {
  private let neighbours = JoinTable()

  /// What an opportunity's neighbours are; its letter stands before the opportunity's id.
  private enum Kind: String {
    case contacts = "c"
    case solutions = "s"
    case team = "t"

    func key(_ opportunity: String) -> String { opportunity.isEmpty ? "" : rawValue + opportunity }
  }

  /// A contact of an opportunity.
  struct ContactRole {
    let id: String
    let opportunity: String
    let contact: String
    let isPrimary: Bool
    let names: (first: String, last: String)
    let phone: String
    let email: String
  }

  /// A solution line of an opportunity.
  struct SolutionLine {
    let id: String
    let opportunity: String
    let identifier: String
    let name: String
    let type: String
    let publisher: String
  }

  /// A member of an opportunity's team.
  struct TeamMember {
    let id: String
    let opportunity: String
    let user: String
    let names: (first: String, last: String)
    let phone: String
    let email: String
  }

  /// Gathers team members.
  func add(_ members: [TeamMember]) throws {
    try neighbours.add(
      members.map { member in
        let body = JSONValue.object([
          JSONMember("email", .string(member.email)), JSONMember("firstName", .string(member.names.first)),
          JSONMember("lastName", .string(member.names.last)), JSONMember("phone", .string(member.phone)),
          JSONMember("userId", .string(member.user)),
        ])
        return (Kind.team.key(member.opportunity), member.id, body.text)
      })
  }

  /// An opportunity's team as a JSON array; empty text when it has none.
  func team(of opportunity: String) throws -> String { try array(.team, opportunity) }

  /// Gathers contact roles.
  func add(_ roles: [ContactRole]) throws {
    try neighbours.add(
      roles.map { role in
        let body = JSONValue.object([
          JSONMember("contactId", .string(role.contact)), JSONMember("email", .string(role.email)),
          JSONMember("firstName", .string(role.names.first)), JSONMember("isPrimary", .bool(role.isPrimary)),
          JSONMember("lastName", .string(role.names.last)), JSONMember("phone", .string(role.phone)),
        ])
        return (Kind.contacts.key(role.opportunity), (role.isPrimary ? "0" : "1") + role.id, body.text)
      })
  }

  /// Gathers solution lines.
  func add(_ lines: [SolutionLine]) throws {
    try neighbours.add(
      lines.map { line in
        let body = JSONValue.object([
          JSONMember("id", .string(line.identifier)), JSONMember("line", .string(line.id)),
          JSONMember("name", .string(line.name)), JSONMember("publisher", .string(line.publisher)),
          JSONMember("type", .string(line.type)),
        ])
        return (Kind.solutions.key(line.opportunity), line.id, body.text)
      })
  }

  /// An opportunity's contacts as a JSON array, the primary one first; empty text when it has none.
  func contacts(of opportunity: String) throws -> String { try array(.contacts, opportunity) }

  /// An opportunity's solution lines as a JSON array; empty text when it has none.
  func solutions(of opportunity: String) throws -> String { try array(.solutions, opportunity) }

  private func array(_ kind: Kind, _ opportunity: String) throws -> String {
    let items = try neighbours.texts(of: kind.key(opportunity))
    return items.isEmpty ? "" : "[" + items.joined(separator: ",") + "]"
  }
}
