/// Paths that stand for what a referral holds in a list, and that no snapshot has a column for.
package enum ServicesPath {
  /// Whether one of the paths is such a one.
  package static func isOne(of paths: [String]) -> Bool { paths.contains { ServicesAttribute(path: $0) != nil } }
}

/// What Microsoft asks of a services deal besides (R42).
///
/// The words that are allowed change with Microsoft's fiscal year, so they are data of the org or of a file of `values/`.
enum ServicesAttribute: String, CaseIterable, Sendable {
  case partnerRole = "PartnerRole"
  case solutionArea = "SolutionArea"
  case solutionPlay = "SolutionPlay"

  /// The path by which a row of `fields.csv` names it.
  var path: String { "attributes.\(rawValue)" }

  /// The attribute of a path; nil for any other path.
  init?(path: String) {
    guard let found = Self.allCases.first(where: { $0.path == path }) else { return nil }
    self = found
  }
}
