// Telling people and monitoring: E126, E127, E635 to E639.
extension Explanation {
  static let nobodyToTell = Explanation(
    "Nobody to tell",
    meaning: "A notice was to be sent, and no channel is configured.",
    cause: "The section notify has no command, webhook or smtp_url.",
    action: "Add one of them to reconcile.yaml, then run `reconcile notify test`.")

  static let webhookAddressWrong = Explanation(
    "Webhook's address refused",
    meaning: "What notify.webhook refers to is no address, or one to which nothing is sent without encryption.",
    cause: "The secret is not an address such as https://host/path; plain http is accepted for this machine only.",
    action: "Put the whole address into the variable or file that notify.webhook names.")

  static let noticeCommandFailed = Explanation(
    "Command of a notice failed",
    meaning: "The command of notify.command was not started, ended with a status other than 0, or took too long.",
    cause: "The command is misspelt, lacks rights, or waits for something.",
    action: "Correct it, and try it with `reconcile notify test`. The next call that ends alike tells it again.")

  static let noticeWebhookFailed = Explanation(
    "Webhook of a notice failed",
    meaning: "The service behind notify.webhook did not take the notice.",
    cause: "It cannot be reached, does not answer in time, or refuses the address or the shape of the message.",
    action: "Check the address and notify.webhook_shape with `reconcile notify test`. The next call that ends alike "
      + "tells it again.")

  static let noticeMailFailed = Explanation(
    "Mail of a notice failed",
    meaning: "The mail server did not take the notice for at least one recipient.",
    cause: "It cannot be reached, offers no encryption, or refuses the sign-in, the sender or a recipient.",
    action: "Check the keys smtp_url, smtp_user, smtp_password, mail_from and mail_to with `reconcile notify test`.")

  static let metricsUnwritable = Explanation(
    "Metrics not written",
    meaning: "The file of metrics.file could not be replaced; the monitoring sees the former one.",
    cause: "Its folder is missing or not writable, or the disk is full.",
    action: "Make the folder writable for the user of the nightly run.")

  static let noticeMemoryUnwritable = Explanation(
    "Notices not remembered",
    meaning: "What was told could not be noted in state/notices.json, so that the same may be told again.",
    cause: "The folder state/ is not writable, or the disk is full.",
    action: "Make the folder writable, or free disk space.")
}
