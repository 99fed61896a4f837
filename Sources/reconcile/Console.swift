import Foundation
import JSON
import Model
import Workspace

/// Where a command prints: data to standard output, everything else to standard error.
struct Console: Sendable {
  /// Whether data is printed as JSON lines.
  let isJSON: Bool
  /// Whether messages and progress are left out.
  private(set) var isQuiet: Bool
  /// Whether messages may be coloured and progress may be drawn over.
  let isTerminal: Bool
  /// Whether data goes to a terminal.
  let isDataTerminal: Bool
  /// The log of the command; where it is on, messages are lines of it.
  let log: RunLog

  private let loss = OutputLoss()

  /// The most characters of a line for a person.
  private static let longest = 8_000

  /// A console over the process's own output.
  init(isJSON: Bool, isQuiet: Bool, log: RunLog = .none) {
    self.log = log
    self.isJSON = isJSON
    self.isQuiet = isQuiet
    isTerminal = isatty(2) == 1
    isDataTerminal = isatty(1) == 1
  }

  /// Prints a line of data; of a person's line, what a service's text would do to the terminal is left out.
  func data(_ line: String) {
    write((isJSON ? line : HarmlessText.plain(line, limit: Self.longest)) + "\n", to: 1)
  }

  /// Prints a line of data in bold, where colours are wanted (`NO_COLOR` switches them off).
  func title(_ line: String) {
    let text = HarmlessText.plain(line, limit: Self.longest)
    write((usesColor ? "\u{1B}[1m\(text)\u{1B}[0m" : text) + "\n", to: 1)
  }

  /// Prints a line of data in parts, each in its colour where colours are wanted.
  func data(_ parts: [(text: String, style: Style)]) {
    let line = parts.map { part in
      let text = HarmlessText.plain(part.text, limit: Self.longest)
      return usesColor && part.style != .plain ? part.style.code + text + Style.plain.code : text
    }
    write(line.joined() + "\n", to: 1)
  }

  /// How a part of a line looks on a terminal.
  enum Style: String {
    case plain = "0"
    case bold = "1"
    case faint = "2"
    case red = "31"
    case green = "32"
    case yellow = "33"

    fileprivate var code: String { "\u{1B}[\(rawValue)m" }
  }

  /// Prints a message for a person; what a service's text would do to the terminal is left out of it.
  func say(_ line: String) {
    guard !isQuiet else { return }
    guard !log.isOn else { return log.said(line) }
    write(HarmlessText.plain(line) + "\n", to: 2)
  }

  /// Prints a failure, as text or as a JSON line.
  func report(_ failure: Failure) {
    guard !log.isOn else { return log.failed(failure) }
    guard isJSON else {
      write(HarmlessText.plain("reconcile: \(failure)", limit: Self.longest) + "\n", to: 2)
      return
    }
    let line = JSONValue.object([
      JSONMember("message_type", .string("error")), JSONMember("code", .string(failure.code.rawValue)),
      JSONMember("message", .string(failure.message)), JSONMember("fix", failure.fix.map { .string($0) } ?? .null),
    ])
    write(line.text + "\n", to: 2)
  }

  /// Prints a warning that stops nothing.
  func warn(_ text: String) {
    guard !log.isOn else { return log.warned(text) }
    write(HarmlessText.plain("reconcile: warning: \(text)", limit: Self.longest) + "\n", to: 2)
  }

  /// Draws a line of progress over the last one; only on a terminal.
  func progress(_ line: String) {
    guard isTerminal, !isQuiet, !isJSON, !log.isOn else { return }
    write("\r\u{1B}[2K" + line, to: 2)
  }

  /// Wipes the line of progress.
  func endProgress() {
    guard isTerminal, !isQuiet, !isJSON, !log.isOn else { return }
    write("\r\u{1B}[2K", to: 2)
  }

  /// Writes a line of the log to standard error.
  @Sendable static func writeLog(_ line: String) {
    _ = WholeWrite.write(Array((line + "\n").utf8), to: 2)
  }

  private var usesColor: Bool {
    isDataTerminal && (ProcessInfo.processInfo.environment["NO_COLOR"] ?? "").isEmpty
  }

  /// Why data did not all get out; nil when it did.
  var failure: Failure? {
    loss.reason.map {
      Failure(
        .outputUnwritable, "standard output cannot be written: \($0)",
        fix: "free disk space where the output goes; `reconcile show` and `reconcile runs` tell what was done")
    }
  }

  private func write(_ text: String, to descriptor: Int32) {
    let number = WholeWrite.write(Array(text.utf8), to: descriptor)
    if descriptor == 1 { loss.note(number) }
  }
}

extension Console {
  /// The console of a command that is mostly run without anybody looking on: it keeps quiet unless there is a terminal.
  var unattended: Console {
    var console = self
    console.isQuiet = isQuiet || !isTerminal && !isDataTerminal
    return console
  }

  /// How many columns the terminal has that data goes to; nil when it goes elsewhere.
  var width: Int? {
    guard isDataTerminal else { return nil }
    var size = winsize()
    guard ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }
}
