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
