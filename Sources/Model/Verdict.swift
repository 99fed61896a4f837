/// The two records that belong together, or the one that stands alone.
package struct PairKey: Hashable, Sendable, Codable {
  /// The referral's id; empty when there is none.
  package let referralID: String
  /// The opportunity's id; empty when there is none.
  package let opportunityID: String

  /// A pair, or one record when the other id is empty.
  package init(referralID: String = "", opportunityID: String = "") {
    self.referralID = referralID
    self.opportunityID = opportunityID
  }

  /// Whether an id, however it is spelt, is one of the two.
  package func isOf(_ id: String) -> Bool {
    let opportunity = SalesforceID.normalized(id)
    return referralID == id.lowercased() && !id.isEmpty || opportunity != nil && opportunityID == opportunity
  }
}

/// What one run finds out about a pair.
package struct Verdict: Hashable, Sendable {
  /// The ids of the pair, or of the record alone.
  package let key: PairKey
  /// Where it stands.
  package let standing: Standing
  /// The deal's name without mark.
  package let name: String
  /// `co-sell`, `partner-led`, `private`, `lead` …; empty for an opportunity alone.
  package let category: String
  /// `Active/Accepted`; empty for an opportunity alone.
  package let status: String
  /// The opportunity's stage; empty for a referral alone.
  package let stage: String
  /// Why it stands there, as a code.
  package let code: Code
  /// Why it stands there, as a sentence.
  package let reason: String
  /// The rows that are proposed for it.
  package let changes: [Change]
  /// The fields that were seen equal on both sides: they become the base.
  package let agreement: AgreedValues
  /// Whether the verdict stands until a record of the pair moves; false when time or a decision can change it.
  package let isSettled: Bool

  /// The verdict with every row that `former` would not bring marked as one of the changed mapping; held when nothing else is
  /// left to apply.
  package func marking(against former: [Change]) -> Verdict {
    let marked = changes.map { change in
      former.contains { $0.doesTheSame(as: change) } ? change : change.fromChangedMapping
    }
    guard marked != changes else { return self }
    let others = marked.filter { $0.action != .mark }
    let isHeld = standing == .changes && !others.contains { $0.proposal == .apply }
    let first = others.first { $0.code == .fromChangedMapping } ?? marked.first { $0.code == .fromChangedMapping }
    return Verdict(
      key, isHeld ? .held : standing, Face(name: name, category: category, status: status, stage: stage),
      code: isHeld ? .fromChangedMapping : code, reason: isHeld ? first?.reason ?? reason : reason, changes: marked,
      agreed: agreement, isSettled: isSettled)
  }

  /// The fields that were seen equal on both sides, by label.
  package var agreed: [String: String] { agreement.all }

  /// How the pair is shown in the report.
  package struct Face: Hashable, Sendable {
    /// The deal's name without mark.
    package var name = ""
    /// What kind of deal it is.
    package var category = ""
    /// Status and sub-status of the referral.
    package var status = ""
    /// The opportunity's stage.
    package var stage = ""

    /// What the report prints of a pair beside its standing.
    package init(name: String = "", category: String = "", status: String = "", stage: String = "") {
      self.name = name
      self.category = category
      self.status = status
      self.stage = stage
    }
  }

  /// A verdict with its reason.
  package init(
    _ key: PairKey, _ standing: Standing, _ face: Face, code: Code, reason: String, changes: [Change] = [],
    agreed: AgreedValues = AgreedValues(), isSettled: Bool
  ) {
    self.key = key
    self.standing = standing
    name = face.name
    category = face.category
    status = face.status
    stage = face.stage
    self.code = code
    self.reason = reason
    self.changes = changes
    agreement = agreed
    self.isSettled = isSettled
  }
}
