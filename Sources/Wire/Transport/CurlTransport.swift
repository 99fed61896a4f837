import CCurl

/// The transport over libcurl: one multi handle that keeps connections open from call to call.
///
/// Only `https`, or `http` on this machine. Redirects are never followed. Answers that end early, grow too large or
/// stall are errors, never shorter answers. One instance serves one thread at a time.
package final class CurlTransport: Transport {
  /// libcurl wants this once a process; a static constant is that.
  static let isReady = curl_global_init(reconcile_curl_global_all) == CURLE_OK

  private let multi: UnsafeMutableRawPointer?
  private let limits: TransportLimits
  private let agent: String

  /// A transport within `limits` that calls itself `agent`.
  package init(limits: TransportLimits = TransportLimits(), agent: String = "reconcile") {
    self.limits = limits
    self.agent = agent
    multi = Self.isReady ? curl_multi_init() : nil
    if let multi {
      _ = reconcile_curl_multi_set_long(multi, CURLMOPT_PIPELINING, reconcile_curl_multiplex)
      _ = reconcile_curl_multi_set_long(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, limits.parallelism)
    }
  }

  deinit {
    guard let multi else { return }
    _ = PipeSignal.held { curl_multi_cleanup(multi) }
  }

  /// Sends the requests, `parallelism` at a time; results in the order of the requests.
  package func send(_ requests: [Request]) -> [Result<Response, TransportError>] {
    PipeSignal.held { carry(requests) }
  }

  private func carry(_ requests: [Request]) -> [Result<Response, TransportError>] {
    var results: [Result<Response, TransportError>?] = Array(repeating: nil, count: requests.count)
    var running: [UnsafeMutableRawPointer: (index: Int, exchange: CurlExchange)] = [:]
    var next = 0
    while next < requests.count || !running.isEmpty {
      while next < requests.count, running.count < max(1, limits.parallelism) {
        do {
          let exchange = try start(requests[next])
          running[exchange.handle] = (next, exchange)
        } catch {
          results[next] = .failure(error)
        }
        next += 1
      }
      guard !running.isEmpty, let multi else { continue }
      var active: Int32 = 0
      curl_multi_perform(multi, &active)
      for (handle, outcome) in finished(multi) {
        guard let (index, exchange) = running.removeValue(forKey: handle) else { continue }
        curl_multi_remove_handle(multi, handle)
        results[index] = exchange.result(outcome)
      }
      if !running.isEmpty, active > 0 { curl_multi_poll(multi, nil, 0, 1000, nil) }
    }
    return zip(results, requests).map { result, request in
      result ?? .failure(TransportError(.unreachable, host: Self.host(request), mayHaveTakenEffect: true))
    }
  }

  private func start(_ request: Request) throws(TransportError) -> CurlExchange {
    guard let address = Address(request.url) else {
      throw TransportError(.badAddress, host: Self.host(request), mayHaveTakenEffect: false)
    }
    guard address.isSafe else {
      throw TransportError(.plainHTTP, host: address.host, mayHaveTakenEffect: false)
    }
    guard let multi, let exchange = CurlExchange(request, to: address, limits: limits, agent: agent),
      curl_multi_add_handle(multi, exchange.handle) == CURLM_OK
    else {
      throw TransportError(.unreachable, host: address.host, mayHaveTakenEffect: false)
    }
    return exchange
  }

  /// The transfers that have come to an end, well or not.
  private func finished(_ multi: UnsafeMutableRawPointer) -> [(UnsafeMutableRawPointer, CURLcode)] {
    var done: [(UnsafeMutableRawPointer, CURLcode)] = []
    var left: Int32 = 0
    while let message = curl_multi_info_read(multi, &left) {
      guard message.pointee.msg == CURLMSG_DONE, let handle = message.pointee.easy_handle else { continue }
      done.append((handle, message.pointee.data.result))
    }
    return done
  }

  /// Whether an address is one that something may be sent to: https, or this machine.
  package static func isSafe(_ url: String) -> Bool { Address(url)?.isSafe ?? false }

  private static func host(_ request: Request) -> String {
    Address(request.url)?.host ?? "the service"
  }
}
