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
  private let number: ((String) -> String)?
  /// The number of the record in which each node was last seen: one store per name instead of a set per record.
  ///
  /// A pointer, because Swift checks every access to a class's own array for overlaps, which shows on this path.
  private let seen: UnsafeMutablePointer<Int>
  private var record = 0

  /// A projector of dotted paths such as `details.dealValue`, compared without regard to ASCII case.
  ///
  /// A path goes through objects only. Paths must differ; of two equal ones the second stays empty. `number` spells
  /// the text of a number, and of nothing else, in another way.
  package init(paths: [String], number: ((String) -> String)? = nil) {
    self.paths = paths
    self.number = number
    tree = PathTree(paths: paths)
    seen = .allocate(capacity: tree.nodes.count)
    seen.initialize(repeating: 0, count: tree.nodes.count)
  }

  deinit {
    seen.deallocate()
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
    try walk(tokens, from: 0, node: 0, record: record, into: &texts)
    for (node, place) in tree.nodes.enumerated() where seen[node] != record {
      if place.leaf >= 0 { texts[place.leaf] = "" }
    }
  }

  /// The same from an array of bytes.
  package func project(_ object: [UInt8], into texts: inout [String]) throws(JSONError) {
    try object.span.withUnsafeBytes { (raw) throws(JSONError) in try project(raw, into: &texts) }
  }

  private func walk(
    _ tokens: UnsafeBufferPointer<JSONToken>, from index: Int, node: Int, record: Int, into texts: inout [String]
  ) throws(JSONError) {
    var at = index + 1
    while JSONTokenKind(tokens[at]) == .key {
      let value = tokens[at + 1]
      let child = tree.child(of: node, named: tokens[at].bytes)
      if child >= 0 {
        guard seen[child] != record else { throw JSONError(.duplicateName(tokens[at].string)) }
        seen[child] = record
        let place = tree.nodes[child]
        if place.leaf >= 0 { texts[place.leaf] = text(value) }
        if place.first < place.end, JSONTokenKind(value) == .object {
          try walk(tokens, from: at + 1, node: child, record: record, into: &texts)
        }
      }
      at = Int(value.next)
    }
  }

  private func text(_ token: JSONToken) -> String {
    switch JSONTokenKind(token) {
    case .null, .key, .end: ""
    case .true: "true"
    case .false: "false"
    case .number: number?(token.string) ?? token.string
    case .string, .object, .array: token.string
    }
  }
}
