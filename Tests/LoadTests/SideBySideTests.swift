import Foundation
import JSON
import Ledger
import Load
import Model
import Testing
import Wire

@Suite("Pairs that are applied side by side")
struct SideBySideTests {
  private static func referral(_ number: Int) -> String { "11111111-1111-1111-1111-00000000000\(number)" }

  /// So many referrals, each with a value that is to be written.
  private func updates(_ count: Int) throws -> Scenario {
    let world = FakeWorld()
    for number in 1...count {
      world.referrals[Self.referral(number)] = ["id": .string(Self.referral(number)), "details": ["dealValue": 1]]
      world.editReferral(Self.referral(number), "/status", "Active")
    }
    return try Self.scenario(
      world,
      (1...count).map { number in
        (PairKey(referralID: Self.referral(number)), Rows.toPartnerCenter("Deal value", "/details/dealValue", 250))
      })
  }

  private static func scenario(_ world: FakeWorld, _ rows: [(PairKey, Change)]) throws -> Scenario {
    let scenario = try Scenario(world, rows)
    scenario.width = Lanes.usualWidth
    return scenario
  }

  private func isWritten(_ number: Int, in world: FakeWorld) -> Bool {
    world.referrals[Self.referral(number)]?["details"]?["dealValue"] == 250
  }

  @Test("R45 R50 R94: what several deals need and none has is made once")
  func shared() throws {
    let world = FakeWorld()
    for number in 1...5 { world.editReferral(Self.referral(number), "/name", "Fabrikam") }
    let account = OpportunityDraft.Account.create([
      FieldWrite("Name", #""Fabrikam""#), FieldWrite("BillingPostalCode", #""10115""#),
    ])
    let scenario = try Self.scenario(
      world,
      (1...5).flatMap { number in
        Rows.newOpportunity(Self.referral(number), account: account).map {
          (PairKey(referralID: Self.referral(number)), $0)
        }
      })
    _ = try scenario.apply()
    #expect(try scenario.outcomes().allSatisfy { $0 == .applied })
    let counts = ["Account", "Contact", "Microsoft_Solution_Detail__c", "Opportunity", "OpportunityContactRole"].map {
      world.ids(of: $0).count
    }
    #expect(counts == [1, 1, 1, 5, 5])
  }

  @Test("Every request that changes something has its intent in the ledger before the first of them leaves")
  func intents() throws {
    let scenario = try updates(6)
    var open: [Int] = []
    scenario.world.beforeWrite = { request in
      let intents = (try? scenario.ledger.read { try $0.openIntents(of: 1).map(\.what) }) ?? []
      open.append(intents.count)
      let id = request.url.split(separator: "/").last.map(String.init) ?? ""
      #expect(intents.contains("PATCH referral \(id)"), "\(request.url)")
    }
    _ = try scenario.apply()
    #expect(open.count == 6 && open.contains { $0 > 1 }, "\(open)")
    #expect(try scenario.ledger.read { try $0.openIntents(of: 1) }.isEmpty)
  }

  @Test("A death with several requests under way is settled by looks: nothing is missing, nothing is written twice")
  func death() throws {
    for number in 1...6 {
      for afterEffect in [false, true] {
        let scenario = try updates(6)
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("load-wreck-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        var seen = 0
        var left: FakeWorld?
        let keep: (Request) -> Void = { _ in
          seen += 1
          guard seen == number else { return }
          try? FileManager.default.copyItem(at: scenario.folder, to: folder)
          left = scenario.world.copy()
        }
        if afterEffect { scenario.world.afterWrite = keep } else { scenario.world.beforeWrite = keep }
        _ = try scenario.apply()
        let world = try Scenario.unwrap(left)
        let path = folder.appendingPathComponent("ledger.sqlite").path
        let wreck = try Scenario(world, ledgerAt: path, run: scenario.run)
        wreck.width = Lanes.usualWidth
        let open = try wreck.ledger.read { try $0.openIntents(of: 1).count }
        let place: Comment = "write \(number), \(afterEffect ? "answer" : "request") lost, \(open) intents open"
        #expect(open > 1, place)
        _ = try wreck.resume()
        #expect(try wreck.outcomes().allSatisfy { $0 == .applied }, place)
        #expect((1...6).allSatisfy { isWritten($0, in: world) }, place)
        #expect(world.writes.count == 6 - number + (afterEffect ? 0 : 1), place)
        #expect(try wreck.ledger.read { try $0.openIntents(of: 1) }.isEmpty, place)
      }
    }
  }

  @Test("Asked to end, it finishes what is under way, begins nothing, and goes on by resume")
  func interrupted() throws {
    let scenario = try updates(9)
    var isAsked = false
    scenario.world.beforeWrite = { _ in isAsked = true }
    scenario.shouldStop = { isAsked }
    #expect(try scenario.apply().isInterrupted)
    let written = scenario.world.writes.count
    #expect(written < 9)
    #expect(try scenario.outcomes().filter { $0 == .applied }.count == written)
    #expect(try scenario.ledger.read { try $0.openIntents(of: 1) }.isEmpty)
    scenario.shouldStop = { false }
    _ = try scenario.resume()
    #expect(try scenario.outcomes().allSatisfy { $0 == .applied })
    #expect(scenario.world.writes.count == 9)
  }

  @Test("An error that concerns the run ends it: what is under way is stored, the rest is not sent")
  func unreachable() throws {
    let scenario = try updates(9)
    scenario.world.fault = { request in request.url.hasSuffix("2") ? .unreachable : nil }
    let failure = #expect(throws: Failure.self) { try scenario.apply() }
    #expect(failure?.code == .unreachable)
    let outcomes = try scenario.outcomes()
    #expect(outcomes.filter { $0 == .applied }.count == (1...9).filter { isWritten($0, in: scenario.world) }.count)
    #expect(outcomes.filter { $0 == .notAttempted }.count > 1)
    #expect(outcomes.allSatisfy { $0 == .applied || $0 == .notAttempted })
    scenario.world.fault = { _ in nil }
    _ = try scenario.resume()
    #expect(try scenario.outcomes().allSatisfy { $0 == .applied })
    #expect((1...9).allSatisfy { isWritten($0, in: scenario.world) })
  }
}
