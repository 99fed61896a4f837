import Foundation
import Testing

/// `docs/promises.md` names a test for each promise; a name that no test has is an empty promise.
@Suite("Promises") struct PromiseTests {
  @Test("every test that docs/promises.md names is there, and it names many")
  func proofs() throws {
    let page = try String(contentsOf: Binary.repository.appendingPathComponent("docs/promises.md"), encoding: .utf8)
    let names = Set(page.matches(of: /`([A-Za-z]+Tests)\.([A-Za-z]+)`/).map { "\($0.output.1) \($0.output.2)" })
    #expect(names.count > 90)
    let files = try Self.sources()
    for name in names.sorted() {
      let parts = name.split(separator: " ")
      let isThere = files.contains { file in
        file.contains(" \(parts[0]) ")
          && file.contains("func \(parts[1])(")
      }
      #expect(isThere, "\(name)")
    }
  }

  private static func sources() throws -> [String] {
    let tests = Binary.repository.appendingPathComponent("Tests")
    let paths = try FileManager.default.subpathsOfDirectory(atPath: tests.path).filter { $0.hasSuffix("Tests.swift") }
    return try paths.map { try String(contentsOf: tests.appendingPathComponent($0), encoding: .utf8) }
  }
}
