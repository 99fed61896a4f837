/// One row of a plan: what would be written, why, and how dangerous it is.
package struct Change: Hashable, Sendable, Codable {
  /// What is done.
  package let action: Action
  /// Which side it is done to.
  package let direction: ChangeDirection
  /// The label of the field; empty for rows that are about a whole record.
  package let field: String
  /// The value that both sides last agreed on.
  package let base: String
  /// Partner Center's value in the snapshot.
  package let partnerCenter: String
  /// Salesforce's value in the snapshot.
  package let salesforce: String
  /// The value that would stand afterwards.
  package let new: String
  /// How much harm it can do.
  package let risk: Risk
  /// The rules it follows from: `R58`, or several parted by a blank.
  package let rule: String
  /// Why it is proposed, as a code.
  package let code: Code
  /// Why it is proposed, as a sentence.
  package let reason: String
  /// What `apply` sends; nil for a conflict.
  package let effect: Effect?
  /// Of a conflict: what each choice sends.
  package let choices: Choices?
  /// The value that the base takes once the write is acknowledged, by label.
  package let settles: [String: String]
  /// Of an undo: the applied row that it takes back, which the base and the rejections follow; nil in every other plan.
  package let undoes: Undone?

  /// The two effects that a conflict's decision chooses between; nil where a side cannot be written.
  package struct Choices: Hashable, Sendable, Codable {
    /// Partner Center's value to Salesforce.
    package let partnerCenter: Settlement?
    /// Salesforce's value to Partner Center.
    package let salesforce: Settlement?

    /// The effects of both choices.
    package init(partnerCenter: Settlement?, salesforce: Settlement?) {
      self.partnerCenter = partnerCenter
      self.salesforce = salesforce
    }
  }

  /// An effect and the base value that it leaves.
  package struct Settlement: Hashable, Sendable, Codable {
    /// What is sent.
    package let effect: Effect
    /// The value that both sides hold afterwards.
    package let value: String

    /// An effect that leaves `value` on both sides.
    package init(effect: Effect, value: String) {
      self.effect = effect
      self.value = value
    }
  }

  /// The values of the row, in the order of the report.
  package struct Values: Hashable, Sendable {
    /// The value that both sides last agreed on.
    package var base = ""
    /// Partner Center's value.
    package var partnerCenter = ""
    /// Salesforce's value.
    package var salesforce = ""
    /// The value that would stand afterwards.
    package var new = ""

    /// Values of a row; empty where there is none.
    package init(base: String = "", partnerCenter: String = "", salesforce: String = "", new: String = "") {
      self.base = base
      self.partnerCenter = partnerCenter
      self.salesforce = salesforce
      self.new = new
    }
  }

  /// Why the row exists.
  package struct Grounds: Hashable, Sendable {
    /// How much harm it can do.
    package let risk: Risk
    /// The rules it follows from.
    package let rule: String
    /// The reason as a code.
    package let code: Code
    /// The reason as a sentence.
    package let reason: String

    /// The risk, rule, code and sentence of a row.
    package init(_ code: Code, rule: String, risk: Risk = .normal, _ reason: String) {
      self.risk = risk
      self.rule = rule
      self.code = code
      self.reason = reason
    }

    /// The risk, rule and code of a row that stands for the code's usual reason.
    package init(_ code: Code, rule: String, risk: Risk = .normal) {
      self.init(code, rule: rule, risk: risk, code.usualReason ?? "")
    }
  }

  /// A row that writes `effect`.
  package init(
    _ action: Action, _ direction: ChangeDirection, field: String = "", values: Values = Values(), because: Grounds,
    effect: Effect?, choices: Choices? = nil, settles: [String: String] = [:], undoes: Undone? = nil
  ) {
    self.action = action
    self.direction = direction
    self.field = field
    base = values.base
    partnerCenter = values.partnerCenter
    salesforce = values.salesforce
    new = values.new
    risk = because.risk
    rule = because.rule
    code = because.code
    reason = because.reason
    self.effect = effect
    self.choices = choices
    self.settles = settles
    self.undoes = undoes
  }
}

extension Change {
  /// What the plan proposes for the row: what follows from an unconfirmed mapping waits for a person, and what sends
  /// nothing is only told.
  package var proposal: Decision { code == .fromChangedMapping || !canBeWritten ? .hold : risk.proposal }

  /// Whether some decision lets it be written; false for a row that only tells a person what is left to do.
  package var canBeWritten: Bool { effect != nil || choices != nil }

  /// What a rejection remembers: the values on both sides and the one proposed.
  package var fingerprint: String {
    PartedText.join([partnerCenter, salesforce, new])
  }

  /// The same row, marked as one that only the changed mapping brings.
  package var fromChangedMapping: Change {
    Change(
      action, direction, field: field,
      values: Values(base: base, partnerCenter: partnerCenter, salesforce: salesforce, new: new),
      because: Grounds(.fromChangedMapping, rule: rule, risk: risk, "comes from the changed mapping: \(reason)"),
      effect: effect, choices: choices, settles: settles, undoes: undoes)
  }

  /// Whether another row does the same, whatever is said of its reason.
  package func doesTheSame(as other: Change) -> Bool {
    action == other.action && direction == other.direction && field == other.field && new == other.new
      && risk == other.risk && effect == other.effect && choices == other.choices
  }

  /// The side that is written when the row is decided this way: of a conflict, the one whose value was not chosen.
  package func target(decided decision: Decision) -> Side {
    switch decision {
    case .partnerCenter: .salesforce
    case .salesforce: .partnerCenter
    case .apply: effect?.target ?? direction.target
    case .hold, .reject: direction.target
    }
  }
}
