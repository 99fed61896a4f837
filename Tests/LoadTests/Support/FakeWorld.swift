import Foundation
import JSON
import Model
import Wire

/// Both services in memory, just true enough to tell a guarded write from an overwrite.
///
/// It keeps what it was sent, and stands in for a fault wherever `fault` says so.
final class FakeWorld: Transport {
  typealias Answer = Result<Response, TransportError>

  /// What a fault does to a request.
  enum Fault {
    /// This answer, without effect.
    case refuse(Int, String)
    /// The write takes effect, and its answer never arrives.
    case loseAnswer
    /// Nothing arrives, and nobody can tell that.
    case swallow
    /// Nothing arrives.
    case unreachable
    /// The answer is longer than it may be.
    case tooLarge
  }

  struct SalesforceRecord: Equatable {
    let object: String
    var fields: [String: JSONValue]
    var stamp: Date
  }

  var referrals: [String: [String: JSONValue]] = [:]
  var records: [String: SalesforceRecord] = [:]
  private(set) var sent: [Request] = []
  /// Whether a changed referral is answered with what it is now.
  var tellsVersion = true
  /// Whether the org keeps two opportunities from having the same referral identifier.
  var isKeyUnique = false
  var fault: (Request) -> Fault? = { _ in nil }
  /// Called before a request that changes something.
  var beforeWrite: (Request) -> Void = { _ in }
  /// Called after it.
  var afterWrite: (Request) -> Void = { _ in }
  private var tick = 0

  static let origin = Date(timeIntervalSince1970: 1_793_606_400)

  func copy() -> FakeWorld {
    let copy = FakeWorld()
    copy.referrals = referrals
    copy.records = records
    copy.tick = tick
    return copy
  }

  func send(_ requests: [Request]) -> [Answer] {
    requests.map { request in
      sent.append(request)
      let isWrite = Self.isWrite(request)
      if isWrite { beforeWrite(request) }
      switch fault(request) {
      case .refuse(let status, let body): return Self.json(status, body)
      case .unreachable:
        return .failure(TransportError(.unreachable, host: "service.example", mayHaveTakenEffect: false))
      case .tooLarge:
        return .failure(TransportError(.tooLarge(1), host: "service.example", mayHaveTakenEffect: false))
      case .swallow:
        return .failure(TransportError(.timedOut, host: "service.example", mayHaveTakenEffect: true))
      case .loseAnswer:
        _ = answer(request)
        return .failure(TransportError(.timedOut, host: "service.example", mayHaveTakenEffect: true))
      case nil: break
      }
      let answer = answer(request)
      if isWrite { afterWrite(request) }
      return answer
    }
  }

  /// The requests that changed something, as `PATCH /path`; the updates within a composite one by one.
  var writes: [String] {
    sent.filter(Self.isWrite).flatMap { request in
      let path = Self.path(request)
      guard path.hasSuffix("/composite") else { return ["\(request.method.rawValue) \(Self.short(path))"] }
      return Self.body(request)["compositeRequest"]?.arrayValue?.map { part in
        "PATCH " + Self.short(part["url"]?.stringValue ?? "")
      } ?? []
    }
  }

  // MARK: Changes from outside

  func editReferral(_ id: String, _ pointer: String, _ value: JSONValue) {
    referrals[id] = Self.set(pointer.split(separator: "/").map(String.init), value, in: referrals[id] ?? [:])
    touchReferral(id)
  }

  func edit(_ id: String, _ field: String, _ value: JSONValue) {
    records[id]?.fields[field] = value
    records[id]?.stamp = nextStamp()
  }

  func add(_ object: String, _ id: String, _ fields: [String: JSONValue]) {
    records[id] = SalesforceRecord(object: object, fields: fields, stamp: nextStamp())
  }

  func stamp(_ id: String) -> String {
    records[id].map { Self.text($0.stamp) } ?? ""
  }

  func eTag(_ id: String) -> String { referrals[id]?["eTag"]?.stringValue ?? "" }

  func field(_ id: String, _ name: String) -> String? { records[id]?.fields[name]?.stringValue }

  func ids(of object: String) -> [String] { records.filter { $0.value.object == object }.keys.sorted() }

  // MARK: Answers

