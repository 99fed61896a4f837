import Foundation
import Testing

@testable import Sandbox

@Suite struct GraphTests {
  private static let base = "/services/data/v62.0/sobjects"

  private static func part(_ reference: String, _ path: String, _ body: JSONValue) -> JSONValue {
    [
      "method": "POST", "url": .string(base + path), "referenceId": .string(reference), "body": body,
    ]
  }

  private static func graph(_ id: String, _ parts: [JSONValue]) -> JSONValue {
    ["graphId": .string(id), "compositeRequest": .array(parts)]
  }

  @Test("Each graph succeeds or fails as a whole, with references inside")
  func graphs() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.session()
      let good = GraphTests.graph(
        "good",
        [
          GraphTests.part("a", "/Account", ["Name": "Graph good"]),
          GraphTests.part("c", "/Contact", ["LastName": "L", "AccountId": "@{a.id}"]),
        ])
      let bad = GraphTests.graph(
        "bad",
        [
          GraphTests.part("a", "/Account", ["Name": "Graph bad"]), GraphTests.part("c", "/Contact", [:]),
        ])
      let answer = try await sandbox.call("POST", "/composite/graph", ["graphs": [good, bad]], token)
      let graphs = try #require(answer.json["graphs"].array)
      #expect(graphs.map { $0["isSuccessful"] } == [true, false])
      #expect(graphs.map { $0["graphId"] } == ["good", "bad"])
      let statuses = graphs.map { $0["graphResponse"]["compositeResponse"].array?.map { $0["httpStatusCode"].int } }
      #expect(statuses == [[201, 201], [400, 400]])
      #expect(graphs[1]["graphResponse"]["compositeResponse"][0]["body"][0]["errorCode"] == "PROCESSING_HALTED")
      let found = try await sandbox.query("SELECT Name FROM Account WHERE Name LIKE 'Graph%'", token)
      #expect(found.json["records"].array?.map { $0["Name"] } == ["Graph good"])
    }
  }

  @Test("After fourteen failed graphs the rest are halted")
  func manyFailures() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.session()
      let bad = (0..<14).map { GraphTests.graph("b\($0)", [GraphTests.part("a", "/Account", [:])]) }
      let last = GraphTests.graph("last", [GraphTests.part("a", "/Account", ["Name": "Late"])])
      let answer = try await sandbox.call("POST", "/composite/graph", ["graphs": .array(bad + [last])], token)
      #expect(answer.json["graphs"][14]["isSuccessful"] == false)
      #expect(
        answer.json["graphs"][14]["graphResponse"]["compositeResponse"][0]["body"][0]["errorCode"]
          == "PROCESSING_HALTED")
      #expect(try await sandbox.query("SELECT COUNT() FROM Account WHERE Name = 'Late'", token).json["totalSize"] == 0)
    }
  }

  @Test("Graphs beyond the bounds are refused")
  func bounds() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.session()
      let part = GraphTests.part("a", "/Account", ["Name": "x"])
      let query: JSONValue = ["method": "GET", "url": "/services/data/v62.0/query?q=x", "referenceId": "q"]
      let chain = (0..<16).map { number in
        GraphTests.part(
          "n\(number)", "/Account", ["Name": .string(number == 0 ? "x" : "@{n\(number - 1).id}")])
      }
      let table: [[JSONValue]] = [
        [], (0..<76).map { GraphTests.graph("g\($0)", [part]) }, [GraphTests.graph("g", [])],
        [GraphTests.graph("g", [part]), GraphTests.graph("g", [part])], [GraphTests.graph("g", [query])],
        [GraphTests.graph("g", chain)],
      ]
      for graphs in table {
        let answer = try await sandbox.call("POST", "/composite/graph", ["graphs": .array(graphs)], token)
        #expect(answer.status == 400, "\(answer.text.prefix(200))")
      }
    }
  }

  @Test("A batch runs on or halts after a failure", arguments: [false, true])
  func batch(halts: Bool) async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.session()
      let id = try await sandbox.query("SELECT Id FROM Account LIMIT 1", token).json["records"][0]["Id"]
      let url = "v62.0/sobjects/account/" + sandbox.text(id)
      let body: JSONValue = [
        "haltOnError": .bool(halts),
        "batchRequests": [
          ["method": "PATCH", "url": .string(url), "richInput": ["Phone": "1"]],
          ["method": "PATCH", "url": .string(url), "richInput": ["Nope": "1"]],
          ["method": "GET", "url": .string(url + "?fields=Phone")],
        ],
      ]
      let answer = try await sandbox.call("POST", "/composite/batch", body, token)
      #expect(answer.json["hasErrors"] == true)
      let results = try #require(answer.json["results"].array)
      #expect(results.map { $0["statusCode"].int } == [204, 400, halts ? 412 : 200])
      #expect(results[0]["result"] == .null)
      #expect(results[1]["result"][0]["errorCode"] == "INVALID_FIELD")
      #expect(halts || results[2]["result"]["Phone"] == "1")
      #expect(!halts || results[2]["result"][0]["errorCode"] == "BATCH_PROCESSING_HALTED")
    }
  }

  @Test("A tree makes parents and children at once, or nothing")
  func tree() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.session()
      func record(_ name: String, mail: String) -> JSONValue {
        [
          "attributes": ["type": "Account", "referenceId": .string("a" + name)], "Name": .string(name),
          "Contacts": [
            "records": [
              [
                "attributes": ["type": "Contact", "referenceId": .string("c" + name)], "LastName": "L",
                "Email": .string(mail),
              ]
            ]
          ],
        ]
      }
      let good = try await sandbox.call(
        "POST", "/composite/tree/Account/",
        ["records": [record("T1", mail: "a@b.c"), record("T2", mail: "a@b.c")]], token)
      #expect(good.status == 201)
      #expect(good.json["hasErrors"] == false)
      #expect(good.json["results"].array?.map { $0["referenceId"].string } == ["aT1", "cT1", "aT2", "cT2"])
      let contact = try await sandbox.query(
        "SELECT Account.Name FROM Contact WHERE Id = '\(sandbox.text(good.json["results"][3]["id"]))'", token)
      #expect(contact.json["records"][0]["Account"]["Name"] == "T2")
      let bad = try await sandbox.call(
        "POST", "/composite/tree/Account", ["records": [record("T3", mail: "a@b.c"), record("T4", mail: "ab")]], token)
      #expect(bad.status == 400)
      #expect(bad.json["hasErrors"] == true)
      #expect(bad.json["results"].array?.count == 1)
      #expect(bad.json["results"][0]["referenceId"] == "cT4")
      #expect(bad.json["results"][0]["errors"][0]["statusCode"] == "INVALID_EMAIL_ADDRESS")
      #expect(try await sandbox.query("SELECT COUNT() FROM Account WHERE Name = 'T3'", token).json["totalSize"] == 0)
    }
  }
}
