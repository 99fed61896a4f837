import Model

/// In which order the pairs are begun that make records: those of both sides by turns, so that neither service waits until
/// the other has taken all of its own.
enum CreationOrder {
  /// The pairs with the creating ones spread evenly among each other; all others stay where they are.
  static func byTurns(_ pairs: [PairWork]) -> [PairWork] {
    let places = pairs.indices.filter { pairs[$0].creates != nil }
    let sides = [Side.partnerCenter, .salesforce].map { side in places.filter { pairs[$0].creates == side } }
    let spread = sides.flatMap { own in
      own.enumerated().map { (position: (Double($0.offset) + 0.5) / Double(own.count), place: $0.element) }
    }.sorted { ($0.position, $0.place) < ($1.position, $1.place) }
    var result = pairs
    for (place, next) in zip(places, spread) { result[place] = pairs[next.place] }
    return result
  }
}

extension PairWork {
  /// The side on which a record is made for it; nil where none is.
  fileprivate var creates: Side? {
    for (_, effect) in open {
      switch effect {
      case .createReferral: return .partnerCenter
      case .createOpportunity, .createLead: return .salesforce
      case .patchReferral, .requestHelp, .recordLead, .updateRecord, .addContact, .addSolution, .addTeamMember,
        .addNote, .removeSolution, .recordOpportunity, .recordReferral, .mark:
        continue
      }
    }
    return nil
  }
}
