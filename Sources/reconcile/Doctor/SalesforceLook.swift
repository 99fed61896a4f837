import Extract
import Model
import Setup
import Transform
import Wire

/// Asks a Salesforce org what it is, and what the user may do there.
struct SalesforceLook {
  /// The version of the API that the configuration names.
  let version: String
  /// The mapping; nil when its files cannot be read, so that nothing is asked for its sake.
  let mapping: Mapping?
  /// Makes the client.
  let client: () throws -> SalesforceClient

  /// What it answers; the records that are sought are looked for on the way.
  func facts(_ sought: inout Canaries) -> SalesforceFacts {
    var facts = SalesforceFacts()
    var signedIn: SalesforceClient?
    facts.signIn = Fact(asking: {
      let client = try client()
      // A look takes few calls, and tells of a spent quota rather than stopping at it.
      client.dailyUsagePercent = nil
      client.waitsWhenCrowded = false
      try client.signIn()
      signedIn = client
      return true
    })
    guard let client = signedIn else { return facts }
    facts.versions = Fact(asking: { try client.versions() })
    if facts.versions.value?.contains(version) == true {
      describe(client, &facts)
      facts.isSandbox = try? isSandbox(client)
      sought.look(on: .salesforce) { try Self.holds($0, client) }
    }
    facts.quota = client.counter.limit
    return facts
  }

  /// The objects that a run reads and writes, the stages, and how many solutions there are.
  private func describe(_ client: SalesforceClient, _ facts: inout SalesforceFacts) {
    let uses =
      ObjectUse.ofDeals(mapping) + ObjectUse.solutions + ObjectUse.ofNotes(mapping) + ObjectUse.ofTeams(mapping)
    for object in uses.map(\.object) {
      let fact = Fact(asking: { try client.describe(object) })
      facts.objects[object] = fact
      if let description = fact.value { facts.org.add(object, OrgLook.fields(description)) }
    }
    facts.stages = Fact(asking: { try OrgLook(client).stages() })
    facts.org.stages = facts.stages.value ?? []
    if facts.objects[ObjectUse.catalogueObject]?.value != nil {
      facts.catalogue = Fact(asking: { try client.count(ObjectUse.catalogueObject) })
    }
  }

  /// Whether the org says that it is a sandbox; nil when it says nothing.
  private func isSandbox(_ client: SalesforceClient) throws -> Bool? {
    var reading = try client.begin(RecordQuery("Organization", columns: ["IsSandbox"]))
    defer { reading.abandon() }
    return try reading.next()?.first.map { $0[0] == "true" }
  }

  /// Whether a record is there, by the object that the first letters of its id stand for.
  private static func holds(_ id: String, _ client: SalesforceClient) throws -> Bool {
    let object =
      switch id.prefix(3) {
      case "006": "Opportunity"
      case "001": "Account"
      case "003": "Contact"
      case "005": "User"
      case "00Q": "Lead"
      case _: ObjectUse.catalogueObject
      }
    return try client.retrieve(object, ids: [id], fields: ["Id"]).contains { $0 != nil }
  }
}
