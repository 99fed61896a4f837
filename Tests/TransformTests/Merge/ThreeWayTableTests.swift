import Model
import Testing
import Transform

/// The whole decision table as it was written down by hand: base × Partner Center × Salesforce × both routes.
@Suite struct ThreeWayTableTests {
  /// One row: three values, and a letter for each of sixteen pairs of routes.
  ///
  /// Four groups for the way to Salesforce (open, raise, create, never), each with four letters for the way to Partner
  /// Center in the same order.
  struct Row: CustomTestStringConvertible, Sendable {
    let base: String?
    let partnerCenter: String
    let salesforce: String
    let decisions: String

    init(_ base: String?, _ partnerCenter: String, _ salesforce: String, _ decisions: String) {
      self.base = base
      self.partnerCenter = partnerCenter
      self.salesforce = salesforce
      self.decisions = decisions
    }

    var testDescription: String { "\(base ?? "nil") \(partnerCenter) \(salesforce)" }
  }

  private static let letters: [Character: FieldDecision] = [
    "=": .same,
    "F": .toSalesforce(.filledWhereEmpty), "f": .toPartnerCenter(.filledWhereEmpty),
    "S": .toSalesforce(.changedInPartnerCenter), "P": .toPartnerCenter(.changedInSalesforce),
    "B": .toSalesforce(.putBack), "b": .toPartnerCenter(.putBack),
    "L": .toSalesforce(.oneSideLeads), "l": .toPartnerCenter(.oneSideLeads),
    "C": .conflict(.conflict), "c": .conflict(.conflictFirstContact),
    "x": .differs(.lockedField),
  ]

  private static let order: [FieldRoutes.Route] = [.open, .raise, .onCreate, .never]

  static let rows = [
    // 1. Alike, whoever moved.
    Row(nil, "a", "a", "==== ==== ==== ===="),
    Row(nil, "", "", "==== ==== ==== ===="),
    Row("a", "a", "a", "==== ==== ==== ===="),
    Row("b", "a", "a", "==== ==== ==== ===="),
    Row("b", "", "", "==== ==== ==== ===="),
    Row("", "a", "a", "==== ==== ==== ===="),
    Row("true", "false", "false", "==== ==== ==== ===="),
    // 2. First contact, Salesforce empty.
    Row(nil, "a", "", "FFFF FFFF cxxx lxxx"),
    Row(nil, "false", "", "FFFF lxxx cxxx lxxx"),
    // 3. First contact, Partner Center empty.
    Row(nil, "", "a", "ffcL ffxx ffxx ffxx"),
    // 4. First contact, both hold something.
    Row(nil, "a", "b", "cLcL lxxx cxxx lxxx"),
    Row(nil, "true", "false", "cLcL cLcL cxxx lxxx"),
    Row(nil, "false", "true", "cccL llxx ccxx llxx"),
    // 5. Only Partner Center moved.
    Row("b", "a", "b", "SSSS xxxx xxxx bxxx"),
    Row("b", "", "b", "SSSS xxxx xxxx bbxx"),
    Row("", "a", "", "SSSS SSSS xxxx bxxx"),
    Row("false", "true", "false", "SSSS SSSS xxxx bxxx"),
    Row("true", "false", "true", "SSSS xxxx xxxx bbxx"),
    Row("", "false", "", "SSSS xxxx xxxx bxxx"),
    // 6. Only Salesforce moved.
    Row("b", "b", "a", "PBxB Pxxx Pxxx Pxxx"),
    Row("b", "b", "", "PBxB PBxB Pxxx Pxxx"),
    Row("", "", "a", "PPxB PPxx PPxx PPxx"),
    Row("false", "false", "true", "PPxB PPxx PPxx PPxx"),
    Row("true", "true", "false", "PBxB PBxB Pxxx Pxxx"),
    Row("", "", "false", "PBxB Pxxx Pxxx Pxxx"),
    // 7. Both moved, and apart.
    Row("z", "a", "b", "CLCL lxxx Cxxx lxxx"),
    Row("", "a", "b", "CLCL lxxx Cxxx lxxx"),
    Row("z", "", "b", "CCCL llxx CCxx llxx"),
    Row("z", "a", "", "CLCL CLCL Cxxx lxxx"),
    Row("", "true", "false", "CLCL CLCL Cxxx lxxx"),
    Row("", "false", "true", "CCCL llxx CCxx llxx"),
  ]

  @Test("R75 R76 R82 R96 R113 R115: every row on every pair of routes", arguments: rows)
  func everyRow(_ row: Row) {
    let expected = row.decisions.filter { $0 != " " }.compactMap { Self.letters[$0] }
    #expect(expected.count == 16)
    var index = 0
    for toSalesforce in Self.order {
      for toPartnerCenter in Self.order {
        let decision = ThreeWay.decide(
          base: row.base.map { Value($0) }, partnerCenter: Value(row.partnerCenter),
          salesforce: Value(row.salesforce),
          routes: FieldRoutes(toSalesforce: toSalesforce, toPartnerCenter: toPartnerCenter))
        #expect(decision == expected[index], "to Salesforce \(toSalesforce), to Partner Center \(toPartnerCenter)")
        index += 1
      }
    }
  }

  @Test("every decision of the table occurs in it")
  func everyLetter() {
    let used = Set(Self.rows.flatMap(\.decisions)).subtracting([" "])
    #expect(used == Set(Self.letters.keys))
  }
}
