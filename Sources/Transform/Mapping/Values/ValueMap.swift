import Model

/// A file of `values/`, or an org's own list of codes: which value of Partner Center is which value of Salesforce.
package struct ValueMap: Hashable, Sendable {
  /// The file's name, such as `help-types.csv`, or what else the values come from.
  package let file: String
  /// The rows: Partner Center's value and Salesforce's; an empty one means no value.
  package let pairs: [Pair]

  /// One row.
  package struct Pair: Hashable, Sendable {
    /// Partner Center's value.
    package let partnerCenter: String
    /// Salesforce's value.
    package let salesforce: String

    /// A pair of values.
    package init(partnerCenter: String, salesforce: String) {
      self.partnerCenter = partnerCenter
      self.salesforce = salesforce
    }
  }

  private let byPartnerCenter: [String: Pair]
  private let bySalesforce: [String: Pair]

  /// A map of these rows; where a value stands twice, its first row counts.
  package init(file: String, pairs: [Pair]) {
    self.file = file
    self.pairs = pairs
    let keep = { (first: Pair, _: Pair) in first }
    byPartnerCenter = Dictionary(pairs.map { ($0.partnerCenter.lowercased(), $0) }, uniquingKeysWith: keep)
    bySalesforce = Dictionary(pairs.map { ($0.salesforce.lowercased(), $0) }, uniquingKeysWith: keep)
  }

  /// A value of Partner Center that stands for several of Salesforce, so that it cannot be written back; nil when there is
  /// none.
  var repeated: String? {
    var seen: Set<String> = []
    return pairs.first { !$0.partnerCenter.isEmpty && !seen.insert($0.partnerCenter.lowercased()).inserted }?
      .partnerCenter
  }

  /// Where a value that is missing can be added.
  var place: String { file.hasSuffix(".csv") ? "values/\(file)" : file }

  /// The canonical text of a raw one: Partner Center's value, or empty where the other side has none; nil when unknown.
  func canonical(_ text: String, from side: Side) -> String? {
    let key = text.lowercased()
    switch side {
    case .partnerCenter: return byPartnerCenter[key].map { $0.salesforce.isEmpty ? "" : $0.partnerCenter }
    case .salesforce: return bySalesforce[key].map(\.partnerCenter)
    }
  }

  /// What is written for a canonical text.
  func written(_ text: String, to side: Side) -> Scalar {
    switch side {
    case .partnerCenter: return .text(text)
    case .salesforce:
      let value = byPartnerCenter[text.lowercased()]?.salesforce ?? text
      return value.isEmpty ? .null : .text(value)
    }
  }
}
