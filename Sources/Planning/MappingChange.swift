/// What a mapping that nobody confirmed yet does to a plan.
package struct MappingChange: Sendable, Hashable {
  /// Rows that only it brings; they are held.
  package let rows: Int
  /// Rows that the confirmed mapping would bring and this one does not.
  package let dropped: Int
}
