import Foundation
import Model

extension SalesforceClient {
  /// Seconds to wait when too many long calls run at once: each counts as long after twenty seconds.
  private static let crowdedWaits = [30.0, 60, 120]

  /// The clock that waits follow.
  var pacing: Pacing { channel.transport.pacing }

  /// Seconds since 1970 by that clock.
  var now: Double { pacing.now().timeIntervalSince1970 }

  /// Waits for a bulk job in the given state.
  func wait(_ seconds: Double, for state: BulkJob.State) {
    channel.transport.wait(seconds, .job(state.rawValue), host: host)
  }

  /// Sends a call, again where Salesforce refused it for a reason that passes, and notes the quota.
  ///
  /// A busy record was not touched, so that even a creation may be sent again. `Response.followsUnclearAttempt` holds
  /// for all attempts together.
  func send(_ call: Call) throws(ServiceError) -> Response {
    var response = try sendOnce(call)
    var isUnclear = response.followsUnclearAttempt
    var attempt = 2
    while mayPass(response, call), pause(response, before: attempt) {
      response = try sendOnce(call)
      isUnclear = isUnclear || response.followsUnclearAttempt
      attempt += 1
    }
    response.followsUnclearAttempt = isUnclear
    return response
  }

  private func sendOnce(_ call: Call) throws(ServiceError) -> Response {
    try checkBudget()
    let response = try channel.send(call)
    channel.transport.note(response.headers["Sforce-Limit-Info"].flatMap { RequestCounter.Limit(header: $0) })
    return response
  }

  /// Keeps the rest of the daily quota for the org's other users.
  private func checkBudget() throws(ServiceError) {
    guard let percent = dailyUsagePercent, let limit = counter.limit else { return }
    let (used, isHuge) = limit.used.multipliedReportingOverflow(by: 100)
    let (share, isLarge) = limit.allowed.multipliedReportingOverflow(by: percent)
    guard !isHuge, !isLarge, used >= share else { return }
    throw ServiceError(
      .salesforce, .quotaReserved,
      "\(limit.used) of Salesforce's \(limit.allowed) calls in 24 hours are used, and \(percent) percent are the limit",
      fix: "run again later, or raise `salesforce.max_api_usage_percent`")
  }

  /// Whether a refusal proves that nothing was done and may pass.
  ///
  /// A status of 5xx proves nothing, and the transport has repeated it where that does no harm.
  private func mayPass(_ response: Response, _ call: Call) -> Bool {
    guard (400..<500).contains(response.status) else { return false }
    switch passing(response) {
    case .never: return false
    case .busyRecord: return true
    case .busyService: return call.repeatability == .freely
    case .quota: return call.repeatability == .freely && !isQuotaUsedUp
    }
  }

  private func pause(_ response: Response, before attempt: Int) -> Bool {
    switch passing(response) {
    case .never: return false
    case .busyRecord, .busyService: return channel.transport.pause(before: attempt)
    case .quota:
      guard waitsWhenCrowded, attempt - 2 < Self.crowdedWaits.count else { return false }
      channel.transport.wait(Self.crowdedWaits[attempt - 2], .throttled, host: host)
      return true
    }
  }

  private func passing(_ response: Response) -> SalesforceCode.Passing {
    let error = SalesforceError.error(response, answer, isWrite: false)
    return error.serviceCode.flatMap(SalesforceCode.named)?.passing ?? .never
  }

  /// Whether the daily quota is the reason of a refusal, by the service's own count.
  private var isQuotaUsedUp: Bool {
    guard let limit = counter.limit else { return false }
    return limit.used >= limit.allowed
  }

  /// The host of the org, for what is told of waits.
  private var host: String { (try? channel.origin()).flatMap { Address($0)?.host } ?? "Salesforce" }
}
