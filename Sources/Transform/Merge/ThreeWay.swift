package import Model

/// What is to happen with one field of a pair.
package enum FieldDecision: Hashable, Sendable {
  /// Both sides hold the same: it becomes the base.
  case same
  /// Partner Center's value goes to Salesforce.
  case toSalesforce(Code)
  /// Salesforce's value goes to Partner Center.
  case toPartnerCenter(Code)
  /// Both moved to different values, or differ at first contact: a person or a policy decides.
  case conflict(Code)
  /// They differ, and neither may be written: the reason is reported and nothing else.
  case differs(Code)
}

/// Which ways a field may be written on a pair that exists.
package struct FieldRoutes: Hashable, Sendable {
  /// Whether a difference may go that way.
  package enum Route: Hashable, Sendable {
    /// Any value.
    case open
    /// Only from nothing to something (R75).
    case raise
    /// Only when the record is created; the field is locked or left alone afterwards (R96).
    case onCreate
    /// Never: the other side owns the field.
    case never
  }

  /// The way into Salesforce.
  package let toSalesforce: Route
  /// The way into Partner Center.
  package let toPartnerCenter: Route

  /// The routes of one field.
  package init(toSalesforce: Route, toPartnerCenter: Route) {
    self.toSalesforce = toSalesforce
    self.toPartnerCenter = toPartnerCenter
  }
}

/// The decision table: from base, Partner Center, Salesforce and the routes to what happens.
///
/// Pure, and the whole truth.
package enum ThreeWay {
  /// Decides one field.
  ///
  /// `base` is nil when nothing was agreed on the field yet.
  ///
  /// | # | base        | Partner Center | Salesforce | decision |
  /// |---|-------------|----------------|------------|----------|
  /// | 1 | any         | x              | x          | same (R82, R113) |
  /// | 2 | none        | x              | empty      | fill Salesforce |
  /// | 3 | none        | empty          | y          | fill Partner Center |
  /// | 4 | none        | x              | y          | one side owns the field: its value goes over; else conflict |
  /// | 5 | b           | x              | b          | Partner Center changed: to Salesforce |
  /// | 6 | b           | b              | y          | Salesforce changed: to Partner Center |
  /// | 7 | b           | x              | y          | both changed: one side owns the field, or conflict (R115) |
  ///
  /// A change whose way is closed is put back when the other side owns the field (R76), and is reported otherwise.
  package static func decide(
    base: Value?, partnerCenter: Value, salesforce: Value, routes: FieldRoutes
  ) -> FieldDecision {
    // 1. Alike is no change, whoever made it.
    if partnerCenter == salesforce { return .same }
    guard let base else {
      return firstContact(partnerCenter: partnerCenter, salesforce: salesforce, routes: routes)
    }
    // 5. Only Partner Center moved.
    if salesforce == base {
      return fromPartnerCenter(partnerCenter, over: salesforce, routes: routes)
    }
    // 6. Only Salesforce moved.
    if partnerCenter == base {
      return fromSalesforce(salesforce, over: partnerCenter, routes: routes)
    }
    // 7. Both moved, and apart.
    return settle(partnerCenter: partnerCenter, salesforce: salesforce, routes: routes, otherwise: .conflict(.conflict))
  }

  /// Rows 2 to 4: there is no base to tell who changed.
  private static func firstContact(partnerCenter: Value, salesforce: Value, routes: FieldRoutes) -> FieldDecision {
    // 2. Filling what is empty overwrites nothing.
    if salesforce.isNone && routes.toSalesforce.permits(partnerCenter, over: salesforce) {
      return .toSalesforce(.filledWhereEmpty)
    }
    // 3. The same the other way.
    if partnerCenter.isNone && routes.toPartnerCenter.permits(salesforce, over: partnerCenter) {
      return .toPartnerCenter(.filledWhereEmpty)
    }
    // 4. Both hold something else.
    return settle(
      partnerCenter: partnerCenter, salesforce: salesforce, routes: routes, otherwise: .conflict(.conflictFirstContact))
  }

  private static func fromPartnerCenter(_ value: Value, over old: Value, routes: FieldRoutes) -> FieldDecision {
    if routes.toSalesforce.permits(value, over: old) { return .toSalesforce(.changedInPartnerCenter) }
    // Salesforce owns the field: what somebody typed into Partner Center is put back.
    if routes.toSalesforce == .never && routes.toPartnerCenter.permits(old, over: value) {
      return .toPartnerCenter(.putBack)
    }
    return .differs(.lockedField)
  }

  private static func fromSalesforce(_ value: Value, over old: Value, routes: FieldRoutes) -> FieldDecision {
    if routes.toPartnerCenter.permits(value, over: old) { return .toPartnerCenter(.changedInSalesforce) }
    switch routes.toPartnerCenter {
    case .never, .raise:
      // Partner Center owns the field, or the step back is not allowed: its value returns (R76).
      if routes.toSalesforce.permits(old, over: value) { return .toSalesforce(.putBack) }
    case .onCreate, .open:
      break
    }
    return .differs(.lockedField)
  }

  /// When one side alone may be written, its owner wins; when both may, `otherwise`; when none may, it is reported.
  private static func settle(
    partnerCenter: Value, salesforce: Value, routes: FieldRoutes, otherwise: FieldDecision
  ) -> FieldDecision {
    let intoSalesforce = routes.toSalesforce.permits(partnerCenter, over: salesforce)
    let intoPartnerCenter = routes.toPartnerCenter.permits(salesforce, over: partnerCenter)
    switch (intoSalesforce, intoPartnerCenter) {
    case (true, true): return otherwise
    case (true, false): return routes.toPartnerCenter == .onCreate ? otherwise : .toSalesforce(.oneSideLeads)
    case (false, true): return routes.toSalesforce == .onCreate ? otherwise : .toPartnerCenter(.oneSideLeads)
    case (false, false): return .differs(.lockedField)
    }
  }
}

extension FieldRoutes.Route {
  /// Whether `value` may be written over `old` on this route.
  package func permits(_ value: Value, over old: Value) -> Bool {
    switch self {
    case .open: true
    case .raise: !value.isNone && value != Value("false") && (old.isNone || old == Value("false"))
    case .onCreate, .never: false
    }
  }
}
