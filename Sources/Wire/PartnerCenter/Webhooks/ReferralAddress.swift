/// The address of a referral, as an event names it.
package struct ReferralAddress: Sendable, Hashable {
  /// The referral's id, in lower case.
  package let id: String

  /// Reads an address whose host is in the list; nil for one of another host, or of something else than a referral.
  ///
  /// The documentation's form, `/engagements/v1/referrals/ID`, is not that of the service itself,
  /// `/v1.0/engagements/referrals/ID`: both are taken, and of both the id alone.
  package init?(_ text: String, hosts: [String]) {
    guard text.utf8.count <= Self.longest, let address = Address(text), AllowedHosts(hosts).allows(address),
      address.query.isEmpty
    else { return nil }
    let segments = address.path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard let last = segments.last, OData.isGUID(last), segments.dropLast().last == "referrals",
      segments.contains("engagements")
    else { return nil }
    id = last.lowercased()
  }

  /// Whether a text has the form of a referral's id.
  package static func isID(_ text: String) -> Bool { OData.isGUID(text) }

  private static let longest = 2048
}
