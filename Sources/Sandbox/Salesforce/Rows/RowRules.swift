import GRDB

/// The rules that an administrator has put on rows: validation, uniqueness and duplicates.
struct RowRules {
  let world: World
  let object: ObjectDefinition

  /// The validation rules of the org, those of Microsoft's package among them where it has them switched on.
  ///
  /// The row as it is, `before`, is nil for a new one.
  func validate(_ columns: [String: DatabaseValue], before: [String: DatabaseValue]?) throws {
    for rule in try world.switches[.validationRules].array ?? [] {
      guard rule["object"].string?.lowercased() == object.name.lowercased(),
        let field = rule["field"].string.flatMap({ object[$0] })
      else { continue }
      let value: DatabaseValue = columns[field.name] ?? .null
      let old: DatabaseValue? = before.map { $0[field.name] ?? .null }
      let isChanged: Bool = old != value
      guard isChanged, !(before == nil && value.isNull) else { continue }
      if let wanted = rule["value"].string, wanted != FieldText.json(value, of: field).scalar { continue }
      throw RowRules.violated(rule["message"].string ?? "", [field.name])
    }
    if object.name == "Opportunity", try world.switches.isOn(.packageRules),
      let message = PackageRules(columns: columns, before: before).violation
    {
      throw RowRules.violated(message, [])
    }
  }

  private static func violated(_ message: String, _ fields: [String]) -> Refusal {
    Refusal(status: 400, code: "FIELD_CUSTOM_VALIDATION_EXCEPTION", message: message, fields: fields)
  }

  /// A value that only one row may have.
  func requireUnique(_ columns: [String: DatabaseValue], id: String?) throws {
    for field in object.fields where field.isUnique {
      guard let value = columns[field.name].flatMap({ String.fromDatabaseValue($0) }) else { continue }
      let other = try ExternalId(world: world).ids(of: object, field, value).first { $0 != id }
      if let other {
        throw Refusal(
          status: 400, code: "DUPLICATE_VALUE",
          message: "duplicate value found: \(field.name) duplicates value on record with id: \(other.prefix(15))",
          fields: [field.name])
      }
    }
  }

  /// A duplicate rule compares one field; its action `block` refuses even what `allowSave` asks for.
  func requireNoDuplicate(
    _ columns: [String: DatabaseValue], before: [String: DatabaseValue]?, id: String?, allowed: Bool
  ) throws {
    for rule in try world.switches[.duplicateRules].array ?? [] {
      guard rule["object"].string?.lowercased() == object.name.lowercased(),
        let field = rule["field"].string.flatMap({ object[$0] }),
        let value = columns[field.name].flatMap({ String.fromDatabaseValue($0) }),
        String.fromDatabaseValue(before?[field.name] ?? .null) != value, !allowed || rule["action"] == "block"
      else { continue }
      let matches = try ExternalId(world: world).ids(of: object, field, value).filter { $0 != id }
      if !matches.isEmpty { throw duplicate(of: matches, canSave: rule["action"] != "block") }
    }
  }

  /// The refusal of a row that is there already; it names the rows found.
  private func duplicate(of matches: [String], canSave: Bool) -> Refusal {
    let message = "Use one of these records?"
    let records = matches.map { id -> JSONValue in
      [
        "additionalInformation": [], "fieldDiffs": [], "matchConfidence": 100,
        "record": ["attributes": ["type": .string(object.name)], "Id": .string(id)],
      ]
    }
    var refusal = Refusal(status: 400, code: "DUPLICATES_DETECTED", message: message)
    refusal.more["duplicateResult"] = [
      "allowSave": .bool(canSave), "duplicateRule": .string("Standard_\(object.name)_Duplicate_Rule"),
      "duplicateRuleEntityType": .string(object.name), "errorMessage": .string(message),
      "matchResults": [
        [
          "entityType": .string(object.name), "errors": [], "matchEngine": "ExactMatchEngine",
          "matchRecords": .array(records), "rule": .string("Standard_\(object.name)_Match_Rule"),
          "size": .int(matches.count), "success": true,
        ]
      ],
    ]
    return refusal
  }
}
