import Model
import Testing

@Suite struct RecordTests {
  private let shape = Shape(kind: .opportunity, columns: ["Id", "Name", "Account.Name", "NAME"])

  @Test func aRepeatedColumnCountsOnceWhateverItsCase() {
    #expect(shape.columns == ["Id", "Name", "Account.Name"])
    #expect(shape.position(of: "name") == 1)
    #expect(shape.position(of: "account.NAME") == 2)
    #expect(shape.position(of: "Amount") == nil)
  }

  @Test func aMissingValueIsEmpty() {
    let record = Record(id: "1", shape: shape, values: ["1", "Deal"])
    #expect(record["Name"] == "Deal")
    #expect(record["Account.Name"] == "")
    #expect(record["Amount"] == "")
    #expect(record.first(of: ["Amount", "Account.Name", "name", "Id"]) == "Deal")
    #expect(record.first(of: []) == "")
  }

  @Test(arguments: [
    (RecordKind.referral, Side.partnerCenter), (.opportunity, .salesforce), (.account, .salesforce),
    (.contact, .salesforce), (.solution, .salesforce),
  ])
  func aKindHasItsSide(_ kind: RecordKind, side: Side) {
    #expect(kind.side == side)
    #expect(side.opposite.opposite == side)
    #expect(side.opposite != side)
  }

  @Test func everyCodeIsUniqueAndSaysItsFamily() {
    #expect(Set(Code.allCases.map(\.rawValue)).count == Code.allCases.count)
    for code in Code.allCases { #expect(code.rawValue.wholeMatch(of: /[NE][1-7][0-9]{2}/) != nil) }
  }

  @Test(arguments: [
    (Code.ledgerLocked, 6), (.snapshotEmpty, 5), (.snapshotShrunk, 5), (.canaryMissing, 5), (.planStale, 5),
    (.planAltered, 5), (.safetyLimit, 5), (.signInRefused, 7), (.permissionRefused, 7), (.snapshotIncomplete, 8),
    (.exportUnreadable, 8), (.recordWithoutID, 8), (.fieldMissingInOrg, 65), (.mappingUnknownField, 65),
    (.configurationMissing, 65), (.wrongUsage, 64), (.ledgerUnreadable, 1), (.unreachable, 1),
  ])
  func aFailureEndsTheProcessWithItsNumber(_ code: Code, status: Int) {
    #expect(code.exitStatus.rawValue == Int32(status))
  }
}
