import Foundation
import JSON
import Ledger
import Model
import Wire

/// A new referral, and Microsoft's connected one where help is asked for (R36).
///
/// Partner Center knows no key by which a repeated create is recognised. So a create whose answer was lost is not
/// repeated: it is looked for by the opportunity's id, at once, by `resume` and by the next plan (R20).
struct ReferralCreateStep: ApplyStep {
  let journal: ApplyJournal

  func carryOut(_ work: PairWork) throws {
    for (row, effect) in work.open {
      guard case .createReferral(let draft) = effect else { continue }
      try create(draft, row.seq, work)
    }
    if work.referralID.isEmpty, let created = try knownReferral(work) { work.referralID = created }
  }

  private func create(_ draft: ReferralDraft, _ row: Int, _ work: PairWork) throws {
    let own = operation(work, row, isFinal: draft.connected == nil)
    var engagement = ""
    let receipt = try journal.perform(own, of: work) {
      guard let first = try created(draft) else { return .untouched }
      work.referralID = first
      return .applied(Receipt(result: first, provesValues: false))
    } send: {
      let answer: WriteAnswer
      do {
        answer = try journal.context.partnerCenter.create(try JSONValue(parsing: draft.body))
      } catch let error as ServiceError where error.code == .outcomeUnknown {
        guard let first = try journal.search(for: error, { try created(draft) }) else { throw error }
        work.referralID = first
        return Receipt(result: first, provesValues: false)
      }
      guard let body = answer.body, let id = body["id"]?.stringValue, !id.isEmpty else {
        throw Ending.without(.unknown, .outcomeUnknown, "the answer names no new referral")
      }
      work.referralID = id.lowercased()
      work.eTag = body.eTag
      engagement = body["engagementId"]?.stringValue ?? ""
      return Receipt(result: work.referralID, status: answer.status, requestID: answer.requestID ?? "")
    }
    guard let receipt else { return }
    work.referralID = receipt.result
    try journal.link(work)
    guard let connected = draft.connected else { return }
    try ConnectedReferral(journal: journal).create(
      connected, engagement: engagement, row, work, proves: receipt.provesValues)
  }

  /// The own referral that an earlier attempt of this run created; nil when there is none.
  private func created(_ draft: ReferralDraft) throws -> String? {
    // A day before the plan: the service's clock may differ from ours.
    let start = Timestamp.parse(journal.run.started).map { $0.addingTimeInterval(-86_400) }
    return try journal.question {
      try journal.context.partnerCenter.find(externalReferenceID: draft.externalReferenceID, createdAfter: start)
    }.first
  }

  /// The referral that an earlier process created for the pair.
  private func knownReferral(_ work: PairWork) throws -> String? {
    try journal.result(of: operation(work, 0, isFinal: true), work)
  }

  private func operation(_ work: PairWork, _ row: Int, isFinal: Bool) -> Operation {
    .creating(
      "create-referral", .partnerCenter, rows: [row], "POST referral for opportunity \(work.opportunityID)",
      isFinal: isFinal)
  }
}
