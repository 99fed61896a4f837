/// `/_sandbox/http`: what both services and their sign-in have in common on the wire.
struct HTTPSwitches: SwitchGroup {
  static let name = "http"

  /// Whether answers are compressed for clients that take it.
  var gzip = true
  /// The shortest body that is compressed, in bytes.
  var gzipFromBytes = 1000

  enum CodingKeys: String, CodingKey {
    case gzip
    case gzipFromBytes = "gzip_from_bytes"
  }

  var mistake: String? { gzipFromBytes < 0 ? "must not be negative" : nil }

  /// The shortest body that is compressed, nil where none is.
  var gzipFrom: Int? { gzip ? gzipFromBytes : nil }
}
