// Generated from mappings/values/close-reasons.csv; StartersTests says how.

extension Starters {
  static let closeReasons = #"""
    # Why a deal was lost or declined: the text sent to Partner Center and the value of your picklist in \#
    Salesforce.\#n# To use it, name your field and map:close-reasons.csv in the row Loss reason of fields.csv.\#n\#
    partner_center,salesforce\#nProject budget not adequate,No Budget\#nCustomer did not respond,No Response\#n\#
    Customer chose another vendor,Lost to Competitor\#nCustomer requirement not met,Requirements Not Met\#n\#
    Not a customer,Not a Customer\#nProposed timeline too short,Timeline Too Short\#n\#
    "Abuse, spam or phishing",Spam\#nOther,Other\#n
    """#
}
