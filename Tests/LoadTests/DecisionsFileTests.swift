import Foundation
import Load
import Model
import Testing

/// One file and what reading it gives.
private struct Case: CustomTestStringConvertible, Sendable {
  let testDescription: String
  /// Turns the report into the reviewer's file.
  let edit: @Sendable (String) -> String
  let code: Code
  /// What the message must hold.
  let parts: [String]

  init(_ name: String, _ code: Code, _ parts: [String], edit: @escaping @Sendable (String) -> String) {
    testDescription = name
    self.code = code
    self.parts = parts
    self.edit = edit
  }
}

private let refusals = [
  Case("a changed value", .decisionsAltered, [":2:12: row 1: new_value was changed from \"'=1+1\" to \"'=2+2\""]) {
    $0.replacing(",'=1+1,normal", with: ",'=2+2,normal")
  },
  Case("a changed name", .decisionsAltered, [":3:7: row 2: name was changed from \"Fabrikam\" to \"Contoso\""]) {
    $0.replacing("Fabrikam,Deal value", with: "Contoso,Deal value")
  },
  Case("a changed outcome", .decisionsAltered, ["row 1: outcome was changed from \"planned\" to \"applied\""]) {
    $0.replacing("apply,planned", with: "apply,applied")
  },
  Case("a filled-in request id", .decisionsAltered, ["row 1: request_id was changed from \"\" to \"r\""]) {
    $0.replacing("apply,planned,,,,", with: "apply,planned,,,r,")
  },
  Case("a changed risk", .decisionsAltered, ["row 2: risk was changed from \"conflict\" to \"normal\""]) {
    $0.replacing("9,,conflict", with: "9,,normal")
  },
  Case("an unknown row", .decisionUnknown, [":2:2: the plan has no row \"17\""]) {
    $0.replacing("abcd,1,", with: "abcd,17,")
  },
  Case("a row that is no number", .decisionUnknown, [":2:2: the plan has no row \"one\""]) {
    $0.replacing("abcd,1,", with: "abcd,one,")
  },
  Case(
    "an unknown decision", .decisionUnknown,
    ["row 1: \"yes\" is no decision for this row; it takes apply, hold, reject"]
  ) { $0.replacing(",apply,planned", with: ",yes,planned") },
  Case("an empty decision", .decisionUnknown, ["row 1: \"\" is no decision"]) {
    $0.replacing(",apply,planned", with: ",,planned")
  },
  Case(
    "apply for a conflict", .decisionUnknown,
    ["row 2: \"apply\" is no decision for this row; it takes hold, reject, partner-center, salesforce"]
  ) { $0.replacing(",hold,planned", with: ",apply,planned") },
  Case(
    "a side that cannot be written", .decisionUnknown,
    ["row 3: \"salesforce\" is no decision", "takes hold, reject\n"]
  ) { $0.replacing("N119,one way,hold", with: "N119,one way,salesforce") },
  Case("two decisions for a row", .decisionUnknown, [":4:2: row 2 is there twice"]) {
    $0.replacing("abcd,3,", with: "abcd,2,")
  },
  Case("another run", .decisionUnknown, [":2:1: the row is of the run \"20261101T080000Z-abcd\""]) {
    $0.replacing("20261102T080000Z-abcd,1,", with: "20261101T080000Z-abcd,1,")
  },
  Case("a missing column", .decisionUnknown, ["the column decision is missing"]) {
    $0.replacing(",decision,", with: ",verdict,")
  },
  Case("a column twice", .decisionUnknown, ["the column seq is there twice"]) {
    $0.replacing("action", with: "seq")
  },
  Case("cut off between rows", .decisionUnknown, ["has 2 of the plan's 3 rows"]) {
    $0.split(separator: "\n").prefix(3).joined(separator: "\n") + "\n"
  },
  Case("cut off between rows, and a column taken out", .decisionUnknown, ["has 2 of the plan's 3 rows"]) {
    $0.split(separator: "\n").prefix(3).map { $0.split(separator: ",", omittingEmptySubsequences: false).dropLast() }
      .map { $0.joined(separator: ",") }.joined(separator: "\n") + "\n"
  },
  Case("more mistakes than are told", .decisionUnknown, ["the plan has no row \"149\"\n… and 10 more"]) { _ in
    "run_id,seq,decision\n" + (100..<160).map { "20261102T080000Z-abcd,\($0),apply\n" }.joined()
  },
  Case("a short file cut off within its last row", .decisionUnknown, ["was cut off: its last line has no end"]) { _ in
    "run_id,seq,decision\n20261102T080000Z-abcd,1,app"
  },
  Case("cut off within a row", .decisionUnknown, [":4:", "cells"]) { String($0.prefix($0.count - 20)) },
  Case("cut off within quotes", .decisionUnknown, ["never closed"]) {
    $0.replacing("changed in Salesforce", with: "\"changed in Salesforce")
  },
  Case("a binary file", .decisionUnknown, ["NUL"]) { "run_id,seq,decision\n\0\u{1}\u{2},1,apply\n" + $0 },
  Case("an empty file", .decisionUnknown, ["is empty"]) { _ in "" },
]

