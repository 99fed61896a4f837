import Foundation
import Model
import Testing

@testable import Transform

/// `docs/decision-table.md` against the functions that it describes.
@Suite("The page of the decision tables")
struct DecisionPageTests {
  private static let page: String = {
    let file = mappingsFolder.deletingLastPathComponent().appendingPathComponent("docs/decision-table.md")
    return (try? String(contentsOf: file, encoding: .utf8)) ?? ""
  }()

  /// The rows of the first table behind a heading, cell by cell, without the titles.
  private static func table(after heading: String, at start: String.Index? = nil) -> [[String]] {
    guard let place = page.range(of: heading, range: (start ?? page.startIndex)..<page.endIndex) else { return [] }
    let lines = page[place.upperBound...].components(separatedBy: "\n").drop { !$0.hasPrefix("|") }
    return lines.prefix { $0.hasPrefix("|") }.dropFirst(2).map { line in
      line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast()
        .map { $0.trimmingCharacters(in: .whitespaces) }
    }
  }

  // MARK: Fields

  private static let routes: [String: FieldRoutes.Route] = [
    "always": .open, "raise": .raise, "create": .onCreate, "never": .never,
  ]

  /// Each table of every case: its heading, and the three values that stand below it.
  static let cases: [(String, String?, String, String)] = [
    ("### Row 2:", nil, "x", ""), ("### Row 3:", nil, "", "y"), ("### Row 4:", nil, "x", "y"),
    ("### Row 5:", "b", "x", "b"),
    ("### Row 6:", "b", "b", "y"), ("### Row 7:", "b", "x", "y"), ("### A box, ticked", "false", "false", "true"),
    ("### A box, unticked", "true", "true", "false"),
  ]

