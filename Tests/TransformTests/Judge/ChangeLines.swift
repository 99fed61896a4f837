import Model
import Transform

/// A row of the plan in one line, so that expectations read as a table.
extension Change {
  /// `update > Deal value R82 N103 apply: /details/dealValue = 120000`.
  ///
  /// `>` goes to Partner Center, `<` to Salesforce.
  var line: String {
    let arrow = direction == .toPartnerCenter ? ">" : "<"
    let head = [action.rawValue, arrow, field, rule, code.rawValue, risk.rawValue].filter { !$0.isEmpty }
    return head.joined(separator: " ") + ": " + what
  }

  private var what: String {
    if let effect { return effect.line }
    guard let choices else { return "nothing" }
    let both = [("partner-center", choices.partnerCenter), ("salesforce", choices.salesforce)]
    return both.map { name, choice in "\(name) \(choice.map { $0.effect.line } ?? "none")" }.joined(separator: " | ")
  }
}

extension Effect {
  var line: String {
    switch self {
    case .patchReferral(let operations):
      return operations.map { $0.kind == .without ? "\($0.path) without \($0.value)" : "\($0.path) = \($0.value)" }
        .joined(separator: ", ")
    case .requestHelp(let draft):
      return draft.operations.map { "\($0.path) = \($0.value)" }.joined(separator: ", ") + ", then Microsoft's"
    case .updateRecord(let object, let id, let fields):
      return "\(object)\(id.isEmpty ? " (new)" : "")."
        + fields.map { "\($0.name) = \($0.value)" }.joined(separator: ", ")
    case .createOpportunity(let draft):
      return "\(draft.keyField) = \(draft.key)"
    case .addContact(let draft):
      return draft.existing ?? "new contact"
    case .addSolution(let draft):
      return draft.existing ?? "new solution"
    case .addNote(let draft):
      return draft.text
    case .addTeamMember(let user):
      return user
    case .removeSolution(let lines):
      return lines.joined(separator: " ") + " goes"
    case .createLead(let draft):
      return "\(draft.keyField) = \(draft.key)"
    case .recordLead:
      return "the new lead's id"
    case .createReferral:
      return "body"
    case .recordOpportunity:
      return "the new opportunity's id"
    case .recordReferral(let identifier, let link, let address):
      return "\(identifier), \(link ?? "no link") = \(address)"
    case .mark(let draft):
      return "\(draft.nameField ?? "no mark") \(draft.name), \(draft.auditField ?? "no audit")"
    }
  }
}

extension Verdict {
  /// All rows but the mark that follows them.
  var lines: [String] { changes.filter { !$0.isFollowingMark }.map(\.line) }

  /// Whether a mark follows on the rows.
  var isMarked: Bool { changes.last?.isFollowingMark ?? false }

  /// `changes N103`.
  var finding: String { "\(standing.rawValue) \(code.rawValue)" }
}

extension Change {
  private var isFollowingMarkEffect: Bool {
    if case .mark = effect { true } else { false }
  }

  /// Whether it is the mark that tells of the rows before it.
  var isFollowingMark: Bool { action == .mark && isFollowingMarkEffect }
}
