/// A guard that is taken away, in the wiring of the simulation and never in the product, to see whether the oracle notices.
enum Mutant: String, CaseIterable {
  /// Writes go out without the version that they are guarded by.
  case noPrecondition = "no-precondition"
  /// Versions are read and compared before the write, instead of by the service.
  case readThenWrite = "read-then-write"
  /// The base moves when the plan is made.
  case baseEarly = "base-early"
  /// The base moves although a write was refused, or nobody knows what became of it.
  case baseAlways = "base-always"
  /// Nobody looks for a record by its key before it is created, and no service keeps the key from being given twice.
  case noKey = "no-key"
  /// A list that was cut short passes for a whole one.
  case truncatedList = "truncated-list"
  /// Two runs may go on at once.
  case noLock = "no-lock"
  /// What a service says is told as it came.
  case noRedaction = "no-redaction"
  /// The journal forgets what was begun.
  case noJournal = "no-journal"
  /// A run begins while a request of an earlier one is still on its way.
  case noQuietPeriod = "no-quiet-period"
}

extension Mutant {
  /// The seed from which on a short test looks: it is known to be missed soon after.
  ///
  /// `make sim` looks from the first.
  var firstSeed: UInt64 {
    switch self {
    case .baseEarly: 1
    case .baseAlways: 3
    case .noLock: 11
    case .noRedaction: 25
    case .readThenWrite: 26
    case .noPrecondition: 48
    case .truncatedList: 91
    case .noKey: 169
    case .noJournal: 295
    case .noQuietPeriod: 350
    }
  }
}
