import Foundation
import Model
import Testing

@Suite struct RunIDTests {
  @Test(arguments: ["20261102T080000Z-abcd", "00000000T000000Z-zzzz"])
  func readsItsOwnForm(_ text: String) {
    #expect(RunID(text)?.text == text)
  }

  @Test(arguments: [
    "", "20261102T080000Z", "20261102T080000Z-abc", "20261102T080000Z-abcde", "20261102T080000Z-ABCD",
    "20261102T080000Z-ab1d", "20261102T080000-abcd", "2026-11-02T08:00:00Z-abcd", " 20261102T080000Z-abcd",
    "20261102T080000Z-abcd\n", "../20261102T080000Z-abcd", "20261102T080000Z-abcd/..", "20261102T080000Z-\u{0}bcd",
    "٢٠٢٦1102T080000Z-abcd", "20261102T080000Z-áabc", "2026110\u{FE0F}2T080000Z-abcd",
  ])
  func refusesWhatCouldLeaveItsFolder(_ text: String) {
    #expect(RunID(text) == nil)
  }

  @Test func aNewNameHoldsTheTimeAndReadsBack() throws {
    var random = SystemRandomNumberGenerator()
    let date = Date(timeIntervalSince1970: 1_793_606_400)
    let id = RunID(date: date, using: &random)
    #expect(id.text.hasPrefix("20261102T080000Z-"))
    #expect(RunID(id.text) == id)
  }

  @Test func namesSortByTime() throws {
    let texts = ["20261231T235959Z-aaaa", "20261102T080000Z-zzzz", "20270101T000000Z-aaaa"]
    let sorted = texts.compactMap { RunID($0) }.sorted().map(\.text)
    #expect(sorted == ["20261102T080000Z-zzzz", "20261231T235959Z-aaaa", "20270101T000000Z-aaaa"])
  }
}
