import Foundation

/// `bench services`: a night against the sandbox over HTTP, each answer a little late, as real services are.
///
/// It tells what a snapshot of both sides takes beside one of each side alone, and how many requests that is.
struct ServiceBench {
  private let binary: String
  private let sandbox: BenchSandbox
  private let folder: URL

  /// Starts a sandbox with so many deals and so many milliseconds before each answer.
  init(binary: String, referrals: Int, opportunities: Int, latency: Int, folder: URL) throws {
    self.binary = binary
    self.folder = folder
    sandbox = try BenchSandbox(
      binary: binary, referrals: referrals, opportunities: opportunities, latency: latency)
    print(
      "\(referrals) referrals, \(opportunities) opportunities, \(latency) ms before each answer, "
        + "\(ProcessInfo.processInfo.activeProcessorCount) processors")
  }

  /// Takes the three snapshots and prints the figures.
  func run() throws {
    defer { sandbox.stop() }
    let empty = try emptyExports()
    var table = FigureTable(["", "snapshot s", "requests", "waited s", "wall s", "peak MB"])
    for (title, arguments) in [
      ("Partner Center alone", ["--salesforce-from", empty.salesforce]),
      ("Salesforce alone", ["--partner-center-from", empty.partnerCenter]),
      ("both sides", []),
    ] {
      let workspace = folder.appendingPathComponent(title)
      try sandbox.layOut(workspace)
      let run = try Measured.run(binary, ["plan", "--quiet", "--workspace", workspace.path] + arguments)
      table.add([title] + (try Summary(of: workspace).cells) + [run.wall, run.memory].map { String(format: "%.1f", $0) })
    }
    print(table.text)
  }

  /// A side without records, so that the other one is measured alone.
  private func emptyExports() throws -> (partnerCenter: String, salesforce: String) {
    let referrals = folder.appendingPathComponent("none.json")
    let salesforce = folder.appendingPathComponent("none")
    try FileManager.default.createDirectory(at: salesforce, withIntermediateDirectories: true)
    try Data("[]".utf8).write(to: referrals)
    let columns = [
      "Id", "Name", "StageName", "IsClosed", "IsWon", "LastModifiedDate", "AccountId", "Amount", "CloseDate",
      "Description", "Account.Name", "Account.BillingStreet", "Account.BillingCity", "Account.BillingState",
      "Account.BillingPostalCode", "Account.BillingCountry", "How_can_Microsoft_help__c",
      "Referral_visible_to_Microsoft_sellers__c", "Microsoft_CRM_Identifier__c", "Referral_Identifier__c",
      "Referral_Link__c", "Sync_With_Partner_Center__c",
    ]
    try Data((columns.joined(separator: ",") + "\n").utf8).write(
      to: salesforce.appendingPathComponent("Opportunity.csv"))
    return (referrals.path, salesforce.path)
  }

  /// What `summary.json` tells of the newest run.
  private struct Summary: Decodable {
    let requests: [String: Int]
    let waited_milliseconds: [String: Int]
    let milliseconds: [String: Int]

    init(of workspace: URL) throws {
      let file = workspace.appendingPathComponent("reports/latest/summary.json")
      self = try JSONDecoder().decode(Summary.self, from: Data(contentsOf: file))
    }

    var cells: [String] {
      let requests = requests.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: " + ")
      let waited = Double(waited_milliseconds.values.reduce(0, +)) / 1000
      let snapshot = Double(milliseconds["snapshot"] ?? 0) / 1000
      return [String(format: "%.1f", snapshot), requests, String(format: "%.1f", waited)]
    }
  }
}
