import Model

/// How the base of a pair is stored: values under shared labels, of which the ledger holds the list once.
///
/// `U+001E`, the list's number, then a value for each of its labels and behind them label and value of all others, parted
/// as in a record. A value that was not agreed is `U+001D` alone, and one that begins with it has it twice. Without shared
/// labels, and in ledgers of earlier releases, the text is label and value of all; no label begins with `U+001E`.
enum BaseText {
  private static let start: UInt8 = 0x1E
  private static let absent = "\u{1D}"

  /// The text of a base whose shared labels have this number.
  static func write(_ base: AgreedValues, number: Int?) -> String {
    guard !base.isEmpty else { return "" }
    guard let number else { return PartedText.join(pairs(base.all)) }
    var parts = ["\u{1E}\(number)"]
    parts.reserveCapacity(1 + base.labels.all.count + 2 * base.others.count)
    for place in base.labels.all.indices { parts.append(written(base[place])) }
    return PartedText.join(base.others.isEmpty ? parts : parts + pairs(base.others))
  }

  private static func written(_ value: String?) -> String {
    guard let value else { return absent }
    return value.utf8.first == absent.utf8.first ? absent + value : value
  }

  private static func pairs(_ values: [String: String]) -> [String] {
    values.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] }
  }

  /// The base of a text; `labels` gives the shared labels of a number, and `wanted` are those that it shall share.
  static func read(
    _ bytes: UnsafeRawBufferPointer, sharing wanted: AgreedLabels?, labels: (Int, AgreedLabels?) throws -> AgreedLabels
  ) throws -> AgreedValues {
    guard let first = bytes.first else { return AgreedValues(labels: wanted ?? .none) }
    let parts = PartedTexts(bytes)
    guard first == start, let number = Int(parts[0].dropFirst()) else {
      return AgreedValues(pairs(parts, from: 0), labels: wanted ?? .none)
    }
    let known = try labels(number, wanted)
    var base = AgreedValues(labels: known)
    guard parts.count > known.all.count else {
      throw Failure(.ledgerUnreadable, "the ledger holds a base that is cut off", fix: "restore the ledger")
    }
    for place in known.all.indices { base[place] = read(parts[place + 1]) }
    for (label, value) in pairs(parts, from: known.all.count + 1) { base[label] = value }
    guard let wanted, wanted !== known else { return base }
    return AgreedValues(base.all, labels: wanted)
  }

  private static func read(_ part: String) -> String? {
    guard part.utf8.first == absent.utf8.first else { return part }
    return part.utf8.count == 1 ? nil : String(part.dropFirst())
  }

  private static func pairs(_ parts: PartedTexts, from start: Int) -> [String: String] {
    var result: [String: String] = [:]
    for index in stride(from: start, to: parts.count - 1, by: 2) { result[parts[index]] = parts[index + 1] }
    return result
  }
}
