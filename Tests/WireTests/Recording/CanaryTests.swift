import Crypto
import Foundation
import JSON
import Model
import Testing

@testable import Wire

/// Random names, addresses, numbers and tokens are sent through everything that a conversation has room for, and none of
/// them may be found in what was recorded.
@Suite("No canary gets into a recording")
struct CanaryTests {
  /// A sequence of numbers that a seed decides.
  struct Dice {
    var state: UInt64

    mutating func next(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }

    mutating func text(_ alphabet: String, _ length: Int) -> String {
      let letters = Array(alphabet)
      return String((0..<length).map { _ in letters[next(letters.count)] })
    }
  }

  static let lower = "abcdefghijklmnopqrstuvwxyz"
  static let token = lower + lower.uppercased() + "0123456789-_~."

  struct Canaries {
    let person: String
    let company: String
    let mail: String
    let phone: String
    let note: String
    let secret: String
    let greek: String

    init(_ dice: inout Dice) {
      let first = dice.text(lower, 8)
      let last = dice.text(lower, 9)
      person = first.capitalized + " " + last.capitalized
      company = dice.text(lower, 9).capitalized + " & " + dice.text(lower, 11).capitalized + " Ltd"
      mail = first + "." + last + "@" + dice.text(lower, 10) + ".com"
      phone = "+" + dice.text("123456789", 1) + dice.text("0123456789", 13)
      note = "Call \(person) of \(company) at \(phone) or \(mail) about the rollout and the price."
      secret = "0.A" + dice.text(token, 40)
      greek = dice.text("αβγδεζηθικλμνξοπρστυφχψω", 12)
    }

    var texts: [String] { [person, company, mail, phone, note, greek] }

    /// What must not be found: each word long enough not to occur by chance.
    var needles: [String] {
      let words = texts.flatMap { $0.split { !$0.isLetter && !$0.isNumber } }.map { $0.lowercased() }
      return words.filter { $0.count >= 8 } + [String(secret.lowercased().dropFirst(3))]
    }
  }

  /// A text as the services may spell it.
  static func spellings(_ text: String) -> [String] {
    [
      text, text.uppercased(), text.replacing("&", with: "&amp;"), " \(text) ", Address.escaped(text),
      Data(text.utf8).base64EncodedString(), "x \(text) y", "<b>\(text)</b>", "\(text)\r\n\(text)",
    ]
  }

  static let members = [
    "id", "name", "Name", "status", "type", "externalReferenceId", "organizationName", "notes", "email", "phoneNumber",
    "AccountId", "Id", "country", "currency", "eTag", "@odata.etag", "@odata.nextLink", "@odata.context", "url",
    "StageName", "errorCode", "code", "message", "error", "error_description", "state", "createdDateTime", "value",
    "query", "fields", "path", "referenceId", "scope", "access_token", "dealValue", "Amount", "sf__Error", "contentUrl",
    "unknown__c", "attributes", "object", "locator", "target",
  ]

  /// Members whose plain words are a vocabulary, so that a word in them is taken for one.
  static let vocabularies: Set<String> = [
    "status", "type", "StageName", "errorCode", "code", "error", "referenceId", "scope", "object", "fields", "query",
    "path", "eTag", "@odata.etag",
  ]

  static func document(_ canaries: Canaries, _ text: String) -> JSONValue {
    let open = members.filter { !vocabularies.contains($0) }.map { JSONMember($0, .string(text)) }
    let members =
      open + [
        // A name that looks like one is structure, even if it is base64.
        JSONMember("list", [.string(text), ["deep": ["Deeper": .string(text)]]]), JSONMember(named(text), 1),
        JSONMember("query", .string("SELECT Id FROM Contact WHERE Name = \(SOQL.literal(text))")),
        JSONMember(
          "customerProfile", ["ids": [["profileType": "Duns", "id": .string(text)]], "name": .string(text)]),
        JSONMember("path", .string("/" + text)), JSONMember("token", .string(canaries.secret)),
        JSONMember("error_text", .string("bad token \(canaries.secret) of \(text)")),
        JSONMember("status", .string(canaries.mail)), JSONMember("eTag", .string(canaries.note)),
      ]
    return .array([.object(members), ["op": "add", "path": "/team/-", "value": .object(Array(open.prefix(12)))]])
  }

  static func named(_ text: String) -> String { "a name " + text }