  @Test("R75 R76 R82 R115: each cell of the page is what the function decides", arguments: cases)
  func fields(_ heading: String, _ base: String?, _ partnerCenter: String, _ salesforce: String) throws {
    let shown =
      "`base` \(base ?? "none"), `partner_center` \(partnerCenter.isEmpty ? "empty" : partnerCenter), "
      + "`salesforce` \(salesforce.isEmpty ? "empty" : salesforce)"
    let place = try #require(Self.page.range(of: heading))
    #expect(Self.page[place.upperBound...].prefix(200).contains(shown), "\(heading) names its values")
    let rows = Self.table(after: heading)
    #expect(rows.count == 4)
    let columns = ["always", "raise", "create", "never"]
    for row in rows {
      let toSalesforce = try #require(Self.routes[row[0]])
      for (column, cell) in zip(columns, row.dropFirst()) {
        let decision = ThreeWay.decide(
          base: base.map { Value($0) }, partnerCenter: Value(partnerCenter), salesforce: Value(salesforce),
          routes: FieldRoutes(toSalesforce: toSalesforce, toPartnerCenter: try #require(Self.routes[column])))
        #expect(Self.words(decision) == cell, "\(heading) \(row[0]) \(column)")
      }
    }
  }

  private static func words(_ decision: FieldDecision) -> String {
    switch decision {
    case .same: "same"
    case .toSalesforce(let code): "to-salesforce \(code.rawValue)"
    case .toPartnerCenter(let code): "to-partner-center \(code.rawValue)"
    case .conflict(let code): "conflict \(code.rawValue)"
    case .differs(let code): "differs \(code.rawValue)"
    }
  }

  // MARK: Lists

  @Test("R93: the page's table of lists has every case, each as the function decides it")
  func lists() {
    var seen = 0
    for row in Self.table(after: "## One element of a linked pair's lists") {
      for inBase in [true, false] where row[0] == "any" || (row[0] == "yes") == inBase {
        let decision = ListMerge.decide(
          inBase: inBase, inPartnerCenter: row[1] == "has it", inSalesforce: row[2] == "has it")
        #expect(Self.words(decision) == row[3])
        seen += 1
      }
    }
    #expect(seen == 8)
  }

  private static func words(_ decision: ListDecision) -> String {
    switch decision {
    case .same: "same"
    case .gone: "gone"
    case .add(let way): "add \(way.rawValue)"
    case .remove(let way): "remove \(way.rawValue)"
    }
  }

  @Test("R78: the page's table of upgrades is the one that is tested")
  func upgrades() {
    let kinds: [String: JudgeHelpTests.Kind] = [
      "private": .privateDeal, "partner-led": .partnerLed, "co-sell": .coSell,
    ]
    var cells = 0
    for row in Self.table(after: "## A deal's kind, changed in Salesforce") {
      for (to, cell) in zip(["private", "partner-led", "co-sell"], row.dropFirst()) {
        let tested = JudgeHelpTests.upgrades.first { $0.from == kinds[row[0]] && $0.to == kinds[to] }
        #expect((tested?.action?.rawValue ?? "nothing") == cell, "\(row[0]) to \(to)")
        cells += 1
      }
    }
    #expect(cells == 9)
  }

  // MARK: Status

  private static let referrals: [String: [ReferralState]] = [
    "New": [.new], "Active": [.active], "Won": [.won], "Lost, Declined": [.lost, .declined], "Expired": [.expired],
    "unknown": [.unknown("Active/Engaged")],
  ]
  private static let opportunities: [String: OpportunityState] = [
    "on hold": .onHold, "open": .open, "won": .won, "lost": .lost,
  ]

  @Test("R54–R66: the page has every case of status and stage once, each as the function decides it")
  func status() throws {
    let heading = try #require(Self.page.range(of: "### Status and sub-status")).upperBound
    var seen: Set<String> = []
    for row in Self.table(after: "### Every case", at: heading) {
      let deals = row[1] == "any" ? ["on hold", "open", "won", "lost"] : row[1].components(separatedBy: ", ")
      for referral in try #require(Self.referrals[row[0]]) {
        for deal in deals {
          for wasClosed in [true, false] where row[2] == "any" || (row[2] == "yes") == wasClosed {
            for closes in [true, false] where row[3] == "any" || (row[3] == "close") == closes {
              let decision = StatusTable.decide(
                referral: referral, opportunity: try #require(Self.opportunities[deal]), wasClosed: wasClosed,
                closesExpired: closes)
              #expect(Self.words(decision) == row[4], "\(referral) \(deal) \(wasClosed) \(closes)")
              #expect(seen.insert("\(referral) \(deal) \(wasClosed) \(closes)").inserted)
            }
          }
        }
      }
    }
    #expect(seen.count == 7 * 4 * 2 * 2)
  }

  private static func words(_ decision: StatusDecision) -> String {
    switch decision {
    case .settled: "settled"
    case .moves(let moves): moves.map { "\($0)" }.joined(separator: ", ")
    case .waiting: "waiting"
    case .terminalMismatch: "report"
    case .expiredFlag: "flag"
    case .unknownStatus: "unknown"
    }
  }

  @Test("R55 R56: the page's states of a referral are those that are read")
  func states() {
    for row in Self.table(after: "### Status and sub-status") where row[0] != "anything else" {
      for substatus in row[1].components(separatedBy: ", ") {
        let state = ReferralState(status: row[0], substatus: substatus == "empty" ? "" : substatus)
        let name = "\(state)"
        #expect(name.lowercased() == row[2].lowercased(), "\(row[0])/\(substatus)")
      }
    }
    #expect(ReferralState(status: "Active", substatus: "Engaged") == .unknown("Active/Engaged"))
  }

  // MARK: Kinds

  @Test("R5 R7: the page's kinds of deals are those that are decided, and nothing else is")
  func kinds() {
    let inviters = [
      "`msft`": ["msft"], "none": [""], "anybody else, named": ["fabrikam"], "any": ["msft", "", "fabrikam"],
    ]
    var named: [String: String] = [:]
    for row in Self.table(after: "## What kind of deal a referral is") {
      for qualification in row[1].components(separatedBy: ", ") {
        for inviter in (inviters[row[2]] ?? row[2].components(separatedBy: " or ").flatMap { inviters[$0] ?? [] }) {
          named["\(row[0]) \(qualification) \(inviter)"] = row[3]
        }
      }
    }
    for type in ["Independent", "Shared", "Other"] {
      for qualification in ["Direct", "SalesQualified", "MarketingQualified", "None", "Other"] {
        for inviter in ["msft", "", "fabrikam"] {
          let referral = Deal.record(
            .referral,
            [
              "id": "r", "type": type, "qualification": qualification,
              "inviteContext.invitedBy.organizationId": inviter,
              "consent.consentToShareReferralWithMicrosoftSellers": "false", "inviteContext.assistanceRequestCode": "",
            ])
          let decided =
            switch Category(of: referral) {
            case .marketplaceLead: "marketplace lead"
            case .qualifiedLead: "qualified lead"
            case .privateDeal: "own deal: co-sell, partner-led or private"
            case .coSell: "co-sell"
            case .partnerLed: "partner-led"
            case nil: ""
            }
          #expect(
            (named["\(type) \(qualification) \(inviter)"] ?? "") == decided, "\(type) \(qualification) \(inviter)")
        }
      }
    }
  }
}
