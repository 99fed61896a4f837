import Foundation
import JSON
import Logging
import Model
import Testing
import Wire

@testable import reconcile

@Suite("The log")
struct LogTests {
  /// What a log of a format writes of some events.
  private func lines(_ format: LogFormat, _ level: LogLevel = .debug, _ tell: (RunLog) -> Void) -> [String] {
    let lines = Guarded<[String]>([])
    let time = Timestamp.parse("2026-11-02T02:15:00Z") ?? .distantPast
    tell(RunLog(level: level, format: format, now: { time }) { line in lines.withLock { $0.append(line) } })
    return lines.withLock(\.self)
  }

  private func tellAll(_ log: RunLog) {
    log.begins("plan")
    log.begin(RunID("20261102T021500Z-abcd") ?? .new())
    log.waits(.salesforce, Wait(host: "login.example", seconds: 1.5, reason: .throttled, attempt: 2, attempts: 5))
    log.failed(Failure(.snapshotShrunk, "too \"few\"\nrecords", fix: "look"))
    log.took(["judge": 12])
    log.ends("plan", .safetyStop, after: .milliseconds(1_234))
  }

  @Test("a line of text: time, level, run, message, what belongs to it")
  func text() {
    #expect(
      lines(.text, .debug, tellAll) == [
        "2026-11-02T02:15:00Z info - begins command=plan",
        "2026-11-02T02:15:00Z info 20261102T021500Z-abcd login.example asks to wait: next try in 2 s (2 of 5) "
          + "milliseconds=1500 service=salesforce",
        "2026-11-02T02:15:00Z error 20261102T021500Z-abcd safety stop: too \"few\" records code=E404 exit_status=5 "
          + "fix=look",
        "2026-11-02T02:15:00Z debug 20261102T021500Z-abcd stage milliseconds=12 stage=judge",
        "2026-11-02T02:15:00Z info 20261102T021500Z-abcd ends command=plan exit_status=5 milliseconds=1234",
      ])
  }

  @Test("a line of JSON holds the same")
  func json() throws {
    let found = try lines(.json, .debug, tellAll).map { try JSONValue(parsing: $0) }
    #expect(found.count == 5)
    #expect(
      found[2] == [
        "time": "2026-11-02T02:15:00Z", "level": "error", "run": "20261102T021500Z-abcd",
        "message": "safety stop: too \"few\" records", "code": "E404", "exit_status": "5", "fix": "look",
      ])
    #expect(found[0]["run"] == .null && found[4]["milliseconds"] == "1234")
  }

  @Test(
    "a level leaves out what is less important",
    arguments: [(LogLevel.debug, 5), (.info, 4), (.notice, 1), (.warning, 1), (.error, 1)])
  func level(level: LogLevel, count: Int) {
    #expect(lines(.text, level, tellAll).count == count)
  }

  @Test("a value is quoted where it could be mistaken, and moves no line; what looks like a secret is taken out")
  func hostile() {
    let token = "eyJ0eXAiOiJKV1QifQ.eyJhIjoxfQ.c2ln"
    let found = lines(.text) { log in
      log.write(
        .info, "a\nb \u{1B}[2J", ["x": "p q", "y": "a=\"b\"", "z": "", "u": "\u{202E}k", "t": "Bearer \(token)"])
    }
    #expect(
      found == [
        "2026-11-02T02:15:00Z info - a b  [2J t=\"Bearer ***\" u=\u{FFFD}k x=\"p q\" y=\"a=\\\"b\\\"\" z=\"\""
      ])
  }

  @Test("without an option nobody hears a thing")
  func none() throws {
    #expect(!RunLog.none.isOn)
    let bench = try Workbench()
    let result = try bench.reconcile("plan")
    #expect(result.status == 0 && !result.err.contains("begins"))
  }

  @Test("plan and apply to a file: JSON lines alone, with the run, its snapshots, waits and writes, and no secret")
  func commands() throws {
    let bench = try Workbench()
    try bench.sandbox.faults(["side": "partner-center", "times": 1, "then": ["status": 429, "retry_after": 1]])
    let plan = try bench.reconcile("plan", "--quiet", "--log-format", "json", "--log-level", "info")
    #expect(plan.status == 0 && plan.out.isEmpty, "\(plan)")
    let planned = try objects(plan)
    #expect(planned.first?["message"] == "begins" && planned.last?["message"] == "ends")
    #expect(planned.last?["exit_status"] == "0")
    let kinds = planned.filter { $0["message"] == "snapshot" }.compactMap { $0["kind"]?.stringValue }
    #expect(kinds.contains("referral") && kinds.contains("opportunity"))
    #expect(planned.contains { $0["message"]?.stringValue?.contains("asks to wait") == true })
    let run = try #require(planned.last?["run"]?.stringValue)
    #expect(RunID(run) != nil)

    let apply = try bench.reconcile("apply", "--quiet", "--log-format", "json", "--log-level", "info")
    let applied = try objects(apply)
    let rows = applied.filter { $0["message"] == "row settled" }
    #expect(rows.contains { $0["outcome"] == "applied" && $0["request_id"]?.stringValue?.isEmpty == false })
    #expect(rows.allSatisfy { $0["run"]?.stringValue == run })
    let written = try bench.changes().rows.count { $0["outcome"] == "applied" }
    #expect(rows.count { $0["outcome"] == "applied" } == written)

    let again = try objects(try bench.reconcile("apply", "--log-format", "json"))
    #expect(again.map { $0["level"] } == ["error"] && again.first?["code"] == "E604")
    let text = try bench.reconcile("apply", "--log-level", "warning")
    #expect(text.err.contains(" error \(run) safety stop: ") && text.err.contains(" code=E604 exit_status=5 "))
    let secrets = [
      try bench.text("secrets/partner-center-client-secret"), try bench.text("secrets/partner-center-refresh-token"),
    ].map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
    for secret in secrets {
      #expect(!secret.isEmpty && SecretForms.found(secret, in: Data((plan.err + apply.err).utf8)) == [])
    }
  }

  private func objects(_ result: Command.Result) throws -> [JSONValue] {
    try result.err.split(separator: "\n").map { line in
      let value = try JSONValue(parsing: String(line))
      #expect(value["time"]?.stringValue.flatMap(Timestamp.parse) != nil && value["level"]?.stringValue != nil)
      return value
    }
  }
}
