import Foundation
import Testing

@testable import bench

/// A process is measured as a whole, and what fails has no figures.
@Suite("Measured processes")
struct MeasuredTests {
  @Test("Bytes that a process and its children read and write are counted")
  func traffic() throws {
    let run = try Measured.run("/bin/sh", ["-c", "head -c 3000000 /dev/zero | cat >/dev/null"], isSilent: true)
    #expect(run.traffic.read >= 6_000_000)
    #expect(run.traffic.written >= 6_000_000)
    #expect(run.wall > 0)
    #expect(run.memory > 0)
  }

  @Test("A process that fails is refused with its status or its signal")
  func failure() {
    let status = #expect(throws: Measured.Refused.self) { try Measured.run("/bin/sh", ["-c", "exit 3"]) }
    #expect(status?.description == "/bin/sh -c exit 3 ended with status 3")
    let signal = #expect(throws: Measured.Refused.self) { try Measured.run("/bin/sh", ["-c", "kill -9 $$"]) }
    #expect(signal?.description == "/bin/sh -c kill -9 $$ ended with signal 9")
    #expect(throws: Measured.Refused.self) { try Measured.run("/nowhere/reconcile", []) }
  }

  @Test("What a folder takes is the sum of its files, at any depth")
  func diskUse() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("use-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let inner = folder.appendingPathComponent("inner")
    try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: true)
    try Data(count: 1000).write(to: folder.appendingPathComponent("one"))
    try Data(count: 234).write(to: inner.appendingPathComponent("two"))
    #expect(DiskUse.bytes(below: folder) == 1234)
    #expect(DiskUse.bytes(below: folder.appendingPathComponent("nothing")) == 0)
  }
}
