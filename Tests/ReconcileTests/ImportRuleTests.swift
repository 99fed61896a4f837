import Foundation
import Testing

/// The data flows one way, and the sandbox shares no code with the clients that are tested against it.
@Suite("Who may import whom")
struct ImportRuleTests {
  /// The project's own modules and the third-party ones that each module may import; the system's are free but for
  /// `Transform`, which does no input or output.
  static let allowed: [String: Set<String>] = [
    "Model": [], "CSV": ["CCSV", "Model"], "JSON": ["CSimdjson", "Model"],
    "Transform": ["CSV", "JSON", "Model", "Crypto"],
    "Wire": ["CCurl", "CSV", "JSON", "Model", "Crypto", "CryptoExtras"],
    "Ledger": ["CXXHash", "JSON", "Model", "Crypto", "GRDB", "GRDBSQLite"],
    "Extract": ["CSV", "JSON", "Ledger", "Model", "Wire", "Crypto", "GRDB"],
    "Planning": ["Extract", "Ledger", "Model", "Transform"],
    "Listen": [
      "Crypto", "CryptoExtras", "HTTPTypes", "Hummingbird", "JSON", "Ledger", "Logging", "Model", "NIOCore",
      "SwiftASN1",
      "UnixSignals", "Wire", "X509",
    ],
    "Load": ["CSV", "JSON", "Ledger", "Model", "Wire", "Crypto", "Mustache"],
    "Workspace": ["Model", "Transform", "Yams"],
    "Setup": [
      "Crypto", "CryptoExtras", "JSON", "Ledger", "Model", "SwiftASN1", "Transform", "Wire", "Workspace", "X509",
    ],
    "Notify": ["JSON", "Model", "Wire", "Workspace"],
    "Sandbox": [
      "CZlib", "Crypto", "CryptoExtras", "GRDB", "Hummingbird", "HTTPTypes", "NIOCore", "NIOHTTP1", "NIOPosix",
      "Logging", "UnixSignals",
    ],
    "bench": ["ArgumentParser", "CFloor"], "manual": ["JSON", "Model"],
    "reconcile": [
      "ArgumentParser", "CBuildFacts", "CSV", "JSON", "Extract", "Ledger", "Listen", "Load", "Logging", "Model",
      "Notify", "Planning", "Sandbox", "Setup", "Transform", "Wire", "Workspace",
    ],
  ]

  private static let system: Set<String> = ["Foundation", "Dispatch", "Synchronization", "Glibc", "Musl"]

  @Test("Each module imports what it may and nothing else", arguments: allowed.keys.sorted())
  func imports(module: String) throws {
    let system = module == "Transform" ? ["Foundation", "Synchronization"] : Self.system
    let allowed = try #require(Self.allowed[module]).union(system)
    let sources = try Self.sources(of: module)
    #expect(!sources.isEmpty)
    for file in sources {
      for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") where line.contains("import ") {
        guard let name = Self.importedModule(line) else { continue }
        #expect(allowed.contains(name), "\(file.lastPathComponent) imports \(name)")
      }
    }
  }

  @Test("Every module with Swift sources is in the table")
  func complete() throws {
    let folders = try FileManager.default.contentsOfDirectory(atPath: Self.root.path)
    let modules = try folders.filter { try !Self.sources(of: $0).isEmpty }
    #expect(Set(modules) == Set(Self.allowed.keys))
  }

  @Test(
    "A line that imports is recognised",
    arguments: [
      ("import Wire", "Wire"), ("package import Wire", "Wire"), ("@testable import Wire", "Wire"),
      ("  import struct Wire.Request", "Wire"), ("@preconcurrency internal import Wire", "Wire"),
      ("// import Wire", nil),
      ("let important = 1", nil),
    ])
  func recognised(line: String, module: String?) {
    #expect(Self.importedModule(line[...]) == module)
  }

  @Test("The script that checks the house's rules finds no breach")
  func script() throws {
    let process = Process()
    process.executableURL = Binary.repository.appendingPathComponent("scripts/rules")
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }

  private static let root = Binary.repository.appendingPathComponent("Sources")

  private static func sources(of module: String) throws -> [URL] {
    let folder = root.appendingPathComponent(module)
    return (FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.allObjects ?? [])
      .compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
  }

  /// The module that a line imports, whatever stands before the word.
  private static func importedModule(_ line: Substring) -> String? {
    let words = line.split(separator: " ")
    guard let place = words.firstIndex(of: "import"), place + 1 < words.count,
      words[..<place].allSatisfy({ $0.hasPrefix("@") || levels.contains(String($0)) })
    else { return nil }
    let name = kinds.contains(String(words[place + 1])) ? words.dropFirst(place + 2).first : words[place + 1]
    return name?.split(separator: ".").first.map(String.init)
  }

  private static let levels: Set<String> = ["package", "internal", "private", "fileprivate", "public"]
  private static let kinds: Set<String> = ["struct", "class", "enum", "protocol", "func", "typealias", "var", "let"]
}
