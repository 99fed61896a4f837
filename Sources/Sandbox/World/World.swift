import GRDB

/// What a request works on: the database within its transaction and who the world belongs to.
///
/// Every change of business data takes its own second of the virtual clock, because Salesforce compares
/// `If-Unmodified-Since` by whole seconds: two changes in one second could not be told apart.
struct World {
  let db: Database
  let identity: Identity
  /// `http://127.0.0.1:PORT` as the client wrote it.
  let origin: String
  let org = OrgState()

  /// The present moment of the virtual clock.
  var now: Stamp {
    get throws { Stamp(try Int.fetchOne(db.cachedStatement(sql: "SELECT now FROM clock")) ?? Stamp.start.seconds) }
  }

  /// Advances the clock by one second for a change of business data and returns the new moment.
  func tick() throws -> Stamp {
    try db.cachedStatement(sql: "UPDATE clock SET now = now + 1, changes = changes + 1").execute()
    return try now
  }

  /// How often business data has been changed.
  var changes: Int {
    get throws { try Int.fetchOne(db.cachedStatement(sql: "SELECT changes FROM clock")) ?? 0 }
  }

  /// The next number of a named counter, from 1 on.
  func next(_ counter: String) throws -> Int {
    let value = try Int.fetchOne(
      db.cachedStatement(sql: "SELECT value FROM counter WHERE name = ?"), arguments: [counter])
    let next = (value ?? 0) + 1
    let statement = try db.cachedStatement(
      sql: value == nil
        ? "INSERT INTO counter(value, name) VALUES (?, ?)" : "UPDATE counter SET value = ? WHERE name = ?")
    try statement.execute(arguments: [next, counter])
    return next
  }

  /// A source of numbers for the next thing made, the same in every run that makes the same things in the same order.
  func random(_ counter: String) throws -> SplitMix64 {
    // FNV-1a: counters must not share their numbers.
    let name = counter.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    return SplitMix64(seed: identity.seed ^ name, stream: UInt64(try next(counter)))
  }

  /// Runs a change as a whole: a refusal takes back everything it had done.
  func atomically<Value>(_ change: () throws -> Value) throws -> Value { try db.atomically(change) }
}

extension Database {
  /// Runs a change within a savepoint, which an error takes back.
  ///
  /// Every request is one, so the statements are prepared once.
  func atomically<Value>(_ change: () throws -> Value) throws -> Value {
    try cachedStatement(sql: "SAVEPOINT change").execute()
    let result = Result { try change() }
    if case .failure = result { try cachedStatement(sql: "ROLLBACK TO change").execute() }
    try cachedStatement(sql: "RELEASE change").execute()
    return try result.get()
  }
}
