import Extract
import Foundation
import Ledger
import Model
import Planning
import Transform

/// A folder that goes when the test is over; in memory where the system has such a place.
final class TemporaryFolder {
  let path: String

  init() throws {
    let shared = "/dev/shm"
    let root = FileManager.default.isWritableFile(atPath: shared) ? shared : NSTemporaryDirectory()
    path = root + "/planning-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// A new ledger in it.
  func ledger(_ name: String = "ledger") throws -> LedgerFile { try LedgerFile(at: path + "/\(name).sqlite") }
}

/// Both sides as they stand one night: texts by column, by id.
struct World: Sendable {
  static let own = "aaaaaaaa-0000-4000-8000-000000000001"

  var referrals: [String: [String: String]] = [:]
  var opportunities: [String: [String: String]] = [:]
  var accounts: [String: [String: String]] = [:]

  static func referralID(_ number: Int) -> String { String(format: "11111111-2222-4333-8444-%012d", number) }
  static func opportunityID(_ number: Int) -> String { String(format: "006%012dAAA", number) }

  /// A referral of Partner Center that names no opportunity.
  static func referral(_ number: Int) -> [String: String] {
    [
      "id": referralID(number), "eTag": "\"\(number)\"", "organizationId": own, "name": "Deal \(number)",
      "status": "Active", "substatus": "Accepted", "qualification": "SalesQualified", "type": "Independent",
      "inviteContext.invitedBy.organizationId": own, "consent.consentToShareReferralWithMicrosoftSellers": "true",
      "customerProfile.name": "Customer \(number)", "customerProfile.address.postalCode": "80331",
      "customerProfile.address.country": "DE", "customerProfile.address.addressLine1": "Hauptstr. 1",
      "customerProfile.address.city": "Munich", "details.dealValue": "100", "details.currency": "EUR",
      "details.closingDateTime": "2026-12-31T00:00:00Z",
      "details.requirements.solutions": #"[{"id":"SOL-1","name":"Kit"}]"#,
    ]
  }

  /// A ticked opportunity that names no referral.
  static func opportunity(_ number: Int) -> [String: String] {
    [
      "Id": opportunityID(number), "Name": "Deal \(number)", "StageName": "Co-sell Active", "IsClosed": "false",
      "IsWon": "false", "LastModifiedDate": "2026-11-01T09:00:00.000+0000", "AccountId": "001000000000001AAA",
      "Account.Name": "Customer \(number)", "Account.BillingPostalCode": "80331", "Account.BillingCountry": "DE",
      "Account.BillingStreet": "Hauptstr. 1", "Account.BillingCity": "Munich",
      "Owner.FirstName": "Kim", "Owner.LastName": "Akers", "Owner.Email": "kim@example.com", "Owner.Phone": "1",
      "Amount": "100", "CurrencyIsoCode": "EUR", "CloseDate": "2026-12-31",
      "Referral_visible_to_Microsoft_sellers__c": "true", "Sync_With_Partner_Center__c": "true",
      "Opportunity_To_Microsoft_Solutions__r": #"[{"id":"SOL-1","line":"a01","name":"Kit"}]"#,
    ]
  }

  /// So many pairs in sync, from number 1.
  init(pairs: Int) {
    guard pairs > 0 else { return }
    for number in 1...pairs { addPair(number) }
  }

  /// Adds a pair whose sides name each other.
  mutating func addPair(_ number: Int) {
    addReferral(number)
    addOpportunity(number)
    let (referral, opportunity) = (Self.referralID(number), Self.opportunityID(number))
    referrals[referral]?["externalReferenceId"] = opportunity
    opportunities[opportunity]?["Referral_Identifier__c"] = referral
    opportunities[opportunity]?["Referral_Link__c"] =
      "https://partner.microsoft.com/dashboard/v2/referrals/opportunities/" + referral
  }

  /// Adds a referral alone.
  mutating func addReferral(_ number: Int) { referrals[Self.referralID(number)] = Self.referral(number) }

  /// Adds an opportunity alone.
  mutating func addOpportunity(_ number: Int) { opportunities[Self.opportunityID(number)] = Self.opportunity(number) }

  /// Changes one text of a referral.
  mutating func setReferral(_ number: Int, _ column: String, _ text: String) {
    referrals[Self.referralID(number)]?[column] = text
  }

  /// Changes one text of an opportunity.
  mutating func setOpportunity(_ number: Int, _ column: String, _ text: String) {
    opportunities[Self.opportunityID(number)]?[column] = text
  }
}

/// One side of a world as a source.
struct WorldSource: SnapshotSource {
  let side: Side
  let shapes: [Shape]
  private let rows: [RecordKind: [SnapshotRow]]

  init(_ world: World, _ side: Side, _ columns: SnapshotShapes) {
    self.side = side
    switch side {
    case .partnerCenter:
      shapes = [columns.referral]
      rows = [
        .referral: world.referrals.values.map { texts in
          let named = texts["externalReferenceId"] ?? ""
          return Self.row(texts, columns.referral, partner: SalesforceID.normalized(named) ?? named)
        }
      ]
    case .salesforce:
      shapes = [columns.opportunity, SnapshotShapes.account]
      rows = [
        .opportunity: world.opportunities.values.map { texts in
          Self.row(texts, columns.opportunity, partner: (texts["Referral_Identifier__c"] ?? "").lowercased())
        },
        .account: world.accounts.values.map { texts in
          let key = LookupKey.account(name: texts["Name"] ?? "", postalCode: texts["BillingPostalCode"] ?? "")
          return Self.row(texts, SnapshotShapes.account, partner: key)
        },
      ]
    }
  }

