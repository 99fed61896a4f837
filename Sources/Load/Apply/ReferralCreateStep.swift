import JSON
import Model
import Wire

/// A new referral, and Microsoft's connected one where help is asked for (R36).
///
/// Partner Center knows no key by which a repeated create is recognised. So a create whose answer was lost is not
/// repeated: it is looked for by the opportunity's id, by `resume` or by the next plan (R20).
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
      let found = try journal.context.findReferrals(draft.externalReferenceID)
      guard let first = found.first else { return .untouched }
      work.referralID = first
      return .applied(Receipt(result: first, provesValues: false))
    } send: {
      let answer = try journal.context.partnerCenter.create(try JSONValue(parsing: draft.body))
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
      let records = try client.related(try self.engagement(of: work))
      let isThere = records.contains { $0["id"]?.stringValue?.lowercased() != work.referralID }
      return isThere ? .applied(Receipt(provesValues: false)) : .untouched
    } send: {
      let known = try engagement.isEmpty ? self.engagement(of: work) : engagement
      guard !known.isEmpty, let body = try JSONValue(parsing: connected).objectValue else {
        throw Ending.without(.failed, .malformedAnswer, "the new referral has no engagement to connect Microsoft to")
      }
      let others = body.filter { $0.name != "engagementId" }
      let answer = try client.create(.object(others + [JSONMember("engagementId", .string(known))]))
      return Receipt(
        result: answer.body?["id"]?.stringValue ?? "", status: answer.status, requestID: answer.requestID ?? "",
        provesValues: proves)
    }
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
