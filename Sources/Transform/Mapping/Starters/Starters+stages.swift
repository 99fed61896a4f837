// Generated from mappings/stages.csv; StartersTests says how.

extension Starters {
  static let stages = #"""
    # Status of a referral and stage of an opportunity. Many stages may mean one status; one stage is set for a \#
    status.\#n\#
    # @NAME is the value of that setting. to_salesforce: set this stage. to_partner_center: this stage means this \#
    status.\#n\#
    # Any other open stage outside the on-hold stage means that the referral is accepted and needs no row.\#n\#
    status,substatus,salesforce_stage,to_salesforce,to_partner_center\#n\#
    New,Received,@On-hold stage name,always,never\#nActive,Accepted,@Active stage name,always,always\#n\#
    Closed,Won,@Closed won stage name,always,always\#nClosed,Lost,@Closed lost stage name,always,always\#n\#
    Closed,Declined,@Closed lost stage name,always,never\#nClosed,Expired,@Closed lost stage name,always,never\#n
    """#
}
