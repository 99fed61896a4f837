import Model

/// What Partner Center asks of a new referral, checked before anything is sent (R24–R31, R40).
struct ReferralChecks {
  let creation: ReferralCreation

  /// Every check that fails, the most basic first.
  func problems() -> [CreationProblem] {
    [name, solution, country, contact, address, dealValue, closeDate, currency, team, services, consent]
      .compactMap(\.self) + unreadable
  }

  /// Values that are none of their field's type: nothing is guessed of them, least of all that no help is wanted (R9).
  private var unreadable: [CreationProblem] {
    creation.mapping.fields.compactMap { rule in
      switch rule.reserved {
      case .customerCountry, .dealValue, .closingDate, .currency: return nil
      default: break
      }
      guard rule.toPartnerCenter != .never, creation.value(of: rule) == nil else { return nil }
      let field = rule.salesforceField?.description ?? ""
      return CreationProblem(code: .valueUnreadable, text: "\(rule.label) cannot be read: correct \(field)")
    }
  }

  private var name: CreationProblem? {
    guard creation.value(.dealName)?.isNone != false else { return nil }
    return CreationProblem(code: .nameMissing, text: "the opportunity has no name")
  }

  /// At least one solution (R24, R25).
  private var solution: CreationProblem? {
    guard creation.solutions.isEmpty else { return nil }
    return CreationProblem(code: .solutionMissing, text: "solution id required: add a Microsoft Solution to it")
  }

  /// A country of two letters (R24, R25).
  private var country: CreationProblem? {
    let field = creation.mapping.field(.customerCountry).salesforceField?.description ?? "the country field"
    guard let value = creation.value(.customerCountry) else {
      return CreationProblem(code: .countryInvalid, text: "customer account country code invalid: correct \(field)")
    }
    guard value.isNone else { return nil }
    return CreationProblem(code: .countryMissing, text: "customer account country code missing: fill \(field)")
  }

  /// With help asked for, a customer contact with both names, phone and e-mail (R26, R27).
  private var contact: CreationProblem? {
    guard creation.help != nil else { return nil }
    guard let first = creation.contacts.first else {
      return CreationProblem(code: .contactMissing, text: "help is asked for, and no customer contact is attached")
    }
    guard !first.isComplete else { return nil }
    return CreationProblem(
      code: .contactIncomplete, text: "the customer contact needs first name, last name, phone and e-mail")
  }

  /// A deal value that is neither empty nor zero (R28, R29).
  private var dealValue: CreationProblem? {
    let value = creation.value(.dealValue)
    guard value == nil || value?.isNone == true || value == Value("0") || value?.text.hasPrefix("-") == true else {
      return nil
    }
    return CreationProblem(code: .dealValueMissing, text: "deal value missing or not above 0")
  }

  /// Street and city of the customer, which the import of deals requires as well.
  private var address: CreationProblem? {
    let missing = ["customerProfile.address.addressLine1", "customerProfile.address.city"].compactMap { path in
      creation.mapping.fields.first { $0.referralPath.written == path && $0.toPartnerCenter != .never }
    }.filter { creation.value(of: $0)?.isNone == true }
    guard !missing.isEmpty else { return nil }
    let fields = missing.compactMap { $0.salesforceField?.description }.joined(separator: " and ")
    return CreationProblem(code: .addressMissing, text: "customer street or city missing: fill \(fields)")
  }

  /// A services deal names role, area and play, or none of them (R42).
  private var services: CreationProblem? {
    let found = Set(creation.services.map(\.key))
    let missing = ServicesAttribute.allCases.filter { !found.contains($0) }
    guard !found.isEmpty, !missing.isEmpty else { return nil }
    let names = missing.map(\.rawValue).joined(separator: " and ")
    return CreationProblem(code: .servicesIncomplete, text: "a services deal needs \(names) as well")
  }

  /// A close date (R28).
  private var closeDate: CreationProblem? {
    guard creation.value(.closingDate)?.isNone != false else { return nil }
    return CreationProblem(code: .closeDateMissing, text: "closing date missing")
  }

  /// A currency of ISO 4217 (R30).
  private var currency: CreationProblem? {
    guard creation.value(.currency)?.isNone != false else { return nil }
    return CreationProblem(
      code: .currencyInvalid, text: "currency missing or unknown: fill it, or set Default currency")
  }

  /// A seller with name, phone and e-mail (R31).
  private var team: CreationProblem? {
    guard !creation.owner.isComplete else { return nil }
    return CreationProblem(
      code: .teamMemberMissing, text: "the opportunity's owner needs first name, last name, phone and e-mail")
  }

  /// The customer's consent is a statement of the partner and is never assumed (R40).
  private var consent: CreationProblem? {
    let settings = creation.mapping.settings
    let missing = [
      settings.agreedToShare ? nil : Setting.agreedToShare.label,
      settings.agreedToContact ? nil : Setting.agreedToContact.label,
    ].compactMap(\.self)
    guard !missing.isEmpty else { return nil }
    return CreationProblem(
      code: .consentMissing, text: "the setting \(missing.joined(separator: " and ")) says No in mappings/settings.csv")
  }
}
