import JSON
import Ledger
import Model
import Wire

/// Carries out operations so that a death at any point leaves a trace that tells what to do.
///
/// It alone writes to the ledger while a plan is applied; the protocol is described above `Applier`.
final class ApplyJournal {
  let context: ApplyContext
  let run: RunEntry
  private let lineage: String
  /// The keys of operations that an earlier process began and did not see the end of.
  private let inDoubt: Set<String>
  private var permission = PermissionWatch()
  private var uniqueFields: [String: Bool] = [:]

  init(context: ApplyContext, run: RunEntry) throws {
    self.context = context
    self.run = run
    context.partnerCenter.share(context.lanes)
    context.salesforce.share(context.lanes)
    (lineage, inDoubt) = try context.ledger.read { transaction in
      (try transaction.lineage(), Set(try transaction.openIntents(of: run.number).map(\.key)))
    }
  }

  /// Carries out one operation and stores what became of it; gives its receipt when it was acknowledged, now or earlier.
  ///
  /// `observe` is asked before `send` when an earlier process died over the operation.
  @discardableResult
  func perform(
    _ operation: Operation, of work: PairWork, observe: () throws -> Observation = { .untouched },
    send: () throws -> Receipt
  ) throws -> Receipt? {
    if let known = try result(of: operation, work) { return Receipt(result: known, provesValues: false) }
    try stopIfAsked()
    var ending = try endingByLooking(operation, of: work, observe)
    if ending == nil {
      try intend([(operation, work)])
      ending = try capture(operation) { .applied(try send()) }
      // Many a step looks before it sends.
      if let asked = ending, asked.isOfQuestion, isInDoubt(operation, work) { ending = try afterFailedLook(asked) }
    }
    guard let ending else { return nil }
    try conclude([(operation, work, ending)])
    return ending.outcome == .applied ? ending.receipt : nil
  }

  /// How an operation ended over which an earlier process died; nil when none did, or when it is to be sent again.
  ///
  /// While nobody can look, the intent stays open: concluding it would let a later `resume` send it unseen.
  func endingByLooking(
    _ operation: Operation, of work: PairWork, _ observe: () throws -> Observation
  ) throws -> Ending? {
    guard isInDoubt(operation, work), let seen = try capture(operation, { Ending(try observe()) }) else { return nil }
    return try afterFailedLook(seen)
  }

  /// What a look that failed says of an operation in doubt: nothing.
  private func afterFailedLook(_ ending: Ending) throws -> Ending {
    if ending.isForAll { throw Interruption.failed(ending.failure) }
    guard ending.outcome == .failed else { return ending }
    return .without(
      .unknown, .outcomeUnknown, "an earlier attempt was interrupted, and a look failed: \(ending.message)")
  }

  /// The result of an operation that was acknowledged before; nil when it was not.
  func result(of operation: Operation, _ work: PairWork) throws -> String? {
    try context.ledger.read { transaction in try transaction.result(of: key(operation, work)) }
  }

  /// Whether an earlier process died between the operation's intent and its outcome.
  func isInDoubt(_ operation: Operation, _ work: PairWork) -> Bool {
    inDoubt.contains(key(operation, work))
  }

  /// Stores the intents of operations, in one transaction, before their requests leave.
  func intend(_ operations: [(operation: Operation, work: PairWork)]) throws {
    let time = context.time
    try context.ledger.write { transaction in
      for (operation, work) in operations {
        _ = try transaction.intend(
          key(operation, work), rows: operation.rows + operation.rowsWhenApplied, what: operation.what,
          of: run.number, at: time)
      }
    }
  }

  /// Stores how operations ended, in one transaction: journal, rows, link and base.
  func conclude(_ endings: [(operation: Operation, work: PairWork, ending: Ending)]) throws {
    let time = context.time
    try context.ledger.write { transaction in
      for (operation, work, ending) in endings {
        try transaction.conclude(
          key(operation, work), ending.outcome, result: ending.receipt.result, requestID: ending.receipt.requestID,
          at: time)
        let rows = ending.outcome == .applied ? operation.rows + operation.rowsWhenApplied : operation.rows
        guard operation.isFinal || ending.outcome != .applied else { continue }
        for seq in rows {
          try settle(seq, of: work, ending, at: time, in: &transaction)
        }
      }
    }
    for (operation, _, ending) in endings {
      try permission.note(ending, operation.side)
      if ending.isForAll { throw Interruption.failed(ending.failure) }
    }
  }

  /// Stores an outcome of rows for which nothing was sent.
  func settle(_ rows: [Int], of work: PairWork, _ ending: Ending) throws {
    guard !rows.isEmpty else { return }
    let time = context.time
    try context.ledger.write { transaction in
      for seq in rows {
        try settle(seq, of: work, ending, at: time, in: &transaction)
      }
    }
  }

