import Model
import Testing
import Transform

@Suite struct JudgeMarkTests {
  private static func lines(_ name: String, marks: Bool = true, audit: Bool = true, amount: String = "100000")
    -> [String]
  {
    var deal = Deal()
    deal.opportunity["Name"] = name
    deal.opportunity["Amount"] = amount
    if !marks { deal.settings[.marksNames] = "No" }
    if !audit { deal.fields["Audit"] = ["salesforce_field": ""] }
    return deal.judged().changes.map(\.line)
  }

  private static let off = "mark < Sync mark R103 N123 normal: Opportunity.Name = \"Northwind rollout\""
  private static let crossed = "mark < Sync mark R103 N123 normal: Opportunity.Name = \"Northwind rollout ✔\""

  @Test(
    "R102 R103: the mark of a pair that needs nothing else",
    arguments: [
      ("Northwind rollout", true, []), ("Northwind rollout ✔", true, []), ("Northwind rollout ✘", true, [crossed]),
      ("Northwind rollout ✔ ✘", true, [crossed]), ("Northwind rollout", false, []),
      ("Northwind rollout ✔", false, [off]),
      ("✘ Northwind rollout", false, [off]), ("Northwind rollout ", false, []), ("Northwind rollout ", true, []),
    ])
  func alone(_ name: String, marks: Bool, lines: [String]) {
    #expect(Self.lines(name, marks: marks) == lines)
  }

  @Test("R103: once written, the mark is right and no more is written")
  func quiet() {
    for name in ["Northwind rollout ✔", "Northwind rollout"] { #expect(Self.lines(name).isEmpty) }
    #expect(Self.lines("Northwind rollout", marks: false).isEmpty)
  }

  private static func mark(_ lines: [String]) -> String? { lines.last { $0.hasPrefix("mark") } }

  @Test(
    "R102 R106: mark and audit line behind other rows, as far as they are switched on",
    arguments: [
      (true, true, Optional("mark < Sync mark R102 R106 N123 normal: Name Northwind rollout, Audit__c")),
      (true, false, "mark < Sync mark R102 R106 N123 normal: Name Northwind rollout, no audit"),
      (false, true, "mark < Sync mark R102 R106 N123 normal: no mark Northwind rollout, Audit__c"),
      (false, false, nil),
    ])
  func following(_ marks: Bool, audit: Bool, line: String?) {
    let lines = Self.lines("Northwind rollout", marks: marks, audit: audit, amount: "5")
    #expect(Self.mark(lines) == line)
    #expect(lines.count == (line == nil ? 1 : 2))
  }

  @Test("R102: the mark goes behind the name that the rows leave")
  func renamed() {
    var deal = Deal()
    deal.referral["name"] = "New name"
    #expect(Self.mark(deal.judged().changes.map(\.line))?.contains("Name New name,") == true)
    deal.opportunity["Name"] = "Other name ✔"
    #expect(Self.mark(deal.judged().changes.map(\.line))?.contains("Name Other name,") == true)
  }

  @Test("R103: a name that holds a cross in its midst is left alone")
  func midst() {
    var deal = Deal()
    deal.referral["name"] = "A ✘ B"
    deal.opportunity["Name"] = "A ✘ B ✔"
    deal.base["Deal name"] = "A ✘ B"
    #expect(deal.judged().finding == "in-sync N101")
  }
}
