import JSON
import Model
import Wire

/// Writes to one referral under its version, so that nobody's change is overwritten (R17).
struct ReferralWriter {
  let journal: ApplyJournal

  /// Sends operations as one document, and settles the operation's rows.
  ///
  /// Without rows it only takes up the version that an earlier process left behind.
  func write(_ operation: Operation, _ operations: [PatchOperation], to work: PairWork) throws {
    guard !operation.rows.isEmpty else {
      work.eTag = try journal.result(of: operation, work) ?? work.eTag
      return
    }
    if work.isStale(.partnerCenter) { return try journal.settle(operation.rows, of: work, .stale) }
    guard !work.referralID.isEmpty else {
      return try journal.settle(
        operation.rows, of: work, .without(.notAttempted, .notAttempted, "the referral does not exist"))
    }
    let receipt = try journal.perform(operation, of: work) {
      let referral = try journal.context.partnerCenter.get(work.referralID)
      if try operations.areShown(by: referral) { return .applied(Receipt(result: referral.eTag)) }
      return referral.eTag == work.eTag ? .untouched : .moved
    } send: {
      try send(operations, to: work)
    }
    if let receipt { work.eTag = receipt.result }
  }

  private func send(_ operations: [PatchOperation], to work: PairWork) throws -> Receipt {
    guard !work.eTag.isEmpty else {
      if work.rows.first?.versions.referral.isEmpty == false { throw Ending.stale }
      throw Ending.without(.failed, .requestRefused, "the snapshot holds no version of the referral to write under")
    }
    let client = journal.context.partnerCenter
    let answer = try client.patch(
      work.referralID, eTag: work.eTag, operations: try JSONValue(operations: try sendable(operations, work)))
    // An answer that does not tell the new version makes it necessary to ask, at once: later, a version could be another
    // person's. Without any, a further write to the referral is stale.
    var version = answer.body?.eTag ?? ""
    if version.isEmpty { version = (try? client.get(work.referralID).eTag) ?? "" }
    return Receipt(result: version, status: answer.status, requestID: answer.requestID ?? "")
  }
}

extension ReferralWriter {
  /// The operations as Partner Center takes them: what leaves a list becomes the list without it, what joins a list that
  /// is not there becomes the list, and everything else of it goes back as it was read (R99, R100).
  private func sendable(_ operations: [PatchOperation], _ work: PairWork) throws -> [PatchOperation] {
    guard operations.touchLists else { return operations }
    let referral = try journal.question { try journal.context.partnerCenter.get(work.referralID) }
    guard referral.eTag == work.eTag else { throw Ending.stale }
    return try operations.replacingLists(of: referral)
  }
}

extension JSONValue {
  /// The version of a referral, with its quotes; empty when the document does not tell it.
  var eTag: String { self["eTag"]?.stringValue ?? self["@odata.etag"]?.stringValue ?? "" }
}
