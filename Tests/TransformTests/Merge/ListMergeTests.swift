import Model
import Testing

@testable import Transform

@Suite("Lists, element by element")
struct ListMergeTests {
  /// Every row of the table, with both answers of a column that says *any*.
  static let rows: [(base: Bool, partnerCenter: Bool, salesforce: Bool, decision: ListDecision)] = [
    (false, true, true, .same), (true, true, true, .same),
    (false, false, false, .gone), (true, false, false, .gone),
    (false, true, false, .add(.toSalesforce)),
    (false, false, true, .add(.toPartnerCenter)),
    (true, true, false, .remove(.toPartnerCenter)),
    (true, false, true, .remove(.toSalesforce)),
  ]

  @Test("R93: an element is added or taken off by where it stands and whether it was agreed on", arguments: rows)
  func decides(_ row: (base: Bool, partnerCenter: Bool, salesforce: Bool, decision: ListDecision)) {
    #expect(
      ListMerge.decide(inBase: row.base, inPartnerCenter: row.partnerCenter, inSalesforce: row.salesforce)
        == row.decision)
  }

  @Test("the table names every case")
  func isComplete() {
    #expect(Set(Self.rows.map { [$0.base, $0.partnerCenter, $0.salesforce] }).count == 8)
  }
}
