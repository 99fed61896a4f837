import JSON

extension SalesforceClient {
  /// The versions of the API that the org offers, such as `62.0`, oldest first.
  ///
  /// Asking for them needs no right and counts for nothing.
  package func versions() throws(ServiceError) -> [String] {
    let response = try send(call(.get, "/services/data"))
    let versions = try document(response).arrayValue?.compactMap { $0["version"]?.stringValue } ?? []
    guard !versions.isEmpty else {
      throw answer.malformed(response, "it answered a call for its versions with something else")
    }
    func number(_ version: String) -> Int { Int(version.prefix { $0 != "." }) ?? 0 }
    return versions.sorted { number($0) < number($1) }
  }

  /// What Salesforce allows in 24 hours and what is left of it, by the service's own names, such as `DailyApiRequests`.
  ///
  /// Accurate to about five minutes. Needs the right View Setup and Configuration.
  package func limits() throws(ServiceError) -> [String: (maximum: Int, remaining: Int)] {
    let response = try send(call(.get, root + "/limits"))
    guard let members = try document(response).objectValue else {
      throw answer.malformed(response, "it answered a call for its limits with something else")
    }
    var limits: [String: (maximum: Int, remaining: Int)] = [:]
    for member in members {
      guard let maximum = member.value["Max"]?.numberText.flatMap({ Int($0) }),
        let remaining = member.value["Remaining"]?.numberText.flatMap({ Int($0) })
      else { continue }
      limits[member.name] = (maximum, remaining)
    }
    return limits
  }
}
