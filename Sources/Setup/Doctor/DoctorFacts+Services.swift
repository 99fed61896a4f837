import Model
import Workspace

// What concerns both services.
extension DoctorFacts {
  /// An assertion for Salesforce holds three minutes.
  private static let mostSeconds = 180.0
  private static let secondsOfWarning = 30.0

  var clockFindings: [Finding] {
    let check = Precondition.clock
    guard !clocks.isEmpty else { return [check.notChecked("no service answered with its time")] }
    return Side.allCases.compactMap { side in
      guard let ahead = clocks[side], abs(ahead) > Self.secondsOfWarning else { return nil }
      let what =
        "this machine is \(Int(abs(ahead).rounded())) s \(ahead > 0 ? "behind" : "ahead of") \(side.title)"
      let fix = "switch a time service on, such as systemd-timesyncd"
      return abs(ahead) > Self.mostSeconds
        ? check.error(.clockSkewed, what, fix: fix) : check.warning(.clockSkewed, what, fix: fix)
    }.orOK("within \(Int(Self.secondsOfWarning)) s of the services'", of: check)
  }

  var canaryFindings: [Finding] {
    let check = Precondition.canaries
    return canaries.compactMap { canary in
      switch canary.isThere {
      case .known(true): nil
      case .known(false):
        check.error(
          .canaryMissing, "\(canary.id) is not to be found",
          fix: "check the accounts' rights; if the record is really gone, name another in safety.canaries")
      case .failed(let failure): check.error(failure)
      case .unasked: check.notChecked("\(canary.id): its service was not asked")
      }
    }.orOK(
      canaries.isEmpty ? "none is named in safety.canaries" : "\(canaries.count) of \(canaries.count) are there",
      of: check)
  }
}
