/// What the org says about its objects, with the key set of recorded answers.
struct Describe {
  let version: String
  let schema: OrgSchema

  /// The moment at which the schema was last changed: long before the start, or when a switch changed it.
  static func lastModified(_ world: World) throws -> Stamp {
    let changed = try world.value(ofCounter: World.schemaChange)
    return changed == 0 ? Stamp.start.adding(days: -30) : Stamp(changed)
  }

  /// `GET …/sobjects`.
  var global: JSONValue {
    [
      "encoding": "UTF-8", "maxBatchSize": 200,
      "sobjects": .array(
        schema.objects.map { .object(JSONObject(scalars($0) + [("urls", urls($0, full: false))])) }),
    ]
  }

  /// `GET …/sobjects/{Object}/describe`.
  func object(_ object: ObjectDefinition) -> JSONValue {
    var members = JSONObject([
      ("actionOverrides", []), ("childRelationships", .array(children(of: object))), ("compactLayoutable", true),
      ("fields", .array(object.fields.map { .object(JSONObject(field($0, of: object))) })), ("implementedBy", nil),
      ("implementsInterfaces", nil), ("extendedBy", nil), ("extendsInterfaces", nil), ("defaultImplementation", nil),
      ("listviewable", nil), ("lookupLayoutable", nil), ("namedLayoutInfos", []), ("networkScopeFieldName", nil),
      (
        "recordTypeInfos",
        [
          [
            "active": true, "available": true, "defaultRecordTypeMapping": true, "developerName": "Master",
            "master": true, "name": "Master", "recordTypeId": "012000000000000AAA", "urls": [:],
          ]
        ]
      ),
      ("searchLayoutable", true), ("sobjectDescribeOption", "FULL"),
      ("supportedScopes", [["label": "All", "name": "everything"], ["label": "Mine", "name": "mine"]]),
    ])
    for (key, value) in scalars(object) { members[key] = value }
    members["urls"] = urls(object, full: true)
    return .object(members)
  }

  /// `GET …/sobjects/{Object}`.
  func basic(_ object: ObjectDefinition) -> JSONValue {
    ["objectDescribe": .object(JSONObject(scalars(object) + [("urls", urls(object, full: true))])), "recentItems": []]
  }

  private func scalars(_ object: ObjectDefinition) -> [(String, JSONValue)] {
    let writable = JSONValue.bool(object.isWritable && !object.isForbidden)
    return [
      ("activateable", false), ("associateEntityType", nil), ("associateParentEntity", nil),
      ("createable", writable), ("custom", .bool(object.isCustom)), ("customSetting", false),
      ("deepCloneable", false), ("deletable", writable), ("deprecatedAndHidden", false), ("feedEnabled", false),
      ("hasSubtypes", false), ("isInterface", false), ("isSubtype", false), ("keyPrefix", .string(object.prefix)),
      ("label", .string(object.label)), ("labelPlural", .string(object.plural)), ("layoutable", writable),
      ("mergeable", .bool(object.name == "Account" || object.name == "Contact")), ("mruEnabled", writable),
      ("name", .string(object.name)), ("queryable", true), ("replicateable", true), ("retrieveable", true),
      ("searchable", writable), ("triggerable", writable),
      ("undeletable", .bool(object.isWritable && !object.name.hasPrefix("OpportunityContactRole"))),
      ("updateable", writable),
    ]
  }

  private func urls(_ object: ObjectDefinition, full: Bool) -> JSONValue {
    let base = "/services/data/v\(version)/sobjects/\(object.name)"
    var urls = JSONObject([
      ("rowTemplate", .string(base + "/{ID}")), ("describe", .string(base + "/describe")), ("sobject", .string(base)),
    ])
    guard full else { return .object(urls) }
    if object.isWritable {
      urls["defaultValues"] = .string(base + "/defaultValues?recordTypeId&fields")
      urls["compactLayouts"] = .string(base + "/describe/compactLayouts")
      urls["approvalLayouts"] = .string(base + "/describe/approvalLayouts")
      urls["layouts"] = .string(base + "/describe/layouts")
    }
    urls["uiDetailTemplate"] = .string("/{ID}")
    urls["uiEditTemplate"] = .string("/{ID}/e")
    urls["uiNewRecord"] = .string("/\(object.prefix)/e")
    return .object(urls)
  }

