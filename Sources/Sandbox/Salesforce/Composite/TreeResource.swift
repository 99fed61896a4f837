/// `composite/tree`: creates up to 200 rows with their children, all of them or none.
struct TreeResource {
  let world: World

  /// A record of the request, with its parent and its place in the answer.
  private struct Node {
    let object: ObjectDefinition
    let reference: String
    let fields: JSONObject
    /// The index of the parent among the nodes, and the field that names it.
    let parent: (index: Int, field: String)?
  }

  func answer(_ request: ServiceRequest, _ name: String) throws -> ServiceReply {
    guard request.method == "POST" else { throw SalesforceService.notAllowed }
    guard let object = try world.schema.object(name) else { throw SalesforceService.notFound }
    var nodes: [Node] = []
    for record in try RowResource.fields(request)["records"]?.array ?? [] {
      try add(record, object, parent: nil, level: 1, to: &nodes)
    }
    try check(nodes)
    let (ids, failure) = try insert(nodes, RowStore(world: world, for: request))
    if let failure { return .json(["hasErrors": true, "results": [failure]], status: 400) }
    let results = zip(nodes, ids).map { node, id -> JSONValue in
      ["referenceId": .string(node.reference), "id": .string(id)]
    }
    return .json(["hasErrors": false, "results": .array(results)], status: 201)
  }

  /// The ids of the new rows, or the first failure, which takes back all of them.
  private func insert(_ nodes: [Node], _ store: RowStore) throws -> (ids: [String], failure: JSONValue?) {
    var ids: [String] = []
    do {
      try world.atomically {
        for node in nodes {
          var fields = node.fields
          if let parent = node.parent { fields[parent.field] = .string(ids[parent.index]) }
          ids.append(try store.insert(node.object, fields))
        }
      }
      return (ids, nil)
    } catch let refusal as Refusal {
      let reference = nodes[ids.count].reference
      return ([], ["referenceId": .string(reference), "errors": refusal.salesforceRow["errors"]])
    }
  }

  /// Adds a record, then the records below it.
  private func add(
    _ record: JSONValue, _ object: ObjectDefinition, parent: (index: Int, field: String)?, level: Int,
    to nodes: inout [Node]
  ) throws {
    guard case .object(let members) = record, let reference = record["attributes"]["referenceId"].string,
      record["attributes"]["type"].string?.lowercased() == object.name.lowercased()
    else { throw refused("each record needs attributes with type and referenceId") }
    if level > 5 { throw refused("Limit of 5 levels") }
    var fields = JSONObject()
    var children: [(String, [JSONValue])] = []
    for (key, value) in members.members {
      if let records = value["records"].array { children.append((key, records)) } else { fields[key] = value }
    }
    let index = nodes.count
    nodes.append(Node(object: object, reference: reference, fields: fields, parent: parent))
    for (name, records) in children {
      guard let child = try world.schema.children(of: object, named: name) else {
        throw Refusal(
          status: 400, code: "INVALID_FIELD", message: "No such relationship '\(name)' on \(object.name)")
      }
      for record in records {
        try add(record, child.object, parent: (index, child.field.name), level: level + 1, to: &nodes)
      }
    }
  }

  private func check(_ nodes: [Node]) throws {
    if nodes.isEmpty || nodes.count > 200 { throw refused("Limit of 200 records") }
    if Set(nodes.map(\.object.name)).count > 5 { throw refused("Limit of 5 object types") }
    if Set(nodes.map(\.reference)).count < nodes.count { throw refused("duplicate referenceId") }
  }

  private func refused(_ message: String) -> Refusal {
    Refusal(status: 400, code: "INVALID_TREE_REQUEST", message: message)
  }
}
