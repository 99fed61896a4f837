import JSON
import Model
import Wire

/// Writes to one referral under its version, so that nobody's change is overwritten (R17).
struct ReferralWriter {
  let journal: ApplyJournal

  /// Sends operations as one document, and settles the operation's rows.
  func write(_ operation: Operation, _ operations: [PatchOperation], to work: PairWork) throws {
    guard !operation.rows.isEmpty else { return }
    if work.isStale(.partnerCenter) { return try journal.settle(operation.rows, of: work, .stale) }
    guard !work.referralID.isEmpty else {
      return try journal.settle(
        operation.rows, of: work, .without(.notAttempted, .notAttempted, "the referral does not exist"))
    }
    let client = journal.context.partnerCenter
    let receipt = try journal.perform(operation, of: work) {
      let referral = try client.get(work.referralID)
      if try operations.areShown(by: referral) { return .applied(Receipt(result: referral.eTag)) }
      return referral.eTag == work.eTag ? .untouched : .moved
    } send: {
      let answer = try client.patch(
        work.referralID, eTag: try version(of: work), operations: try JSONValue(operations: operations))
      return Receipt(result: answer.body?.eTag ?? "", status: answer.status, requestID: answer.requestID ?? "")
    }
    if let receipt { work.eTag = receipt.result }
  }

  /// The version to write under; an own write whose answer did not tell the new one makes it necessary to ask.
  private func version(of work: PairWork) throws -> String {
    guard work.eTag.isEmpty else { return work.eTag }
    guard work.wroteReferral else {
      throw Ending.without(.failed, .requestRefused, "the snapshot holds no version of the referral to write under")
    }
    return try journal.question { try journal.context.partnerCenter.get(work.referralID).eTag }
  }
}

extension PairWork {
  /// Whether this run wrote the referral, so that a version unlike the snapshot's is its own doing.
  fileprivate var wroteReferral: Bool {
    rows.contains { $0.outcome == .applied && $0.target == .partnerCenter }
  }
}

extension JSONValue {
  /// The version of a referral, with its quotes; empty when the document does not tell it.
  var eTag: String { self["eTag"]?.stringValue ?? self["@odata.etag"]?.stringValue ?? "" }
}
