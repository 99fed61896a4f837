extension CosellField {
  /// The field as a document of metadata, its elements in the order in which Salesforce writes them.
  var metadata: Markup {
    var parts = type.parts
    parts.append(Markup("label", label))
    if let help { parts.append(Markup("inlineHelpText", help)) }
    if type.isKeyCandidate { parts.append(Markup("externalId", isExternalID)) }
    switch type {
    case .checkbox, .masterDetail: break
    case .text:
      parts.append(Markup("required", isRequired))
      parts.append(Markup("unique", isUnique))
    case .lookup, .url, .longText, .number, .currency, .picklist: parts.append(Markup("required", isRequired))
    }
    parts.sort { $0.name < $1.name }
    return Markup("CustomField", [Markup("fullName", name)] + parts)
  }
}

extension CosellFieldType {
  /// The kind of field by Salesforce's name.
  var kind: String {
    switch self {
    case .checkbox: "Checkbox"
    case .text: "Text"
    case .url: "Url"
    case .longText: "LongTextArea"
    case .number: "Number"
    case .currency: "Currency"
    case .picklist: "Picklist"
    case .lookup: "Lookup"
    case .masterDetail: "MasterDetail"
    }
  }

  /// Whether records could be found by such a field.
  fileprivate var isKeyCandidate: Bool {
    switch self {
    case .text, .number: true
    case .checkbox, .url, .longText, .currency, .picklist, .lookup, .masterDetail: false
    }
  }

  /// The elements that say what the field holds.
  fileprivate var parts: [Markup] {
    let kind = [Markup("type", kind)]
    switch self {
    case .checkbox: return kind + [Markup("defaultValue", false)]
    case .text(let length): return kind + [Markup("length", length)]
    case .url: return kind
    case .longText(let length): return kind + [Markup("length", length), Markup("visibleLines", 10)]
    case .number(let digits, let decimals, let initial):
      let value = initial.map { [Markup("defaultValue", $0)] } ?? []
      return kind + value + [Markup("precision", digits), Markup("scale", decimals)]
    case .currency(let digits, let decimals): return kind + [Markup("precision", digits), Markup("scale", decimals)]
    case .picklist(let choices, let controller): return kind + [Self.valueSet(choices, controller)]
    case .lookup(let reference):
      let deletion = Markup("deleteConstraint", reference.restrictsDeletion ? "Restrict" : "SetNull")
      return kind + [deletion] + reference.parts + (reference.filter.map { [$0.metadata] } ?? [])
    case .masterDetail(let reference):
      return kind + reference.parts + [
        Markup("relationshipOrder", 0), Markup("reparentableMasterDetail", false),
        Markup("writeRequiresMasterRead", false),
      ]
    }
  }

  private static func valueSet(_ choices: [CosellChoice], _ controller: String?) -> Markup {
    let values = choices.map { choice in
      Markup(
        "value",
        [Markup("fullName", choice.value), Markup("default", choice.isDefault), Markup("label", choice.label)])
    }
    var parts = controller.map { [Markup("controllingField", $0)] } ?? []
    parts += [Markup("restricted", true), Markup("valueSetDefinition", [Markup("sorted", false)] + values)]
    guard controller != nil else { return Markup("valueSet", parts) }
    let controlling = CosellField.coSellTypes.map { Markup("controllingFieldValue", $0.value) }
    parts += choices.map { Markup("valueSettings", controlling + [Markup("valueName", $0.value)]) }
    return Markup("valueSet", parts)
  }
}

extension CosellReference {
  fileprivate var parts: [Markup] {
    [
      Markup("referenceTo", target), Markup("relationshipLabel", listLabel), Markup("relationshipName", children),
    ]
  }
}

extension CosellFilter {
  fileprivate var metadata: Markup {
    let items = conditions.map { condition in
      Markup(
        "filterItems",
        [Markup("field", condition.field), Markup("operation", "equals")]
          + (condition.value.map { [Markup("value", $0)] } ?? [])
          + (condition.other.map { [Markup("valueField", $0)] } ?? []))
    }
    let text = message.map { [Markup("errorMessage", $0)] } ?? []
    return Markup("lookupFilter", [Markup("active", true)] + text + items + [Markup("isOptional", false)])
  }
}
