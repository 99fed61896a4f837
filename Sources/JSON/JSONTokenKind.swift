import CSimdjson

/// What a token is.
///
/// The C enumeration is open in Swift; this one is closed.
enum JSONTokenKind {
  case null
  case `true`
  case `false`
  case number
  case string
  case key
  case object
  case array
  case end

  init(_ token: JSONToken) {
    switch token.kind {
    case reconcile_json_null: self = .null
    case reconcile_json_true: self = .true
    case reconcile_json_false: self = .false
    case reconcile_json_number: self = .number
    case reconcile_json_string: self = .string
    case reconcile_json_key: self = .key
    case reconcile_json_object: self = .object
    case reconcile_json_array: self = .array
    default: self = .end
    }
  }
}
