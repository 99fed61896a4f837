import Foundation
import GRDB
import Model

/// The tables of the ledger, one migration a release.
enum Schema {
  private static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1 snapshots, links, plans", migrate: first)
    migrator.registerMigration("2 what opportunities were told", migrate: second)
    migrator.registerMigration("3 what a plan rests on", migrate: third)
    migrator.registerMigration("4 what old runs leave", migrate: fourth)
    migrator.registerMigration("5 what is known by its bytes", migrate: fifth)
    migrator.registerMigration("6 the rows of plans in columns", migrate: sixth)
    return migrator
  }

  /// Brings the file up to date.
  static func migrate(_ queue: DatabaseQueue) throws { try migrator.migrate(queue) }

  /// Whether there is nothing to bring up to date.
  static func isCurrent(_ queue: DatabaseQueue) throws -> Bool { try queue.read(migrator.hasCompletedMigrations) }

  /// Refuses a file that a newer release or another program wrote, and one without tables unless it is being made.
  static func check(_ queue: DatabaseQueue, maybeEmpty: Bool) throws {
    guard try !queue.read(migrator.hasBeenSuperseded) else {
      throw Failure(
        .ledgerNewer, "the ledger was written by a newer release of reconcile",
        fix: "install that release, or start with a new ledger")
    }
    let tables = try queue.read { database in
      try String.fetchSet(database, sql: "SELECT name FROM sqlite_master WHERE type = 'table'")
    }
    if tables.isEmpty, !maybeEmpty { throw LedgerStart.damage(queue.path, "it holds no tables") }
    guard tables.isEmpty || tables.contains("grdb_migrations") else {
      throw Failure(
        .ledgerUnreadable, "\(queue.path) is the database of another program, not a ledger of reconcile",
        fix: "give the ledger a path of its own")
    }
  }

  private static func first(_ database: Database) throws {
    try database.execute(sql: snapshots)
    try database.execute(sql: agreement)
    try database.execute(sql: plans)
    try database.execute(
      sql: "INSERT INTO meta VALUES ('lineage', ?), ('serial', '0')", arguments: [UUID().uuidString.lowercased()])
  }

  /// What an unshared opportunity's audit trail was told last, so that it is told once (R25, R108).
  private static func second(_ database: Database) throws {
    try database.execute(
      sql: "CREATE TABLE told (opportunity TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID")
  }

  /// What a plan was made from, and how things stood then; a plan of an earlier release has none of it.
  private static func third(_ database: Database) throws {
    try database.execute(
      sql: """
        ALTER TABLE run DROP COLUMN sources;
        ALTER TABLE run ADD COLUMN lineage TEXT NOT NULL DEFAULT '';
        ALTER TABLE run ADD COLUMN snapshots TEXT NOT NULL DEFAULT '{}';
        ALTER TABLE run ADD COLUMN standings TEXT NOT NULL DEFAULT '{}';
        """)
  }

  /// Which runs were removed, since when a deal is in conflict, and ways to a record's past and to a run's journal.
  ///
  /// Of conflicts that an earlier release left, nobody knows since when they are open: the newest plan knows them.
  private static func fourth(_ database: Database) throws {
    try database.execute(
      sql: """
        CREATE TABLE removed_run (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, removed TEXT NOT NULL);
        CREATE TABLE conflict (
          referral TEXT NOT NULL, opportunity TEXT NOT NULL, since TEXT NOT NULL, PRIMARY KEY (referral, opportunity)
        ) WITHOUT ROWID;
        INSERT INTO conflict SELECT referral, opportunity, (SELECT started FROM run ORDER BY number DESC LIMIT 1)
          FROM verdict WHERE standing = 'conflict' AND EXISTS (SELECT 1 FROM run);
        CREATE INDEX record_past ON record (kind, id, end_run) WHERE end_run IS NOT NULL;
        CREATE INDEX journal_run ON journal (run);
        """)
  }

  /// What the newest snapshot of each kind holds, and the fingerprints of its records in the order in which they came; and
  /// the deals that do not agree, few among many, in an index of their own.
  ///
  /// `form` tells how they were read; it is empty where they have no fingerprints. Of a kind without a row nothing is known
  /// yet: it is counted when it is read next.
  private static func fifth(_ database: Database) throws {
    try database.execute(
      sql: """
        CREATE TABLE snapshot (kind INTEGER PRIMARY KEY, total INTEGER NOT NULL, digest BLOB NOT NULL, form TEXT NOT NULL);
        CREATE TABLE known_record (number INTEGER PRIMARY KEY, records BLOB NOT NULL);
        CREATE INDEX verdict_apart ON verdict (standing, code) WHERE standing <> 'in-sync';
        """)
  }

  /// A record is stored again only when its content changed.
  ///
  /// It belongs to every run from `first_run` until the run before `end_run`; `end_run` is null while it stands.
  private static let snapshots = """
    CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE run (
      number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, started TEXT NOT NULL, finished TEXT, kind TEXT NOT NULL,
      mapping TEXT NOT NULL, sources TEXT NOT NULL DEFAULT '{}', digest TEXT NOT NULL DEFAULT '',
      state TEXT NOT NULL, serial INTEGER NOT NULL DEFAULT 0);
    CREATE TABLE shape (number INTEGER PRIMARY KEY, kind TEXT NOT NULL, columns TEXT NOT NULL, UNIQUE (kind, columns));
    CREATE TABLE record (
      row INTEGER PRIMARY KEY, kind INTEGER NOT NULL, id TEXT NOT NULL, partner TEXT NOT NULL, hash BLOB NOT NULL,
      shape INTEGER NOT NULL REFERENCES shape, content TEXT NOT NULL, first_run INTEGER NOT NULL, end_run INTEGER);
    CREATE UNIQUE INDEX record_standing ON record (kind, id) WHERE end_run IS NULL;
    CREATE INDEX record_partner ON record (kind, partner, id) WHERE end_run IS NULL AND partner <> '';
    CREATE INDEX record_ended ON record (end_run, kind) WHERE end_run IS NOT NULL;
    """

  private static let agreement = """
    CREATE TABLE link (
      referral TEXT NOT NULL PRIMARY KEY, opportunity TEXT NOT NULL UNIQUE, since_run INTEGER NOT NULL,
      base TEXT NOT NULL DEFAULT '') WITHOUT ROWID;
    CREATE TABLE verdict (
      referral TEXT NOT NULL, opportunity TEXT NOT NULL, standing TEXT NOT NULL, name TEXT NOT NULL,
      category TEXT NOT NULL, status TEXT NOT NULL, stage TEXT NOT NULL, code TEXT NOT NULL, reason TEXT NOT NULL,
      changes INTEGER NOT NULL, settled INTEGER NOT NULL, PRIMARY KEY (referral, opportunity)) WITHOUT ROWID;
    CREATE INDEX verdict_opportunity ON verdict (opportunity);
    CREATE INDEX verdict_open ON verdict (settled) WHERE settled = 0;
    CREATE TABLE rejection (
      referral TEXT NOT NULL, opportunity TEXT NOT NULL, action TEXT NOT NULL, field TEXT NOT NULL,
      fingerprint TEXT NOT NULL, run INTEGER NOT NULL,
      PRIMARY KEY (referral, opportunity, action, field)) WITHOUT ROWID;
    """

  private static let plans = """
    CREATE TABLE change (
      run INTEGER NOT NULL, seq INTEGER NOT NULL, referral TEXT NOT NULL, opportunity TEXT NOT NULL, name TEXT NOT NULL,
      body TEXT NOT NULL, versions TEXT NOT NULL, decision TEXT NOT NULL, outcome TEXT NOT NULL, answer TEXT NOT NULL,
      PRIMARY KEY (run, seq)) WITHOUT ROWID;
    CREATE INDEX change_pair ON change (referral, opportunity);
    CREATE TABLE journal (
      number INTEGER PRIMARY KEY, run INTEGER NOT NULL, key TEXT NOT NULL UNIQUE, rows TEXT NOT NULL, what TEXT NOT NULL,
      intended TEXT NOT NULL, outcome TEXT, result TEXT NOT NULL DEFAULT '', request_id TEXT NOT NULL DEFAULT '',
      settled TEXT);
    CREATE INDEX journal_open ON journal (run) WHERE outcome IS NULL;
    """
}
