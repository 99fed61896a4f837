import JSON
import Model

/// The merge of a linked pair's lists: the deal's solutions, the customer's contacts and the sellers' team.
///
/// Each element has its own row and its own place in the base, so that a person can decide one and leave the next.
struct ListRows {
  let mapping: Mapping
  let referral: Record
  let opportunity: Record
  let base: AgreedValues
  let neighbours: PairFacts.Neighbours
  let access: FieldMerge.Access

  /// Merges all lists into what the fields brought.
  func run(into result: inout FieldMerge.Result) {
    mergeSolutions(into: &result)
    mergeContacts(into: &result)
    mergeTeam(into: &result)
  }

  private var elements: ListElements { ListElements(mapping: mapping, neighbours: neighbours) }

  // MARK: Solutions (R51, R93)

  private func mergeSolutions(into result: inout FieldMerge.Result) {
    guard opportunity.shape.position(of: .solutions) != nil else { return }
    let sides = [
      Side.partnerCenter: DealSolution.all(ofReferral: referral),
      .salesforce: DealSolution.all(ofOpportunity: opportunity),
    ]
    var labels: [Side: Set<String>] = [:]
    for (side, solutions) in sides { labels[side] = Set(solutions.map(ListElements.label)) }
    var removals: [(solution: DealSolution, label: String, way: ChangeDirection)] = []
    var seen: Set<String> = []
    for solution in Side.allCases.flatMap({ sides[$0] ?? [] }) {
      let label = ListElements.label(solution)
      guard seen.insert(label).inserted else { continue }
      guard !solution.id.isEmpty else {
        result.remarks.append("a solution without an identifier is left alone")
        continue
      }
      let decision = ListMerge.decide(
        inBase: base[label] == ListElements.present, inPartnerCenter: labels[.partnerCenter]?.contains(label) == true,
        inSalesforce: labels[.salesforce]?.contains(label) == true)
      switch decision {
      case .same: result.agreed[label] = ListElements.present
      case .gone: break
      case .add(let way) where !isOpen(way):
        note("the solution \(solution.shown) is only in \(way.target.opposite.title)", &result)
      case .add(let way):
        if add(solution, way, into: &result) { labels[way.target]?.insert(label) }
      case .remove(let way) where !isOpen(way):
        note("the solution \(solution.shown) is only in \(way.target.title)", &result)
      case .remove(let way): removals.append((solution, label, way))
      }
    }
    // Additions count: one solution may take the last one's place. `apply` looks again before it takes one away.
    for (solution, label, way) in removals {
      guard labels[way.target].map({ $0.count > 1 }) == true else {
        result.notes.append(
          (.lastSolution, "\(solution.shown) is the last solution in \(way.target.title) and stays there"))
        continue
      }
      labels[way.target]?.remove(label)
      let lines = (sides[.salesforce] ?? []).filter { ListElements.label($0) == label }.map(\.line)
      result.changes.append(removal(solution, lines: lines, way))
    }
    forget("Solution ", besides: seen, &result)
  }

  /// Forgets elements that neither side has any more, so that they are new when they come back.
  private func forget(_ prefix: String, besides known: Set<String>, _ result: inout FieldMerge.Result) {
    for (label, value) in base.all(besides: mapping.agreedLabels)
    where label.hasPrefix(prefix) && value == ListElements.present && !known.contains(label)
      && !mapping.fields.contains(where: { $0.label == label })
    {
      result.agreed[label] = ""
    }
  }

  /// Whether the list will have it once everything is applied.
  private func add(_ solution: DealSolution, _ way: ChangeDirection, into result: inout FieldMerge.Result) -> Bool {
    switch way {
    case .toSalesforce:
      if let obstacle = elements.obstacle(solution) {
        result.notes.append((.solutionUnknown, obstacle))
        return false
      }
      result.changes.append(elements.row(solution))
    case .toPartnerCenter:
      result.changes.append(
        Change(
          .addSolution, way, field: ListElements.label(solution),
          values: Change.Values(salesforce: solution.shown, new: solution.shown),
          because: grounds(.solutionOfOpportunity, "R93", "a solution of the opportunity"),
          effect: .patchReferral([
            PatchOperation(.add, path: Self.solutionsPointer + "/-", value: solution.json.text)
          ]),
          settles: [ListElements.label(solution): ListElements.present]))
    }
    return true
  }

  /// `lines` are all of the solution's lines: the same solution may have been added twice.
  private func removal(_ solution: DealSolution, lines: [String], _ way: ChangeDirection) -> Change {
    let (values, effect): (Change.Values, Effect) =
      switch way {
      case .toSalesforce:
        (Change.Values(base: ListElements.present, salesforce: solution.shown), .removeSolution(lines: lines))
      case .toPartnerCenter:
        (
          Change.Values(base: ListElements.present, partnerCenter: solution.shown),
          .patchReferral([
            PatchOperation(
              .without, path: Self.solutionsPointer,
              value: JSONValue.object([JSONMember("id", .string(solution.id))]).text)
          ])
        )
      }
    return Change(
      .removeSolution, way, field: ListElements.label(solution), values: values,
      because: grounds(.solutionRemoved, "R93", "taken off in \(way.target.opposite.title)", way), effect: effect,
      settles: [ListElements.label(solution): ""])
  }

