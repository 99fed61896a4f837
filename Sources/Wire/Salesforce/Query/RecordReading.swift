/// The rows of one query, complete or an error; whether REST or a bulk job brings them does not show (R117).
package struct RecordReading {
  private let source: any RowSource
  private var failure: ServiceError?
  private var isComplete = false

  init(_ source: any RowSource) {
    self.source = source
  }

  /// The next rows, each as texts in the columns' order; nil behind the last one of a result that is complete.
  ///
  /// A datetime has REST's form `2026-01-02T03:04:05.000+0000`, a number is plain and without needless zeros, a boolean
  /// is `true` or `false`, and null is empty text. After an error the rows handed out so far must not be used, and every
  /// later call throws it again.
  package mutating func next() throws(ServiceError) -> [[String]]? {
    if let failure { throw failure }
    guard !isComplete else { return nil }
    do throws(ServiceError) {
      let rows = try source.next()
      isComplete = rows == nil
      return rows
    } catch {
      failure = error
      throw error
    }
  }

  /// Ends early: aborts and deletes the job, if there is one; errors are swallowed.
  package mutating func abandon() {
    guard !isComplete else { return }
    source.abandon()
    failure = failure ?? .incompleteResult("it was abandoned")
  }
}
