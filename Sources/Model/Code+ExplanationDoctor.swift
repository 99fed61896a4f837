// What `doctor` alone finds.
extension Explanation {
  static let fileExposed = Explanation(
    "File open to others",
    meaning: "Other users of this machine may read a file that holds secrets or business data, or may write one that "
      + "says which command gives a secret.",
    cause: "The file or folder was made by hand or copied, with the modes that the shell gives.",
    action: "Take the rights away with chmod as the message says; a secret that others could read is worth replacing.")

  static let clockSkewed = Explanation(
    "Clock is wrong",
    meaning: "This machine's clock differs from the services' by more than a sign-in and the age of a plan can bear.",
    cause: "No time service runs, or the machine was suspended.",
    action: "Switch a time service on, such as systemd-timesyncd, and look again.")

  static let configurationUnfit = Explanation(
    "Configuration does not fit the services",
    meaning: "A value of reconcile.yaml is well formed, and the service knows nothing of it.",
    cause: "The organization's id is another one's, or the org offers no such version of the API.",
    action: "Correct the value that the message names.")

  static let refreshTokenEnding = Explanation(
    "Refresh token about to end",
    meaning:
      "Partner Center forgets a refresh token that was not renewed for 90 days, and that moment is near or past.",
    cause: "No run signed in for a long time, or the file of the token could not be rewritten.",
    action:
      "Sign in afresh with `reconcile login partner-center`; from then on each run renews the token.")

  static let applyUnfinished = Explanation(
    "Apply was not finished",
    meaning: "A run of apply was begun and did not come to its end: some of its rows have no outcome.",
    cause: "The process was interrupted, or it stopped at a service that did not answer.",
    action: "Run reconcile apply --resume. It looks first at what became of the requests that have no answer.")

  static let diskShort = Explanation(
    "Disk nearly full",
    meaning: "The disk of state/ has less room than a run may need beside the ledger.",
    cause: "The ledger has grown, or other programs fill the disk.",
    action: "Free disk space, or move the workspace to a larger disk while no run is at work.")
}
