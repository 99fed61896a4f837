import Foundation
import Model
import Wire

extension Notice {
  /// The notice as a mail, written at `date`; `token` makes its id unlike any other.
  func mail(from sender: String, to recipients: [String], date: Date, token: String) -> Mail {
    let domain = sender.split(separator: "@").last.map(String.init) ?? "localhost"
    let header = [
      "Date: " + Timestamp.http(date).replacing("GMT", with: "+0000"),
      "From: reconcile <\(sender)>",
      "To: " + recipients.joined(separator: ",\r\n "),
      "Subject: " + MailText.header(title),
      "Message-ID: <\(Timestamp.compact(date)).\(token)@\(domain)>",
      "Auto-Submitted: auto-generated",
      "MIME-Version: 1.0",
      "Content-Type: text/plain; charset=utf-8",
      "Content-Transfer-Encoding: quoted-printable",
    ]
    let message = (header + ["", MailText.quotedPrintable(plainText)]).joined(separator: "\r\n")
    return Mail(from: sender, to: recipients, message: Array(message.utf8))
  }
}
