/// All files of `values/`: those of the workspace, and the starters of those that it lacks.
struct ValueFiles {
  /// The rows of each file, by its name.
  let pairs: [String: [ValueMap.Pair]]
  /// The rows of `countries.csv` as a table.
  let countries: CountryTable
  /// The mistakes of all files.
  private(set) var mistakes: [MappingDiagnostic] = []

  /// Reads the files among `files`, whose keys are paths within `mappings/`.
  init(_ files: [String: [UInt8]]) {
    var pairs = Self.shipped
    for (path, bytes) in files where path.hasPrefix(Self.folder) {
      let file = String(path.dropFirst(Self.folder.count))
      let read = ValuesFile.read(bytes, file: file)
      pairs[file] = read.pairs
      mistakes += read.mistakes
    }
    self.pairs = pairs
    let hasOwn = files[Self.folder + ValuesFile.countries] != nil
    countries = hasOwn ? CountryTable(pairs[ValuesFile.countries] ?? []) : Self.shippedCountries
  }

  private static let folder = "values/"

  /// The starters, read once.
  private static let shipped: [String: [ValueMap.Pair]] = {
    var pairs: [String: [ValueMap.Pair]] = [:]
    for (path, text) in Starters.files where path.hasPrefix(folder) {
      let file = String(path.dropFirst(folder.count))
      pairs[file] = ValuesFile.read(Array(text.utf8), file: file).pairs
    }
    return pairs
  }()

  private static let shippedCountries = CountryTable(shipped[ValuesFile.countries] ?? [])
}
