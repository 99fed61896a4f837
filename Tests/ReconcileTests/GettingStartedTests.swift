import Foundation
import Testing

/// The page of a newcomer, played as it stands: `RECORD=1` writes down what came.
@Suite("Getting started")
struct GettingStartedTests {
  private static let page = Binary.repository.appendingPathComponent("docs/getting-started.md")

  @Test("Every command of the page prints what the page says")
  func page() throws {
    let text = try String(contentsOf: Self.page, encoding: .utf8)
    let page = ConsolePage(text)
    #expect(page.text == text, "the page is not read as it is written")
    let session = try ConsoleSession(port: Self.freePort())
    // Nobody is made and nothing of the machine is changed: what root would do is done below the session's own root.
    try session.program("sudo", "[ \"$1\" != -u ] || shift 2; exec \"$@\"")
    try session.program(
      "systemctl",
      """
      mkdir -p @SYSTEM@/usr/local/lib/systemd/system
      cp /lib/systemd/system/timers.target @SYSTEM@/usr/local/lib/systemd/system/
      cp '\(Binary.repository.path)'/deploy/systemd/*.timer @SYSTEM@/usr/local/lib/systemd/system/
      for word; do [ "$word" = --now ] || set -- "$@" "$word"; shift; done
      exec /usr/bin/systemctl --root=@SYSTEM@ "$@" 2>&1
      """)
    let played = try session.play(page)
    guard ProcessInfo.processInfo.environment["RECORD"] == nil else {
      try Data(played.text.utf8).write(to: Self.page)
      Issue.record("docs/getting-started.md was written; read it and run the test again")
      return
    }
    for (said, came) in zip(page.steps, played.steps) {
      #expect(came.output == said.output, "$ \(said.command)")
    }
  }

  @Test("The page has the whole way: from nothing to the timer")
  func whole() throws {
    let commands = ConsolePage(try String(contentsOf: Self.page, encoding: .utf8)).steps.map(\.command)
    for part in [
      "reconcile sandbox", "reconcile init", "reconcile login partner-center", "reconcile login salesforce",
      "reconcile doctor", "reconcile mappings check", "reconcile plan", "reconcile show", "reconcile apply",
      "reconcile run", "systemctl enable",
    ] { #expect(commands.contains { $0.contains(part) }, "\(part)") }
  }

  @Test("A page is parted into text, commands and what they print, and put together again")
  func reading() {
    let text = """
      # Title

      ```sh
      $ not a session
      ```

      ```console
      $ one
      first

      third
      $ two
      ```

      The end.

      """
    let page = ConsolePage(text)
    #expect(
      page.steps == [
        ConsolePage.Step(command: "one", output: ["first", "", "third"]), ConsolePage.Step(command: "two", output: []),
      ])
    #expect(page.text == text)
  }

  @Test("A session tells what came, keeps its folder and its variables, and replaces what differs")
  func playing() throws {
    let page = ConsolePage(
      """
      ```console
      $ mkdir a && cd a && pwd
      $ word=x; false
      $ echo $?
      $ echo $word; echo 20261128T013000Z-qpez 20261128T013001Z-abcd 2026-11-28T01:30:00.5Z; echo later >&2
      $ echo 20261128T013001Z-abcd
      ```

      ```console if no-such-program
      $ exit 1
      left as it is
      ```
      """)
    let played = try ConsoleSession(port: 1).play(page)
    #expect(
      played.steps.map(\.output) == [
        ["/home/you/a"], [], ["1"],
        ["x", "20261102T021510Z-aaaa 20261102T021511Z-bbbb 2026-11-02T02:15:00Z", "later"],
        ["20261102T021511Z-bbbb"], ["left as it is"],
      ])
  }

  @Test(
    "A day keeps its distance from today, whichever day the page is played on", arguments: ["2026-11-28", "2027-02-28"])
  func days(today: String) throws {
    let day = try Date(today + "T23:59:00Z", strategy: .iso8601)
    let later = String(day.addingTimeInterval(730 * 86_400).formatted(.iso8601).prefix(10))
    var output = StableOutput(folder: "/f", system: "/s", port: 1, today: day)
    #expect(output.lines(of: "\ngood until \(later), made \(today)\n\n") == ["good until 2028-11-01, made 2026-11-02"])
  }

  @Test("A command that fails without the page asking for its status fails the page")
  func failing() throws {
    let session = try ConsoleSession(port: 1)
    #expect(throws: ConsoleSession.Failed.self) { try session.play(ConsolePage("```console\n$ false\n$ true\n```")) }
    #expect(throws: ConsoleSession.Failed.self) { try session.play(ConsolePage("```console\n$ exit\n$ true\n```")) }
  }

  /// A port that nobody listens on.
  private static func freePort() throws -> Int {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let status = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        bind(descriptor, address, length) == 0 ? getsockname(descriptor, address, &length) : -1
      }
    }
    try #require(status == 0)
    return Int(UInt16(bigEndian: address.sin_port))
  }
}
