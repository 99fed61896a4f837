/// What the service demands of a referral, at creation and after a change (S9, S11 to S13).
enum ReferralRules {
  /// The members that a client may replace as a whole.
  static let roots: Set<String> = [
    "name", "externalReferenceId", "campaignId", "status", "substatus", "statusReason", "type", "salesStage",
    "favorite", "tags", "lastRunId", "lastModifiedVia", "target", "consent", "details", "team", "inviteContext",
    "registrations", "customerProfile",
  ]

  static let helpCodes: Set<String> = [
    "Unknown", "WorkloadSpecificValueProposition", "CustomerTechnicalArchitecture", "ProofOfConceptOrDemo",
    "QuotesOrLicensing", "PostSalesCustomerSuccess", "GeneralOrOther",
  ]

  static func refused(_ message: String, _ target: String) -> Refusal {
    Refusal(status: 400, code: "invalidRequest", message: message, fields: [target])
  }

  /// S9: everything that a new record needs.
  static func checkNew(_ body: JSONValue) throws {
    try checkCustomer(body)
    try checkDetails(body)
    try checkSolutions(body)
    try checkTeam(body)
    try checkHelp(body)
    guard body["name"].string?.isEmpty == false else { throw refused("A name is required.", "name") }
    guard body["consent"]["consentToToShareInfoWithOthers"] == true else {
      throw refused("Consent to share information with others is required.", "consent")
    }
  }

  /// The checks of one part of a record, by the first member of the path that was changed.
  static func check(_ body: JSONValue, after path: [String]) throws {
    switch path.first {
    case "name":
      guard body["name"].string?.isEmpty == false else { throw refused("A name is required.", "name") }
    case "details" where path.dropFirst().first == "requirements": try checkSolutions(body)
    case "details": try checkDetails(body, only: path.dropFirst().first)
    case "team": try checkTeam(body)
    case "inviteContext", "customerProfile", "consent": try checkHelp(body)
    case "type":
      guard ["Independent", "Shared"].contains(body["type"].string) else { throw refused("Unknown type.", "type") }
    default: break
    }
  }

  private static func checkCustomer(_ body: JSONValue) throws {
    let profile = body["customerProfile"]
    for (value, target) in [
      (profile["name"], "customerProfile.name"),
      (profile["address"]["addressLine1"], "customerProfile.address.addressLine1"),
      (profile["address"]["city"], "customerProfile.address.city"),
    ] where value.string?.isEmpty ?? true {
      throw refused("The customer needs a name, an address line and a city.", target)
    }
    let country = profile["address"]["country"].string ?? ""
    guard country.count == 2, country.allSatisfy({ $0.isASCII && $0.isUppercase }) else {
      throw refused("The country must be a two-letter code.", "customerProfile.address.country")
    }
  }

  private static func checkDetails(_ body: JSONValue, only name: String? = nil) throws {
    let details = body["details"]
    if name == nil || name == "dealValue" {
      guard let value = details["dealValue"].double, value > 0 else {
        throw refused("The deal value must be above zero.", "details.dealValue")
      }
    }
    if name == nil || name == "currency" {
      let currency = details["currency"].string ?? ""
      guard currency.count == 3, currency.allSatisfy({ $0.isASCII && $0.isUppercase }) else {
        throw refused("The currency must be a three-letter code.", "details.currency")
      }
    }
    if name == nil || name == "closingDateTime" {
      guard let text = details["closingDateTime"].string, Stamp(iso: text) != nil else {
        throw refused("The closing date must be a date-time.", "details.closingDateTime")
      }
    }
  }

  private static func checkSolutions(_ body: JSONValue) throws {
    let solutions = body["details"]["requirements"]["solutions"].array ?? []
    guard (1...50).contains(solutions.count), solutions.allSatisfy({ $0["id"].string?.isEmpty == false }) else {
      throw refused("From one to fifty solutions with an id are required.", "details.requirements.solutions")
    }
  }

