import CSimdjson

/// Picks the texts at a fixed set of paths out of one record after the other, without building values.
///
/// The whole record is checked on the way: malformed text anywhere in it is an error, also where no path goes. One
/// projector serves one thread.
package final class RecordProjector {
  /// The paths, in the order in which `project` fills in their texts.
  package let paths: [String]

  private let tokenizer = JSONTokenizer()
  private let tree: PathTree
  /// The number of the record in which each node was last seen: one store per name instead of a set per record.
  private var seen: [Int]
  private var record = 0

  /// A projector of dotted paths such as `details.dealValue`, compared without regard to ASCII case.
  ///
  /// A path goes through objects only. Paths must differ; of two equal ones the second stays empty.
  package init(paths: [String]) {
    self.paths = paths
    tree = PathTree(paths: paths)
    seen = Array(repeating: 0, count: tree.nodes.count)
  }

  /// Fills in one raw text for each path: a string's content without escapes, a number's own text, `true` or `false`,
  /// an object's or array's JSON as it stands, and empty text for null and for what is absent.
  ///
  /// `object` must be one JSON object; a path that occurs twice in it, in whatever case, is an error.
  package func project(_ object: UnsafeRawBufferPointer, into texts: inout [String]) throws(JSONError) {
    let tokens = try tokenizer.read(object)
    guard tokens.count > 0, JSONTokenKind(tokens[0]) == .object else { throw JSONError(.notRecords, at: 0) }
    if texts.count != paths.count { texts = Array(repeating: "", count: paths.count) }
    record += 1
    try walk(tokens, from: 0, node: 0, into: &texts)
    for (node, place) in tree.nodes.enumerated() where seen[node] != record {
      if let leaf = place.leaf { texts[leaf] = "" }
    }
  }

  /// The same from an array of bytes.
  package func project(_ object: [UInt8], into texts: inout [String]) throws(JSONError) {
    try object.span.withUnsafeBytes { (raw) throws(JSONError) in try project(raw, into: &texts) }
  }

  private func walk(
    _ tokens: UnsafeBufferPointer<JSONToken>, from index: Int, node: Int, into texts: inout [String]
  ) throws(JSONError) {
    var at = index + 1
    while JSONTokenKind(tokens[at]) == .key {
      let value = tokens[at + 1]
      if let child = tree.child(of: node, named: tokens[at].bytes) {
        guard seen[child] != record else { throw JSONError(.duplicateName(tokens[at].string)) }
        seen[child] = record
        if let leaf = tree.nodes[child].leaf { texts[leaf] = Self.text(value) }
        if JSONTokenKind(value) == .object, !tree.nodes[child].children.isEmpty {
          try walk(tokens, from: at + 1, node: child, into: &texts)
        }
      }
      at = Int(value.next)
    }
  }

  private static func text(_ token: JSONToken) -> String {
    switch JSONTokenKind(token) {
    case .null, .key, .end: ""
    case .true: "true"
    case .false: "false"
    case .number, .string, .object, .array: token.string
    }
  }
}
