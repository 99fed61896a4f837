/// What a code means, for a person who meets it in a report or an error message.
package struct Explanation: Hashable, Sendable {
  /// A few words.
  package let title: String
  /// What is the case.
  package let meaning: String
  /// How it comes about.
  package let cause: String
  /// What to do about it.
  package let action: String

  /// The texts of one code.
  init(_ title: String, meaning: String, cause: String, action: String) {
    self.title = title
    self.meaning = meaning
    self.cause = cause
    self.action = action
  }
}

extension Code {
  /// The explanation that `reconcile explain` prints and `docs/codes.md` holds.
  package var explanation: Explanation {
    switch self {
    case .inSync: .inSync
    case .changedInPartnerCenter: .changedInPartnerCenter
    case .changedInSalesforce: .changedInSalesforce
    case .closedOnBothSides: .closedOnBothSides
    case .leadFiltered: .leadFiltered
    case .privateDealSkipped: .privateDealSkipped
    case .ownedByAnotherOrganization: .ownedByAnotherOrganization
    case .closedBeforeLinked: .closedBeforeLinked
    case .notTicked: .notTicked
    case .waitingOnHold: .waitingOnHold
    case .untickedPair: .untickedPair
    case .referralNotVisible: .referralNotVisible
    case .opportunityNotVisible: .opportunityNotVisible
    case .closedInPartnerCenter: .closedInPartnerCenter
    case .newFromPartnerCenter: .newFromPartnerCenter
    case .newFromSalesforce: .newFromSalesforce
    case .linkRecorded: .linkRecorded
    case .filledWhereEmpty: .filledWhereEmpty
    case .putBack: .putBack
    case .leftOnHoldStage: .leftOnHoldStage
    case .closedInSalesforce: .closedInSalesforce
    case .acceptedInPartnerCenter: .acceptedInPartnerCenter
    case .syncMark: .syncMark
    case .rejectedByReviewer: .rejectedByReviewer
    case .keptEmptyValue: .keptEmptyValue
    case .oneSideLeads: .oneSideLeads
    case .policyDecided: .policyDecided
    case .expired: .expired
    case .decidedByReviewer: .decidedByReviewer
    case .contactOfReferral: .contactOfReferral
    case .solutionOfReferral: .solutionOfReferral
    case .solutionOfOpportunity: .solutionOfOpportunity
    case .solutionRemoved: .solutionRemoved
    case .teamMember: .teamMember
    case .helpAsked: .helpAsked
    case .assessmentSkipped: .assessmentSkipped
    case .notShared: .notShared
    case .orgValueUnmapped: .orgValueUnmapped
    case .fromChangedMapping: .fromChangedMapping
    case .leadOfReferral: .leadOfReferral
    case .noteOfReferral: .noteOfReferral
    case .takenBack: .takenBack
    case .leftByHand: .leftByHand
    case .takenBackAlready: .takenBackAlready
    case .configurationMissing: .configurationMissing
    case .configurationSyntax: .configurationSyntax
    case .configurationUnknownKey: .configurationUnknownKey
    case .configurationWrongType: .configurationWrongType
    case .configurationMissingKey: .configurationMissingKey
    case .secretLiteral: .secretLiteral
    case .secretUnreadable: .secretUnreadable
    case .plainHTTP: .plainHTTP
    case .workspaceNotEmpty: .workspaceNotEmpty
    case .wrongUsage: .wrongUsage
    case .secretUnwritable: .secretUnwritable
    case .recordingUnusable: .recordingUnusable
    case .mappingSyntax: .mappingSyntax
    case .mappingUnknownColumn: .mappingUnknownColumn
    case .mappingMissingColumn: .mappingMissingColumn
    case .mappingUnknownWord: .mappingUnknownWord
    case .mappingDefaultEdited: .mappingDefaultEdited
    case .mappingDuplicate: .mappingDuplicate
    case .mappingUnknownField: .mappingUnknownField
    case .mappingMissingFile: .mappingMissingFile
    case .mappingEncoding: .mappingEncoding
    case .mappingContradiction: .mappingContradiction
    case .orgFieldMissing: .orgFieldMissing
    case .orgFieldReadOnly: .orgFieldReadOnly
    case .orgTypeMismatch: .orgTypeMismatch
    case .orgTextTooShort: .orgTextTooShort
    case .orgValueMissing: .orgValueMissing
    case .orgStageWrong: .orgStageWrong
    case .orgFieldRequired: .orgFieldRequired
    case .unreachable: .unreachable
    case .timedOut: .timedOut
    case .signInRefused: .signInRefused
    case .permissionRefused: .permissionRefused
    case .malformedAnswer: .malformedAnswer
    case .answerTooLarge: .answerTooLarge
    case .throttled: .throttled
    case .serviceFailed: .serviceFailed
    case .redirectRefused: .redirectRefused
    case .requestRefused: .requestRefused
    case .staleRecord: .staleRecord
    case .outcomeUnknown: .outcomeUnknown
    case .recordGone: .recordGone
    case .connectionLost: .connectionLost
    case .tlsFailed: .tlsFailed
    case .serviceAbandoned: .serviceAbandoned
    case .quotaReserved: .quotaReserved
    case .jobFailed: .jobFailed
    case .requestsSpent: .requestsSpent
    case .webhookRegistered: .webhookRegistered
    case .webhookMissing: .webhookMissing
    case .webhookUndelivered: .webhookUndelivered
    case .webhookAddress: .webhookAddress
    case .snapshotIncomplete: .snapshotIncomplete
    case .exportUnreadable: .exportUnreadable
    case .snapshotEmpty: .snapshotEmpty
    case .snapshotShrunk: .snapshotShrunk
    case .canaryMissing: .canaryMissing
    case .fieldMissingInOrg: .fieldMissingInOrg
    case .exportCapped: .exportCapped
    case .ledgerLocked: .ledgerLocked
    case .ledgerUnreadable: .ledgerUnreadable
    case .ledgerNewer: .ledgerNewer
    case .ledgerUnwritable: .ledgerUnwritable
    case .ledgerOtherOrg: .ledgerOtherOrg
    case .decisionsAltered: .decisionsAltered
    case .decisionUnknown: .decisionUnknown
    case .runUnknown: .runUnknown
    case .planUsed: .planUsed
    case .planStale: .planStale
    case .planAltered: .planAltered
    case .safetyLimit: .safetyLimit
    case .notAttempted: .notAttempted
    case .mappingChanged: .mappingChanged
    case .reportUnwritable: .reportUnwritable
    case .irreversibleUnconfirmed: .irreversibleUnconfirmed
    case .recordUnknown: .recordUnknown
    case .replanUnavailable: .replanUnavailable
    case .replanColumnMissing: .replanColumnMissing
    case .mappingMiscounted: .mappingMiscounted
    case .relinkClaimed: .relinkClaimed
    case .planOfOtherLedger: .planOfOtherLedger
    case .snapshotAltered: .snapshotAltered
    case .planUnexpected: .planUnexpected
    case .planTooOld: .planTooOld
    case .undoUnavailable: .undoUnavailable
    case .outputUnwritable: .outputUnwritable
    case .listenerUnavailable: .listenerUnavailable
    case .trustUnreadable: .trustUnreadable
    case .queueUnusable: .queueUnusable
    case .touchedNeedsPlan: .touchedNeedsPlan
    case .categoryUnknown: .categoryUnknown
    case .statusUnknown: .statusUnknown
    case .unknownCRMRecord: .unknownCRMRecord
    case .identityDuplicate: .identityDuplicate
    case .identityDisagreement: .identityDisagreement
    case .countryMissing: .countryMissing
    case .countryInvalid: .countryInvalid
    case .solutionMissing: .solutionMissing
    case .contactMissing: .contactMissing
    case .contactIncomplete: .contactIncomplete
    case .dealValueMissing: .dealValueMissing
    case .closeDateMissing: .closeDateMissing
    case .currencyInvalid: .currencyInvalid
    case .teamMemberMissing: .teamMemberMissing
    case .textTooLong: .textTooLong
    case .accountAmbiguous: .accountAmbiguous
    case .solutionUnknown: .solutionUnknown
    case .consentMissing: .consentMissing
    case .valueUnreadable: .valueUnreadable
    case .closeReasonMissing: .closeReasonMissing
    case .visibilityOneWay: .visibilityOneWay
    case .lockedField: .lockedField
    case .conflict: .conflict
    case .conflictFirstContact: .conflictFirstContact
    case .emptyRefused: .emptyRefused
    case .stageUnmapped: .stageUnmapped
    case .recordWithoutID: .recordWithoutID
    case .nameMissing: .nameMissing
    case .lastSolution: .lastSolution
    case .addressMissing: .addressMissing
    case .servicesIncomplete: .servicesIncomplete
    case .editedSince: .editedSince
    case .undoBlocked: .undoBlocked
    }
  }
}
