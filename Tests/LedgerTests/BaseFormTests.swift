import GRDB
import Ledger
import Model
import Testing

/// The form in which the base of a pair is stored: its labels once for all pairs, and that of earlier releases.
@Suite("The form of the base")
struct BaseFormTests {
  private let folder: TemporaryFolder
  private let ledger: LedgerFile
  private let labels = AgreedLabels(["Deal value", "Notes", "Stage"])

  init() throws {
    folder = try TemporaryFolder()
    ledger = try LedgerFile(at: folder.ledger)
  }

  private func stored(_ sql: String) throws -> [String] {
    try DatabaseQueue(path: folder.ledger).read { try String.fetchAll($0, sql: sql) }
  }

  private func link(_ values: [String: String]) throws {
    try ledger.write { try $0.link("r1", "o1", run: 1, agreed: AgreedValues(values, labels: labels)) }
  }

  private func base() throws -> Base { try ledger.read { try $0.base(of: "r1") } }

  @Test(
    "what is written is read again, also by who knows other labels or none",
    arguments: [
      ["Deal value": "5", "Notes": "", "Stage": "open"], ["Notes": ""], ["Stage": "closed"],
      ["Contact a@b.example": "yes"], ["Deal value": "5", "Solution x": "", "Team y": "yes"],
      ["Notes": "\u{1D}"], ["Notes": "\u{1D}\u{1D}x"], ["Notes": "\u{1E}1"], ["two\nlines": "a\nb"], [:],
    ] as [[String: String]])
  func again(_ values: [String: String]) throws {
    try ledger.night(1, [.of("r1", "1")], [.of("o1", "1")])
    try link(values)
    #expect(try base() == values)
    for labels in [labels, AgreedLabels(["Stage", "Notes", "Deal value"]), AgreedLabels(["Other", "Notes"]), .none] {
      let known = try ledger.read { try $0.standingReferral("r1", sharing: labels) }
      #expect(known?.base.labels === labels)
      #expect(known?.base.all == values)
    }
  }

  @Test("a row holds no label that the pairs share, and the ledger holds each list of them once")
  func once() throws {
    try link(["Deal value": "5", "Stage": "open"])
    try ledger.write { transaction in
      try transaction.link("r2", "o2", run: 1, agreed: AgreedValues(["Notes": "n", "Team x": "yes"], labels: labels))
      try transaction.agree(["Deal value": "7"], referral: "r2")
    }
    try ledger.write { try $0.agree(["Notes": "later"], referral: "r1") }
    #expect(
      try stored("SELECT base FROM link ORDER BY referral") == [
        "\u{1E}1\u{1F}5\u{1F}later\u{1F}open", "\u{1E}1\u{1F}7\u{1F}n\u{1F}\u{1D}\u{1F}Team x\u{1F}yes",
      ])
    #expect(try stored("SELECT columns FROM shape WHERE kind = 'base'") == ["Deal value\nNotes\nStage"])
  }

  @Test("what an earlier release wrote is read, and stored in the new form when it moves")
  func earlier() throws {
    try ledger.night(1, [.of("r1", "1")], [.of("o1", "1")])
    try ledger.write { try $0.link("r1", "o1", run: 1) }
    try ledger.write { try $0.agree(["Notes": "n", "Deal value": "5"], referral: "r1") }
    #expect(try stored("SELECT base FROM link") == ["Deal value\u{1F}5\u{1F}Notes\u{1F}n"])
    try ledger.write { transaction in
      let known = try transaction.standingReferral("r1", sharing: labels)?.base ?? [:]
      #expect(known == ["Notes": "n", "Deal value": "5"])
      try transaction.agree(AgreedValues(["Notes": "n"], labels: labels), referral: "r1", known: known)
    }
    #expect(try stored("SELECT base FROM link") == ["Deal value\u{1F}5\u{1F}Notes\u{1F}n"], "nothing moved")
    try ledger.write { transaction in
      let known = try transaction.standingReferral("r1", sharing: labels)?.base ?? [:]
      try transaction.agree(AgreedValues(["Notes": "m"], labels: labels), referral: "r1", known: known)
    }
    let number = try #require(try stored("SELECT number FROM shape WHERE kind = 'base'").first)
    #expect(try stored("SELECT base FROM link") == ["\u{1E}\(number)\u{1F}5\u{1F}m\u{1F}\u{1D}"])
    #expect(try base() == ["Notes": "m", "Deal value": "5"])
  }

  @Test("a value that is put back, or forgotten, leaves the others")
  func putBack() throws {
    try link(["Deal value": "5", "Notes": "n"])
    try ledger.write { try $0.putBack("Notes", nil, referral: "r1") }
    #expect(try base() == ["Deal value": "5"])
    try ledger.write { try $0.putBack("Deal value", "4", referral: "r1") }
    #expect(try base() == ["Deal value": "4"])
  }

  @Test(
    "a base whose labels are lost, or that is cut off, is no empty base",
    arguments: [
      "UPDATE link SET base = '\u{1E}7\u{1F}5\u{1F}n\u{1F}open'", "UPDATE link SET base = '\u{1E}1\u{1F}5'",
      "DELETE FROM shape WHERE kind = 'base'",
    ])
  func lost(_ sql: String) throws {
    try link(["Deal value": "5", "Notes": "n"])
    try ledger.write { _ in }
    try DatabaseQueue(path: folder.ledger).writeWithoutTransaction { try $0.execute(sql: sql) }
    let failure = #expect(throws: Failure.self) { try base() }
    #expect(failure?.code == .ledgerUnreadable)
  }
}
