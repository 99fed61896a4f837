import Crypto
import Foundation
import Model

/// A text of the referral that becomes a note of the opportunity (R90).
///
/// Notes are only added to: an earlier one is neither changed nor taken away, and the title holds a digest of deal and
/// text, by which a repeat finds the first.
struct NoteRow {
  let rule: FieldRule
  let referral: Record

  /// The row that adds the note; nil when there is no text.
  var row: Change? {
    let text = PlainText.canonical(referral.first(of: rule.referralPath.alternatives), unescapingEntities: true)
    guard !text.isEmpty else { return nil }
    let digest = SHA256.hash(data: Data((referral.id + "\n" + text).utf8)).prefix(16).hexadecimal
    return Change(
      .addNote, .toSalesforce, field: rule.label, values: Change.Values(partnerCenter: text, new: text),
      because: Change.Grounds(.noteOfReferral, rule: "R90", "a text of the referral that was not noted yet"),
      effect: .addNote(NoteDraft(title: "\(rule.label) in Partner Center (\(digest))", text: text)),
      settles: [rule.label: text])
  }
}

extension FieldRule {
  /// Whether its value becomes notes of the opportunity.
  var isNote: Bool { salesforceField?.object == .note }
}
