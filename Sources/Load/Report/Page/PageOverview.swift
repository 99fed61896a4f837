import Ledger
import Model

/// The upper part of the page: the night in one line and one picture, and what waits for the same reason.
struct PageOverview {
  private let content: PageContent

  init(_ content: PageContent) {
    self.content = content
  }

  /// What the template prints, by name.
  var values: [String: Any] {
    let run = content.run
    let picture = PagePicture(standings: run.standings)
    return [
      "run": run.id.text, "digest": run.digest, "mapping": run.mapping, "started": run.started, "day": Self.day(run),
      "night": night, "state": Self.state(run), "snapshots": snapshots, "bar": picture.bar,
      "trend": PagePicture.trend(of: content.nights), "trendTitle": trendTitle,
      "standings": standings, "hasRows": !content.actions.isEmpty, "actions": actions,
      "nights": content.nights.reversed().map(Self.night), "causes": causes, "hasCauses": !content.causes.isEmpty,
      "omitted": omitted,
    ]
  }

  /// The night in one line: `412 deals: 380 in sync, 20 with changes …`.
  private var night: String {
    let standings = content.run.standings
    let parts = Standing.allCases.compactMap { standing in
      standings[standing].map { "\(Self.grouped($0)) \(standing.title)" }
    }
    let total = standings.values.reduce(0, +)
    return "\(Self.grouped(total)) \(total == 1 ? "deal" : "deals"): \(parts.joined(separator: ", "))."
  }

  private var trendTitle: String {
    content.nights.count > 1 ? "Not in sync, the last \(content.nights.count) nights" : "Not in sync tonight"
  }

  private static func state(_ run: RunEntry) -> String {
    let state =
      switch run.state {
      case .planned: "planned, waits for review"
      case .applying: "apply was begun and is not finished"
      case .applied: "applied"
      }
    return switch run.kind {
    case RunEntry.undo: "takes an earlier run back; \(state)"
    case RunEntry.touched: "of those deals alone that events named; \(state)"
    default: state
    }
  }

  private var snapshots: String {
    content.run.snapshots.sorted { $0.key.rawValue < $1.key.rawValue }
      .map { "\(Self.grouped($0.value.total)) \($0.key.rawValue) records" }.joined(separator: ", ")
  }

  private var standings: [[String: String]] {
    Standing.allCases.compactMap { standing in
      content.run.standings[standing].map {
        ["name": standing.rawValue, "title": standing.title, "count": Self.grouped($0)]
      }
    }
  }

  private var actions: [[String: String]] {
    Action.allCases.compactMap { action in
      content.actions[action].map { sides in
        [
          "title": action.rawValue.replacing("-", with: " "), "toSalesforce": Self.figure(sides[.toSalesforce]),
          "toPartnerCenter": Self.figure(sides[.toPartnerCenter]),
        ]
      }
    }
  }

  /// What needs a person first, then by number.
  private var causes: [[String: String]] {
    content.causes.sorted { left, right in
      (left.key.standing.urgency, right.value, left.key.code.rawValue)
        < (right.key.standing.urgency, left.value, right.key.code.rawValue)
    }.map { cause, count in
      let text = cause.code.explanation
      return [
        "count": Self.grouped(count), "code": cause.code.rawValue, "title": text.title, "meaning": text.meaning,
        "action": text.action,
      ]
    }
  }

  private var omitted: [[String: String]] {
    guard content.omittedDeals > 0 || content.omittedRows > 0 else { return [] }
    return [
      [
        "text":
          "\(Self.grouped(content.omittedRows)) rows and \(Self.grouped(content.omittedDeals)) deals are left out of "
          + "this page. changes.csv and reconciliation.csv have all of them; rows that are not here keep their proposal "
          + "unless changes.csv says otherwise."
      ]
    ]
  }

  private static func night(_ run: RunEntry) -> [String: String] {
    let waiting = run.standings.filter { $0.key.needsPerson }.values.reduce(0, +)
    return [
      "day": day(run), "deals": grouped(run.standings.values.reduce(0, +)), "inSync": figure(run.standings[.inSync]),
      "changes": figure(run.standings[.changes]), "waiting": grouped(waiting),
    ]
  }

  private static func figure(_ number: Int?) -> String { number.map(grouped) ?? "–" }

  /// A number in groups of three digits.
  static func grouped(_ number: Int) -> String {
    let digits = Array(String(number).reversed())
    let groups = stride(from: 0, to: digits.count, by: 3).map { String(digits[$0..<min($0 + 3, digits.count)]) }
    return String(groups.joined(separator: ",").reversed())
  }

  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ]

  /// The day of a run, as `27 November 2026`.
  static func day(_ run: RunEntry) -> String {
    let parts = run.started.prefix(10).split(separator: "-").compactMap { Int($0) }
    guard parts.count == 3, months.indices.contains(parts[1] - 1) else { return run.started }
    return "\(parts[2]) \(months[parts[1] - 1]) \(parts[0])"
  }
}

extension Standing {
  /// The standing in words.
  var title: String {
    switch self {
    case .inSync: "in sync"
    case .changes: "with changes"
    case .conflict: "in conflict"
    case .held: "held"
    case .onlyPartnerCenter: "only in Partner Center"
    case .onlySalesforce: "only in Salesforce"
    case .skipped: "skipped"
    case .quarantined: "quarantined"
    case .closed: "closed"
    case .error: "with errors"
    }
  }

  /// Whether a deal stays where it stands until a person does something.
  var needsPerson: Bool {
    switch self {
    case .conflict, .held, .quarantined, .error: true
    case .inSync, .changes, .onlyPartnerCenter, .onlySalesforce, .skipped, .closed: false
    }
  }

  /// The place among causes, the most urgent first.
  var urgency: Int {
    switch self {
    case .error: 0
    case .quarantined: 1
    case .conflict: 2
    case .held: 3
    case .onlyPartnerCenter, .onlySalesforce: 4
    case .changes: 5
    case .skipped: 6
    case .inSync, .closed: 7
    }
  }
}
