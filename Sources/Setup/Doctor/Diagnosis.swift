package import Model
package import Transform

/// What the facts mean: at least one finding for every precondition, in the order of the table.
///
/// Pure: nothing is asked of a file or a service here.
package struct Diagnosis: Sendable {
  /// The findings.
  package let findings: [Finding]

  /// Judges the facts.
  package init(_ facts: DoctorFacts) {
    var findings: [Finding] = []
    var open: Set<Precondition> = []
    for check in Precondition.allCases {
      let found = Self.findings(check, facts, open)
      if found.contains(where: { $0.level == .error || $0.level == .notChecked }) { open.insert(check) }
      findings += found
    }
    self.findings = findings
  }

  /// How many findings are of a level.
  package func count(_ level: Finding.Level) -> Int { findings.count { $0.level == level } }

  /// How the process ends: by the first error's code; 0 when nothing is an error.
  package var exitStatus: ExitStatus {
    findings.first { $0.level == .error }?.code?.exitStatus ?? .done
  }

  /// The findings of one precondition, or that it could not be looked at; `open` are those that are not met.
  private static func findings(_ check: Precondition, _ facts: DoctorFacts, _ open: Set<Precondition>) -> [Finding] {
    if facts.isOffline, check.asksServices { return [check.notChecked("--offline asks no service")] }
    if let need = check.row.needs.first(where: open.contains) {
      return [check.notChecked("first: \(need.row.group.rawValue), \(need.row.title)")]
    }
    return facts.findings(check)
  }
}

extension DoctorFacts {
  /// What the facts say of a precondition whose needs are met.
  func findings(_ check: Precondition) -> [Finding] {
    switch check {
    case .configuration: configurationFindings
    case .privateFiles: privateFileFindings
    case .folders: folderFindings
    case .disk: diskFindings
    case .mappingFiles: mappingFileFindings
    case .differingStages: differingStageFindings
    case .consent: consentFindings
    case .ledger: ledgerFindings
    case .parties: partyFindings
    case .lock: lockFindings
    case .unfinishedApply: unfinishedApplyFindings
    case .waitingPlan: waitingPlanFindings
    case .partnerCenterKeys: keyFindings(.partnerCenter, check)
    case .partnerCenterSecrets: secretFindings(.partnerCenter, check)
    case .partnerCenterSignIn: check.findings(partnerCenter.signIn) { _ in [check.ok("works")] }
    case .tokenAge: tokenAgeFindings
    case .referrals: referralFindings
    case .role: check.findings(partnerCenter.referrals, roleFindings)
    case .organization: check.findings(partnerCenter.referrals, organizationFindings)
    case .salesforceKeys: keyFindings(.salesforce, check)
    case .salesforceSecrets: secretFindings(.salesforce, check)
    case .salesforceSignIn: salesforceSignInFindings
    case .apiVersion: check.findings(salesforce.versions, versionFindings)
    case .apiQuota: quotaFindings
    case .objects: objectFindings
    case .recordAccess: check.findings(mapping, accessFindings)
    case .solutions: solutionFindings
    case .notes: check.findings(mapping, noteFindings)
    case .teams: check.findings(mapping, teamFindings)
    case .stages: stageFindings
    case .country: check.findings(mapping, countryFindings)
    case .currency: check.findings(mapping, currencyFindings)
    case .customFields: check.findings(mapping, customFieldFindings)
    case .syncField: check.findings(mapping, syncFieldFindings)
    case .mappingFit: check.findings(mapping, mappingFitFindings)
    case .renewedTokens: renewedTokenFindings
    case .clock: clockFindings
    case .canaries: canaryFindings
    }
  }

  /// The mapping, which checks ask for once its files are known to be right.
  package var mapping: Fact<Mapping> {
    switch workspace.mapping {
    case .success(let mapping): .known(mapping)
    case .failure, nil: .unasked
    }
  }
}