  // MARK: Contacts (R50)

  /// Contacts come from the referral; those that a seller attaches in Salesforce go to Partner Center when the referral is
  /// created or help is asked for, and not by themselves.
  private func mergeContacts(into result: inout FieldMerge.Result) {
    guard opportunity.shape.position(of: .contacts) != nil, mapping.settings.syncsContacts else { return }
    let attached = CustomerContact.of(opportunity: opportunity)
    let named = CustomerContact.of(referral: referral)
    let away = named.filter { contact in
      base[ListElements.label(contact)] == ListElements.present && !attached.contains { $0.key == contact.key }
    }
    let attachable = elements.attachable(named.filter { !away.contains($0) }, besides: attached)
    result.remarks += elements.twins(named)
    for contact in named.once(by: ListElements.label) {
      let label = ListElements.label(contact)
      guard !contact.key.isEmpty else {
        result.remarks.append("a contact of the referral has neither name nor address and is left out")
        continue
      }
      switch ListMerge.decide(
        inBase: base[label] == ListElements.present, inPartnerCenter: true,
        inSalesforce: attached.contains { $0.key == contact.key })
      {
      case .same: result.agreed[label] = ListElements.present
      case .add(.toSalesforce):
        guard !access.isFilteredLead else { continue }
        if let obstacle = elements.obstacle(contact) {
          result.remarks.append(obstacle)
        } else if let contact = attachable.first(where: { $0.key == contact.key }) {
          result.changes.append(elements.row(contact))
        }
      case .gone, .add(.toPartnerCenter), .remove:
        // A seller who detached a contact of the customer meant this deal in Salesforce, not the referral.
        break
      }
    }
    forget("Contact ", besides: Set((named + attached).map(ListElements.label)), &result)
  }

  // MARK: Team (R91)

  /// New members go either way.
  ///
  /// The owner of the opportunity counts as one but is not sent by itself: it may be a program's user. One that leaves on
  /// one side stays on the other, since a team is not taken apart by a program.
  private func mergeTeam(into result: inout FieldMerge.Result) {
    guard opportunity.shape.position(of: .team) != nil else { return }
    let sides = (
      partnerCenter: CustomerContact.team(ofReferral: referral),
      salesforce: CustomerContact.team(ofOpportunity: opportunity)
    )
    var seen: Set<String> = []
    for member in sides.partnerCenter + sides.salesforce where seen.insert(member.key).inserted {
      guard !member.email.isEmpty else {
        if !member.isPrimary { result.remarks.append("\(member.shown) of a team has no e-mail and is left out") }
        continue
      }
      let label = ListElements.memberLabel(member)
      switch ListMerge.decide(
        inBase: base[label] == ListElements.present,
        inPartnerCenter: sides.partnerCenter.contains { $0.key == member.key },
        inSalesforce: sides.salesforce.contains { $0.key == member.key })
      {
      case .same: result.agreed[label] = ListElements.present
      case .gone, .remove: break
      case .add(.toSalesforce):
        guard mapping.settings.syncTeam.goes(.toSalesforce), !access.isFilteredLead else { continue }
        if let row = elements.memberRow(member) {
          result.changes.append(row)
        } else {
          result.remarks.append("\(member.shown) is in the referral's team and no user of Salesforce")
        }
      case .add(.toPartnerCenter):
        guard !member.isPrimary, mapping.settings.syncTeam.goes(.toPartnerCenter), !access.isOnHold, !access.isTerminal
        else { continue }
        if member.isComplete {
          result.changes.append(joining(member, label))
        } else {
          result.remarks.append("\(member.shown) of the opportunity's team needs both names, phone and e-mail")
        }
      }
    }
    forget("Team ", besides: Set((sides.partnerCenter + sides.salesforce).map(ListElements.memberLabel)), &result)
  }

  private func joining(_ member: CustomerContact, _ label: String) -> Change {
    Change(
      .addTeamMember, .toPartnerCenter, field: label,
      values: Change.Values(salesforce: member.shown, new: member.shown),
      because: grounds(.teamMember, "R91", "a member of the opportunity's team"),
      effect: .patchReferral([PatchOperation(.add, path: "/team/-", value: member.json.text)]),
      settles: [label: ListElements.present])
  }

  // MARK: Ways

  /// Whether changes of the solutions may go that way now.
  private func isOpen(_ way: ChangeDirection) -> Bool {
    switch way {
    case .toSalesforce: !access.isFilteredLead && mapping.settings.syncSolutions.goes(way)
    case .toPartnerCenter: !access.isOnHold && !access.isTerminal && mapping.settings.syncSolutions.goes(way)
    }
  }

  private func note(_ text: String, _ result: inout FieldMerge.Result) {
    result.notes.append((access.isTerminal ? .closedInPartnerCenter : .lockedField, text))
  }

  private func grounds(
    _ code: Code, _ rule: String, _ reason: String, _ way: ChangeDirection = .toPartnerCenter
  ) -> Change.Grounds {
    guard way == .toPartnerCenter, access.ridesWithAccept else { return Change.Grounds(code, rule: rule, reason) }
    return Change.Grounds(code, rule: rule + " R59", risk: .irreversible, reason + "; goes along with the acceptance")
  }

  private static let solutionsPointer = "/details/requirements/solutions"
}
