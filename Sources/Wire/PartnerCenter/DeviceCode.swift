package import Foundation
import JSON
import Model

/// A code that a person enters on another device to approve a sign-in, and what is asked with meanwhile (RFC 8628).
package struct DeviceCode: Sendable, Hashable {
  /// The code for the person: `A9BXL4CHN`.
  package let userCode: String
  /// The address at which it is entered.
  package let address: String
  /// When it is over.
  package let expires: Date
  /// Seconds between two questions.
  let interval: Double
  /// The code that the service knows this sign-in by.
  let secret: Secret

  /// Seconds between two questions where the service names none.
  private static let usualInterval = 5.0

  /// Reads an answer of the device code endpoint; nil for one that no person could follow.
  ///
  /// The first version of the endpoint writes its numbers as texts and spells the address otherwise.
  init?(_ answer: JSONValue, now: Date) {
    guard let secret = answer["device_code"]?.stringValue, !secret.isEmpty,
      let code = answer["user_code"]?.stringValue, Self.isCode(code),
      let text = answer["verification_uri"]?.stringValue ?? answer["verification_url"]?.stringValue,
      let address = Address(text), address.isSafe,
      let lifetime = Self.seconds(answer["expires_in"])
    else { return nil }
    userCode = code
    self.address = text
    self.secret = Secret(secret)
    expires = now.addingTimeInterval(min(lifetime, 86_400))
    interval = min(max(1, Self.seconds(answer["interval"]) ?? Self.usualInterval), 60)
  }

  /// Whether a person can type it, and a terminal show it.
  private static func isCode(_ text: String) -> Bool {
    (1...32).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x2D
      }
  }

  private static func seconds(_ value: JSONValue?) -> Double? {
    (value?.numberText ?? value?.stringValue).flatMap(Double.init).flatMap { $0.isFinite && $0 >= 0 ? $0 : nil }
  }
}
