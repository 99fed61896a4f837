import Foundation
import JSON
import Wire

/// A sandbox as a child process, and its control API.
final class SandboxProcess {
  /// How many deals of which seed a sandbox makes up.
  struct Size {
    var seed = 7
    var referrals = 24
    var opportunities = 28
    var latency = 0
  }

  /// A sandbox that did not say that it is ready, or refused a call.
  struct Refused: Error {
    let message: String
  }

  /// What the ready line says.
  let ready: JSONValue
  let origin: String
  private let process = Process()
  private let transport = CurlTransport()

  /// A sandbox that makes up its deals.
  convenience init(_ size: Size) throws {
    try self.init([
      "--seed", "\(size.seed)", "--referrals", "\(size.referrals)", "--opportunities", "\(size.opportunities)",
      "--latency-ms", "\(size.latency)",
    ])
  }

  /// A sandbox that plays a recorded conversation.
  convenience init(replaying folder: String) throws { try self.init(["--replay", folder]) }

  private init(_ arguments: [String]) throws {
    let output = Pipe()
    process.executableURL = Binary.reconcile
    process.arguments = ["sandbox"] + arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    try process.run()
    var line: [UInt8] = []
    while let byte = try output.fileHandleForReading.read(upToCount: 1)?.first, byte != 0x0A { line.append(byte) }
    ready = try JSONValue(parsing: line)
    guard let address = ready.at("salesforce.instance_url")?.stringValue else {
      throw Refused(message: String(decoding: line, as: UTF8.self))
    }
    origin = address
  }

  deinit { stop() }

  /// Ends it; the services cannot be reached any more.
  func stop() {
    guard process.isRunning else { return }
    // Without ceremony: an answer that a fault delays would keep it alive.
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  /// Everything that both services hold.
  func state() throws -> JSONValue { try call(.get, "state") }

  /// The requests since the log was emptied.
  func log() throws -> [JSONValue] { try call(.get, "log").arrayValue ?? [] }

  /// The requests that ask for a change of business data.
  func writes() throws -> [JSONValue] { try log().filter { $0["write"]?.boolValue == true } }

  func emptyLog() throws { _ = try call(.delete, "log") }

  /// A user's edit of a referral.
  func edit(referral id: String, _ path: String, _ value: JSONValue) throws {
    _ = try call(
      .post, "edit", ["side": "partner-center", "id": .string(id), "set": .object([JSONMember(path, value)])])
  }

  /// A user's edit of an opportunity.
  func edit(opportunity id: String, _ field: String, _ value: JSONValue) throws {
    try set("Opportunity", id, field, value)
  }

  /// A user's edit of any record of Salesforce.
  func set(_ object: String, _ id: String, _ field: String, _ value: JSONValue) throws {
    _ = try call(
      .post, "edit",
      [
        "side": "salesforce", "object": .string(object), "id": .string(id), "set": .object([JSONMember(field, value)]),
      ])
  }

  /// A user deletes a record.
  func delete(_ members: [JSONMember]) throws {
    _ = try call(.post, "edit", .object(members + [JSONMember("delete", true)]))
  }

  /// Lets requests go wrong from now on.
  func faults(_ rules: JSONValue...) throws { _ = try call(.post, "faults", ["rules": .array(rules)]) }

  /// Makes the org otherwise, or lets its rows go wrong.
  func org(_ switches: JSONValue) throws { _ = try call(.post, "org", ["set": switches]) }

  /// A user enters a record.
  ///
  /// - Returns: its id.
  func enter(_ members: [JSONMember]) throws -> String {
    try call(.post, "edit", .object(members))["id"]?.stringValue ?? ""
  }

  /// Time passes for both services.
  func pass(days: Int) throws { _ = try call(.post, "clock", ["advance_seconds": .number("\(86_400 * days)")]) }

  /// How many requests the faults in force have struck.
  func struckByFaults() throws -> Int {
    try (call(.get, "faults")["rules"]?.arrayValue ?? []).reduce(0) { sum, rule in
      sum + (rule["fired"]?.numberText.flatMap { Int($0) } ?? 0)
    }
  }

  func clearFaults() throws { _ = try call(.delete, "faults") }

  /// A call of the control API.
  func call(_ method: Request.Method, _ name: String, _ body: JSONValue? = nil) throws -> JSONValue {
    let request = Request(
      method, origin + "/_sandbox/" + name, headers: [(name: "Content-Type", value: "application/json")],
      body: body?.encoded())
    guard let response = try transport.send([request]).first?.get(), response.isSuccess else {
      throw Refused(message: "\(method.rawValue) \(name) was refused")
    }
    return response.body.isEmpty ? .null : try JSONValue(parsing: response.body)
  }
}

extension SandboxProcess {
  /// All referrals of the own organization.
  func ownReferrals(_ known: JSONValue? = nil) throws -> [JSONValue] {
    let own = ready.at("partner_center.organization_id")?.stringValue
    let all = try (known ?? state()).at("partner_center.referrals")?.arrayValue ?? []
    return all.filter { $0["organizationId"]?.stringValue == own }
  }

  func opportunities(_ known: JSONValue? = nil) throws -> [JSONValue] {
    try (known ?? state()).at("salesforce.Opportunity")?.arrayValue ?? []
  }

  func referral(_ id: String) throws -> JSONValue? { try ownReferrals().first { $0["id"]?.stringValue == id } }

  func opportunity(_ id: String) throws -> JSONValue? { try opportunities().first { $0["Id"]?.stringValue == id } }

  /// Active deals that both sides hold, in a fixed order.
  func linkedPairs() throws -> [DealPair] {
    let state = try state()
    let open = try opportunities(state).filter { $0["IsClosed"]?.boolValue == false }
    let claims = Dictionary(grouping: open) { $0["Referral_Identifier__c"]?.stringValue ?? "" }
    return try ownReferrals(state).compactMap { referral in
      guard referral["status"]?.stringValue == "Active", let id = referral["id"]?.stringValue,
        let named = referral["externalReferenceId"]?.stringValue, let claim = claims[id], claim.count == 1,
        claim[0]["Id"]?.stringValue == named
      else { return nil }
      return DealPair(referral: id, opportunity: named)
    }.sorted { $0.referral < $1.referral }
  }
}

/// A deal that both sides hold.
struct DealPair {
  let referral: String
  let opportunity: String
}
