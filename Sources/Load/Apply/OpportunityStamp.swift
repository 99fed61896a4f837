import JSON
import Model
import Wire

/// Which `LastModifiedDate` tells that nobody but this run changed the opportunity.
///
/// ```
/// snapshot ──own line or contact──► moved ──read──► read(…)
///     └──── a process died before it could read ────► lost       latest: this run made the opportunity
/// ```
enum OpportunityStamp: Equatable {
  /// The one that the plan was made from.
  case snapshot
  /// This process attached something; the stamp must be read before it can guard again.
  case moved
  /// The one that was read after the last attachment.
  case read(String)
  /// Whatever it is now: this run created the opportunity.
  case latest
  /// An earlier process attached something and died before it read the stamp; nothing can guard any more.
  case lost
}

/// Keeps a pair's stamp in step with what the run itself attaches to the opportunity.
struct StampStep: ApplyStep {
  let journal: ApplyJournal

  /// Takes up what an earlier process knew of the stamp.
  func recall(_ work: PairWork) throws {
    guard work.stamp == .snapshot else { return }
    let isInDoubt = work.rows.contains { row in
      ["add-contact", "add-solution", "add-member", "add-note", "remove"].contains { step in
        journal.isInDoubt(Operation("\(step)-\(row.seq)", .salesforce, rows: [], ""), work)
      }
    }
    if isInDoubt {
      work.stamp = .lost
    } else if !work.attachments.isEmpty {
      work.stamp = try journal.result(of: operation(work), work).map { .read($0) } ?? .lost
    }
  }

  /// Reads the stamp after this process moved it.
  ///
  /// Somebody may have edited the opportunity since it was seen to be unchanged, and the stamp would hide it: with another
  /// value in a field that is to be overwritten, nothing can guard the write any more.
  func carryOut(_ work: PairWork) throws {
    guard work.stamp == .moved else { return }
    let receipt = try journal.perform(operation(work), of: work) {
      let found = try journal.opportunity(of: work, ["LastModifiedDate"] + work.overwrittenFields).first
      let isUntouched = found.map { work.values(in: $0) == work.overwritten } ?? false
      return Receipt(result: isUntouched ? found?["LastModifiedDate"]?.stringValue ?? "" : "")
    }
    work.stamp = receipt.map { $0.result.isEmpty ? .lost : .read($0.result) } ?? .lost
  }

  /// Whether the opportunity is as this run left it, or as the plan saw it; true where that cannot be told and nothing is
  /// overwritten either.
  static func isUnchanged(_ stamp: String, _ work: PairWork) -> Bool {
    switch work.stamp {
    case .snapshot: stamp.isSameTime(as: work.opportunityVersion)
    case .read(let own): stamp.isSameTime(as: own)
    case .moved, .latest, .lost: true
    }
  }

  /// Each further attachment makes the stamps read before it worthless, and so gives the reading another name.
  private func operation(_ work: PairWork) -> Operation {
    let attached = work.attachments.map(String.init).joined(separator: "-")
    return Operation("stamp-\(attached)", .salesforce, rows: [], "GET opportunity \(work.opportunityID)")
  }
}

extension ApplyJournal {
  /// The pair's opportunity with these fields; empty when it is gone.
  func opportunity(of work: PairWork, _ fields: [String]) throws -> [JSONValue] {
    try records(
      "SELECT \(try SOQL.identifiers(["Id"] + fields)) FROM Opportunity WHERE Id = \(SOQL.literal(work.opportunityID))")
  }
}

extension PairWork {
  /// The names of the opportunity's fields that open rows overwrite.
  var overwrittenFields: [String] { opportunityFields.map(\.name) }

  /// What these fields hold.
  func values(in opportunity: JSONValue) -> [String: JSONValue] {
    overwrittenFields.reduce(into: [:]) { values, name in values[name] = opportunity[name] ?? .null }
  }

  /// The opportunity's stamp in the snapshot; empty when it did not exist.
  var opportunityVersion: String { rows.first?.versions.opportunity ?? "" }

  /// Notes that this process is about to attach something to the opportunity.
  func willAttach() {
    switch stamp {
    case .snapshot, .read: stamp = .moved
    case .moved, .latest, .lost: break
    }
  }

  /// The rows that attached something.
  var attachments: [Int] {
    rows.filter { row in
      switch row.effect {
      case .addContact, .addSolution, .addTeamMember, .addNote, .removeSolution: row.outcome == .applied
      case .patchReferral, .requestHelp, .createLead, .recordLead, .updateRecord, .createOpportunity, .createReferral,
        .recordOpportunity,
        .recordReferral,
        .mark, nil:
        false
      }
    }.map(\.seq)
  }
}

extension String {
  /// Whether two texts name the same moment.
  func isSameTime(as other: String) -> Bool {
    guard let time = Timestamp.parse(self) else { return false }
    return time == Timestamp.parse(other)
  }
}
