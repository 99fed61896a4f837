/// A history that once broke a property, as a file keeps it: the seed, and the events that do not happen.
struct Regression {
  let history: History

  init(_ history: History) {
    self.history = history
  }

  /// Reads a file; lines that begin with `#` tell what it was about.
  init?(text: String) {
    var seed: UInt64?
    var without: Set<Event> = []
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      if line.hasPrefix("seed ") {
        seed = UInt64(line.dropFirst(5))
      } else if line.hasPrefix("without "), let event = Event(String(line.dropFirst(8))) {
        without.insert(event)
      } else {
        return nil
      }
    }
    guard let seed else { return nil }
    history = History(seed: seed, without: without)
  }

  var text: String {
    (["seed \(history.seed)"] + history.without.sorted().map { "without \($0)" }).joined(separator: "\n") + "\n"
  }
}
