import Model
import Testing
import Transform

@Suite("Settings")
struct SettingsTests {
  private func settings(_ lines: String) throws -> Settings {
    try load(["settings.csv": "setting,default_value,current_value\n" + lines]).get().settings
  }

  @Test("the starter file lists every setting with its default and a description", arguments: Setting.allCases)
  func starterFile(setting: Setting) {
    let text = starter("settings.csv")
    let quoted = setting.defaultValue.contains(",") ? "\"\(setting.defaultValue)\"" : setting.defaultValue
    let row = text.split(separator: "\n").first { $0.hasPrefix("\(setting.label),\(quoted),,") }
    #expect(row.map { $0.count > setting.label.count + quoted.count + 10 } ?? false)
  }

  @Test("the defaults of the connector and ours")
  func defaults() {
    let settings = Settings.shipped
    #expect(settings.marksNames && settings.coSellOnly)
    #expect(settings.activeStage == "Co-sell Active" && settings.onHoldStage == "Co-sell On Hold")
    #expect(settings.closedWonStage == "Closed Won" && settings.closedLostStage == "Closed Lost")
    #expect(settings.privateDeals == .sync && settings.expiredReferral == .flag && settings.leadTarget == .opportunity)
    #expect(settings.closeDateZone == .utc)
    #expect(settings.lostReason == "Other" && settings.declinedReason == "Other")
  }

  @Test("R40: the consent of the customer is never claimed unless a person wrote it")
  func consent() throws {
    #expect(!Settings.shipped.agreedToShare && !Settings.shipped.agreedToContact)
    let written = try settings("Customer agreed to share information,No,yes\nCustomer agreed to be contacted,No,Yes\n")
    #expect(written.agreedToShare && written.agreedToContact)
  }

  @Test("R41: the marketplace intent is undecided unless a person wrote it")
  func intent() throws {
    #expect(Settings.shipped.marketplaceIntent == .undecided)
    #expect(try settings("Customer marketplace intent,HaveNotDecided,yes\n").marketplaceIntent == .yes)
  }

  @Test("R29: a deal value is a formula only where a person says so")
  func calculated() throws {
    #expect(!Settings.shipped.hasCalculatedDealValue)
    #expect(try settings("Deal value is calculated,No,Yes\n").hasCalculatedDealValue)
  }

  @Test("R85: an org with one currency has it as a setting")
  func currency() throws {
    #expect(Settings.shipped.defaultCurrency.isNone)
    #expect(try settings("Default currency,,eur\n").defaultCurrency == Value("EUR"))
  }

  @Test("R21: the referral link holds the id")
  func link() {
    #expect(
      Settings.shipped.referralLink(id: "42") == "https://partner.microsoft.com/dashboard/v2/referrals/opportunities/42"
    )
  }

  @Test("R8, R49, R63, R69: words of settings, whatever the case")
  func words() throws {
    let settings = try settings(
      "private deals,sync,SKIP\nExpired referral,flag,Close\nLead target,Opportunity,skip\n"
        + "Closed won stage name,Closed Won,Gewonnen\nClosed lost stage name,Closed Lost,Verloren\n")
    #expect(settings.privateDeals == .skip && settings.expiredReferral == .close && settings.leadTarget == .skip)
    #expect(settings.closedWonStage == "Gewonnen" && settings.closedLostStage == "Verloren")
  }

  @Test("R97: the zone of the close date")
  func zone() throws {
    let settings = try settings("Close date time zone,UTC,Europe/Berlin\n")
    #expect(settings.closeDateZone == DayZone("Europe/Berlin") && settings.closeDateZone != .utc)
  }
}
