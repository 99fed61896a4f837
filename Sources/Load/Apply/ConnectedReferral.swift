import JSON
import Model
import Wire

/// Microsoft's referral in the engagement of a pair's own one (R36).
///
/// It cannot be taken back: when in doubt, the engagement tells whether it is there already.
struct ConnectedReferral {
  let journal: ApplyJournal

  /// Creates it from a body without engagement, and settles the row.
  ///
  /// `engagement` is empty when it has to be read; `proves` says whether the own record holds the row's values for sure.
  func create(_ body: String, engagement: String, _ row: Int, _ work: PairWork, proves: Bool) throws {
    let operation = Operation.creating(
      "create-connected-referral", .partnerCenter, rows: [row], "POST connected referral of \(work.referralID)",
      isFinal: true)
    let client = journal.context.partnerCenter
    try journal.perform(operation, of: work) {
      try isThere(try self.engagement(of: work), work) ? .applied(Receipt(provesValues: false)) : .untouched
    } send: {
      let known = try engagement.isEmpty ? self.engagement(of: work) : engagement
      guard !known.isEmpty, let members = try JSONValue(parsing: body).objectValue else {
        throw Ending.without(.failed, .malformedAnswer, "the referral has no engagement to connect Microsoft to")
      }
      let others = members.filter { $0.name != "engagementId" }
      let answer: WriteAnswer
      do {
        answer = try client.create(.object(others + [JSONMember("engagementId", .string(known))]))
      } catch let error as ServiceError where error.code == .outcomeUnknown {
        guard try journal.search(for: error, { try isThere(known, work) }) else { throw error }
        return Receipt(provesValues: false)
      }
      return Receipt(
        result: answer.body?["id"]?.stringValue ?? "", status: answer.status, requestID: answer.requestID ?? "",
        provesValues: proves)
    }
  }

  /// Whether an engagement holds Microsoft's record; another partner of it may have one as well (R11).
  private func isThere(_ engagement: String, _ work: PairWork) throws -> Bool {
    let records = try journal.question { try journal.context.partnerCenter.related(engagement) }
    return records.contains { record in
      record["id"]?.stringValue?.lowercased() != work.referralID
        && record["organizationId"]?.stringValue?.lowercased() == "msft"
    }
  }

  private func engagement(of work: PairWork) throws -> String {
    try journal.question { try journal.context.partnerCenter.get(work.referralID) }["engagementId"]?.stringValue ?? ""
  }
}
