import CCSV

extension CSVReader {
  /// `libcsv 3.0.3`: the library that rows are parted by, as it was at the build.
  package static var library: String { "libcsv \(CSV_MAJOR).\(CSV_MINOR).\(CSV_RELEASE)" }
}
