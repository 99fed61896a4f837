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
        guard let first = try created(draft) else { throw error }
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
    try connect(connected, engagement, row, work, proves: receipt.provesValues)
  }

  /// Microsoft's referral cannot be taken back: when in doubt, the engagement tells whether it is there already.
  private func connect(_ connected: String, _ engagement: String, _ row: Int, _ work: PairWork, proves: Bool) throws {
    let operation = Operation.creating(
      "create-connected-referral", .partnerCenter, rows: [row], "POST connected referral of \(work.referralID)",
      isFinal: true)
    let client = journal.context.partnerCenter
    try journal.perform(operation, of: work) {
      try isConnected(try self.engagement(of: work), work) ? .applied(Receipt(provesValues: false)) : .untouched
    } send: {
      let known = try engagement.isEmpty ? self.engagement(of: work) : engagement
      guard !known.isEmpty, let body = try JSONValue(parsing: connected).objectValue else {
        throw Ending.without(.failed, .malformedAnswer, "the new referral has no engagement to connect Microsoft to")
      }
      let others = body.filter { $0.name != "engagementId" }
      let answer: WriteAnswer
      do {
        answer = try client.create(.object(others + [JSONMember("engagementId", .string(known))]))
      } catch let error as ServiceError where error.code == .outcomeUnknown {
        guard try isConnected(known, work) else { throw error }
        return Receipt(provesValues: false)
      }
      return Receipt(
        result: answer.body?["id"]?.stringValue ?? "", status: answer.status, requestID: answer.requestID ?? "",
        provesValues: proves)
    }
  }

  /// The own referral that an earlier attempt of this run created; nil when there is none.
  private func created(_ draft: ReferralDraft) throws -> String? {
    // A day before the plan: the service's clock may differ from ours.
    let start = Timestamp.parse(journal.run.started).map { $0.addingTimeInterval(-86_400) }
    return try journal.question {
      try journal.context.partnerCenter.find(externalReferenceID: draft.externalReferenceID, createdAfter: start)
    }.first
  }

  /// Whether an engagement holds another record than the pair's own: Microsoft's.
  private func isConnected(_ engagement: String, _ work: PairWork) throws -> Bool {
    let records = try journal.question { try journal.context.partnerCenter.related(engagement) }
    return records.contains { $0["id"]?.stringValue?.lowercased() != work.referralID }
  }

  private func engagement(of work: PairWork) throws -> String {
    try journal.question { try journal.context.partnerCenter.get(work.referralID) }["engagementId"]?.stringValue ?? ""
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
