import Foundation

/// What the headers of a call say about its signature.
struct SignedCall: Sendable, Hashable {
  /// Where the certificate is said to lie.
  let certificateURL: String
  /// The signature's bytes.
  let signature: [UInt8]

  /// Reads the headers; names are compared without regard to case.
  ///
  /// - Throws: `CallRefusal`: `header` for one that is missing, stands twice or cannot be read, `algorithm` for a signature
  ///   that is none of RSA over SHA-256.
  init(_ headers: [(name: String, value: String)]) throws(CallRefusal) {
    func value(_ name: String) throws(CallRefusal) -> String? {
      let found = headers.filter { $0.name.lowercased() == name }
      guard found.count < 2 else { throw .header }
      return found.first?.value
    }
    // A proxy may have taken the other header for itself: this one wins.
    var carried = try value("x-ms-signature")
    if carried == nil { carried = try value("authorization") }
    guard let url = try value("x-ms-certificate-url"), let algorithm = try value("x-ms-signature-algorithm"),
      let carried
    else { throw .header }
    guard algorithm.lowercased() == "rsa-sha256" else { throw .algorithm }
    let parts = carried.split(separator: " ", omittingEmptySubsequences: true)
    guard parts.count == 2, parts[0].lowercased() == "signature", let bytes = Data(base64Encoded: String(parts[1])),
      !bytes.isEmpty, bytes.count <= Self.longestSignature
    else { throw .header }
    certificateURL = url
    signature = Array(bytes)
  }

  /// Bytes of a signature by the longest key that is in use, of 16,384 bits.
  private static let longestSignature = 2048
}
