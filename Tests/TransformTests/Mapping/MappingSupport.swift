import Foundation
import Model
import Transform

/// A small generator whose sequence depends on the seed alone.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  /// The seed of the environment variable `SEED`, else a fixed one; printed so that a failure can be replayed.
  init(named name: String) {
    let seed = UInt64(ProcessInfo.processInfo.environment["SEED"] ?? "") ?? 20_261_102
    print("\(name): seed \(seed)")
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

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
