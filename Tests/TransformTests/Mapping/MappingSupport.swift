import Foundation
import Model
import Transform

/// The text of a starter file.
func starter(_ path: String) -> String { Starters.files[path] ?? "" }

/// What is read from some files; the others are the starters.
func load(_ files: [String: String]) -> Result<Mapping, MappingMistakes> {
  MappingFiles(files.mapValues { Array($0.utf8) }).mapping()
}

/// The mistakes of some files, as they are printed; empty when there are none.
func mistakes(_ files: [String: String]) -> [String] {
  switch load(files) {
  case .success: []
  case .failure(let mistakes): mistakes.diagnostics.map(\.description)
  }
}

/// A starter in which one text was replaced by another; the old text must be there.
func starter(_ path: String, replacing old: String, with new: String) -> [String: String] {
  let text = starter(path)
  precondition(text.contains(old), "\(path) does not hold \(old)")
  return [path: text.replacingOccurrences(of: old, with: new)]
}

/// A starter with lines added at its end.
func starter(_ path: String, adding lines: String) -> [String: String] {
  [path: starter(path) + lines]
}