@Suite struct DecisionsFileTests {
  private let scenario: Scenario
  private let file: String

  init() throws {
    let oneWay = Change(
      .conflict, .toSalesforce, field: "Solution",
      because: Change.Grounds(.putBack, rule: "R80", risk: .conflict, "one way"), effect: nil,
      choices: Change.Choices(partnerCenter: nil, salesforce: nil))
    let notes = Change(
      .update, .toPartnerCenter, field: "Notes", values: Change.Values(new: "=1+1"),
      because: Change.Grounds(.changedInSalesforce, rule: "R80", "changed in Salesforce"),
      effect: .patchReferral([PatchOperation(path: "/details/notes", value: #""=1+1""#)]))
    scenario = try Scenario(
      .pair(), [(Scenario.pair, notes), (Scenario.pair, Rows.conflict()), (Scenario.pair, oneWay)])
    file = scenario.folder.path + "/review.csv"
  }

  private func report() throws -> String {
    let folder = try ReportFolder(in: scenario.folder.path + "/reports", run: scenario.run)
    try ChangesReport.write(try scenario.entry(), from: scenario.ledger, to: folder)
    return String(decoding: try Data(contentsOf: URL(fileURLWithPath: folder.path + "/changes.csv")), as: UTF8.self)
  }

  private func read(_ text: String) throws -> [Int: Decision] {
    try Data(text.utf8).write(to: URL(fileURLWithPath: file))
    return try DecisionsFile.read(file, run: try scenario.entry(), ledger: scenario.ledger)
  }

  @Test func `the report as it was written gives the proposed decisions`() throws {
    #expect(try read(report()) == [1: .apply, 2: .hold, 3: .hold])
  }

  @Test func `a reviewer's decisions are read back, whatever the spreadsheet did to the form`() throws {
    let edited = try report().replacing(",hold,planned", with: ",salesforce,planned", maxReplacements: 1)
      .replacing(",apply,planned", with: ",reject,planned")
    let expected: [Int: Decision] = [1: .reject, 2: .salesforce, 3: .hold]
    #expect(try read(edited) == expected)
    #expect(try read(String(edited.dropFirst())) == expected, "without byte order mark")
    #expect(try read(edited.replacing(",", with: ";")) == expected, "with semicolons")
    #expect(try read(edited.replacing("\n", with: "\r\n")) == expected, "with CR LF")
    #expect(try read(edited.replacing("'=1+1", with: "=1+1")) == expected, "with the formula guard taken off")
    #expect(try read(edited + ",,,,,,,,,,,,,,,,,,,,,\n") == expected, "with an empty row behind the last one")
  }

  @Test func `a column of the reviewer's own is no mistake`() throws {
    let lines = try report().split(separator: "\n").enumerated().map { $1 + ($0 == 0 ? ",note" : ",ok") }
    #expect(try read(lines.joined(separator: "\n")) == [1: .apply, 2: .hold, 3: .hold])
  }

  @Test func `three columns are enough, and may leave rows out`() throws {
    #expect(try read("seq;decision;run_id\n2;partner-center;20261102T080000Z-abcd\n") == [2: .partnerCenter])
  }

  @Test(arguments: refusals)
  fileprivate func `a file is refused whole`(_ refusal: Case) throws {
    let text = try refusal.edit(report())
    let failure = #expect(throws: Failure.self) { try read(text) }
    #expect(failure?.code == refusal.code)
    for part in refusal.parts {
      #expect(failure?.message.appending("\n").contains(part) == true, "\(failure?.message ?? "")")
    }
    #expect(failure?.message.contains(file) == true)
  }

  @Test func `all mistakes are told in one pass, and an altered cell weighs most`() throws {
    let text = try report().replacing(",apply,planned", with: ",yes,planned").replacing("abcd,3,", with: "abcd,33,")
      .replacing("Fabrikam,Deal value", with: "Contoso,Deal value")
    let failure = #expect(throws: Failure.self) { try read(text) }
    #expect(failure?.code == .decisionsAltered)
    #expect(failure?.message.split(separator: "\n").count == 4)
  }

  @Test func `a file that is not there is refused by name`() throws {
    let failure = #expect(throws: Failure.self) {
      try DecisionsFile.read("/nowhere/decisions.csv", run: try scenario.entry(), ledger: scenario.ledger)
    }
    #expect(failure?.code == .decisionUnknown)
    #expect(failure?.message.hasPrefix("/nowhere/decisions.csv cannot be opened") == true)
  }
}
