import JSON
import Model

/// The one plain value that a row wrote: where it lies, how it is read, and how an earlier one is written again.
struct WrittenField {
  let label: String
  private let place: Place
  /// Nil for the stage, which no row of `fields.csv` carries into Salesforce.
  private let rule: FieldRule?

  private enum Place {
    case opportunity(id: String, name: String)
    case account(id: String, name: String)
    case referral(pointer: String)

    /// Nil when an effect is more than one plain value.
    init?(_ effect: Effect) {
      switch effect {
      case .updateRecord("Opportunity", let id, let fields) where fields.count == 1:
        self = .opportunity(id: id, name: fields[0].name)
      case .updateRecord("Account", let id, let fields) where fields.count == 1:
        self = .account(id: id, name: fields[0].name)
      case .patchReferral(let operations) where operations.count == 1 && operations[0].kind == .replace:
        self = .referral(pointer: operations[0].path)
      case .patchReferral, .updateRecord, .requestHelp, .createOpportunity, .createLead, .recordLead, .addContact,
        .addSolution, .addNote, .addTeamMember, .removeSolution, .createReferral, .recordOpportunity, .recordReferral,
        .mark:
        return nil
      }
    }
  }

  /// The value of a row's effect under a label; nil when the effect is more than one plain value.
  ///
  /// - Throws: `UndoObstacle` when today's mapping does not write that place under that label any more.
  init?(_ effect: Effect, label: String, mapping: Mapping) throws(UndoObstacle) {
    guard let place = Place(effect) else { return nil }
    self.label = label
    self.place = place
    if label == StatusRows.stageLabel, case .opportunity(_, "StageName") = place {
      rule = nil
      return
    }
    guard let rule = mapping.fields.first(where: { $0.label == label }), Self.fits(place, of: rule) else {
      throw UndoObstacle(.undoBlocked, "the mapping does not name that field under \(label) any more")
    }
    self.rule = rule
    let isFormula = rule.reserved == .dealValue && mapping.settings.hasCalculatedDealValue && side == .salesforce
    guard !isFormula, [.open, .raise].contains(rule.direction(to: side).route) else {
      throw UndoObstacle(.undoBlocked, "the mapping does not let \(label) be written in \(side.title) any more")
    }
  }

  /// The side that was written.
  var side: Side {
    switch place {
    case .opportunity, .account: .salesforce
    case .referral: .partnerCenter
    }
  }

  private static func fits(_ place: Place, of rule: FieldRule) -> Bool {
    func isField(_ object: SalesforceObject, _ name: String) -> Bool {
      rule.salesforceField?.object == object && rule.salesforceField?.name.lowercased() == name.lowercased()
    }
    return switch place {
    case .opportunity(_, let name): isField(.opportunity, name)
    case .account(_, let name): isField(.account, name)
    case .referral(let pointer): !rule.referralPath.isEmpty && FieldWriting(rule: rule).pointer == pointer
    }
  }

  // MARK: Reading

  /// The record of a pair that holds the value.
  ///
  /// - Throws: `UndoObstacle` when there is none, or when the place is now another record's.
  func record(of facts: PairFacts) throws(UndoObstacle) -> Record {
    guard let record = side == .salesforce ? facts.opportunity : facts.referral else {
      let what = side == .salesforce ? "opportunity" : "referral"
      throw UndoObstacle(.undoBlocked, "the \(what) is not in the snapshot any more")
    }
    switch place {
    case .opportunity(let id, _):
      guard SalesforceID.normalized(id) == record.id else {
        throw UndoObstacle(.undoBlocked, "another opportunity belongs to the referral now than \(id)")
      }
    case .account(let id, _):
      guard let id = SalesforceID.normalized(id), id == SalesforceID.normalized(record["AccountId"]) else {
        throw UndoObstacle(.undoBlocked, "the opportunity does not belong to the account that was written any more")
      }
    case .referral:
      let state = ReferralState(status: record["status"], substatus: record["substatus"])
      guard !state.isTerminal else {
        throw UndoObstacle(.undoBlocked, "the referral is closed, and nothing is written to it any more")
      }
    }
    return record
  }

  /// The text that a record holds in the very place that was written; nil when its snapshot did not read it.
  func raw(in record: Record) -> String? {
    record.shape.position(of: column).map { _ in record[column] }
  }

  private var column: String {
    switch place {
    case .opportunity(_, let name): name
    case .account(_, let name): SalesforceField(.account, name).column
    case .referral(let pointer): pointer.split(separator: "/").joined(separator: ".")
    }
  }

  /// The value of a text.
  ///
  /// - Throws: `UndoObstacle` when today's mapping cannot read it.
  func value(of raw: String) throws(UndoObstacle) -> Value {
    // The mark is no part of the name (R104).
    if rule?.reserved == .dealName, side == .salesforce { return Value(NameMark.strip(raw)) }
    do throws(UnreadableValue) {
      return try rule?.transform.read(raw, from: side) ?? Value(raw)
    } catch {
      throw UndoObstacle(.undoBlocked, "\(label) in \(side.title): \(error)")
    }
  }

  /// The other side's value, for the reader; empty where there is none or it cannot be read.
  func otherValue(in facts: PairFacts) -> String {
    switch (rule, side) {
    case (nil, _):
      [facts.referral?["status"] ?? "", facts.referral?["substatus"] ?? ""].filter { !$0.isEmpty }
        .joined(separator: "/")
    case (let rule?, .salesforce):
      (try? rule.transform.read(facts.referral?.first(of: rule.referralPath.alternatives) ?? "", from: .partnerCenter))?
        .text ?? ""
    case (let rule?, .partnerCenter):
      (try? rule.transform.read(
        rule.salesforceField.map { facts.opportunity?[$0.column] ?? "" } ?? "", from: .salesforce))?
        .text ?? ""
    }
  }

  // MARK: Writing

  /// The effect that writes an earlier text again.
  func effect(writing raw: String, meaning value: Value) -> Effect {
    let json = json(raw, value)
    return switch place {
    case .opportunity(let id, let name):
      .updateRecord(object: "Opportunity", id: id, fields: [FieldWrite(name, json)])
    case .account(let id, let name):
      .updateRecord(object: "Account", id: id, fields: [FieldWrite(name, json)])
    case .referral(let pointer):
      .patchReferral([PatchOperation(path: pointer, value: json)])
    }
  }

  /// The text as it was spelt, where the side takes it so: the day of a moment would lose its hour, the code of a
  /// country its spelling.
  private func json(_ raw: String, _ value: Value) -> String {
    let spelt = raw.isEmpty ? JSONValue.null.text : JSONValue.string(raw).text
    guard let rule else { return spelt }
    let canonical = JSONValue(rule.transform.write(value, to: side)).text
    return switch (rule.transform, side) {
    // A day that a spreadsheet spelt, and a text whose entities Partner Center made, go in the form of the side.
    case (.decimal, _), (.boolean, _), (.date, .salesforce), (.text, .partnerCenter): canonical
    case (.date, .partnerCenter), (.text, .salesforce), (.country, _), (.currency, _), (.map, _):
      spelt
    }
  }
}
