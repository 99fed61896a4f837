import Foundation
import JSON
import Model
import Sandbox
import Wire

/// Carries the requests of one process to the services of its world, as function calls, with everything that may befall
/// them on the way.
final class SimulatedTransport: Transport {
  typealias Answer = Result<Response, TransportError>

  private let world: World
  private let life: Life
  private let run: RunID?

  /// The wire of one process; `run` is the run that it applies, nil while it only reads.
  init(_ world: World, _ life: Life, run: RunID?) {
    self.world = world
    self.life = life
    self.run = run
  }

  func send(_ requests: [Request]) -> [Answer] { requests.map(carry) }

  private func carry(_ request: Request) -> Answer {
    guard !life.isDead else { return Self.refused }
    life.step += 1
    do {
      try world.deliverLate()
      try World.Users(world).meddle(life)
      Rival(world).tries(while: life)
      if life.dies(before: true, in: world) { return Self.refused }
      // What was stored before a request leaves stays stored: the disk has it.
      life.mark = world.disk.mark
      let answer = try exchange(Self.carried(request, run, world.mutants))
      if life.dies(before: false, in: world) { return Self.lost }
      return answer
    } catch {
      world.oracle.report(.effort, "the simulation itself failed: \(error)")
      return Self.lost
    }
  }

  // MARK: Faults

  private func exchange(_ request: Carried) throws -> Answer {
    let event = Event(.fault, life.number, life.step)
    guard world.isStormy, world.happens(event, Self.faultChance) else {
      world.say("\(life.number).\(life.step) \(request.line)")
      return try answered(request)
    }
    let fault = Fault.spun(world.dice.number(event, below: Fault.wheel, 1))
    world.coverage.count("fault \(fault.rawValue)")
    world.say("\(life.number).\(life.step) \(request.line) ← \(fault.rawValue)")
    return try struck(request, by: fault)
  }

  private static let faultChance = 0.12

  private func struck(_ request: Carried, by fault: Fault) throws -> Answer {
    switch fault {
    case .throttled: return Self.status(429, request, [("Retry-After", "2")])
    case .unavailable: return Self.status(503, request, [("Retry-After", "1")])
    case .failedBefore: return Self.status(500, request)
    case .failedAfter:
      _ = try world.carry(request)
      return Self.status(500, request)
    case .lostBefore: return Self.lost
    case .lostAfter:
      _ = try world.carry(request)
      return Self.lost
    case .late:
      delay(request)
      return Self.lost
    case .twice:
      let answer = try answered(request)
      // No client can keep a service from carrying out an unkeyed creation again that it has acknowledged.
      if !request.isUnkeyedCreation { delay(request) }
      return answer
    case .unreachable: return Self.refused
    case .truncated:
      _ = try world.carry(request)
      return .failure(TransportError(.truncated, host: "127.0.0.1", mayHaveTakenEffect: true))
    case .expired: return Self.status(401, request)
    case .forbidden: return Self.status(403, request)
    case .shortPage: return try shortened(request)
    case .html:
      return .success(Response(status: 200, headers: Headers([("Content-Type", "text/html")]), body: Array("<p>".utf8)))
    case .garbage:
      _ = try world.carry(request)
      return .success(
        Response(status: 200, headers: Headers([("Content-Type", "application/json")]), body: Array("{\"a".utf8)))
    case .echo: return Self.status(400, request, message: request.secrets.map(Self.encoded).joined(separator: " "))
    }
  }

  /// A request on its way lives shorter than the quiet period.
  private func delay(_ request: Carried) {
    let wait = 1 + world.dice.number(Event(.late, life.number, life.step), below: Int(World.longestLife))
    world.late.append(World.LateRequest(request: request, due: world.clock.seconds + wait))
  }

  private func answered(_ request: Carried) throws -> Answer {
    let answer = try world.carry(request)
    return .success(Response(status: answer.status, headers: Headers(answer.headers), body: body(answer, request)))
  }

  /// A list without its last record.
  private func shortened(_ request: Carried) throws -> Answer {
    let answer = try world.carry(request)
    guard request.method == "GET",
      let short = try Self.shortened(answer, isConsistent: world.mutants.contains(.truncatedList))
    else { return .success(Response(status: answer.status, headers: Headers(answer.headers), body: answer.body)) }
    life.sawShortList = true
    world.coverage.count("short list")
    return .success(Response(status: answer.status, headers: Headers(answer.headers), body: short))
  }

  private static func shortened(_ answer: LocalSandbox.Answer, isConsistent: Bool) throws -> [UInt8]? {
    guard case .object(var members)? = try? JSONValue(parsing: answer.body),
      let place = members.firstIndex(where: { ["value", "records"].contains($0.name) }),
      case .array(var list) = members[place].value, !list.isEmpty
    else { return nil }
    list.removeLast()
    members[place] = JSONMember(members[place].name, .array(list))
    if isConsistent {
      for (index, member) in members.enumerated() where ["@odata.count", "totalSize"].contains(member.name) {
        guard let count = member.value.numberText.flatMap({ Int($0) }) else { continue }
        members[index] = JSONMember(member.name, .number(String(count - 1)))
      }
    }
    return JSONValue.object(members).encoded()
  }

  // MARK: Mutants

  /// The answer, without what a look for an earlier attempt would find where nobody is to look.
  private func body(_ answer: LocalSandbox.Answer, _ request: Carried) -> [UInt8] {
    guard world.mutants.contains(.noKey), run != nil, request.method == "GET" else { return answer.body }
    if request.target.contains("orderby=createdDateTime%20desc") { return Array(#"{"value":[]}"#.utf8) }
    guard request.target.contains("/query"), request.target.contains("Referral_Identifier__c%20%3D") else {
      return answer.body
    }
    return Array(#"{"totalSize":0,"done":true,"records":[]}"#.utf8)
  }

  private static func carried(_ request: Request, _ run: RunID?, _ mutants: Set<Mutant>) -> Carried {
    let target = request.url.dropFirst(LocalSandbox.origin.count)
    var headers = request.headers
    var body = request.body ?? []
    if mutants.contains(.noPrecondition) {
      headers.removeAll { ["If-Match", "If-Unmodified-Since"].contains($0.name) }
      let text = String(decoding: body, as: UTF8.self)
      body = Array(text.replacing("\"If-Unmodified-Since\"", with: "\"X-Unguarded\"").utf8)
    }
    return Carried(method: request.method.rawValue, target: String(target), headers: headers, body: body, run: run)
  }

  /// A spelling by whose looks nobody knows a secret.
  static func encoded(_ secret: String) -> String { Data(secret.utf8).base64EncodedString() }

  // MARK: Answers of no service

  private static let refused = Answer.failure(
    TransportError(.unreachable, host: "127.0.0.1", mayHaveTakenEffect: false))
  private static let lost = Answer.failure(TransportError(.timedOut, host: "127.0.0.1", mayHaveTakenEffect: true))

  private static func status(
    _ status: Int, _ request: Carried, _ headers: [(String, String)] = [], message: String = "a fault of the simulation"
  ) -> Answer {
    let text = JSONValue.string(message).text
    let body =
      request.target.hasPrefix("/partner-center")
      ? #"{"error":{"code":"fault","message":\#(text)}}"# : #"[{"errorCode":"FAULT","message":\#(text)}]"#
    return .success(
      Response(
        status: status, headers: Headers([("Content-Type", "application/json")] + headers), body: Array(body.utf8)))
  }
}
