/// What happens at one step of a process.
enum Strike: Sendable, Hashable {
  /// Nothing: the steps are counted.
  case none
  /// SIGKILL instead of the step, when half of its bytes are written, or when it is done.
  case kill(Moment, Int)
  /// The step fails, alone or with every later one.
  case fail(Extent, Int, DiskError)

  /// When the process dies.
  enum Moment: String, Sendable, CaseIterable {
    case before
    case within
    case after
  }

  /// How long a disk stays full.
  enum Extent: String, Sendable, CaseIterable {
    case once
    case from
  }

  /// What the disk answers.
  enum DiskError: String, Sendable {
    case full = "ENOSPC"
    case broken = "EIO"
  }

  /// As the library takes it.
  var environment: [String: String] {
    switch self {
    case .none: [:]
    case .kill(let moment, let step): ["STEPS_KILL": "\(moment.rawValue) \(step)"]
    case .fail(let extent, let step, let error):
      ["STEPS_FAIL": "\(extent.rawValue) \(step)", "STEPS_ERROR": error.rawValue]
    }
  }

  /// As `make crash T=…` takes it: `before 17`, `once 17 ENOSPC`.
  var text: String {
    switch self {
    case .none: "none"
    case .kill(let moment, let step): "\(moment.rawValue) \(step)"
    case .fail(let extent, let step, let error): "\(extent.rawValue) \(step) \(error.rawValue)"
    }
  }

  /// Reads it back; nil when it is not understood.
  init?(_ words: some Collection<Substring>) {
    let words = words.map(String.init)
    guard words.count >= 2, let step = Int(words[1]) else { return nil }
    if let moment = Moment(rawValue: words[0]) {
      self = .kill(moment, step)
    } else if let extent = Extent(rawValue: words[0]) {
      self = .fail(extent, step, words.count > 2 ? DiskError(rawValue: words[2]) ?? .full : .full)
    } else {
      return nil
    }
  }
}
