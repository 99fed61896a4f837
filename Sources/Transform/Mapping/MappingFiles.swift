package import Foundation
import JSON
import Model

/// The mapping files of a workspace as bytes, each missing one replaced by its starter.
package struct MappingFiles: Sendable {
  /// The files that the workspace has, by their path within `mappings/`: `fields.csv`, `values/help-types.csv`.
  private let files: [String: [UInt8]]
  private var mistakes: [MappingDiagnostic]

  private static let names = ["settings.csv", "fields.csv", "stages.csv", "defaults.csv"]
  private static let sizeLimit = 1 << 24

  /// Files from memory, by their path within `mappings/`.
  package init(_ files: [String: [UInt8]]) {
    self.files = files
    mistakes = files.keys.filter { !$0.contains("/") && !Self.names.contains($0) }.map(Self.unknownFile)
  }

  /// Reads the mapping of a folder, or the starters without one: the mapping, or every mistake of every file.
  package static func load(folder: URL?) -> Result<Mapping, MappingMistakes> { read(folder: folder).mapping() }

  /// The files of a folder; what cannot be read counts as a mistake of the mapping.
  package static func read(folder: URL?) -> MappingFiles {
    var files: [String: [UInt8]] = [:]
    var mistakes: [MappingDiagnostic] = []
    for path in folder.map(paths) ?? [] {
      do throws(MappingDiagnostic) {
        files[path] = try bytes(of: path, in: folder)
      } catch {
        mistakes.append(error)
      }
    }
    var loaded = MappingFiles(files)
    loaded.mistakes += mistakes
    return loaded
  }

  /// The files as one text, from which they can be had again.
  package var encoded: String {
    let members = files.sorted { $0.key < $1.key }.map { path, bytes in
      JSONMember(path, .string(String(decoding: bytes, as: UTF8.self)))
    }
    return JSONValue.object(members).text
  }

  /// Files from such a text; nil when it is none.
  package init?(encoded: String) {
    guard let members = (try? JSONValue(parsing: encoded))?.objectValue else { return nil }
    self.init(Dictionary(members.map { ($0.name, Array(($0.value.stringValue ?? "").utf8)) }) { $1 })
  }

  /// The mapping files that a folder has, by their path within it.
  package static func present(in folder: URL?) -> Set<String> { Set(folder.map(paths) ?? []) }

  /// The mapping, or every mistake of every file.
  package func mapping() -> Result<Mapping, MappingMistakes> {
    var mistakes = mistakes
    let settings = SettingsFile.read(bytes("settings.csv"))
    let values = ValueFiles(files)
    let fields = FieldsFile(bytes("fields.csv"), settings: settings.settings, values: values)
    let stages = StagesFile.read(bytes("stages.csv"), settings: settings.settings)
    let defaults = DefaultsFile.read(bytes("defaults.csv"))
    mistakes += settings.mistakes + values.mistakes + fields.mistakes + stages.mistakes + defaults.mistakes
    let mapping = Mapping(
      settings: settings.settings, fields: fields.rules, stages: stages.table, defaults: defaults.defaults)
    guard let mapping, mistakes.isEmpty else { return .failure(MappingMistakes(mistakes)) }
    return .success(mapping)
  }

  private func bytes(_ path: String) -> [UInt8] {
    files[path] ?? Array((Starters.files[path] ?? "").utf8)
  }

  // MARK: The folder

  /// The paths of all CSV files of a folder and of its `values/`; none when there is no folder.
  private static func paths(in folder: URL) -> [String] {
    let top = names(in: folder)
    let values = names(in: folder.appendingPathComponent("values", isDirectory: true))
    return top + values.map { "values/" + $0 }
  }

  private static func names(in folder: URL) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".csv") && !$0.hasPrefix(".") }.sorted()
  }

  private static func bytes(of path: String, in folder: URL?) throws(MappingDiagnostic) -> [UInt8] {
    let problem: String
    do {
      let file = folder?.appendingPathComponent(path) ?? URL(fileURLWithPath: path)
      let data = try FileHandle(forReadingFrom: file).read(upToCount: sizeLimit + 1) ?? Data()
      if data.count <= sizeLimit { return Array(data) }
      problem = "the file is longer than \(sizeLimit) bytes"
    } catch {
      problem = "the file cannot be read"
    }
    throw MappingDiagnostic(
      file: "mappings/" + path, line: 1, column: 1, code: .mappingMissingFile, message: problem)
  }

  private static func unknownFile(_ name: String) -> MappingDiagnostic {
    MappingDiagnostic(
      file: "mappings/" + name, line: 1, column: 1, code: .mappingMissingFile,
      message: "there is no mapping file of this name" + Spelling.advice(for: name, among: names))
  }
}
