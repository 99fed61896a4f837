import GRDB

/// The tables of a sandbox besides those of the Salesforce objects.
enum WorldSchema {
  static func create(in db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE clock(now INTEGER NOT NULL, changes INTEGER NOT NULL);
        CREATE TABLE switch(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE replayed(number INTEGER PRIMARY KEY, uses INTEGER NOT NULL, last INTEGER NOT NULL);
        CREATE TABLE counter(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE token(
          value TEXT PRIMARY KEY, service TEXT NOT NULL, principal TEXT NOT NULL, expires INTEGER NOT NULL
        ) WITHOUT ROWID;
        CREATE TABLE refresh_token(
          value TEXT PRIMARY KEY, principal TEXT NOT NULL, used INTEGER NOT NULL, predecessor TEXT,
          revoked INTEGER NOT NULL
        ) WITHOUT ROWID;
        CREATE TABLE device_code(
          seq INTEGER PRIMARY KEY, value TEXT NOT NULL UNIQUE, user_code TEXT NOT NULL, audience TEXT NOT NULL,
          offline INTEGER NOT NULL, expires INTEGER NOT NULL, state TEXT NOT NULL, principal TEXT NOT NULL,
          hurried INTEGER NOT NULL, polls INTEGER NOT NULL
        );
        CREATE TABLE referral(
          seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, engagement TEXT NOT NULL, organization TEXT NOT NULL,
          body TEXT NOT NULL
        );
        CREATE INDEX referral_engagement ON referral(engagement);
        CREATE INDEX referral_created ON referral(
          organization, rtrim(json_extract(body, '$.createdDateTime'), 'Z'), seq
        );
        CREATE TABLE webhook(body TEXT NOT NULL);
        CREATE TABLE event(
          seq INTEGER PRIMARY KEY, correlation TEXT, name TEXT NOT NULL, body TEXT NOT NULL, created INTEGER NOT NULL,
          due INTEGER NOT NULL, attempts INTEGER NOT NULL, state TEXT NOT NULL, results TEXT NOT NULL
        );
        CREATE INDEX event_waiting ON event(state, due);
        CREATE TABLE request(
          seq INTEGER PRIMARY KEY, side TEXT NOT NULL, method TEXT NOT NULL, path TEXT NOT NULL, query TEXT NOT NULL,
          status INTEGER NOT NULL, write INTEGER NOT NULL, changed INTEGER NOT NULL, request_id TEXT NOT NULL,
          body TEXT NOT NULL
        );
        CREATE TABLE fault(
          id INTEGER PRIMARY KEY, rule TEXT NOT NULL, seen INTEGER NOT NULL DEFAULT 0, fired INTEGER NOT NULL DEFAULT 0
        );
        """)
    try db.execute(sql: "INSERT INTO clock(now, changes) VALUES (?, 0)", arguments: [Stamp.start.seconds])
  }
}
