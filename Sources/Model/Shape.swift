/// The columns of a record, in order.
///
/// All records of one kind in one snapshot share one shape.
package struct Shape: Hashable, Sendable {
  private let layout: Layout

  /// A shape of the given columns; a repeated column counts once.
  package init(kind: RecordKind, columns: [String]) {
    layout = Layout(kind: kind, columns: columns)
  }

  /// What the columns describe.
  package var kind: RecordKind { layout.kind }
  /// Dotted paths, as the service spells them: `details.dealValue`, `Account.BillingCountry`.
  package var columns: [String] { layout.columns }

  /// Where a column stands; names are compared without regard to case, as both services do.
  package func position(of column: String) -> Int? { layout.position(of: column) }

  /// Where a column stands that the program reads of every record.
  package func position(of column: KnownColumn) -> Int? { layout.known[column.rawValue] }

  /// Whether it is the very same value, so that what was worked out for one holds for the other.
  package func isSame(as other: Shape) -> Bool { layout === other.layout }

  package static func == (left: Shape, right: Shape) -> Bool {
    left.isSame(as: right) || left.kind == right.kind && left.columns == right.columns
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(kind)
    hasher.combine(columns)
  }

  /// What is worked out once for all records of a shape.
  private final class Layout: Sendable {
    let kind: RecordKind
    let columns: [String]
    /// By name, as it is spelt and in lower case.
    private let positions: [String: Int]
    /// By number of the known column.
    let known: [Int?]

    init(kind: RecordKind, columns: [String]) {
      var positions: [String: Int] = [:]
      var unique: [String] = []
      for column in columns {
        let folded = column.lowercased()
        guard positions[folded] == nil else { continue }
        positions[folded] = unique.count
        positions[column] = unique.count
        unique.append(column)
      }
      self.kind = kind
      self.columns = unique
      self.positions = positions
      known = KnownColumn.allCases.map { positions[$0.name] ?? positions[$0.name.lowercased()] }
    }

    func position(of column: String) -> Int? { positions[column] ?? positions[column.lowercased()] }
  }
}
