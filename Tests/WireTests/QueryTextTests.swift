import CSV
import Foundation
import JSON
import Model
import Testing

@testable import Wire

/// Texts that want to be more than a text in a query, a cell or a path.
enum HostileQueryText {
  static let known = [
    "'", "''", "\\", "\\'", "\\\\'", "' OR Name != '", "\\' OR Name != \\'", "x' LIMIT 1 --", "') OR (Name != '",
    "a\nb",
    "\r\n' OR Id != '", "’ OR Name != ’", "＇ OR Name != ＇", "'\u{301} OR Name != '\u{301}", "\u{301}'", "\u{0}'",
    "%27 OR 1 eq 1", "\\u0027 OR Name != \\u0027", "\u{2028}' OR Name != '", " or 1 eq 1", "null", "x or true",
    "' or engagementId ne '", "'\u{200D} or 1 eq 1", "\u{8}\u{c}\t", "", "\"\u{301},=1+1", "😀'", "\u{202E}'",
  ]

  /// Texts of the scalars that mean something to a parser.
  static func random(seed: UInt64, count: Int) -> [String] {
    var dice = CanaryTests.Dice(state: seed)
    let scalars = Array("'\\\"nu07 OR=()%_,\n\r\t\u{8}\u{c}\u{0}\u{301}’\u{2028}x😀".unicodeScalars)
    return (0..<count).map { _ in
      var text = String.UnicodeScalarView()
      for _ in 0..<(1 + dice.next(12)) { text.append(scalars[dice.next(scalars.count)]) }
      return String(text)
    }
  }
}

@Suite("Conditions of queries")
struct QueryConditionTests {
  @Test("Many texts are asked for in parts, each one a literal")
  func parts() throws {
    #expect(try SOQL.conditions("Id", isOneOf: []).isEmpty)
    #expect(try SOQL.conditions("Name", isOneOf: ["a", "O'Hara"]) == [#"Name IN ('a','O\'Hara')"#])
    let ids = (0..<150).map { "id\($0)" }
    let conditions = try SOQL.conditions("Id", isOneOf: ids)
    #expect(conditions.count == 3)
    #expect(ids.allSatisfy { id in conditions.count { $0.contains("'\(id)'") } == 1 })
    #expect(throws: Failure.self) { try SOQL.conditions("Id = Id OR Id", isOneOf: ["a"]) }
  }

  @Test("A part of the longest ids fits into an address")
  func length() throws {
    let guid = "11111111-2222-4333-8444-555555555501"
    let conditions = try SOQL.conditions("Referral_Identifier__c", isOneOf: Array(repeating: guid, count: 60))
    #expect(conditions.count == 1)
    #expect(conditions.allSatisfy { Address.escaped($0).utf8.count < 4_000 })
  }

  @Test("Conditions that all hold keep to themselves")
  func all() {
    #expect(SOQL.all(of: ["a OR b", "c"]) == "(a OR b) AND (c)")
    #expect(SOQL.all(of: ["a OR b"]) == "(a OR b)")
  }
}

/// Ids and texts of the services, on their way back to the services.
@Suite("Texts in paths and cells")
struct PathTextTests {
  private static let list = "https://api.partner.microsoft.com/v1.0/engagements/referrals/"

  @Test("An id leads to one record or nowhere", arguments: ["", ".", "..", "a\nb", "\u{0}"])
  func refused(id: String) {
    let scripted = ScriptedTransport([.json(200, "{}")])
    let partnerCenter = PartnerCenterClientTests.client(scripted)
    #expect(throws: ServiceError.self) { try partnerCenter.get(id) }
    #expect(throws: ServiceError.self) { try partnerCenter.patch(id, eTag: "\"1\"", operations: []) }
    let salesforce = SalesforceClientTests.client(scripted)
    #expect(throws: ServiceError.self) { try salesforce.delete("Contact", id: id) }
    #expect(throws: ServiceError.self) { try salesforce.upsert("Contact", by: "Key__c", id, fields: []) }
    #expect(scripted.sent.isEmpty)
  }

  @Test("Whatever else is in an id stays within its segment of the path")
  func encoded() throws {
    let ids = [
      "../../x", "..%2f..%2fx", "/etc/passwd", "x?$filter=true", "x#y", "x;y", "%2e%2e", "...", "a b", "\\..\\x",
      "x&y=z",
    ]
    for id in ids {
      let scripted = ScriptedTransport([.json(200, "{}")])
      _ = try PartnerCenterClientTests.client(scripted).get(id)
      let url = try #require(scripted.sent.first?.url)
      #expect(
        url.hasPrefix(Self.list) && !url.dropFirst(Self.list.count).contains { "/?#&;\\ ".contains($0) }, "\(url)")
      #expect(url.dropFirst(Self.list.count).removingPercentEncoding == id)
    }
  }

  @Test("One bad id among several spoils no other")
  func among() throws {
    let scripted = ScriptedTransport([.json(200, #"{"id":"1"}"#)])
    let results = PartnerCenterClientTests.client(scripted).get(["..", "1", ""])
    #expect(results.count == 3 && scripted.sent.count == 1)
    #expect(throws: ServiceError.self) { try results[0].get() }
    #expect(try results[1].get()["id"] == "1")
    #expect(throws: ServiceError.self) { try results[2].get() }
  }

  @Test("A line break in a version gets no header of its own into a request")
  func header() {
    let request = Request(.get, "http://127.0.0.1:9/", headers: [(name: "If-Match", value: "\"1\"\r\nX-Evil: 1")])
    let results = CurlTransport().send([request])
    #expect(throws: TransportError.self) { try results[0].get() }
  }

  @Test("A cell of a bulk job holds its text, whatever the text is", arguments: [1, 2] as [UInt64])
  func cells(seed: UInt64) throws {
    let texts = HostileQueryText.known + HostileQueryText.random(seed: seed, count: 300)
    for text in texts where !text.isEmpty && text != "#N/A" {
      let record = SObject(
        "Opportunity", id: IngestOrg.id(0), fields: [JSONMember("Name", .string(text)), JSONMember("Next", "last")])
      let body = try #require(BulkUpload.parts(of: [record], limit: 10_000).first?.body)
      // The raw bytes, since the reader of our own is no judge of them.
      let rows = Self.parse(body)
      #expect(
        rows.count == 2 && rows[1].count == 3 && rows[1][1] == text && rows[1][2] == "last", "seed \(seed): \(rows)")
    }
  }

  /// CSV as RFC 4180 has it, byte by byte.
  private static func parse(_ bytes: [UInt8]) -> [[String]] {
    var rows: [[String]] = [[]]
    var cell: [UInt8] = []
    var isQuoted = false
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if isQuoted, byte == 0x22, index + 1 < bytes.count, bytes[index + 1] == 0x22 {
        cell.append(byte)
        index += 1
      } else if byte == 0x22 {
        isQuoted.toggle()
      } else if !isQuoted, byte == 0x2C || byte == 0x0A {
        rows[rows.count - 1].append(String(decoding: cell, as: UTF8.self))
        cell = []
        if byte == 0x0A { rows.append([]) }
      } else {
        cell.append(byte)
      }
      index += 1
    }
    return rows.filter { !$0.isEmpty }
  }
}
