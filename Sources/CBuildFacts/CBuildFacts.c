#include "CBuildFacts.h"

#ifndef RECONCILE_COMMIT
#define RECONCILE_COMMIT ""
#endif
#ifndef RECONCILE_COMMIT_DATE
#define RECONCILE_COMMIT_DATE ""
#endif
#ifndef RECONCILE_SWIFT
#define RECONCILE_SWIFT ""
#endif

const char *reconcile_build_commit(void) { return RECONCILE_COMMIT; }
const char *reconcile_build_date(void) { return RECONCILE_COMMIT_DATE; }
const char *reconcile_build_swift(void) { return RECONCILE_SWIFT; }
