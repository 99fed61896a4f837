package import Model

/// Everything that people decide in `mappings/`: settings, fields, stages and defaults.
package struct Mapping: Hashable, Sendable {
  /// The values in force of all settings.
  package let settings: Settings
  /// The mapped fields in the order of the file.
  package let fields: [FieldRule]
  /// Status and stage.
  package let stages: StageTable
  /// Values for new records.
  package let defaults: [DefaultValue]
  /// SHA-256 over what takes effect, in hexadecimal: the same for files that differ in comments, notes, order of columns
  /// or rows, and spelling of words.
  package let digest: String

  /// The labels that most pairs agree on: the fields of both sides, and whether the deal is open.
  package let agreedLabels: AgreedLabels

  private let reserved: ReservedRules

  /// Nil when a reserved row is missing.
  init?(settings: Settings, fields: [FieldRule], stages: StageTable, defaults: [DefaultValue]) {
    guard let reserved = ReservedRules(fields) else { return nil }
    self.settings = settings
    self.fields = fields
    self.stages = stages
    self.defaults = defaults
    self.reserved = reserved
    agreedLabels = AgreedLabels(
      fields.filter { $0.isPaired || $0.reserved == .referralLink }.map(\.label).sorted()
        + [StatusRows.stageLabel])
    digest = MappingDigest.hexadecimal(settings: settings, fields: fields, stages: stages, defaults: defaults)
  }

  /// The row of a reserved label.
  package func field(_ field: ReservedField) -> FieldRule { reserved[field] }

  /// The defaults of an object, in the order of the file.
  package func defaults(for object: SalesforceObject) -> [DefaultValue] {
    defaults.filter { $0.object == object }
  }
}
