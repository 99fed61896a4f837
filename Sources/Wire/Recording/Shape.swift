import Model

/// Forms that a text has when it is structure and not somebody's data.
enum Shape {
  /// Whether a text is structure wherever it stands: an id, a moment, a truth value, nothing at all.
  static func isStructure(_ text: String) -> Bool {
    switch text {
    case "", "***", "true", "false", "null", "msft", "#N/A": true
    default: isGUID(text) || isMoment(text) || isRecordID(text, isNamedID: false) || isSolutionID(text)
    }
  }

  /// `11111111-2222-4333-8444-555555555501`, with or without braces.
  static func isGUID(_ text: String) -> Bool {
    let text = text.hasPrefix("{") && text.hasSuffix("}") ? text.dropFirst().dropLast() : text[...]
    guard text.utf8.count == 36 else { return false }
    return text.utf8.enumerated().allSatisfy { index, byte in
      [8, 13, 18, 23].contains(index) ? byte == UInt8(ascii: "-") : isHexadecimal(byte)
    }
  }

  /// A day, or a moment with or without fraction and zone.
  static func isMoment(_ text: String) -> Bool {
    guard text.utf8.count >= 10, text.utf8.count <= 40, text.utf8.first.map(isDigit) == true else { return false }
    return text.wholeMatch(
      of: /[0-9]{4}-[0-9]{2}-[0-9]{2}([Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,9})?)?([Zz]|[+-][0-9]{2}:?[0-9]{2})?)?/
    )
      != nil
  }

  /// A Salesforce id.
  ///
  /// Any fifteen letters could be a name, and fifteen digits a telephone number. So without a name that says it is an
  /// id, one of eighteen must have the right last three characters, and one of fifteen letters as well as digits.
  static func isRecordID(_ text: String, isNamedID: Bool) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.count == 15 || bytes.count == 18, bytes.allSatisfy({ isDigit($0) || isLetter($0) }) else {
      return false
    }
    let digits = bytes.prefix(15).count(where: isDigit)
    guard isDigit(bytes[0]) || (bytes[0] == UInt8(ascii: "a") && digits > 0) else { return false }
    if bytes.count == 18 { return isNamedID ? digits > 0 : isChecked(bytes) && digits > 2 }
    return isNamedID || (digits > 4 && digits < 15 && bytes[0] == UInt8(ascii: "0"))
  }

  /// `SOL-12345-ABC`.
  static func isSolutionID(_ text: String) -> Bool {
    guard text.hasPrefix("SOL-"), text.utf8.count <= 40 else { return false }
    return text.wholeMatch(of: /SOL-[0-9]+-[A-Z]{2,4}/) != nil
  }

  /// A number as JSON or a bulk file writes it.
  static func isNumber(_ text: String) -> Bool {
    guard beginsNumber(text) else { return false }
    return text.wholeMatch(of: /-?[0-9]{1,20}(\.[0-9]{1,12})?([Ee][+-]?[0-9]{1,3})?/) != nil
  }

  /// A number that no telephone number looks like: with one or two digits behind the point, or an exponent.
  static func isDecimal(_ text: String) -> Bool {
    guard beginsNumber(text) else { return false }
    return text.wholeMatch(of: /-?[0-9]{1,18}(\.[0-9]{1,2}|(\.[0-9]{1,18})?[Ee][+-]?[0-9]{1,3})/) != nil
  }

  /// A member of a vocabulary: a few words of plain letters.
  static func isWord(_ text: String) -> Bool {
    text.utf8.count <= 80 && text.wholeMatch(of: /[A-Za-z0-9][A-Za-z0-9 _,&()\/'.:+-]*/) != nil
  }

  /// The name of a field, an object or a member of JSON.
  static func isIdentifier(_ text: some StringProtocol) -> Bool {
    guard let first = text.utf8.first, text.utf8.count <= 100 else { return false }
    guard isLetter(first) || first == UInt8(ascii: "_") || first == UInt8(ascii: "@") || first == UInt8(ascii: "$")
    else {
      return false
    }
    return text.utf8.allSatisfy { isLetter($0) || isDigit($0) || "_.@$-".utf8.contains($0) }
  }

  /// Names with what may stand between them: `Id,Name`, `createdDateTime asc`.
  static func isListOfIdentifiers(_ text: String) -> Bool {
    text.utf8.count <= 4000
      && text.utf8.allSatisfy { isLetter($0) || isDigit($0) || "_./,: ()-".utf8.contains($0) }
  }

  /// An entity tag with its quotes.
  static func isTag(_ text: String) -> Bool {
    text.utf8.count <= 100 && text.wholeMatch(of: /(W\/)?"?[A-Za-z0-9_:+\/=.*-]+"?/) != nil
  }

  static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
  static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

  /// Most texts are none, and a regular expression takes its time.
  private static func beginsNumber(_ text: String) -> Bool {
    guard let first = text.utf8.first, text.utf8.count <= 40 else { return false }
    return isDigit(first) || first == UInt8(ascii: "-")
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool { isDigit(byte) || (byte | 0x20) &- 0x61 < 6 }

  /// Whether the last three of eighteen characters go with the others.
  private static func isChecked(_ bytes: [UInt8]) -> Bool {
    let long = String(decoding: bytes, as: UTF8.self)
    return SalesforceID.normalized(String(decoding: bytes.prefix(15), as: UTF8.self)) == long
  }
}
