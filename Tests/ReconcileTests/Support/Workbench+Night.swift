import Foundation

extension Workbench {
  /// Calls `reconcile run` as cron does: in the root folder, with an environment that holds nothing but a path.
  func night(_ options: String..., with variables: [String: String] = [:]) throws -> Command.Result {
    try startNight(options, with: variables).wait()
  }

  /// Starts such a call.
  func startNight(_ options: [String] = [], with variables: [String: String] = [:]) throws -> Command {
    // What a sanitizer is told is no part of cron's environment, and has to go along where the tests run under one.
    let sanitizer = ProcessInfo.processInfo.environment.filter { $0.key.hasSuffix("SAN_OPTIONS") }
    let environment = ["PATH": "/usr/bin:/bin"].merging(sanitizer) { $1 }.merging(variables) { $1 }
    return try Command(
      ["run", "--workspace", folder.path] + options, in: URL(fileURLWithPath: "/"), environment: environment)
  }

  /// The state of each run, oldest first.
  func runStates() throws -> [String] {
    try runs().reversed().compactMap { $0.firstMatch(of: /"state":"(\w+)"/).map { String($0.1) } }
  }

  /// The names of the runs, oldest first.
  func runNames() throws -> [String] {
    try runs().reversed().compactMap { $0.firstMatch(of: /"run_id":"([^"]+)"/).map { String($0.1) } }
  }

  /// The name of the newest run.
  func newestRun() throws -> String {
    let link = path("reports/latest").path
    return try FileManager.default.destinationOfSymbolicLink(atPath: link)
  }

  /// The folders of reports.
  func reportFolders() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path("reports").path).filter { $0 != "latest" }.sorted()
  }
}

extension Command.Result {
  /// Whether it printed nothing at all.
  var isSilent: Bool { out.isEmpty && err.isEmpty }
}
