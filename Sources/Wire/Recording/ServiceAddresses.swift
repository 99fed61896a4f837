/// The addresses of the services, and the placeholders that stand for them.
struct ServiceAddresses: Hashable, Sendable {
  private struct Entry: Hashable, Sendable {
    let service: ServiceName
    /// In lower case and without a slash at the end.
    let base: String
  }

  /// The longest first, so that an address below another one is found.
  private var entries: [Entry] = []

  /// Learns what a service's addresses begin with, in both schemes: Partner Center's own links lack the `s`.
  mutating func learn(_ service: ServiceName, _ address: String) {
    guard let known = Address(address) else { return }
    let base = known.base.dropFirst(known.scheme.count)
    var variants = ["https" + base, "http" + base]
    if !known.hasPort {
      let host = "://" + known.host
      let path = known.base.dropFirst(known.origin.count)
      variants += ["https\(host):443\(path)", "http\(host):80\(path)"]
    }
    for variant in variants {
      let entry = Entry(service: service, base: variant.lowercased())
      if !entries.contains(entry) { entries.append(entry) }
    }
    entries.sort { ($1.base.count, $0.service.isLogin ? 1 : 0) < ($0.base.count, $1.service.isLogin ? 1 : 0) }
  }

  /// The service of an address or of a text with a placeholder, and what follows; nil where it is none of these.
  func split(_ text: String) -> (service: ServiceName, rest: String)? {
    for service in ServiceName.allCases where text.hasPrefix(service.placeholder) {
      return (service, String(text.dropFirst(service.placeholder.count)))
    }
    let start = text.prefix(entries.first?.base.count ?? 0).lowercased()
    for entry in entries where start.hasPrefix(entry.base) {
      let rest = text.dropFirst(entry.base.count)
      if rest.isEmpty || rest.first == "/" || rest.first == "?" || rest.first == "#" {
        return (entry.service, String(rest))
      }
    }
    return nil
  }

  /// The service that a request goes to, and its target there.
  func target(of url: String, otherwise main: ServiceName) -> (service: ServiceName, target: String) {
    guard let (service, rest) = split(url) else { return (main, Self.withoutOrigin(url)) }
    // Where the org and its sign-in have one address, the path tells them apart.
    guard !service.isLogin, rest.hasPrefix("/services/oauth2/") else { return (service, rest) }
    return (service == .salesforce ? .salesforceLogin : service, rest)
  }

  private static func withoutOrigin(_ url: String) -> String {
    guard let address = Address(url) else { return "/" }
    return address.path + (address.query.isEmpty ? "" : "?" + address.query)
  }
}
