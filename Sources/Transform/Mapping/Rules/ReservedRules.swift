/// The rows of `fields.csv` that the rules speak of: all of them, or there is no such value.
struct ReservedRules: Hashable, Sendable {
  private let rules: [FieldRule]

  /// Nil when a row is missing.
  init?(_ fields: [FieldRule]) {
    let byLabel = Dictionary(fields.map { ($0.label, $0) }, uniquingKeysWith: { first, _ in first })
    let rules = ReservedField.allCases.compactMap { byLabel[$0.rawValue] }
    guard rules.count == ReservedField.allCases.count else { return nil }
    self.rules = rules
  }

  subscript(field: ReservedField) -> FieldRule { rules[field.position] }
}

extension ReservedField {
  /// Where the case stands among all cases.
  fileprivate var position: Int {
    switch self {
    case .dealName: 0
    case .dealValue: 1
    case .currency: 2
    case .closingDate: 3
    case .customerName: 4
    case .customerPostalCode: 5
    case .customerCountry: 6
    case .microsoftHelp: 7
    case .visibility: 8
    case .referralIdentifier: 9
    case .referralLink: 10
    case .crmIdentifier: 11
    case .syncFlag: 12
    case .audit: 13
    case .lossReason: 14
    }
  }
}
