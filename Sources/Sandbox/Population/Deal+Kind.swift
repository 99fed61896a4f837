extension Deal {
  /// The referral and the opportunity of a deal of some kind, nil where a side does not have it.
  static func pair(_ base: Deal, _ kind: DealKind) -> (referral: Deal?, opportunity: Deal?) {
    var referral = base
    var opportunity = base
    switch kind {
    case .inSync: return (referral, opportunity)
    case .oneEmpty:
      emptied(&referral, &opportunity)
      return (referral, opportunity)
    case .different:
      differing(&referral, &opportunity)
      return (referral, opportunity)
    case .closedPair:
      let isWon = base.number % 3 != 0
      close(&referral, isWon ? "Won" : "Lost")
      close(&opportunity, isWon ? "Won" : "Lost")
      return (referral, opportunity)
    case .onHold:
      ask(&referral)
      ask(&opportunity)
      return (referral, opportunity)
    case .newFromMicrosoft, .partnerLed, .coSellFromPartnerCenter, .marketplaceLead, .qualifiedLead, .privateDeal,
      .closedNeverLinked, .unknownStatus, .unknownCategory, .danglingReference:
      referral.reference = nil
      return (onlyPartnerCenter(referral, kind), nil)
    case .notTicked, .complete, .completeWithHelp, .withoutCountry, .withoutSolution, .helpWithoutContact,
      .withoutAmount, .sameReferral:
      opportunity.referralReference = nil
      return (nil, onlySalesforce(opportunity, kind))
    }
  }

  private static func emptied(_ referral: inout Deal, _ opportunity: inout Deal) {
    let notes = referral.notes ?? Words.notes[referral.number % Words.notes.count]
    referral.notes = notes
    opportunity.notes = notes
    switch referral.number % 3 {
    case 0: referral.notes = nil
    case 1: opportunity.notes = nil
    default: opportunity.value = nil
    }
  }

  private static func differing(_ referral: inout Deal, _ opportunity: inout Deal) {
    switch referral.number / 40 % 4 {
    case 0: opportunity.value = "\(90_000 + opportunity.number * 10).5"
    case 1: referral.closing = referral.closing.adding(days: 21)
    case 2: opportunity.name += " phase 2"
    default: referral.notes = "Scope grew to a second country."
    }
  }

  private static func close(_ deal: inout Deal, _ substatus: String) {
    deal.status = "Closed"
    deal.substatus = substatus
    deal.stage = "Closed \(substatus)"
  }

  /// Microsoft's seller asks the partner in, who has not answered yet.
  private static func ask(_ deal: inout Deal) {
    deal.status = "New"
    deal.substatus = deal.number % 2 == 0 ? "Received" : "Pending"
    deal.stage = Stage.onHold
    deal.type = "Shared"
    deal.isIncoming = true
    deal.isVisible = true
    deal.inviter = Identity.microsoft
    deal.help = nil
    deal.updatedReferral = Stamp.start.adding(days: -(1 + deal.number % 10))
  }

  private static func onlyPartnerCenter(_ given: Deal, _ kind: DealKind) -> Deal {
    var deal = given
    switch kind {
    case .newFromMicrosoft: ask(&deal)
    case .partnerLed:
      deal.help = nil
      deal.type = "Independent"
      deal.isVisible = true
    case .coSellFromPartnerCenter:
      deal.help = deal.help ?? helpCodes[deal.number % helpCodes.count]
      deal.type = "Shared"
      deal.isVisible = true
    case .marketplaceLead, .qualifiedLead: lead(&deal, isDirect: kind == .marketplaceLead)
    case .privateDeal:
      deal.help = nil
      deal.type = "Independent"
      deal.isVisible = false
    case .closedNeverLinked: close(&deal, deal.number % 2 == 0 ? "Won" : "Lost")
    case .unknownStatus:
      deal.status = "Paused"
      deal.substatus = "OnIce"
    case .unknownCategory:
      deal.type = "Collective"
      deal.qualification = "PartnerQualified"
      deal.help = nil
    case .danglingReference: deal.reference = SalesforceID.make(prefix: "006", number: 9_000_000 + deal.number)
    case .inSync, .oneEmpty, .different, .closedPair, .onHold, .notTicked, .complete, .completeWithHelp,
      .withoutCountry, .withoutSolution, .helpWithoutContact, .withoutAmount, .sameReferral:
      break
    }
    return deal
  }

  private static func lead(_ deal: inout Deal, isDirect: Bool) {
    ask(&deal)
    deal.type = "Independent"
    deal.qualification = isDirect ? "Direct" : "MarketingQualified"
    deal.inviter = isDirect && deal.number % 2 == 0 ? nil : Identity.microsoft
  }

  private static func onlySalesforce(_ given: Deal, _ kind: DealKind) -> Deal {
    var deal = given
    deal.help = nil
    deal.isVisible = true
    switch kind {
    case .complete: break
    case .notTicked:
      deal.isTicked = false
      deal.solutions = []
    case .completeWithHelp: deal.help = helpCodes[deal.number % helpCodes.count]
    case .withoutCountry: deal.country = nil
    case .withoutSolution: deal.solutions = []
    case .helpWithoutContact:
      deal.help = helpCodes[deal.number % helpCodes.count]
      deal.hasContact = false
    case .withoutAmount: deal.value = nil
    case .sameReferral: deal.referralReference = Deal.make(seed: deal.seed, number: 1).referralId
    case .inSync, .oneEmpty, .different, .closedPair, .onHold, .newFromMicrosoft, .partnerLed,
      .coSellFromPartnerCenter, .marketplaceLead, .qualifiedLead, .privateDeal, .closedNeverLinked, .unknownStatus,
      .unknownCategory, .danglingReference:
      break
    }
    return deal
  }
}
