/// Dotted paths as a tree of names, compared without regard to ASCII case.
///
/// The edges out of one node lie side by side in flat arrays: the search runs once for each name of each record.
struct PathTree {
  /// A place in the tree.
  struct Node {
    /// The position of the path that ends here, or -1.
    var leaf = -1
    /// Its edges, as a range in `signatures` and `edges`.
    var first = 0
    var end = 0
  }

  private struct Edge {
    let target: Int
    /// The name in lower case, as a range in `names`.
    let start: Int
    let count: Int
  }

  private(set) var nodes = [Node()]
  /// For each edge a value that differs for most names, compared before the name itself.
  private var signatures: [UInt32] = []
  private var edges: [Edge] = []
  private var names: [UInt8] = []

  /// What is left of a path below a node.
  private struct Rest {
    let position: Int
    /// The path in lower case.
    let path: [UInt8]
    /// Where the next name begins; behind the path's end when there is none.
    var start = 0

    var isEmpty: Bool { start > path.count }

    /// Takes the next name.
    mutating func next() -> ArraySlice<UInt8> {
      let name = path[start...].prefix { $0 != UInt8(ascii: ".") }
      start = name.endIndex + 1
      return name
    }
  }

  /// A tree of the given paths.
  ///
  /// A path given twice ends in the first one's place.
  init(paths: [String]) {
    add(paths.enumerated().map { Rest(position: $0, path: $1.utf8.map(Self.folded)) }, to: 0)
  }

  /// The child of `node` that has a name; -1 when no path goes there.
  func child(of node: Int, named name: UnsafeRawBufferPointer) -> Int {
    let signature = Self.signature(name)
    var index = nodes[node].first
    let end = nodes[node].end
    while index < end {
      if signatures[index] == signature, isEqual(edges[index], name) { return edges[index].target }
      index += 1
    }
    return -1
  }

  /// Adds what is left of each path below a node, level by level, so that a node's edges stay together.
  private mutating func add(_ paths: [Rest], to node: Int) {
    if let ending = paths.first(where: \.isEmpty) { nodes[node].leaf = ending.position }
    var groups: [(name: ArraySlice<UInt8>, paths: [Rest])] = []
    for var path in paths where !path.isEmpty {
      let name = path.next()
      if let known = groups.firstIndex(where: { $0.name == name }) {
        groups[known].paths.append(path)
      } else {
        groups.append((name, [path]))
      }
    }
    nodes[node].first = edges.count
    nodes[node].end = edges.count + groups.count
    let targets = nodes.count
    for (index, group) in groups.enumerated() {
      edges.append(Edge(target: targets + index, start: names.count, count: group.name.count))
      signatures.append(group.name.withUnsafeBytes(Self.signature))
      names += group.name
      nodes.append(Node())
    }
    for (index, group) in groups.enumerated() { add(group.paths, to: targets + index) }
  }

  private func isEqual(_ edge: Edge, _ name: UnsafeRawBufferPointer) -> Bool {
    guard edge.count == name.count else { return false }
    for index in 0..<edge.count where names[edge.start + index] != Self.folded(name[index]) { return false }
    return true
  }

  private static func signature(_ name: UnsafeRawBufferPointer) -> UInt32 {
    guard let first = name.first, let last = name.last else { return 0 }
    return UInt32(truncatingIfNeeded: name.count) << 16 | UInt32(first | 0x20) << 8 | UInt32(last | 0x20)
  }

  private static func folded(_ byte: UInt8) -> UInt8 {
    byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte
  }
}
