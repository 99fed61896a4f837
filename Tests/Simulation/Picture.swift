import Sandbox

/// What both services hold at one moment, as far as the judge looks.
struct Picture: Equatable {
  /// A referral or an opportunity.
  struct Deal: Equatable {
    /// What each followed field shows.
    var tokens: [TrackedField: Token] = [:]
    /// Status and substatus, or the stage.
    var state = ""
    /// The id of the other side's record that it names; empty for none.
    var partner = ""
  }

  /// The own referrals by id.
  var referrals: [String: Deal] = [:]
  /// The opportunities by id that are not deleted.
  var opportunities: [String: Deal] = [:]
  /// What tells further records apart: each text may come once.
  var others: [String: Int] = [:]

  init() {}

  /// Looks past the interfaces of the services.
  init(of sandbox: LocalSandbox) throws {
    for row in try sandbox.rows(Self.referralRows) {
      referrals[row[0]] = Self.deal(row, state: row[5] + "/" + row[6], partner: row[7])
    }
    for row in try sandbox.rows(Self.opportunityRows) {
      opportunities[row[0]] = Self.deal(row, state: row[5], partner: row[6])
    }
    for row in try sandbox.rows(Self.otherRows) { others[row[0], default: 0] += 1 }
  }

  private static func deal(_ row: [String], state: String, partner: String) -> Deal {
    var deal = Deal(state: state, partner: partner)
    for (place, field) in TrackedField.allCases.enumerated() { deal.tokens[field] = field.token(row[place + 1]) }
    return deal
  }

  private static let referralRows = """
    SELECT id, body ->> '$.name', body ->> '$.details.dealValue', body ->> '$.details.closingDateTime',
      body ->> '$.details.notes', body ->> '$.status', body ->> '$.substatus', body ->> '$.externalReferenceId'
    FROM referral WHERE organization <> 'msft' ORDER BY seq
    """

  private static let opportunityRows = """
    SELECT Id, Name, Amount, CloseDate, Description, StageName, Referral_Identifier__c FROM Opportunity
    WHERE IsDeleted = 0 ORDER BY seq
    """

  private static let otherRows = """
    SELECT 'account ' || Name || '/' || coalesce(BillingPostalCode, '') FROM Account WHERE IsDeleted = 0
    UNION ALL SELECT 'contact ' || coalesce(Email, '') || ' of ' || coalesce(AccountId, '') FROM Contact WHERE IsDeleted = 0
    UNION ALL SELECT 'role ' || OpportunityId || '/' || ContactId FROM OpportunityContactRole
    UNION ALL SELECT 'line ' || Opportunity__c || '/' || Solution__c FROM Microsoft_Solutions__c WHERE IsDeleted = 0
    UNION ALL SELECT 'microsoft in ' || engagement FROM referral WHERE organization = 'msft'
    """
}
