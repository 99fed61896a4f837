import Foundation
import Model
import Testing

@testable import Transform

@Suite("Lists of a linked pair")
struct JudgeListTests {
  private static let second =
    #"{"id":"SOL-2","name":"Care plan","solutionType":"3P","publisherName":"Contoso","rank":7}"#
  private static let secondLine = #"{"id":"SOL-2","line":"a02","name":"Care plan","publisher":"Contoso","type":"3P"}"#

  /// A pair whose sides list the first solution, the second one, or both.
  private static func deal(partnerCenter: [Int], salesforce: [Int], agreed: [Int]) -> Deal {
    var deal = Deal()
    let own = [1: String(Deal.solutionsInPartnerCenter.dropFirst().dropLast()), 2: second]
    let lines = [1: String(Deal.solutionsInSalesforce.dropFirst().dropLast()), 2: secondLine]
    deal.referral["details.requirements.solutions"] = "[\(partnerCenter.compactMap { own[$0] }.joined(separator: ","))]"
    deal.opportunity["Opportunity_To_Microsoft_Solutions__r"] =
      "[\(salesforce.compactMap { lines[$0] }.joined(separator: ","))]"
    for number in [1, 2] { deal.base["Solution sol-\(number)"] = agreed.contains(number) ? "yes" : nil }
    return deal
  }

  @Test(
    "R51 R93: a solution that came up in Partner Center becomes a line, under the catalogue's row where there is one")
  func newInPartnerCenter() {
    var deal = Self.deal(partnerCenter: [1, 2], salesforce: [1], agreed: [1])
    #expect(deal.judged().lines == ["add-solution < Solution sol-2 R51 N131 normal: new solution"])
    let known = Deal.record(.solution, ["Id": "a0X", "Solution_Identifier__c": "SOL-2"])
    deal.neighbours.solutions["sol-2"] = [known]
    #expect(deal.judged().lines == ["add-solution < Solution sol-2 R51 N131 normal: a0X"])
    deal.neighbours.solutions["sol-2"] = [known, known]
    #expect(deal.judged().finding == "skipped E717")
    #expect(!deal.judged().isSettled, "the catalogue may be put right without the pair moving")
    deal.referral["details.dealValue"] = "7"
    #expect(deal.judged().changes.first?.field == "Deal value")
    #expect(deal.judged().reason.contains("the catalogue holds SOL-2 several times"), "told beside the rows")
  }

