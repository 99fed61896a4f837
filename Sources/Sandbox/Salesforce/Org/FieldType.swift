/// The kinds of fields of the sandbox org, by the names that describe uses.
enum FieldType: String, Sendable {
  case id
  case string
  case textarea
  case picklist
  case multipicklist
  case boolean
  case currency
  case double
  case percent
  case int
  case date
  case datetime
  case reference
  case email
  case phone
  case url
  case base64
  /// A compound of address fields, never stored itself.
  case address

  /// The `soapType` of the kind.
  var soap: String {
    switch self {
    case .id, .reference: "tns:ID"
    case .boolean: "xsd:boolean"
    case .currency, .double, .percent: "xsd:double"
    case .int: "xsd:int"
    case .date: "xsd:date"
    case .datetime: "xsd:dateTime"
    case .base64: "xsd:base64Binary"
    case .address: "urn:address"
    case .string, .textarea, .picklist, .multipicklist, .email, .phone, .url: "xsd:string"
    }
  }

  var isNumber: Bool {
    switch self {
    case .currency, .double, .percent, .int: true
    case .id, .string, .textarea, .picklist, .multipicklist, .boolean, .date, .datetime, .reference, .email, .phone,
      .url, .base64, .address:
      false
    }
  }

  /// Whether text of this kind compares without regard to case.
  var isText: Bool {
    switch self {
    case .string, .textarea, .picklist, .multipicklist, .email, .phone, .url: true
    case .id, .boolean, .currency, .double, .percent, .int, .date, .datetime, .reference, .base64, .address: false
    }
  }
}
