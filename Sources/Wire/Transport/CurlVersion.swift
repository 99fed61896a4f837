import CCurl

/// The libcurl that the loader found, and its TLS.
package enum CurlVersion {
  /// Its version and that of its TLS: `libcurl 7.88.1 with OpenSSL/3.0.17`.
  package static var text: String {
    guard let facts = reconcile_curl_version()?.pointee else { return "libcurl" }
    let tls = facts.ssl_version.map { " with " + String(cString: $0) } ?? ""
    return "libcurl " + String(cString: facts.version) + tls
  }
}
