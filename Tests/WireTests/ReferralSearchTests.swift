import Foundation
import JSON
import Model
import Testing
import Wire

@Suite("Looking for referrals")
struct ReferralSearchTests {
  typealias Answer = ScriptedTransport.Answer

  static let list = PartnerCenterClientTests.list
  static let engagement = "11111111-2222-4333-8444-5555555555e1"

  static func related(_ ids: [String], of engagement: String = engagement, next: Int? = nil) -> Answer {
    let value = ids.map { #"{"id":"\#($0)","engagementId":"\#(engagement)"}"# }.joined(separator: ",")
    let link = next.map { #","@odata.nextLink":"\#(list)?$skiptoken=\#($0)""# } ?? ""
    return .json(200, #"{"value":[\#(value)]\#(link)}"#)
  }

  static func ids(_ records: [JSONValue]) -> [String?] { records.map { $0["id"]?.stringValue } }

  @Test("The records of an engagement are found by filter, over all pages")
  func engagementPages() throws {
    let scripted = ScriptedTransport([Self.related(["1", "2"], next: 1), Self.related(["2", "3"])])
    let records = try PartnerCenterClientTests.client(scripted).related(Self.engagement)
    #expect(Self.ids(records) == ["1", "2", "3"])
    let filter = "$filter=engagementId%20eq%20%27\(Self.engagement)%27"
    #expect(scripted.sent.map(\.url) == ["\(Self.list)?\(filter)", "\(Self.list)?$skiptoken=1"])
  }

  @Test("Where the quoted literal is refused the bare one is tried, for a GUID only")
  func bareLiteral() throws {
    let scripted = ScriptedTransport { request, _ in
      request.url.contains("%27") ? .json(400, #"{"error":{"code":"invalidRequest"}}"#) : Self.related(["1"])
    }
    let client = PartnerCenterClientTests.client(scripted)
    #expect(Self.ids(try client.related(Self.engagement)) == ["1"])
    #expect(scripted.sent.last?.url == "\(Self.list)?$filter=engagementId%20eq%20\(Self.engagement)")
    let error = #expect(throws: ServiceError.self) { try client.related("x' or true") }
    #expect(error?.code == .requestRefused)
    #expect(scripted.sent.last?.url == "\(Self.list)?$filter=engagementId%20eq%20%27x%27%27%20or%20true%27")
    let refused = ScriptedTransport([.json(403, #"{"error":{"code":"accessDenied"}}"#)])
    #expect(throws: ServiceError.self) { try PartnerCenterClientTests.client(refused).related(Self.engagement) }
    #expect(refused.sent.count == 1)
  }

  @Test("A service that leaves the filter out does not lend an engagement foreign records")
  func foreign() throws {
    let foreign = Self.related(["1"], of: "11111111-2222-4333-8444-5555555555ff")
    #expect(try PartnerCenterClientTests.client(ScriptedTransport([foreign])).related(Self.engagement).isEmpty)
    let scripted = ScriptedTransport([foreign])
    #expect(try PartnerCenterClientTests.client(scripted).related("").isEmpty)
    #expect(scripted.sent.isEmpty)
  }

  /// Twelve referrals, one created each day of January 2026, three a page, in the order asked for or in its reverse.
  static func month(isNewestFirst: Bool = true, named: [Int: String] = [:]) -> ScriptedTransport {
    let days = isNewestFirst ? Array((1...12).reversed()) : Array(1...12)
    return ScriptedTransport { _, count in
      let page = days.dropFirst(count * 3).prefix(3)
      let value = page.map { day in
        let created = "2026-01-\(day < 10 ? "0" : "")\(day)T10:00:00.1Z"
        let owner = day == 7 ? "msft" : "7d23e5ca-0000-4000-8000-5e6b559f0d1d"
        let reference = named[day] ?? "none"
        return #"""
          {"id":"R\#(day)","organizationId":"\#(owner)","externalReferenceId":"\#(reference)","createdDateTime":"\#(created)"}
          """#
      }
      let link = count < 3 ? #","@odata.nextLink":"\#(list)?$skiptoken=\#(count)""# : ""
      return .json(200, #"{"value":[\#(value.joined(separator: ","))]\#(link)}"#)
    }
  }

  static let reference = "0065g00000ABCDE"

  @Test("R20: the CRM id finds own referrals in either length, the oldest first, and none of Microsoft's")
  func find() throws {
    let scripted = Self.month()
    let full = try #require(SalesforceID.normalized(Self.reference))
    let own = Self.month(named: [2: full, 7: full, 9: " \(Self.reference) ", 10: Self.reference.lowercased()])
    #expect(
      try PartnerCenterClientTests.client(own).find(externalReferenceID: Self.reference, createdAfter: nil)
        == ["r2", "r9"])
    #expect(own.sent.count == 4)
    #expect(own.sent[0].url == Self.list + "?$orderby=createdDateTime%20desc")
    #expect(try PartnerCenterClientTests.client(scripted).find(externalReferenceID: " ", createdAfter: nil).isEmpty)
    #expect(scripted.sent.isEmpty)
  }

  static func date(_ text: String) throws -> Date { try #require(Timestamp.parse(text)) }

  @Test("A search goes back only as far as it has to")
  func stops() throws {
    let after = try Self.date("2026-01-08T12:00:00Z")
    let scripted = Self.month(named: [9: Self.reference])
    #expect(
      try PartnerCenterClientTests.client(scripted).find(externalReferenceID: Self.reference, createdAfter: after)
        == ["r9"])
    #expect(scripted.sent.count == 2)
  }

  @Test("A list that does not come newest first is searched to its end")
  func distrustsOrder() throws {
    let after = try Self.date("2026-01-08T12:00:00Z")
    let scripted = Self.month(isNewestFirst: false, named: [9: Self.reference])
    #expect(
      try PartnerCenterClientTests.client(scripted).find(externalReferenceID: Self.reference, createdAfter: after)
        == ["r9"])
    #expect(scripted.sent.count == 4)
  }

  @Test("A service whose clock is an hour behind hides nothing")
  func clockMargin() throws {
    let scripted = Self.month(named: [9: Self.reference])
    let after = try Self.date("2026-01-10T10:50:00Z")
    _ = try PartnerCenterClientTests.client(scripted).find(externalReferenceID: Self.reference, createdAfter: after)
    #expect(scripted.sent.count == 2)
  }

  @Test("A search through a list that breaks off finds nothing out")
  func incomplete() {
    let scripted = ScriptedTransport([
      .json(200, #"{"value":[{"id":"1"}],"@odata.nextLink":"\#(Self.list)?a=1"}"#), .fault(.truncated),
    ])
    let error = #expect(throws: ServiceError.self) {
      try PartnerCenterClientTests.client(scripted).find(externalReferenceID: "x", createdAfter: nil)
    }
    #expect(error?.code == .snapshotIncomplete)
  }

  static let refusedChanges: [(String, JSONValue)] = [
    ("", []), ("\"1\"", ["op": "add"]), ("\"1\"", [["op": "remove", "path": "/team/0"]]),
    ("\"1\"", [["op": "add", "path": "/team/-"], ["op": "test", "path": "/name", "value": "x"]]),
    ("\"1\"", [["op": "move", "from": "/a", "path": "/b"]]), ("\"1\"", [["op": "replace", "path": "name"]]),
    ("\"1\"", [["op": "replace"]]), ("\"1\"", [["path": "/name"]]),
  ]

  @Test(
    "A change without a version, or with an operation that the service does not know, is not sent",
    arguments: refusedChanges)
  func refusedChange(eTag: String, operations: JSONValue) {
    let scripted = ScriptedTransport([.status(204)])
    let error = #expect(throws: ServiceError.self) {
      try PartnerCenterClientTests.client(scripted).patch("1", eTag: eTag, operations: operations)
    }
    #expect(error?.code == .requestRefused)
    #expect(scripted.sent.isEmpty)
  }
}
