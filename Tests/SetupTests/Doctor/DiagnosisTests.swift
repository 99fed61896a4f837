import Foundation
import Ledger
import Model
import Setup
import Testing
import Transform
import Wire

/// Facts go in, findings come out; each case spoils one thing.
@Suite("The judgement of doctor")
struct DiagnosisTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let check: Precondition
    let level: Finding.Level
    let what: String
    let spoil: @Sendable (inout DoctorFacts) throws -> Void

    init(
      _ check: Precondition, _ level: Finding.Level, _ what: String,
      _ spoil: @escaping @Sendable (inout DoctorFacts) throws -> Void
    ) {
      self.check = check
      self.level = level
      self.what = what
      self.spoil = spoil
    }

    var testDescription: String { "\(check.rawValue): \(what)" }
  }

  @Test("where all is well, every precondition has one finding, and it says so")
  func healthy() throws {
    let diagnosis = Diagnosis(try HealthyFacts.make())
    #expect(diagnosis.findings.map(\.check) == Precondition.allCases)
    #expect(diagnosis.findings.filter { $0.level != .ok } == [])
    #expect(diagnosis.exitStatus == .done)
  }

  @Test("one spoilt fact changes its own finding, and beside it only what needs it", arguments: cases)
  func spoilt(_ example: Case) throws {
    var facts = try HealthyFacts.make()
    let before = Diagnosis(facts).findings
    try example.spoil(&facts)
    let after = Diagnosis(facts).findings
    let found = after.filter { $0.check == example.check }
    #expect(found.map(\.what) == [example.what])
    #expect(found.map(\.level) == [example.level])
    for finding in found where finding.level == .error || finding.level == .warning {
      #expect(finding.code != nil && finding.fix?.isEmpty == false)
    }
    let others = after.filter { finding in
      finding.check != example.check && !before.contains(finding) && finding.level != .notChecked
    }
    #expect(others == [])
    for finding in after where finding.level == .notChecked && finding.check != example.check {
      #expect(finding.check.row.needs.contains { need in after.contains { $0.check == need && $0.level != .ok } })
    }
    let isError = example.level == .error
    #expect(Diagnosis(facts).exitStatus == (isError ? found[0].code?.exitStatus : .done))
  }

  static let cases: [Case] = workspaceCases + serviceCases

  static let workspaceCases: [Case] = [
    Case(.disk, .ok, "400 MB are free, beside a ledger of 100 MB") {
      $0.workspace.disk = .init(free: 400 << 20, ledger: 100 << 20)
    },
    Case(.disk, .warning, "399 MB are free, beside a ledger of 100 MB") {
      $0.workspace.disk = .init(free: 399 << 20, ledger: 100 << 20)
    },
    Case(.disk, .error, "99 MB are free, beside a ledger of 100 MB") {
      $0.workspace.disk = .init(free: 99 << 20, ledger: 100 << 20)
    },
    Case(.disk, .error, "63 MB are free, beside a ledger of 0 MB") {
      $0.workspace.disk = .init(free: 63 << 20, ledger: 0)
    },
    Case(.disk, .notChecked, "the system does not tell") { $0.workspace.disk = nil },
    Case(.tokenAge, .ok, "written 76 days ago, 14 days left unless a run renews it") { $0.workspace.tokenAge = 76 },
    Case(.tokenAge, .warning, "written 77 days ago, 13 days left unless a run renews it") {
      $0.workspace.tokenAge = 77
    },
    Case(.tokenAge, .warning, "written 89 days ago, 1 day left unless a run renews it") { $0.workspace.tokenAge = 89 },
    Case(.tokenAge, .error, "written 90 days ago, 0 days left unless a run renews it") { $0.workspace.tokenAge = 90 },
    Case(.tokenAge, .notChecked, "it is kept where nothing tells its age") { $0.workspace.tokenAge = nil },
    Case(.privateFiles, .warning, "others may use state (mode 750)") {
      $0.workspace.files = [.init("state", mode: 0o750, forbidden: 0o077)]
    },
    Case(.privateFiles, .warning, "others may write reconcile.yaml (mode 664)") {
      $0.workspace.files = [.init("reconcile.yaml", mode: 0o664, forbidden: 0o022)]
    },
    Case(
      .renewedTokens, .error,
      "partner_center.refresh_token (file:b): its folder cannot be written, so that no new one is kept"
    ) {
      $0.workspace.secrets[.partnerCenter]?[1].obstacle = "its folder cannot be written, so that no new one is kept"
    },
    Case(.consent, .warning, "Customer agreed to be contacted is No: no referral is created from Salesforce") {
      $0.workspace.mapping = HealthyFacts.mapping([
        "settings.csv":
          "setting,default_value,current_value,description\nCustomer agreed to share information,No,Yes,\n"
      ])
    },
    Case(
      .parties, .error,
      "the ledger belongs to the organization z in Partner Center, and reconcile.yaml names the organization x"
    ) {
      var look = LedgerLook()
      look.parties = [.partnerCenter: "the organization z"]
      $0.ledger = .known(look)
    },
    Case(.parties, .ok, "none is noted yet") { $0.ledger = .known(LedgerLook()) },
    Case(.ledger, .ok, "whole, of an earlier release; the next run brings it up to date") {
      var look = LedgerLook()
      look.isOlder = true
      look.parties = HealthyFacts.parties
      $0.ledger = .known(look)
    },
    Case(.ledger, .error, "it is damaged") { $0.ledger = .failed(Failure(.ledgerUnreadable, "it is damaged")) },
    Case(.lock, .warning, "a run is at work: pid 1, plan, since then") { $0.lock = "pid 1, plan, since then" },
  ]

  static let serviceCases: [Case] = [
    Case(.clock, .warning, "this machine is 31 s behind Salesforce") { $0.clocks[.salesforce] = 31 },
    Case(.clock, .error, "this machine is 181 s ahead of Partner Center") { $0.clocks[.partnerCenter] = -181 },
    Case(.clock, .notChecked, "no service answered with its time") { $0.clocks = [:] },
    Case(
      .role, .warning,
      "one person is in the team of each of the 4 referrals seen: a Referrals user sees no others"
    ) {
      let teams = [
        ["Me@example.com", "a@example.com"], ["me@example.com"], ["b@example.com", "me@example.com"],
        ["me@example.com"],
      ]
      $0.partnerCenter.referrals = .known(HealthyFacts.referrals(teams))
    },
    Case(
      .organization, .error,
      "none of the 4 referrals seen is of partner_center.organization_id; they are of other"
    ) {
      $0.partnerCenter.referrals = .known(HealthyFacts.referrals([["a"], ["b"], ["c"], ["d"]], of: "Other"))
    },
    Case(.partnerCenterSignIn, .error, "no") { $0.partnerCenter.signIn = .failed(Failure(.signInRefused, "no")) },
    Case(.apiVersion, .error, "the org does not offer the version 62.0 of its API; the newest is 61.0") {
      $0.salesforce.versions = .known(["60.0", "61.0"])
    },
    Case(.apiQuota, .ok, "59999 of 100000 calls in 24 hours are used; a run stops at 80 percent") {
      $0.salesforce.quota = RequestCounter.Limit(header: "api-usage=59999/100000")
    },
    Case(.apiQuota, .warning, "60000 of 100000 calls in 24 hours are used; a run stops at 80 percent") {
      $0.salesforce.quota = RequestCounter.Limit(header: "api-usage=60000/100000")
    },
    Case(.apiQuota, .error, "80000 of 100000 calls in 24 hours are used; a run stops at 80 percent") {
      $0.salesforce.quota = RequestCounter.Limit(header: "api-usage=80000/100000")
    },
    Case(.apiQuota, .notChecked, "Salesforce does not tell") { $0.salesforce.quota = nil },
    Case(.salesforceSignIn, .ok, "works; the org is production") { $0.salesforce.isSandbox = false },
    Case(.objects, .error, "the user sees no object Contact") {
      $0.salesforce.objects["Contact"] = .failed(Failure(.recordGone, "404"))
    },
    Case(.recordAccess, .error, "the user may not create records of Contact") {
      $0.salesforce.objects["Contact"] = .known(try HealthyFacts.describe("Contact", [], may: (false, true, true)))
    },
    Case(.recordAccess, .error, "the user may not change records of Opportunity") {
      $0.salesforce.objects["Opportunity"] = .known(
        try HealthyFacts.describe("Opportunity", [], may: (true, false, true)))
    },
    Case(.solutions, .error, "the user may not delete records of Microsoft_Solutions__c") {
      let fields = HealthyFacts.objects["Microsoft_Solutions__c"] ?? []
      $0.salesforce.objects["Microsoft_Solutions__c"] = .known(
        try HealthyFacts.describe("Microsoft_Solutions__c", fields, may: (true, true, false)))
    },
    Case(.solutions, .error, "Microsoft_Solutions__c.Solution__c is of type string, not reference") {
      $0.salesforce.objects["Microsoft_Solutions__c"] = .known(
        try HealthyFacts.describe(
          "Microsoft_Solutions__c", [("Opportunity__c", "reference"), ("Solution__c", "string")]))
    },
    Case(.solutions, .warning, "the catalogue Microsoft_Solution_Detail__c holds no solution") {
      $0.salesforce.catalogue = .known(0)
    },
    Case(.teams, .warning, "the org has no opportunity teams, and Sync team is both") {
      $0.salesforce.objects["OpportunityTeamMember"] = .failed(Failure(.recordGone, "404"))
    },
    Case(
      .stages, .error,
      "mappings/settings.csv:1:1: Active stage name: the org has no stage \"Co-sell Active\""
    ) {
      $0.salesforce.stages = .known(HealthyFacts.stages.filter { $0.name != "Co-sell Active" })
      $0.salesforce.org.stages = HealthyFacts.stages.filter { $0.name != "Co-sell Active" }
    },
    Case(.stages, .error, "the user sees no stage of opportunities") { $0.salesforce.stages = .known([]) },
  ]

  @Test("without a service, what hangs on one says so, and everything else is told")
  func offline() throws {
    var facts = try HealthyFacts.make()
    facts.isOffline = true
    let findings = Diagnosis(facts).findings
    for finding in findings {
      #expect(finding.level == (finding.check.asksServices ? .notChecked : .ok), "\(finding)")
      if finding.check.asksServices { #expect(finding.what == "--offline asks no service") }
    }
  }

  @Test(
    "the status is that of the first error, in the order of the table",
    arguments: [
      ([Code.permissionRefused], nil, Model.ExitStatus.signIn),
      ([.requestRefused], Code.configurationSyntax, .configuration), ([], nil, .done),
      ([.unreachable], nil, .error),
    ] as [([Code], Code?, Model.ExitStatus)])
  func status(_ signIns: [Code], _ configuration: Code?, _ status: Model.ExitStatus) throws {
    var facts = try HealthyFacts.make()
    if let code = signIns.first { facts.salesforce.signIn = .failed(Failure(code, "x")) }
    if let configuration { facts.workspace.mistakes = [Failure(configuration, "y")] }
    #expect(Diagnosis(facts).exitStatus == status)
  }
}
