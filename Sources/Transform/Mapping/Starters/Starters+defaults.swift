// Generated from mappings/defaults.csv; StartersTests says how.

extension Starters {
  static let defaults = #"""
    # Values for required Salesforce fields that Partner Center does not know, set when a record is created.\#n\#
    # Example:\#n# Opportunity,LeadSource,Partner\#nobject,field,value\#n
    """#
}
