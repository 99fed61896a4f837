import GRDB

/// How the org is made and what goes wrong with its rows: the values of all switches.
///
/// Only the switches that differ from a new org are kept, in the world's database.
struct OrgSwitches: Sendable {
  private var values: [OrgSwitch: JSONValue] = [:]

  static func createTable(in db: Database) throws {
    try db.execute(sql: "CREATE TABLE org_switch(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID")
  }

  /// Reads the values in force.
  init(_ db: Database) throws {
    let statement = try db.cachedStatement(sql: "SELECT name, value FROM org_switch")
    for row in try Row.fetchAll(statement) {
      guard let name = OrgSwitch(rawValue: row["name"]) else { continue }
      values[name] = try JSONParser.parse(row["value"] as String)
    }
  }

  subscript(name: OrgSwitch) -> JSONValue { values[name] ?? name.initial }

  func isOn(_ name: OrgSwitch) -> Bool { self[name] == true }

  func number(_ name: OrgSwitch) -> Int { self[name].int ?? 0 }

  func text(_ name: OrgSwitch) -> String { self[name].string ?? "" }

  func names(_ name: OrgSwitch) -> [String] { self[name].array?.compactMap(\.string) ?? [] }

  /// What decides the schema, as a key of the schemas made so far.
  var shape: OrgShape {
    OrgShape(
      isMultiCurrency: isOn(.multiCurrency), hasStatePicklists: isOn(.stateCountryPicklists),
      hasTeams: isOn(.opportunityTeams), hasOldHelpWording: isOn(.oldHelpWording),
      hasUniqueReferral: isOn(.uniqueReferralIdentifier),
      hiddenFields: Set(names(.hiddenFields).map { $0.lowercased() }),
      hiddenObjects: Set(names(.hiddenObjects).map { $0.lowercased() }),
      readOnlyObjects: Set(names(.readOnlyObjects).map { $0.lowercased() }))
  }

  /// Writes one value.
  static func store(_ value: JSONValue, for name: OrgSwitch, in db: Database) throws {
    try db.execute(
      sql: "INSERT INTO org_switch(name, value) VALUES (?, ?) ON CONFLICT(name) DO UPDATE SET value = excluded.value",
      arguments: [name.rawValue, value.text])
  }
}

/// The part of the switches on which the schema depends.
struct OrgShape: Hashable, Sendable {
  var isMultiCurrency = true
  var hasStatePicklists = false
  var hasTeams = true
  var hasOldHelpWording = false
  var hasUniqueReferral = false
  /// `object.field`, in lower case.
  var hiddenFields: Set<String> = []
  /// In lower case.
  var hiddenObjects: Set<String> = []
  /// In lower case.
  var readOnlyObjects: Set<String> = []
}
