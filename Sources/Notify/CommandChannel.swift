import Foundation
import JSON
import Model
import Wire
import Workspace

/// Tells by a command of the workspace's owner.
struct CommandChannel: Channel {
  let kind = ChannelKind.command
  let command: String
  let folder: String
  let seconds: Int
  let environment: [String: String]

  func deliver(_ notice: Notice) -> Delivery {
    let shell = ShellCommand(command, folder: folder, environment: environment)
    let ending = shell.run(input: notice.json.encoded() + [0x0A], seconds: seconds)
    switch ending.result {
    case .exit(0): return .done
    case .exit(let status): return failed("ended with status \(status)", ending.output)
    case .signal(let number): return failed("was ended by signal \(number)", ending.output)
    case .timeout: return failed("did not end within \(seconds) s", ending.output)
    case .notStarted(let number): return failed("cannot be started: \(String(cString: strerror(number)))", [])
    }
  }

  private func failed(_ what: String, _ output: [UInt8]) -> Delivery {
    let words = Redaction().clean(String(decoding: output, as: UTF8.self))
    return .failed(
      Failure(
        .noticeCommandFailed, "notify.command: the command \(what)" + (words.isEmpty ? "" : "; it printed: \(words)"),
        fix: "try it with `reconcile notify test`"))
  }
}