  private static func checkTeam(_ body: JSONValue) throws {
    let team = body["team"].array ?? []
    guard team.count <= 50, team.contains(where: isComplete) else {
      throw refused("A team member with first name, last name, phone number and e-mail is required.", "team")
    }
  }

  /// R81, R82: help needs a known code, visibility for Microsoft's sellers, and a complete customer contact.
  private static func checkHelp(_ body: JSONValue) throws {
    let code = body["inviteContext"]["assistanceRequestCode"].string ?? "Unknown"
    guard helpCodes.contains(code) else {
      throw refused("Unknown kind of help.", "inviteContext.assistanceRequestCode")
    }
    if code == "Unknown" { return }
    guard body["customerProfile"]["team"].array?.contains(where: isComplete) == true else {
      throw refused("A complete customer contact is required when help is asked for.", "customerProfile.team")
    }
    guard body["consent"]["consentToShareReferralWithMicrosoftSellers"] == true else {
      throw refused("Help can only be asked for a deal that Microsoft's sellers see.", "consent")
    }
  }

  private static func isComplete(_ member: JSONValue) -> Bool {
    ["firstName", "lastName", "phoneNumber", "email"].allSatisfy { member[$0].string?.isEmpty == false }
  }

  /// S11: the pairs and steps that are legal for a partner.
  static func checkStep(from before: Referral, to after: Referral) throws {
    let pairs = [
      "New": ["Pending", "Received"], "Active": ["Accepted"],
      "Closed": ["Won", "Lost", "Declined", "Expired", "Error"],
    ]
    guard pairs[after.status]?.contains(after.substatus) == true else {
      throw refused("'\(after.status)' does not go with '\(after.substatus)'.", "substatus")
    }
    if before.status == after.status && before.substatus == after.substatus { return }
    let legal =
      switch (before.status, after.status, after.substatus) {
      case ("New", "New", _), ("New", "Active", _), ("Active", "Active", _): true
      case ("New", "Closed", "Declined"), ("New", "Closed", "Error"): true
      case ("Active", "Closed", "Won"), ("Active", "Closed", "Lost"), ("Active", "Closed", "Error"): true
      default: false
      }
    if !legal {
      throw refused(
        "A referral cannot go from \(before.status)/\(before.substatus) to \(after.status)/\(after.substatus).",
        "substatus")
    }
  }

  /// The fields that are closed to partners (S12).
  ///
  /// - Throws: `LockedField`, which is refused or ignored.
  static func checkLocks(from before: Referral, to after: Referral) throws {
    let old = before.body["customerProfile"]
    let new = after.body["customerProfile"]
    for key in ["name", "address", "ids", "isMatchingComplete"] where old[key] != new[key] {
      throw LockedField(
        message: "customerProfile.\(key) cannot be changed after creation.", target: "customerProfile.\(key)")
    }
    if before.isShared, old["team"].array?.isEmpty == false, old["team"] != new["team"] {
      throw LockedField(
        message: "The customer contact cannot be changed once Microsoft sees the deal.",
        target: "customerProfile.team")
    }
    if before.body["inviteContext"]["invitedBy"] != after.body["inviteContext"]["invitedBy"] {
      throw LockedField(message: "The inviting organization cannot be changed.", target: "inviteContext.invitedBy")
    }
  }

  /// What can be given and never taken back (S13): visibility, consent, help, the sharing itself.
  static func checkOneWay(from before: Referral, to after: Referral) throws {
    if before.isShared && !after.isShared {
      throw refused("Visibility for Microsoft's sellers cannot be withdrawn.", "consent")
    }
    let consent = "consentToToShareInfoWithOthers"
    if before.body["consent"][consent] != after.body["consent"][consent] {
      throw refused("The consent to share information cannot be changed after creation.", "consent")
    }
    if let help = before.help, help != after.help {
      throw refused("The kind of help cannot be changed once it was asked for.", "inviteContext.assistanceRequestCode")
    }
    if before.body["type"] == "Shared" && after.body["type"] != "Shared" {
      throw refused("A shared referral stays shared.", "type")
    }
  }
}
