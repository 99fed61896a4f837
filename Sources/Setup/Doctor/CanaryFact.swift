/// A record that must be in every snapshot.
package struct CanaryFact: Sendable {
  /// Its id as the configuration names it.
  package var id: String
  /// Whether it is there; unasked where its service was not signed in to, or the text can be no id.
  package var isThere: Fact<Bool>

  /// A record and whether it is there.
  package init(_ id: String, isThere: Fact<Bool>) {
    self.id = id
    self.isThere = isThere
  }
}
