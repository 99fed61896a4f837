/// The files of `mappings/` as the tool ships them, held in the binary.
package enum Starters {
  /// The text of each file by its path within `mappings/`.
  package static let files: [String: String] = [
    "settings.csv": settings,
    "fields.csv": fields,
    "stages.csv": stages,
    "defaults.csv": defaults,
    "values/help-types.csv": helpTypes,
    "values/countries.csv": countries,
    "values/close-reasons.csv": closeReasons,
    "values/sales-stages.csv": salesStages,
    "README.md": readme,
  ]
}
