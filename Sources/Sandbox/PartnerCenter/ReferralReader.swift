import GRDB

/// Reads and stores referrals as one principal sees them.
struct ReferralReader {
  let world: World
  /// S21: a Referrals user sees only the deals whose team names that user.
  var isRestricted = false

  /// The SQL condition under which the principal sees a record, and its arguments.
  var visibility: (sql: String, arguments: [DatabaseValue]) {
    guard isRestricted else { return ("1", []) }
    return (
      "EXISTS (SELECT 1 FROM json_each(body, '$.team') t WHERE json_extract(t.value, '$.email') = ? COLLATE NOCASE)",
      [world.identity.restrictedEmail.databaseValue]
    )
  }

  /// A visible record, own or Microsoft's.
  func referral(_ id: String) throws -> Referral {
    let row = try Row.fetchOne(
      world.db.cachedStatement(sql: "SELECT seq, body FROM referral WHERE id = ? AND \(visibility.sql)"),
      arguments: StatementArguments([id.lowercased().databaseValue] + visibility.arguments))
    guard let row else {
      throw Refusal(status: 404, code: "itemNotFound", message: "The referral was not found.")
    }
    return try ReferralReader.referral(row)
  }

  /// A record that a partner may change: Microsoft's is read-only to it.
  func writable(_ id: String) throws -> Referral {
    let referral = try referral(id)
    if referral.isMicrosofts {
      throw Refusal(status: 403, code: "accessDenied", message: "The referral belongs to another organization.")
    }
    return referral
  }

  /// The records of an engagement, oldest first, whoever owns them.
  func engagement(_ id: String) throws -> [Referral] {
    try Row.fetchAll(
      world.db.cachedStatement(sql: "SELECT seq, body FROM referral WHERE engagement = ? ORDER BY seq"),
      arguments: [id.lowercased()]
    ).map(ReferralReader.referral)
  }

  /// Stores a changed record under new stamps (S14).
  func store(_ referral: inout Referral, at stamp: Stamp) throws {
    guard case .object(var members) = referral.body else { return }
    var random = try world.random("referral stamp")
    members["updatedDateTime"] = .string(ReferralStamps.text(stamp, &random))
    members["eTag"] = .string(ReferralStamps.eTag(&random))
    referral.body = .object(members)
    try world.db.cachedStatement(sql: "UPDATE referral SET body = ? WHERE seq = ?").execute(arguments: [
      referral.body.text, referral.seq,
    ])
    try WebhookEvents(world: world).raise(.updated, referral)
  }

  /// Adds a record that carries its stamps already.
  func add(_ body: JSONValue) throws -> Referral {
    try world.db.cachedStatement(sql: "INSERT INTO referral(id, engagement, organization, body) VALUES (?, ?, ?, ?)")
      .execute(arguments: [
        body["id"].string?.lowercased() ?? "", body["engagementId"].string?.lowercased() ?? "",
        body["organizationId"].string ?? "", body.text,
      ])
    let referral = Referral(seq: Int(world.db.lastInsertedRowID), body: body)
    try WebhookEvents(world: world).raise(.created, referral)
    return referral
  }

  static func referral(_ row: Row) throws -> Referral {
    let text: String = row["body"]
    return Referral(seq: row["seq"], body: try JSONParser.parse(text))
  }
}
