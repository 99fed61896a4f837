package import JSON
import Model

extension PartnerCenterClient {
  /// The texts at the projector's paths of single referrals as they are now, in the order of the ids; nil for one that is
  /// not there, or not for this user to see.
  ///
  /// The projector must have the path `id`.
  package func referrals(_ ids: [String], _ projector: RecordProjector) throws(ServiceError) -> [[String]?] {
    var calls: [Call] = []
    for id in ids { calls.append(call(.get, try Self.target(id))) }
    var found: [[String]?] = []
    for (id, result) in zip(ids, channel.send(calls)) {
      let texts = try texts(result.get(), projector)
      if let texts, let place = projector.paths.firstIndex(of: "id"), texts[place].lowercased() != id.lowercased() {
        throw ServiceError(
          .partnerCenter, .malformedAnswer, "Partner Center sent another referral than the one that was asked for")
      }
      found.append(texts)
    }
    return found
  }

  private func texts(_ response: Response, _ projector: RecordProjector) throws(ServiceError) -> [String]? {
    guard response.isSuccess else {
      let error = PartnerCenterError.error(response, answer, isWrite: false)
      guard error.code == .recordGone else { throw error }
      return nil
    }
    try answer.check(response)
    var texts: [String] = []
    do {
      try projector.project(response.body, into: &texts)
    } catch {
      throw answer.malformed(response, "it sent a referral that cannot be read: \(error)")
    }
    return texts
  }
}
