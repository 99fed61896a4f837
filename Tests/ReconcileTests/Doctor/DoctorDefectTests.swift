import Foundation
import JSON
import Testing

/// One thing is spoilt in a healthy workspace or at a service, and `doctor` says just that.
@Suite("reconcile doctor and one defect each")
struct DoctorDefectTests {
  struct Defect: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// What changes, as `check level code` and the beginning of what is said.
    let found: [(String, String)]
    let status: Int32
    var arguments: [String] = []
    /// What is there before the healthy look.
    var start = Start.fresh
    let spoil: @Sendable (DoctorBench) throws -> Void
  }

  /// What a workspace holds besides its configuration.
  enum Start: Sendable {
    case fresh
    /// A plan, and so a ledger.
    case planned
    /// A mapping that writes notes.
    case writingNotes
  }

  @Test("A defect changes its own line to the expected words, and the process ends by it", arguments: defects)
  func spoilt(defect: Defect) throws {
    let doctor = try DoctorBench()
    switch defect.start {
    case .fresh: break
    case .planned: try doctor.plan()
    case .writingNotes:
      try doctor.map("fields.csv", "Opportunity.Description,always,always", "ContentNote.Content,always,never")
    }
    let before = try look(doctor, defect.arguments)
    #expect(before.status == 0, "\(before.lines.filter { $0.level != "ok" })")
    try defect.spoil(doctor)
    let after = try look(doctor, defect.arguments)
    for (head, what) in defect.found {
      let check = String(head.prefix { $0 != " " })
      let lines = after.lines(of: check)
      #expect(
        lines.contains { "\($0.check) \($0.level) \($0.code)".hasPrefix(head) && $0.what.hasPrefix(what) },
        "\(head) \(what), not \(lines)")
      for line in lines where line.level == "error" || line.level == "warning" { #expect(!line.fix.isEmpty) }
    }
    let named = Set(defect.found.map { String($0.0.prefix { $0 != " " }) })
    let others = after.lines.filter { line in
      !named.contains(line.check) && !before.lines.contains(line) && !line.what.hasPrefix("first: ")
    }
    #expect(others == [])
    #expect(after.status == defect.status)
  }

  private func look(_ doctor: DoctorBench, _ arguments: [String]) throws -> DoctorBench.Outcome {
    arguments.isEmpty ? try doctor.look() : try doctor.look(arguments[0])
  }

  static let defects = workspaceDefects + ledgerDefects + partnerCenterDefects + salesforceDefects

  static let workspaceDefects: [Defect] = [
    Defect(
      testDescription: "an unknown section in reconcile.yaml",
      found: [
        ("configuration error E103", "reconcile.yaml:"), ("token-age not checked", "first: "),
        ("clock not checked", "no service answered with its time"),
      ],
      status: 65
    ) { try $0.bench.write(try $0.bench.text("reconcile.yaml") + "\nnonsense: { a: 1 }\n", to: "reconcile.yaml") },
    Defect(
      testDescription: "no reconcile.yaml",
      found: [
        ("configuration error E101", "there is no readable reconcile.yaml"),
        ("clock not checked", "no service answered with its time"),
      ],
      status: 65
    ) { try FileManager.default.removeItem(at: $0.bench.path("reconcile.yaml")) },
    Defect(
      testDescription: "a key that others may read",
      found: [("private-files warning E113", "others may use secrets/salesforce.key (mode 644)")], status: 0
    ) { try $0.chmod(0o644, "secrets/salesforce.key") },
    Defect(
      testDescription: "a configuration that others may write",
      found: [("private-files warning E113", "others may write reconcile.yaml (mode 666)")], status: 0
    ) { try $0.chmod(0o666, "reconcile.yaml") },
    Defect(
      testDescription: "a file in the place of reports/", found: [("folders error E610", "reports is no folder")],
      status: 1
    ) { try $0.bench.write("", to: "reports") },
    Defect(
      testDescription: "an unknown word in a mapping file",
      found: [("mapping-files error E204", "mappings/fields.csv:7:4: unknown direction \"allways\"")], status: 65
    ) { try $0.map("fields.csv", "Opportunity.Amount,always", "Opportunity.Amount,allways") },
    Defect(
      testDescription: "two settings that name one stage",
      found: [("differing-stages error E210", "On-hold stage name and Active stage name are both \"Co-sell Active\"")],
      status: 65
    ) {
      try $0.map("stages.csv", "@On-hold stage name", "Co-sell On Hold")
      try $0.set("On-hold stage name", insteadOf: "Co-sell On Hold", "Co-sell Active")
    },
    Defect(
      testDescription: "no statement about the customers",
      found: [("consent warning E718", "Customer agreed to share information is No")], status: 0
    ) { try FileManager.default.removeItem(at: $0.bench.path("mappings/settings.csv")) },
    Defect(
      testDescription: "a clock that is ten minutes behind",
      found: [("clock error E114", "this machine is ")], status: 1
    ) { try $0.bench.sandbox.faults(["probability": 1, "then": ["date_offset_seconds": 600]]) },
    Defect(
      testDescription: "a clock that is a minute ahead",
      found: [("clock warning E114", "this machine is ")], status: 0
    ) { try $0.bench.sandbox.faults(["probability": 1, "then": ["date_offset_seconds": -60]]) },
    Defect(
      testDescription: "a canary that is gone",
      found: [("canaries error E405", "006000000000001AAA is not to be found")],
      status: 5
    ) { try $0.configure("canaries: []", "canaries: [\"006000000000001AAA\"]") },
    Defect(
      testDescription: "canaries of which one can be no id, and one is no referral",
      found: [
        ("canaries error E405", "safety.canaries: tweety cannot be the id"),
        ("canaries error E405", "00000000-0000-0000-0000-00000000dead is not to be found"),
      ],
      status: 5
    ) { try $0.configure("canaries: []", "canaries: [tweety, 00000000-0000-0000-0000-00000000dead]") },
  ]

  static let ledgerDefects: [Defect] = [
    Defect(
      testDescription: "a changed byte in the ledger",
      found: [("ledger error E502", "the ledger "), ("parties not checked", "first: Ledger, Integrity")], status: 1,
      start: .planned
    ) { doctor in
      let path = doctor.bench.path("state/ledger.sqlite")
      var bytes = try Data(contentsOf: path)
      bytes[bytes.count / 2] ^= 1
      try bytes.write(to: path)
      try doctor.chmod(0o600, "state/ledger.sqlite")
    },
    Defect(
      testDescription: "a ledger of another organization",
      found: [
        ("parties error E505", "the ledger belongs to the organization "),
        ("organization error E115", "none of the "),
      ], status: 5, start: .planned
    ) { doctor in
      let own = doctor.bench.sandbox.ready.at("partner_center.organization_id")?.stringValue ?? ""
      try doctor.configure(own, "00000000-0000-0000-0000-00000000beef")
    },
    Defect(
      testDescription: "a run at work",
      found: [("lock warning E501", "a run is at work: pid \(getpid()), plan, since today")], status: 0,
      start: .planned
    ) { try $0.bench.write("pid \(getpid()), plan, since today", to: "state/ledger.sqlite.lock") },
    Defect(
      testDescription: "an apply that was not finished",
      found: [("unfinished-apply warning E520", "apply of 20"), ("waiting-plan ok", "no plan waits")], status: 0,
      start: .planned
    ) { try $0.alterLedger("UPDATE run SET state = 'applying'") },
    Defect(
      testDescription: "a plan that is too old", found: [("waiting-plan warning E620", "the plan 20")], status: 0,
      start: .planned
    ) { try $0.bench.backdate(hours: 100) },
  ]

  static let partnerCenterDefects: [Defect] = [
    Defect(
      testDescription: "no tenant",
      found: [("partner-center-keys error E105", "reconcile.yaml:1: partner_center.tenant is missing")],
      status: 65
    ) { try $0.unconfigure("tenant") },
    Defect(
      testDescription: "no client secret",
      found: [("partner-center-secrets error E107", "partner_center.client_secret (file:")], status: 65
    ) { try FileManager.default.removeItem(at: $0.bench.path("secrets/partner-center-client-secret")) },
    Defect(
      testDescription: "a wrong client secret",
      found: [("partner-center-sign-in error E303", "Partner Center refused to sign in")], status: 7
    ) { try $0.bench.write("wrong", to: "secrets/partner-center-client-secret") },
    Defect(
      testDescription: "a token that ends in ten days",
      found: [("token-age warning E116", "written 80 days ago, 10 days left unless a run renews it")], status: 0,
      arguments: ["--offline"]
    ) { try $0.ageToken(days: 80) },
    Defect(
      testDescription: "a token that is over",
      found: [("token-age error E116", "written 95 days ago, 0 days left unless a run renews it")], status: 7,
      arguments: ["--offline"]
    ) { try $0.ageToken(days: 95) },
    Defect(
      testDescription: "a token that cannot be renewed where it is kept",
      found: [
        ("renewed-tokens error E111", "partner_center.refresh_token (env:TOKEN): a new one cannot be kept where it is"),
        ("token-age not checked", "it is kept where nothing tells its age"),
        ("partner-center-secrets ok", "partner_center.client_secret"),
        ("partner-center-sign-in error E111", "the new refresh token of Partner Center cannot be kept"),
      ], status: 65
    ) { doctor in
      doctor.bench.environment["TOKEN"] = try doctor.bench.text("secrets/partner-center-refresh-token")
      try doctor.configure("file:secrets/partner-center-refresh-token", "env:TOKEN")
    },
    Defect(
      testDescription: "a user without a role", found: [("referrals error E304", "Partner Center answered 403")],
      status: 7
    ) { try $0.bench.sandbox.faults(["side": "partner-center", "probability": 1, "then": ["status": 403]]) },
    Defect(
      testDescription: "a Referrals user",
      found: [
        ("role warning E304", "one person is in the team of each of the "), ("referrals ok", ""),
        ("organization ok", ""),
      ], status: 0
    ) { doctor in
      let token = try doctor.bench.text("secrets/partner-center-refresh-token")
      let first = token.split(separator: "~")[0].trimmingCharacters(in: .whitespacesAndNewlines)
      try doctor.bench.write(first + "-referrals-user", to: "secrets/partner-center-refresh-token")
    },
    Defect(
      testDescription: "an organization that is another one's",
      found: [("organization error E115", "none of the ")], status: 65
    ) { doctor in
      let own = doctor.bench.sandbox.ready.at("partner_center.organization_id")?.stringValue ?? ""
      try doctor.configure(own, "00000000-0000-0000-0000-00000000beef")
    },
  ]

  static let salesforceDefects: [Defect] = [
    Defect(
      testDescription: "no username", found: [("salesforce-keys error E105", "reconcile.yaml:")], status: 65
    ) { try $0.unconfigure("username") },
    Defect(
      testDescription: "no private key",
      found: [("salesforce-secrets error E107", "salesforce.private_key (file:secrets/salesforce.key)")], status: 65
    ) { try FileManager.default.removeItem(at: $0.bench.path("secrets/salesforce.key")) },
    Defect(
      testDescription: "a user who is switched off",
      found: [("salesforce-sign-in error E303", "Salesforce refused to sign in")], status: 7
    ) { try $0.bench.sandbox.org(["sign_in_refusal": "inactive_user"]) },
    Defect(
      testDescription: "a version of the API that is not offered",
      found: [
        ("api-version error E115", "the org does not offer the version 99.0 of its API; the newest is "),
        ("salesforce-sign-in ok", "works"),
      ],
      status: 65
    ) { try $0.configure("62.0", "99.0") },
    Defect(
      testDescription: "few calls left", found: [("api-quota warning E317", "N of N calls")], status: 0
    ) { try $0.bench.sandbox.org(["api_used": 70_000]) },
    Defect(
      testDescription: "no calls left for a run", found: [("api-quota error E317", "N of N calls")], status: 5
    ) { try $0.bench.sandbox.org(["api_used": 80_001]) },
    Defect(
      testDescription: "contacts that the user may not see",
      found: [("objects error E304", "the user sees no object Contact")], status: 7
    ) { try $0.bench.sandbox.org(["hidden_objects": ["Contact"]]) },
    Defect(
      testDescription: "accounts that the user may only read",
      found: [("record-access error E304", "the user may not create records of Account")], status: 7
    ) { try $0.bench.sandbox.org(["read_only_objects": ["Account"]]) },
    Defect(
      testDescription: "a field of the package that is hidden",
      found: [("custom-fields error E211", "mappings/fields.csv:")], status: 65
    ) { try $0.bench.sandbox.org(["hidden_fields": ["Opportunity.Microsoft_CRM_Identifier__c"]]) },
    Defect(
      testDescription: "no sync field",
      found: [("sync-field error E211", "mappings/fields.csv:")], status: 65
    ) { try $0.bench.sandbox.org(["hidden_fields": ["Opportunity.Sync_With_Partner_Center__c"]]) },
    Defect(
      testDescription: "no catalogue of solutions",
      found: [("solutions error E304", "the user sees no object Microsoft_Solution_Detail__c")], status: 7
    ) { try $0.bench.sandbox.org(["hidden_objects": ["Microsoft_Solution_Detail__c"]]) },
    Defect(
      testDescription: "notes that are switched off",
      found: [("notes error E304", "the user sees no object ContentNote")], status: 7,
      start: .writingNotes
    ) { try $0.bench.sandbox.org(["hidden_objects": ["ContentNote"]]) },
    Defect(
      testDescription: "no opportunity teams",
      found: [("teams warning E211", "the org has no opportunity teams, and Sync team is both")], status: 0
    ) { try $0.bench.sandbox.org(["opportunity_teams": false]) },
    Defect(
      testDescription: "a stage that the org lacks",
      found: [("stages error E216", "mappings/settings.csv:5:3: Active stage name: the org has no stage \"Nope\"")],
      status: 65
    ) { try $0.set("Active stage name", insteadOf: "Co-sell Active", "Nope") },
    Defect(
      testDescription: "no country", found: [("country error E211", "mappings/fields.csv:")], status: 65
    ) { try $0.bench.sandbox.org(["hidden_fields": ["Account.BillingCountry"]]) },
    Defect(
      testDescription: "one currency, and none named",
      found: [("currency warning E713", "the org has one currency")], status: 0
    ) { try $0.bench.sandbox.org(["multi_currency": false]) },
    Defect(
      testDescription: "states and countries as picklists, which is no defect",
      found: [("country ok", "Account.BillingCountryCode: the org keeps countries and states as picklists")], status: 0
    ) { try $0.bench.sandbox.org(["state_country_picklists": true]) },
    Defect(
      testDescription: "a field that is misspelt",
      found: [
        (
          "mapping-fit error E211",
          "mappings/fields.csv:7:3: Deal value: the org has no field Opportunity.Amountt; did you mean \"Amount\"?"
        )
      ], status: 65
    ) { try $0.map("fields.csv", "Opportunity.Amount,", "Opportunity.Amountt,") },
  ]
}
