extension Code {
  /// How the process ends when this is what stopped it.
  package var exitStatus: ExitStatus {
    switch self {
    case .configurationMissing, .configurationSyntax, .configurationUnknownKey, .configurationWrongType,
      .configurationMissingKey, .secretLiteral, .secretUnreadable, .plainHTTP, .mappingSyntax, .mappingUnknownColumn,
      .mappingMissingColumn, .mappingUnknownWord, .mappingDefaultEdited, .mappingDuplicate, .mappingUnknownField,
      .mappingMissingFile, .mappingEncoding, .mappingContradiction, .fieldMissingInOrg:
      .configuration
    case .wrongUsage, .runUnknown:
      .usage
    case .signInRefused, .permissionRefused:
      .signIn
    case .snapshotIncomplete, .exportUnreadable, .recordWithoutID:
      .incomplete
    case .snapshotEmpty, .snapshotShrunk, .canaryMissing, .planUsed, .planStale, .planAltered, .safetyLimit,
      .mappingChanged, .irreversibleUnconfirmed, .decisionsAltered, .decisionUnknown, .ledgerOtherOrg:
      .safetyStop
    case .ledgerLocked:
      .locked
    default:
      .error
    }
  }
}
