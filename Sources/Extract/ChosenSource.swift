package import Ledger
package import Model

/// Where single records come from, as they are now.
package protocol ChosenSource: AnyObject {
  /// The kinds of record that it gives, in the columns that it really has.
  var shapes: [Shape] { get }

  /// The referrals of the given ids, with what belongs to the same engagements.
  func referrals(_ ids: [String]) throws -> ChosenReferrals
  /// The opportunities of the given ids and those that name one of the referrals.
  func opportunities(_ ids: [String], naming referrals: [String]) throws -> [SnapshotRow]
  /// The neighbours that are found by the keys.
  func neighbours(_ keys: NeighbourKeys) throws -> [SnapshotBatch]
  /// Ends the reading: counts what it cost.
  func end()
}

/// What came of reading single referrals.
package struct ChosenReferrals: Sendable {
  /// The records that are there, those of the same engagement among them where another party's was asked for.
  package var own: [SnapshotRow] = []
  /// Another party's records among those that were asked for.
  package var foreign: [SnapshotRow] = []
  /// Microsoft's records of the deals.
  package var connected: [SnapshotRow] = []
  /// The ids that are not there, or not for this user to see.
  package var missing: [String] = []

  /// Nothing yet.
  package init() {}
}
