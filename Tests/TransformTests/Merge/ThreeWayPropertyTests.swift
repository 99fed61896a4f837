import Model
import TestSupport
import Testing
import Transform

/// What must hold of the merge whatever the values are.
@Suite struct ThreeWayPropertyTests {
  private static let routes: [FieldRoutes.Route] = [.open, .raise, .onCreate, .never]

  private struct Case {
    let base: Value?
    let partnerCenter: Value
    let salesforce: Value
    let routes: FieldRoutes

    init(using random: inout SeededGenerator) {
      let texts = ["", "a", "b", "c", "true", "false"]
      func value(_ random: inout SeededGenerator) -> Value { Value(texts.randomElement(using: &random) ?? "") }
      func route(_ random: inout SeededGenerator) -> FieldRoutes.Route {
        ThreeWayPropertyTests.routes.randomElement(using: &random) ?? .open
      }
      base = Int.random(in: 0..<4, using: &random) == 0 ? nil : value(&random)
      // Often one side stands still: otherwise nearly every draw is a conflict.
      let still = Int.random(in: 0..<3, using: &random)
      partnerCenter = still == 0 ? base ?? value(&random) : value(&random)
      salesforce = still == 1 ? base ?? value(&random) : value(&random)
      routes = FieldRoutes(toSalesforce: route(&random), toPartnerCenter: route(&random))
    }

    var decision: FieldDecision {
      ThreeWay.decide(base: base, partnerCenter: partnerCenter, salesforce: salesforce, routes: routes)
    }

    /// The same case with the sides exchanged.
    var mirrored: FieldDecision {
      ThreeWay.decide(
        base: base, partnerCenter: salesforce, salesforce: partnerCenter,
        routes: FieldRoutes(toSalesforce: routes.toPartnerCenter, toPartnerCenter: routes.toSalesforce))
    }
  }

  private static func mayWrite(_ route: FieldRoutes.Route, _ value: Value, over old: Value) -> Bool {
    switch route {
    case .open: true
    case .raise: !["", "false"].contains(value.text) && ["", "false"].contains(old.text)
    case .onCreate, .never: false
    }
  }

  @Test("R75 R82 R96 R113 R115: no write against a route, none of equal values, none from the side that stood still")
  func invariants() {
    var random = SeededGenerator(named: "ThreeWayPropertyTests")
    var seen: [String: Int] = [:]
    for _ in 0..<20_000 {
      let sample = Case(using: &random)
      let decision = sample.decision
      let (pc, sf, base) = (sample.partnerCenter, sample.salesforce, sample.base)
      #expect((decision == .same) == (pc == sf), "\(sample)")
      switch decision {
      case .same:
        seen["same", default: 0] += 1
      case .toSalesforce(let code):
        seen["to Salesforce, \(code)", default: 0] += 1
        #expect(Self.mayWrite(sample.routes.toSalesforce, pc, over: sf), "\(sample)")
        if code == .changedInPartnerCenter { #expect(base == sf && base != pc, "\(sample)") }
        if code == .putBack { #expect(base == pc && base != sf, "\(sample)") }
        if code == .filledWhereEmpty { #expect(base == nil && sf.isNone, "\(sample)") }
      case .toPartnerCenter(let code):
        seen["to Partner Center, \(code)", default: 0] += 1
        #expect(Self.mayWrite(sample.routes.toPartnerCenter, sf, over: pc), "\(sample)")
        if code == .changedInSalesforce { #expect(base == pc && base != sf, "\(sample)") }
        if code == .putBack { #expect(base == sf && base != pc, "\(sample)") }
        if code == .filledWhereEmpty { #expect(base == nil && pc.isNone, "\(sample)") }
      case .conflict(let code):
        seen["conflict, \(code)", default: 0] += 1
        #expect((code == .conflictFirstContact) == (base == nil), "\(sample)")
        if let base { #expect(base != pc && base != sf, "\(sample)") }
      case .differs:
        seen["differs", default: 0] += 1
      }
    }
    #expect(seen.count == 12, "\(seen)")
    for (kind, count) in seen { #expect(count > 40, "\(kind)") }
  }

  @Test("the sides are alike: exchanged, they give the exchanged decision")
  func symmetry() {
    var random = SeededGenerator(named: "ThreeWayPropertyTests.symmetry")
    var compared = 0
    for _ in 0..<10_000 {
      let sample = Case(using: &random)
      // The step back on a raising route is put back in Salesforce alone: Partner Center never takes it (R75).
      guard sample.routes.toSalesforce != .raise, sample.routes.toPartnerCenter != .raise else { continue }
      compared += 1
      let expected: FieldDecision =
        switch sample.decision {
        case .toSalesforce(.changedInPartnerCenter): .toPartnerCenter(.changedInSalesforce)
        case .toPartnerCenter(.changedInSalesforce): .toSalesforce(.changedInPartnerCenter)
        case .toSalesforce(let code): .toPartnerCenter(code)
        case .toPartnerCenter(let code): .toSalesforce(code)
        case .same, .conflict, .differs: sample.decision
        }
      #expect(sample.mirrored == expected, "\(sample)")
    }
    #expect(compared > 4_000)
  }
}
