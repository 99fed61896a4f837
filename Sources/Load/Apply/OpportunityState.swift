import JSON
import Model
import Wire

/// The opportunities of a batch as they are now: stamp, name and audit trail.
struct OpportunityState {
  private var records: [String: JSONValue] = [:]

  /// Reads what is needed of these pairs; opportunities that need nothing are not asked for.
  init(of batch: [PairWork], journal: ApplyJournal) throws {
    var fields = ["Id", "LastModifiedDate"]
    var ids: [String] = []
    for work in batch {
      let mark = work.mark
      guard work.stamp == .latest || mark != nil else { continue }
      ids.append(work.opportunityID)
      for name in [mark?.draft.nameField, mark?.draft.auditField] {
        if let name, !fields.contains(name) { fields.append(name) }
      }
    }
    records = try RecordLook(journal: journal).records("Opportunity", ids: ids, fields: fields)
  }

  /// The stamp that guards a write; nil when none can.
  func stamp(of work: PairWork) -> String? {
    let stamp =
      switch work.stamp {
      case .snapshot: work.opportunityVersion
      case .read(let own): own
      case .latest: text("LastModifiedDate", of: work)
      case .moved, .lost: ""
      }
    return stamp.isEmpty ? nil : stamp
  }

  /// The text of a field; empty when it was not read.
  func text(_ field: String, of work: PairWork) -> String {
    records[work.opportunityID]?[field]?.stringValue ?? ""
  }
}

extension PairWork {
  /// The pair's mark, when it is still to be written.
  var mark: (seq: Int, draft: MarkDraft)? {
    for (row, effect) in open {
      if case .mark(let draft) = effect { return (row.seq, draft) }
    }
    return nil
  }
}
