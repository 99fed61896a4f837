import Model

/// What one element of a list, such as a solution, asks for.
enum ListDecision: Hashable, Sendable {
  /// Both sides have it.
  case same
  /// Neither side has it any more.
  case gone
  /// It is new on the other side.
  case add(ChangeDirection)
  /// It was taken off the list on the other side.
  case remove(ChangeDirection)
}

/// The merge of lists, element by element.
///
/// Pure, and the whole truth.
enum ListMerge {
  /// Decides by where the element stands, and whether both sides had it when they last agreed.
  ///
  /// | base | Partner Center | Salesforce | decision |
  /// |------|----------------|------------|----------|
  /// | any  | has it         | has it     | same |
  /// | any  | has it not     | has it not | gone |
  /// | no   | has it         | has it not | add to Salesforce |
  /// | no   | has it not     | has it     | add to Partner Center |
  /// | yes  | has it         | has it not | remove from Partner Center |
  /// | yes  | has it not     | has it     | remove from Salesforce |
  static func decide(inBase: Bool, inPartnerCenter: Bool, inSalesforce: Bool) -> ListDecision {
    switch (inBase, inPartnerCenter, inSalesforce) {
    case (_, true, true): .same
    case (_, false, false): .gone
    case (false, true, false): .add(.toSalesforce)
    case (false, false, true): .add(.toPartnerCenter)
    case (true, true, false): .remove(.toPartnerCenter)
    case (true, false, true): .remove(.toSalesforce)
    }
  }
}
