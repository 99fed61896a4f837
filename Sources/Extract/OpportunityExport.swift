import CSV
import Foundation
package import Ledger
package import Model

/// Opportunities from a folder of exported CSV files, as Data Loader and the Bulk API write them.
///
/// Only `Opportunity.csv` is required. A parent's column comes from it (`Account.Name`) or from the parent's own file.
package struct OpportunityExport: SnapshotSource {
  private let folder: String
  private let columns: SnapshotShapes
  private let opportunity: Shape
  private let account: [String]
  private let form: String

  /// The folder, after a look at its headers.
  ///
  /// - Throws: `Failure` with `exportUnreadable`, or `fieldMissingInOrg` that names every mapped column that is missing.
  package init(folder: String, shapes: SnapshotShapes) throws {
    guard let table = try ExportTable("Opportunity.csv", in: folder) else {
      throw Failure(
        .exportUnreadable, "\(folder) holds no Opportunity.csv",
        fix: "export the object Opportunity with API names as headers into that folder")
    }
    let accounts = try ExportTable("Account.csv", in: folder)
    var missing: [String] = []
    var joined: [String] = []
    for column in shapes.ownColumns where table.position(of: column) == nil {
      if column.hasPrefix("Account."), accounts?.position(of: String(column.dropFirst(8))) != nil {
        joined.append(column)
      } else {
        missing.append(column)
      }
    }
    // Without its file, nothing is known of a list: the column is left out rather than empty.
    for (file, column) in Self.lists where try ExportTable(file, in: folder) == nil { missing.append(column) }
    self.folder = folder
    columns = shapes
    account = joined
    opportunity = try shapes.opportunity(lacking: missing, in: folder + "/Opportunity.csv")
    form = joined.isEmpty ? Self.form(table.titles, opportunity) : ""
  }

  /// The files that hold an opportunity's lists, and the columns that they are joined into.
  private static let lists = [
    ("OpportunityContactRole.csv", SnapshotShapes.contactsColumn),
    ("Microsoft_Solutions__c.csv", SnapshotShapes.solutionsColumn),
    ("OpportunityTeamMember.csv", SnapshotShapes.teamColumn),
  ]

  /// By which release's way the bytes of a row become an opportunity.
  private static let revision = "opportunity-export 1"

  /// How rows are read; empty where lists are joined into them.
  private static func form(_ titles: [String], _ shape: Shape) -> String {
    guard !lists.contains(where: { shape.position(of: $0.1) != nil }) else { return "" }
    return ([revision] + titles + [""] + shape.columns).joined(separator: "\n")
  }

  /// What an opportunity's bytes mean depends on header and columns.
  ///
  /// An opportunity that other files are joined into is not known by the bytes of its own row.
  package var forms: [RecordKind: String] { [.opportunity: form] }

  /// The side that is read: Salesforce.
  package var side: Side { .salesforce }

  /// The kinds that are read, in the columns that are there.
  package var shapes: [Shape] {
    [
      SnapshotShapes.account, SnapshotShapes.contact, SnapshotShapes.solution, SnapshotShapes.user, SnapshotShapes.lead,
      opportunity,
    ]
  }

  /// Reads everything, a batch at a time, or throws.
  package func read(recalling recollection: Recollection, into sink: @escaping (SnapshotBatch) throws -> Void) throws {
    let joins = OpportunityJoins()
    let accounts = try readAccounts(into: sink)
    try readContacts(into: sink, joins: joins)
    try readSolutions(into: sink, joins: joins)
    try readTeam(into: sink, joins: joins)
    try readLeads(into: sink)
    let recogniser = try Recogniser(.opportunity, in: form, from: recollection)
    try readOpportunities(into: sink, joins: joins, accounts: accounts, recogniser)
  }

  private func readAccounts(into sink: @escaping (SnapshotBatch) throws -> Void) throws -> JoinTable {
    let parents = JoinTable()
    guard var table = try ExportTable("Account.csv", in: folder) else { return parents }
    let shape = SnapshotShapes.account
    let wanted = account.map { String($0.dropFirst(8)) }
    var batch = Batch(.account, sink)
    var items: [(key: String, rank: String, body: String)] = []
    try table.forEach(columns: shape.columns + wanted) { texts, _ in
      let own = Array(texts.prefix(shape.columns.count))
      try batch.add(NeighbourRows().row(shape, own))
      let body = PartedText.join(texts.dropFirst(own.count))
      items.append((SalesforceID.normalized(own[0]) ?? own[0], "", body))
      if items.count == 1000 {
        try parents.add(items)
        items.removeAll(keepingCapacity: true)
      }
    }
    try parents.add(items)
    try batch.end()
    return parents
  }

  private func readContacts(into sink: @escaping (SnapshotBatch) throws -> Void, joins: OpportunityJoins) throws {
    let known = JoinTable()
    let shape = SnapshotShapes.contact
    if var table = try ExportTable("Contact.csv", in: folder) {
      var batch = Batch(.contact, sink)
      try table.forEach(columns: shape.columns) { texts, _ in
        try batch.add(NeighbourRows().row(shape, texts))
        let body = PartedText.join(texts)
        try known.add([(SalesforceID.normalized(texts[0]) ?? texts[0], "", body)])
      }
      try batch.end()
    }
    guard var table = try ExportTable("OpportunityContactRole.csv", in: folder) else { return }
    let names = [
      "Id", "OpportunityId", "ContactId", "IsPrimary", "Contact.FirstName", "Contact.LastName", "Contact.Phone",
      "Contact.Email",
    ]
    try table.forEach(columns: names) { texts, line in
      let contact = SalesforceID.normalized(texts[2]) ?? texts[2]
      let parts = try known.texts(of: contact).first.map(PartedText.split)
      let parent = parts.map { Record(id: contact, shape: shape, values: $0) }
      func value(_ own: String, _ column: String) -> String { own.isEmpty ? parent?[column] ?? "" : own }
      try joins.add([
        OpportunityJoins.ContactRole(
          id: texts[0].isEmpty ? "line \(line)" : SalesforceID.normalized(texts[0]) ?? texts[0],
          opportunity: SalesforceID.normalized(texts[1]) ?? texts[1],
          contact: contact, isPrimary: texts[3].lowercased() == "true",
          names: (value(texts[4], "FirstName"), value(texts[5], "LastName")), phone: value(texts[6], "Phone"),
          email: value(texts[7], "Email"))
      ])
    }
  }

  private func readSolutions(into sink: @escaping (SnapshotBatch) throws -> Void, joins: OpportunityJoins) throws {
    var catalogue: [String: Record] = [:]
    let shape = SnapshotShapes.solution
    if var table = try ExportTable("Microsoft_Solution_Detail__c.csv", in: folder) {
      var batch = Batch(.solution, sink)
      try table.forEach(columns: shape.columns) { texts, _ in
        let id = SalesforceID.normalized(texts[0]) ?? texts[0]
        catalogue[id] = Record(id: id, shape: shape, values: texts)
        try batch.add(NeighbourRows().row(shape, texts))
      }
      try batch.end()
    }
    guard var table = try ExportTable("Microsoft_Solutions__c.csv", in: folder) else { return }
    let names = [
      "Id", "Opportunity__c", "Solution__c", "Solution__r.Solution_Identifier__c", "Solution__r.Name",
      "Solution__r.Type__c", "Solution__r.Publisher_Name__c",
    ]
    try table.forEach(columns: names) { texts, line in
      let entry = catalogue[SalesforceID.normalized(texts[2]) ?? texts[2]]
      func value(_ own: String, _ column: String) -> String { own.isEmpty ? entry?[column] ?? "" : own }
      try joins.add([
        OpportunityJoins.SolutionLine(
          id: texts[0].isEmpty ? "line \(line)" : SalesforceID.normalized(texts[0]) ?? texts[0],
          opportunity: SalesforceID.normalized(texts[1]) ?? texts[1],
          identifier: value(texts[3], "Solution_Identifier__c"), name: value(texts[4], "Name"),
          type: value(texts[5], "Type__c"), publisher: value(texts[6], "Publisher_Name__c"))
      ])
    }
  }

  private func readLeads(into sink: @escaping (SnapshotBatch) throws -> Void) throws {
    guard var table = try ExportTable("Lead.csv", in: folder) else { return }
    var batch = Batch(.lead, sink)
    try table.forEach(columns: SnapshotShapes.lead.columns) { texts, _ in
      try batch.add(NeighbourRows().row(SnapshotShapes.lead, texts))
    }
    try batch.end()
  }

  private func readTeam(into sink: @escaping (SnapshotBatch) throws -> Void, joins: OpportunityJoins) throws {
    let known = JoinTable()
    let shape = SnapshotShapes.user
    if var table = try ExportTable("User.csv", in: folder) {
      var batch = Batch(.user, sink)
      try table.forEach(columns: shape.columns) { texts, _ in
        try batch.add(NeighbourRows().row(shape, texts))
        try known.add([(SalesforceID.normalized(texts[0]) ?? texts[0], "", PartedText.join(texts))])
      }
      try batch.end()
    }
    guard var table = try ExportTable("OpportunityTeamMember.csv", in: folder) else { return }
    let names = ["Id", "OpportunityId", "UserId", "User.FirstName", "User.LastName", "User.Phone", "User.Email"]
    try table.forEach(columns: names) { texts, line in
      let user = SalesforceID.normalized(texts[2]) ?? texts[2]
      let entry = try known.texts(of: user).first.map { Record(id: user, shape: shape, values: PartedText.split($0)) }
      func value(_ own: String, _ column: String) -> String { own.isEmpty ? entry?[column] ?? "" : own }
      try joins.add([
        OpportunityJoins.TeamMember(
          id: texts[0].isEmpty ? "line \(line)" : SalesforceID.normalized(texts[0]) ?? texts[0],
          opportunity: SalesforceID.normalized(texts[1]) ?? texts[1],
          user: user, names: (value(texts[3], "FirstName"), value(texts[4], "LastName")),
          phone: value(texts[5], "Phone"), email: value(texts[6], "Email"))
      ])
    }
  }

  private func readOpportunities(
    into sink: @escaping (SnapshotBatch) throws -> Void, joins: OpportunityJoins, accounts: JoinTable,
    _ known: consuming Recogniser
  ) throws {
    guard var table = try ExportTable("Opportunity.csv", in: folder) else { return }
    let rows = OpportunityRows(shape: opportunity, referralField: columns.referralField, joins: joins)
    let positions = opportunity.columns.map { table.position(of: $0) }
    var recogniser = known
    var batch = Batch(.opportunity, sink)
    while true {
      if let expected = recogniser.expected,
        try table.pass(expected.fingerprint.length, if: { recogniser.isExpected($0) })
      {
        try recogniser.advance()
        try batch.add(expected)
        continue
      }
      var fingerprint: Fingerprint?
      guard let row = try table.next(seeing: { fingerprint = recogniser.fingerprint(of: $0) }) else { break }
      if let known = try fingerprint.flatMap({ try recogniser.find($0) }) {
        try batch.add(known)
      } else {
        let texts = try joined(ExportTable.texts(of: row, at: positions), accounts)
        var record = ReadRecord(try rows.row(texts, place: "\(folder)/Opportunity.csv:\(row.line)"))
        record.fingerprint = fingerprint
        try batch.add(record)
      }
    }
    try batch.end()
  }

  /// An opportunity's texts with those of its account that stand in the account's own file.
  private func joined(_ texts: consuming [String], _ accounts: JoinTable) throws -> [String] {
    guard !account.isEmpty, let key = opportunity.position(of: "AccountId") else { return texts }
    let id = SalesforceID.normalized(texts[key]) ?? texts[key]
    let values = try accounts.texts(of: id).first.map(PartedText.split)
    for (index, position) in account.compactMap({ opportunity.position(of: $0) }).enumerated() {
      texts[position] = values?[index] ?? ""
    }
    return texts
  }
}