  @Test("R93 R99: a line that a seller added is appended to the referral's solutions")
  func newInSalesforce() {
    let verdict = Self.deal(partnerCenter: [1], salesforce: [1, 2], agreed: [1]).judged()
    let element = #"{"type":"Name","id":"SOL-2","name":"Care plan","publisherName":"Contoso","solutionType":"3P"}"#
    #expect(
      verdict.lines == ["add-solution > Solution sol-2 R93 N132 normal: /details/requirements/solutions/- = \(element)"]
    )
    #expect(verdict.changes.first?.settles == ["Solution sol-2": "yes"])
  }

  @Test("R93: what one side took off goes on the other side as well")
  func removed() {
    let inSalesforce = Self.deal(partnerCenter: [1, 2], salesforce: [1], agreed: [1, 2]).judged()
    #expect(
      inSalesforce.lines == [
        #"remove-solution > Solution sol-2 R93 N133 normal: /details/requirements/solutions without {"id":"SOL-2"}"#
      ])
    let inPartnerCenter = Self.deal(partnerCenter: [1], salesforce: [1, 2], agreed: [1, 2]).judged()
    #expect(
      inPartnerCenter.lines == ["remove-solution < Solution sol-2 R93 N133 normal: a02 goes"])
    #expect(inPartnerCenter.changes.first?.settles == ["Solution sol-2": ""])
  }

  @Test("R93: the last solution is never taken off, on either side")
  func last() {
    #expect(Self.deal(partnerCenter: [1], salesforce: [], agreed: [1]).judged().finding == "skipped E729")
    #expect(Self.deal(partnerCenter: [], salesforce: [1], agreed: [1]).judged().finding == "skipped E729")
  }

  @Test("R93: one takes the other's place, the new one first; without the new one the old one stays")
  func exchanged() {
    var inPartnerCenter = Self.deal(partnerCenter: [2], salesforce: [1], agreed: [1])
    #expect(
      inPartnerCenter.judged().lines == [
        "add-solution < Solution sol-2 R51 N131 normal: new solution",
        "remove-solution < Solution sol-1 R93 N133 normal: a01 goes",
      ])
    let twice = Deal.record(.solution, ["Id": "a0X", "Solution_Identifier__c": "SOL-2"])
    inPartnerCenter.neighbours.solutions["sol-2"] = [twice, twice]
    #expect(inPartnerCenter.judged().lines.isEmpty)
    #expect(inPartnerCenter.judged().reason.contains("is the last solution in Salesforce"))
    let inSalesforce = Self.deal(partnerCenter: [1], salesforce: [2], agreed: [1]).judged()
    #expect(inSalesforce.changes.map(\.action) == [.addSolution, .removeSolution, .mark])
    #expect(inSalesforce.changes.prefix(2).allSatisfy { $0.direction == .toPartnerCenter })
  }

  @Test("R93: a solution with two lines is one solution, and loses both")
  func twoLines() {
    var deal = Self.deal(partnerCenter: [1], salesforce: [1, 2], agreed: [1, 2])
    let lines = deal.opportunity["Opportunity_To_Microsoft_Solutions__r"] ?? ""
    let third = Self.secondLine.replacingOccurrences(of: "a02", with: "a03")
    deal.opportunity["Opportunity_To_Microsoft_Solutions__r"] = lines.dropLast() + "," + third + "]"
    #expect(deal.judged().lines == ["remove-solution < Solution sol-2 R93 N133 normal: a02 a03 goes"])
    deal.opportunity["Opportunity_To_Microsoft_Solutions__r"] = "[\(Self.secondLine),\(third)]"
    deal.referral["details.requirements.solutions"] = ""
    #expect(deal.judged().finding == "skipped E729")
  }

  @Test("R51: a line of a catalogue's row without identifier is told, counts, and goes nowhere")
  func nameless() {
    var deal = Self.deal(partnerCenter: [], salesforce: [1], agreed: [1])
    let nameless = Self.secondLine.replacingOccurrences(of: "SOL-2", with: "")
    let lines = deal.opportunity["Opportunity_To_Microsoft_Solutions__r"] ?? ""
    deal.opportunity["Opportunity_To_Microsoft_Solutions__r"] = lines.dropLast() + "," + nameless + "]"
    #expect(deal.judged().lines == ["remove-solution < Solution sol-1 R93 N133 normal: a01 goes"])
    #expect(deal.judged().reason.hasSuffix("; a solution without an identifier is left alone"))
  }

  @Test("a solution that both sides took off is forgotten, so that it is new when it comes back")
  func forgotten() {
    let verdict = Self.deal(partnerCenter: [1], salesforce: [1], agreed: [1, 2]).judged()
    #expect(verdict.lines.isEmpty)
    #expect(verdict.agreed["Solution sol-2"] == "")
  }

  @Test("R57 R65: nothing of a list is sent from the on-hold stage, or to a closed referral")
  func closedWays() {
    var onHold = Self.deal(partnerCenter: [1], salesforce: [1, 2], agreed: [1])
    (onHold.referral["status"], onHold.referral["substatus"]) = ("New", "Received")
    onHold.opportunity["StageName"] = "Co-sell On Hold"
    #expect(onHold.judged().lines.isEmpty)
    var closed = Self.deal(partnerCenter: [1], salesforce: [1, 2], agreed: [1])
    (closed.referral["status"], closed.referral["substatus"]) = ("Closed", "Won")
    (closed.opportunity["IsClosed"], closed.opportunity["IsWon"]) = ("true", "true")
    #expect(closed.judged().lines.isEmpty)
    #expect(closed.judged().finding == "closed N114")
  }

  @Test("R91 R50: people of whom nothing is known that could tell them apart are told and left out")
  func namelessPeople() {
    var deal = Self.deal(partnerCenter: [1], salesforce: [1], agreed: [1])
    deal.referral["customerProfile.team"] = Deal.contactsInPartnerCenter.dropLast() + #",{"phoneNumber":"1"}]"#
    deal.referral["team"] = #"[{"firstName":"Jo","lastName":"Park"}]"#
    deal.opportunity["OpportunityTeamMembers"] = "[]"
    deal.referral["details.dealValue"] = "7"
    let verdict = deal.judged()
    #expect(verdict.reason.contains("neither name nor address"), "\(verdict.reason)")
    #expect(verdict.reason.contains("of a team has no e-mail"), "\(verdict.reason)")
  }

  @Test("R59: a list's change goes along with the acceptance")
  func riding() {
    var deal = Self.deal(partnerCenter: [1], salesforce: [1, 2], agreed: [1])
    (deal.referral["status"], deal.referral["substatus"]) = ("New", "Received")
    #expect(deal.judged().changes.map(\.action) == [.accept, .addSolution, .mark])
    #expect(deal.judged().changes.map(\.risk) == [.irreversible, .irreversible, .normal])
  }

  @Test("R93: the setting Sync solutions closes either way", arguments: ListRoute.allCases)
  func routes(_ route: ListRoute) {
    var toPartnerCenter = Self.deal(partnerCenter: [1], salesforce: [1, 2], agreed: [1])
    var toSalesforce = Self.deal(partnerCenter: [1, 2], salesforce: [1], agreed: [1])
    toPartnerCenter.settings[.syncSolutions] = route.rawValue
    toSalesforce.settings[.syncSolutions] = route.rawValue
    #expect(toPartnerCenter.judged().lines.isEmpty == !route.goes(.toPartnerCenter))
    #expect(toSalesforce.judged().lines.isEmpty == !route.goes(.toSalesforce))
  }

  @Test("R50: a contact that came up in Partner Center is attached, and one that a seller detached stays away")
  func contacts() {
    var deal = Deal()
    deal.opportunity["OpportunityContactRoles"] = ""
    #expect(deal.judged().finding == "in-sync N101")
    deal.base["Contact ana@example.com"] = nil
    #expect(deal.judged().lines == ["add-contact < Contact ana@example.com R50 N130 normal: new contact"])
    let known = Deal.record(.contact, ["Id": "003X", "Email": "ana@example.com"])
    deal.neighbours.contacts["ana@example.com"] = [known, known]
    #expect(deal.judged().lines.isEmpty)
    #expect(deal.judged().reason.hasSuffix("several contacts have the address ana@example.com: none is attached"))
    deal.settings[.syncContacts] = "No"
    #expect(deal.judged().reason == "both sides agree")
  }

  @Test("R50: a contact that joins later is primary only where the opportunity has none", arguments: [true, false])
  func primary(hasPrimary: Bool) throws {
    var deal = Deal()
    let other = #"{"firstName":"Bo","lastName":"Li","phone":"","email":"bo@example.com","isPrimary":\#(hasPrimary)}"#
    deal.opportunity["OpportunityContactRoles"] = "[\(other)]"
    deal.base["Contact ana@example.com"] = nil
    let effect = deal.judged().changes.first?.effect
    let draft: ContactDraft? = if case .addContact(let draft) = effect { draft } else { nil }
    #expect(try #require(draft).isPrimary == !hasPrimary)
  }

  @Test("R50: a contact whom the referral names twice is attached once")
  func twice() {
    var deal = Deal()
    let team = deal.referral["customerProfile.team"] ?? ""
    deal.referral["customerProfile.team"] = "[" + team.dropFirst().dropLast() + "," + team.dropFirst().dropLast() + "]"
    deal.opportunity["OpportunityContactRoles"] = ""
    deal.base["Contact ana@example.com"] = nil
    #expect(deal.judged().lines == ["add-contact < Contact ana@example.com R50 N130 normal: new contact"])
  }

  @Test("R50 R91: whoever left both sides is forgotten, and is new when they come back")
  func forgottenPeople() {
    var deal = Self.deal(team: "", members: "")
    deal.base["Contact bo@example.com"] = "yes"
    deal.base["Team bo@example.com"] = "yes"
    let agreed = deal.judged().agreed
    #expect(agreed["Contact bo@example.com"] == "")
    #expect(agreed["Team bo@example.com"] == "")
    #expect(agreed["Contact ana@example.com"] == "yes")
    deal.base["Contact ana@example.com"] = "yes"
    deal.opportunity["OpportunityContactRoles"] = ""
    #expect(deal.judged().agreed["Contact ana@example.com"] == nil, "detached by a seller, and still known")
  }

  private static let jo = #"{"firstName":"Jo","lastName":"Park","phoneNumber":"+49 89 3","email":"Jo@example.com"}"#

  /// A pair of an org with opportunity teams, whose referral and opportunity have these members besides the owner.
  private static func deal(team: String, members: String) -> Deal {
    var deal = Deal()
    let kim = #"{"firstName":"Kim","lastName":"Akers","phoneNumber":"+49 89 1","email":"kim@example.com"}"#
    deal.referral["team"] = "[" + [kim, team].filter { !$0.isEmpty }.joined(separator: ",") + "]"
    deal.opportunity["OpportunityTeamMembers"] = members
    return deal
  }

  @Test("R91: a member of the referral's team who is a user joins the opportunity's team")
  func memberInPartnerCenter() {
    var deal = Self.deal(team: Self.jo, members: "")
    deal.neighbours.users["jo@example.com"] = [Deal.record(.user, ["Id": "005X", "Email": "jo@example.com"])]
    #expect(deal.judged().lines == ["add-team-member < Team jo@example.com R91 N134 normal: 005X"])
    #expect(deal.judged().agreed["Team kim@example.com"] == "yes")
  }

  @Test("R91: of several users with one address none is let into the deal")
  func severalUsers() {
    var deal = Self.deal(team: Self.jo, members: "")
    deal.neighbours.users["jo@example.com"] = ["005X", "005Y"].map {
      Deal.record(.user, ["Id": $0, "Email": "jo@example.com"])
    }
    #expect(deal.judged().lines.isEmpty)
    #expect(!deal.judged().isSettled)
  }

  @Test("R50: the first contact that can be attached is the primary one, and a twin of the address is told")
  func firstAttachable() {
    var deal = Deal()
    deal.opportunity["OpportunityContactRoles"] = ""
    deal.base["Contact ana@example.com"] = nil
    deal.referral["customerProfile.team"] = """
      [{"firstName":"No","lastName":"","email":"no@example.com"},\
      {"firstName":"Bo","lastName":"Li","email":"info@example.com"},\
      {"firstName":"Al","lastName":"Ro","email":"Info@example.com"}]
      """
    let verdict = deal.judged()
    let drafts = verdict.changes.compactMap { change -> ContactDraft? in
      if case .addContact(let draft) = change.effect { draft } else { nil }
    }
    #expect(drafts.map(\.isPrimary) == [true])
    #expect(verdict.reason.contains("Al Ro <Info@example.com> shares the address of another contact"))
    #expect(verdict.reason.contains("no@example.com has no last name"))
  }

  @Test("R92: a member who is no user is told and never created")
  func stranger() {
    let verdict = Self.deal(team: Self.jo, members: "").judged()
    #expect(verdict.finding == "in-sync N101")
    #expect(
      verdict.reason
        == "both sides agree; Jo Park <Jo@example.com> is in the referral's team and no user of Salesforce")
    #expect(!verdict.isSettled, "the user may come without the pair moving")
  }

  @Test("R91: a user who joins the opportunity's team joins the referral's, when Microsoft can reach them")
  func memberInSalesforce() {
    let jo = #"[{"userId":"005X","firstName":"Jo","lastName":"Park","phone":"+49 89 3","email":"jo@example.com"}]"#
    let element = #"{"firstName":"Jo","lastName":"Park","phoneNumber":"+49 89 3","email":"jo@example.com"}"#
    #expect(
      Self.deal(team: "", members: jo).judged().lines
        == ["add-team-member > Team jo@example.com R91 N134 normal: /team/- = \(element)"])
    let silent = Self.deal(team: "", members: jo.replacingOccurrences(of: "+49 89 3", with: "")).judged()
    #expect(silent.lines.isEmpty)
    #expect(silent.reason.hasSuffix("needs both names, phone and e-mail"))
  }

  @Test("R91: without opportunity teams in the org, or with the setting on never, teams are left alone")
  func withoutTeams() {
    var deal = Self.deal(team: Self.jo, members: "")
    deal.settings[.syncTeam] = "never"
    #expect(deal.judged().reason == "both sides agree")
    deal.settings[.syncTeam] = nil
    deal.missingColumns = ["OpportunityTeamMembers"]
    #expect(deal.judged().reason == "both sides agree")
  }
}
