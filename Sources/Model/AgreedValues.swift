/// Values that both sides of a pair agree on, by label: the last ones, which are its base, or those of one night.
///
/// Most pairs agree on the same labels, and those share them; elements of lists have labels of their own.
package struct AgreedValues: Hashable, Sendable, ExpressibleByDictionaryLiteral {
  /// The labels that are shared.
  package let labels: AgreedLabels
  /// A value for each shared label, nil where nothing was agreed; empty while nothing was at all.
  private var shared: [String?] = []
  /// The values under other labels.
  package private(set) var others: [String: String] = [:]

  /// Nothing agreed yet.
  package init(labels: AgreedLabels = .none) {
    self.labels = labels
  }

  /// The values of a dictionary.
  package init(_ values: [String: String], labels: AgreedLabels = .none) {
    self.labels = labels
    for (label, value) in values { self[label] = value }
  }

  /// The values of a literal, each under its own label.
  package init(dictionaryLiteral elements: (String, String)...) {
    self.init(Dictionary(elements) { $1 })
  }

  /// Whether nothing is agreed.
  package var isEmpty: Bool { others.isEmpty && !shared.contains { $0 != nil } }

  /// The value under a label; nil where nothing was agreed.
  package subscript(label: String) -> String? {
    get {
      guard let place = labels.place(of: label) else { return others[label] }
      return self[place]
    }
    set {
      if let place = labels.place(of: label) {
        self[place] = newValue
      } else {
        others[label] = newValue
      }
    }
  }

  /// The value at the place of a shared label; nil where nothing was agreed.
  package subscript(place: Int) -> String? {
    get { place < shared.count ? shared[place] : nil }
    set {
      if shared.isEmpty { shared = Array(repeating: nil, count: labels.all.count) }
      shared[place] = newValue
    }
  }

  /// All values by label.
  package var all: [String: String] {
    var result = others
    for (place, value) in shared.enumerated() { result[labels.all[place]] = value }
    return result
  }

  /// The values under labels that are not among these.
  package func all(besides known: AgreedLabels) -> [String: String] {
    labels === known ? others : all.filter { known.place(of: $0.key) == nil }
  }

  /// These values, and the new ones in their place.
  package func merging(_ new: AgreedValues) -> AgreedValues {
    var result = self
    guard labels === new.labels else {
      for (label, value) in new.all { result[label] = value }
      return result
    }
    guard !shared.isEmpty else {
      result.shared = new.shared
      return result.adding(new.others)
    }
    for (place, value) in new.shared.enumerated() where value != nil { result.shared[place] = value }
    return result.adding(new.others)
  }

  private func adding(_ more: [String: String]) -> AgreedValues {
    var result = self
    for (label, value) in more { result.others[label] = value }
    return result
  }

  package static func == (left: AgreedValues, right: AgreedValues) -> Bool {
    left.labels === right.labels && left.shared.count == right.shared.count
      ? left.shared == right.shared && left.others == right.others : left.all == right.all
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(all) }
}
