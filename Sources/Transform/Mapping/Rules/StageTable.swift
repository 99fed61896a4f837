/// What status of a referral and stage of an opportunity mean to each other: the rows of `stages.csv`.
package struct StageTable: Hashable, Sendable {
  /// One row.
  package struct Row: Hashable, Sendable {
    /// `New`, `Active` or `Closed`.
    package let status: String
    /// `Accepted`, `Won` and so on.
    package let substatus: String
    /// The name of the stage, after settings were put in.
    package let stage: String
    /// Whether this stage is set for this status.
    package let setsStage: Bool
    /// Whether this stage means this status.
    package let meansStatus: Bool
    /// The line in `stages.csv`, from 1.
    package let line: Int
  }

  /// The rows in the order of the file.
  package let rows: [Row]

  /// The stage that a status sets; nil when no row says one (R43, R44, R69).
  package func stage(status: String, substatus: String) -> String? {
    rows.first { $0.setsStage && Self.matches($0, status, substatus) }?.stage
  }

  /// The status that a stage means to Partner Center; nil when no row says one (R67).
  package func status(ofStage stage: String) -> (status: String, substatus: String)? {
    rows.first { $0.meansStatus && Self.equal($0.stage, stage) }.map { ($0.status, $0.substatus) }
  }

  /// Whether a stage belongs to a status already, so that a seller's stage is not pulled back (R73).
  package func contains(stage: String, status: String, substatus: String) -> Bool {
    rows.contains { Self.equal($0.stage, stage) && Self.matches($0, status, substatus) }
  }

  /// Whether any row names the stage.
  package func names(stage: String) -> Bool {
    rows.contains { Self.equal($0.stage, stage) }
  }

  private static func matches(_ row: Row, _ status: String, _ substatus: String) -> Bool {
    equal(row.status, status) && equal(row.substatus, substatus)
  }

  private static func equal(_ left: String, _ right: String) -> Bool {
    left.caseInsensitiveEquals(right)
  }
}