  func read(recalling _: Recollection, into sink: @escaping (SnapshotBatch) throws -> Void) throws {
    for shape in shapes { try sink(SnapshotBatch(kind: shape.kind, rows: rows[shape.kind] ?? [])) }
  }

  static func row(_ texts: [String: String], _ shape: Shape, partner: String) -> SnapshotRow {
    let content = shape.columns.map { texts[$0] ?? "" }.joined(separator: "\u{1F}")
    let id = texts["id"] ?? texts["Id"] ?? ""
    var hashes: [UInt64] = [0xCBF2_9CE4_8422_2325, 0x8422_2325_CBF2_9CE4]
    for byte in (id + content).utf8 {
      for index in hashes.indices {
        hashes[index] = (hashes[index] ^ UInt64(byte)) &* (0x100_0000_01B3 + UInt64(index) * 2)
      }
    }
    let digest = hashes.flatMap { hash in (0..<8).map { UInt8(truncatingIfNeeded: hash >> ($0 * 8)) } }
    return SnapshotRow(id: id, partner: partner, digest: Data(digest), content: content)
  }
}

/// A planner with the starters, in which every customer agreed.
struct Planner: Sendable {
  let mapping: Mapping
  let columns: SnapshotShapes
  var limits = SnapshotLimits(minimumRecords: 10, maximumShrinkPercent: 100)

  init(settings: [String: String] = [:]) throws {
    var text = Starters.files["settings.csv"] ?? ""
    let agreed = ["Customer agreed to share information": "Yes", "Customer agreed to be contacted": "Yes"]
    for (label, value) in settings.merging(agreed, uniquingKeysWith: { $1 }) {
      let old = text.split(separator: "\n").first { $0.hasPrefix(label + ",") } ?? ""
      text = text.replacingOccurrences(of: old, with: old.replacingOccurrences(of: ",,", with: ",\(value),"))
    }
    mapping = try MappingFiles(["settings.csv": Array(text.utf8)]).mapping().get()
    columns = SnapshotShapes(mapping: mapping, readsAll: true)
  }

  /// Plans one night; nights count from 1.
  @discardableResult
  func plan(_ world: World, night: Int, in ledger: LedgerFile, letters: String = "abcd") throws -> PlanRun.Result {
    try PlanRun(mapping: mapping, organizationID: World.own, limits: limits).run(
      Self.id(night, letters), at: "2026-11-02T08:00:00Z", from: sources(world), into: ledger
    ) { _, _, _ in }
  }

  /// Undoes an earlier night.
  @discardableResult
  func undo(_ undone: Int, _ world: World, night: Int, in ledger: LedgerFile) throws -> PlanRun.Result {
    let plan = PlanRun(mapping: mapping, organizationID: World.own, limits: limits)
    return try UndoRun(of: Self.id(undone), as: plan).run(
      Self.id(night), at: "2026-11-02T08:00:00Z", from: sources(world), into: ledger
    ) { _, _, _ in }
  }

  private func sources(_ world: World) -> [any SnapshotSource] {
    [WorldSource(world, .partnerCenter, columns), WorldSource(world, .salesforce, columns)]
  }

  static func id(_ night: Int, _ letters: String = "abcd") throws -> RunID {
    guard let id = RunID(String(format: "2026%04dT080000Z-", night) + letters) else {
      throw Failure(.runUnknown, "night \(night)")
    }
    return id
  }
}

extension LedgerFile {
  /// Every line of the report.
  func lines() throws -> [VerdictLine] {
    try read { transaction in
      var lines: [VerdictLine] = []
      try transaction.eachVerdict { lines.append($0) }
      return lines
    }
  }

  /// Every row of a plan.
  func rows(of run: Int) throws -> [PlanRow] {
    try read { transaction in
      var rows: [PlanRow] = []
      try transaction.eachRow(of: run) { rows.append($0) }
      return rows
    }
  }

  /// The ids that the newest run looked at.
  func touched() throws -> [String] {
    try read { transaction in
      var ids: [String] = []
      try transaction.eachTouched(.referral) { ids.append($0) }
      try transaction.eachTouched(.opportunity) { ids.append($0) }
      return ids
    }
  }

  /// Everything that the ledger says through its own interface, as text.
  func content(referrals: some Sequence<String>) throws -> [String] {
    let lines = try lines().map { "\($0)" }
    return try read { transaction in
      let runs = try transaction.runs()
      var result =
        lines + runs.map { "\($0.number) \($0.id) \($0.state) \($0.digest) \($0.serial)" }
        + ["serial \(try transaction.serial())", "rules \(try transaction.meta("rules"))"]
      for run in runs {
        for kind in RecordKind.allCases {
          try transaction.eachRecord(kind, asOf: run.number) { result.append("\(run.number) \($0.id) \($0.values)") }
        }
        try transaction.eachRow(of: run.number) { result.append("\($0)") }
      }
      for referral in referrals.sorted() {
        result.append("\(referral) \(try transaction.opportunity(linkedWith: referral) ?? "-")")
        result.append("\(try transaction.base(of: referral).sorted { $0.key < $1.key })")
      }
      return result
    }
  }
}
