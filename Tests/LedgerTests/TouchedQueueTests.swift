import Foundation
import GRDB
import Model
import Testing

@testable import Ledger

@Suite("The queue of referrals that events named")
struct TouchedQueueTests {
  private static let one = "11111111-2222-4333-8444-000000000001"
  private static let two = "11111111-2222-4333-8444-000000000002"

  private func withPath(_ body: (String) throws -> Void) throws {
    let folder = NSTemporaryDirectory() + "touched-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder + "/state/touched.sqlite")
  }

  @Test("A referral waits once, with its first and last event and their number, whatever the order and the case")
  func once() throws {
    try withPath { path in
      let queue = try TouchedQueue(at: path)
      try queue.note([Self.one, Self.two], at: "2026-11-02T08:00:05Z")
      try queue.note([Self.one.uppercased()], at: "2026-11-02T08:00:09Z")
      try queue.note([Self.one], at: "2026-11-02T08:00:07Z")
      let entries = try queue.entries()
      #expect(entries.map(\.referral) == [Self.one, Self.two])
      #expect(entries.map(\.count) == [3, 1])
      #expect(entries[0].first == "2026-11-02T08:00:05Z" && entries[0].last == "2026-11-02T08:00:09Z")
      #expect(try queue.entries(limit: 1).map(\.referral) == [Self.one])
    }
  }

  @Test("What was covered leaves, unless another event has named it since, even within the same second")
  func removal() throws {
    try withPath { path in
      let queue = try TouchedQueue(at: path)
      try queue.note([Self.one, Self.two], at: "2026-11-02T08:00:00Z")
      let covered = try queue.entries()
      try queue.note([Self.two], at: "2026-11-02T08:00:00Z")
      try queue.remove(covered)
      #expect(try queue.entries().map(\.referral) == [Self.two])
      try queue.remove(try queue.entries())
      #expect(try queue.entries().isEmpty)
    }
  }

  @Test("It is its owner's alone, is there for another process, and is not made by asking")
  func file() throws {
    try withPath { path in
      let none = try TouchedQueue.existing(at: path)
      #expect(none.map(ObjectIdentifier.init) == nil)
      #expect(!FileManager.default.fileExists(atPath: path))
      try TouchedQueue(at: path).note([Self.one], at: "2026-11-02T08:00:00Z")
      #expect(try TouchedQueue.existing(at: path)?.entries().count == 1)
      let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber
      #expect(mode?.intValue == 0o600)
    }
  }

  @Test("A file that is no queue, or is gone, is told by its code")
  func unusable() throws {
    try withPath { path in
      let queue = try TouchedQueue(at: path)
      try FileManager.default.removeItem(atPath: path)
      #expect(throws: Failure.self) { try queue.note([Self.one], at: "2026-11-02T08:00:00Z") }
      let other = path + ".other"
      try Data(repeating: 0x41, count: 5000).write(to: URL(fileURLWithPath: other))
      do throws(Failure) {
        _ = try TouchedQueue(at: other)
        Issue.record("a file of another kind was taken")
      } catch {
        #expect(error.code == .queueUnusable && error.message.hasPrefix("the queue of events \(other) cannot be used"))
      }
    }
  }
}
