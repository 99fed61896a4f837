/// Hosts that an address from outside may name; of any other one nothing is fetched and nothing believed.
struct AllowedHosts: Sendable, Hashable {
  private let hosts: Set<String>

  /// The hosts of a list, compared without regard to case.
  init(_ hosts: [String]) {
    self.hosts = Set(hosts.map { $0.lowercased() })
  }

  /// Whether an address is one of these hosts', encrypted and at the usual port; of this machine it may be neither.
  func allows(_ address: Address) -> Bool {
    guard hosts.contains(address.host) else { return false }
    return address.isLoopback || address.scheme == "https" && address.isDefaultPort
  }
}
