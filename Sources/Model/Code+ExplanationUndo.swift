// What becomes of the rows of a run that is undone: N144 to N146, E621, E732, E733.
extension Explanation {
  static let takenBack = Explanation(
    "Taken back",
    meaning:
      "The value that stood there before an earlier run is written again, or a solution that it added is taken off.",
    cause: "reconcile undo was run for that run, and the record still shows what the run wrote.",
    action:
      "Leave the decision at apply. Once applied, the change that was taken back is not proposed again until a value "
      + "moves.")

  static let leftByHand = Explanation(
    "Cannot be taken back by the tool",
    meaning:
      "The earlier run did something that no program takes back: it made a record, accepted or closed a deal, showed "
      + "it to Microsoft, or added to a list.",
    cause: "Nothing is ever deleted, and Partner Center opens no deal again.",
    action: "Do what the row's reason says, by hand, if it is to be undone at all.")

  static let takenBackAlready = Explanation(
    "Taken back already",
    meaning: "The record shows what stood there before the earlier run, or an undo that was applied took the row back.",
    cause: "Somebody set the value back, or reconcile undo was run twice.",
    action: "Nothing.")

  static let undoUnavailable = Explanation(
    "Nothing to undo",
    meaning: "The run wrote nothing, so that nothing can be taken back.",
    cause: "Its plan was not applied, or every row of it was held, rejected or refused.",
    action: "reconcile runs lists the runs and how far they came; name one that was applied.")

  static let editedSince = Explanation(
    "Edited since",
    meaning: "The earlier run's value is not there any more: somebody wrote another one, which stays.",
    cause: "A person or a later run changed the record after that run.",
    action: "Compare the values that the row names. Set the field by hand if the former value is right.")

  static let undoBlocked = Explanation(
    "No way back",
    meaning: "The write cannot be taken back now.",
    cause:
      "The record is gone or belongs elsewhere, the referral is closed, the mapping does not write the field any more, "
      + "it is the last solution, or nobody knows whether the write took effect.",
    action: "The row's reason says which. Put it right and run reconcile undo again, or set the value by hand.")
}
