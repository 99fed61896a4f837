import Extract
import Foundation
import Ledger
import Model
import Testing

@Suite struct ReferralExportTests {
  private static let first =
    #"{"id":"AAAA0000-2222-4333-8444-555555555501","organizationId":"own","name":"A","#
    + #""externalReferenceId":"006000000000001","details":{"dealValue":100000.10},"other":[1,{"id":"no"}]}"#
  private static let second = #"{"name":"B \"q\" ü","id":"bbbb0000-2222-4333-8444-555555555502","details":null}"#

  static let forms: [String: String] = [
    "a list page": #"{"@odata.context":"c","value":["# + first + "," + second + #"],"@odata.count":2}"#,
    "an array": "[" + first + ",\n" + second + "]",
    "an object a line": first + "\n" + second + "\n",
  ]

  private static func read(_ text: String) throws -> Collected {
    let folder = try ExportFolder(["referrals.json": text])
    return try Collected(ReferralExport(path: folder.path + "/referrals.json", shape: Columns.referral))
  }

  @Test("every form gives the same records", arguments: forms.keys.sorted())
  func readsAlike(_ form: String) throws {
    let collected = try Self.read(Self.forms[form] ?? "")
    #expect(
      collected.texts(.referral, Columns.referral) == [
        [
          "id": "aaaa0000-2222-4333-8444-555555555501", "organizationId": "own", "name": "A",
          "externalReferenceId": "006000000000001", "details.dealValue": "100000.10",
        ],
        [
          "id": "bbbb0000-2222-4333-8444-555555555502", "organizationId": "", "name": "B \"q\" ü",
          "externalReferenceId": "", "details.dealValue": "",
        ],
      ])
    #expect(collected.rows[.referral]?.map(\.partner) == ["006000000000001AAA", ""])
  }

  @Test("R117: an empty list is empty", arguments: ["[]", #"{"value":[]}"#, #"{"records":[]}"#])
  func empty(_ text: String) throws {
    #expect(try Self.read(text).ids(.referral).isEmpty)
  }

  @Test("R117: a file cut at any byte is refused, never a shorter list", arguments: ["a list page", "an array"])
  func truncated(_ form: String) throws {
    let bytes = Data((Self.forms[form] ?? "").utf8)
    let folder = try ExportFolder()
    for length in 0..<bytes.count {
      try folder.write("referrals.json", bytes.prefix(length))
      let failure = failure {
        _ = try Collected(ReferralExport(path: folder.path + "/referrals.json", shape: Columns.referral))
      }
      #expect(failure?.code == .exportUnreadable, "\(length) bytes")
    }
  }

  @Test("R117: a file of lines that is cut inside a line is refused")
  func truncatedLines() throws {
    let bytes = Data((Self.forms["an object a line"] ?? "").utf8)
    let folder = try ExportFolder()
    // Between two lines nothing tells that more belonged to the file; only the limit on shrinking does.
    let ends = [Self.first.utf8.count, Self.first.utf8.count + 1, bytes.count - 1]
    var refused = 0
    for length in 0..<bytes.count {
      try folder.write("referrals.json", bytes.prefix(length))
      let failure = failure {
        _ = try Collected(ReferralExport(path: folder.path + "/referrals.json", shape: Columns.referral))
      }
      #expect((failure == nil) == ends.contains(length), "\(length) bytes")
      if failure?.code == .exportUnreadable { refused += 1 }
    }
    #expect(refused == bytes.count - ends.count)
  }

  @Test(
    "a file that is no list is refused with its place",
    arguments: [
      "", " ", "null", "5", "\"x\"", "[1]", "[[]]", "{}", #"{"value":5}"#, "id,name\n1,A\n", "[" + first + "] trailing",
      "<html></html>", "[" + first + "," + "]", "[" + first + " " + second + "]", #"{"value":[]}{"value":[]}"#,
    ])
  func noList(_ text: String) throws {
    let failure = try #require(failure { _ = try Self.read(text) }, "\(text)")
    #expect([.exportUnreadable, .recordWithoutID].contains(failure.code), "\(failure)")
    if failure.code == .exportUnreadable { #expect(failure.message.contains("referrals.json")) }
  }

  @Test func aMissingFileIsNamed() {
    let failure = failure { _ = try Collected(ReferralExport(path: "/nowhere/r.json", shape: Columns.referral)) }
    #expect(failure?.code == .exportUnreadable)
    #expect(failure?.message.contains("/nowhere/r.json") == true)
  }

  @Test("a record without id stops the snapshot", arguments: [#"{"name":"x"}"#, #"{"id":null}"#, #"{"id":""}"#])
  func withoutID(_ record: String) throws {
    let failure = failure { _ = try Self.read("[" + Self.first + "," + record + "]") }
    #expect(failure?.code == .recordWithoutID)
  }

  @Test("R11: Microsoft's own record claims no opportunity", arguments: ["msft", "MSFT"])
  func microsoft(_ organization: String) throws {
    let record = #"{"id":"x","organizationId":"\#(organization)","externalReferenceId":"006000000000001"}"#
    #expect(try Self.read("[\(record)]").rows[.referral]?.map(\.partner) == [""])
  }

  @Test("two records of one id are one record in the ledger, the last one")
  func duplicates() throws {
    let folder = try ExportFolder(["r.json": #"[{"id":"x","name":"1"},{"id":"X","name":"2"}]"#])
    let ledger = try LedgerFile(at: folder.path + "/state/ledger.sqlite")
    let count = try ledger.write { transaction in
      try transaction.beginTouching()
      return try Extraction([ReferralExport(path: folder.path + "/r.json", shape: Columns.referral)])
        .run(1, into: transaction) { _, _, _ in }[.referral]
    }
    #expect(count?.total == 1)
    #expect(try ledger.read { try $0.record(.referral, "x") }?["name"] == "2")
  }

  @Test("more than one batch comes over whole, in bounded pieces")
  func batches() throws {
    let text = "[" + (0..<1_234).map { #"{"id":"\#($0)"}"# }.joined(separator: ",") + "]"
    #expect(try Self.read(text).ids(.referral) == (0..<1_234).map(String.init))
  }
}
