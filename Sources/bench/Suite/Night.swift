/// The nights that are measured.
enum Night: String, CaseIterable, Codable {
  case first
  case changed
  case quiet
  case replan

  /// The first three, which read exported files.
  static let reading: [Night] = [.first, .changed, .quiet]

  var title: String {
    switch self {
    case .first: "first night"
    case .changed: "2 % changed"
    case .quiet: "nothing changed"
    case .replan: "mapping changed (`--replan`)"
    }
  }

  /// Which export a night reads that reads one.
  var export: Int { self == .first ? 1 : 2 }
}
