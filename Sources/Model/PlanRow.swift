/// A change in its place in a plan, with what was decided and what became of it.
package struct PlanRow: Hashable, Sendable {
  /// Where it stands in the plan, from 1.
  package let seq: Int
  package let key: PairKey
  /// The deal's name, for the reader.
  package let name: String
  package let change: Change
  /// The versions that the plan was made from: a write is refused when they have moved.
  package let versions: Versions
  package var decision: Decision
  package var outcome: Outcome
  package var answer: Answer

  /// The versions of a pair's records in the snapshot.
  package struct Versions: Hashable, Sendable, Codable {
    /// The referral's `eTag`, with its quotes.
    package let referral: String
    /// The opportunity's `LastModifiedDate`.
    package let opportunity: String
    /// The account's `LastModifiedDate`; empty when it is not known.
    package let account: String

    /// Versions as the snapshot holds them; empty where there is no such record.
    package init(referral: String = "", opportunity: String = "", account: String = "") {
      self.referral = referral
      self.opportunity = opportunity
      self.account = account
    }
  }

  /// What the service said.
  package struct Answer: Hashable, Sendable, Codable {
    /// The failure's code; nil when there is none.
    package var code: Code?
    /// The HTTP status; nil when nothing was sent.
    package var status: Int?
    package var requestID: String
    /// When, as `2026-11-02T08:00:00Z`; empty when nothing was sent.
    package var at: String
    /// What went wrong, for the reader.
    package var message: String

    /// An answer; by default none.
    package init(
      code: Code? = nil, status: Int? = nil, requestID: String = "", at: String = "", message: String = ""
    ) {
      self.code = code
      self.status = status
      self.requestID = requestID
      self.at = at
      self.message = message
    }
  }

  /// A row as the plan proposes it.
  package init(seq: Int, key: PairKey, name: String, change: Change, versions: Versions) {
    self.seq = seq
    self.key = key
    self.name = name
    self.change = change
    self.versions = versions
    decision = change.proposal
    outcome = .planned
    answer = Answer()
  }

  /// What the decision sends, and the base values that it leaves; nil when it sends nothing.
  package var settlement: (effect: Effect, settles: [String: String])? {
    switch decision {
    case .apply:
      change.effect.map { ($0, change.settles) }
    case .partnerCenter:
      change.choices?.partnerCenter.map { ($0.effect, [change.field: $0.value]) }
    case .salesforce:
      change.choices?.salesforce.map { ($0.effect, [change.field: $0.value]) }
    case .hold, .reject:
      nil
    }
  }
}
