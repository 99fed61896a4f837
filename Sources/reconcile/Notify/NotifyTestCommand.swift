import ArgumentParser
import JSON
import Model
import Notify
import Workspace

/// `reconcile notify test`: a test notice through each channel.
struct NotifyTestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test", abstract: "Send a test notice through each configured channel.",
    discussion: """
      The channels stand in the section notify of reconcile.yaml. Ends with 1 when a channel could not tell.

      Example:  reconcile notify test
      """)

  @OptionGroup var common: CommonOptions

  func run() throws {
    let console = common.console
    try reporting(console) {
      let folder = try WorkspaceFolder.resolve(common.workspace)
      let notifier = Notifier(try Configuration.load(folder).notices(), memory: NoticeMemoryFile(in: folder))
      guard !notifier.kinds.isEmpty else {
        throw Failure(
          .nobodyToTell, "there is nobody to tell: the section notify names no channel",
          fix: "add command, webhook or smtp_url to reconcile.yaml")
      }
      let results = notifier.test()
      for (channel, delivery) in results {
        delivery.failures.forEach(console.report)
        console.data(Self.line(channel, delivery, isJSON: console.isJSON))
      }
      return results.allSatisfy(\.delivery.failures.isEmpty) ? .done : .error
    }
  }

  private static func line(_ channel: ChannelKind, _ delivery: Delivery, isJSON: Bool) -> String {
    let outcome = delivery.failures.isEmpty ? "told" : delivery.wasTold ? "told in part" : "failed"
    guard isJSON else { return "\(channel.rawValue): \(outcome)" }
    return JSONValue.object([
      JSONMember("message_type", .string("notice")), JSONMember("channel", .string(channel.rawValue)),
      JSONMember("outcome", .string(outcome)),
      JSONMember("codes", .array(delivery.failures.map { .string($0.code.rawValue) })),
    ]).text
  }
}
