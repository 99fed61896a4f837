import JSON
import Model

/// How a mapped field is addressed and encoded on either side.
struct FieldWriting {
  let rule: FieldRule

  /// The effect that writes a value into the opportunity or its account; nil when the field is not mapped there.
  func intoSalesforce(_ value: Value, opportunity: Record) -> Effect? {
    guard let field = rule.salesforceField else { return nil }
    let write = FieldWrite(field.name, json(value, for: .salesforce))
    switch field.object {
    case .opportunity: return .updateRecord(object: "Opportunity", id: opportunity.id, fields: [write])
    case .account: return .updateRecord(object: "Account", id: opportunity["AccountId"], fields: [write])
    case .owner, .contact, .lead, .note: return nil
    }
  }

  /// The effect that writes a value into the referral; nil when the field is not mapped there.
  func intoPartnerCenter(_ value: Value) -> Effect? {
    guard !rule.referralPath.isEmpty else { return nil }
    return .patchReferral([PatchOperation(path: pointer, value: json(value, for: .partnerCenter))])
  }

  /// The path that is written, as a JSON pointer: of several alternatives the first.
  var pointer: String {
    "/" + (rule.referralPath.written ?? "").split(separator: ".").joined(separator: "/")
  }

  /// The value as JSON text in the form of a side.
  func json(_ value: Value, for side: Side) -> String {
    JSONValue(rule.transform.write(value, to: side)).text
  }
}

extension FieldRule {
  /// What the row means to the tool itself; nil for a row that a person added.
  package var reserved: ReservedField? { ReservedField(rawValue: label) }
}

extension Direction {
  /// The way that the word leaves open on a pair that exists.
  var route: FieldRoutes.Route {
    switch self {
    case .always: .open
    case .create: .onCreate
    case .raise: .raise
    case .never: .never
    }
  }
}

extension JSONValue {
  /// A scalar as JSON.
  init(_ scalar: Scalar) {
    switch scalar {
    case .null: self = .null
    case .boolean(let flag): self = .bool(flag)
    case .number(let text): self = .number(text)
    case .text(let text): self = .string(text)
    }
  }
}
