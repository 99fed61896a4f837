import Foundation
import Testing

@testable import sim

/// Random histories of users, faults and deaths, with the real code of Extract, Transform and Load between simulated
/// services; `make sim` plays many more.
@Suite("Simulation") struct SimulationTests {
  @Test("no property is broken in a batch of histories, and the batch exercised what it should")
  func batch() throws {
    let first = UInt64(ProcessInfo.processInfo.environment["SEED"] ?? "") ?? 1
    print("SimulationTests: seeds from \(first)")
    let outcome = try Batch(first: first, count: 150).play()
    #expect(outcome.histories == 150)
    #expect(outcome.violations.isEmpty, "\(outcome.violations.prefix(5))")
    let missed = Floors.missed(in: outcome.coverage, histories: outcome.histories)
    #expect(missed.isEmpty, "\(missed)")
  }

  @Test("the parts of a batch are all of it, in order, and the last are small", arguments: [0, 1, 24, 100, 10_000])
  func parts(count: Int) {
    let batch = Batch(first: 7, count: count, mutants: [.noKey], stopsAtFirst: true, playsTwice: true)
    let parts = batch.parts(jobs: 2, least: 25)
    let seeds = parts.flatMap { part in (0..<part.count).map { part.first + UInt64($0) } }
    #expect(seeds == (0..<count).map { 7 + UInt64($0) })
    #expect(parts.allSatisfy { $0.mutants == [.noKey] && $0.stopsAtFirst && $0.playsTwice && $0.count > 0 })
    #expect(parts.dropLast().allSatisfy { $0.count >= 25 })
    #expect(parts.allSatisfy { $0.count <= max(25, count / 4) })
    #expect(parts.last.map { $0.count <= 25 } ?? true)
  }

  @Test("a batch that is played twice tells of no difference")
  func twice() throws {
    let outcome = try Batch(first: 1, count: 3, playsTwice: true).play()
    #expect(outcome.histories == 3)
    #expect(outcome.differing.isEmpty)
  }

  @Test("the same seed plays the same history, step by step", arguments: 1...5)
  func repeats(seed: Int) throws {
    let template = try Template.make()
    var history = History(seed: UInt64(seed))
    history.keepsTrace = true
    let first = try history.play(on: template)
    let second = try history.play(on: template)
    #expect(first.trace.count > 20)
    #expect(first.trace == second.trace)
  }

  @Test("a guard that is taken away is missed", arguments: Mutant.allCases)
  func mutants(mutant: Mutant) throws {
    let caught = try Batch(first: mutant.firstSeed, count: 300, mutants: [mutant], stopsAtFirst: true).play()
    #expect(!caught.violations.isEmpty, "\(mutant.rawValue) in \(caught.histories) histories")
  }

  @Test("what once went wrong does so no more", arguments: try Regressions.all())
  func regressions(name: String) throws {
    let history = try #require(try Regressions.history(name), "\(name) cannot be read")
    let result = try history.play(on: try Template.make())
    #expect(result.violation == nil, "\(name): \(result.violation ?? "")")
  }
}

/// The histories that are kept because they once failed.
private enum Regressions {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Regressions")

  static func all() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".txt") }.sorted()
  }

  static func history(_ name: String) throws -> History? {
    Regression(text: try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8))?.history
  }
}
