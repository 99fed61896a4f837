import JSON
import Ledger
package import Model
package import Wire

/// Opportunities and their neighbours from Salesforce itself, one query for each object.
///
/// Children are read before the opportunities, so that an opportunity is complete when it is handed over.
package struct OpportunityService: SnapshotSource {
  private let client: @Sendable () throws -> SalesforceClient
  private let columns: SnapshotShapes
  private let opportunity: Shape
  private let tally: RequestTally

  /// Salesforce, after a look at what its objects have.
  ///
  /// `client` is called here and again on the reading thread.
  ///
  /// - Throws: `Failure` with `fieldMissingInOrg` that names every mapped field that the org lacks.
  package init(
    shapes: SnapshotShapes, tally: RequestTally, client: @escaping @Sendable () throws -> SalesforceClient
  ) throws {
    self.client = client
    self.tally = tally
    columns = shapes
    let first = try client()
    defer { tally.add(first.counter.requests, to: .salesforce) }
    do {
      let object = try first.describe("Opportunity")
      let account = try first.describe("Account")
      let missing = shapes.ownColumns.filter { column in
        if column.hasPrefix("Account.") { return account[String(column.dropFirst(8))] == nil }
        return !column.contains(".") && object[column] == nil
      }
      opportunity = try shapes.opportunity(lacking: missing, in: "the object Opportunity or Account of this org")
    } catch let error as ServiceError {
      throw error.failure
    }
  }

  /// The side that is read: Salesforce.
  package var side: Side { .salesforce }

  /// The kinds that are read, in the columns that are there.
  package var shapes: [Shape] {
    [SnapshotShapes.account, SnapshotShapes.contact, SnapshotShapes.solution, opportunity]
  }

  /// Reads everything, a batch at a time, or throws.
  package func read(into sink: @escaping (SnapshotBatch) throws -> Void) throws {
    let client = try client()
    defer { tally.add(client.counter.requests, to: .salesforce) }
    let joins = try OpportunityJoins()
    do {
      try readNeighbours(SnapshotShapes.account, "Account", client, sink)
      try readNeighbours(SnapshotShapes.contact, "Contact", client, sink)
      try readNeighbours(SnapshotShapes.solution, "Microsoft_Solution_Detail__c", client, sink)
      try readRoles(client, joins)
      try readLines(client, joins)
      try readOpportunities(client, joins, sink)
    } catch let error as ServiceError {
      throw error.failure
    }
  }

  private func readNeighbours(
    _ shape: Shape, _ object: String, _ client: SalesforceClient, _ sink: (SnapshotBatch) throws -> Void
  ) throws {
    let rows = NeighbourRows()
    try eachPage(of: object, columns: shape.columns, client) { records in
      try sink(SnapshotBatch(kind: shape.kind, rows: records.map { rows.row(shape, $0) }))
    }
  }

  private func readRoles(_ client: SalesforceClient, _ joins: OpportunityJoins) throws {
    let names = [
      "Id", "OpportunityId", "ContactId", "IsPrimary", "Contact.FirstName", "Contact.LastName", "Contact.Phone",
      "Contact.Email",
    ]
    try eachPage(of: "OpportunityContactRole", columns: names, client) { records in
      try joins.add(
        records.map { texts in
          OpportunityJoins.ContactRole(
            id: texts[0], opportunity: texts[1], contact: texts[2], isPrimary: texts[3] == "true",
            names: (texts[4], texts[5]), phone: texts[6], email: texts[7])
        })
    }
  }

  private func readLines(_ client: SalesforceClient, _ joins: OpportunityJoins) throws {
    let names = [
      "Id", "Opportunity__c", "Solution__r.Solution_Identifier__c", "Solution__r.Name", "Solution__r.Type__c",
      "Solution__r.Publisher_Name__c",
    ]
    try eachPage(of: "Microsoft_Solutions__c", columns: names, client) { records in
      try joins.add(
        records.map { texts in
          OpportunityJoins.SolutionLine(
            id: texts[0], opportunity: texts[1], identifier: texts[2], name: texts[3], type: texts[4],
            publisher: texts[5])
        })
    }
  }

  private func readOpportunities(
    _ client: SalesforceClient, _ joins: OpportunityJoins, _ sink: (SnapshotBatch) throws -> Void
  ) throws {
    let rows = OpportunityRows(shape: opportunity, referralField: columns.referralField, joins: joins)
    let own = opportunity.columns.filter { columns.ownColumns.contains($0) }
    let scope =
      columns.readsAll
      ? ""
      : " WHERE \(try SOQL.identifier(columns.syncField)) = TRUE OR \(try SOQL.identifier(columns.referralField)) != NULL"
    let places = own.map { opportunity.position(of: $0) ?? 0 }
    try eachPage(of: "Opportunity", columns: own, where: scope, client) { records in
      let batch = try records.map { texts in
        var all = Array(repeating: "", count: opportunity.columns.count)
        for (text, place) in zip(texts, places) { all[place] = text }
        return try rows.row(all, place: "Salesforce")
      }
      try sink(SnapshotBatch(kind: .opportunity, rows: batch))
    }
  }

  /// Reads every page of a query, each record as the texts of its columns.
  private func eachPage(
    of object: String, columns: [String], where condition: String = "", _ client: SalesforceClient,
    _ body: ([[String]]) throws -> Void
  ) throws {
    let names = try columns.map { try SOQL.identifier($0) }.joined(separator: ", ")
    var pages = client.query("SELECT \(names) FROM \(object)\(condition) ORDER BY Id")
    let projector = RecordProjector(paths: columns)
    do {
      while let page = try pages.next() {
        let reader = RecordReader(page: page.body)
        var records: [[String]] = []
        records.reserveCapacity(page.count)
        var texts: [String] = []
        while try reader.next(with: projector, into: &texts) { records.append(texts) }
        try body(records)
      }
    } catch let error as JSONError {
      throw Failure(.malformedAnswer, "Salesforce sent a page of \(object) that cannot be read: \(error)")
    }
  }
}