  private func children(of parent: ObjectDefinition) -> [JSONValue] {
    schema.objects.flatMap { child in
      child.fields.filter { $0.targets.contains(parent.name) }.map { field in
        [
          "cascadeDelete": .bool(field.isCascading), "childSObject": .string(child.name),
          "deprecatedAndHidden": false, "field": .string(field.name), "junctionIdListNames": [],
          "junctionReferenceTo": [], "relationshipName": .text(field.childRelationship),
          "restrictedDelete": .bool(field.name == "Solution__c"),
        ]
      }
    }
  }

  private func field(_ field: FieldDefinition, of object: ObjectDefinition) -> [(String, JSONValue)] {
    let isLong =
      field.type == .textarea && field.length > 255 || field.type == .base64 || field.type == .address
    return identity(field) + [
      ("aggregatable", .bool(!isLong)), ("aiPredictionField", false),
      ("autoNumber", .bool(field.isNameField && !field.isCreateable && object.isCustom)),
      ("byteLength", .int(field.length * (field.type == .id || field.type == .reference ? 1 : 3))),
      ("calculated", false), ("calculatedFormula", nil), ("cascadeDelete", .bool(field.isCascading)),
      ("caseSensitive", false), ("compoundFieldName", .text(compound(of: field, in: object))),
      ("controllerName", field.name == "Customer_purchase_intent__c" ? "Co_sell_Type__c" : nil),
      ("createable", .bool(field.isCreateable && object.isWritable && !object.isForbidden)),
      ("custom", .bool(field.isCustom)),
      ("defaultValue", field.type == .boolean ? field.defaultValue ?? false : nil), ("defaultValueFormula", nil),
      ("defaultedOnCreate", .bool(field.defaultValue != nil || !field.isCreateable && !field.isNillable)),
      ("dependentPicklist", .bool(field.name == "Customer_purchase_intent__c")), ("deprecatedAndHidden", false),
      ("digits", .int(field.type == .int ? field.precision : 0)), ("displayLocationInDecimal", false),
      ("encrypted", false), ("externalId", .bool(field.isExternalId)), ("extraTypeInfo", nil),
      ("filterable", .bool(!isLong)), ("filteredLookupInfo", nil), ("formulaTreatNullNumberAsZero", false),
      ("groupable", .bool(!isLong && !field.type.isNumber)), ("highScaleNumber", false), ("htmlFormatted", false),
      ("idLookup", .bool(field.isIdLookup)), ("inlineHelpText", nil), ("mask", nil), ("maskType", nil),
      ("nameField", .bool(field.isNameField)), ("namePointing", false), ("nillable", .bool(field.isNillable)),
      ("permissionable", .bool(field.isNillable)), ("picklistValues", .array(field.values.map(value))),
      ("polymorphicForeignKey", .bool(field.targets.count > 1)),
      ("precision", .int(field.type == .int ? 0 : field.precision)),
      ("queryByDistance", false), ("referenceTargetField", nil),
      ("referenceTo", .array(field.targets.map { .string($0) })),
      ("relationshipName", .text(field.relationship)), ("relationshipOrder", nil),
      ("restrictedDelete", .bool(field.name == "Solution__c")),
      ("restrictedPicklist", .bool(field.isRestricted)), ("scale", .int(field.scale)),
      ("searchPrefilterable", false), ("soapType", .string(field.type.soap)), ("sortable", .bool(!isLong)),
      ("unique", .bool(field.isUnique)),
      ("updateable", .bool(field.isUpdateable && object.isWritable && !object.isForbidden)),
      ("writeRequiresMasterRead", false),
    ]
  }

  /// The compound that a field is a part of.
  private func compound(of field: FieldDefinition, in object: ObjectDefinition) -> String? {
    if ["FirstName", "LastName"].contains(field.name) { return "Name" }
    return object.fields.first { $0.parts.contains { $0.field == field.name } }?.name
  }

  private func identity(_ field: FieldDefinition) -> [(String, JSONValue)] {
    [
      ("name", .string(field.name)), ("label", .string(field.label)), ("type", .string(field.type.rawValue)),
      ("length", .int(field.length)),
    ]
  }

  private func value(_ value: String) -> JSONValue {
    let label =
      switch value {
      case "HaveNotDecided": "Have not decided"
      case "BestCase": "Best Case"
      case "MostLikely": "Most Likely"
      default: value
      }
    return [
      "active": true, "defaultValue": .bool(value == "IP Co-sell"), "label": .string(label), "validFor": nil,
      "value": .string(value),
    ]
  }
}
