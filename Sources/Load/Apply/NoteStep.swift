import Foundation
import JSON
import Model
import Wire

/// Notes of a pair's opportunity (R90): the note itself, then its link to the opportunity.
///
/// A note that stands there under its title is not made again; one that was made and not linked is found by its title and
/// linked.
struct NoteStep: ApplyStep {
  let journal: ApplyJournal

  func carryOut(_ work: PairWork) throws {
    let rows = work.open { if case .addNote = $0 { true } else { false } }
    guard try OpportunityGuard(journal: journal).admits(rows, work) else { return }
    for (row, effect) in work.open {
      guard case .addNote(let draft) = effect, let note = try note(draft, row.seq, work) else { continue }
      try attach(note, row.seq, work)
    }
  }

  private func note(_ draft: NoteDraft, _ row: Int, _ work: PairWork) throws -> String? {
    let operation = Operation.creating(
      "create-note-\(row)", .salesforce, rows: [row], "POST note for opportunity \(work.opportunityID)", isFinal: false)
    return try journal.perform(operation, of: work) {
      // No other deal and no other text has this title.
      let known = try journal.records(
        "SELECT Id FROM ContentNote WHERE Title = \(SOQL.literal(draft.title)) ORDER BY Id LIMIT 1")
      if let id = known.first?.recordID { return Receipt(result: id) }
      return try RecordCreation(journal: journal).create(
        "ContentNote",
        [
          FieldWrite("Title", JSONValue.string(draft.title).text),
          FieldWrite("Content", JSONValue.string(Self.content(draft.text)).text),
        ])
    }?.result
  }

  private func attach(_ note: String, _ row: Int, _ work: PairWork) throws {
    let operation = Operation.creating(
      "add-note-\(row)", .salesforce, rows: [row], "POST note link of opportunity \(work.opportunityID)", isFinal: true)
    try journal.perform(operation, of: work) {
      let known = try journal.records(
        "SELECT Id FROM ContentDocumentLink WHERE LinkedEntityId = \(SOQL.literal(work.opportunityID))"
          + " AND ContentDocumentId = \(SOQL.literal(note)) LIMIT 1")
      if let id = known.first?.recordID { return Receipt(result: id) }
      work.willAttach()
      return try RecordCreation(journal: journal).create(
        "ContentDocumentLink",
        [
          FieldWrite("ContentDocumentId", JSONValue.string(note).text),
          FieldWrite("LinkedEntityId", JSONValue.string(work.opportunityID).text), FieldWrite("ShareType", #""V""#),
        ])
    }
  }

  /// The text as Salesforce keeps it: HTML without markup, in base64.
  static func content(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "\n": escaped += "<br>"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return Data(escaped.utf8).base64EncodedString()
  }
}
