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

  /// The first row of a query; nil where there is none.
  private func row(_ soql: String) throws(ServiceError) -> JSONValue? {
    let response = try send(call(.get, root + "/query?q=" + Address.escaped(soql)))
    return try document(response)["records"]?.arrayValue?.first
  }
}
