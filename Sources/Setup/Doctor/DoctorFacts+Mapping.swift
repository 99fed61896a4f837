import Model
import Transform

// The mapping files by themselves.
extension DoctorFacts {
  var mappingFileFindings: [Finding] {
    let check = Precondition.mappingFiles
    switch workspace.mapping {
    case nil: return [check.notChecked("nobody read them")]
    case .failure(let mistakes): return mistakes.diagnostics.map(check.finding)
    case .success(let mapping): return [check.ok("\(mapping.fields.count) fields, no mistakes")]
    }
  }

  /// The four stages that settings name, of which no two may be one.
  var differingStageFindings: [Finding] {
    let check = Precondition.differingStages
    return check.findings(mapping) { mapping in
      let names = Self.stages.map { (setting: $0, stage: mapping.settings[$0]) }
      return names.indices.flatMap { later in
        names[..<later].filter { $0.stage.lowercased() == names[later].stage.lowercased() }.map { earlier in
          check.error(
            .mappingContradiction,
            "\(earlier.setting.label) and \(names[later].setting.label) are both \"\(earlier.stage)\"",
            fix: "name two stages of the org in mappings/settings.csv")
        }
      }.orOK("on-hold, active, won and lost are four stages", of: check)
    }
  }

  private static let stages: [Setting] = [.onHoldStage, .activeStage, .closedWonStage, .closedLostStage]

  var consentFindings: [Finding] {
    let check = Precondition.consent
    return check.findings(mapping) { mapping in
      [Setting.agreedToShare, .agreedToContact].filter { mapping.settings[$0] != "Yes" }.map { setting in
        check.warning(
          .consentMissing, "\(setting.label) is No: no referral is created from Salesforce",
          fix: "if it is so, state it in mappings/settings.csv: Yes")
      }.orOK("stated: customers agreed to share information and to be contacted", of: check)
    }
  }
}

extension Precondition {
  /// A mistake of a mapping file; of the kind that stops nothing, a warning.
  func finding(_ diagnostic: MappingDiagnostic) -> Finding {
    let (code, what) = (diagnostic.code, diagnostic.description)
    let fix = code.explanation.action
    return diagnostic.isWarning ? warning(code, what, fix: fix) : error(code, what, fix: fix)
  }
}
