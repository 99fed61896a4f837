import CSV
import Foundation
import JSON
import Ledger
import Model

/// Three nights of one partner, told by the program's own commands.
struct DemoStory {
  let stage: DemoStage
  let console: Console

  /// Tells it from the first contact to a night with nothing to do.
  func tell() throws {
    introduce()
    try firstNight()
    try peopleWork()
    try secondNight()
    try thirdNight()
    conclude()
  }

  private func introduce() {
    console.title("A partner sells together with Microsoft.")
    console.data("Its deals live twice: as referrals in Partner Center and as opportunities in Salesforce.")
    console.data("Both are made up here, and served by a sandbox on this machine. Nothing leaves it.")
  }

  private func firstNight() throws {
    heading("Night 1: first contact", "Snapshots of both sides are taken and matched. Nothing is written yet.")
    try stage.reconcile(["plan"])
    try stage.reconcile(["show"])
    say(
      "Deals that exist on one side only are proposed to be created on the other; leads stay out of Salesforce;",
      "what cannot be undone, and what differs without anybody knowing why, is held for a person.",
      "The reviewer opens report.html or changes.csv, says `apply` where that is fine, and settles every conflict.",
      "Whoever applies names the number of rows that cannot be taken back, so that none slips through.")
    let forGood = try decide { risk in risk == .conflict ? .partnerCenter : .apply }
    try stage.reconcile(["apply"] + Self.confirming(forGood), expecting: [.done, .waiting])
  }

  /// What happens during the day.
  private func peopleWork() throws {
    heading("The next day: people work", "On both sides, without knowing of each other.")
    let pairs = try linkedPairs()
    guard pairs.count >= 4 else { throw Failure(.snapshotEmpty, "the sandbox has too few linked deals for the story") }
    try edit(referral: pairs[0], "details.dealValue", .number("125000"), "Partner Center: the deal value is raised")
    try edit(opportunity: pairs[1], "CloseDate", .string("2027-03-31"), "Salesforce: the close date is moved")
    try edit(referral: pairs[2], "details.dealValue", .number("80000"), "Partner Center: the deal value becomes 80,000")
    try edit(opportunity: pairs[2], "Amount", .number("95000"), "Salesforce: it becomes 95,000 – a conflict")
    try edit(referral: pairs[3], "details.notes", .string("Signed by legal."), "Partner Center: a note is written")
    try edit(
      opportunity: pairs[3], "Description", .string("Signed by legal."), "Salesforce: the same note – no conflict")
    if let waiting = try onHoldDeal() {
      try edit(
        opportunity: waiting, "StageName", .string("Qualification"),
        "Salesforce: the seller moves it out of the on-hold stage")
    }
  }

  private func secondNight() throws {
    heading("Night 2: the difference", "Only what moved since both sides last agreed.")
    try stage.reconcile(["plan"])
    try stage.reconcile(["show"])
    say(
      "The conflict shows both values. The acceptance is held, since it cannot be taken back.",
      "The reviewer decides: Salesforce is right about the amount, and the deal is accepted.")
    let forGood = try decide { risk in risk == .conflict ? .salesforce : .apply }
    try stage.reconcile(["apply"] + Self.confirming(forGood), expecting: [.done])
    try stage.reconcile(["show", "--status", "applied"])
  }

  private func thirdNight() throws {
    heading("Night 3: quiet", "Both sides agree on everything that may be written.")
    try stage.reconcile(["plan", "--detailed-exitcode"])
    try stage.reconcile(["runs"])
  }

  private func conclude() {
    console.data("")
    console.title("The files to open")
    console.data("  reports/latest/report.html          the page on which a person reviews and decides")
    console.data(
      "  reports/latest/changes.csv          what would be written, row by row, with a column for your decision")
    console.data("  reports/latest/reconciliation.csv   every record of both sides, each with its reason")
    console.data("  reports/latest/summary.json         the counts, for a script")
    console.data("To keep them:  reconcile demo --keep DIR        (this run: \(stage.folder.path))")
    console.data("")
    console.title("With your own data, and without any credentials")
    console.data("  reconcile init my-workspace && cd my-workspace")
    console.data("  reconcile plan --partner-center-from referrals.json --salesforce-from exports/")
  }

  // MARK: Details

  private func heading(_ title: String, _ line: String) {
    console.data("")
    console.title("── \(title) ──")
    console.data(line)
  }

