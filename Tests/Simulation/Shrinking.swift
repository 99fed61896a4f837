import Sandbox

/// Makes a failing history smaller: takes events away while the same property is still broken.
struct Shrinking {
  private let template: Template

  init(_ template: Template) {
    self.template = template
  }

  /// The history with as few events as this search finds; one that does not fail stays as it is.
  func smallest(of history: History) throws -> History {
    var smallest = history
    guard let first = try failure(of: smallest) else { return history }
    var events = first.events
    var size = max(1, events.count / 2)
    while true {
      var position = 0
      var hasShrunk = false
      while position < events.count {
        var candidate = smallest
        candidate.without.formUnion(events[position..<min(position + size, events.count)])
        if let failure = try failure(of: candidate), failure.property == first.property {
          smallest = candidate
          events = failure.events
          hasShrunk = true
        } else {
          position += size
        }
      }
      if size == 1 && !hasShrunk { return smallest }
      size = max(1, size / 2)
    }
  }

  private func failure(of history: History) throws -> (property: Substring, events: [Event])? {
    let result = try history.play(on: template)
    guard let text = result.violation else { return nil }
    return (text.prefix { $0 != ":" }, result.happened)
  }
}