  private func answer(_ request: Request) -> Answer {
    let path = Self.path(request)
    if path.hasPrefix("/v1.0/") { return partnerCenter(request, String(path.dropFirst(28))) }
    if path.hasSuffix("/query") { return query(Self.query(request)) }
    if path.hasSuffix("/composite") { return composite(Self.body(request)) }
    if path.hasSuffix("/composite/sobjects") { return collection(Self.body(request)) }
    if path.hasSuffix("/describe") { return describe() }
    if !Self.isWrite(request) { return retrieve(Self.body(request)) }
    let parts = Self.short(path).split(separator: "/").map(String.init)
    let fields = Self.members(Self.body(request))
    if request.method == .delete { return delete(parts[1]) }
    return parts.count == 1 ? create(parts[0], fields) : upsert(parts, fields)
  }

  private func partnerCenter(_ request: Request, _ rest: String) -> Answer {
    let id = rest.split(separator: "/").first.map(String.init) ?? ""
    switch request.method {
    case .get:
      if id.isEmpty, Self.query(request, "$filter").isEmpty {
        return Self.json(200, JSONValue.object([JSONMember("value", .array(referrals.values.map(Self.object)))]).text)
      }
      if id.isEmpty {
        let engagement = Self.query(request, "$filter").split(separator: "'").last.map(String.init)
        let found = referrals.values.filter { $0["engagementId"]?.stringValue == engagement }
        return Self.json(200, JSONValue.object([JSONMember("value", .array(found.map(Self.object)))]).text)
      }
      return referrals[id].map { Self.json(200, Self.object($0).text) } ?? Self.json(404, "{}")
    case .post: return createReferral(Self.members(Self.body(request)))
    case .patch:
      guard referrals[id] != nil else { return Self.json(404, "{}") }
      guard Self.header(request, "If-Match") == eTag(id) else {
        return Self.json(412, #"{"error":{"code":"preconditionFailed","message":"changed"}}"#)
      }
      for operation in Self.body(request).arrayValue ?? [] {
        let path = operation["path"]?.stringValue ?? ""
        let value = operation["value"] ?? .null
        let pointer = path.split(separator: "/").map(String.init)
        guard pointer.last == "-" else {
          referrals[id] = Self.set(pointer, value, in: referrals[id] ?? [:])
          continue
        }
        guard let list = Self.object(referrals[id] ?? [:]).at(pointer.dropLast().joined(separator: "."))?.arrayValue
        else { return Self.json(400, #"{"error":{"code":"invalidRequest","message":"there is no list"}}"#) }
        referrals[id] = Self.set(pointer.dropLast(), .array(list + [value]), in: referrals[id] ?? [:])
      }
      touchReferral(id)
      return tellsVersion ? Self.json(200, Self.object(referrals[id] ?? [:]).text) : Self.json(204, "")
    case .delete, .put: return Self.json(405, "{}")
    }
  }

  private func createReferral(_ body: [String: JSONValue]) -> Answer {
    let id = "new-referral-\(referrals.count)"
    var body = body
    body["id"] = .string(id)
    // A record that joins an engagement is Microsoft's.
    body["organizationId"] = .string(body["engagementId"] == nil ? "own" : "msft")
    body["engagementId"] = body["engagementId"] ?? .string("engagement-of-\(id)")
    referrals[id] = body
    touchReferral(id)
    return Self.json(201, Self.object(referrals[id] ?? [:]).text)
  }

  private func query(_ soql: String) -> Answer {
    let object = soql.firstMatch(of: /FROM (\w+)/).map { String($0.output.1) } ?? ""
    let wanted = soql.matches(of: /(\w+) = '([^']*)'/).map { (String($0.output.1), String($0.output.2)) }
    let listed = soql.firstMatch(of: /Id IN \(([^)]*)\)/).map { match in
      match.output.1.split(separator: ",").map { $0.filter { $0 != "'" } }
    }
    let found = ids(of: object).filter { id in
      if let listed, !listed.contains(id) { return false }
      return wanted.allSatisfy { name, value in name == "Id" ? id == value : field(id, name) == value }
    }
    let rows = found.map { id -> JSONValue in
      let system: [String: JSONValue] = ["Id": .string(id), "LastModifiedDate": .string(stamp(id))]
      return Self.object((records[id]?.fields ?? [:]).merging(system) { $1 })
    }
    let page = JSONValue.object([
      JSONMember("totalSize", .number(String(rows.count))), JSONMember("done", true),
      JSONMember("records", .array(rows)),
    ])
    return Self.json(200, page.text)
  }

  private func retrieve(_ body: JSONValue) -> Answer {
    let rows = (body["ids"]?.arrayValue ?? []).map { id -> JSONValue in
      guard let id = id.stringValue, let record = records[id] else { return .null }
      let system: [String: JSONValue] = ["Id": .string(id), "LastModifiedDate": .string(stamp(id))]
      return Self.object(record.fields.merging(system) { $1 })
    }
    return Self.json(200, JSONValue.array(rows).text)
  }

  private func describe() -> Answer {
    let key: JSONValue = [
      "name": "Referral_Identifier__c", "type": "string", "externalId": true, "unique": .bool(isKeyUnique),
    ]
    return Self.json(200, JSONValue.object([JSONMember("name", "Opportunity"), JSONMember("fields", [key])]).text)
  }

  private func composite(_ body: JSONValue) -> Answer {
    let answers = (body["compositeRequest"]?.arrayValue ?? []).map { part -> JSONValue in
      let id = part["url"]?.stringValue?.split(separator: "/").last.map(String.init) ?? ""
      let guardDate = part.at("httpHeaders.If-Unmodified-Since")?.stringValue ?? ""
      var status = "204"
      var answer = JSONValue.null
      if records[id].map({ Timestamp.http($0.stamp) }) != guardDate {
        status = "412"
        answer = [["errorCode": "MATCH_PRECONDITION_FAILED", "message": "changed"]]
      } else if let refusal = refusal(part["body"] ?? .null) {
        status = "400"
        answer = [["errorCode": "FIELD_CUSTOM_VALIDATION_EXCEPTION", "message": .string(refusal)]]
      } else {
        write(id, Self.members(part["body"] ?? .null))
      }
      return .object([
        JSONMember("body", answer), JSONMember("httpHeaders", .object([])),
        JSONMember("httpStatusCode", .number(status)),
        JSONMember("referenceId", part["referenceId"] ?? .null),
      ])
    }
    return Self.json(200, JSONValue.object([JSONMember("compositeResponse", .array(answers))]).text)
  }

  private func collection(_ body: JSONValue) -> Answer {
    let rows = (body["records"]?.arrayValue ?? []).map { row -> JSONValue in
      let id = row["id"]?.stringValue ?? ""
      write(id, Self.members(row).filter { !["id", "attributes"].contains($0.key) })
      return ["id": .string(id), "success": true, "errors": []]
    }
    return Self.json(200, JSONValue.array(rows).text)
  }

  /// A text field with this value trips a validation rule.
  private func refusal(_ body: JSONValue) -> String? {
    Self.members(body).contains { $0.value == "refuse me" } ? "a rule refuses this value" : nil
  }

  private func create(_ object: String, _ fields: [String: JSONValue]) -> Answer {
    if let refusal = refusal(Self.object(fields)) {
      return Self.json(400, #"[{"errorCode":"FIELD_CUSTOM_VALIDATION_EXCEPTION","message":"\#(refusal)"}]"#)
    }
    let prefix = ["Opportunity": "006", "Account": "001", "Contact": "003", "OpportunityContactRole": "00K"][object]
    let number = String(records.count + 1)
    let id = (prefix ?? "a00") + String(repeating: "0", count: 12 - number.count) + number + "AAA"
    add(object, id, fields)
    if object == "Microsoft_Solutions__c", let parent = fields["Opportunity__c"]?.stringValue {
      records[parent]?.stamp = nextStamp()
    }
    return Self.json(201, #"{"id":"\#(id)","success":true,"errors":[]}"#)
  }

  private func delete(_ id: String) -> Answer {
    guard let record = records.removeValue(forKey: id) else {
      return Self.json(404, #"[{"errorCode":"NOT_FOUND","message":"gone"}]"#)
    }
    if let parent = record.fields["Opportunity__c"]?.stringValue { records[parent]?.stamp = nextStamp() }
    return Self.json(204, "")
  }

  private func upsert(_ parts: [String], _ fields: [String: JSONValue]) -> Answer {
    if let id = ids(of: parts[0]).first(where: { field($0, parts[1]) == parts[2] }) {
      write(id, fields)
      return Self.json(200, #"{"id":"\#(id)","success":true,"errors":[],"created":false}"#)
    }
    return create(parts[0], fields.merging([parts[1]: .string(parts[2])]) { $1 })
  }

  private func write(_ id: String, _ fields: [String: JSONValue]) {
    records[id]?.fields.merge(fields) { $1 }
    records[id]?.stamp = nextStamp()
  }

  private func touchReferral(_ id: String) {
    tick += 1
    referrals[id]?["eTag"] = .string("\"tag-\(tick)\"")
  }

  private func nextStamp() -> Date {
    tick += 1
    return Self.origin.addingTimeInterval(Double(tick))
  }
}
