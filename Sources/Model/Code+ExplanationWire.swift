// The wire and the snapshots: E301 to E406.
extension Explanation {
  static let unreachable = Explanation(
    "Service cannot be reached",
    meaning: "No connection came about.",
    cause: "The network, a proxy or the name service stands in the way, or the service is down.",
    action: "Check the address and the network, then run plan again, or apply --resume if it was apply.")

  static let timedOut = Explanation(
    "No answer in time",
    meaning: "The service took the connection and did not answer within the time limit.",
    cause: "The service or the network is slow.",
    action: "Run plan again. A write that was under way has the outcome unknown, and the next plan finds out about it.")

  static let signInRefused = Explanation(
    "Sign-in refused",
    meaning: "The service does not accept the credentials, or refused a token that it had just issued. No further "
      + "request is sent.",
    cause: "A password, secret, refresh token or certificate has expired or was replaced, or the app lost its "
      + "approval.",
    action: "Sign in afresh and store the new secret. Then run plan again, or apply --resume if it was apply.")

  static let permissionRefused = Explanation(
    "Permission refused",
    meaning: "The account may not do this. One refused write fails its rows; five refusals without one grant end the "
      + "run.",
    cause: "The Partner Center user lacks the role Referrals admin, or the integration user lacks access to an object "
      + "or field.",
    action: "Give the account the right that the message names, then run plan again, or apply --resume if it was "
      + "apply.")

  static let malformedAnswer = Explanation(
    "Answer makes no sense",
    meaning: "What came back is not what the service is documented to send.",
    cause: "A gateway or a proxy answered in place of the service, or the service changed.",
    action: "Look for a proxy or a maintenance page, and run plan again. Report it with the request id if it stays.")

  static let answerTooLarge = Explanation(
    "Answer too large",
    meaning: "An answer is larger than 64 MiB, and the rest of it was not read.",
    cause: "The address leads to something else, or one page of records is enormous.",
    action: "Check the address in reconcile.yaml.")

  static let throttled = Explanation(
    "Throttled",
    meaning: "The service takes no more requests for now, also after the waits that it asked for.",
    cause: "The daily or hourly quota is used up, or other programs use the same account.",
    action: "Wait until the quota is renewed, then run plan again, or apply --resume if it was apply.")

  static let serviceFailed = Explanation(
    "Service failed",
    meaning: "The service answered with an error of its own, also after several attempts.",
    cause: "The service is down or in maintenance.",
    action: "Look at the service's status page and run plan again later.")

  static let redirectRefused = Explanation(
    "Redirect refused",
    meaning: "The service sent on to another host, where no request and no token is sent.",
    cause: "The address in reconcile.yaml is not the service's own, or a proxy interferes.",
    action: "Use the address that the service documents for the API.")

  static let requestRefused = Explanation(
    "Request refused",
    meaning: "The service understood the request and refused it as wrong.",
    cause: "A value breaks a rule of the service: a required field, a picklist, a validation rule, a locked field.",
    action: "Read the service's message in the report, correct the value or the mapping, and plan again.")

  static let staleRecord = Explanation(
    "Changed after the snapshot",
    meaning: "Somebody changed the record after the plan was made, and nothing was written to it.",
    cause: "A person or another program edited the record between plan and apply.",
    action: "Nothing. The next plan compares the record as it is now.")

  static let outcomeUnknown = Explanation(
    "Outcome unknown",
    meaning: "A write was sent and no clear answer came: it may have taken effect, and it is not repeated blindly.",
    cause: "The connection broke, the service failed in the middle, or the process died.",
    action: "Run plan: it sees the record as it is and proposes what is missing.")

  static let recordGone = Explanation(
    "Record is gone",
    meaning: "The service does not find the record.",
    cause: "It was deleted, merged, or withdrawn from the account's sight after the snapshot.",
    action: "Run plan again; the record is then reported as not in the snapshot.")

  static let connectionLost = Explanation(
    "Connection lost",
    meaning: "The connection ended before the answer did, also after several attempts.",
    cause: "The network, a proxy or the service breaks connections off.",
    action: "Check the network, then run plan again, or apply --resume if it was apply.")

  static let tlsFailed = Explanation(
    "No trusted connection",
    meaning: "The service's certificate or its version of TLS was refused, and nothing was sent.",
    cause: "A proxy replaces certificates, the system's list of authorities is old, or the clock is wrong.",
    action:
      "Install the authority of the proxy on this machine, or correct the clock. There is no switch to trust blindly.")

  static let serviceAbandoned = Explanation(
    "Service given up for a while",
    meaning:
      "So many requests in a row came to nothing that nothing more is sent to the service for a minute; then one request "
      + "tries whether it is back.",
    cause: "The service is down, or refuses all work.",
    action: "Look at the service's status page. Then run plan again, or apply --resume if it was apply.")

  static let quotaReserved = Explanation(
    "Daily quota is kept for others",
    meaning:
      "Salesforce's count of API calls in 24 hours reached the share that salesforce.max_api_usage_percent allows, "
      + "and the run was stopped before the org's users suffer.",
    cause: "This tool, or other programs together, used up that share.",
    action:
      "Wait until older calls drop out of the 24 hours, or raise the share. Then run plan again, or apply --resume "
      + "if it was apply.")

  static let jobFailed = Explanation(
    "Bulk job failed",
    meaning: "Salesforce gave up a bulk job, or somebody aborted it. A snapshot from such a job is thrown away; of a "
      + "bulk write, the rows without a result are unknown.",
    cause: "A batch took too long or hit a limit, or an administrator aborted the job.",
    action: "Run plan again. Look at Bulk Data Load Jobs in Salesforce Setup if it stays.")

  static let snapshotIncomplete = Explanation(
    "Snapshot incomplete",
    meaning: "The list of a service ended in disorder, and a part of it is never taken for the whole. Nothing was "
      + "stored.",
    cause: "A page is missing, a page came twice, or fewer rows came than were announced.",
    action: "Run plan again. If it happens every night, report it with the time of the run.")

  static let exportUnreadable = Explanation(
    "Exported file cannot be read",
    meaning: "An exported file is missing, damaged, ends early, or is no list of records. Nothing was stored.",
    cause: "The export broke off, or was edited or converted.",
    action: "Take the export again and do not open it in a spreadsheet.")

  static let snapshotEmpty = Explanation(
    "Snapshot is empty",
    meaning: "A side that held records last time holds none, and the run was stopped.",
    cause: "The account lost its rights, or the export or its filter is wrong.",
    action: "Check rights and export. If the side is truly empty, start with a new workspace.")

  static let snapshotShrunk = Explanation(
    "Snapshot shrank",
    meaning: "More records are missing than safety.max_shrink_percent allows, and the run was stopped.",
    cause: "The account lost sight of records, the export was filtered, or many records were deleted.",
    action: "Check rights and export. If the records are really gone, raise safety.max_shrink_percent for one run.")

  static let canaryMissing = Explanation(
    "Canary missing",
    meaning: "A record of safety.canaries is not in the snapshot, and the run was stopped.",
    cause: "The account lost sight of records, the record was deleted, or safety.canaries holds what cannot be an id.",
    action: "Check rights and export, or name another record in safety.canaries. plan --allow canary goes on without "
      + "them for one run.")

  static let fieldMissingInOrg = Explanation(
    "Field missing",
    meaning: "Salesforce, or the exported file, lacks a field that the mapping names.",
    cause: "The field has another API name, is not visible to the integration user, or was not exported.",
    action: "Add the field there, give access to it, or empty its salesforce_field in mappings/fields.csv.")
}
