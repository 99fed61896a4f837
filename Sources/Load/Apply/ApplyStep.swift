/// One step of a pair on its way to the opportunity's own fields.
///
/// A step takes the open rows that are its own, settles every one of them, and leaves all others alone.
protocol ApplyStep {
  func carryOut(_ work: PairWork) throws
}
