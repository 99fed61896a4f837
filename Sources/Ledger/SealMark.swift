/// What a process knows of the seal of the ledger that it has open.
struct SealMark: Sendable {
  /// The seal as it stands in its file; nil when there is none.
  var seal: LedgerSeal?
  /// Whether SQLite came upon damage; such a ledger is not sealed.
  var isDamaged = false

  /// The mark of a ledger as it was found.
  init(_ start: LedgerStart) {
    switch start {
    case .new: seal = .ofFirstWrite
    case .sealed(let found), .open(let found): seal = found
    case .unsealed: seal = nil
    }
  }

  /// Whether the seal says that somebody writes.
  var isOpen: Bool { seal?.state == .open }
}
