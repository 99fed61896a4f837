import JSON
import Model

/// A solution that a row added to a list or took from it.
struct WrittenSolution {
  let label: String
  let now: PairFacts
  let then: PairFacts

  /// The effect that takes an added solution off again, how a report shows it, and what the run made besides, which stays.
  ///
  /// - Throws: `UndoObstacle` when it is not there, is not the one that the run added, or is the last.
  func removal(of written: WrittenRow) throws(UndoObstacle) -> (effect: Effect, shown: String, rest: [MadeRecord]) {
    guard written.row.answer.status != nil else {
      throw UndoObstacle(.undoBlocked, "the solution was there already, and the run did not add it")
    }
    switch written.row.change.direction {
    case .toSalesforce:
      guard let opportunity = now.opportunity else { throw Self.gone("opportunity") }
      let all = DealSolution.all(ofOpportunity: opportunity)
      let solution = try single(all)
      let made = Set(written.made.compactMap { SalesforceID.normalized($0.id) })
      guard let line = SalesforceID.normalized(solution.line), made.contains(line) else {
        throw UndoObstacle(.editedSince, "the solution line is another one than the run added")
      }
      let rest = written.made.filter { SalesforceID.normalized($0.id) != line }
      return (.removeSolution(lines: [line]), solution.shown, rest)
    case .toPartnerCenter:
      let solution = try single(DealSolution.all(ofReferral: try openReferral()))
      let element = JSONValue.object([JSONMember("id", .string(solution.id))]).text
      return (.patchReferral([PatchOperation(.without, path: Self.pointer, value: element)]), solution.shown, [])
    }
  }

  /// The effect that puts a solution back into a referral, and how a report shows it.
  ///
  /// - Throws: `UndoObstacle` when it is there again, or the run's snapshot does not tell it.
  func addition() throws(UndoObstacle) -> (effect: Effect, shown: String) {
    let referral = try openReferral()
    guard !DealSolution.all(ofReferral: referral).contains(where: isIt) else {
      throw UndoObstacle(.takenBackAlready, "the solution is there again")
    }
    let list = then.referral?["details.requirements.solutions"] ?? ""
    let former = (try? JSONValue(parsing: list))?.arrayValue ?? []
    let shown = then.referral.map { DealSolution.all(ofReferral: $0).filter(isIt).map(\.shown) } ?? []
    let element = former.first { element in
      "Solution " + LookupKey.solution(identifier: element["id"]?.stringValue ?? "") == label
    }
    guard let element else {
      throw UndoObstacle(.undoBlocked, "the run's snapshot does not tell what the solution was")
    }
    return (
      .patchReferral([PatchOperation(.add, path: Self.pointer + "/-", value: element.text)]), shown.first ?? label
    )
  }

  /// The solution in a list that holds it once and others as well.
  private func single(_ all: [DealSolution]) throws(UndoObstacle) -> DealSolution {
    let own = all.filter(isIt)
    guard let solution = own.first else {
      throw UndoObstacle(.takenBackAlready, "the solution is not there any more")
    }
    guard own.count == 1 else { throw UndoObstacle(.editedSince, "the solution was added once more") }
    guard all.contains(where: { !isIt($0) && !$0.id.isEmpty }) else {
      throw UndoObstacle(.undoBlocked, "it is the last solution, and one has to stay")
    }
    return solution
  }

  private func isIt(_ solution: DealSolution) -> Bool { ListElements.label(solution) == label }

  private func openReferral() throws(UndoObstacle) -> Record {
    guard let referral = now.referral else { throw Self.gone("referral") }
    guard !ReferralState(status: referral["status"], substatus: referral["substatus"]).isTerminal else {
      throw UndoObstacle(.undoBlocked, "the referral is closed, and nothing is written to it any more")
    }
    return referral
  }

  private static func gone(_ what: String) -> UndoObstacle {
    UndoObstacle(.undoBlocked, "the \(what) is not in the snapshot any more")
  }

  private static let pointer = "/details/requirements/solutions"
}
