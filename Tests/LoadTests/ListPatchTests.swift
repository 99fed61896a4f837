import JSON
import Model
import Testing

@testable import Load

@Suite("Lists of a referral, as they are sent")
struct ListPatchTests {
  private static let referral: JSONValue = [
    "details": [
      "requirements": [
        "solutions": [
          ["id": "SOL-1", "name": "Kit", "price": 7, "ownWord": ["kept": true]], ["id": "SOL-2", "name": "Care"],
        ]
      ]
    ]
  ]
  private static let list = "/details/requirements/solutions"

  private static func element(_ id: String) -> String { #"{"id":"\#(id)"}"# }

  @Test("R99 R100: a list that loses an element is replaced, and everything else of it goes back as it was")
  func removal() throws {
    let operations = [PatchOperation(.without, path: Self.list, value: Self.element("SOL-2"))]
    let sent = try operations.replacingLists(of: Self.referral)
    #expect(
      sent == [
        PatchOperation(
          path: Self.list, value: #"[{"id":"SOL-1","name":"Kit","price":7,"ownWord":{"kept":true}}]"#)
      ])
  }

  @Test("R99: what is added to the same list stands in the replacement, and other operations stay as they are")
  func both() throws {
    let operations = [
      PatchOperation(path: "/name", value: #""Deal""#),
      PatchOperation(.add, path: Self.list + "/-", value: Self.element("SOL-3")),
      PatchOperation(.without, path: Self.list, value: Self.element("SOL-1")),
      PatchOperation(.add, path: "/team/-", value: #"{"email":"a@b.example"}"#),
    ]
    let sent = try operations.replacingLists(of: Self.referral)
    #expect(sent.map(\.path) == ["/name", Self.list, "/team"])
    #expect(sent[1].value == #"[{"id":"SOL-2","name":"Care"},{"id":"SOL-3"}]"#)
    #expect(sent[2].value == #"[{"email":"a@b.example"}]"#, "the referral has no team that it could be appended to")
  }

  @Test(
    "R93: an element is known by the key of the plan, however it is written", arguments: ["sol-2", "SOL-2 ", "SOL-2"])
  func spellings(_ id: String) throws {
    let operations = [PatchOperation(.without, path: Self.list, value: Self.element(id))]
    #expect(try operations.replacingLists(of: Self.referral).first?.value.contains("SOL-2") == false)
    #expect(try !operations.areShown(by: Self.referral))
  }

  @Test("R99: a list that is not there is added, one that is there is replaced")
  func addsList() throws {
    let operations = [PatchOperation(.add, path: "/team/-", value: #"{"email":"a@b.example"}"#)]
    #expect(try operations.replacingLists(of: Self.referral).map(\.kind) == [.add])
    #expect(try operations.replacingLists(of: ["team": .null]).map(\.kind) == [.replace])
    #expect(try operations.replacingLists(of: ["team": []]).map(\.path) == ["/team/-"])
  }

  @Test("R99: nothing but add and replace is ever sent")
  func kinds() throws {
    let operations = [PatchOperation(.without, path: Self.list, value: Self.element("SOL-1"))]
    #expect(try operations.replacingLists(of: Self.referral).allSatisfy { $0.kind != .without })
  }

  @Test("a removal shows once the element is gone, an addition once it is there")
  func isShown() throws {
    let removal = [PatchOperation(.without, path: Self.list, value: Self.element("SOL-2"))]
    #expect(try !removal.areShown(by: Self.referral))
    #expect(try removal.areShown(by: ["details": ["requirements": ["solutions": [["id": "SOL-1"]]]]]))
    let addition = [PatchOperation(.add, path: Self.list + "/-", value: Self.element("SOL-2"))]
    #expect(try addition.areShown(by: Self.referral))
    #expect(try !addition.areShown(by: ["details": [:]]))
  }
}

@Suite("The audit trail")
struct AuditTrailTests {
  @Test("R25 R106: why an opportunity is not shared is one line")
  func notShared() throws {
    let run = try #require(RunID("20261126T080000Z-abcd"))
    #expect(
      AuditTrail.entry(notShared: "no country\nno value", run: run, at: "2026-11-26T08:00:00Z")
        == "2026-11-26T08:00:00Z run 20261126T080000Z-abcd: not shared: no country no value")
  }
}
