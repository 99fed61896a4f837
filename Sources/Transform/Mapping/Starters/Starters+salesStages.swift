// Generated from mappings/values/sales-stages.csv; StartersTests says how.

extension Starters {
  static let salesStages = #"""
    # Sales stage in Partner Center and stage in Salesforce, for the row Sales stage of fields.csv; several \#
    stages may be one.\#n\#
    # Deals show either words, as here, or percentages: 20%, 40%, 60%, 80%, 100%. Use what your deals show.\#n\#
    partner_center,salesforce\#nQualify,Prospecting\#nQualify,Qualification\#nQualify,Co-sell Active\#n\#
    Develop,Needs Analysis\#nDevelop,Value Proposition\#nDevelop,Id. Decision Makers\#n\#
    Propose,Perception Analysis\#nPropose,Proposal/Price Quote\#nClose,Negotiation/Review\#nClose,Closed Won\#n\#
    ,Closed Lost\#n,Co-sell On Hold\#n
    """#
}
