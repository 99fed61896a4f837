import Dispatch
import Foundation
import Wire

/// The keys of the certificates that calls name: each is fetched and judged once in a while, however many calls name it.
actor CertificateShelf {
  private let trust: CertificateTrust
  private let hosts: [String]
  private var slots: [CertificateAddress: Slot] = [:]
  private var rate = ListenSettings.fetchRate

  private typealias Finding = Result<TrustedKey, CallRefusal>

  private struct Slot {
    let task: Task<Finding, Never>
    let begun: Date
    /// Until when the finding is kept; nil while it is not there.
    var until: Date?
  }

  /// Keys by the given trust, from the given hosts alone.
  init(_ trust: CertificateTrust, hosts: [String]) {
    self.trust = trust
    self.hosts = hosts
  }

  /// The key of the certificate at an address; `isDoubted` where a signature did not fit it: the certificate may have been
  /// replaced, and is fetched again unless that was just done.
  ///
  /// - Throws: `CallRefusal` whose name begins with `certificate`.
  func key(at url: String, isDoubted: Bool = false) async throws(CallRefusal) -> TrustedKey {
    guard let address = CertificateAddress(url, hosts: hosts) else { throw .certificateAddress }
    let now = Date()
    if let slot = slots[address], !isStale(slot, now, isDoubted: isDoubted) {
      return try await valid(slot.task.value, now)
    }
    guard rate.take(at: .now) else { throw .certificateUnavailable }
    makeRoom(now)
    let task = Task { [trust] in await Self.find(address, trust) }
    slots[address] = Slot(task: task, begun: now)
    let finding = await task.value
    slots[address]?.until = Date().addingTimeInterval(Self.seconds(of: finding))
    return try valid(finding, now)
  }

  private func isStale(_ slot: Slot, _ now: Date, isDoubted: Bool) -> Bool {
    guard let until = slot.until else { return false }
    return until <= now || isDoubted && slot.begun.addingTimeInterval(Self.doubtSeconds) <= now
  }

  private func valid(_ finding: Finding, _ now: Date) throws(CallRefusal) -> TrustedKey {
    let key = try finding.get()
    guard key.isValid(at: now) else { throw .certificateRefused }
    return key
  }

  /// Whoever calls can name any path on an allowed host: the shelf must not grow with it.
  private func makeRoom(_ now: Date) {
    guard slots.count >= Self.mostSlots else { return }
    slots = slots.filter { entry in entry.value.until.map { $0 > now } ?? true }
    guard slots.count >= Self.mostSlots, let oldest = slots.min(by: { $0.value.begun < $1.value.begun }) else { return }
    slots[oldest.key] = nil
  }

  private static func find(_ address: CertificateAddress, _ trust: CertificateTrust) async -> Finding {
    let fetched: Result<[UInt8], CertificateAddress.Trouble> = await withCheckedContinuation { continuation in
      DispatchQueue.global().async {
        continuation.resume(returning: Result { () throws(CertificateAddress.Trouble) in try address.fetch() })
      }
    }
    switch fetched {
    case .failure(.unavailable): return .failure(.certificateUnavailable)
    case .failure(.refused): return .failure(.certificateRefused)
    case .success(let document):
      return await trust.key(of: document).map { .success($0) } ?? .failure(.certificateRefused)
    }
  }

  /// How long a finding is kept: a host that did not answer is asked again soon.
  private static func seconds(of finding: Finding) -> TimeInterval {
    switch finding {
    case .success: 3600
    case .failure(.certificateUnavailable): 5
    case .failure: 60
    }
  }

  private static let doubtSeconds: TimeInterval = 60
  private static let mostSlots = 64
}
