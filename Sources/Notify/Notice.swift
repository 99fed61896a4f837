package import Workspace

/// What people are told of a night: one notice, whatever it has to say.
package struct Notice: Sendable {
  /// Why they are told, the most urgent first; none for a test.
  package let occasions: [Occasion]
  /// What happened.
  package let night: Night
  /// What the workspace is called.
  package let label: String
  /// Whether it may hold what failures say in full, and the names of deals.
  package let details: Bool

  /// A notice of a night.
  package init(_ occasions: [Occasion], of night: Night, label: String, details: Bool) {
    self.occasions = occasions
    self.night = night
    self.label = label
    self.details = details
  }
}
