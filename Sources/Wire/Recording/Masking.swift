import Crypto
import Foundation
import JSON

/// Takes out of a conversation what is nobody else's business, and leaves its structure.
///
/// Texts are replaced unless `TreatmentTable` knows them for structure, and what opens doors becomes `***`. A value: equal
/// input gives equal output under one key, which is drawn at random for each recording and never written down.
struct Masking: Sendable {
  let pseudonym: Pseudonym
  let addresses: ServiceAddresses
  /// Beginnings of the secrets that went over the wire; where one shows in a text that is structure, the text goes.
  private let secrets: [[UInt8]]

  init(key: SymmetricKey, addresses: ServiceAddresses = ServiceAddresses(), secrets: Set<String> = []) {
    pseudonym = Pseudonym(key: key)
    self.addresses = addresses
    self.secrets = secrets.map { Array($0.utf8) }
  }

  /// A text by the name of its place.
  func text(_ text: String, named name: String, in parent: String = "") -> String {
    switch TreatmentTable.treatment(of: text, named: name, in: parent) {
    case .keep: return scrubbed(text)
    case .hide: return "***"
    case .replace: return pseudonym(text)
    case .query: return soql(text)
    case .address: return address(text)
    case .error:
      let code = text.prefix { $0.isASCII && ($0.isUppercase || $0.isNumber || $0 == "_") }
      guard code.count > 3, text.dropFirst(code.count).first.map({ $0 == ":" }) ?? true else { return pseudonym(text) }
      return scrubbed(String(code)) + pseudonym(String(text.dropFirst(code.count)))
    }
  }

  /// A member's or column's name, which is structure if it looks like one.
  func name(_ text: String) -> String {
    Shape.isIdentifier(text) ? scrubbed(text) : pseudonym(text)
  }

  /// A text that stays, unless a secret is in it.
  func scrubbed(_ text: String) -> String {
    guard text.utf8.count >= Self.shortestSecret else { return text }
    let bytes = Array(text.utf8)
    return secrets.contains { Self.contains(bytes, $0) } ? pseudonym(text) : text
  }

  private static let shortestSecret = 8

  private static func contains(_ text: [UInt8], _ part: [UInt8]) -> Bool {
    guard let first = part.first, text.count >= part.count else { return false }
    return (0...text.count - part.count).contains { start in
      text[start] == first && text[start..<start + part.count].elementsEqual(part)
    }
  }

  /// A body by its media type; what cannot be read as what it says it is, is replaced as text.
  func body(_ bytes: [UInt8], type: String?, isDescription: Bool = false) -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    let media = type?.lowercased().prefix { $0 != ";" }.trimmingCharacters(in: .whitespaces) ?? ""
    switch media {
    case "application/x-www-form-urlencoded": return form(text)
    case "text/csv": return csv(text)
    default:
      guard let document = try? JSONValue(parsing: bytes), !media.hasPrefix("text/") else { return pseudonym(text) }
      return (isDescription ? description(document) : json(document)).text
    }
  }
}
