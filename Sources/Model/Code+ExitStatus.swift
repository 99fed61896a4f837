extension Code {
  /// How the process ends when this is what stopped it.
  package var exitStatus: ExitStatus {
    switch self {
    case .configurationMissing, .configurationSyntax, .configurationUnknownKey, .configurationWrongType,
      .configurationMissingKey, .configurationUnfit, .secretLiteral, .secretUnreadable, .secretUnwritable, .plainHTTP,
      .mappingSyntax,
      .mappingUnknownColumn, .mappingMissingColumn, .mappingUnknownWord, .mappingDefaultEdited, .mappingDuplicate,
      .mappingUnknownField,
      .mappingMissingFile, .mappingEncoding, .mappingContradiction, .orgFieldMissing, .orgFieldReadOnly,
      .orgTypeMismatch, .orgTextTooShort, .orgValueMissing,
      .orgStageWrong, .orgFieldRequired, .fieldMissingInOrg, .keyUnusable, .keyUnwritable, .nobodyToTell,
      .webhookAddressWrong:
      .configuration
    case .wrongUsage, .runUnknown, .runRemoved, .recordUnknown, .replanUnavailable, .replanColumnMissing,
      .relinkClaimed, .undoUnavailable, .recordingUnusable, .copySourceUnusable, .copyOverlap, .copyUnsafe,
      .packageFolderUnusable:
      .usage
    case .signInRefused, .permissionRefused, .codeExpired, .signInDeclined, .applicationRefused,
      .refreshTokenMissing, .refreshTokenEnding:
      .signIn
    case .snapshotIncomplete, .exportUnreadable, .exportCapped, .recordWithoutID:
      .incomplete
    case .snapshotEmpty, .snapshotShrunk, .canaryMissing, .planUsed, .planStale, .planAltered, .safetyLimit,
      .planOfOtherLedger, .snapshotAltered, .planUnexpected, .planTooOld,
      .mappingChanged, .mappingMiscounted, .irreversibleUnconfirmed, .decisionsAltered, .decisionUnknown,
      .ledgerOtherOrg,
      .quotaReserved, .requestsSpent, .touchedNeedsPlan:
      .safetyStop
    case .ledgerLocked:
      .locked
    case .interrupted:
      .interrupted
    case .inSync, .changedInPartnerCenter, .changedInSalesforce, .closedOnBothSides, .leadFiltered,
      .privateDealSkipped, .ownedByAnotherOrganization, .closedBeforeLinked, .notTicked, .waitingOnHold,
      .untickedPair, .referralNotVisible, .opportunityNotVisible, .closedInPartnerCenter, .newFromPartnerCenter,
      .newFromSalesforce, .linkRecorded, .filledWhereEmpty, .putBack, .leftOnHoldStage, .closedInSalesforce,
      .acceptedInPartnerCenter, .syncMark, .rejectedByReviewer, .keptEmptyValue, .oneSideLeads, .policyDecided,
      .expired, .decidedByReviewer, .contactOfReferral, .solutionOfReferral,
      .solutionOfOpportunity, .solutionRemoved, .teamMember, .helpAsked, .assessmentSkipped, .notShared,
      .orgValueUnmapped, .leadOfReferral, .noteOfReferral, .takenBack, .leftByHand, .takenBackAlready,
      .fromChangedMapping, .workspaceNotEmpty, .fileExposed, .clockSkewed, .unreachable,
      .timedOut, .malformedAnswer, .answerTooLarge, .throttled, .serviceFailed, .redirectRefused,
      .requestRefused, .staleRecord, .outcomeUnknown, .recordGone, .connectionLost, .tlsFailed, .serviceAbandoned,
      .jobFailed, .webhookRegistered, .webhookMissing, .webhookUndelivered, .webhookAddress, .listenerUnavailable,
      .trustUnreadable, .queueUnusable, .ledgerUnreadable, .ledgerNewer, .ledgerUnwritable, .ledgerNotShrunk,
      .applyUnfinished, .diskShort, .notAttempted, .reportUnwritable, .reportsUnremovable, .outputUnwritable,
      .noticeCommandFailed, .noticeWebhookFailed, .noticeMailFailed, .metricsUnwritable, .noticeMemoryUnwritable,
      .categoryUnknown, .statusUnknown,
      .unknownCRMRecord,
      .identityDuplicate, .identityDisagreement, .countryMissing, .countryInvalid, .solutionMissing,
      .contactMissing, .contactIncomplete, .dealValueMissing, .closeDateMissing, .currencyInvalid,
      .teamMemberMissing, .textTooLong, .accountAmbiguous, .solutionUnknown, .consentMissing, .valueUnreadable,
      .closeReasonMissing, .visibilityOneWay, .lockedField, .conflict, .conflictFirstContact, .emptyRefused,
      .stageUnmapped, .nameMissing, .lastSolution, .addressMissing, .servicesIncomplete, .editedSince,
      .undoBlocked:
      .error
    }
  }
}
