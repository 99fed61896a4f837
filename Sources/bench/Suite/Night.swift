/// The nights that are measured, in the order in which they are played.
enum Night: String, CaseIterable, Codable {
  case first
  case quiet
  case changed
  case waiting
  case replan

  /// The nights that read exported files.
  static let reading: [Night] = [.first, .quiet, .changed, .waiting]

  var title: String {
    switch self {
    case .first: "first night"
    case .quiet: "nothing changed"
    case .changed: "2 % changed"
    case .waiting: "nothing changed, 2 % waiting"
    case .replan: "mapping changed (`--replan`)"
    }
  }

  /// Which export a night reads that reads one.
  var export: Int {
    switch self {
    case .first, .quiet: 1
    case .changed, .waiting, .replan: 2
    }
  }
}
