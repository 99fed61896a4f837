/// What becomes of a text in a recording.
enum Treatment: Hashable {
  /// It is structure and stays.
  case keep
  /// It opens doors: `***` takes its place.
  case hide
  /// It is somebody's data: a made-up text of the same shape takes its place.
  case replace
  /// It is a query, whose literals are data.
  case query
  /// It is an address, whose parts are judged one by one.
  case address
  /// A code stands in front of a message.
  case error
}

/// The one table that says which texts are structure: by the member's name and by the text's shape, and by default none.
enum TreatmentTable {
  /// What becomes of the text of a member, a cell or a literal of this name, which `parent` holds.
  static func treatment(of text: String, named name: String, in parent: String = "") -> Treatment {
    let name = simplified(name)
    if secrets.contains(name) { return text.isEmpty ? .keep : .hide }
    if Shape.isStructure(text) { return .keep }
    if queries.contains(name) { return .query }
    if messages.contains(text) { return .keep }
    if name == "sf__error" || name == "errormessage" { return .error }
    if isAddress(text) || addresses.contains(name) { return .address }
    return isStructure(text, name, simplified(parent)) ? .keep : .replace
  }

  private static func isStructure(_ text: String, _ name: String, _ parent: String) -> Bool {
    if words.contains(name) || (name == "id" && listsOfWords.contains(parent)) { return Shape.isWord(text) }
    if names.contains(name) { return Shape.isListOfIdentifiers(text) }
    if numbers.contains(name) { return Shape.isNumber(text) }
    if name.hasSuffix("id") { return Shape.isRecordID(text, isNamedID: true) }
    if name.hasSuffix("etag") { return Shape.isTag(text) }
    if name.contains("country") { return text.utf8.count == 2 && text.utf8.allSatisfy(Shape.isLetter) }
    if name.contains("currency") { return text.utf8.count == 3 && text.utf8.allSatisfy(Shape.isLetter) }
    if name == "state" { return jobStates.contains(text) }
    return Shape.isDecimal(text)
  }

  /// The part of a name that counts: the last of `Account.Name`, in lower case.
  static func simplified(_ name: String) -> String {
    (name.split(separator: ".").last.map(String.init) ?? name).lowercased()
  }

  private static func isAddress(_ text: String) -> Bool {
    let start = text.prefix(8).lowercased()
    return start.hasPrefix("http://") || start.hasPrefix("https://") || text.hasPrefix("/services/")
      || text.hasPrefix("services/data/") || ServiceName.allCases.contains { text.hasPrefix($0.placeholder) }
  }

  // MARK: The table

  /// What opens doors, in bodies, forms and queries.
  static let secrets: Set<String> = [
    "access_token", "refresh_token", "id_token", "token", "client_secret", "client_assertion", "assertion", "password",
    "signature", "authorization", "cookie", "set-cookie", "sessionid", "sid", "sfdxauthurl", "api_key", "apikey",
    "secret", "private_key", "proxy-authorization",
  ]
  private static let queries: Set<String> = ["query", "q"]
  private static let addresses: Set<String> = [
    "@odata.nextlink", "nextlink", "@odata.context", "context", "url", "uri",
  ]
  /// Messages that a client acts upon: after these two a new token would not help.
  private static let messages: Set<String> = [
    "This session is not valid for use with the REST API", "Connected app is not attached to Agent",
    "Session expired or invalid",
  ]
  private static let words: Set<String> = [
    // Partner Center.
    "status", "substatus", "type", "qualification", "direction", "quality", "salesstage", "registrationstatus",
    "dealsensitivity", "referralsource", "calltoaction", "referralprogram", "createdvia", "lastmodifiedvia",
    "profiletype", "solutiontype", "assistancerequestcode", "size", "incentivelevel", "emailvalidationstatus",
    "phonevalidationstatus", "term", "primarydeploymenton", "pricingmodel", "method", "locale",
    // Salesforce.
    "stagename", "leadsource", "forecastcategory", "forecastcategoryname", "role", "type__c", "co_sell_type__c",
    "customer_purchase_intent__c", "how_can_microsoft_help__c", "referral_program__c", "operation", "object",
    "contenttype", "columndelimiter", "lineending", "concurrencymode", "jobtype", "referenceid", "apiversion",
    "version",
    // Errors and sign-ins.
    "errorcode", "statuscode", "code", "error", "token_type", "token_format", "scope", "grant_type", "op",
  ]
  /// Lists in Partner Center whose elements' ids are words of a vocabulary.
  private static let listsOfWords: Set<String> = [
    "industries", "products", "services", "salesplays", "attributes",
  ]
  private static let names: Set<String> = [
    "fields", "externalidfieldname", "$select", "$orderby", "$expand", "sobjects",
  ]
  private static let numbers: Set<String> = [
    "amount", "dealvalue", "value", "price", "quantity", "probability", "expectedrevenue", "totalopportunityquantity",
    "price__c", "quantity__c", "solution_count__c", "numberofemployees", "annualrevenue", "fiscalyear", "fiscalquarter",
    "expires_in", "ext_expires_in", "expires_on", "not_before", "issued_at", "numberrecordsprocessed",
    "numberrecordsfailed", "retries", "$top", "$skip", "maxrecords",
  ]
  private static let jobStates: Set<String> = [
    "Open", "UploadComplete", "InProgress", "JobComplete", "Failed", "Aborted",
  ]
}
