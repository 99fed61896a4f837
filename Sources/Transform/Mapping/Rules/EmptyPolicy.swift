/// What it means that one side emptied a field (R98).
package enum EmptyPolicy: String, CaseIterable, Sendable {
  /// The other side keeps its value.
  case keep
  /// The other side is emptied as well.
  case clear
  /// The emptying is reported and not carried over.
  case refuse
}
