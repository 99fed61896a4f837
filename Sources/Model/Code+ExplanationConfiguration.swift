// Configuration and mapping files: E101 to E210.
extension Explanation {
  static let configurationMissing = Explanation(
    "No configuration",
    meaning: "The workspace is no folder, has no readable reconcile.yaml, or cannot be written when it is made.",
    cause: "The command ran in another folder, the workspace was never made, or it belongs to another user.",
    action: "Name the workspace with --workspace or RECONCILE_WORKSPACE, or make one with reconcile init.")

  static let configurationSyntax = Explanation(
    "Configuration is no YAML",
    meaning: "reconcile.yaml cannot be parsed.",
    cause: "Indentation, quotes or brackets are not right at the line that the message names, a key stands twice, or "
      + "the file is not UTF-8.",
    action: "Correct that line. Values with a colon or a # need quotes.")

  static let configurationUnknownKey = Explanation(
    "Unknown key in the configuration",
    meaning: "reconcile.yaml holds a key that does not exist.",
    cause: "The key is misspelt, or stands in the wrong section.",
    action: "Correct the key that the message names. Unknown keys are refused so that a typing error cannot switch a "
      + "limit off.")

  static let configurationWrongType = Explanation(
    "Wrong type in the configuration",
    meaning: "The value of a key is not of its type.",
    cause: "A number in a range, a list, an address, a version or one of a few words was expected.",
    action: "Correct the value that the message names.")

  static let configurationMissingKey = Explanation(
    "Missing key in the configuration",
    meaning: "A key that the command needs is not in reconcile.yaml.",
    cause: "The section was not filled in, or the key was removed.",
    action: "Add the key that the message names, set its environment variable, or read that side from exported files.")

  static let secretLiteral = Explanation(
    "Secret written into the configuration",
    meaning: "A secret stands in reconcile.yaml itself, which is refused.",
    cause: "The value does not begin with env:, file: or cmd:.",
    action: "Move the secret into an environment variable or a file of mode 0600, refer to it, and replace the secret "
      + "if the file was shared.")

  static let secretUnreadable = Explanation(
    "Secret cannot be read",
    meaning: "A secret that reconcile.yaml refers to is not to be had.",
    cause: "The variable is not set, the file cannot be read or is empty, or the command failed or took more than 60 "
      + "seconds.",
    action: "Set the variable, correct path and permissions, or run the command by hand.")

  static let secretUnwritable = Explanation(
    "New refresh token cannot be kept",
    meaning:
      "The service replaced the refresh token, and the new one could not be stored. The old one may hold no more.",
    cause: "The file of the token, or its folder, is not writable, the disk is full, or the secret is referred to by "
      + "env: or cmd:, where nothing can be stored.",
    action:
      "Refer to the refresh token by file: and make that file and its folder writable. Sign in afresh if the next "
      + "run is refused.")

  static let recordingUnusable = Explanation(
    "Folder of a recording cannot be used",
    meaning:
      "The folder that --record names is not empty or cannot be written, or the one that --replay names holds no "
      + "recording.",
    cause: "Another recording lies there, or the path is wrong.",
    action: "Name an empty or a new folder for --record, and the folder of one recording for --replay.")

  static let plainHTTP = Explanation(
    "Address without encryption",
    meaning: "An address is http and not on this machine, and no token is sent there.",
    cause: "reconcile.yaml or a service names such an address.",
    action: "Use https. Plain http is accepted for localhost, ::1 and 127.0.0.0/8 alone, as the sandbox needs it.")

  static let workspaceNotEmpty = Explanation(
    "Folder is not empty",
    meaning: "A workspace is not made over files that are there already.",
    cause: "The folder holds something besides .git.",
    action: "Name an empty or a new folder.")

  static let wrongUsage = Explanation(
    "Wrong usage",
    meaning: "The command line does not make sense.",
    cause: "An argument is unknown, missing, or contradicts another one.",
    action: "Read the message, or reconcile help COMMAND.")

  static let mappingSyntax = Explanation(
    "Mapping file is no table",
    meaning: "A file of mappings/ cannot be read as a table.",
    cause: "A quote is not closed, the header row is missing, or a row has more or fewer cells than the header.",
    action: "Correct the place that the message names. A cell with a comma or a quote needs quotes around it.")

  static let mappingUnknownColumn = Explanation(
    "Unknown column",
    meaning: "A mapping file has a column that does not exist.",
    cause: "The title is misspelt, or a column was added.",
    action: "Rename or remove the column. Remarks belong in note, or on a line that begins with #.")

  static let mappingMissingColumn = Explanation(
    "Missing column",
    meaning: "A mapping file lacks a column that must be there.",
    cause: "The column was deleted, or its title was changed.",
    action: "Put the column back. Its cells may be empty where the file's description says so.")

  static let mappingUnknownWord = Explanation(
    "Unknown word",
    meaning: "A cell holds a word that is none of those allowed there, or is empty where a word is due.",
    cause: "The word is misspelt, or belongs in another column.",
    action: "Use one of the words that the message names.")

  static let mappingDefaultEdited = Explanation(
    "Default value edited",
    meaning: "The column default_value of settings.csv was changed, which is refused.",
    cause: "The value was written into the wrong column.",
    action: "Put the default back and write the value into current_value.")

  static let mappingDuplicate = Explanation(
    "Stands twice",
    meaning: "A label, a setting, a column, a field that is written, or a value stands twice, and it is not clear "
      + "which one counts.",
    cause: "A row was copied, or two rows write the same field.",
    action: "Remove one of the two rows, or set the direction of one to never.")

  static let mappingUnknownField = Explanation(
    "Unknown field",
    meaning: "A path of the referral or a field of Salesforce is not known or not well formed.",
    cause: "The path is misspelt, or the label of a field was used in place of its API name.",
    action: "Use the path that the message suggests, or the API name with its object in front: Opportunity.Amount.")

  static let mappingMissingFile = Explanation(
    "Missing or unknown file",
    meaning: "A mapping file is named but not there, cannot be read, is too long, or has a name that means nothing.",
    cause: "map:FILE names a file that values/ does not hold, or a stray CSV file lies in mappings/.",
    action: "Add the file to mappings/values/, correct its name, or move the stray file away.")

  static let mappingEncoding = Explanation(
    "Mapping file is not UTF-8",
    meaning: "A mapping file holds bytes that are no UTF-8.",
    cause: "A spreadsheet saved the file in another encoding.",
    action: "Save it again as CSV UTF-8.")

  static let mappingContradiction = Explanation(
    "Parts do not go together",
    meaning: "Cells of a row, or two rows, contradict each other or what Partner Center and Salesforce allow.",
    cause: "A field is to be written that is read-only or locked, a transform does not fit the value, a stage means "
      + "two statuses, or a required row is missing.",
    action: "Follow the message. To switch a required row off, set both of its directions to never.")
}
