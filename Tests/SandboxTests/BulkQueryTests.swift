import Foundation
import Testing

@testable import Sandbox

@Suite struct BulkQueryTests {
  private static let soql =
    "SELECT Id, Name, Amount, IsClosed, CloseDate, LastModifiedDate, Description, Account.Name, Account.Owner.IsActive "
    + "FROM Opportunity"

  @Test("A job goes through its states poll by poll, and tells how many rows it has")
  func states() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 7) { sandbox in
      let token = try await sandbox.session()
      try await sandbox.set(("bulk_polls", 3))
      let made = try await sandbox.call(
        "POST", "/jobs/query", ["operation": "query", "query": "SELECT Id FROM Account"], token,
        headers: ["Accept": "text/csv"])
      let keys = [
        "id", "operation", "object", "createdById", "createdDate", "systemModstamp", "state", "concurrencyMode",
        "contentType", "apiVersion", "lineEnding", "columnDelimiter",
      ]
      #expect(made.json.object?.keys == keys)
      #expect(made.json["apiVersion"] == .number("62.0"))
      #expect(made.json["state"] == "UploadComplete")
      #expect(made.json["object"] == "Account")
      let path = "/jobs/query/" + sandbox.text(made.json["id"])
      #expect(sandbox.text(made.json["id"]).hasPrefix("750"))
      #expect(try await sandbox.call("GET", path + "/results", nil, token).status == 400)
      let (states, last) = try await sandbox.poll(path, token)
      #expect(states == ["InProgress", "InProgress", "JobComplete"])
      #expect(last["numberRecordsProcessed"].int == 7)
      #expect(last["jobType"] == "V2Query")
      #expect(last["isPkChunkingSupported"] == true)
      let list = try await sandbox.call("GET", "/jobs/query/", nil, token)
      #expect(list.json["records"].array?.count == 1)
      #expect(list.json["done"] == true)
    }
  }

  @Test("Every row and every value of a REST read is in the sets of a job")
  func setsAgreeWithREST() async throws {
    try await LiveSandbox.run(referrals: 130, opportunities: 130) { sandbox in
      let token = try await sandbox.session()
      let account: JSONValue = ["Name": "Say \"hi\"\nnext, line", "AnnualRevenue": 912_260_031]
      _ = try await sandbox.call("POST", "/sobjects/Account", account, token)
      let job = try await sandbox.queryJob(BulkQueryTests.soql, token)
      _ = try await sandbox.poll("/jobs/query/\(job)", token)
      let sets = try await sandbox.sets(job, token, maxRecords: 50)
      #expect(sets.map { $0.headers["sforce-numberofrecords"] } == ["50", "50", "30"])
      let header = sets[0].text.split(separator: "\n").first
      #expect(sets.allSatisfy { $0.text.split(separator: "\n").first == header && $0.text.hasSuffix("\n") })
      #expect(sets.allSatisfy { $0.headers["content-type"] == "text/csv" })
      let rows = try sets.flatMap { try LiveSandbox.rows($0.text) }
      let records = try #require(try await sandbox.query(BulkQueryTests.soql, token).json["records"].array)
      #expect(rows.count == records.count)
      for (row, record) in zip(rows, records) {
        #expect(row["Id"] == record["Id"].string)
        #expect(row["Name"] == record["Name"].string)
        #expect(row["IsClosed"] == record["IsClosed"].scalar)
        #expect(Double(row["Amount"] ?? "") == record["Amount"].double)
        #expect(row["LastModifiedDate"] == record["LastModifiedDate"].string?.replacing("+0000", with: "Z"))
        #expect(row["Description"] == record["Description"].string ?? "")
        #expect(row["Account.Name"] == record["Account"]["Name"].string ?? "")
        #expect(row["Account.Owner.IsActive"] == record["Account"]["Owner"]["IsActive"].scalar ?? "")
      }
      let own = try await sandbox.queryJob("SELECT Name, AnnualRevenue FROM Account WHERE AnnualRevenue != null", token)
      _ = try await sandbox.poll("/jobs/query/\(own)", token)
      let text = try await sandbox.sets(own, token)[0].text
      #expect(text == "\"Name\",\"AnnualRevenue\"\n\"Say \"\"hi\"\"\nnext, line\",\"9.12260031E8\"\n")
    }
  }

  @Test("A job keeps the rows of its beginning and the values of its run while the org goes on")
  func resultsAreStable() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 6) { sandbox in
      let token = try await sandbox.session()
      let job = try await sandbox.queryJob("SELECT Id, Name FROM Account ORDER BY Id", token)
      let first = try await sandbox.query("SELECT Id FROM Account ORDER BY Id", token).json["records"]
      _ = try await sandbox.call("POST", "/sobjects/Account", ["Name": "Too late"], token)
      _ = try await sandbox.call(
        "PATCH", "/sobjects/Account/\(sandbox.text(first[0]["Id"]))", ["Name": "In time"], token)
      _ = try await sandbox.call("DELETE", "/sobjects/Account/\(sandbox.text(first[1]["Id"]))", nil, token)
      let last = try await sandbox.poll("/jobs/query/\(job)", token).last
      #expect(last["numberRecordsProcessed"].int == 5)
      let before = try await sandbox.sets(job, token, maxRecords: 2).map(\.text)
      _ = try await sandbox.call(
        "PATCH", "/sobjects/Account/\(sandbox.text(first[0]["Id"]))", ["Name": "Later"], token)
      #expect(try await sandbox.sets(job, token, maxRecords: 2).map(\.text) == before)
      #expect(before[0].contains("In time"))
      #expect(!before.joined().contains("Too late"))
      let all = try await sandbox.queryJob("SELECT Id, IsDeleted FROM Account", token, ("operation", "queryAll"))
      _ = try await sandbox.poll("/jobs/query/\(all)", token)
      let rows = try LiveSandbox.rows(try await sandbox.sets(all, token)[0].text)
      #expect(rows.filter { $0["IsDeleted"] == "true" }.map { $0["Id"] } == [first[1]["Id"].string])
    }
  }

  @Test(
    "Delimiters and line endings are those of the job",
    arguments: [("TAB", "\t", "LF", "\n"), ("PIPE", "|", "CRLF", "\r\n"), ("CARET", "^", "CRLF", "\r\n")])
  func formats(delimiter: String, separator: String, ending: String, end: String) async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.session()
      let job = try await sandbox.queryJob(
        "SELECT Id, Name FROM User ORDER BY Id LIMIT 1", token, ("columnDelimiter", .string(delimiter)),
        ("lineEnding", .string(ending)))
      _ = try await sandbox.poll("/jobs/query/\(job)", token)
      let text = try await sandbox.sets(job, token)[0].text
      let id = SalesforceID.integrationUser
      #expect(text == "\"Id\"\(separator)\"Name\"\(end)\"\(id)\"\(separator)\"Integration User\"\(end)")
    }
  }

  @Test("resultPages names sets that may be read at once, five at a time")
  func resultPages() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 64) { sandbox in
      let token = try await sandbox.session()
      try await sandbox.set(("bulk_max_records", 10))
      let job = try await sandbox.queryJob("SELECT Id FROM Opportunity ORDER BY Id", token)
      _ = try await sandbox.poll("/jobs/query/\(job)", token)
      let whole = try await sandbox.sets(job, token).flatMap { try LiveSandbox.rows($0.text) }
      #expect(whole.count == 64)
      var found: [[String: String]] = []
      var pages: [Int] = []
      var next: String? = "/services/data/v62.0/jobs/query/\(job)/resultPages"
      while let path = next {
        let page = try await sandbox.send("GET", sandbox.text(sandbox.salesforce["instance_url"]) + path, token: token)
        let urls = page.json["resultPages"].array ?? []
        pages.append(urls.count)
        for url in urls.reversed() {
          let set = try await sandbox.send(
            "GET", sandbox.text(sandbox.salesforce["instance_url"]) + sandbox.text(url["resultUrl"]), token: token)
          found += try LiveSandbox.rows(set.text)
        }
        next = page.json["nextRecordsUrl"].string
        #expect(page.json["done"].bool == (next == nil))
      }
      #expect(pages == [5, 2])
      #expect(Set(found.map { $0["Id"] }) == Set(whole.map { $0["Id"] }))
      #expect(found.count == whole.count)
    }
  }

  @Test("Aborting, deleting and reading are possible in the states for them only")
  func lifecycle() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.session()
      let job = "/jobs/query/" + (try await sandbox.queryJob("SELECT Id FROM Account", token))
      let early = try await sandbox.call("DELETE", job, nil, token)
      #expect(early.code == "API_ERROR")
      #expect(
        early.json[0]["message"].string
          == "Error encountered when deleting the job because the job is not terminated")
      _ = try await sandbox.poll(job, token)
      let late = try await sandbox.call("PATCH", job, ["state": "Aborted"], token)
      #expect(late.code == "INVALIDJOBSTATE")
      #expect(late.json[0]["message"] == "Aborting already Completed Job not allowed")
      let other = sandbox.data.replacing("v62.0", with: "v61.0") + job + "/results"
      #expect(try await sandbox.send("GET", other, token: token).status == 409)
      #expect(try await sandbox.call("GET", job + "/results?locator=bad", nil, token).status == 400)
      #expect(try await sandbox.call("GET", job + "/results?maxRecords=0", nil, token).status == 400)
      #expect(try await sandbox.call("DELETE", job + "/", nil, token).status == 204)
      #expect(try await sandbox.call("GET", job, nil, token).status == 404)
      let second = "/jobs/query/" + (try await sandbox.queryJob("SELECT Id FROM Account", token))
      #expect(try await sandbox.call("PATCH", second, ["state": "Aborted"], token).json["state"] == "Aborted")
      #expect(try await sandbox.poll(second, token).states == ["Aborted"])
    }
  }

  @Test(
    "Statements that Bulk queries do not take are refused when the job is made",
    arguments: [
      ("SELECT COUNT() FROM Account", "API_ERROR"), ("SELECT COUNT(Id) FROM Account", "API_ERROR"),
      ("SELECT StageName, SUM(Amount) FROM Opportunity GROUP BY StageName", "API_ERROR"),
      ("SELECT Id FROM Account OFFSET 5", "API_ERROR"),
      ("SELECT Id, (SELECT Id FROM Contacts) FROM Account", "API_ERROR"),
      ("SELECT TYPEOF Owner WHEN User THEN Name END FROM Account", "API_ERROR"),
      ("SELECT FIELDS(ALL) FROM Account LIMIT 10", "API_ERROR"),
      ("SELECT BillingAddress FROM Account", "INVALID_FIELD"), ("SELECT Nope FROM Account", "INVALID_FIELD"),
      ("SELECT Id FROM Nope", "INVALID_TYPE"), ("SELECT Id FROM ContentNote", "INVALIDENTITY"),
      ("SELECT", "MALFORMED_QUERY"), ("", "INVALIDJOB"),
    ])
  func refusals(soql: String, code: String) async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.session()
      let answer = try await sandbox.call(
        "POST", "/jobs/query", ["operation": "query", "query": .string(soql)], token)
      #expect(answer.status == 400)
      #expect(answer.code == code)
    }
  }

  @Test("Jobs fail or are aborted when the org's switches say so", arguments: ["failed", "aborted"])
  func forcedEnds(end: String) async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.session()
      try await sandbox.set(("bulk_end", .string(end)))
      let job = "/jobs/query/" + (try await sandbox.queryJob("SELECT Id FROM Account", token))
      let last = try await sandbox.poll(job, token).last
      #expect(last["state"].string == end.prefix(1).uppercased() + end.dropFirst())
      #expect(last["errorMessage"].string?.isEmpty == false)
      #expect(try await sandbox.call("GET", job + "/results", nil, token).status == 400)
    }
  }

  @Test("A job for which nobody asks ends by the clock")
  func clockEndsJobs() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.session()
      try await sandbox.set(("bulk_polls", 1000))
      let job = "/jobs/query/" + (try await sandbox.queryJob("SELECT Id FROM Account", token))
      #expect(try await sandbox.call("GET", job, nil, token).json["state"] == "InProgress")
      _ = try await sandbox.send("POST", sandbox.control + "/clock", ["advance_seconds": 61])
      #expect(try await sandbox.call("GET", job, nil, token).json["state"] == "JobComplete")
    }
  }
}
