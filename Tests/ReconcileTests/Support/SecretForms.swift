import Foundation

/// The forms in which a secret could get out.
enum SecretForms {
  /// All of them; a part of twelve characters stands for whatever is cut, split over lines or joined to something else.
  static func all(_ secret: String) -> [String: String] {
    let bytes = Array(secret.utf8)
    let base64 = Data(bytes).base64EncodedString()
    let hexadecimal = bytes.map { String(format: "%02x", $0) }.joined()
    var forms = [
      "as it is": secret, "base64": trimmed(base64),
      "base64url": trimmed(base64.replacing("+", with: "-").replacing("/", with: "_")),
      "percent-encoded": secret.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? secret,
      "JSON": secret.replacing("/", with: "\\/"), "hexadecimal": hexadecimal, "HEXADECIMAL": hexadecimal.uppercased(),
      "backwards": String(secret.reversed()),
    ]
    // Behind one or two other bytes, base64 looks different.
    for shift in [1, 2] {
      let shifted = Data(Array(repeating: UInt8(ascii: ":"), count: shift) + bytes).base64EncodedString()
      forms["base64 behind \(shift)"] = trimmed(String(shifted.dropFirst(4)))
    }
    guard secret.count >= 24 else { return forms }
    forms["its beginning"] = String(secret.prefix(12))
    forms["its end"] = String(secret.suffix(12))
    forms["its middle"] = String(secret.dropFirst(secret.count / 2 - 6).prefix(12))
    return forms
  }

  /// The names of the forms that bytes hold.
  static func found(_ secret: String, in bytes: Data) -> [String] {
    all(secret).filter { bytes.range(of: Data($0.value.utf8)) != nil }.map(\.key).sorted()
  }

  /// Without the last characters, which depend on what follows.
  private static func trimmed(_ base64: String) -> String { String(base64.drop { $0 == "=" }.dropLast(4)) }
}
