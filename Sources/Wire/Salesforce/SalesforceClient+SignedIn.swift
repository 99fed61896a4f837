import JSON
import Model

extension SalesforceClient {
  /// Who was let in where, read from the org itself.
  ///
  /// - Throws: `ServiceError`, also when the sign-in is refused.
  package func signedIn(as session: SalesforceSession) throws(ServiceError) -> SignedInOrg {
    let origin = try channel.origin()
    let versions = try versions()
    let org = try row("SELECT Id, Name, IsSandbox FROM Organization LIMIT 1")
    var user: JSONValue?
    if let id = session.userID { user = try row("SELECT Username FROM User WHERE Id = \(SOQL.literal(id)) LIMIT 1") }
    return SignedInOrg(
      name: org?["Name"]?.stringValue ?? "", id: org?["Id"]?.stringValue ?? "",
      isSandbox: org?["IsSandbox"]?.boolValue ?? false, username: user?["Username"]?.stringValue ?? "",
      instanceURL: origin, versions: versions)
  }

  /// The versions of the API that the org has; asking for them needs no right and counts for nothing.
  private func versions() throws(ServiceError) -> [String] {
    let response = try send(call(.get, "/services/data"))
    let versions = try document(response).arrayValue?.compactMap { $0["version"]?.stringValue } ?? []
    guard !versions.isEmpty else {
      throw answer.malformed(response, "it answered a call for its versions with something else")
    }
    return versions.sorted { Self.number(of: $0) < Self.number(of: $1) }
  }

  private static func number(of version: String) -> Int { Int(version.prefix { $0 != "." }) ?? 0 }

  /// The first row of a query; nil where there is none.
  private func row(_ soql: String) throws(ServiceError) -> JSONValue? {
    let response = try send(call(.get, root + "/query?q=" + Address.escaped(soql)))
    return try document(response)["records"]?.arrayValue?.first
  }
}