  static func requests(_ canaries: Canaries, _ document: JSONValue, _ text: String) -> [Request] {
    let api = "https://api.partner.microsoft.com/v1.0/engagements/referrals"
    let org = "https://acme.my.salesforce.com/services/data/v62.0"
    let token = (name: "Authorization", value: "Bearer " + canaries.secret)
    let csv =
      "Id,Name,Email,Phone,Amount\n1,\"\(text.replacing("\"", with: "\"\""))\",\(canaries.mail),\(canaries.phone),\(canaries.phone)\n"
    let form = Address.form([
      ("grant_type", "refresh_token"), ("refresh_token", canaries.secret), ("username", canaries.mail), ("x", text),
      ("client_secret", canaries.secret), ("client_id", canaries.company),
    ])
    return [
      Request(
        .post, api, headers: [token, ("Content-Type", "application/json"), ("Cookie", canaries.secret)],
        body: document.encoded()),
      Request(
        .get, api + "?$filter=" + Address.escaped("name eq '\(text.replacing("'", with: "''"))'"),
        headers: [token, ("X-User", text)]),
      Request(
        .get, api + "/" + Address.escaped(text) + "?$skiptoken=" + Address.escaped(text),
        headers: [token, ("If-Match", canaries.note)]),
      Request(
        .get, org + "/query?q=" + Address.escaped("SELECT Id FROM Account WHERE Name = \(SOQL.literal(text))"),
        headers: [token]),
      Request(
        .get,
        org + "/sobjects/Contact/Email/" + Address.escaped(text) + "?" + Address.escaped(named(text)) + "="
          + Address.escaped(text), headers: [token]),
      Request(
        .patch, org + "/jobs/ingest/750R0000000zlh9IAA/batches", headers: [token, ("Content-Type", "text/csv")],
        body: Array(csv.utf8)),
      Request(
        .post, "https://login.salesforce.com/services/oauth2/token",
        headers: [("Content-Type", "application/x-www-form-urlencoded")], body: form),
      Request(
        .get, "https://elsewhere.example/" + Address.escaped(text),
        headers: [("Location", "https://a.example/" + Address.escaped(text))]),
    ]
  }

  static func answers(_ canaries: Canaries, _ document: JSONValue, _ text: String) -> [ScriptedTransport.Answer] {
    let lines = [
      (name: "X-Custom", value: text), (name: "Set-Cookie", value: "sid=" + canaries.secret),
      (name: "request-id", value: canaries.secret),
    ]
    let csv =
      "\"Id\",\"Name\",\"sf__Error\"\r\n\"1\",\"\(text.replacing("\"", with: "\"\""))\",\"DUPLICATE_VALUE:\(canaries.note.replacing("\"", with: ""))\"\r\n"
    let login =
      #"{"access_token":"\#(canaries.secret)","instance_url":"https://acme.my.salesforce.com","signature":"\#(canaries.secret)"}"#
    return [
      .json(200, document.text, lines), .json(400, document.text, lines),
      .json(200, String(document.text.dropLast(5)), lines),
      .status(503, [("Content-Type", "text/html")] + lines, body: "<html>\(text) \(canaries.secret)</html>"),
      .status(200, [("Content-Type", "text/csv")] + lines, body: csv), .status(200, lines, body: text),
      .json(200, login), .fault(.refusedRedirect(canaries.company)),
    ]
  }

  @Test("in whatever spelling and wherever it stands", arguments: 1...4)
  func hidden(seed: UInt64) throws {
    var dice = Dice(state: seed)
    let canaries = Canaries(&dice)
    let place = try RecordingTests.Place()
    defer { place.remove() }
    let recording = try Recording(folder: place.folder, settings: [:])
    let texts = canaries.texts.flatMap(Self.spellings).enumerated().filter { $0.offset % 4 == Int(seed % 4) }.map(
      \.element)
    var files = 0
    for text in texts {
      let document = Self.document(canaries, text)
      let requests = Self.requests(canaries, document, text)
      let answers = Self.answers(canaries, document, text)
      let service =
        files.isMultiple(of: 2)
        ? RecordedService.salesforce(loginURL: "https://login.salesforce.com") : RecordingTests.service
      let shift = files % 3
      let scripted = ScriptedTransport { _, count in answers[(count + shift) % answers.count] }
      _ = RecordingTransport(scripted, to: recording, service: service).send(requests)
      files += 1
    }
    #expect(recording.failure == nil)
    #expect(place.names.count == 1 + texts.count * 8)
    for name in place.names {
      let bytes = try Data(contentsOf: URL(fileURLWithPath: place.folder + "/" + name))
      let text = String(decoding: bytes, as: UTF8.self)
      // What is written percent-encoded or in base64 must not lead back either.
      let found = Self.forms(canaries).filter {
        text.lowercased().contains($0) || (text.removingPercentEncoding ?? "").lowercased().contains($0)
      }
      #expect(found.isEmpty, "\(name): \(found)")
      #expect(
        !Self.decodedBase64(text).contains { decoded in canaries.needles.contains { decoded.contains($0) } }, "\(name)")
    }
  }

  static func forms(_ canaries: Canaries) -> [String] {
    canaries.needles.flatMap { needle in [needle, Address.escaped(needle).lowercased()] }
      + [canaries.secret, canaries.note].map { Data($0.utf8).base64EncodedString().lowercased().prefix(16) }.map(
        String.init)
  }

  /// The runs of a text that look like base64, decoded.
  static func decodedBase64(_ text: String) -> [String] {
    text.matches(of: /[A-Za-z0-9+\/]{12,}/).compactMap { match in
      let run = match.output.prefix(match.output.count / 4 * 4)
      return Data(base64Encoded: String(run)).map { String(decoding: $0, as: UTF8.self).lowercased() }
    }
  }

  /// A document without its texts: kinds, names, lengths of lists, numbers.
  static func skeleton(_ value: JSONValue) -> String {
    switch value {
    case .null: "null"
    case .bool(let value): "\(value)"
    case .number(let text): text
    case .string(let text): Shape.isStructure(text) ? text : text.contains("@") ? "mail" : "\(text.count)"
    case .array(let elements): "[" + elements.map(skeleton).joined(separator: ",") + "]"
    case .object(let members):
      "{" + members.map { ($0.name.contains(" ") ? "?" : $0.name) + ":" + skeleton($0.value) }.joined(separator: ",")
        + "}"
    }
  }

  static let referral = #"""
    {"id":"11111111-2222-4333-8444-555555555501","name":"Northwind rollout","organizationId":"7d23e5ca-0000-4000-8000-5e6b559f0d1d",
    "externalReferenceId":"0065g00000ABCDEAA5","createdDateTime":"2026-02-25T17:54:36.1961744Z","expirationDateTime":null,
    "status":"Active","substatus":"Accepted","eTag":"\"1a008cb8-0000-0800-0000-62191b330000\"","mpnId":"1234567","tags":[],
    "target":[{"type":"SolutionProfile","id":"SOL-12345-ABC"}],"customerProfile":{"name":"Northwind &amp; Sons Ltd","size":"",
    "address":{"addressLine1":"1 Harbour Street","city":"Seattle","postalCode":"98101","country":"US","region":"WA"},
    "team":[{"firstName":"Ana","lastName":"Silva","phoneNumber":"2065550100","email":"ana.silva@northwind.com","title":null}],
    "ids":[{"profileType":"Duns","id":"000000001"}]},"consent":{"consentToContact":true},
    "details":{"notes":null,"dealValue":100000,"currency":"EUR","closingDateTime":"2026-06-29T23:00:00Z",
    "requirements":{"industries":[{"id":"Education"}],"solutions":[{"id":"SOL-12345-ABC","name":"Acme Warehouse","type":"Name","price":null}]}},
    "links":{"self":{"uri":"https://api.partner.microsoft.com/v1.0/engagements/referrals/11111111-2222-4333-8444-555555555501","method":"GET"}},
    "registrations":[]}
    """#

  @Test("Structure stays, also when what was masked is masked again under another key")
  func structure() throws {
    let document = try JSONValue(parsing: Self.referral)
    let once = MaskingTests.masking(1).json(document)
    let twice = MaskingTests.masking(2).json(once)
    let links = { (text: String) in text.replacing("{partner-center}", with: "https://api.partner.microsoft.com") }
    for masked in [once, twice] {
      #expect(Self.skeleton(try JSONValue(parsing: links(masked.text))) == Self.skeleton(document))
      for path in [
        "id", "externalReferenceId", "createdDateTime", "status", "eTag", "target", "details.dealValue",
        "details.currency", "customerProfile.address.country", "details.requirements.industries",
      ] {
        #expect(masked.at(path) == document.at(path), "\(path)")
      }
      for path in ["name", "mpnId", "customerProfile.name", "customerProfile.team", "customerProfile.ids"] {
        #expect(masked.at(path) != document.at(path), "\(path)")
      }
    }
    #expect(once != twice)
    #expect(once == MaskingTests.masking(1).json(document))
  }

  @Test("Equal values are equal behind the mask, in whatever document, cell, literal or target they stand")
  func consistent() throws {
    let masking = MaskingTests.masking()
    let name = "Northwind Traders"
    let masked = masking.pseudonym(name)
    #expect(masking.json(["a": ["Name": .string(name)]]) == ["a": ["Name": .string(masked)]])
    #expect(masking.csv("Name\n\(name)\n") == "Name\n\(masked)\n")
    #expect(masking.soql("Name = '\(name)'") == "Name = '\(masked)'")
    #expect(
      masking.target("/services/data/v62.0/query?q=" + Address.escaped("Name = '\(name)'"))
        == "/services/data/v62.0/query?q=" + Address.escaped("Name = '\(masked)'"))
    #expect(
      masking.json([["op": "replace", "path": "/name", "value": .string(name)]]) == [
        ["op": "replace", "path": "/name", "value": .string(masked)]
      ])
  }
}
