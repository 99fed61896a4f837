import Ledger
import Model
import Testing

@Suite struct SnapshotTests {
  private let folder: TemporaryFolder
  private let ledger: LedgerFile

  init() throws {
    folder = try TemporaryFolder()
    ledger = try LedgerFile(at: folder.ledger)
  }

  private func stored() throws -> Int { try number("SELECT count(*) FROM record", in: folder.ledger) }

  @Test func aRecordIsStoredOncePerContentAcrossFiveNights() throws {
    let quiet = (1...20).map { SnapshotRow.of("r\($0)", "same") }
    for night in 1...5 {
      let moving = SnapshotRow.of("m", "name \(night)")
      let counts = try ledger.night(night, quiet + [moving])
      #expect(counts[0].total == 21)
      #expect(counts[0].new == (night == 1 ? 21 : 0))
      #expect(counts[0].moved == (night == 1 ? 0 : 1))
      #expect(counts[0].missing == 0)
      #expect(counts[0].before == (night == 1 ? 0 : 21))
    }
    #expect(try stored() == 25)
    for night in 1...5 { #expect(try ledger.names(asOf: night)["m"] == "name \(night)") }
  }

  @Test("R22: a missing record ends, and one that returns begins again")
  func missing() throws {
    try ledger.night(1, [.of("a", "1"), .of("b", "1")])
    let gone = try ledger.night(2, [.of("a", "1")])[0]
    let back = try ledger.night(3, [.of("b", "1"), .of("a", "1")])[0]
    #expect([gone.missing, gone.total, back.new, back.total, back.before] == [1, 1, 1, 2, 1])
    #expect(try ledger.names(asOf: 1) == ["a": "1", "b": "1"])
    #expect(try ledger.names(asOf: 2) == ["a": "1"])
    #expect(try ledger.names(asOf: 3) == ["a": "1", "b": "1"])
    #expect(try stored() == 3)
  }

  static let repeats: [(String, [SnapshotRow], total: Int, moved: Int, name: String, stored: Int)] = [
    ("the same twice", [.of("a", "1"), .of("a", "1")], 1, 0, "1", 1),
    ("the newer last", [.of("a", "1"), .of("a", "2")], 1, 1, "2", 2),
    ("the newer first", [.of("a", "2"), .of("a", "1")], 1, 0, "1", 1),
    ("three of them", [.of("a", "2"), .of("a", "3"), .of("a", "4")], 1, 1, "4", 2),
    ("there and back", [.of("a", "1"), .of("a", "2"), .of("a", "1")], 1, 0, "1", 1),
    ("to and fro", [.of("a", "2"), .of("a", "1"), .of("a", "2")], 1, 1, "2", 2),
  ]

  @Test("a repeated id counts once, and the last one stands", arguments: repeats.indices)
  func repeated(_ index: Int) throws {
    let (name, rows, total, moved, last, stored) = Self.repeats[index]
    try ledger.night(1, [.of("a", "1")])
    let plain = try ledger.night(2, rows)[0]
    #expect([plain.total, plain.moved, plain.new, plain.missing] == [total, moved, 0, 0], "\(name)")
    #expect(try ledger.names(asOf: 1) == ["a": "1"])
    #expect(try ledger.names(asOf: 2) == ["a": last])
    #expect(try self.stored() == stored, "\(name)")
    let once = try ledger.night(3, [.of("a", last)])[0]
    #expect(once.digest == plain.digest, "\(name)")
    #expect(once.moved == 0)
  }

  @Test func aRepeatedNewIDCountsOnce() throws {
    let counts = try ledger.night(1, [.of("a", "1"), .of("a", "2"), .of("a", "1")])[0]
    #expect([counts.total, counts.new, counts.moved] == [1, 1, 0])
    #expect(try stored() == 1)
  }

  @Test func theDigestIsOfTheRecordsWhateverTheirOrder() throws {
    let one = try ledger.night(1, [.of("a", "1"), .of("b", "1")])[0]
    let other = try ledger.night(2, [.of("b", "1"), .of("a", "1")])[0]
    let moved = try ledger.night(3, [.of("b", "1"), .of("a", "2")])[0]
    let shorter = try ledger.night(4, [.of("b", "1")])[0]
    #expect(one.digest == other.digest)
    #expect(Set([one.digest, moved.digest, shorter.digest]).count == 3)
    #expect(one.digest.count == 32)
  }

  @Test func anotherShapeIsAnotherContent() throws {
    try ledger.night(1, [.of("a", "1")])
    let shape = Shape(kind: .referral, columns: ["id", "title"])
    let counts = try ledger.write { transaction in
      try transaction.beginTouching()
      return try transaction.take([.of("a", "1")], shape, run: try transaction.open(night: 2))
    }
    #expect(counts.moved == 1)
    let record = try ledger.read { try $0.record(.referral, "a") }
    #expect(record?["title"] == "1")
    #expect(record?["name"] == "")
    #expect(try ledger.names(asOf: 1) == ["a": "1"])
  }

  @Test func textsComeBackAsTheyWere() throws {
    let names = ["", " ", "ü", "\u{301}abc", "👩‍👩‍👧", "a\nb\r\nc", "\u{FEFF}x", "\u{2028}"]
    try ledger.night(1, names.enumerated().map { .of("r\($0.offset)", $0.element) })
    let read = try ledger.names(asOf: 1)
    for (index, name) in names.enumerated() { #expect(read["r\(index)"].map { Array($0.utf8) } == Array(name.utf8)) }
  }

  @Test("R45: neighbours are found by what they are looked up with, and nothing by nothing")
  func partners() throws {
    try ledger.night(1, [.of("a", "1", partner: "p"), .of("b", "1", partner: "p"), .of("c", "1")])
    #expect(try ledger.read { try $0.records(.referral, partner: "p").map(\.id) } == ["a", "b"])
    #expect(try ledger.read { try $0.records(.referral, partner: "") }.isEmpty)
    #expect(try ledger.read { try $0.records(.opportunity, partner: "p") }.isEmpty)
  }
}
