import GRDB

/// State and country picklists: how text and code of an address keep each other.
struct StateCountry {
  let world: World

  /// The addresses of the org: an object and the prefix of its fields.
  static let addresses = [("Account", "Billing"), ("Contact", "Mailing"), ("Lead", "")]

  /// The two fields that say the same thing.
  private struct Pair {
    let text: String
    let code: String

    init(_ name: String) {
      text = name
      code = name + "Code"
    }
  }

  /// Completes the columns of a write.
  ///
  /// A code sets its text, a text its code. On create a code wins over another text, on update that is an error.
  func complete(
    _ object: ObjectDefinition, _ changes: inout [String: DatabaseValue], before: [String: DatabaseValue]?
  ) throws {
    guard try world.switches.isOn(.stateCountryPicklists) else { return }
    for (name, prefix) in StateCountry.addresses where name == object.name {
      let (country, state) = (Pair(prefix + "Country"), Pair(prefix + "State"))
      try settle(country, among: Countries.names, &changes, isNew: before == nil)
      if changes[country.code] == .null, changes[state.text] == nil, changes[state.code] == nil {
        changes[state.text] = .null
        changes[state.code] = .null
      }
      let code = (changes[country.code] ?? before?[country.code]).flatMap { StateCountry.text($0) }
      let states = code.flatMap { Countries.states[$0] } ?? [:]
      try settle(state, among: states, &changes, isNew: before == nil)
      if changes[country.code] != nil, changes[state.code] == nil,
        let kept = before?[state.code].flatMap({ StateCountry.text($0) }), states[kept] == nil
      {
        throw unavailable(state.code, kept)
      }
    }
  }

  /// Makes text and code agree where a write names one of them.
  private func settle(
    _ pair: Pair, among names: [String: String], _ changes: inout [String: DatabaseValue], isNew: Bool
  ) throws {
    guard changes[pair.text] != nil || changes[pair.code] != nil else { return }
    let text = changes[pair.text].flatMap { StateCountry.text($0) }
    let code = changes[pair.code].flatMap { StateCountry.text($0) }
    var known: (code: String, name: String)?
    if let code {
      guard let name = names[code.uppercased()] else { throw unavailable(pair.code, code) }
      if !isNew, let text, text.lowercased() != name.lowercased() { throw mismatch(pair) }
      known = (code.uppercased(), name)
    } else if let text {
      guard let found = names.first(where: { $0.value.lowercased() == text.lowercased() }) else {
        throw problem(pair.text, text)
      }
      known = (found.key, found.value)
    }
    changes[pair.text] = (known?.name).databaseValue
    changes[pair.code] = (known?.code).databaseValue
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

  private func problem(_ field: String, _ text: String) -> Refusal {
    let kind = field.hasSuffix("Country") ? "country/territory" : "state/province"
    return Refusal(
      status: 400, code: "FIELD_INTEGRITY_EXCEPTION",
      message: "There's a problem with this \(kind), even though it may appear correct. Please select a \(kind) from "
        + "the list of valid ones: \(text)", fields: [field])
  }

  private func mismatch(_ pair: Pair) -> Refusal {
    Refusal(
      status: 400, code: "FIELD_INTEGRITY_EXCEPTION",
      message: "The \(pair.text) and the \(pair.code) of this record do not belong together.", fields: [pair.text])
  }

  private static func text(_ value: DatabaseValue) -> String? { String.fromDatabaseValue(value) }
}
