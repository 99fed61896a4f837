import CSimdjson

typealias JSONToken = reconcile_json_token

/// One simdjson parser, reused from document to document and confined to one thread.
final class JSONTokenizer {
  /// Objects and arrays may nest so deep; the services' records need eight.
  static let maximumDepth: UInt32 = 64

  private let parser: OpaquePointer?

  init() {
    parser = reconcile_json_parser_create()
  }

  deinit {
    reconcile_json_parser_destroy(parser)
  }

  /// Checks a whole document and returns its tokens, which live until the next call.
  func read(_ bytes: UnsafeRawBufferPointer) throws(JSONError) -> UnsafeBufferPointer<JSONToken> {
    guard let parser else { throw JSONError(.outOfMemory) }
    let start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
    let outcome = reconcile_json_read(parser, start, bytes.count, Self.maximumDepth)
    if let reason = JSONError.Reason(outcome.fault) {
      throw JSONError(reason, at: outcome.offset > bytes.count ? nil : outcome.offset)
    }
    return UnsafeBufferPointer(start: outcome.tokens, count: outcome.count)
  }
}

extension JSONError.Reason {
  /// The reason behind a fault of the C side; nil when there was none.
  fileprivate init?(_ fault: reconcile_json_fault) {
    switch fault {
    case reconcile_json_ok: return nil
    case reconcile_json_empty: self = .empty
    case reconcile_json_too_deep: self = .tooDeep
    case reconcile_json_truncated: self = .truncated
    case reconcile_json_invalid_utf8: self = .invalidUTF8
    case reconcile_json_control_character: self = .controlCharacter
    case reconcile_json_bad_escape: self = .badEscape
    case reconcile_json_bad_number: self = .badNumber
    case reconcile_json_trailing: self = .trailingText
    case reconcile_json_no_memory: self = .outOfMemory
    default: self = .badSyntax  // C enumerations are open in Swift.
    }
  }
}

extension reconcile_json_token {
  /// The token's text: a string's content, a number, or the extent of an object or array.
  var bytes: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: text, count: length)
  }

  /// The same as a string; simdjson has checked that it is UTF-8.
  var string: String {
    String(decoding: bytes, as: UTF8.self)
  }
}
