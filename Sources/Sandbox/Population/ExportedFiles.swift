package import Foundation

/// The seeded population as the files that the two services export, for benchmarks without a server.
package struct ExportedFiles {
  private let options: SandboxOptions
  private let night: Int

  /// Writes `referrals.json` and `salesforce/Opportunity.csv` into a folder, which is made when it is missing.
  ///
  /// Record i of both files is a linked pair in sync as long as both sides have so many records.
  ///
  /// - Parameters:
  ///   - folder: where the files go; those of an earlier call are replaced.
  ///   - options: seed and numbers of records; the other options are not looked at.
  ///   - night: 1 for the population as it was made; each later one has two per cent of the records of each side changed
  ///     since the one before, see ``DealNights``.
  /// - Throws: when a file cannot be written.
  package static func write(to folder: URL, options: SandboxOptions, night: Int) throws {
    let files = ExportedFiles(options: options, night: night)
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent("salesforce"), withIntermediateDirectories: true)
    try files.writeReferrals(to: folder.appendingPathComponent("referrals.json"))
    try files.writeOpportunities(to: folder.appendingPathComponent("salesforce/Opportunity.csv"))
  }

  private func writeReferrals(to file: URL) throws {
    let handle = try ExportedFiles.emptied(file)
    var text = ReferralText()
    text.append(raw: "{\"@odata.context\":\"https://api.partner.microsoft.com/v1.0/$metadata#Referrals\",\"value\":[")
    for number in 0..<options.referrals {
      text.append(raw: number == 0 ? "\n" : ",\n")
      text.append(deal(number, isReferral: true))
      if text.bytes.count > ExportedFiles.bufferSize {
        try handle.write(contentsOf: text.bytes)
        text.clear()
      }
    }
    text.append(raw: "\n]}\n")
    try handle.write(contentsOf: text.bytes)
    try handle.close()
  }

  private func writeOpportunities(to file: URL) throws {
    let handle = try ExportedFiles.emptied(file)
    var text = OpportunityText()
    text.appendHeader()
    for number in 0..<options.opportunities {
      text.append(deal(number, isReferral: false))
      if text.bytes.count > ExportedFiles.bufferSize {
        try handle.write(contentsOf: text.bytes)
        text.clear()
      }
    }
    try handle.write(contentsOf: text.bytes)
    try handle.close()
  }

  /// The deal as one side has it in this night.
  private func deal(_ number: Int, isReferral: Bool) -> Deal {
    var deal = Deal.make(seed: options.seed, number: number)
    if number >= options.opportunities { deal.reference = nil }
    if number >= options.referrals { deal.referralReference = nil }
    let isPair = number < min(options.referrals, options.opportunities)
    DealNights(seed: options.seed, number: number, isPair: isPair).live(through: night, &deal, isReferral: isReferral)
    return deal
  }

  private static let bufferSize = 1 << 20

  private static func emptied(_ file: URL) throws -> FileHandle {
    try Data().write(to: file)
    return try FileHandle(forWritingTo: file)
  }
}
