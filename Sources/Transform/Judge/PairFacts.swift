package import Model

/// Everything that is known of one pair, or of one record alone, when it is judged.
package struct PairFacts: Sendable {
  /// The referral; nil for an opportunity alone.
  package var referral: Record?
  /// The opportunity; nil for a referral alone.
  package var opportunity: Record?
  /// The last agreed values, by label.
  package var base: AgreedValues
  /// The referral that the ledger links an opportunity alone with; nil when it links none.
  package var linkedReferral: String?
  /// What an opportunity alone was told last of why it is not shared; nil when it was told nothing (R25).
  package var told: String?
  /// Whether an earlier run created the opportunity for the referral and never came to tick it: the pair is in play
  /// although the box is empty, since no seller emptied it (R2).
  package var owesTick = false
  /// The neighbours that a new opportunity may be attached to.
  package var neighbours: Neighbours

  /// Accounts, contacts and catalogue rows of Salesforce that fit a referral, by what they were looked up with.
  package struct Neighbours: Sendable {
    /// Accounts of that name and postal code (R45).
    package var accounts: [Record]
    /// Contacts by e-mail address (R50).
    package var contacts: [String: [Record]]
    /// Rows of the solution catalogue by identifier (R94).
    package var solutions: [String: [Record]]
    /// Active users by e-mail address (R91).
    package var users: [String: [Record]]
    /// Microsoft's records of the deal's engagement (R74).
    package var connected: [Record]
    /// Whether the snapshot asked for those at all; exported files do not hold them.
    package var knowsConnected = false
    /// Leads that hold the referral's id (R49).
    package var leads: [Record]

    /// What was found; by default nothing.
    package init(
      accounts: [Record] = [], contacts: [String: [Record]] = [:], solutions: [String: [Record]] = [:],
      users: [String: [Record]] = [:], connected: [Record] = [], leads: [Record] = []
    ) {
      self.accounts = accounts
      self.contacts = contacts
      self.solutions = solutions
      self.users = users
      self.connected = connected
      self.leads = leads
    }
  }

  /// Facts of a pair or of a record alone.
  package init(
    referral: Record? = nil, opportunity: Record? = nil, base: [String: String] = [:],
    linkedReferral: String? = nil, told: String? = nil, neighbours: Neighbours = Neighbours()
  ) {
    self.referral = referral
    self.opportunity = opportunity
    self.base = AgreedValues(base)
    self.linkedReferral = linkedReferral
    self.told = told
    self.neighbours = neighbours
  }

  /// The ids of both records.
  package var key: PairKey {
    PairKey(referralID: referral?.id ?? "", opportunityID: opportunity?.id ?? "")
  }

  /// The versions that a write of this pair is guarded by.
  package var versions: PlanRow.Versions {
    PlanRow.Versions(
      referral: referral?["eTag"] ?? "", opportunity: opportunity?["LastModifiedDate"] ?? "",
      account: opportunity?["Account.LastModifiedDate"] ?? "")
  }
}
