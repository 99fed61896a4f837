import Foundation

/// The whole bench: each size, each night, ours and every peer in turn on the same files.
struct Suite {
  private let binary: String
  private let nights: Int
  private let rounds: Int?
  private let peers: [Peer]
  private let python: String?
  private let data: URL?
  private let folder: URL

  /// A bench that works in a folder, which must be there.
  init(binary: String, nights: Int, rounds: Int?, peers: [Peer], python: String?, data: URL?, folder: URL) {
    self.binary = binary
    self.nights = nights
    self.rounds = rounds
    self.peers = peers
    self.python = python
    self.data = data
    self.folder = folder
  }

  /// Measures all sizes and prints their tables, and the marks in the end.
  func run(_ sizes: [Int]) throws -> BenchReport {
    var report = BenchReport(
      machine: .current, versions: try Versions.of(binary, peers, python: python),
      began: Date.now.ISO8601Format(), seed: BenchFiles.seed)
    print(report.introduction)
    for size in sizes {
      let figures = try measure(size)
      report.sizes.append(figures)
      print("\n\(figures.text)")
    }
    print("\n\(Mark.table(report.marks).text)")
    return report
  }

  private func measure(_ size: Int) throws -> SizeFigures {
    let place = (data ?? folder).appendingPathComponent(String(size))
    defer { if data == nil { try? FileManager.default.removeItem(at: place) } }
    let files = try BenchFiles(binary: binary, size: size, folder: place)
    var figures = SizeFigures(records: size, files: files.sizes)
    for peer in peers where peer.needsPython && python == nil {
      figures.leftOut[peer.title] = "there is no Python with it"
    }
    let count = rounds ?? (size > 100_000 ? 1 : 3)
    for round in 1...count {
      try playRound(files, isLast: round == count, &figures)
    }
    return figures
  }

  /// One round: every night from the first on, ours and each peer in turn, none knowing anything before.
  private func playRound(_ files: BenchFiles, isLast: Bool, _ figures: inout SizeFigures) throws {
    let place = folder.appendingPathComponent("round")
    defer { try? FileManager.default.removeItem(at: place) }
    let workspace = try BenchWorkspace(binary: binary, folder: place.appendingPathComponent("workspace"))
    for night in Night.reading {
      add(SizeFigures.ours, night, try workspace.plan(files, export: night.export), to: &figures)
      for peer in peers where peer.nights.contains(night) && figures.leftOut[peer.title] == nil {
        play(peer, night, files, place, &figures)
      }
      if night == .changed, isLast { figures.agreement = agreement(workspace, place, figures) }
    }
    add(SizeFigures.ours, .replan, try workspace.replan(), to: &figures)
    if isLast { try playOn(workspace, files, &figures) }
  }

  /// A peer that fails is left out from then on, and the report says why.
  private func play(_ peer: Peer, _ night: Night, _ files: BenchFiles, _ place: URL, _ figures: inout SizeFigures) {
    do {
      let command = peer.command(files, night.export, python: python ?? "", folder: place)
      let run = try Measured.run(command[0], Array(command.dropFirst()), isSilent: true)
      let state = peer == .floor ? nil : DiskUse.bytes(below: peer.state(in: place))
      add(peer.title, night, Cost(run, state: state), to: &figures)
    } catch {
      figures.leftOut[peer.title] = "\(error)"
    }
  }

  /// Notes a figure, and tells it at once to who waits.
  private func add(_ who: String, _ night: Night, _ cost: Cost, to figures: inout SizeFigures) {
    figures.add(who, night, cost)
    tell(figures.records, "\(night.title): \(who)", cost)
  }

  private func tell(_ records: Int, _ title: String, _ cost: Cost) {
    let seconds = String(format: "%.2f s", cost.wall)
    FileHandle.standardError.write(Data("\(SizeFigures.grouped(records)): \(title): \(seconds)\n".utf8))
  }

  /// The nights after the second; their files are needed for one night each.
  private func playOn(_ workspace: BenchWorkspace, _ files: BenchFiles, _ figures: inout SizeFigures) throws {
    guard nights > 2 else { return }
    for night in 3...nights {
      try files.write(night)
      let cost = try workspace.plan(files, export: night)
      figures.later.append(LaterNight(night: night, cost: cost))
      tell(figures.records, "night \(night)", cost)
      try files.remove(night)
    }
  }

  /// Whether all who took part found the same cells changed in the second night.
  private func agreement(_ workspace: BenchWorkspace, _ place: URL, _ figures: SizeFigures) -> String? {
    let taking = peers.filter { $0.needsPython && figures.leftOut[$0.title] == nil }
    guard let python, !taking.isEmpty else { return nil }
    let outputs = taking.map { $0.output(in: place).appendingPathComponent("changes.csv").path }
    do {
      let text = try Output.of(python, ["scripts/bench/same_cells.py", workspace.changes] + outputs)
      return text.trimmingCharacters(in: .whitespacesAndNewlines)
    } catch {
      return "\(error)"
    }
  }
}
