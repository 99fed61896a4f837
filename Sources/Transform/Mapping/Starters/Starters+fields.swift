// Generated from mappings/fields.csv; StartersTests says how.

extension Starters {
  static let fields = #"""
    # One row a mapped field. To use another Salesforce field, edit salesforce_field (the API name, not the \#
    label).\#n\#
    # to_salesforce, to_partner_center: always, create (only when the record is created), raise (from off to on), \#
    never\#n# transform: text, decimal, date, boolean, country, currency, map:FILE (a file of values/)\#n\#
    # on_conflict: hold, partner_center, salesforce, newest          on_empty: keep, clear, refuse\#n\#
    field,referral_path,salesforce_field,to_salesforce,to_partner_center,transform,on_conflict,on_empty,note\#n\#
    Deal name,name,Opportunity.Name,always,always,text,hold,refuse,The check or cross mark is never sent\#n\#
    Deal value,details.dealValue,Opportunity.Amount,always,always,decimal,hold,refuse,\#n\#
    Deal value currency code,details.currency,Opportunity.CurrencyIsoCode,always,always,currency,hold,refuse,\#
    Empty the field and set Default currency when the org has one currency\#n\#
    Closing date,details.closingDateTime,Opportunity.CloseDate,always,always,date,hold,refuse,In the zone of \#
    Close date time zone\#nNotes,details.notes,Opportunity.Description,always,always,text,hold,keep,\#n\#
    Customer name,customerProfile.name,Account.Name,create,create,text,hold,refuse,Partner Center locks the \#
    customer after creation\#n\#
    Customer street,customerProfile.address.addressLine1,Account.BillingStreet,create,create,text,hold,keep,\#n\#
    Customer city,customerProfile.address.city,Account.BillingCity,create,create,text,hold,keep,\#n\#
    Customer state,customerProfile.address.state|customerProfile.address.region,Account.BillingState,create,\#
    create,text,hold,keep,The first path that has a text is read; the first is written\#n\#
    Customer postal code,customerProfile.address.postalCode,Account.BillingPostalCode,create,create,text,hold,\#
    keep,Together with the name it finds the account\#n\#
    Customer account country code,customerProfile.address.country,Account.BillingCountry,create,create,country,\#
    hold,refuse,Use Account.BillingCountryCode with state and country picklists\#n\#
    Microsoft help,inviteContext.assistanceRequestCode,Opportunity.How_can_Microsoft_help__c,create,raise,\#
    map:help-types.csv,hold,keep,Asking for help cannot be undone\#n\#
    Referral visibility,consent.consentToShareReferralWithMicrosoftSellers,\#
    Opportunity.Referral_visible_to_Microsoft_sellers__c,always,raise,boolean,hold,keep,Visibility cannot be \#
    undone\#n\#
    Microsoft CRM identifier,trackingInfo.microsoftMsxId,Opportunity.Microsoft_CRM_Identifier__c,always,never,\#
    text,partner_center,keep,Filled when Microsoft accepts\#n\#
    Referral identifier,id,Opportunity.Referral_Identifier__c,always,never,text,partner_center,keep,\#n\#
    Referral link,,Opportunity.Referral_Link__c,always,never,text,partner_center,keep,Made from Referral link \#
    address\#nCRM identifier,externalReferenceId,Opportunity.Id,never,always,text,salesforce,keep,\#n\#
    Sync with Partner Center,,Opportunity.Sync_With_Partner_Center__c,create,never,boolean,salesforce,keep,Ticked \#
    on opportunities that come from Partner Center\#n\#
    Audit,,Opportunity.Audit__c,always,never,text,partner_center,keep,Newest entry first\#n\#
    Loss reason,statusReason,,never,always,text,salesforce,keep,Name your loss reason field; \#
    map:close-reasons.csv translates a picklist\#n\#
    Sales stage,salesStage,,never,always,text,salesforce,keep,Name Opportunity.StageName and map:sales-stages.csv \#
    to send the sales stage\#n
    """#
}
