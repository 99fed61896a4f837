import Model
import Testing

@Suite struct SalesforceIDTests {
  @Test(arguments: [
    ("001D000000IqhSL", "001D000000IqhSLIAZ"), ("01gRO0000016PIA", "01gRO0000016PIAYA2"),
    ("000000000000000", "000000000000000AAA"), ("ZZZZZZZZZZZZZZZ", "ZZZZZZZZZZZZZZZ555"),
    ("00000A0000B0000", "00000A0000B0000ABB"), ("A00000000000000", "A00000000000000BAA"),
    ("0000A0000000000", "0000A0000000000QAA"),
  ])
  func anIDOfFifteenGetsItsThreeCharacters(_ short: String, long: String) {
    #expect(SalesforceID.normalized(short) == long)
  }

  @Test func anIDOfEighteenStaysAsItIs() {
    #expect(SalesforceID.normalized("001D000000IqhSLIAZ") == "001D000000IqhSLIAZ")
  }

  @Test func idsThatDifferInCaseOnlyBecomeDifferentWhateverTheCase() throws {
    let upper = try #require(SalesforceID.normalized("001D000000IqhSL"))
    let lower = try #require(SalesforceID.normalized("001D000000iqhSL"))
    #expect(upper.lowercased() != lower.lowercased())
  }

  @Test(arguments: [
    "", "001D000000IqhS", "001D000000IqhSLI", "001D000000IqhSLIA", "001D000000IqhSLIAZ0", "001D000000IqhS-",
    "001D000000Iqh L", "001D000000IqhSé", "11111111-2222-4333-8444-555555555501",
  ])
  func whatIsNoIDGivesNone(_ text: String) {
    #expect(SalesforceID.normalized(text) == nil)
  }
}
