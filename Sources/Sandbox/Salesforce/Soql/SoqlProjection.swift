import GRDB

/// The SELECT part of a statement: which SQL columns to fetch and how to build a record from them.
struct SoqlProjection {
  /// A node of the record: own fields and parents in the order of the statement.
  final class Node: Sendable {
    let entries: [Entry]
    let object: ObjectDefinition
    /// The column that holds the id of the row; it is null for a parent that is not there.
    let idColumn: Int

    init(entries: [Entry], object: ObjectDefinition, idColumn: Int) {
      self.entries = entries
      self.object = object
      self.idColumn = idColumn
    }
  }

  /// One member of a record.
  enum Entry: Sendable {
    case field(String, FieldDefinition, Int)
    case parent(String, Node)
    case children(String, SoqlQuery, ObjectDefinition, FieldDefinition)
  }

  private(set) var columns: [String] = []
  private let version: String

  init(version: String) { self.version = version }

  /// Lays out the columns of the selected items below an object.
  mutating func node(
    _ items: [SoqlItem], at hops: [String], _ compiler: inout SoqlCompiler
  ) throws -> Node {
    let here = try compiler.parent(hops)
    let idColumn = add("\(here.alias).\"Id\"")
    var entries: [Entry] = []
    var handled: Set<String> = []
    for item in items {
      switch item {
      case .path(let path) where path.count == 1 || path.count == 2 && hops.isEmpty && compiler.isOwnName(path[0]):
        let column = try compiler.column(hops + [path[path.count - 1]])
        if handled.insert(column.field.name).inserted {
          entries.append(.field(column.field.name, column.field, add(column.sql)))
        }
      case .path(let path):
        let parent = try compiler.parent(hops + [path[0]])
        let name = parent.path[parent.path.count - 1]
        if handled.insert(name).inserted {
          entries.append(.parent(name, try node(tails(of: items, below: path[0]), at: parent.path, &compiler)))
        }
      case .children(let query):
        let (object, field) = try SoqlProjection.children(query.source, of: here.object, compiler.schema)
        entries.append(.children(field.childRelationship ?? query.source, query, object, field))
      case .fields(let group):
        for field in here.object.fields where includes(group, field) && handled.insert(field.name).inserted {
          entries.append(.field(field.name, field, add(SoqlCompiler.sql(field, of: here.alias))))
        }
      case .aggregate, .typeOf: throw SoqlParser.malformed("this form of SELECT is not supported here")
      }
    }
    return Node(entries: entries, object: here.object, idColumn: idColumn)
  }

  /// The record of a row; nil for a parent that is not there.
  func record(
    _ node: Node, _ row: Row, children: (SoqlQuery, ObjectDefinition, FieldDefinition, String) throws -> JSONValue
  ) throws -> JSONValue? {
    guard let id = String.fromDatabaseValue(row[node.idColumn]) else { return nil }
    let url = "/services/data/v\(version)/sobjects/\(node.object.name)/\(id)"
    let attributes: JSONValue = ["type": .string(node.object.name), "url": .string(url)]
    let members = try node.entries.map { entry -> (String, JSONValue) in
      switch entry {
      case .field(let name, let field, _) where field.type == .base64: (name, .string("\(url)/\(name)"))
      case .field(let name, let field, let column): (name, FieldText.json(row[column], of: field))
      case .parent(let name, let parent): (name, try record(parent, row, children: children) ?? .null)
      case .children(let name, let query, let object, let field): (name, try children(query, object, field, id))
      }
    }
    return .object(JSONObject(unique: [("attributes", attributes)] + members))
  }

  private mutating func add(_ sql: String) -> Int {
    columns.append(sql)
    return columns.count - 1
  }

  private func tails(of items: [SoqlItem], below hop: String) -> [SoqlItem] {
    items.compactMap { item in
      if case .path(let path) = item, path.count > 1, path[0].lowercased() == hop.lowercased() {
        .path(Array(path.dropFirst()))
      } else {
        nil
      }
    }
  }

  private func includes(_ group: SoqlFieldGroup, _ field: FieldDefinition) -> Bool {
    switch group {
    case .all: true
    case .standard: !field.isCustom
    case .custom: field.isCustom
    }
  }

  /// The child object and its reference behind a relationship name.
  static func children(
    _ name: String, of object: ObjectDefinition, _ schema: OrgSchema
  ) throws -> (ObjectDefinition, FieldDefinition) {
    guard let found = schema.children(of: object, named: name) else {
      throw Refusal(
        status: 400, code: "INVALID_TYPE",
        message: "Didn't understand relationship '\(name)' in FROM part of query call. If you are attempting to use a "
          + "custom relationship, be sure to append the '__r' after the custom relationship name.")
    }
    return found
  }
}
