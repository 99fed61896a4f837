import Foundation
import JSON
import Model
import Workspace

// A notice as each channel wants it.
extension Notice {
  /// The notice for programs; `docs/notifications.md` describes it.
  var json: JSONValue {
    var members: [JSONMember] = [
      JSONMember("schema_version", 1),
      JSONMember("occasions", .array(occasions.isEmpty ? ["test"] : occasions.map { .string($0.rawValue) })),
      JSONMember("workspace", .string(label)), JSONMember("title", .string(title)),
      JSONMember("run_id", night.run.map { .string($0.text) } ?? .null),
      JSONMember("exit_status", .number(String(night.exit.rawValue))),
      JSONMember("started", .string(Timestamp.iso(night.started))),
      JSONMember("ended", .string(Timestamp.iso(night.ended))),
      JSONMember("codes", .array(night.codes.map { .string($0.rawValue) })),
      JSONMember("records", Self.object(night.standings)), JSONMember("changes", Self.object(night.outcomes)),
      JSONMember("waiting", .number(String(night.waiting))), JSONMember("conflicts", .number(String(night.conflicts))),
      JSONMember("oldest_conflict", night.oldestConflict.map { .string(Timestamp.iso($0)) } ?? .null),
      JSONMember("token_days_left", night.tokenDaysLeft.map { .number(String($0)) } ?? .null),
      JSONMember("reports", night.reports.map { .string($0) } ?? .null),
      JSONMember("what_to_do", .array(advice.map { .string($0) })),
    ]
    if details { members.append(JSONMember("details", .array(detailLines.map { .string($0) }))) }
    return .object(members)
  }

  /// The notice as plain text below its title: of a mail.
  var plainText: String {
    let width = facts.map(\.name.count).max() ?? 0
    let table = facts.map { $0.name + String(repeating: " ", count: width + 2 - $0.name.count) + $0.value }
    let paragraphs = [
      [title + "."], otherHeadlines.map { "Also: \($0)." }, table,
      advice.isEmpty ? [] : ["What to do:"] + advice.map { "* \($0)" }, detailLines,
    ]
    return paragraphs.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  /// A message for an incoming webhook of Slack.
  var slack: JSONValue {
    let lines =
      ["*\(title)*"] + otherHeadlines.map { "Also: \($0)" } + facts.map { "\($0.name): \($0.value)" }
      + advice.map { "• \($0)" } + detailLines
    return ["text": .string(lines.map(Self.slackText).joined(separator: "\n"))]
  }

  /// A message with an adaptive card, for a workflow of Teams.
  var teams: JSONValue {
    let title: JSONValue = [
      "type": "TextBlock", "text": .string(Self.cardText(title)), "weight": "Bolder", "size": "Medium", "wrap": true,
    ]
    let facts: [JSONValue] = facts.map {
      ["title": .string($0.name), "value": .string(Self.cardText($0.value))]
    }
    let body =
      [title] + otherHeadlines.map { Self.block("Also: \($0)") }
      + (facts.isEmpty ? [] : [["type": "FactSet", "facts": .array(facts)]])
      + advice.map(Self.block) + detailLines.map(Self.block)
    let card: JSONValue = [
      "$schema": "http://adaptivecards.io/schemas/adaptive-card.json", "type": "AdaptiveCard", "version": "1.4",
      "body": .array(body), "msteams": ["width": "Full"],
    ]
    let attachment: JSONValue = [
      "contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": .null, "content": card,
    ]
    return ["type": "message", "attachments": [attachment]]
  }

  /// The message for a webhook of that shape.
  func message(for shape: WebhookShape) -> JSONValue {
    switch shape {
    case .json: json
    case .slack: slack
    case .teams: teams
    }
  }

  // MARK: Parts

  private static func object(_ counts: [String: Int]) -> JSONValue {
    .object(counts.sorted { $0.key < $1.key }.map { JSONMember($0.key, .number(String($0.value))) })
  }

  private static func block(_ text: String) -> JSONValue {
    ["type": "TextBlock", "text": .string(cardText(text)), "wrap": true]
  }

  /// Text in which Slack finds neither link nor mention.
  private static func slackText(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }

  /// Text in which a card finds neither link nor emphasis.
  private static func cardText(_ text: String) -> String {
    text.map { "\\*_[]`".contains($0) ? "\\\($0)" : String($0) }.joined()
  }
}
