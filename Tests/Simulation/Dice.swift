/// Something that may happen in a history, named by what it is and where: leaving one out changes no other.
struct Event: Hashable, Comparable, CustomStringConvertible {
  /// What kinds of chance there are.
  ///
  /// Their numbers stay: the histories that are kept depend on them.
  enum Kind: Int, CaseIterable {
    case act = 0
    case age = 1
    case attempt = 2
    case shuffle = 3
    case crash = 4
    case decide = 5
    case edit = 6
    case fault = 7
    case late = 8
    case night = 9
    case random = 11
    case second = 12
    case skip = 13
    case start = 14
    case tear = 16
    case user = 17
  }

  let kind: Kind
  /// Which process, round or user action it belongs to.
  let run: Int
  /// Which of its steps.
  let step: Int

  var description: String { "\(kind) \(run).\(step)" }

  /// Reads the form of `description`; nil for anything else.
  init?(_ text: String) {
    let parts = text.split(whereSeparator: { " .".contains($0) })
    guard parts.count == 3, let kind = Kind.allCases.first(where: { "\($0)" == parts[0] }), let run = Int(parts[1]),
      let step = Int(parts[2])
    else { return nil }
    self.init(kind, run, step)
  }

  init(_ kind: Kind, _ run: Int, _ step: Int) {
    self.kind = kind
    self.run = run
    self.step = step
  }

  static func < (left: Event, right: Event) -> Bool {
    (left.run, left.step, left.kind.rawValue) < (right.run, right.step, right.kind.rawValue)
  }
}

/// Dice whose throws depend on the seed and on the event that they are for, and on nothing that was thrown before.
struct Dice {
  let seed: UInt64
  /// Events that do not happen: how a failing history is made smaller.
  var without: Set<Event> = []

  /// Whether an event happens that has this chance.
  func happens(_ event: Event, _ chance: Double) -> Bool {
    fraction(event) < chance && !without.contains(event)
  }

  /// A number from 0 to below `count`.
  func number(_ event: Event, below count: Int, _ salt: UInt64 = 0) -> Int {
    count <= 1 ? 0 : Int(bits(event, salt) % UInt64(count))
  }

  /// One of several; nil when there is none.
  func pick<Element>(_ event: Event, of elements: [Element], _ salt: UInt64 = 0) -> Element? {
    elements.isEmpty ? nil : elements[number(event, below: elements.count, salt)]
  }

  /// A number from 0 to below 1.
  func fraction(_ event: Event, _ salt: UInt64 = 0) -> Double {
    Double(bits(event, salt) >> 11) / 9_007_199_254_740_992
  }

  private func bits(_ event: Event, _ salt: UInt64) -> UInt64 {
    let kind = UInt64(event.kind.rawValue)
    let place = Self.mixed(kind &* 0x1_0000_0001 &+ UInt64(event.run) &* 0x9E37_79B9 &+ salt &* 0x85EB_CA77_C2B2_AE63)
    return Self.mixed(Self.mixed(seed &+ 0x9E37_79B9_7F4A_7C15) ^ place &+ UInt64(event.step) &* 0xD6E8_FEB8_6659_FD93)
  }

  /// The finisher of SplitMix64.
  private static func mixed(_ value: UInt64) -> UInt64 {
    var mixed = value &+ 0x9E37_79B9_7F4A_7C15
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
