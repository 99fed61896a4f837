import Foundation
import JSON
import Testing

@testable import Sandbox
@testable import Wire

/// The sandbox, which shares no code with the clients, reads what they ask.
@Suite("Texts in queries")
struct QueryJudgeTests {
  /// Texts of which the sandbox, which reads by characters, takes every one.
  private static let floor = 400

  @Test("A literal of SOQL is one text in one comparison, or no query at all", arguments: [1, 2, 3] as [UInt64])
  func soql(seed: UInt64) throws {
    let texts = HostileQueryText.known + HostileQueryText.random(seed: seed, count: 2_000)
    var read = 0
    for text in texts {
      let statement = "SELECT Id FROM Account WHERE Name = \(SOQL.literal(text)) LIMIT 2"
      guard let query = try? SoqlParser.parse(statement) else { continue }
      read += 1
      #expect(query.condition == .compare(["Name"], .equal, .text(text)), "seed \(seed): \(statement)")
      #expect(query.source == "Account" && query.limit == 2 && query.order.isEmpty && query.items == [.path(["Id"])])
    }
    #expect(read > Self.floor, "seed \(seed)")
    // What the services and this judge tell apart by combining marks alone has a test by scalars.
    for text in texts { Self.expectClosed(SOQL.literal(text), escape: "\\") }
  }

  /// Fails if a quote within the literal stands without its escape, scalar by scalar.
  private static func expectClosed(_ literal: String, escape: Unicode.Scalar) {
    var inner = Array(literal.unicodeScalars.dropFirst().dropLast())[...]
    while let scalar = inner.popFirst() {
      if scalar == escape {
        #expect(inner.popFirst() != nil, "\(literal)")
      } else {
        #expect(scalar != "'", "\(literal)")
      }
    }
  }

  @Test("A name is a name of strict form, or refused")
  func identifiers() throws {
    for name in ["Amount", "Account.BillingCountry", "Referral_Identifier__c"] {
      #expect(try SOQL.identifier(name) == name)
      #expect(try SOQL.identifiers(["Id", name, "Id"]) == "Id, \(name)")
    }
    let hostile = [
      "Name = ''", "Name, Secret__c", "Id FROM User --", "Name)", "1Name", ".Name", "Name.", "Na me", "Name\n",
      "Na\u{301}me",
      "Nаme", "Name\u{0}", "（Name）", "(SELECT Id FROM Contacts)",
    ]
    for name in hostile + HostileQueryText.known where name != "null" {
      #expect(throws: (any Error).self) { try SOQL.identifier(name) }
      #expect(throws: (any Error).self) { try SOQL.identifiers(["Id", name]) }
      #expect(throws: (any Error).self) { try RecordQuery(name, columns: ["Id"]).soql() }
      #expect(throws: (any Error).self) { try RecordQuery("Account", columns: ["Id", name]).soql() }
    }
  }

  @Test("A literal of OData is one text in one comparison, or no filter at all", arguments: [1, 2, 3] as [UInt64])
  func odata(seed: UInt64) throws {
    let plain = try ODataFilter.compile("engagementId eq 'x'").sql
    var read = 0
    for text in HostileQueryText.known + HostileQueryText.random(seed: seed, count: 2_000) {
      for spelling in [OData.literal(text), OData.bare(text)] {
        let scalars = spelling.unicodeScalars
        #expect(scalars.first == "'" && scalars.last == "'" && scalars.count > 1, "seed \(seed): \(spelling)")
        let inner = String(String.UnicodeScalarView(Array(spelling.unicodeScalars.dropFirst().dropLast())))
        #expect(Self.quotes(inner).allSatisfy { $0.isMultiple(of: 2) }, "seed \(seed): \(spelling)")
        guard let filter = try? ODataFilter.compile("engagementId eq \(spelling)") else { continue }
        read += 1
        #expect(filter.sql == plain && filter.arguments.count == 1, "seed \(seed): \(spelling)")
      }
    }
    #expect(read > Self.floor, "seed \(seed)")
    #expect(OData.bare("11111111-2222-4333-8444-5555555555e1") == "11111111-2222-4333-8444-5555555555e1")
  }

  /// The lengths of the runs of quotes.
  private static func quotes(_ text: String) -> [Int] {
    var runs: [Int] = []
    var length = 0
    for scalar in text.unicodeScalars {
      if scalar == "'" {
        length += 1
      } else if length > 0 {
        runs.append(length)
        length = 0
      }
    }
    return length > 0 ? runs + [length] : runs
  }

  @Test("Engagements of hostile ids are asked for as they are, and never bare")
  func engagements() throws {
    for text in HostileQueryText.known where !text.isEmpty {
      let scripted = ScriptedTransport([.json(400, #"{"error":{"code":"invalidRequest"}}"#)])
      let client = PartnerCenterClientTests.client(scripted)
      _ = try? client.related(text)
      _ = try? client.related([text, "x"], .init(paths: ["id", "engagementId"]))
      #expect(scripted.sent.count >= 2)
      for request in scripted.sent {
        let encoded = try #require(request.url.split(separator: "$filter=").last)
        let filter = try #require(encoded.removingPercentEncoding)
        let scalars = filter.unicodeScalars
        #expect(scalars.starts(with: "engagementId eq '".unicodeScalars) && scalars.last == "'", "\(filter)")
      }
    }
  }
}
