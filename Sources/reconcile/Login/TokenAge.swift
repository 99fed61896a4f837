import Foundation
import JSON
import Model
import Workspace

/// How old the sign-in to Partner Center is, and how long it lasts.
struct TokenAge {
  /// Days before the end from which on it is warned of.
  static let warningDays = 14

  /// Whole days since the refresh token was stored or renewed; nil where it is not kept in a file.
  let days: Int?
  /// Whole days for which it will still do; nil where that is not known.
  let daysLeft: Int?

  /// The age of a token in a file.
  init(_ token: CredentialReference, now: Date) {
    days = token.age(now: now)
    daysLeft = token.refreshTokenDaysLeft(now: now)
  }

  /// One sentence for a person.
  var text: String {
    guard let days, let daysLeft else { return "The age of the sign-in is not known: its refresh token is in no file." }
    let age = days == 0 ? "Signed in or renewed today" : "Signed in or renewed \(Self.days(days)) ago"
    guard daysLeft > 0 else { return "\(age): Partner Center has forgotten the sign-in." }
    return "\(age); without a run it lasts \(Self.days(daysLeft)) more."
  }

  /// A warning when the end is near; nil otherwise.
  var warning: String? {
    guard let daysLeft, daysLeft > 0, daysLeft < Self.warningDays else { return nil }
    return "the sign-in to Partner Center ends in \(Self.days(daysLeft)) unless a run renews it; "
      + "run reconcile login partner-center"
  }

  /// The failure of a sign-in that is over; nil otherwise.
  var failure: Failure? {
    guard let days, daysLeft == 0 else { return nil }
    return Failure(
      .signInRefused,
      "the refresh token of Partner Center is \(days) days old, and the service forgets it after "
        + "\(CredentialReference.refreshTokenDays)", fix: "sign in afresh: `reconcile login partner-center`")
  }

  /// The members of a JSON line.
  var members: [JSONMember] {
    func number(_ value: Int?) -> JSONValue { value.map { .number(String($0)) } ?? .null }
    return [JSONMember("token_age_days", number(days)), JSONMember("token_days_left", number(daysLeft))]
  }

  private static func days(_ count: Int) -> String { count == 1 ? "1 day" : "\(count) days" }
}
