// Events of Partner Center: where they are sent, how they are heard, and runs about them alone.
extension Explanation {
  static let webhookRegistered = Explanation(
    "Events go to another address",
    meaning:
      "Partner Center sends the events of this tenant to another address, and a tenant has one. It was left alone.",
    cause: "Another program, such as Microsoft's connector, or an earlier address of this one is registered.",
    action: "If nothing else needs them any more: `reconcile webhook register --overwrite`.")

  static let webhookMissing = Explanation(
    "No address for events",
    meaning: "Partner Center sends the events of this tenant nowhere.",
    cause: "No address was registered yet, or the workspace signs in to another tenant.",
    action: "Run `reconcile webhook register`.")

  static let webhookUndelivered = Explanation(
    "Test event not delivered",
    meaning: "Partner Center raised a test event, and the registered address did not take it.",
    cause:
      "`reconcile webhook listen` does not run, the proxy before it does not pass the call on, a firewall is in the "
      + "way, or the listener refused the call: it says why in its messages.",
    action: "Look at the listener's messages and the proxy's log, then run `reconcile webhook test` again.")

  static let webhookAddress = Explanation(
    "No usable address for events",
    meaning: "Events are sent to a public https address, and none was given.",
    cause: "webhooks.url is missing in reconcile.yaml, or the address begins with http://.",
    action: "Set webhooks.url to the address of the proxy before the listener, or pass --url.")

  static let listenerUnavailable = Explanation(
    "Cannot listen",
    meaning: "The listener cannot take its port.",
    cause: "Another process has the port, or the user may not take ports below 1024.",
    action: "Pass another --port, and tell the proxy.")

  static let trustUnreadable = Explanation(
    "Trusted certificates unreadable",
    meaning: "The file of webhooks.trusted_certificates cannot be read or holds no certificate.",
    cause: "The path is wrong, or the file is no PEM text.",
    action: "Correct the path, or leave the key out: the roots of the system are then trusted.")

  static let queueUnusable = Explanation(
    "Queue of events unusable",
    meaning: "state/touched.sqlite, which keeps the referrals that events named, cannot be read or written.",
    cause: "The disk is full, the folder belongs to another user, or the file is damaged.",
    action:
      "Free disk space and check the folder. A damaged file may be removed while the listener is stopped: the next "
      + "full plan finds what its events would have told.")

  static let touchedNeedsPlan = Explanation(
    "A full plan is needed first",
    meaning:
      "A run about single referrals rests on a full plan by the same mapping, and there is none. The events stay queued.",
    cause: "There was no plan yet, or the mapping was edited since or is not confirmed.",
    action: "Run `reconcile plan`, confirm the mapping where it asks for it, and run --touched again.")
}
