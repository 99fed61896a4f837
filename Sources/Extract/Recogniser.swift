import Ledger
import Model

/// Knows the records of an export again that came with the same bytes last time.
///
/// An export names its records in nearly the same order each time. So the next known record is expected first. Where another
/// one stands, the record is looked for among the few thousand known ones ahead; what is not found there has to be read.
struct Recogniser {
  private let recollection: Recollection
  private var records: KnownRecords
  /// The known records ahead: those from `next` on were not met yet.
  private var ahead: [KnownRecord] = []
  private var next = 0
  /// Where those ahead stand, once one was looked for.
  private var places: [Fingerprint: Int]?

  /// Fewer known records ahead than this, and another page of them is read.
  private static let fewest = 2048

  init(_ kind: RecordKind, in form: String, from recollection: Recollection) throws {
    self.recollection = recollection
    records = try recollection.records(kind, in: form)
    ahead = try records.next()
  }

  /// The known record that is expected next; nil when none is.
  var expected: KnownRecord? { next < ahead.count ? ahead[next] : nil }

  /// The fingerprint of a record's bytes.
  func fingerprint(of bytes: UnsafeRawBufferPointer) -> Fingerprint { recollection.fingerprint(of: bytes) }

  /// Whether these are the bytes of the expected record.
  func isExpected(_ bytes: UnsafeRawBufferPointer) -> Bool { expected?.fingerprint == fingerprint(of: bytes) }

  /// Notes that the expected record was met.
  mutating func advance() throws { try go(to: next + 1) }

  /// The known record of that fingerprint, if it stands ahead; those before it are expected no more.
  mutating func find(_ fingerprint: Fingerprint) throws -> KnownRecord? {
    guard next < ahead.count, let place = indexed()[fingerprint], place >= next else { return nil }
    let known = ahead[place]
    try go(to: place + 1)
    return known
  }

  private mutating func go(to place: Int) throws {
    next = place
    guard ahead.count - next < Self.fewest else { return }
    let more = try records.next()
    guard !more.isEmpty else { return }
    ahead.removeFirst(next)
    ahead += more
    next = 0
    places = nil
  }

  private mutating func indexed() -> [Fingerprint: Int] {
    if let places { return places }
    var places: [Fingerprint: Int] = [:]
    places.reserveCapacity(ahead.count - next)
    for place in next..<ahead.count { places[ahead[place].fingerprint] = place }
    self.places = places
    return places
  }
}
