/// The mark behind an opportunity's name: at most one (R103).
enum SyncMark: String {
  case succeeded = " ✔"
  case failed = " ✘"

  /// The longest name that Salesforce takes.
  static let limit = 120

  /// The name with this mark and without any other; without mark where it would become too long.
  func marking(_ name: String) -> String {
    let plain = Self.stripped(name)
    let marked = plain + rawValue
    return marked.utf16.count > Self.limit ? plain : marked
  }

  /// The name without mark (R104).
  static func stripped(_ name: String) -> String {
    var rest = name
    while let mark = [succeeded, failed].first(where: { rest.hasSuffix($0.rawValue) }) {
      rest.removeLast(mark.rawValue.count)
    }
    return rest
  }
}
