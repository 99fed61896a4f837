import SwiftASN1
import X509

/// What a certificate must be, besides valid, so that it speaks for Partner Center.
struct SignaturePolicy: VerifierPolicy, Sendable {
  /// The names that it may be issued for, each with all that lie below it.
  let names: [String]

  let verifyingCriticalExtensions: [ASN1ObjectIdentifier] = []

  /// Microsoft's documentation asks for this issuer.
  private static let issuer = "Microsoft Corporation"

  func chainMeetsPolicyRequirements(chain: UnverifiedCertificateChain) -> PolicyEvaluationResult {
    let leaf = chain.leaf
    guard Self.texts(.RDNAttributeType.organizationName, of: leaf.issuer).contains(Self.issuer) else {
      return .failsToMeetPolicy(reason: "it was not issued by \(Self.issuer)")
    }
    guard Self.names(of: leaf).contains(where: isAllowed) else {
      return .failsToMeetPolicy(reason: "it was issued for another name")
    }
    guard let usage = try? leaf.extensions.keyUsage else { return .meetsPolicy }
    return usage.digitalSignature ? .meetsPolicy : .failsToMeetPolicy(reason: "its key is not for signatures")
  }

  private func isAllowed(_ name: String) -> Bool {
    let name = name.lowercased()
    return names.contains { name == $0.lowercased() || name.hasSuffix("." + $0.lowercased()) }
  }

  /// The common names and the DNS names that a certificate was issued for.
  private static func names(of leaf: Certificate) -> [String] {
    let alternatives = (try? leaf.extensions.subjectAlternativeNames).map { names in
      names.compactMap { name -> String? in
        if case .dnsName(let text) = name { text } else { nil }
      }
    }
    return texts(.RDNAttributeType.commonName, of: leaf.subject) + (alternatives ?? [])
  }

  private static func texts(_ type: ASN1ObjectIdentifier, of name: DistinguishedName) -> [String] {
    name.flatMap { part in part.filter { $0.type == type }.compactMap { String($0.value) } }
  }
}
