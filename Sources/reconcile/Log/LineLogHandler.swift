import Foundation
import JSON
import Logging
import Model
import Wire

/// Writes each event as one line: time in UTC, level, run, message, and what belongs to it by name.
///
/// What looks like a secret is taken out, and so is what would break or move a line.
struct LineLogHandler: LogHandler {
  /// The name under which the run stands among the metadata.
  static let run = "run"

  var metadata: Logger.Metadata = [:]
  var metadataProvider: Logger.MetadataProvider?
  var logLevel: Logger.Level

  private let format: LogFormat
  private let now: @Sendable () -> Date
  private let write: @Sendable (String) -> Void

  /// A handler that gives its lines, without their ends, to `write`.
  init(
    level: Logger.Level, format: LogFormat, now: @escaping @Sendable () -> Date,
    write: @escaping @Sendable (String) -> Void
  ) {
    logLevel = level
    self.format = format
    self.now = now
    self.write = write
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let redaction = Redaction()
    let known = metadata.merging(event.metadata ?? [:]) { $1 }
    let fields = known.filter { $0.key != Self.run }.sorted { $0.key < $1.key }
      .map { (name: $0.key, value: redaction.clean("\($0.value)")) }
    let line = Line(
      time: Timestamp.iso(now()), level: event.level.rawValue, run: known[Self.run].map { "\($0)" },
      message: redaction.clean(event.message.description), fields: fields)
    switch format {
    case .text: write(line.text)
    case .json: write(line.json)
    }
  }

  /// The parts of a line.
  private struct Line {
    let time: String
    let level: String
    let run: String?
    let message: String
    let fields: [(name: String, value: String)]

    var text: String {
      ([time, level, run ?? "-", HarmlessText.plain(message)] + fields.map { "\($0.name)=\(Self.quoted($0.value))" })
        .joined(separator: " ")
    }

    var json: String {
      let head = [
        JSONMember("time", .string(time)), JSONMember("level", .string(level)),
        JSONMember("run", run.map { .string($0) } ?? .null), JSONMember("message", .string(message)),
      ]
      return JSONValue.object(head + fields.map { JSONMember($0.name, .string($0.value)) }).text
    }

    /// A value as it is where nobody can mistake it, else in quotes.
    private static func quoted(_ value: String) -> String {
      let isPlain = !value.isEmpty && !value.contains { " \"=\\".contains($0) }
      let text = HarmlessText.plain(value)
      return isPlain ? text : "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
  }
}
