import Model
import Testing
import Transform

@Suite struct IdentityTests {
  /// Claims in one line: what is linked, who claims, what is named; a `-` behind an id says that it is not there.
  private static func claims(
    linked: String = "", claimants: [String] = [], named: String = "", rivals: [String] = [],
    contenders: [String] = []
  ) -> IdentityClaims {
    func parts(_ text: String) -> (id: String, isPresent: Bool) {
      (text.hasSuffix("-") ? String(text.dropLast()) : text, !text.isEmpty && !text.hasSuffix("-"))
    }
    return IdentityClaims(
      linked: linked.isEmpty ? nil : parts(linked), claimants: claimants, named: parts(named), rivals: rivals,
      contenders: contenders)
  }

  static let pairs: [(IdentityClaims, String)] = [
    (claims(linked: "A"), "A"), (claims(claimants: ["A"]), "A"), (claims(named: "A"), "A"),
    (claims(linked: "A", claimants: ["A"]), "A"), (claims(linked: "A", named: "A"), "A"),
    (claims(claimants: ["A"], named: "A"), "A"), (claims(linked: "A", claimants: ["A"], named: "A"), "A"),
    // What is not there has no voice.
    (claims(linked: "A", named: "B-"), "A"), (claims(linked: "A-", claimants: ["B"]), "B"),
    (claims(linked: "A-", named: "B"), "B"), (claims(claimants: ["A"], named: "B-"), "A"),
    (claims(linked: "A", named: "B-", rivals: ["r2"]), "A"),
  ]

  @Test("R12 R19: all that is there names one opportunity", arguments: pairs)
  func pair(_ claims: IdentityClaims, opportunity: String) {
    #expect(Identity(deciding: claims) == .pair(opportunityID: opportunity))
  }

  @Test(
    "R18: several records claim one identity and all of them stop",
    arguments: [
      (claims(claimants: ["A", "B"]), ["A", "B"], []),
      (claims(linked: "A", claimants: ["A", "B"]), ["A", "B"], []),
      (claims(linked: "C", claimants: ["A", "B"], named: "C"), ["A", "B"], []),
      (claims(named: "A", rivals: ["r2"]), ["A"], ["r2"]),
      (claims(claimants: ["A"], named: "A", rivals: ["r2", "r3"]), ["A"], ["r2", "r3"]),
      (claims(linked: "B", named: "A", rivals: ["r2"]), ["B", "A"], ["r2"]),
    ])
  func duplicate(_ claims: IdentityClaims, opportunities: [String], referrals: [String]) {
    #expect(Identity(deciding: claims) == .duplicate(opportunities: opportunities, referrals: referrals))
  }

  @Test(
    "R19: ways of matching that disagree are never re-linked silently",
    arguments: [
      (claims(linked: "A", claimants: ["B"]), ["A", "B"]), (claims(linked: "A", named: "B"), ["A", "B"]),
      (claims(claimants: ["A"], named: "B"), ["A", "B"]),
      (claims(linked: "A", claimants: ["B"], named: "C"), ["A", "B", "C"]),
      (claims(linked: "A-", claimants: ["B"], named: "C"), ["B", "C"]),
      (claims(named: "A", contenders: ["r2"]), ["A"]), (claims(claimants: ["A"], contenders: ["r2"]), ["A"]),
    ])
  func disagreement(_ claims: IdentityClaims, opportunities: [String]) {
    #expect(Identity(deciding: claims) == .disagreement(opportunities: opportunities))
  }

  @Test("R22 R23: an opportunity that was there and is not any more leaves its referral an orphan")
  func orphan() {
    #expect(Identity(deciding: Self.claims(linked: "A-")) == .orphan(opportunityID: "A"))
    #expect(Identity(deciding: Self.claims(linked: "A-", named: "A-")) == .orphan(opportunityID: "A"))
    #expect(Identity(deciding: Self.claims(linked: "A-", named: "B-")) == .orphan(opportunityID: "A"))
  }

  @Test("R14: a CRM id that no record has is no new record")
  func unknownRecord() {
    #expect(Identity(deciding: Self.claims(named: "A-")) == .unknownRecord(named: "A"))
    #expect(Identity(deciding: Self.claims(named: "A-", rivals: ["r2"])) == .unknownRecord(named: "A"))
  }

  @Test("R15: nothing claims it")
  func alone() {
    #expect(Identity(deciding: Self.claims()) == .alone)
  }

  @Test("R19: the opportunities that are there stand in the order of matching, each once")
  func present() {
    let claims = Self.claims(linked: "C", claimants: ["A", "C"], named: "B")
    #expect(claims.present == ["C", "A", "B"])
    #expect(claims.adding(contenders: ["r9"]).contenders == ["r9"])
    #expect(claims.adding(contenders: []).present == ["C", "A", "B"])
  }
}
