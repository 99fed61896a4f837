import Model

/// What the merge of a pair's fields takes from mapping and columns, found once for all pairs of the same shapes.
final class MergePlan: Sendable {
  /// The mapped fields in the order of the file.
  let fields: [MappedField]
  private let key: Key

  /// The shapes that it was found for.
  struct Key: Sendable {
    let referral: Shape
    let opportunity: Shape
    let labels: AgreedLabels

    func isSame(as other: Key) -> Bool {
      referral.isSame(as: other.referral) && opportunity.isSame(as: other.opportunity) && labels === other.labels
    }
  }

  init(mapping: Mapping, for key: Key) {
    self.key = key
    fields = mapping.fields.map { rule in
      MappedField(rule, isFormula: rule.reserved == .dealValue && mapping.settings.hasCalculatedDealValue, for: key)
    }
  }

  /// Whether it was found for these shapes.
  func isFor(_ key: Key) -> Bool { self.key.isSame(as: key) }
}

/// One row of `fields.csv` with its columns and its place in the base.
final class MappedField: Sendable {
  let rule: FieldRule
  let reserved: ReservedField?
  /// Whether both sides have the field.
  let isMapped: Bool
  /// The columns of the referral, of which the first with a text counts.
  let referralColumns: [Int]
  let opportunityColumn: Int?
  /// Its place among the shared labels of the base; nil when it has none there.
  let place: Int?
  /// The ways that the mapping leaves open.
  let routes: FieldRoutes

  init(_ rule: FieldRule, isFormula: Bool, for key: MergePlan.Key) {
    self.rule = rule
    reserved = rule.reserved
    referralColumns = rule.referralPath.alternatives.compactMap { key.referral.position(of: $0) }
    opportunityColumn = rule.salesforceField.flatMap { key.opportunity.position(of: $0.column) }
    isMapped =
      rule.isNote
      ? !rule.referralPath.isEmpty
      : opportunityColumn != nil && (!rule.referralPath.isEmpty || rule.reserved == .referralLink)
    place = key.labels.place(of: rule.label)
    routes = FieldRoutes(
      // A formula cannot be written (R29).
      toSalesforce: isFormula ? .onCreate : rule.toSalesforce.route, toPartnerCenter: rule.toPartnerCenter.route)
  }
}

/// The plans of one judge: few, since nearly all records of a side have one shape.
final class MergePlans: Sendable {
  private let known = Guarded<[MergePlan]>([])

  /// The plan for two records.
  func plan(_ mapping: Mapping, _ referral: Record, _ opportunity: Record, _ base: AgreedValues) -> MergePlan {
    let key = MergePlan.Key(referral: referral.shape, opportunity: opportunity.shape, labels: base.labels)
    return known.withLock { plans in
      if let plan = plans.first(where: { $0.isFor(key) }) { return plan }
      let plan = MergePlan(mapping: mapping, for: key)
      // Shapes that are made for one record alone must not pile up.
      if plans.count >= Self.limit { plans.removeAll() }
      plans.append(plan)
      return plan
    }
  }

  private static let limit = 16
}
