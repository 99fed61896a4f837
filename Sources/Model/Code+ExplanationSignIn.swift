/// The texts of the codes of signing in for the first time, and of preparing an org.
extension Explanation {
  static let keyUnusable = Explanation(
    "No usable key",
    meaning: "The file of salesforce.private_key is there and holds no RSA key of at least 2,048 bits in PEM form. It "
      + "was left as it is.",
    cause: "The file holds a certificate, a key of another kind, a key with a password, or a part of a key.",
    action: "Put the right key back, or run reconcile login salesforce --new-key, which sets the file aside and makes "
      + "a new key.")

  static let keyUnwritable = Explanation(
    "Key cannot be written",
    meaning: "A new key or its certificate cannot be stored.",
    cause: "salesforce.private_key names no file, or its folder cannot be written.",
    action: "Use file:PATH in a folder that this user may write, such as file:secrets/salesforce.key.")

  static let packageFolderUnusable = Explanation(
    "Package folder cannot be used",
    meaning: "The metadata for Salesforce cannot be written into the folder. Nothing was written.",
    cause: "The folder holds something already, or this user may not write there.",
    action: "Name an empty or a new folder.")

  static let codeExpired = Explanation(
    "Device code is over",
    meaning: "Nobody approved the sign-in to Partner Center while its code was good. Nothing was stored.",
    cause: "The code was not entered, or the sign-in on the page was not finished within its 15 minutes.",
    action: "Run reconcile login partner-center again and enter the new code.")

  static let signInDeclined = Explanation(
    "Sign-in declined",
    meaning: "The person at the sign-in page, or a rule in their place, declined. Nothing was stored.",
    cause: "Somebody chose Cancel, or the user may not give this app what it asks for.",
    action: "Run reconcile login partner-center again and approve it as the user who has the role Referrals admin.")

  static let applicationRefused = Explanation(
    "App refused",
    meaning: "Partner Center's sign-in service does not let the app sign users in this way. Nothing was stored.",
    cause: "The app's id, directory or secret is wrong, or its registration does not allow the flow.",
    action: "Follow the fix of the message; docs/signing-in.md shows the whole registration.")

  static let refreshTokenMissing = Explanation(
    "No refresh token",
    meaning: "The sign-in was approved, but no refresh token came of it, without which no night could sign in. Nothing "
      + "was stored.",
    cause: "The app lacks the permission offline_access.",
    action: "Add offline_access to the app's permissions, grant admin consent, and sign in again.")
}
