import JSON
import Model
import Setup
import Wire

/// Asks Partner Center what the user sees.
struct PartnerCenterLook {
  /// Pages of referrals that are looked at: enough to tell a role, and soon done.
  private static let mostPages = 10

  /// Makes the client.
  let client: () throws -> PartnerCenterClient

  /// What it answers; the records that are sought are looked for on the way.
  func facts(_ sought: inout Canaries) -> PartnerCenterFacts {
    var facts = PartnerCenterFacts()
    var signedIn: PartnerCenterClient?
    facts.signIn = Fact(asking: {
      let client = try client()
      try client.signIn()
      signedIn = client
      return true
    })
    guard let client = signedIn else { return facts }
    facts.referrals = Fact(asking: { try seen(by: client) })
    sought.look(on: .partnerCenter) { try Self.holds($0, client) }
    return facts
  }

  private func seen(by client: PartnerCenterClient) throws -> PartnerCenterFacts.SeenReferrals {
    var seen = PartnerCenterFacts.SeenReferrals()
    var pages = client.referrals()
    let projector = RecordProjector(paths: ["id", "organizationId", "team"])
    for _ in 0..<Self.mostPages {
      guard let page = try pages.next(projector) else {
        seen.isAll = true
        break
      }
      for texts in page { seen.note(organization: texts[1], team: Self.addresses(texts[2])) }
    }
    return seen
  }

  private static func holds(_ id: String, _ client: PartnerCenterClient) throws -> Bool {
    do {
      _ = try client.get(id)
      return true
    } catch  where error.code == .recordGone {
      return false
    }
  }

  private static func addresses(_ team: String) -> [String] {
    let members = (try? JSONValue(parsing: team))?.arrayValue ?? []
    return members.compactMap { $0["email"]?.stringValue }
  }
}
