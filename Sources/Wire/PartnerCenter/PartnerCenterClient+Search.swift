package import Foundation
package import JSON
import Model

extension PartnerCenterClient {
  /// Seconds by which the clocks of this machine and the service may differ.
  private static let clockMargin: TimeInterval = 3600

  /// All referrals that the user may see, oldest first, each once (R116).
  package func referrals() -> ReferralPages {
    ReferralPages(self, query: "$orderby=createdDateTime%20asc")
  }

  /// The records of one engagement, Microsoft's own among them.
  ///
  /// Microsoft documents the id in quotes, and its own links have it bare: the second form is tried where the service
  /// does not take the first. A record of another engagement is left out, whatever the service says.
  package func related(_ engagementID: String) throws(ServiceError) -> [JSONValue] {
    guard !engagementID.isEmpty else { return [] }
    do {
      return try records(of: engagementID, where: "engagementId eq \(OData.literal(engagementID))")
    } catch {
      guard error.status == 400, OData.isGUID(engagementID) else { throw error }
      return try records(of: engagementID, where: "engagementId eq \(OData.bare(engagementID))")
    }
  }

  /// The texts at the projector's paths of every record of some engagements.
  ///
  /// Several engagements share a request, as many as an address of modest length takes; where the service does not take
  /// such a filter, they are asked for one by one. The projector must have the paths `id` and `engagementId`.
  package func related(
    _ engagements: [String], _ projector: RecordProjector
  ) throws(ServiceError) -> [[String]] {
    guard let place = projector.paths.firstIndex(of: "engagementId") else { return [] }
    let wanted = Set(engagements.map { $0.lowercased() })
    var found: [[String]] = []
    for start in stride(from: 0, to: engagements.count, by: Self.engagementsAtOnce) {
      let part = engagements[start..<min(start + Self.engagementsAtOnce, engagements.count)]
      do throws(ServiceError) {
        let literals = part.map { "engagementId eq \(OData.literal($0))" }
        found += try texts(where: literals.joined(separator: " or "), projector)
      } catch  where error.status == 400 {
        for engagement in part {
          do throws(ServiceError) {
            found += try texts(where: "engagementId eq \(OData.literal(engagement))", projector)
          } catch {
            guard error.status == 400, OData.isGUID(engagement) else { throw error }
            found += try texts(where: "engagementId eq \(OData.bare(engagement))", projector)
          }
        }
      }
    }
    return found.filter { wanted.contains($0[place].lowercased()) }
  }

  /// How many engagements share a request.
  package static let engagementsAtOnce = 25

  private func texts(where filter: String, _ projector: RecordProjector) throws(ServiceError) -> [[String]] {
    var pages = ReferralPages(self, query: "$filter=" + Address.escaped(filter))
    var found: [[String]] = []
    while let page = try pages.next(projector) { found += page }
    return found
  }

  /// The ids, in lower case and oldest first, of the referrals that name a CRM record, Microsoft's own left out.
  ///
  /// The list cannot be filtered by it. So it is read newest first, and only as far as `createdAfter` where that is
  /// given: what was created before then is not looked for, though it may be among the result. A list that does not
  /// come in the order asked for is read to its end. Salesforce ids are compared in their long form (R20).
  package func find(externalReferenceID: String, createdAfter: Date?) throws(ServiceError) -> [String] {
    let reference = Self.comparable(externalReferenceID)
    guard !reference.isEmpty else { return [] }
    var pages = ReferralPages(self, query: "$orderby=createdDateTime%20desc")
    let projector = RecordProjector(paths: ["id", "externalReferenceId", "organizationId", "createdDateTime"])
    var found: [String] = []
    var order = CreationOrder()
    while let records = try pages.next(projector) {
      for texts in records {
        if Self.comparable(texts[1]) == reference, texts[2].lowercased() != "msft" {
          found.append(texts[0].lowercased())
        }
        if let created = Timestamp.parse(texts[3]) { order.note(created) }
      }
      if let createdAfter, order.isPast(createdAfter.addingTimeInterval(-Self.clockMargin)) { break }
    }
    return found.reversed()
  }

  private func records(of engagementID: String, where filter: String) throws(ServiceError) -> [JSONValue] {
    var pages = ReferralPages(self, query: "$filter=" + Address.escaped(filter))
    var records: [JSONValue] = []
    while let page = try pages.nextRecords() {
      records += page.filter { $0["engagementId"]?.stringValue?.lowercased() == engagementID.lowercased() }
    }
    return records
  }

  private static func comparable(_ reference: String) -> String {
    let text = reference.trimmingCharacters(in: .whitespacesAndNewlines)
    return SalesforceID.normalized(text) ?? text
  }
}

/// Watches whether a list comes newest first, as it was asked for.
private struct CreationOrder {
  private var last = Date.distantFuture
  private var isNewestFirst = true
  private var hasDescended = false

  mutating func note(_ created: Date) {
    isNewestFirst = isNewestFirst && created <= last
    hasDescended = hasDescended || (last != .distantFuture && created < last)
    last = created
  }

  /// Whether nothing created after `date` can follow: the order has to have shown first.
  func isPast(_ date: Date) -> Bool { isNewestFirst && hasDescended && last < date }
}
