/// When a value is carried to one side.
package enum Direction: String, CaseIterable, Sendable {
  /// Whenever it changed.
  case always
  /// Only when the record is created there.
  case create
  /// Only from off to on, never back (R75, R77).
  case raise
  /// Not at all.
  case never
}
