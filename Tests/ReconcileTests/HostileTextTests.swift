import Foundation
import JSON
import Testing

/// Texts that want to be run, in every text field of both services: in reports, page, terminal and messages they are texts.
@Suite("Hostile texts")
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

  /// Texts that tell the program which record is which, or that the services themselves keep: an attack there is another test.
  private static let kept = [
    "id", "eTag", "engagementId", "organizationId", "externalReferenceId", "status", "substatus", "type",
    "qualification",
    "direction", "consent", "inviteContext", "createdDateTime", "updatedDateTime", "closingDateTime",
    "expirationDateTime",
    "Id", "StageName", "CurrencyIsoCode", "Referral_Identifier__c", "attributes",
  ]

  /// Fields into which the attack has to get, so that the test cannot pass by being refused.
  private static let mustBeFilled = [
    "Referral.name", "Referral.customerProfile.name", "Referral.customerProfile.address.city", "Referral.details.notes",
    "Referral.customerProfile.team.firstName", "Referral.details.requirements.solutions.name", "Opportunity.Name",
    "Opportunity.Description", "Account.Name", "Account.BillingCountry", "Contact.LastName",
    "Microsoft_Solution_Detail__c.Name",
  ]

  /// Texts of which a wrong one sets the whole pair aside; every second record keeps them, and is compared further.
  private static let read = [
    "country", "currency", "BillingCountry", "Solution_Identifier__c", "email", "Email", "team",
  ]

  /// The paths of all texts in a document that a person may have written.
  private static func paths(in value: JSONValue, below path: [String] = []) -> [[String]] {
    if let last = path.last, kept.contains(last) || last.hasSuffix("Id") || last.hasSuffix("Date") { return [] }
    if let last = path.last, last.hasSuffix("DateTime") { return [] }
    switch value {
    case .string: return [path]
    case .object(let members): return members.flatMap { paths(in: $0.value, below: path + [$0.name]) }
    case .array(let elements):
      return elements.enumerated().flatMap { paths(in: $1, below: path + ["\($0)"]) }
    case .null, .bool, .number: return []
    }
  }

  /// A document with a text in place of what stands at a path.
  private static func replacing(_ path: ArraySlice<String>, in value: JSONValue, by text: String) -> JSONValue {
    guard let name = path.first else { return .string(text) }
    switch value {
    case .object(let members):
      return .object(
        members.map { $0.name == name ? JSONMember(name, replacing(path.dropFirst(), in: $0.value, by: text)) : $0 })
    case .array(let elements):
      return .array(
        elements.enumerated().map { "\($0)" == name ? replacing(path.dropFirst(), in: $1, by: text) : $1 })
    case .null, .bool, .number, .string: return value
    }
  }

  /// Writes the attack into every text field of the first records of every object of both services; gives the fields.
  private static func attack(_ bench: Workbench, _ text: String, records: Int) throws -> Set<String> {
    let state = try bench.sandbox.state()
    var filled: Set<String> = []
    for (index, referral) in (state.at("partner_center.referrals")?.arrayValue ?? []).prefix(records).enumerated() {
      guard let id = referral["id"]?.stringValue else { continue }
      for member in referral.objectValue ?? [] {
        // Lists are set as a whole, and so is what lies in them.
        var value = member.value
        let paths = paths(in: value, below: [member.name]).filter { index % 2 == 0 || !read.contains($0.last ?? "") }
        for path in paths { value = replacing(path.dropFirst(), in: value, by: text) }
        guard !paths.isEmpty, (try? bench.sandbox.edit(referral: id, member.name, value)) != nil else { continue }
        filled.formUnion(paths.map { "Referral." + $0.filter { Int($0) == nil }.joined(separator: ".") })
      }
    }
    for object in state["salesforce"]?.objectValue ?? [] {
      for (index, record) in (object.value.arrayValue ?? []).prefix(records).enumerated() {
        for path in paths(in: record) where path.count == 1 && (index % 2 == 0 || !read.contains(path[0])) {
          guard (try? bench.sandbox.set(object.name, record["Id"]?.stringValue ?? "", path[0], .string(text))) != nil
          else { continue }
          filled.insert("\(object.name).\(path[0])")
        }
      }
    }
    return filled
  }

  @Test("in every text field of both services, on pairs and on records alone", arguments: attacks)
  func harmless(_ attack: Attack) throws {
    let bench = try Workbench()
    _ = try bench.reconcile("plan")
    // The first plan knows what is in play; the second meets the attack in pairs, in new deals and in conflicts.
    let isLong = attack.text.utf8.count > 100_000
    let filled = try Self.attack(bench, attack.text, records: isLong ? 2 : 100)
    for field in Self.mustBeFilled where !isLong || field.hasPrefix("Referral.") {
      #expect(filled.contains(field), "the attack must get into \(field): \(filled.sorted())")
    }

    let plan = try bench.reconcile("plan")
    #expect(plan.status == 0, "\(plan.err.prefix(500))")
    var outputs = [(plan, false)]
    let row = try #require(try bench.changes().rows.first)
    let deal = [row["referral_id"] ?? "", row["opportunity_id"] ?? ""].max() ?? ""
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
