package import Foundation
import Model

extension Configuration {
  /// Who is told what, and how.
  ///
  /// - Throws: every key that mail lacks.
  package func notices() throws(ConfigurationMistakes) -> NoticeConfiguration {
    let words = file.entries[.noticeOccasions].map { $0.text.split(separator: "\n").map(String.init) }
    return NoticeConfiguration(
      occasions: Set(words.map { $0.compactMap(Occasion.init) } ?? Occasion.allCases), label: label,
      folder: folder.path, command: file.entries[.noticeCommand]?.text,
      webhook: file.entries[.noticeWebhook] == nil ? nil : reference(.noticeWebhook),
      webhookShape: WebhookShape(rawValue: text(.webhookShape)) ?? .json, mail: try mail(),
      seconds: number(.noticeTimeout), details: text(.noticeDetails) == "true")
  }

  /// What notices and metrics call the workspace.
  package var label: String {
    file.entries[.noticeLabel]?.text ?? URL(fileURLWithPath: folder.path).lastPathComponent
  }

  /// The absolute path of the file for the monitoring; nil for none.
  package var metricsFile: String? {
    file.entries[.metricsFile].map { $0.text.hasPrefix("/") ? $0.text : folder.path + "/" + $0.text }
  }

  /// Days that are left of Partner Center's refresh token unless it is used; nil when nobody can tell.
  package func tokenDaysLeft(now: Date) -> Int? {
    guard file.entries[.partnerCenterRefreshToken] != nil else { return nil }
    return reference(.partnerCenterRefreshToken).refreshTokenDaysLeft(now: now)
  }

  private func mail() throws(ConfigurationMistakes) -> MailConfiguration? {
    guard file.entries[.mailServer] != nil else { return nil }
    let keys: [ConfigurationKey] = [.mailUser, .mailPassword]
    let signsIn = keys.contains { file.entries[$0] != nil }
    try require([.mailSender, .mailRecipients] + (signsIn ? keys : []))
    return MailConfiguration(
      server: text(.mailServer), login: signsIn ? (reference(.mailUser), reference(.mailPassword)) : nil,
      sender: text(.mailSender), recipients: list(.mailRecipients))
  }
}
