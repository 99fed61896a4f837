import GRDB

/// State and country picklists: how text and code of an address keep each other.
struct StateCountry {
  let world: World

  /// The addresses of the org: an object and the prefix of its fields.
  static let addresses = [("Account", "Billing"), ("Contact", "Mailing"), ("Lead", "")]

  /// Completes the columns of a write.
  ///
  /// A code sets its text, a text its code. On create a code wins over another text, on update that is an error.
  func complete(
    _ object: ObjectDefinition, _ changes: inout [String: DatabaseValue], before: [String: DatabaseValue]?
  ) throws {
    guard try world.switches.isOn(.stateCountryPicklists) else { return }
    for (name, prefix) in StateCountry.addresses where name == object.name {
      try country(prefix, &changes, before)
      try state(prefix, &changes, before)
    }
  }

  private func country(
    _ prefix: String, _ changes: inout [String: DatabaseValue], _ before: [String: DatabaseValue]?
  ) throws {
    let (textField, codeField) = (prefix + "Country", prefix + "CountryCode")
    let text = changes[textField].map { StateCountry.text($0) }
    let code = changes[codeField].map { StateCountry.text($0) }
    switch (code, text) {
    case (nil, nil): return
    case (let code??, let text):
      guard let name = Countries.names[code.uppercased()] else { throw unavailable(codeField, code) }
      if before != nil, let given = text ?? nil, given.lowercased() != name.lowercased() {
        throw mismatch(textField, codeField)
      }
      set(&changes, textField, name, codeField, code.uppercased())
    case (_, let text??):
      guard let known = Countries.codes[text.lowercased()], let name = Countries.names[known] else {
        throw problem("country", textField, text)
      }
      set(&changes, textField, name, codeField, known)
    case (_, _):
      changes[textField] = .null
      changes[codeField] = .null
      let state = changes[prefix + "StateCode"] ?? changes[prefix + "State"]
      if state == nil {
        changes[prefix + "State"] = .null
        changes[prefix + "StateCode"] = .null
      }
    }
  }

  private func state(
    _ prefix: String, _ changes: inout [String: DatabaseValue], _ before: [String: DatabaseValue]?
  ) throws {
    let (textField, codeField) = (prefix + "State", prefix + "StateCode")
    let countryField = prefix + "CountryCode"
    let country = (changes[countryField] ?? before?[countryField]).flatMap { StateCountry.text($0) }
    let states = country.flatMap { Countries.states[$0] } ?? [:]
    let text = changes[textField].map { StateCountry.text($0) }
    let code = changes[codeField].map { StateCountry.text($0) }
    switch (code, text) {
    case (nil, nil):
      guard changes[countryField] != nil, let kept = before?[codeField].flatMap({ StateCountry.text($0) }) else {
        return
      }
      if states[kept] == nil { throw unavailable(codeField, kept) }
    case (let code??, let text):
      guard let name = states[code.uppercased()] else { throw unavailable(codeField, code) }
      if before != nil, let given = text ?? nil, given.lowercased() != name.lowercased() {
        throw mismatch(textField, codeField)
      }
      set(&changes, textField, name, codeField, code.uppercased())
    case (_, let text??):
      guard let known = states.first(where: { $0.value.lowercased() == text.lowercased() }) else {
        throw problem("state", textField, text)
      }
      set(&changes, textField, known.value, codeField, known.key)
    case (_, _):
      changes[textField] = .null
      changes[codeField] = .null
    }
  }

  private func set(
    _ changes: inout [String: DatabaseValue], _ textField: String, _ text: String, _ codeField: String, _ code: String
  ) {
    changes[textField] = text.databaseValue
    changes[codeField] = code.databaseValue
  }

  /// What an administrator's conversion does to the rows that are there, or its undoing.
  func convert(toPicklists: Bool) throws {
    for (object, prefix) in StateCountry.addresses {
      let (country, countryCode) = ("\"\(prefix)Country\"", "\"\(prefix)CountryCode\"")
      let (state, stateCode) = ("\"\(prefix)State\"", "\"\(prefix)StateCode\"")
      let used = try String.fetchAll(
        world.db, sql: "SELECT DISTINCT \(country) FROM \"\(object)\" WHERE \(country) IS NOT NULL")
      for text in used {
        let known = Countries.names[text] == nil ? Countries.codes[text.lowercased()] : text
        let (name, code) = toPicklists ? (known.flatMap { Countries.names[$0] }, known) : (known ?? text, nil)
        try world.db.execute(
          sql: "UPDATE \"\(object)\" SET \(country) = ?, \(countryCode) = ? WHERE \(country) = ?",
          arguments: [name, code, text])
        guard toPicklists, let code else { continue }
        try world.db.execute(
          sql: "UPDATE \"\(object)\" SET \(stateCode) = \(state), \(state) = NULL WHERE \(countryCode) = ?",
          arguments: [code])
        for (short, long) in Countries.states[code] ?? [:] {
          try world.db.execute(
            sql: "UPDATE \"\(object)\" SET \(state) = ?, \(stateCode) = ? WHERE \(countryCode) = ? "
              + "AND \(stateCode) COLLATE NOCASE IN (?, ?)", arguments: [long, short, code, short, long])
        }
        try world.db.execute(
          sql: "UPDATE \"\(object)\" SET \(stateCode) = NULL WHERE \(countryCode) = ? AND \(state) IS NULL",
          arguments: [code])
      }
    }
  }

  private func unavailable(_ field: String, _ code: String) -> Refusal {
    let kind = field.contains("Country") ? "country/territory" : "state/province"
    return Refusal(
      status: 400, code: "FIELD_INTEGRITY_EXCEPTION",
      message: "The \(field) field contains \(code), which isn't an available \(kind). Select an available \(kind) "
        + "from the list, or ask your administrator to add it.", fields: [field])
  }

  private func problem(_ kind: String, _ field: String, _ text: String) -> Refusal {
    Refusal(
      status: 400, code: "FIELD_INTEGRITY_EXCEPTION",
      message: "There's a problem with this \(kind), even though it may appear correct. Please select a "
        + "\(kind)/\(kind == "country" ? "territory" : "province") from the list of valid ones.: \(text)",
      fields: [field])
  }

  private func mismatch(_ textField: String, _ codeField: String) -> Refusal {
    Refusal(
      status: 400, code: "FIELD_INTEGRITY_EXCEPTION",
      message: "The \(textField) and the \(codeField) of this record do not belong together.", fields: [textField])
  }

  private static func text(_ value: DatabaseValue) -> String? { String.fromDatabaseValue(value) }
}
