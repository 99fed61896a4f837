extension Precondition {
  /// The table of all preconditions.
  package var row: Row {
    switch self {
    // The workspace.
    case .configuration:
      Row(.workspace, "Configuration", why: "A typing error in reconcile.yaml could switch a limit off.")
    case .privateFiles:
      Row(.workspace, "Private files", why: "Secrets, ledger and reports are for the user alone who runs reconcile.")
    case .folders:
      Row(.workspace, "Folders", why: "A run that cannot write its ledger or its reports does nothing.")
    case .disk:
      Row(.workspace, "Free disk", why: "A night writes beside the ledger what moved, and at worst as much again.")

    // The mapping files.
    case .mappingFiles:
      Row(.mapping, "Mapping files", why: "A mistake in them stops every run before it reads anything.")
    case .differingStages:
      Row(
        .mapping, "Differing stages", needs: [.mappingFiles],
        why: "Leaving the on-hold stage accepts a referral; where two stages are one, that cannot be told.")
    case .consent:
      Row(
        .mapping, "Consent", needs: [.mappingFiles],
        why: "Without the statement that the customers agreed, no referral is created from Salesforce.")

    // The ledger.
    case .ledger:
      Row(.ledger, "Integrity", why: "It holds what both sides last agreed on; damage would pass for edits of users.")
    case .parties:
      Row(
        .ledger, "Same services", needs: [.ledger, .configuration],
        why: "A ledger of staging in front of production would take every record for a deleted one.")
    case .lock:
      Row(.ledger, "Lock", why: "While one run holds it, every other one ends at once with 6.")
    case .unfinishedApply:
      Row(
        .ledger, "Unfinished apply", needs: [.ledger],
        why: "Some of its writes have no known outcome until it is resumed.")
    case .waitingPlan:
      Row(
        .ledger, "Waiting plan", needs: [.ledger],
        why: "A plan is a prediction; past its age apply refuses it, and the review was for nothing.")

    // Partner Center.
    case .partnerCenterKeys:
      Row(
        .partnerCenter, "Keys", needs: [.configuration],
        why: "They say where Partner Center is, and as whom to sign in.")
    case .partnerCenterSecrets:
      Row(
        .partnerCenter, "Secrets", needs: [.configuration],
        why: "Without the app's secret and the user's refresh token nobody can sign in.")
    case .partnerCenterSignIn:
      Row(
        .partnerCenter, "Sign-in", needs: [.partnerCenterKeys, .partnerCenterSecrets],
        why: "The connection of the Partner Center user: without it no referral is read.")
    case .tokenAge:
      Row(
        .partnerCenter, "Refresh token", needs: [.partnerCenterKeys],
        why: "A token that no run renewed for 90 days is forgotten, and a person has to sign in again.")
    case .referrals:
      Row(
        .partnerCenter, "Referrals", needs: [.partnerCenterSignIn],
        why: "The user must see the co-sell referrals in Partner Center, through its API.")
    case .role:
      Row(
        .partnerCenter, "Role", needs: [.referrals],
        why: "A Referrals admin sees all deals, a Referrals user own ones only, and the rest would seem to be missing.")
    case .organization:
      Row(
        .partnerCenter, "Organization", needs: [.referrals],
        why: "It tells own referrals from other organizations'; with a wrong id every deal is left out.")

    // Salesforce.
    case .salesforceKeys:
      Row(
        .salesforce, "Keys", needs: [.configuration],
        why: "They say where one signs in to Salesforce, and as whom.")
    case .salesforceSecrets:
      Row(
        .salesforce, "Secrets", needs: [.configuration],
        why: "Without the key or the secret of the app nobody can sign in.")
    case .salesforceSignIn:
      Row(
        .salesforce, "Sign-in", needs: [.salesforceKeys, .salesforceSecrets],
        why: "The connection of the CRM user: without it no opportunity is read.")
    case .apiVersion:
      Row(
        .salesforce, "API version", needs: [.salesforceSignIn],
        why: "Salesforce retires old versions of its API; every call names one.")
    case .apiQuota:
      Row(
        .salesforce, "API calls left", needs: [.salesforceSignIn, .apiVersion],
        why: "The calls of 24 hours are shared with every other program of the org; a run stops before they are spent.")
    case .objects:
      Row(
        .salesforce, "Objects", needs: [.salesforceSignIn, .apiVersion],
        why: "An object that the user may not see looks like one without records.")
    case .recordAccess:
      Row(
        .salesforce, "Record access", needs: [.objects, .mappingFiles],
        why: "What the user may not write fails row by row, in the middle of an apply.")
    case .customFields:
      Row(
        .salesforce, "Custom fields", needs: [.objects, .mappingFiles],
        why: "The fields of Microsoft's package tell which opportunities are shared, and hold their referrals' ids.")
    case .syncField:
      Row(
        .salesforce, "Sync field", needs: [.objects, .mappingFiles],
        why: "Sync with Partner Center is the seller's word that a deal may be shared.")
    case .solutions:
      Row(
        .salesforce, "Solutions", needs: [.salesforceSignIn, .apiVersion],
        why: "A deal is shared only with at least one co-sell ready or Microsoft solution.")
    case .notes:
      Row(
        .salesforce, "Notes", needs: [.salesforceSignIn, .apiVersion, .mappingFiles],
        why: "Texts that the mapping carries into notes need the org's Notes to be switched on.")
    case .teams:
      Row(
        .salesforce, "Opportunity teams", needs: [.salesforceSignIn, .apiVersion, .mappingFiles],
        why: "The members of a referral's team go into the opportunity's team.")
    case .stages:
      Row(
        .salesforce, "Stages", needs: [.salesforceSignIn, .apiVersion, .mappingFiles],
        why: "A referral's status is told by the opportunity's stage, and Salesforce takes any text for one.")
    case .country:
      Row(
        .salesforce, "Country", needs: [.objects, .mappingFiles],
        why: "A new referral needs the customer's two-letter country code.")
    case .currency:
      Row(
        .salesforce, "Currency", needs: [.objects, .mappingFiles],
        why: "A deal value without its currency is no value.")
    case .mappingFit:
      Row(
        .salesforce, "Mapping and org", needs: [.objects, .mappingFiles],
        why: "A field, a value or a default that the org does not take fails when it is written.")

    // Both.
    case .renewedTokens:
      Row(
        .bothServices, "Renewed tokens", needs: [.configuration],
        why: "A service may replace a refresh token at any sign-in; one that is not kept is lost.")
    case .clock:
      Row(
        .bothServices, "Clock", why: "Sign-ins hold for minutes, and the age of plans and tokens is told by this clock."
      )
    case .canaries:
      Row(
        .bothServices, "Canaries", needs: [.configuration],
        why: "A record that must be in every snapshot and is not stops each plan.")
    }
  }
}
