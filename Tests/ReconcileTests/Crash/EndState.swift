import JSON

/// What both services hold in the end, in words that are the same whenever the same deals are on both sides.
///
/// Stamps, versions and the audit trail are left out, and ids of records that were created go by what they name: who
/// creates a record again, attaches one twice or leaves one out has another end state.
struct EndState: Equatable, Sendable {
  private let records: [String]

  /// The state of both services; `initial` is the one in which the deals were made up.
  init(_ state: JSONValue, since initial: JSONValue) {
    let known = Self.names(initial)
    let new = Self.names(state).filter { known[$0.key] == nil }
    var records: [String] = []
    for (object, record) in Self.records(state) {
      records.append(object + " " + Self.plain(record, in: object, new).text)
    }
    self.records = records.sorted()
  }

  /// How many records there are.
  var count: Int { records.count }

  /// What another state has too little and too much; empty when both are the same.
  func difference(to other: EndState) -> [String] {
    let changes = other.records.difference(from: records)
    return changes.map { change in
      switch change {
      case .remove(_, let record, _): "missing: \(record)"
      case .insert(_, let record, _): "too much: \(record)"
      }
    }
  }

  private static func records(_ state: JSONValue) -> [(object: String, record: JSONValue)] {
    let referrals = state.at("partner_center.referrals")?.arrayValue ?? []
    let objects = state["salesforce"]?.objectValue ?? []
    return referrals.map { ("referral", $0) }
      + objects.flatMap { object in (object.value.arrayValue ?? []).map { (object.name, $0) } }
  }

  /// What each id stands for.
  private static func names(_ state: JSONValue) -> [String: String] {
    var names: [String: String] = [:]
    for (object, record) in records(state) {
      let name = object == "Microsoft_Solutions__c" ? "" : record["Name"]?.stringValue ?? ""
      if let id = record["Id"]?.stringValue { names[id] = "new \(object) \(name)" }
      if let id = record["engagementId"]?.stringValue { names[id] = "new engagement" }
    }
    // After the engagements: a referral's id tells more.
    for (object, record) in records(state) where object == "referral" {
      guard let id = record["id"]?.stringValue else { continue }
      names[id] = "new referral \(record["name"]?.stringValue ?? "")"
    }
    return names
  }

  private static let passing: Set<String> = [
    "attributes", "eTag", "CreatedDate", "LastModifiedDate", "SystemModstamp", "createdDateTime", "updatedDateTime",
    "acceptedDateTime", "closedDateTime", "expirationDateTime", "Audit__c", "lastRunId",
  ]

  private static func plain(_ value: JSONValue, in object: String, _ new: [String: String]) -> JSONValue {
    switch value {
    case .null, .bool, .number: return value
    case .string(let text): return .string(named(text, new))
    case .array(let elements): return .array(elements.map { plain($0, in: object, new) })
    case .object(let members):
      let isLine = object == "Microsoft_Solutions__c"
      let kept = members.filter { !passing.contains($0.name) && !(isLine && $0.name == "Name") }
      return .object(kept.map { JSONMember($0.name, plain($0.value, in: object, new)) })
    }
  }

  private static func named(_ text: String, _ new: [String: String]) -> String {
    if let name = new[text] { return name }
    guard text.hasPrefix("https://"), let id = text.split(separator: "/").last, let name = new[String(id)] else {
      return text
    }
    return text.dropLast(id.count) + name
  }
}
