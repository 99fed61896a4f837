import JSON
import Ledger
import Model

/// Turns referrals, as JSON, into rows of the snapshot.
struct ReferralRows {
  private let shape: Shape
  /// What reads a referral into texts.
  let projector: RecordProjector
  private let assembler = RowAssembler()
  private let id: Int
  private let externalReference: Int
  private let organization: Int

  /// Rows of the given shape, which must hold `id`, `externalReferenceId` and `organizationId`.
  init(shape: Shape) {
    self.shape = shape
    projector = RecordProjector(paths: shape.columns)
    id = shape.position(of: "id") ?? 0
    externalReference = shape.position(of: "externalReferenceId") ?? 0
    organization = shape.position(of: "organizationId") ?? 0
  }

  /// The row of a referral whose texts are in the shape's order; `place` says where it came from.
  ///
  /// - Throws: `Failure` with `recordWithoutID` for a referral that has none.
  func row(_ texts: [String], place: @autoclosure () -> String) throws(Failure) -> SnapshotRow {
    var texts = texts
    guard !texts[id].isEmpty else {
      throw Failure(
        .recordWithoutID, "\(place()) holds a referral without an id",
        fix: "take the export again; without an id nothing can be matched")
    }
    texts[id] = texts[id].lowercased()
    return assembler.row(id: texts[id], partner: partner(texts), texts: texts)
  }

  /// The CRM record that a referral names, in the form in which Salesforce ids are compared.
  ///
  /// Microsoft's own record of a shared deal repeats the partner's CRM id and claims nothing (R11).
  private func partner(_ texts: [String]) -> String {
    guard texts[organization].lowercased() != "msft" else { return "" }
    let named = texts[externalReference]
    return SalesforceID.normalized(named) ?? named
  }
}
