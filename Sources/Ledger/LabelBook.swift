import GRDB
import Model

/// The lists of labels that bases share, by number, read once each; they stand among the shapes.
final class LabelBook {
  private var known: [(number: Int, labels: AgreedLabels)] = []
  private var newest: AgreedLabels?

  /// The labels of that number; `wanted` itself where it holds the same.
  func labels(_ number: Int, as wanted: AgreedLabels?, in database: Database) throws -> AgreedLabels {
    if let place = known.firstIndex(where: { $0.number == number }) {
      if let wanted, wanted !== known[place].labels, wanted == known[place].labels { known[place].labels = wanted }
      return known[place].labels
    }
    let text = try String.fetchOne(
      database.cachedStatement(sql: "SELECT columns FROM shape WHERE number = ? AND kind = 'base'"), arguments: [number]
    )
    guard let text else {
      throw Failure(.ledgerUnreadable, "the ledger names the labels \(number), which it does not hold")
    }
    let stored = AgreedLabels(text.utf8.split(separator: 0x0A).map { String(Substring($0)) })
    let labels = wanted.flatMap { $0 == stored ? $0 : nil } ?? stored
    known.append((number, labels))
    return labels
  }

  /// The number of a list, which is stored when it is new; nil when it is empty.
  func number(of labels: AgreedLabels, in database: Database) throws -> Int? {
    guard !labels.all.isEmpty else { return nil }
    if let entry = known.first(where: { $0.labels === labels }) { return entry.number }
    let text = labels.all.joined(separator: "\n")
    try database.cachedStatement(sql: "INSERT OR IGNORE INTO shape (kind, columns) VALUES ('base', ?)").execute(
      arguments: [text])
    let number = try Int.fetchOne(
      database.cachedStatement(sql: "SELECT number FROM shape WHERE kind = 'base' AND columns = ?"), arguments: [text])
    guard let number else { return nil }
    // The list that is handed in stands for its number from now on.
    known.removeAll { $0.number == number }
    known.append((number, labels))
    return number
  }

  /// The list that was stored last; without labels when there is none.
  func latest(in database: Database) throws -> AgreedLabels {
    if let newest { return newest }
    let number = try Int.fetchOne(database.cachedStatement(sql: "SELECT max(number) FROM shape WHERE kind = 'base'"))
    let labels = try number.map { try self.labels($0, as: nil, in: database) } ?? .none
    newest = labels
    return labels
  }
}
