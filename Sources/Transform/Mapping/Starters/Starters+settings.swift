// Generated from mappings/settings.csv; StartersTests says how.

extension Starters {
  static let settings = #"""
    # What the connector called environment variables. Write into current_value; leave it empty to use the \#
    default.\#n# default_value is there to read: editing it is an error.\#n\#
    setting,default_value,current_value,description\#n\#
    Display check mark in the opportunity name,Yes,,Yes or No. Yes shows a check mark after the name of an \#
    opportunity that is in sync and a cross mark after one that failed. No takes old marks away.\#n\#
    Active stage name,Co-sell Active,,Stage of an opportunity whose referral is accepted. Moving out of the \#
    on-hold stage accepts the referral.\#n\#
    On-hold stage name,Co-sell On Hold,,Stage of an opportunity whose referral is new and not yet accepted. \#
    Nothing is sent from this stage.\#n\#
    Sync Co-sell opportunity,Yes,,Yes or No. Yes lets only co-sell and pipeline-sharing referrals into \#
    Salesforce; No lets leads in as well.\#n\#
    Closed won stage name,Closed Won,,Stage of an opportunity whose referral was closed as won.\#n\#
    Closed lost stage name,Closed Lost,,"Stage of an opportunity whose referral was closed as lost, declined or \#
    expired."\#n\#
    Private deals,sync,,"sync or skip. What happens to deals without Microsoft's help that its sellers cannot \#
    see."\#n\#
    Expired referral,flag,,"close or flag. close sets the closed lost stage when a referral expires unanswered, \#
    flag only reports it."\#n\#
    Default currency,,,"Three-letter code (ISO 4217) for a Salesforce org without multiple currencies. Empty: the \#
    org has its own currency field."\#n\#
    Close date time zone,UTC,,Time zone such as Europe/Berlin in which Partner Center's moment becomes \#
    Salesforce's day.\#n\#
    Lead target,Opportunity,,Opportunity or skip. What a marketplace or qualified lead becomes when leads are let \#
    in.\#n\#
    Customer agreed to share information,No,,Yes or No. A legal statement of yours about every referral that is \#
    created from Salesforce. Without Yes none is created.\#n\#
    Customer agreed to be contacted,No,,Yes or No. A legal statement of yours about every referral that is \#
    created from Salesforce. Without Yes none is created.\#n\#
    Customer marketplace intent,HaveNotDecided,,"HaveNotDecided, Yes or No. The answer sent with every referral \#
    that is created from Salesforce."\#n\#
    Deal value is calculated,No,,"Yes or No. Yes says that the deal value field is a formula: it is never written,\#
     and reported where it differs."\#n\#
    Lost reason,Other,,Reason sent with a lost deal when the opportunity gives none.\#n\#
    Declined reason,Other,,Reason sent when a referral is declined and the opportunity gives none.\#n\#
    Referral link address,https://partner.microsoft.com/dashboard/v2/referrals/opportunities/{id},,Address \#
    written into Referral Link; {id} stands for the referral's id.\#n\#
    Sync solutions,both,,"both, to_salesforce, to_partner_center or never. Which way later changes of a deal's \#
    solutions are carried."\#n\#
    Sync customer contacts,Yes,,Yes or No. Whether customer contacts that come up in Partner Center later are \#
    attached to the opportunity.\#n\#
    Sync team,both,,"both, to_salesforce, to_partner_center or never. Which way new members of a deal's team are \#
    carried; needs opportunity teams in Salesforce."\#n\#
    Solution assessments,skip,,"skip or sync. What happens to deals for one of the solutions of the next row; \#
    they have stages of their own."\#n\#
    Solution assessment ids,,,"Ids of the solutions that are assessments, parted by blanks. Nothing in a deal \#
    tells them from other solutions."\#n\#
    Account match,name and postal code,,"name and postal code, or name. By what the customer's account is \#
    found."\#n\#
    Show Microsoft's side,Yes,,Yes or No. Whether the report tells how far Microsoft is with a shared deal; takes \#
    one request for every 25 open deals.\#n
    """#
}
