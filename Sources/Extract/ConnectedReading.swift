import JSON
import Ledger
import Model
import Wire

/// Reads Microsoft's records of the deals while the list of referrals is still being read (R74).
///
/// Partner Center names the next page of a list only in the one before, so that the list alone asks one thing at a time.
final class ConnectedReading {
  /// As many as Partner Center is asked at a time.
  private static let readers = TransportLimits.partnerCenter.parallelism

  private let client: PartnerCenterClient
  private let lanes: Lanes
  private let projector = RecordProjector(paths: SnapshotShapes.connected.columns)
  /// The engagements of the list so far, and how many of them have been asked for.
  private var engagements: [String] = []
  private var asked = 0
  private var isListRead = false
  private var failure: (any Error)?
  /// What was found, by the place of the first engagement that was asked for.
  private var found: [Int: [SnapshotRow]] = [:]

  /// A reading by a client whose requests `lanes` share.
  init(_ client: PartnerCenterClient, _ lanes: Lanes) {
    self.client = client
    self.lanes = lanes
  }

  /// Reads the records of the engagements that `list` adds, in the order of the engagements.
  func read(_ list: () throws -> Void) throws -> [SnapshotRow] {
    lanes.run(Array(0..<Self.readers)) { [self] _ in
      follow()
    } beside: {
      defer {
        isListRead = true
        lanes.tell()
      }
      do {
        try list()
      } catch {
        failure = failure ?? error
      }
    }
    if let failure { throw failure }
    return found.sorted { $0.key < $1.key }.flatMap(\.value)
  }

  /// Takes in the engagements of the list so far; throws what a look at an earlier one came to.
  func add(_ engagements: [String]) throws {
    self.engagements = engagements
    lanes.tell()
    if let failure { throw failure }
  }

  private func follow() {
    let size = PartnerCenterClient.engagementsAtOnce
    while true {
      lanes.wait { isListRead || failure != nil || engagements.count - asked >= size }
      guard failure == nil, asked < engagements.count else { return }
      let place = asked
      asked = min(place + size, engagements.count)
      do {
        found[place] = try client.related(Array(engagements[place..<asked]), projector).compactMap(ConnectedRows.row)
      } catch {
        failure = failure ?? error
        lanes.tell()
        return
      }
    }
  }
}
