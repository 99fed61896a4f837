import Foundation

/// What an org itself says of its fields, as far as a mapping depends on it.
///
/// Fields that the user may not see are missing.
package struct OrgFields: Sendable, Hashable, Codable {
  /// One field.
  package struct Field: Sendable, Hashable, Codable {
    /// The API name as the org spells it.
    package let name: String
    /// Whether values outside the list are refused.
    package let isRestricted: Bool
    /// The active values of a picklist; empty for another type.
    package let values: [Choice]
    /// The name as users see it.
    package let label: String
    /// What it holds.
    package let kind: Kind
    /// Characters that a text may have; 0 for other kinds.
    package let length: Int
    /// What may be done with it.
    package let access: Access

    /// What a field holds, as far as a transform cares.
    package enum Kind: String, Sendable, Hashable, Codable {
      case text
      case number
      case date
      case dateTime = "date and time"
      case boolean = "true or false"
      case picklist
      case reference
      case other
    }

    /// What may be done with a field.
    package struct Access: Sendable, Hashable, Codable {
      /// Whether it may be given when a record is created.
      package var isCreateable = true
      /// Whether it may be changed.
      package var isUpdateable = true
      /// Whether no record can be created without it.
      package var isRequired = false

      /// What may be done; by default everything, and nothing must be.
      package init(isCreateable: Bool = true, isUpdateable: Bool = true, isRequired: Bool = false) {
        self.isCreateable = isCreateable
        self.isUpdateable = isUpdateable
        self.isRequired = isRequired
      }
    }

    /// A field and the values of its picklist.
    package init(
      _ name: String, label: String? = nil, kind: Kind = .text, length: Int = 255, access: Access = Access(),
      isRestricted: Bool = false, values: [Choice] = []
    ) {
      self.name = name
      self.label = label ?? name
      self.kind = kind
      self.length = length
      self.access = access
      self.isRestricted = isRestricted
      self.values = values
    }

    /// The org's own spelling of a value, found without regard to case; nil when the list lacks it.
    package func spelling(of value: String) -> String? {
      let folded = value.lowercased()
      return values.first { $0.value.lowercased() == folded }?.value
    }
  }

  /// One value of a picklist.
  package struct Choice: Sendable, Hashable, Codable {
    /// What is stored.
    package let value: String
    /// What users see; often the same.
    package let label: String

    /// A value and what users see of it.
    package init(value: String, label: String) {
      self.value = value
      self.label = label
    }
  }

  /// One stage of an opportunity.
  package struct Stage: Sendable, Hashable, Codable {
    /// The name.
    package let name: String
    /// Whether users can choose it.
    package let isActive: Bool
    /// Whether it closes the opportunity, and whether as won.
    package let isClosed: Bool
    package let isWon: Bool

    /// A stage with its flags.
    package init(_ name: String, isActive: Bool = true, isClosed: Bool = false, isWon: Bool = false) {
      self.name = name
      self.isActive = isActive
      self.isClosed = isClosed
      self.isWon = isWon
    }
  }

  /// The stages of opportunities; empty when they were not asked for.
  package var stages: [Stage] = []

  private var fields: [String: Field] = [:]

  /// Knows no object yet.
  package init() {}

  /// Learns the fields of an object.
  package mutating func add(_ object: String, _ list: [Field]) {
    for field in list { fields[Self.key(object, field.name)] = field }
  }

  /// The field of an object, both found without regard to case; nil when the org has none or hides it.
  package subscript(object: String, field: String) -> Field? { fields[Self.key(object, field)] }

  /// The fields of an object, by name; empty when it was not asked for.
  package func fields(of object: String) -> [Field] {
    let prefix = object.lowercased() + "."
    return fields.filter { $0.key.hasPrefix(prefix) }.map(\.value).sorted { $0.name < $1.name }
  }

  /// All of it as one text, from which it can be had again.
  package var encoded: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  /// What such a text says; nil when it is none.
  package init?(encoded: String) {
    guard let org = try? JSONDecoder().decode(OrgFields.self, from: Data(encoded.utf8)) else { return nil }
    self = org
  }

  private static func key(_ object: String, _ field: String) -> String { "\(object).\(field)".lowercased() }
}