  private func say(_ lines: String...) {
    console.data("")
    for line in lines { console.data(line) }
  }

  /// A linked deal in the sandbox.
  private struct Pair {
    let referral: String
    let opportunity: String
    let name: String
  }

  /// Active deals that both sides hold, in a fixed order.
  private func linkedPairs() throws -> [Pair] {
    let state = try stage.state()
    let referrals = state.at("partner_center.referrals")?.arrayValue ?? []
    return referrals.compactMap { referral in
      guard referral["status"]?.stringValue == "Active", referral["substatus"]?.stringValue == "Accepted",
        let id = referral["id"]?.stringValue, let named = referral["externalReferenceId"]?.stringValue,
        let opportunity = opportunities(state).first(where: { $0["Id"]?.stringValue == named }),
        opportunity["Referral_Identifier__c"]?.stringValue == id, opportunity["IsClosed"]?.boolValue == false,
        opportunity["StageName"]?.stringValue != "Co-sell On Hold",
        opportunity["Sync_With_Partner_Center__c"]?.boolValue == true
      else { return nil }
      return Pair(referral: id, opportunity: named, name: referral["name"]?.stringValue ?? "")
    }.sorted { $0.referral < $1.referral }
  }

  /// A deal that waits for the seller in the on-hold stage.
  private func onHoldDeal() throws -> Pair? {
    let state = try stage.state()
    let referrals = state.at("partner_center.referrals")?.arrayValue ?? []
    return opportunities(state).compactMap { opportunity -> Pair? in
      guard opportunity["StageName"]?.stringValue == "Co-sell On Hold", let id = opportunity["Id"]?.stringValue,
        let named = opportunity["Referral_Identifier__c"]?.stringValue,
        referrals.contains(where: { $0["id"]?.stringValue == named && $0["status"]?.stringValue == "New" })
      else { return nil }
      return Pair(referral: named, opportunity: id, name: opportunity["Name"]?.stringValue ?? "")
    }.sorted { $0.opportunity < $1.opportunity }.first
  }

  private func opportunities(_ state: JSONValue) -> [JSONValue] {
    state.at("salesforce.Opportunity")?.arrayValue ?? []
  }

  private func edit(referral pair: Pair, _ path: String, _ value: JSONValue, _ what: String) throws {
    console.data("  \(NameMark.strip(pair.name)) – \(what)")
    try stage.edit(
      .object([
        JSONMember("side", .string("partner-center")), JSONMember("id", .string(pair.referral)),
        JSONMember("set", .object([JSONMember(path, value)])),
      ]))
  }

  private func edit(opportunity pair: Pair, _ field: String, _ value: JSONValue, _ what: String) throws {
    console.data("  \(NameMark.strip(pair.name)) – \(what)")
    try stage.edit(
      .object([
        JSONMember("side", .string("salesforce")), JSONMember("object", .string("Opportunity")),
        JSONMember("id", .string(pair.opportunity)), JSONMember("set", .object([JSONMember(field, value)])),
      ]))
  }

  /// The option that `apply` needs where rows cannot be taken back.
  private static func confirming(_ number: Int) -> [String] {
    number > 0 ? ["--confirm-irreversible", String(number)] : []
  }

  /// Fills in the decision column of changes.csv, as a reviewer does in a spreadsheet.
  ///
  /// - Returns: the number of rows that are to be written and cannot be taken back.
  private func decide(_ decision: (Risk) -> Decision) throws -> Int {
    do throws(CSVError) {
      var forGood = 0
      var reader = try CSVReader(path: stage.changes.path, options: .edited)
      guard let header = try reader.next()?.texts, let risk = header.firstIndex(of: "risk"),
        let column = header.firstIndex(of: "decision")
      else { return 0 }
      var rows = [header]
      while let row = try reader.next() {
        var cells = row.texts
        let danger = Risk(rawValue: cells[risk]) ?? .normal
        cells[column] = decision(danger).rawValue
        forGood += danger.isForGood && decision(danger).writes ? 1 : 0
        rows.append(cells)
      }
      var writer = try CSVWriter(replacing: stage.changes.path, mode: 0o600)
      for row in rows { try writer.write(contents: row) }
      try writer.finish()
      return forGood
    } catch {
      throw Failure(.exportUnreadable, "\(stage.changes.path): \(error)")
    }
  }
}
