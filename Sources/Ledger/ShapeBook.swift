import GRDB
import Model

/// The shapes of the ledger by number, read once each.
final class ShapeBook {
  private var known: [Int: Shape] = [:]

  /// The shape of that number.
  func shape(_ number: Int, in database: Database) throws -> Shape {
    if let shape = known[number] { return shape }
    guard
      let row = try Row.fetchOne(
        database.cachedStatement(sql: "SELECT kind, columns FROM shape WHERE number = ?"), arguments: [number]),
      let kind = RecordKind(rawValue: row["kind"])
    else {
      throw Failure(.ledgerUnreadable, "the ledger names the shape \(number), which it does not hold")
    }
    let columns: String = row["columns"]
    let shape = Shape(kind: kind, columns: columns.utf8.split(separator: 0x0A).map { String(Substring($0)) })
    known[number] = shape
    return shape
  }

  /// The number of a shape, which is stored when it is new.
  func number(of shape: Shape, in database: Database) throws -> Int {
    let columns = shape.columns.joined(separator: "\n")
    try database.cachedStatement(sql: "INSERT OR IGNORE INTO shape (kind, columns) VALUES (?, ?)").execute(arguments: [
      shape.kind.rawValue, columns,
    ])
    return try Int.fetchOne(
      database.cachedStatement(sql: "SELECT number FROM shape WHERE kind = ? AND columns = ?"),
      arguments: [shape.kind.rawValue, columns]) ?? 0
  }
}

extension RecordKind {
  /// The number that stands for the kind in the ledger; it never changes its meaning.
  var number: Int {
    switch self {
    case .referral: 1
    case .opportunity: 2
    case .account: 3
    case .contact: 4
    case .solution: 5
    case .user: 6
    case .connected: 7
    case .lead: 8
    }
  }
}
