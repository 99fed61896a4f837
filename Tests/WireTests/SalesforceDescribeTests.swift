import Model
import Testing

@testable import Wire

@Suite("Descriptions of Salesforce's objects")
struct SalesforceDescribeTests {
  typealias Answer = ScriptedTransport.Answer

  static let document = #"""
    {"name":"Opportunity","fields":[
    {"name":"Stage","type":"picklist","restrictedPicklist":true,"picklistValues":[{"active":true,"value":"Closed Won"}]},
    {"name":"Type","type":"picklist","restrictedPicklist":false,"picklistValues":[{"active":true,"value":"New"}]},
    {"name":"Help__c","type":"multipicklist","restrictedPicklist":true,"picklistValues":[
    {"active":true,"value":"A b"},{"active":true,"value":"C"},{"active":false,"value":"Old"}]},
    {"name":"Name","type":"string"}],
    "childRelationships":[
    {"childSObject":"OpportunityContactRole","field":"OpportunityId","relationshipName":"OpportunityContactRoles"},
    {"childSObject":"Feed","field":"ParentId","relationshipName":null},{"field":"x"}]}
    """#
  static let date = "Mon, 02 Nov 2026 08:00:00 GMT"

  final class Kept: Sendable {
    let entries = Guarded<[String: (String, [UInt8])]>([:])

    var cache: DescribeCache {
      DescribeCache(
        load: { [self] key in
          entries.withLock { $0[key] }.flatMap { KeptDescription(lastModified: $0.0, document: $0.1) }
        },
        store: { [self] key, date, document in entries.withLock { $0[key] = (date, document) } })
    }

    func spoil(_ date: String? = nil, _ document: [UInt8]? = nil) {
      entries.withLock { entries in
        for (key, entry) in entries { entries[key] = (date ?? entry.0, document ?? entry.1) }
      }
    }
  }

  static func transport() -> ScriptedTransport {
    ScriptedTransport { request, _ in
      let isKnown = request.headers.contains { $0.name == "If-Modified-Since" && $0.value == date }
      return isKnown ? .status(304) : .json(200, document, [("Last-Modified", date)])
    }
  }

  static func client(_ scripted: ScriptedTransport, _ kept: Kept, origin: String = "acme", version: String = "62.0")
    -> SalesforceClient
  {
    let client = SalesforceClient(
      transport: RetryingTransport(scripted, pacing: TestClock().pacing),
      session: ScriptedSignIn(origin: "https://\(origin).my.salesforce.com"), redaction: Redaction(),
      apiVersion: version)
    client.describeCache = kept.cache
    return client
  }

  @Test("A description that has not changed comes from the cache")
  func cached() throws {
    let kept = Kept()
    let scripted = Self.transport()
    let first = try Self.client(scripted, kept).describe("Opportunity")
    let second = try Self.client(scripted, kept).describe("Opportunity")
    #expect(first == second)
    let dates = scripted.sent.map { request in request.headers.first { $0.name == "If-Modified-Since" }?.value }
    #expect(dates == [nil, Self.date])
    let keys = kept.entries.withLock { Array($0.keys) }
    #expect(keys.count == 1)
    #expect(keys[0].wholeMatch(of: /Opportunity-[0-9a-f]{16}/) != nil)
  }

  @Test("Another org, version or object has an entry of its own")
  func keys() throws {
    let kept = Kept()
    for (origin, version, object) in [
      ("acme", "62.0", "Opportunity"), ("other", "62.0", "Opportunity"), ("acme", "63.0", "Opportunity"),
      ("acme", "62.0", "Account"),
    ] {
      _ = try Self.client(Self.transport(), kept, origin: origin, version: version).describe(object)
    }
    #expect(kept.entries.withLock { $0.count } == 4)
  }

  @Test(
    "A damaged entry is ignored, asked for afresh and replaced",
    arguments: [
      (nil, Array("{".utf8)), (nil, []), (nil, Array(#"{"name":"x"}"#.utf8)), ("", nil), ("a\r\nX-Evil: 1", nil),
    ] as [(String?, [UInt8]?)])
  func damaged(date: String?, document: [UInt8]?) throws {
    let kept = Kept()
    _ = try Self.client(Self.transport(), kept).describe("Opportunity")
    kept.spoil(date, document)
    let scripted = Self.transport()
    #expect(try Self.client(scripted, kept).describe("Opportunity")["Name"] != nil)
    #expect(!scripted.sent[0].headers.contains { $0.name == "If-Modified-Since" })
    #expect(kept.entries.withLock { $0.values.first?.0 } == Self.date)
  }

  @Test("A 304 to a question without a date is an error")
  func unasked() {
    let client = SalesforceClientTests.client(ScriptedTransport([.status(304)]))
    #expect(throws: ServiceError.self) { try client.describe("Opportunity") }
  }

  static let spellings: [(String, String, String?)] = [
    ("Stage", "closed won", "Closed Won"), ("stage", "Closed Won", "Closed Won"), ("Stage", "Closed", nil),
    ("Type", "NEW", "New"), ("Type", "Other", "Other"), ("Help__c", "a B;c", "A b;C"), ("Help__c", "A b;Old", nil),
    ("Name", "closed won", "closed won"), ("Hidden__c", "x", "x"), ("Stage", "", ""),
  ]

  @Test("A picklist value gets the org's own spelling", arguments: spellings)
  func spelling(field: String, value: String, expected: String?) throws {
    let description = try SalesforceClientTests.client(Self.transport()).describe("Opportunity")
    #expect(description.spelling(of: value, in: field) == expected)
  }

  @Test("The relationships to children are told")
  func children() throws {
    let description = try SalesforceClientTests.client(Self.transport()).describe("Opportunity")
    #expect(description.childRelationships.map(\.childSObject) == ["OpportunityContactRole", "Feed"])
    #expect(description.childRelationships.map(\.field) == ["OpportunityId", "ParentId"])
    #expect(description.childRelationships.map(\.relationshipName) == ["OpportunityContactRoles", nil])
  }
}
