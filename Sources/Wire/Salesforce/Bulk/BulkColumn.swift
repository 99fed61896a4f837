import Foundation
import Model

/// A column of a bulk result, and how its texts are made equal to those of REST.
///
/// The kinds come from the object's description. A look at the texts alone could not tell a number from a postal code.
struct BulkColumn {
  /// What a column holds.
  enum Kind {
    case text
    case number
    case boolean
    case datetime
  }

  /// The name as the query has it.
  let name: String
  let kind: Kind

  /// The text that REST would give for a cell.
  func text(_ cell: String) throws(ServiceError) -> String {
    guard !cell.isEmpty else { return cell }
    let text =
      switch kind {
      case .text: cell
      case .number: PlainDecimal.spelling(cell)
      case .boolean: Self.boolean(cell)
      case .datetime: Self.datetime(cell)
      }
    guard let text else {
      throw ServiceError(.salesforce, .malformedAnswer, "Salesforce sent a \(kind) in \(name) that is none")
    }
    return text
  }

  private static func boolean(_ cell: String) -> String? {
    let folded = cell.lowercased()
    return folded == "true" || folded == "false" ? folded : nil
  }

  /// REST's form of a moment: UTC, milliseconds, and an offset without colon.
  private static func datetime(_ cell: String) -> String? {
    if cell.utf8.count == 28, cell.hasSuffix("+0000") { return cell }
    guard let date = Timestamp.parse(cell) else { return nil }
    // Whole milliseconds first: the fraction of a date is a binary one.
    let milliseconds = Int((date.timeIntervalSince1970 * 1000).rounded())
    let seconds = (Double(milliseconds) / 1000).rounded(.down)
    let fraction = String(milliseconds - Int(seconds) * 1000)
    let iso = Timestamp.iso(Date(timeIntervalSince1970: seconds)).dropLast()
    return iso + "." + String(repeating: "0", count: max(0, 3 - fraction.count)) + fraction + "+0000"
  }
}

extension SalesforceClient {
  /// The columns of a query with their kinds.
  func bulkColumns(of query: RecordQuery) throws(ServiceError) -> [BulkColumn] {
    var columns: [BulkColumn] = []
    for name in query.columns {
      let path = name.split(separator: ".").map(String.init)
      let field = try field(path[...], of: query.object)
      columns.append(BulkColumn(name: name, kind: field.map { BulkColumn.Kind(type: $0.type) } ?? .text))
    }
    return columns
  }

  /// The field at the end of a path of relationships; nil where the descriptions do not show it.
  private func field(
    _ path: ArraySlice<String>, of object: String
  ) throws(ServiceError) -> ObjectDescription.Field? {
    guard let first = path.first else { return nil }
    let description = try known(object)
    let rest = path.dropFirst()
    if rest.isEmpty { return description[first] }
    let relation = description.fields.first { $0.relationshipName?.lowercased() == first.lowercased() }
    for parent in relation?.referenceTo ?? [] {
      if let field = try field(rest, of: parent) { return field }
    }
    return nil
  }
}

extension BulkColumn.Kind {
  /// The kind behind one of Salesforce's types; all that REST writes as a string are text.
  init(type: String) {
    switch type.lowercased() {
    case "currency", "double", "percent", "int", "long": self = .number
    case "boolean": self = .boolean
    case "datetime": self = .datetime
    default: self = .text
    }
  }
}
