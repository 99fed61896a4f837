/// What one process cost in one night.
struct Cost: Codable, Equatable {
  /// Seconds on the clock.
  var wall: Double
  /// Seconds of all processors.
  var cpu: Double
  /// The largest resident size, in megabytes.
  var memory: Double
  /// Bytes read and written by system calls.
  var read: Int
  var written: Int
  /// Bytes of what is kept for the next night: the ledger, or a peer's state.
  var state: Int?
  var requests: Int?
  /// Seconds by stage, where the process tells them.
  var stages: [String: Double]?

  /// The cost of a measured process.
  init(_ run: Measured, state: Int? = nil, requests: Int? = nil, stages: [String: Double]? = nil) {
    wall = run.wall
    cpu = run.cpu
    memory = run.memory
    read = run.traffic.read
    written = run.traffic.written
    self.state = state
    self.requests = requests
    self.stages = stages
  }

  /// A cost put together from its parts.
  init(
    wall: Double, cpu: Double, memory: Double, read: Int = 0, written: Int = 0, state: Int? = nil, requests: Int? = nil,
    stages: [String: Double]? = nil
  ) {
    self.wall = wall
    self.cpu = cpu
    self.memory = memory
    self.read = read
    self.written = written
    self.state = state
    self.requests = requests
    self.stages = stages
  }

  /// The median of each figure by itself; nil of no costs.
  static func median(_ costs: [Cost]) -> Cost? {
    guard let last = costs.last else { return nil }
    func whole(_ values: [Int]) -> Int? { middle(values.map(Double.init)).map { Int($0.rounded()) } }
    let stages = last.stages.map { stages in
      Dictionary(
        uniqueKeysWithValues: stages.map { name, seconds in
          (name, middle(costs.compactMap { $0.stages?[name] }) ?? seconds)
        })
    }
    return Cost(
      wall: middle(costs.map(\.wall)) ?? last.wall, cpu: middle(costs.map(\.cpu)) ?? last.cpu,
      memory: middle(costs.map(\.memory)) ?? last.memory, read: whole(costs.map(\.read)) ?? last.read,
      written: whole(costs.map(\.written)) ?? last.written, state: whole(costs.compactMap(\.state)),
      requests: whole(costs.compactMap(\.requests)), stages: stages)
  }

  /// The middle one, or between the two in the middle; nil of nothing.
  private static func middle(_ values: [Double]) -> Double? {
    let sorted = values.sorted()
    guard let upper = sorted.dropFirst(sorted.count / 2).first else { return nil }
    return sorted.count.isMultiple(of: 2) ? (sorted[sorted.count / 2 - 1] + upper) / 2 : upper
  }
}
