// Generated from mappings/values/help-types.csv; StartersTests says how.

extension Starters {
  static let helpTypes = #"""
    # The help that Microsoft is asked for: Partner Center's code and the value of the picklist in Salesforce.\#n\#
    # Unknown has no value on the other side: no help is asked.\#npartner_center,salesforce\#n\#
    WorkloadSpecificValueProposition,Workload Specific Value Proposition\#n\#
    CustomerTechnicalArchitecture,Customer Technical Architecture\#n\#
    ProofOfConceptOrDemo,Proof Of Concept or Demo\#nQuotesOrLicensing,Quotes or Licensing\#n\#
    PostSalesCustomerSuccess,Post Sales Customer Success\#nGeneralOrOther,General or Other\#nUnknown,\#n
    """#
}
