import Model

/// What the page of the whole program tells besides its commands.
enum WholeProgram {
  /// Every number with which a process ends.
  static var exitStatus: [String] {
    let statuses = (0...255).compactMap(ExitStatus.init(rawValue:))
    return ManualPage.list(
      "EXIT STATUS", statuses.map { (Roff.bold("\($0.rawValue)"), Roff.paragraph(meaning(of: $0))) })
  }

  private static func meaning(of status: ExitStatus) -> String {
    switch status {
    case .done: "Done, or nothing to do."
    case .error: "An error; `reconcile explain` tells what its code means."
    case .changes: "`plan --detailed-exitcode`: the plan has changes. `verify`: a pair differs and nothing explains it."
    case .someFailed: "Some rows failed, turned stale, or have no known outcome. Wins over 4."
    case .waiting: "Finished, but conflicts or held rows wait for a person."
    case .safetyStop: "Safety stop: a limit, an empty or shrunken snapshot, a canary, a stale or altered plan."
    case .locked: "Another run holds the lock."
    case .signIn: "Sign-in or permission refused."
    case .incomplete: "A snapshot is incomplete."
    case .usage: "Wrong usage of the command line."
    case .configuration: "A bad configuration or mapping."
    case .interrupted: "Interrupted; `apply --resume` goes on."
    }
  }

  static let environment = ManualPage.list(
    "ENVIRONMENT",
    [
      (Roff.bold("RECONCILE_WORKSPACE"), "The workspace's folder, where \(Roff.bold("--workspace")) does not name it."),
      (
        Roff.bold("RECONCILE_") + Roff.italic("SECTION_KEY"),
        Roff.paragraph("Overrides a key of reconcile.yaml: `RECONCILE_SALESFORCE_API_VERSION=63.0`.")
      ),
      (Roff.bold("NO_COLOR"), "No colours, whatever its value."),
      (Roff.bold("https_proxy") + ", " + Roff.bold("no_proxy"), "The proxy, and the hosts that need none."),
    ])

  static let files = ManualPage.list(
    "FILES",
    [
      ("reconcile.yaml", "Where and how: addresses, credentials by reference, limits."),
      ("mappings/*.csv", "What: settings, fields, stages, values, defaults."),
      ("secrets/", Roff.paragraph("Files that reconcile.yaml refers to; their mode is 600.")),
      ("state/ledger.sqlite", "What both sides last agreed on, the plans, and what was written."),
      ("reports/latest/", "The newest run: changes.csv, reconciliation.csv, summary.json, report.html."),
    ])
}
