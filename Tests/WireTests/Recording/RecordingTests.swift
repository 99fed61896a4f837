import Crypto
import Foundation
import JSON
import Model
import Testing

@testable import Wire

@Suite("Recording conversations")
struct RecordingTests {
  typealias Answer = ScriptedTransport.Answer

  /// A folder that is not there yet, in one that goes away.
  struct Place {
    let parent = NSTemporaryDirectory() + "recording-\(UUID().uuidString)"
    var folder: String { parent + "/r" }

    init() throws { try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true) }

    func remove() { try? FileManager.default.removeItem(atPath: parent) }

    var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted() }

    func document(_ name: String) throws -> JSONValue {
      try JSONValue(parsing: Array(try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name))))
    }

    /// All exchanges in their order.
    func exchanges() throws -> [JSONValue] { try names.filter { $0 != "recording.json" }.map(document) }

    func mode(_ name: String) throws -> Int? {
      try FileManager.default.attributesOfItem(atPath: folder + name)[.posixPermissions] as? Int
    }
  }

  static let service = RecordedService.partnerCenter(
    apiURL: "https://api.partner.microsoft.com", loginURL: "https://login.microsoftonline.com/")

  static func recorded(_ answers: [Answer], _ requests: [Request], service: RecordedService = service) throws
    -> [JSONValue]
  {
    let place = try Place()
    defer { place.remove() }
    let recording = try Recording(folder: place.folder, settings: [:])
    let transport = RecordingTransport(ScriptedTransport(answers), to: recording, service: service)
    for request in requests { _ = transport.send([request]) }
    #expect(recording.failure == nil)
    return try place.exchanges()
  }

  @Test("A folder is made for the owner alone, its head says what it is, and each exchange has a file")
  func files() throws {
    let place = try Place()
    defer { place.remove() }
    let recording = try Recording(folder: place.folder, settings: ["salesforce.api_version": "62.0", "a": "b"])
    #expect(try place.mode("") == 0o700)
    #expect(try place.mode("/recording.json") == 0o600)
    #expect(
      try place.document("recording.json").text
        == #"{"format":"reconcile-recording","version":1,"settings":{"a":"b","salesforce.api_version":"62.0"}}"#)
    let scripted = ScriptedTransport([.json(200, #"{"value":[]}"#), .fault(.cutOff)])
    let transport = RecordingTransport(scripted, to: recording, service: Self.service)
    let list = "https://api.partner.microsoft.com/v1.0/engagements/referrals"
    _ = transport.send([
      Request(.get, list + "?$orderby=createdDateTime%20asc", headers: [("Accept", "application/json")]),
      Request(.post, list, headers: [("Content-Type", "application/json")], body: Array("{}".utf8)),
    ])
    #expect(place.names == ["000001-partner-center-get.json", "000002-partner-center-post.json", "recording.json"])
    #expect(try place.mode("/000001-partner-center-get.json") == 0o600)
    #expect(
      try place.document("000001-partner-center-get.json").text
        == #"{"number":1,"service":"partner-center","request":{"method":"GET","#
        + #""target":"/v1.0/engagements/referrals?$orderby=createdDateTime%20asc","headers":[["Accept","application/json"]],"#
        + #""body":null},"response":{"status":200,"headers":[["Content-Type","application/json; charset=utf-8"]],"#
        + #""body":"{\"value\":[]}"}}"#)
    #expect(
      try place.document("000002-partner-center-post.json").text
        == #"{"number":2,"service":"partner-center","request":{"method":"POST","target":"/v1.0/engagements/referrals","#
        + #""headers":[["Content-Type","application/json"]],"body":"{}"},"#
        + #""failure":{"reason":"cutOff","may_have_taken_effect":true}}"#)
    #expect(recording.failure == nil)
  }

  @Test("A folder that holds something, is a file, or cannot be made is refused")
  func unusable() throws {
    let place = try Place()
    defer { place.remove() }
    try Data("x".utf8).write(to: URL(fileURLWithPath: place.parent + "/file"))
    for folder in [place.parent, place.parent + "/file", place.parent + "/a/b/c", ""] {
      let error = #expect(throws: Failure.self, "\(folder)") { try Recording(folder: folder, settings: [:]) }
      #expect(error?.code == .recordingUnusable)
    }
    try FileManager.default.createDirectory(
      atPath: place.folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o755])
    _ = try Recording(folder: place.folder, settings: [:])
    #expect(try place.mode("") == 0o700)
  }

  @Test("A recording that cannot go on says so once, and the conversation goes on without it")
  func fullDisk() throws {
    let place = try Place()
    defer { place.remove() }
    let recording = try Recording(folder: place.folder, settings: [:])
    let transport = RecordingTransport(ScriptedTransport([.status(200)]), to: recording, service: Self.service)
    try FileManager.default.removeItem(atPath: place.folder)
    #expect(try transport.send([Request(.get, "https://api.partner.microsoft.com/")])[0].get().status == 200)
    #expect(recording.failure?.code == .recordingUnusable)
    #expect(recording.failure?.message.contains(place.folder) == true)
  }

  @Test("Several clients on several threads share the numbers")
  func threads() throws {
    let place = try Place()
    defer { place.remove() }
    let recording = try Recording(folder: place.folder, settings: [:])
    DispatchQueue.concurrentPerform(iterations: 8) { thread in
      let transport = RecordingTransport(ScriptedTransport([.json(200, "{}")]), to: recording, service: Self.service)
      for index in 0..<25 {
        _ = transport.send([Request(.get, "https://api.partner.microsoft.com/v1.0/\(thread)/\(index)")])
      }
    }
    let numbers = try place.exchanges().compactMap { $0["number"]?.numberText.flatMap { Int($0) } }
    #expect(numbers == Array(1...200))
    #expect(recording.failure == nil)
  }

  @Test("Salesforce's answer to a sign-in tells the org's address; tokens and statements are not in it")
  func salesforce() throws {
    let answer = #"""
      {"access_token":"00Dxx0000001gPL!AR8AQ_canary","scope":"api","instance_url":"https://acme.my.salesforce.com",
      "id":"https://login.salesforce.com/id/00Dxx0000001gPLEAY/005xx000001SwiUAAS","token_type":"Bearer"}
      """#
    let form = Array("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=eyJcanary.canary".utf8)
    let exchanges = try Self.recorded(
      [
        .json(200, answer),
        .json(
          200, #"{"nextRecordsUrl":"https://acme.my.salesforce.com/services/data/v62.0/query/01gD0000002HU6KIAW-2000"}"#
        ),
      ],
      [
        Request(
          .post, "https://login.salesforce.com/services/oauth2/token",
          headers: [("Content-Type", "application/x-www-form-urlencoded")], body: form),
        Request(
          .get, "https://acme.my.salesforce.com/services/data/v62.0/query?q=SELECT%20Id%20FROM%20Account",
          headers: [("Authorization", "Bearer 00Dxx0000001gPL!AR8AQ_canary")]),
      ], service: .salesforce(loginURL: "https://login.salesforce.com"))
    #expect(exchanges.map { $0["service"] } == ["salesforce-login", "salesforce"])
    #expect(
      exchanges.map { $0.at("request.target")?.stringValue } == [
        "/services/oauth2/token", "/services/data/v62.0/query?q=SELECT%20Id%20FROM%20Account",
      ])
    let body = try JSONValue(parsing: try #require(exchanges[0].at("response.body")?.stringValue))
    #expect(body["access_token"] == "***")
    #expect(body["instance_url"] == "{salesforce}")
    #expect(body["id"] == "{salesforce-login}/id/00Dxx0000001gPLEAY/005xx000001SwiUAAS")
    #expect(body["token_type"] == "Bearer")
    #expect(exchanges[0].at("request.body")?.stringValue?.hasSuffix("&assertion=%2A%2A%2A") == true)
    #expect(exchanges[1].at("request.headers")?.arrayValue == [["Authorization", "***"]])
    #expect(
      exchanges[1].at("response.body")?.stringValue?.contains(
        "{salesforce}/services/data/v62.0/query/01gD0000002HU6KIAW-2000") == true)
    for exchange in exchanges { #expect(!exchange.text.contains("canary") && !exchange.text.contains("acme")) }
  }

  @Test("A repetition is an exchange of its own")
  func repetitions() throws {
    let place = try Place()
    defer { place.remove() }
    let recording = try Recording(folder: place.folder, settings: [:])
    let scripted = ScriptedTransport([.status(503), .fault(.timedOut), .json(200, "{}")])
    let transport = RetryingTransport(
      RecordingTransport(scripted, to: recording, service: Self.service), pacing: TestClock().pacing)
    _ = transport.send([Request(.get, "https://api.partner.microsoft.com/")])
    let exchanges = try place.exchanges()
    #expect(exchanges.map { $0.at("response.status")?.numberText } == ["503", nil, "200"])
    #expect(exchanges[1].at("failure.reason") == "timedOut")
  }
}
