import Foundation
import Testing

@testable import Sandbox

@Suite struct BulkIngestTests {
  @Test("An insert writes the good rows and tells of each row in one of three files")
  func insert() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.session()
      let csv = "Name,Website,NumberOfEmployees\n\"One, \"\"two\"\"\",w.example,5\n,w.example,6\nThree,,x\nFour,,7\n"
      let (job, last) = try await sandbox.ingest(csv, token)
      #expect(last["state"] == "JobComplete")
      #expect(last["numberRecordsProcessed"].int == 4)
      #expect(last["numberRecordsFailed"].int == 2)
      #expect(last["jobType"] == "V2Ingest")
      let done = try await sandbox.results("successfulResults/", job, token)
      #expect(done.map { $0["Name"] } == ["One, \"two\"", "Four"])
      #expect(done.allSatisfy { $0["sf__Created"] == "true" && $0["sf__Id"]?.hasPrefix("001") == true })
      let failed = try await sandbox.results("FAILEDRESULTS", job, token)
      #expect(failed.map { $0["sf__Id"] } == ["", ""])
      #expect(
        failed[0]["sf__Error"] == "REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --")
      #expect(failed[1]["sf__Error"]?.hasPrefix("JSON_PARSER_ERROR:") == true)
      #expect(try await sandbox.results("unprocessedRecords", job, token).isEmpty)
      let raw = try await sandbox.call("GET", "/jobs/ingest/\(job)/successfulResults", nil, token)
      #expect(raw.text.hasPrefix("\"sf__Id\",\"sf__Created\",Name,Website,NumberOfEmployees\n"))
      let counted = try await sandbox.query(
        "SELECT COUNT() FROM Account WHERE Name IN ('One, \"two\"', 'Four')", token)
      #expect(counted.json["totalSize"] == 2)
      #expect(try await sandbox.call("DELETE", "/jobs/ingest/\(job)", nil, token).status == 204)
    }
  }

  @Test("An update leaves fields with empty values alone and empties those with #N/A")
  func update() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.session()
      let ids = try await sandbox.query("SELECT Id FROM Opportunity ORDER BY Id", token).json["records"]
      let (first, second) = (sandbox.text(ids[0]["Id"]), sandbox.text(ids[1]["Id"]))
      for id in [first, second] {
        _ = try await sandbox.call("PATCH", "/sobjects/Opportunity/\(id)", ["NextStep": "Call"], token)
      }
      let csv = "Id,NextStep,Amount\n\(first.prefix(15)),#N/A,1.25E5\n\(second),,\n\(first.dropLast(3))XXX,a,1\n"
      let (job, _) = try await sandbox.ingest(csv, token, object: "Opportunity", operation: "update")
      let rows = try await sandbox.query(
        "SELECT NextStep, Amount FROM Opportunity WHERE Id IN ('\(first)', '\(second)') ORDER BY Id", token)
      #expect(rows.json["records"][0]["NextStep"].isNull)
      #expect(rows.json["records"][0]["Amount"] == .number("125000.0"))
      #expect(rows.json["records"][1]["NextStep"] == "Call")
      let done = try await sandbox.results("successfulResults", job, token)
      #expect(done.map { $0["sf__Created"] } == ["false", "false"])
      #expect(
        try await sandbox.results("failedResults", job, token)[0]["sf__Error"]?.hasPrefix("MALFORMED_ID:") == true)
    }
  }

  @Test("Upserts find rows by external id, and columns name parents by theirs")
  func upsertAndParents() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.session()
      let csv = "Referral_Identifier__c,Name,StageName,CloseDate\nr-1,Deal,Prospecting,2027-01-01\n"
      for created in ["true", "false"] {
        let (job, _) = try await sandbox.ingest(
          csv, token, object: "Opportunity", operation: "upsert", ("externalIdFieldName", "Referral_Identifier__c"))
        #expect(try await sandbox.results("successfulResults", job, token).map { $0["sf__Created"] } == [created])
      }
      let line =
        "Opportunity__r.Referral_Identifier__c,Solution__c,Quantity__c\nr-1,\(Solution.id(0)),2\nr-2,\(Solution.id(0)),1\n"
      let (job, last) = try await sandbox.ingest(line, token, object: "Microsoft_Solutions__c")
      #expect(last["numberRecordsFailed"].int == 1)
      #expect(try await sandbox.results("failedResults", job, token)[0]["sf__Error"]?.contains("r-2") == true)
      let count = try await sandbox.query(
        "SELECT Solution_Count__c FROM Opportunity WHERE Referral_Identifier__c = 'r-1'", token)
      #expect(count.json["records"][0]["Solution_Count__c"] == .number("1.0"))
    }
  }

  @Test("Deletions go to the recycle bin, hard ones do not", arguments: [("delete", 1), ("hardDelete", 0)])
  func deletions(operation: String, kept: Int) async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.session()
      let made = try await sandbox.call("POST", "/sobjects/Account", ["Name": "Gone"], token)
      let (_, last) = try await sandbox.ingest(
        "Id\n\(sandbox.text(made.json["id"]))\n", token, operation: operation)
      #expect(last["numberRecordsFailed"].int == 0)
      let all = try await sandbox.call(
        "GET", "/queryAll/?q=SELECT+COUNT()+FROM+Account+WHERE+Name='Gone'", nil, token)
      #expect(all.json["totalSize"].int == kept)
    }
  }

  @Test(
    "Uploads that break the rules of CSV fail the whole job",
    arguments: [
      ("Name\r\nOne\r\n", "LF", "ClientInputError : LineEnding is invalid on user data."),
      ("Name\nOne\n", "CRLF", "ClientInputError : LineEnding is invalid on user data."),
      ("Name\n\"One\" \n", "LF", "ClientInputError : Failed to parse CSV"),
      ("Name\nO\"ne\n", "LF", "ClientInputError : Failed to parse CSV"),
      ("Name\n\"One\n", "LF", "ClientInputError : Failed to parse CSV"),
      ("Name,Phone\nOne\n", "LF", "ClientInputError : Row 1 has 1 values"),
      ("Name,Colour__c\nOne,red\n", "LF", "InvalidBatch : Field name not found : Colour__c"),
      ("Name,Name\nOne,Two\n", "LF", "InvalidBatch : Duplicate column name"),
    ])
  func badUploads(csv: String, ending: String, message: String) async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.session()
      let (job, last) = try await sandbox.ingest(csv, token, ("lineEnding", .string(ending)))
      #expect(last["state"] == "Failed")
      #expect(last["errorMessage"].string?.hasPrefix(message) == true, "\(last.text)")
      #expect(try await sandbox.results("successfulResults", job, token).isEmpty)
      #expect(try await sandbox.query("SELECT COUNT() FROM Account", token).json["totalSize"] == 3)
    }
  }

  @Test("A job takes data once, in its open state, and is refused what it cannot be")
  func lifecycle() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.session()
      let bodies: [(JSONValue, String)] = [
        (["object": "Account", "operation": "merge"], "INVALIDJOB"),
        (["object": "Nope", "operation": "insert"], "INVALIDENTITY"),
        (["object": "Account", "operation": "upsert"], "INVALIDJOB"),
        (["object": "Account", "operation": "upsert", "externalIdFieldName": "Phone"], "INVALIDJOB"),
        (["object": "Account", "operation": "insert", "columnDelimiter": "DOT"], "INVALIDJOB"),
      ]
      for (body, code) in bodies {
        #expect(try await sandbox.call("POST", "/jobs/ingest", body, token).code == code, "\(body.text)")
      }
      let made = try await sandbox.call("POST", "/jobs/ingest/", ["object": "Account", "operation": "insert"], token)
      #expect(made.json["state"] == "Open")
      let job = "/jobs/ingest/" + sandbox.text(made.json["id"])
      #expect(made.json["contentUrl"].string == "services/data/v62.0\(job)/batches")
      let csv = ["Content-Type": "text/csv; charset=UTF-8"]
      #expect(try await sandbox.call("PUT", job + "/batches/", .string("Name\nA\n"), token, headers: csv).status == 201)
      let twice = try await sandbox.call("PUT", job + "/batches", .string("Name\nB\n"), token, headers: csv)
      #expect(twice.code == "INVALIDJOBSTATE")
      #expect(try await sandbox.call("GET", job + "/failedResults", nil, token).code == "INVALIDJOBSTATE")
      #expect(try await sandbox.call("PATCH", job, ["state": "Aborted"], token).json["state"] == "Aborted")
      #expect(try await sandbox.call("PATCH", job, ["state": "UploadComplete"], token).code == "INVALIDJOBSTATE")
      #expect(try await sandbox.query("SELECT COUNT() FROM Account", token).json["totalSize"] == 3)
    }
  }

  @Test("A small job comes as one form")
  func form() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.session()
      let body = """
        --B\r\nContent-Type: application/json\r\nContent-Disposition: form-data; name="job"\r\n\r\n\
        {"object":"Account","operation":"insert"}\r\n--B\r\nContent-Type: text/csv\r\n\
        Content-Disposition: form-data; name="content"; filename="content"\r\n\r\nName\nFrom a form\n\r\n--B--\r\n
        """
      let made = try await sandbox.call(
        "POST", "/jobs/ingest", .string(body), token, headers: ["Content-Type": "multipart/form-data; boundary=B"])
      #expect(made.json["state"] == "UploadComplete", "\(made.text)")
      let last = try await sandbox.poll("/jobs/ingest/" + sandbox.text(made.json["id"]), token).last
      #expect(last["numberRecordsProcessed"].int == 1, "\(last.text)")
      let found = try await sandbox.query("SELECT COUNT() FROM Account WHERE Name = 'From a form'", token)
      #expect(found.json["totalSize"] == 1)
    }
  }

  @Test("A failed or aborted job has written a part, and says which", arguments: ["failed", "aborted"])
  func partWritten(end: String) async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.session()
      try await sandbox.set(("bulk_end", .string(end)), ("bulk_end_after_rows", 3))
      let csv = "Name\n" + (0..<5).map { "Part \($0)\n" }.joined()
      let (job, last) = try await sandbox.ingest(csv, token)
      #expect(last["state"].string?.lowercased() == end)
      #expect(try await sandbox.results("successfulResults", job, token).count == 3)
      #expect(try await sandbox.results("unprocessedrecords/", job, token).map { $0["Name"] } == ["Part 3", "Part 4"])
      let found = try await sandbox.query("SELECT COUNT() FROM Account WHERE Name LIKE 'Part%'", token)
      #expect(found.json["totalSize"] == 3)
    }
  }

  @Test("Rows are written over several polls, in chunks that can fail whole, and told in any order")
  func chunksAndOrder() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.session()
      try await sandbox.set(("bulk_rows_per_poll", 300), ("fail_chunks", 1), ("shuffle_results", true))
      let csv = "Name\n" + (0..<500).map { "Row \($0)\n" }.joined()
      let (job, last) = try await sandbox.ingest(csv, token)
      #expect(last["numberRecordsProcessed"].int == 500)
      #expect(last["numberRecordsFailed"].int == 200)
      let failed = try await sandbox.results("failedResults", job, token)
      #expect(failed.allSatisfy { $0["sf__Error"]?.hasPrefix("UNABLE_TO_LOCK_ROW:") == true })
      #expect(Set(failed.map { $0["Name"] }) == Set((0..<200).map { "Row \($0)" }))
      let names = try await sandbox.results("successfulResults", job, token).map { $0["Name"] }
      #expect(Set(names) == Set((200..<500).map { "Row \($0)" }))
      #expect(names != (200..<500).map { "Row \($0)" })
    }
  }
}
