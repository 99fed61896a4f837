import Foundation
import GRDB

/// The control API below `/_sandbox`: what tests and demos do besides what a client could do.
struct ControlService {
  let world: World
  /// What is played instead of a made-up world; most calls are about such a world and are refused then.
  var recording: Recording?

  func answer(_ request: ServiceRequest) -> ServiceReply {
    do {
      return .json(try routed(request))
    } catch let refusal as Refusal {
      return .json(
        ["error": ["code": .string(refusal.code), "message": .string(refusal.message)]], status: refusal.status)
    } catch {
      return .json(["error": ["code": "INTERNAL", "message": .string("\(error)")]], status: 500)
    }
  }

  private func routed(_ request: ServiceRequest) throws -> JSONValue {
    let name = request.segments.dropFirst().first
    if recording != nil, !ControlService.ofReplay.contains(name ?? "") {
      throw ControlService.unknown("a replay has no such call")
    }
    switch (request.method, name) {
    case ("GET", "log"): return try RequestLog(world: world).json
    case ("DELETE", "log"):
      try RequestLog(world: world).clear()
      return [:]
    case ("GET", "state"): return try state()
    case ("POST", "edit"): return try UserEdit(world: world).apply(try body(request))
    case ("POST", "microsoft"): return try microsoft(try body(request))
    case ("POST", "clock"): return try clock(try body(request))
    case ("GET", "clock"): return ["now": .string(try world.now.zulu)]
    case ("POST", "faults"):
      try Faults(world: world).add(try Faults.parse(request.body))
      return [:]
    case ("DELETE", "faults"):
      try Faults(world: world).clear()
      return [:]
    default: return try further(request, name)
    }
  }

  /// The calls that a replay has too.
  private static let ofReplay: Set<String> = ["log", "faults", HTTPSwitches.name, "replay"]

  private func further(_ request: ServiceRequest, _ name: String?) throws -> JSONValue {
    switch (request.method, name) {
    case ("GET", "faults"): return try Faults(world: world).json
    case (_, HTTPSwitches.name): return try SwitchBoard<HTTPSwitches>(world: world).answer(request)
    case (_, PartnerCenterSwitches.name): return try SwitchBoard<PartnerCenterSwitches>(world: world).answer(request)
    case (_, "org"): return try OrgControl(world: world).answer(request)
    case (_, "device"): return try DeviceControl(world: world).answer(request)
    case ("POST", "webhooks") where request.json?["sign"].object != nil:
      return try WebhookEvents(world: world).signed(try body(request)["sign"])
    // Whatever was to be delivered has been by now.
    case ("GET", "webhooks"), ("POST", "webhooks"): return try WebhookEvents(world: world).json
    case ("GET", "replay"):
      guard let recording else { throw ControlService.unknown("this sandbox replays nothing") }
      return try Replay(recording: recording, world: world).json
    default: throw ControlService.unknown("there is no such call")
    }
  }

  private static func unknown(_ message: String) -> Refusal {
    Refusal(status: 404, code: "NOT_FOUND", message: message)
  }

  private func body(_ request: ServiceRequest) throws -> JSONValue {
    guard let json = request.json, json.object != nil else {
      throw Refusal(status: 400, code: "BAD_BODY", message: "the body must be one JSON object")
    }
    return json
  }

  private func state() throws -> JSONValue {
    let bodies = try String.fetchAll(world.db.cachedStatement(sql: "SELECT body FROM referral ORDER BY seq"))
    var rows = JSONObject()
    let schema = try world.wholeSchema
    let run = SoqlRun(world: world, version: "62.0", schema: schema)
    for object in schema.objects {
      let query = SoqlQuery(items: [.fields(.all)], source: object.name)
      rows[object.name] = .array(try run.records(query, ids: try run.ids(query)))
    }
    return [
      "partner_center": ["referrals": .array(try bodies.map { try JSONParser.parse($0) })], "salesforce": .object(rows),
    ]
  }

  private func microsoft(_ body: JSONValue) throws -> JSONValue {
    guard let id = body["referral_id"].string, let name = body["action"].string,
      let action = MicrosoftSide.Action(rawValue: name)
    else {
      throw Refusal(
        status: 400, code: "BAD_BODY", message: "referral_id and an action accept, decline, win or invite are needed")
    }
    let microsoft = MicrosoftSide(world: world)
    return ["id": .string(try world.atomically { try microsoft.act(action, on: id, reason: body["reason"].string) })]
  }

  private func clock(_ body: JSONValue) throws -> JSONValue {
    guard let seconds = body["advance_seconds"].int, seconds >= 0 else {
      throw Refusal(status: 400, code: "BAD_BODY", message: "advance_seconds must be a whole number of at least 0")
    }
    try world.db.cachedStatement(sql: "UPDATE clock SET now = now + ?").execute(arguments: [seconds])
    try MicrosoftSide(world: world).expire()
    return ["now": .string(try world.now.zulu)]
  }
}
