import Foundation

extension Masking {
  /// Hosts that say nothing about who uses them.
  private static let publicHosts: Set<String> = [
    "partner.microsoft.com", "api.partner.microsoft.com", "api.partnercenter.microsoft.com",
    "login.microsoftonline.com", "login.salesforce.com", "test.salesforce.com", "api.salesforce.com",
  ]

  /// An address: its beginning as a placeholder where it is a service's, and the rest as a target.
  func address(_ text: String) -> String {
    if let (service, rest) = addresses.split(text) { return service.placeholder + target(rest) }
    guard let end = text.range(of: "://") else { return target(text) }
    let rest = text[end.upperBound...]
    let host = rest.prefix { !"/?#".contains($0) }
    let kept = Self.publicHosts.contains(host.lowercased()) ? String(host) : pseudonym(String(host))
    return text[..<end.upperBound] + kept + target(String(rest.dropFirst(host.count)))
  }

  /// What follows an address: each part of path and query by itself.
  func target(_ text: String) -> String {
    let start = text.firstIndex { $0 == "?" || $0 == "#" } ?? text.endIndex
    let path = path(text[..<start])
    guard start < text.endIndex else { return path }
    let rest = text[text.index(after: start)...]
    let pairs = rest.split(separator: "&", omittingEmptySubsequences: false).map(pair)
    return path + String(text[start]) + pairs.joined(separator: "&")
  }

  // MARK: Path

  private func path(_ text: Substring) -> String {
    var places: [String] = []
    for part in text.split(separator: "/", omittingEmptySubsequences: false) {
      places.append(step(String(part), after: places))
    }
    return places.joined(separator: "/")
  }

  private func step(_ text: String, after places: [String]) -> String {
    let decoded = text.removingPercentEncoding ?? text
    if Self.steps.contains(decoded.lowercased()) || Shape.isStructure(decoded) { return scrubbed(text) }
    if Shape.isRecordID(decoded, isNamedID: true), places.contains("data") || places.contains("id") { return text }
    if decoded.wholeMatch(of: /v?[0-9]{1,3}(\.[0-9])?/) != nil { return text }
    switch places.last?.lowercased() {
    case "sobjects": if Shape.isIdentifier(decoded) { return scrubbed(text) }
    case "query", "queryall": if decoded.wholeMatch(of: /01g[A-Za-z0-9]{12,15}-[0-9]+/) != nil { return text }
    case .some, nil: break
    }
    // The field by which a record is named stands behind the object.
    if places.dropLast().last?.lowercased() == "sobjects", Shape.isIdentifier(decoded) { return scrubbed(text) }
    return Address.escaped(pseudonym(decoded))
  }

  /// Steps that the services' paths are made of.
  private static let steps: Set<String> = [
    "engagements", "engagments", "referrals", "$metadata", "services", "data", "sobjects", "query", "queryall",
    "composite", "graph", "tree", "batch", "jobs", "ingest", "results", "resultpages", "batches", "successfulresults",
    "failedresults", "unprocessedrecords", "describe", "limits", "recordcount", "oauth2", "token", "revoke", "userinfo",
    "authorize", "id", "search", "deleted", "updated", "webhooks", "registration", "dashboard", "opportunities",
    "common", "organizations", "consumers", "partner-center", "login", "webhook",
  ]

  // MARK: Query

  private func pair(_ text: Substring) -> String {
    guard let equals = text.firstIndex(of: "=") else { return step(String(text), after: []) }
    let name = String(text[..<equals])
    let raw = String(text[text.index(after: equals)...])
    let decodedName = name.removingPercentEncoding ?? name
    let value = raw.removingPercentEncoding ?? raw
    let masked = parameter(value, named: decodedName)
    let keptName = Shape.isIdentifier(decodedName) ? scrubbed(name) : Address.escaped(pseudonym(decodedName))
    return keptName + "=" + (masked == value ? raw : Address.escaped(masked))
  }

  private func parameter(_ value: String, named name: String) -> String {
    switch name.lowercased() {
    case "$filter": return odata(value)
    case "q": return soql(value)
    case "locator" where Shape.isTag(value): return scrubbed(value)
    case "ids":
      return value.split(separator: ",", omittingEmptySubsequences: false).map { text(String($0), named: "id") }
        .joined(separator: ",")
    default: return text(value, named: name)
    }
  }
}
