package import Model

/// One row of `fields.csv`: a field of both sides and how its value is carried.
package struct FieldRule: Hashable, Sendable {
  /// The label, as reports show it: `Deal value`.
  package let label: String
  /// Where it lies in the referral; empty when Partner Center has no such field.
  package let referralPath: ReferralPath
  /// Where it lies in Salesforce; nil when it is not mapped.
  package let salesforceField: SalesforceField?
  /// When Partner Center's value is carried to Salesforce.
  package let toSalesforce: Direction
  /// When Salesforce's value is carried to Partner Center.
  package let toPartnerCenter: Direction
  /// How both sides' texts are read and written.
  package let transform: ValueTransform
  /// Who wins when both sides changed (R115).
  package let onConflict: ConflictPolicy
  /// What an emptied value means (R98).
  package let onEmpty: EmptyPolicy
  /// A remark for the reader; has no effect.
  package let note: String
  /// The line in `fields.csv`, from 1.
  package let line: Int
  /// The cells of that line, from 1.
  let cells: Cells

  /// Which cell of its line says what.
  struct Cells: Hashable, Sendable {
    let salesforceField: Int
    let toSalesforce: Int
    let toPartnerCenter: Int
    let transform: Int
  }

  /// Whether the field exists on both sides, so that values can be compared.
  package var isPaired: Bool { !referralPath.isEmpty && salesforceField != nil }

  /// When the value is carried to a side.
  package func direction(to side: Side) -> Direction {
    switch side {
    case .partnerCenter: toPartnerCenter
    case .salesforce: toSalesforce
    }
  }
}
