import Foundation
import Ledger
import Model
import Sandbox

/// One history's services, clock, dice and judge, and the disk on which the ledger lies.
final class World {
  let dice: Dice
  let mutants: Set<Mutant>
  let sandbox: LocalSandbox
  let clock: VirtualClock
  let disk: LedgerDisk
  /// What the org says of its fields.
  let org: OrgFields
  /// The mapping: of every fourth history the starters', of the others the lean one.
  let rules: Template.Rules
  /// What objects looked like at their last description, as the program keeps it beside the ledger.
  let descriptions: Descriptions
  let oracle = Oracle()
  var coverage = Coverage()
  /// Whether faults strike and users edit while the tool is at work.
  var isStormy = true
  /// The number of the process that runs.
  var process = 0
  /// What the process that ended last took.
  var effort = Effort(requests: 0, seconds: 0)
  /// Whether it applies a plan.
  var isApplying = false
  /// The ledger while it is open: only a death closes it, and a second run that minds no lock has its own.
  var ledger: LedgerFile?
  /// Whether a second run is tried.
  var isRivalled = false
  /// Whether a second run has gone on beside a first one, which only a mutant lets it.
  var hasRival = false
  /// Requests on their way whose sender waits no more.
  var late: [LateRequest] = []
  /// Everything that happened, line by line.
  private(set) var trace: [String] = []
  /// Everything that the tool said.
  var said: [String] = []
  let keepsTrace: Bool
  /// The events that happened, in their order.
  private(set) var happened: [Event] = []
  private var counter = 0
  private var known: Picture?

  /// How much a process took.
  struct Effort {
    let requests: Int
    let seconds: Int
  }

  /// Seconds after which a request that is on its way is dead.
  static let longestLife = 110.0

  /// A request that takes effect some time after it was sent.
  struct LateRequest {
    let request: Carried
    let due: Int
  }

  init(seed: UInt64, mutants: Set<Mutant>, without: Set<Event>, template: Template, keepsTrace: Bool) throws {
    dice = Dice(seed: seed, without: without)
    self.mutants = mutants
    self.keepsTrace = keepsTrace
    sandbox = template.sandbox
    org = template.org
    descriptions = template.descriptions
    rules = seed % 4 == 0 ? template.whole : template.lean
    clock = VirtualClock(try sandbox.now())
    disk = try LedgerDisk(holding: template.ledger)
  }

  /// Whether an event happens that has this chance; notes those that do.
  func happens(_ event: Event, _ chance: Double) -> Bool {
    guard dice.happens(event, chance) else { return false }
    happened.append(event)
    return true
  }

  func say(_ line: @autoclosure () -> String) {
    if keepsTrace { trace.append("\(clock.seconds) \(line())") }
  }

  /// The ledger, opened where it is not.
  func openLedger() throws -> LedgerFile {
    if let ledger { return ledger }
    let opened = try LedgerFile(at: disk.path)
    ledger = opened
    return opened
  }

  /// Forgets what the services held: somebody changed it.
  func changed() { known = nil }

  /// A number that no value had before.
  func next() -> Int {
    counter += 1
    return counter
  }

  /// Brings the services' clock and ours together.
  func meetClocks() throws {
    let theirs = try sandbox.now()
    if theirs < clock.seconds { try sandbox.advance(by: clock.seconds - theirs) } else { clock.advance(to: theirs) }
  }

  /// Lets the requests arrive that are due.
  func deliverLate(all: Bool = false) throws {
    while let index = late.indices.filter({ all || late[$0].due <= clock.seconds }).min(by: {
      late[$0].due < late[$1].due
    }) {
      let entry = late.remove(at: index)
      coverage.count("fault delivered late")
      say("late \(entry.request.line)")
      _ = try carry(entry.request, isLate: true)
    }
  }

  /// What the services hold now; looked at again after a change only.
  func picture() throws -> Picture {
    if let known { return known }
    let picture = try Picture(of: sandbox)
    known = picture
    return picture
  }

  /// Carries a request to its service, under the judge's eyes.
  func carry(_ request: Carried, isLate: Bool = false) throws -> LocalSandbox.Answer {
    guard request.isWrite else { return try ask(request) }
    guard let run = request.run else { return try ask(request) }
    let before = try picture()
    let answer = try ask(request)
    known = nil
    oracle.tool(before, try picture(), run: run, isLate: isLate)
    return answer
  }

  private func ask(_ request: Carried) throws -> LocalSandbox.Answer {
    try meetClocks()
    let answer = try sandbox.answer(request.method, request.target, headers: request.headers, body: request.body)
    try meetClocks()
    return answer
  }
}

/// A request as it is carried to the services.
struct Carried {
  let method: String
  /// Path and query.
  let target: String
  let headers: [(name: String, value: String)]
  let body: [UInt8]
  /// The run whose rows it carries out; nil for one that only reads.
  let run: RunID?

  /// Whether it may change something.
  var isWrite: Bool {
    guard method != "GET", !target.contains("/oauth2/") else { return false }
    return !(target.contains("/composite/sobjects/") && method == "POST")
  }

  /// The secrets that it carries, bare: its token, or what it signs in with.
  var secrets: [String] {
    let token = headers.first { $0.name == "Authorization" }?.value.split(separator: " ").last.map(String.init)
    guard target.contains("/oauth2/") else { return [token ?? ""] }
    return String(decoding: body, as: UTF8.self).split(separator: "&").compactMap { pair in
      pair.split(separator: "=").last.flatMap { String($0).removingPercentEncoding }
    }
  }

  /// Whether nothing in it lets a service tell that it has come before.
  var isUnkeyedCreation: Bool { isWrite && method == "POST" && !target.hasSuffix("/composite") }

  var line: String { "\(method) \(target.prefix(160))" }
}
