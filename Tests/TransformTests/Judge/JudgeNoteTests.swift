import Model
import Testing

@testable import Transform

@Suite("Notes of the opportunity")
struct JudgeNoteTests {
  /// A pair whose notes are kept as notes of Salesforce.
  private static func deal() -> Deal {
    var deal = Deal()
    deal.fields["Notes"] = ["salesforce_field": "ContentNote.Content", "to_partner_center": "never"]
    return deal
  }

  @Test("R90: a new text becomes a note, once")
  func once() throws {
    var deal = Self.deal()
    #expect(deal.judged().lines.isEmpty)
    deal.referral["details.notes"] = "Phase two &amp; three"
    let verdict = deal.judged()
    #expect(verdict.lines == ["add-note < Notes R90 N143 normal: Phase two & three"])
    let row = try #require(verdict.changes.first)
    #expect(row.settles == ["Notes": "Phase two & three"])
    deal.base["Notes"] = "Phase two & three"
    #expect(deal.judged().lines.isEmpty)
  }

  @Test("R90: an emptied text adds nothing and takes nothing away")
  func emptied() {
    var deal = Self.deal()
    deal.referral["details.notes"] = ""
    #expect(deal.judged().finding == "in-sync N101")
  }

  @Test("R90: two texts never share a title, and one text always has the same")
  func titles() throws {
    func title(_ text: String) throws -> String {
      var deal = Self.deal()
      deal.referral["details.notes"] = text
      guard case .addNote(let draft)? = try #require(deal.judged().changes.first).effect else { return "" }
      return draft.title
    }
    #expect(try title("A") == title("A"))
    #expect(try title("A") != title("B"))
  }

  @Test("R90: the notes come along with a new opportunity")
  func creation() {
    let rows = Self.deal().judgedReferral().changes
    #expect(rows.map(\.action).contains(.addNote))
    #expect(rows.first?.settles["Notes"] == nil)
  }

  @Test(
    "R90: notes of Salesforce are only added to",
    arguments: [
      (
        ["to_partner_center": "always"],
        "notes of Salesforce are not sent to Microsoft; to_partner_center must be never"
      ),
      (["transform": "date"], "a note is text; the transform must be text"),
      (["salesforce_field": "ContentNote.Title"], "a note has no field but ContentNote.Content"),
    ])
  func check(_ cells: [String: String], _ message: String) {
    let row = ["Notes", "details.notes", "ContentNote.Content", "always", "never", "text", "", "", ""]
    let columns = ["field", "referral_path", "salesforce_field", "to_salesforce", "to_partner_center", "transform"]
    let own = zip(columns, row).map { cells[$0] ?? $1 } + row.dropFirst(columns.count)
    let lines = starter("fields.csv").split(separator: "\n").map {
      $0.hasPrefix("Notes,") ? own.joined(separator: ",") : String($0)
    }
    guard case .failure(let mistakes) = load(["fields.csv": lines.joined(separator: "\n")]) else {
      Issue.record("no mistake")
      return
    }
    #expect(mistakes.diagnostics.contains { $0.message == message && $0.line == 10 }, "\(mistakes)")
  }
}
