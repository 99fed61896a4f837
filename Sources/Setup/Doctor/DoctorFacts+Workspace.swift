import Model
import Workspace

// Files, folders, configuration and secrets.
extension DoctorFacts {
  var configurationFindings: [Finding] {
    workspace.mistakes.map(Precondition.configuration.error)
      .orOK("reconcile.yaml is read, and nothing in it is unknown", of: .configuration)
  }

  func keyFindings(_ side: Side, _ check: Precondition) -> [Finding] {
    (workspace.lacking[side] ?? []).map(check.error).orOK("complete", of: check)
  }

  func secretFindings(_ side: Side, _ check: Precondition) -> [Finding] {
    let secrets = workspace.secrets[side] ?? []
    guard !secrets.isEmpty else { return [check.notChecked("reconcile.yaml names none yet")] }
    return secrets.compactMap(\.failure).map(check.error)
      .orOK(secrets.map(\.name).joined(separator: ", ") + (secrets.count == 1 ? " is there" : " are there"), of: check)
  }

  var privateFileFindings: [Finding] {
    let check = Precondition.privateFiles
    return workspace.files.filter { $0.mode & $0.forbidden != 0 }.map { file in
      let isWriting = file.forbidden & 0o044 == 0
      return check.warning(
        .fileExposed, "others may \(isWriting ? "write" : "use") \(file.path) (mode \(String(file.mode, radix: 8)))",
        fix: "chmod \(isWriting ? "go-w" : "go=") \(file.path)")
    }.orOK("secrets, ledger and reports are open to their owner alone", of: check)
  }

  var folderFindings: [Finding] {
    workspace.lockedFolders.map(Precondition.folders.error)
      .orOK("state/ and reports/ can be written", of: .folders)
  }

  /// A night may write the ledger's size again into its write-ahead file, and reports beside it.
  var diskFindings: [Finding] {
    let check = Precondition.disk
    guard let disk = workspace.disk else { return [check.notChecked("the system does not tell")] }
    let what = "\(disk.free.inMegabytes) are free, beside a ledger of \(disk.ledger.inMegabytes)"
    let fix = "free disk space, or move the workspace to a larger disk"
    let room = max(disk.ledger, Self.leastRoom)
    if disk.free < room { return [check.error(.diskShort, what, fix: fix)] }
    if disk.free / 4 < room { return [check.warning(.diskShort, what, fix: fix)] }
    return [check.ok(what)]
  }

  /// Bytes that a first night of a few thousand deals takes, with its reports.
  private static let leastRoom = 64 << 20

  var tokenAgeFindings: [Finding] {
    let check = Precondition.tokenAge
    guard let age = workspace.tokenAge else { return [check.notChecked("it is kept where nothing tells its age")] }
    let left = max(0, CredentialReference.refreshTokenDays - age)
    let what = "written \(age.days) ago, \(left.days) left unless a run renews it"
    let fix = "sign in afresh: `reconcile login partner-center`"
    if left == 0 { return [check.error(.refreshTokenEnding, what, fix: fix)] }
    if left < Self.daysOfWarning { return [check.warning(.refreshTokenEnding, what, fix: fix)] }
    return [check.ok(what)]
  }

  /// Days that a person may need until signing in.
  private static let daysOfWarning = 14

  var renewedTokenFindings: [Finding] {
    let check = Precondition.renewedTokens
    let tokens = Side.allCases.flatMap { workspace.secrets[$0] ?? [] }.filter(\.mayBeReplaced)
    return tokens.compactMap { token in
      token.obstacle.map {
        check.error(
          .secretUnwritable, "\(token.name): \($0)", fix: "refer to it by file:PATH, in a folder that can be written")
      }
    }.orOK(tokens.isEmpty ? "no token is ever replaced" : "a new one can be kept", of: check)
  }
}

extension Int {
  /// So many days in words.
  var days: String { self == 1 ? "1 day" : "\(self) days" }

  /// So many bytes in whole megabytes, of which there are never none.
  fileprivate var inMegabytes: String { self == 0 ? "0 MB" : "\(Swift.max(1, self >> 20)) MB" }
}
