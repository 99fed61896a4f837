import Foundation

/// One rule of `POST /_sandbox/faults`: which requests it concerns and what happens to them.
struct FaultRule: Codable, Sendable {
  /// `partner-center`, `salesforce` or `login`; nil for any.
  var side: String?
  var method: String?
  /// A regular expression found somewhere in path and query.
  var path: String?
  /// The first matching request that is concerned, from 1 on.
  var nth: Int?
  /// How many matching requests are concerned; without it one, or all when there is a probability.
  var times: Int?
  /// The share of the matching requests that are concerned, from 0 to 1, drawn from the seed.
  var probability: Double?
  var then: FaultEffect

  enum CodingKeys: String, CodingKey, CaseIterable {
    case side
    case method
    case path
    case nth
    case times
    case probability
    case then
  }

  /// Whether the rule is about such a request.
  func matches(_ request: ServiceRequest, side: Side) -> Bool {
    if let wanted = self.side, wanted != side.rawValue { return false }
    if let method, method.uppercased() != request.method { return false }
    guard let path else { return true }
    let target = request.path + (request.query.isEmpty ? "" : "?" + request.query)
    return target.range(of: path, options: .regularExpression) != nil
  }

  /// Whether the n-th matching request is hit, given how often the rule has struck and a draw from 0 to 1.
  func strikes(seen: Int, fired: Int, draw: Double) -> Bool {
    if seen < nth ?? 1 { return false }
    if let limit = times ?? (probability == nil ? 1 : nil), fired >= limit { return false }
    return probability.map { draw < $0 } ?? true
  }

  /// What is wrong with the rule, nil where nothing is.
  var mistake: String? {
    if let side, Side(rawValue: side) == nil { return "side must be partner-center, salesforce or login" }
    if let path, (try? NSRegularExpression(pattern: path)) == nil { return "path is not a regular expression" }
    if let nth, nth < 1 { return "nth counts from 1" }
    if let times, times < 1 { return "times must be at least 1" }
    if let probability, !(0...1).contains(probability) { return "probability goes from 0 to 1" }
    return then.mistake
  }
}
