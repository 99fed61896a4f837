/// `composite/graph`: up to 75 composite requests, each of which succeeds or fails as a whole.
struct GraphResource {
  let service: SalesforceService

  func answer(_ request: ServiceRequest) throws -> ServiceReply {
    guard request.method == "POST" else { throw SalesforceService.notAllowed }
    let graphs = try (try RowResource.fields(request)["graphs"]?.array ?? []).map { graph in
      guard let id = graph["graphId"].string else { throw CompositePart.refused("each graph needs a graphId") }
      return (id: id, parts: try CompositePart.list(graph["compositeRequest"]))
    }
    try check(graphs.map(\.parts), names: graphs.map(\.id))
    var failures = 0
    let answers = try graphs.map { graph -> JSONValue in
      var list = graph.parts.map { CompositeRun.halted($0.reference, "Too many graphs have failed.") }
      var failed = true
      if failures < 14 {
        (list, failed) = try CompositeRun(service: service).answers(graph.parts, allOrNone: true)
      }
      failures += failed ? 1 : 0
      return [
        "graphId": .string(graph.id), "graphResponse": ["compositeResponse": .array(list)],
        "isSuccessful": .bool(!failed),
      ]
    }
    return .json(["graphs": .array(answers)])
  }

  private func check(_ graphs: [[CompositePart]], names: [String]) throws {
    if graphs.isEmpty || graphs.count > 75 { throw CompositePart.refused("Limit of 75 graphs") }
    if Set(names).count < names.count { throw CompositePart.refused("duplicate graphId") }
    if graphs.map(\.count).reduce(0, +) > 500 { throw CompositePart.refused("Limit of 500 nodes") }
    for parts in graphs {
      if parts.isEmpty { throw CompositePart.refused("a graph needs a compositeRequest") }
      if parts.contains(where: { !$0.url.lowercased().contains("/sobjects/") || $0.url.contains("/composite") }) {
        throw CompositePart.refused("only sobjects resources are allowed in a graph")
      }
      let kinds = Set(parts.compactMap { $0.url.split(separator: "/").dropFirst(4).first?.lowercased() })
      if kinds.count > 15 { throw CompositePart.refused("Limit of 15 different nodes") }
      if GraphResource.depth(parts) > 15 { throw CompositePart.refused("Limit of 15 levels") }
    }
  }

  /// How long the longest chain of references is.
  private static func depth(_ parts: [CompositePart]) -> Int {
    var depths: [String: Int] = [:]
    for part in parts {
      let text = part.url + part.body.text
      let parents = depths.filter { text.contains("@{\($0.key).") }.values
      depths[part.reference] = 1 + (parents.max() ?? 0)
    }
    return depths.values.max() ?? 0
  }
}
