/// What a batch of histories has to have met, so that it proves something.
enum Floors {
  /// The least counts, for 10,000 histories.
  private static let least: [String: Int] = [
    "plan": 20_000, "apply": 10_000, "resume": 300, "resume in calm": 300, "applied again": 1_000,
    "second run": 1_000, "quiet period": 300, "pair compared": 5_000, "fault delivered late": 500, "short list": 100,
    "order shuffled": 200,
  ]

  /// The counts that stayed below their floor in so many histories, with what they should have been.
  static func missed(in coverage: Coverage, histories: Int) -> [String] {
    var floors = least
    for fault in Fault.allCases { floors["fault \(fault.rawValue)"] = 100 }
    for place in ["before a request", "after a request", "at the end", "within a commit"] {
      floors["crash \(place)"] = 100
    }
    return floors.sorted { $0.key < $1.key }.compactMap { name, floor in
      let wanted = floor * histories / 10_000
      return coverage[name] < wanted ? "\(name): \(coverage[name]) of \(wanted)" : nil
    }
  }
}
