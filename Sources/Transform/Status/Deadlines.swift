import Foundation
import Model

/// What depends on the moment of the run rather than on the records.
struct Deadlines {
  let referral: Record
  let now: Date?

  /// Until when a new referral can be answered, with the days that are left (R64); empty when it does not say.
  var answer: String {
    let text = referral["expirationDateTime"]
    guard !text.isEmpty else { return "" }
    guard let now, let end = Timestamp.parse(text) else { return "expires \(text)" }
    let days = Int((end.timeIntervalSince(now) / Self.day).rounded(.down))
    return switch days {
    case ..<0: "expired \(text)"
    case 0: "expires \(text), today"
    case 1: "expires \(text), in 1 day"
    case _: "expires \(text), in \(days) days"
    }
  }

  /// From when a deal that may be registered for incentives can be won without losing that (R70); nil when it can already,
  /// or when the deal does not qualify.
  ///
  /// Of what qualifies a deal, the records show the kind, co-sell or partner-led, and the value, 25,000 US dollars; another
  /// currency is not converted and counts as enough.
  func registration(of category: Category) -> Date? {
    guard let now, let created = Timestamp.parse(referral["createdDateTime"]) else { return nil }
    switch category {
    case .coSell, .partnerLed: break
    case .privateDeal, .marketplaceLead, .qualifiedLead: return nil
    }
    let value = Double(referral["details.dealValue"]) ?? 0
    guard referral["details.currency"].uppercased() != "USD" || value >= Self.leastValue else { return nil }
    let end = created.addingTimeInterval(Self.window)
    return end > now ? end : nil
  }

  private static let day: TimeInterval = 86_400
  private static let window: TimeInterval = 72 * 3600
  private static let leastValue = 25_000.0
}