  /// Runs a request and tells an answer about the record from an error of this program, which goes on its way.
  func capture(_ operation: Operation, _ request: () throws -> Ending?) throws -> Ending? {
    do {
      return try request()
    } catch let ending as Ending {
      return ending
    } catch let error as ServiceError {
      return Ending(error, creates: operation.creates)
    } catch let error as JSONError {
      return .without(.failed, .valueUnreadable, "the plan's value cannot be sent: \(error)")
    }
  }

  /// Asks a service something on the way to a write; its error is not the write's.
  func question<Answer>(_ body: () throws -> Answer) throws -> Answer {
    do {
      return try body()
    } catch let error as ServiceError {
      throw Ending(error, creates: false).ofQuestion
    }
  }

  /// Looks for a write whose answer was lost, before its intent is concluded.
  ///
  /// While nobody can look, the intent stays open, so that a later attempt looks before it sends; a look that fails for
  /// its own sake leaves the write unknown.
  func search<Answer>(for lost: ServiceError, _ look: () throws -> Answer) throws -> Answer {
    do {
      return try look()
    } catch let ending as Ending {
      if ending.isForAll { throw Interruption.failed(ending.failure) }
      throw lost
    }
  }

  /// Looks something up before rows are written; nil, with the rows settled, when the service gives no answer.
  func look<Answer>(for rows: [Int], of work: PairWork, _ body: () throws -> Answer) throws -> Answer? {
    do {
      return try body()
    } catch let ending as Ending {
      try settle([(work, rows)], afterFailedLook: ending)
      return nil
    }
  }

  /// Settles rows for which nothing is sent since a look failed, and ends the run where the error is everybody's.
  ///
  /// Where an earlier process died over a row's request, the look says nothing of it: what became of the row stays unknown,
  /// and while nobody can look at all, the intent stays open, so that `resume` looks before it sends.
  func settle(_ works: [(work: PairWork, rows: [Int])], afterFailedLook ending: Ending) throws {
    let open = try context.ledger.read { Set(try $0.openIntents(of: run.number).flatMap(\.rows)) }
    for (work, rows) in works {
      try settle(rows.filter { !open.contains($0) }, of: work, ending)
      if !ending.isForAll { try settle(rows.filter(open.contains), of: work, try afterFailedLook(ending)) }
    }
    if ending.isForAll { throw Interruption.failed(ending.failure) }
  }

  /// The records that a SOQL query finds.
  func records(_ soql: String) throws -> [JSONValue] {
    var pages = context.salesforce.query(soql)
    var records: [JSONValue] = []
    while let page = try question({ try pages.next() }) {
      let reader = RecordReader(page: page.body)
      while let record = try reader.next() { records.append(try JSONValue(parsing: record)) }
    }
    return records
  }

  /// Whether Salesforce keeps two records from having the same value in a field.
  func isUnique(_ field: String, of object: String) throws -> Bool {
    let name = "\(object).\(field)"
    return try context.lanes.claiming([name]) {
      if let known = uniqueFields[name] { return known }
      let description = try question { try context.salesforce.describe(object) }
      let isUnique = description[field].map { $0.isUnique && $0.isExternalID } ?? false
      uniqueFields[name] = isUnique
      return isUnique
    }
  }

  /// Links the records of a pair as soon as both exist, whatever becomes of the rows that hang on them.
  func link(_ work: PairWork) throws {
    try context.ledger.write { transaction in
      try transaction.linkIfFree(work.referralID, work.opportunityID, run: run.number)
    }
  }

  /// Ends the run in good order when somebody asked for it, or another lane met an error that ends it.
  func stopIfAsked() throws {
    if context.lanes.isShut || context.shouldStop() { throw Interruption.asked }
  }

  /// Carries out works side by side; once somebody has asked for the end, none is begun.
  func sideBySide<Work>(_ works: [Work], _ body: @escaping (Work) throws -> Void) throws {
    var isAsked = false
    try context.lanes.run(works) { work in
      guard !isAsked else { return }
      do {
        try body(work)
      } catch Interruption.asked {
        isAsked = true
      }
    }
    if isAsked { throw Interruption.asked }
  }

  private func key(_ operation: Operation, _ work: PairWork) -> String {
    operation.key(of: work.key, run: run.id, lineage: lineage)
  }

  private func settle(
    _ seq: Int, of work: PairWork, _ ending: Ending, at time: String, in transaction: inout LedgerTransaction
  ) throws {
    guard var row = work.row(seq), row.isOpen else { return }
    row.outcome = ending.outcome
    row.answer = ending.answer(at: time)
    try transaction.settle(row, of: run.number)
    context.onSettled(row)
    if ending.outcome == .applied { try transaction.agree(on: row, of: work, ending.receipt, run: run.number) }
    work.replace(row)
  }
}
