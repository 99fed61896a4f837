import Foundation
import Model

/// What a ledger turns out to be before SQLite opens it.
///
/// A file that was sealed is the same to the byte, or the start fails. Everything else that can be told without SQLite is
/// told here too, so that nothing that was lost passes for a first run.
enum LedgerStart: Hashable, Sendable {
  /// There was none; or a process died while it made the first one.
  case new
  /// Each byte is as it was sealed.
  case sealed(LedgerSeal)
  /// A process writes, or died writing: SQLite's check and the number of commits decide.
  case open(LedgerSeal)
  /// Nothing vouches for it: SQLite's check decides.
  case unsealed

  /// Looks at the files at a path.
  ///
  /// A process that starts to write meanwhile changes the seal first; so what differs is looked at again as long as the
  /// seal does, and once more when it does not: such a process may have come to its end and left the same seal.
  ///
  /// - Throws: `Failure` with `ledgerUnreadable` that says what was found and what to do.
  init(at path: String) throws {
    let file = SealFile(beside: path)
    var content = file.read()
    var isSecondLook = false
    while true {
      do {
        self = try Self.judge(content, path: path)
        return
      } catch {
        let again = file.read()
        guard again != content || !isSecondLook else { throw error }
        isSecondLook = again == content
        content = again
      }
    }
  }

  private static func judge(_ content: SealFile.Content, path: String) throws -> LedgerStart {
    let length = LedgerBytes.length(of: path)
    let hasWAL = (LedgerBytes.length(of: path + "-wal") ?? 0) > 0
    switch content {
    case .unreadable: throw damage(path, "its seal \(path).seal cannot be read", accepting: path)
    case .missing:
      guard length != nil else {
        guard !hasWAL else { throw damage(path, "it is gone, and its write-ahead file \(path)-wal is there") }
        return .new
      }
      guard length != 0 else { throw damage(path, "it is an empty file") }
      return .unsealed
    case .seal(let seal) where seal.isOfFirstWrite && (length ?? 0) == 0 && !hasWAL: return .new
    case .seal(let seal):
      guard let length else { throw damage(path, "it is gone, and its seal \(path).seal is there") }
      guard length != 0 else { throw damage(path, "it is an empty file") }
      switch seal.state {
      case .open: return .open(seal)
      case .sealed(let bytes):
        try compare(bytes, length, path: path)
        guard !hasWAL else {
          throw damage(path, "beside it lies a write-ahead file, \(path)-wal, that no run left there", accepting: path)
        }
        return .sealed(seal)
      }
    }
  }

  private static func compare(_ bytes: LedgerBytes, _ length: Int, path: String) throws {
    guard length == bytes.length else {
      throw damage(path, "it has \(length) bytes and was sealed with \(bytes.length)", accepting: path)
    }
    let found: LedgerBytes
    do {
      found = try LedgerBytes(of: path)
    } catch {
      throw damage(path, "it cannot be read to its end: \(error.localizedDescription)")
    }
    guard found == bytes else {
      throw damage(path, "its content is not what the last run left", accepting: path)
    }
  }

  /// Whether a ledger without tables is no loss.
  var isFirstWrite: Bool {
    switch self {
    case .new: true
    case .open(let seal): seal.isOfFirstWrite
    case .sealed, .unsealed: false
    }
  }

  /// The failure of a ledger that is not as it was left; `accepting` where SQLite's check may decide in place of the seal.
  static func damage(_ path: String, _ finding: String, accepting ledger: String? = nil) -> Failure {
    let accept =
      ledger.map { "; if it was changed knowingly, or by an earlier release, remove \($0).seal and run again" }
      ?? "; to begin anew, move its folder away: pairs are then linked by id, and differences become conflicts"
    return Failure(
      .ledgerUnreadable, "the ledger \(path) is not as it was left: \(finding)",
      fix: "restore ledger and seal from a backup" + accept)
  }
}

extension LedgerSeal {
  /// The seal of a ledger that is being made.
  static let ofFirstWrite = LedgerSeal(state: .open, lineage: "", commits: 0)

  var isOfFirstWrite: Bool { self == .ofFirstWrite }
}
