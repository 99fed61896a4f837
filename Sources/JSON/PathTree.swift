/// Dotted paths as a tree of names, compared without regard to ASCII case.
struct PathTree {
  /// A place in the tree.
  ///
  /// `leaf` is the position of the path that ends here.
  struct Node {
    var leaf: Int?
    /// For each child, a value that differs for most names: compared before the name itself.
    var signatures: [UInt32] = []
    var names: [[UInt8]] = []
    var children: [Int] = []
  }

  private(set) var nodes = [Node()]

  /// A tree of the given paths.
  ///
  /// A path given twice ends in the first one's place.
  init(paths: [String]) {
    for (position, path) in paths.enumerated() {
      var node = 0
      for name in path.split(separator: ".", omittingEmptySubsequences: false) {
        node = child(of: node, named: name.utf8.map(Self.folded))
      }
      if nodes[node].leaf == nil { nodes[node].leaf = position }
    }
  }

  /// The child of `node` that has a name; nil when no path goes there.
  func child(of node: Int, named name: UnsafeRawBufferPointer) -> Int? {
    let signature = Self.signature(name)
    let node = nodes[node]
    for index in node.signatures.indices where node.signatures[index] == signature {
      if Self.equal(node.names[index], name) { return node.children[index] }
    }
    return nil
  }

  private mutating func child(of node: Int, named name: [UInt8]) -> Int {
    let found = name.withUnsafeBytes { child(of: node, named: $0) }
    if let found { return found }
    nodes.append(Node())
    nodes[node].signatures.append(name.withUnsafeBytes(Self.signature))
    nodes[node].names.append(name)
    nodes[node].children.append(nodes.count - 1)
    return nodes.count - 1
  }

  private static func signature(_ name: UnsafeRawBufferPointer) -> UInt32 {
    guard let first = name.first, let last = name.last else { return 0 }
    return UInt32(truncatingIfNeeded: name.count) << 16 | UInt32(first | 0x20) << 8 | UInt32(last | 0x20)
  }

  private static func equal(_ folded: [UInt8], _ name: UnsafeRawBufferPointer) -> Bool {
    guard folded.count == name.count else { return false }
    for index in folded.indices where folded[index] != Self.folded(name[index]) { return false }
    return true
  }

  private static func folded(_ byte: UInt8) -> UInt8 {
    byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte
  }
}
