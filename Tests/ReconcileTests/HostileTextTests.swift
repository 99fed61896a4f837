import Foundation
import JSON
import Testing

/// Texts that want to be run, in every text field of both services: in reports, page, terminal and messages they are texts.
@Suite("Hostile texts", .timeLimit(.minutes(20)))
struct HostileTextTests {
  /// Where a text comes out.
  enum Place: CaseIterable {
    case terminal
    case json
    case table
    case page
  }

  /// An attack, and the part of it that must not come out as it went in where it would do something.
  struct Attack: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let text: String
    let active: String
    let places: Set<Place>

    init(_ name: String, _ text: String, active: String, in places: Set<Place> = Set(Place.allCases)) {
      testDescription = name
      self.text = text
      self.active = active
      self.places = places
    }
  }

  static let attacks: [Attack] = [
    Attack("a formula", #"=HYPERLINK("http://evil.example","x")"#, active: "\n=HYPERLINK", in: [.table]),
    Attack("a command in a cell", "@SUM(1+1)*cmd|' /C calc'!A0", active: ",@SUM", in: [.table]),
    Attack("a script", "</script><script>window.hacked = 1</script>", active: "<script>window.hacked", in: [.page]),
    Attack(
      "an image with a handler", #""><img src=x onerror="window.hacked = 1">"#, active: "<img src=x", in: [.page]),
    Attack("a template", "{{{data}}} {{name}} ${1} <!-- --> ]]>", active: "{{{data}}} {{name}} ${1} <!", in: [.page]),
    Attack("terminal escapes", "\u{1B}[2J\u{1B}]0;owned\u{7}\u{9B}31m\rhidden", active: "\u{1B}"),
    Attack("writing turned round", "invoice\u{202E}fdp.exe\u{2066}x\u{2069}", active: "\u{202E}"),
    Attack("separators of lines", "a\u{2028}b\u{2029}c\u{85}d", active: "\u{85}"),
    Attack(
      "a megabyte", String(repeating: "Contoso ", count: 131_072), active: String(repeating: "Contoso ", count: 5_000),
      in: [.terminal, .table, .page]),
  ]

  /// Every text of a referral and of an opportunity with its customer that a person can fill.
  private static let referralPaths = [
    "name", "customerProfile.name", "customerProfile.address.addressLine1", "customerProfile.address.city",
    "customerProfile.address.state", "customerProfile.address.postalCode", "details.notes", "statusReason",
  ]
  private static let recordFields: [(object: String, fields: [String])] = [
    ("Opportunity", ["Name", "Description", "StageName", "NextStep"]),
    ("Account", ["Name", "BillingStreet", "BillingCity", "BillingState", "BillingPostalCode"]),
  ]

  @Test("in every text field of both services, on pairs and on records alone", arguments: attacks)
  func harmless(_ attack: Attack) throws {
    let bench = try Workbench()
    _ = try bench.reconcile("plan")
    // The first plan knows what is in play; the second meets the attack in pairs, in new deals and in conflicts.
    let state = try bench.sandbox.state()
    let isLong = attack.text.utf8.count > 100_000
    var filled = 0
    for referral in (state.at("partner_center.referrals")?.arrayValue ?? []).prefix(isLong ? 3 : 100) {
      guard let id = referral["id"]?.stringValue else { continue }
      for path in Self.referralPaths {
        filled += (try? bench.sandbox.edit(referral: id, path, .string(attack.text))) == nil ? 0 : 1
      }
    }
    for (object, fields) in Self.recordFields {
      for record in (state.at("salesforce." + object)?.arrayValue ?? []).prefix(isLong ? 2 : 100) {
        for field in fields where field != "StageName" || record["IsClosed"]?.boolValue == false {
          filled +=
            (try? bench.sandbox.set(object, record["Id"]?.stringValue ?? "", field, .string(attack.text))) == nil
            ? 0 : 1
        }
      }
    }
    #expect(filled > 8, "the attack must get in")

    let plan = try bench.reconcile("plan")
    #expect(plan.status == 0, "\(plan.err.prefix(500))")
    var outputs = [(plan, false)]
    let deal = try #require(try bench.changes().rows.first { $0["referral_id"] != "" }?["referral_id"])
    for command in [
      ["show"], ["show", "--json"], ["record", deal], ["record", deal, "--json"], ["mappings", "try", deal],
    ] {
      outputs.append((try bench.start(command).wait(), command.contains("--json")))
    }
    outputs.append((try bench.reconcile("apply"), false))
    outputs.append((try bench.reconcile("show", "--status", "failed"), false))
    for (output, isJSON) in outputs {
      Self.expectHarmless(output.out, attack, in: isJSON ? .json : .terminal)
      Self.expectHarmless(output.err, attack, in: .terminal)
    }

    for name in ["changes.csv", "reconciliation.csv", "report.html", "summary.json"] {
      let text = try bench.text("reports/latest/" + name)
      Self.expectHarmless(text, attack, in: name.hasSuffix(".csv") ? .table : name.hasSuffix(".html") ? .page : .json)
      if name.hasSuffix(".csv") {
        for row in try Report(Array(text.utf8)).rows {
          for (column, cell) in row {
            #expect(cell.utf16.count <= 32_767, "\(column)")
            // A negative number is one; nothing else may begin like a formula.
            let isNumber = cell.wholeMatch(of: /-?[0-9.]+/) != nil
            #expect(isNumber || !["=", "+", "-", "@"].contains(cell.first), "\(column): \(cell.prefix(40))")
          }
        }
      }
    }
    guard Browser.path != nil else { return }
    let page = try Browser().open(bench.path("reports/latest/report.html").resolvingSymlinksInPath())
    #expect(try page.holds("window.hacked === undefined && document.querySelectorAll('script').length === 2"))
    #expect(try page.holds("document.querySelectorAll('img').length === 0"))
    #expect(try page.problems() == [])
  }

  private static func expectHarmless(_ text: String, _ attack: Attack, in place: Place) {
    let bytes = text.unicodeScalars
    let acting = bytes.first { scalar in
      switch scalar.value {
      case 0x09, 0x0A, 0x0D: false
      case 0x00..<0x20, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069: true
      case _: false
      }
    }
    #expect(acting == nil, "U+\(String(acting?.value ?? 0, radix: 16)) comes out")
    guard attack.places.contains(place) else { return }
    #expect(!text.contains(attack.active), "\(attack.active.prefix(60)) comes out")
  }
}
