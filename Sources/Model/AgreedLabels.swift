/// The labels of values that are agreed on: those of a mapping's fields and what else every pair may agree on.
package final class AgreedLabels: Hashable, Sendable {
  /// The labels, each once, in the order in which they were given.
  package let all: [String]
  private let places: [String: Int]

  /// These labels; one with a line break is left out, and stands beside them where it has a value.
  package init(_ labels: some Sequence<String>) {
    var places: [String: Int] = [:]
    var all: [String] = []
    for label in labels where !label.isEmpty && !label.utf8.contains(0x0A) && places[label] == nil {
      places[label] = all.count
      all.append(label)
    }
    self.all = all
    self.places = places
  }

  /// No label: every value stands under its own.
  package static let none = AgreedLabels([])

  package static func == (left: AgreedLabels, right: AgreedLabels) -> Bool {
    left === right || left.all == right.all
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(all) }

  /// Where a label stands among them; nil when it is none of them.
  package func place(of label: String) -> Int? { places[label] }
}
