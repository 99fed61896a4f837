extension BenchReport {
  /// Machine, versions and seed.
  var introduction: String {
    let programs = versions.sorted { $0.key < $1.key }.filter { !$0.value.isEmpty }.map { name, version in
      version.hasPrefix(name) ? version : "\(name) \(version)"
    }
    return "\(began), seed \(seed)\n\(machine.description)\n\(programs.joined(separator: "; "))"
  }
}

extension SizeFigures {
  /// Its tables, and who did not take part.
  var text: String {
    var parts = [heading, table.text, stageTable.text]
    if !later.isEmpty { parts.append(laterTable.text) }
    return (parts + notes).joined(separator: "\n")
  }

  /// Who found the same cells, and who was left out.
  var notes: [String] {
    (agreement.map { [$0] } ?? []) + leftOut.sorted { $0.key < $1.key }.map { "without \($0.key): \($0.value)" }
  }
}
