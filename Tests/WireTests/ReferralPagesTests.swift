import Foundation
import JSON
import Model
import Testing
import Wire

@Suite("The list of referrals")
struct ReferralPagesTests {
  typealias Answer = ScriptedTransport.Answer

  static let list = PartnerCenterClientTests.list

  /// A page of the referrals with these ids, which says that there are `count` of them.
  static func page(_ ids: [String], count: Int? = nil, next: Int? = nil) -> Answer {
    let value = ids.map { #"{"id":"\#($0)","name":"deal \#($0)"}"# }.joined(separator: ",")
    let link = next.map { #","@odata.nextLink":"\#(list)?$skiptoken=\#($0)""# } ?? ""
    let count = count.map { #""@odata.count":\#($0),"# } ?? ""
    return .json(200, #"{\#(count)"value":[\#(value)]\#(link)}"#)
  }

  static func read(_ answers: [Answer]) throws -> [[String]] {
    try read(PartnerCenterClientTests.client(ScriptedTransport(answers)))
  }

  static func read(_ client: PartnerCenterClient) throws -> [[String]] {
    let projector = RecordProjector(paths: ["name", "id"])
    var pages = client.referrals()
    var ids: [[String]] = []
    while let page = try pages.next(projector) { ids.append(page.map { $0[1] }) }
    return ids
  }

  static let whole: [([Answer], [[String]])] = [
    ([page([], count: 0)], [[]]),
    ([page(["a", "b"], count: 2)], [["a", "b"]]),
    ([page(["a", "b"], count: 3, next: 1), page(["c"], count: 1)], [["a", "b"], ["c"]]),
    // A record that moved to the next page while the list was read comes twice.
    ([page(["a", "b"], count: 3, next: 1), page(["B", "c"])], [["a", "b"], ["c"]]),
    ([page(["a", "a"], next: 1), page(["b"])], [["a"], ["b"]]),
    // More than announced came to be while the list was read.
    ([page(["a"], count: 2, next: 1), page(["b", "c", "d"])], [["a"], ["b", "c", "d"]]),
    ([page(["a"], next: 1), page([], next: 2), page(["b"])], [["a"], [], ["b"]]),
    // The count of one page says nothing about the others.
    ([page(["a", "b"], count: 2, next: 1), page(["c"], count: 1)], [["a", "b"], ["c"]]),
  ]

  @Test("R116: each referral comes once, in the order of the pages", arguments: whole)
  func each(answers: [Answer], ids: [[String]]) throws {
    #expect(try Self.read(answers) == ids)
  }

  static let broken: [([Answer], Code)] = [
    ([page(["a", "b"], count: 3)], .snapshotIncomplete),
    ([page(["a", "b"], count: 4, next: 1), page(["c"])], .snapshotIncomplete),
    ([page(["a", "b"], count: 4, next: 1), page(["b", "c"])], .snapshotIncomplete),
    ([page(["a", "b"], next: 1), page(["a", "b"], next: 2), page(["c"])], .snapshotIncomplete),
    ([page(["a", "b"], next: 1), page(["A"])], .snapshotIncomplete),
    ([page(["a"], next: 1), page(["b"], next: 1)], .snapshotIncomplete),
    ([page(["a"], next: 1), page([], next: 2), .status(404)], .recordGone),
    ([page(["a"], next: 1), .json(200, #"{"@odata.count":1}"#)], .malformedAnswer),
    ([page(["a"], next: 1), .json(200, #"{"value":null}"#)], .malformedAnswer),
    ([page(["a"], next: 1), .json(200, #"{"value":{"id":"b"}}"#)], .malformedAnswer),
    ([page(["a"], next: 1), .json(200, #"{"value":[{"id":"b"},"c"]}"#)], .malformedAnswer),
    ([page(["a"], next: 1), .json(200, #"{"value":[{"id":"b"}"#)], .malformedAnswer),
    ([page(["a"], next: 1), .json(200, #"{"value":[{"id":"b","ID":"c"}]}"#)], .malformedAnswer),
    ([page(["a"], next: 1), .json(200, #"{"value":[{"id":""}]}"#)], .recordWithoutID),
    ([page(["a"], next: 1), .json(200, #"{"value":[{"name":"no id"}]}"#)], .recordWithoutID),
    ([page(["a"], next: 1), .json(200, #"{"value":[{"id":null}]}"#)], .recordWithoutID),
  ]

  @Test("R117: a list that ends in disorder is an error, never a shorter list", arguments: broken)
  func disorder(answers: [Answer], code: Code) {
    let error = #expect(throws: ServiceError.self) { try Self.read(answers) }
    #expect(error?.code == code)
  }

  @Test("R117: a list that goes on for ever is given up")
  func endless() {
    for sends in [{ (_: Int) in [String]() }, { _ in ["a"] }] {
      let scripted = ScriptedTransport { _, count in Self.page(sends(count), next: count) }
      let error = #expect(throws: ServiceError.self) { try Self.read(PartnerCenterClientTests.client(scripted)) }
      #expect(error?.code == .snapshotIncomplete)
      #expect(scripted.sent.count < 30)
    }
  }

  @Test("Without a path for the id nothing is read")
  func noID() {
    let scripted = ScriptedTransport([Self.page(["a"])])
    var pages = PartnerCenterClientTests.client(scripted).referrals()
    #expect(throws: ServiceError.self) { try pages.next(RecordProjector(paths: ["name"])) }
    #expect(scripted.sent.isEmpty)
  }

  @Test("Names in any case, unknown members, entities, nulls and every form of a date pass as they came")
  func tolerant() throws {
    let value = #"""
      {"Id":"A-1","NAME":"Northwind &amp; Sons ","status":"Dreaming","substatus":null,"novelty":{"x":[1]},
      "CustomerProfile":{"ids":{},"Address":{"state":""}},"createdDateTime":"2026-02-25T17:54:36.1961744Z",
      "updatedDateTime":"2026-02-25T17:54:36Z","details":{"DealValue":1e5,"closingDateTime":"2026-02-25T17:54:36.2Z"}}
      """#
    let scripted = ScriptedTransport([.json(200, #"{"VALUE":[\#(value)]}"#)])
    var pages = PartnerCenterClientTests.client(scripted).referrals()
    let projector = RecordProjector(paths: [
      "id", "name", "status", "substatus", "customerProfile.ids", "customerProfile.address.state", "absent",
      "createdDateTime", "updatedDateTime", "details.dealValue", "details.closingDateTime",
    ])
    let texts = try #require(try pages.next(projector)?.first)
    #expect(
      texts == [
        "A-1", "Northwind &amp; Sons ", "Dreaming", "", "{}", "", "", "2026-02-25T17:54:36.1961744Z",
        "2026-02-25T17:54:36Z", "1e5", "2026-02-25T17:54:36.2Z",
      ])
    #expect(Timestamp.parse(texts[7]) != nil && Timestamp.parse(texts[8]) != nil && Timestamp.parse(texts[10]) != nil)
  }
}
