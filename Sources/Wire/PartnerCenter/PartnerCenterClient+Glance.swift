package import JSON
import Model

extension PartnerCenterClient {
  /// One referral that the user may see, nil where there is none: proves that referrals can be read at all.
  package func glance() throws(ServiceError) -> JSONValue? {
    let response = try channel.send(call(.get, Self.listPath + "?$top=1"))
    guard let records = try read(response, isWrite: false)["value"]?.arrayValue else {
      throw answer.malformed(response, "it answered a list of referrals without one")
    }
    return records.first
  }
}
