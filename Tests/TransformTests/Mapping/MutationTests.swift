import Foundation
import Model
import TestSupport
import Testing
import Transform

@Suite("Damaged mapping files")
struct MutationTests {
  private static let paths = [
    "settings.csv", "fields.csv", "stages.csv", "defaults.csv", "values/help-types.csv", "values/close-reasons.csv",
  ]
  private static let pieces: [[UInt8]] = [
    [], [0], [0x22], [0x22, 0x22], [0x2C], [0x0A], [0x0D], [0x23], [0x40], [0x7C], [0x2E], [0xEF, 0xBB, 0xBF], [0xC3],
    [0xFF],
    Array("\n\"".utf8), Array("always".utf8), Array(",,,,,,,,,,,".utf8), Array("map:".utf8), Array("ü€😀".utf8),
    Array("../".utf8),
  ]

  @Test("2,000 mutations of the shipped files end in a mapping or in located mistakes, and never in a crash")
  func mutations() {
    var random = SeededGenerator(named: "mutations")
    var accepted = 0
    var refused: Set<Code> = []
    for round in 0..<2_000 {
      let path = Self.paths.randomElement(using: &random) ?? ""
      var bytes = Array(starter(path).utf8)
      for _ in 0..<Int.random(in: 1...3, using: &random) { mutate(&bytes, &random) }
      switch MappingFiles([path: bytes]).mapping() {
      case .success(let mapping):
        accepted += 1
        #expect(mapping.digest.count == 64)
      case .failure(let mistakes):
        #expect(!mistakes.diagnostics.isEmpty)
        for mistake in mistakes.diagnostics {
          refused.insert(mistake.code)
          let isLocated = mistake.line >= 1 && mistake.column >= 1 && mistake.file.hasPrefix("mappings/")
          #expect(isLocated && !mistake.message.isEmpty, "round \(round)")
        }
      }
    }
    print("mutations: \(accepted) accepted; codes \(refused.map(\.rawValue).sorted())")
    #expect(accepted > 100, "most mutations of comments are harmless")
    #expect(
      refused.isSuperset(of: [
        .mappingSyntax, .mappingUnknownColumn, .mappingMissingColumn, .mappingUnknownWord, .mappingDefaultEdited,
        .mappingUnknownField, .mappingEncoding, .mappingContradiction,
      ]))
  }

  private func mutate(_ bytes: inout [UInt8], _ random: inout SeededGenerator) {
    guard !bytes.isEmpty else { return }
    let start = Int.random(in: 0..<bytes.count, using: &random)
    let piece = Self.pieces.randomElement(using: &random) ?? []
    switch Int.random(in: 0..<5, using: &random) {
    case 0: bytes.insert(contentsOf: piece, at: start)
    case 1: bytes[start] = UInt8.random(in: 0...255, using: &random)
    case 2: bytes.removeSubrange(start..<min(bytes.count, start + Int.random(in: 1...40, using: &random)))
    case 3:
      bytes.insert(
        contentsOf: bytes[start..<min(bytes.count, start + 60)], at: Int.random(in: 0...start, using: &random))
    case _: bytes.removeSubrange(start...)
    }
  }
}
