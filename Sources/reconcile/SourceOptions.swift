import ArgumentParser

/// The options that say where both sides are read from: the services, or exported files.
struct SourceOptions: ParsableArguments {
  @Option(help: "Read referrals from an exported file instead of Partner Center.", completion: .file())
  var partnerCenterFrom: String?

  @Option(help: "Read opportunities from a folder of exported CSV files instead of Salesforce.", completion: .directory)
  var salesforceFrom: String?

  @Flag(help: "Take an exported list of just 5,000 referrals, where downloads are cut off, for the whole one.")
  var complete = false

  /// Both services.
  static var services: SourceOptions { get throws { try parse([]) } }
}
