import Foundation

extension SizeFigures {
  /// The heading above its table: sizes of files and numbers of records.
  var heading: String {
    "\(Self.grouped(records)) referrals (\(Self.megabytes(files.referrals)) MB of JSON) × \(Self.grouped(records)) "
      + "opportunities (\(Self.megabytes(files.opportunities)) MB of CSV)"
  }

  /// Every figure, one row for each who took part and each night.
  var table: FigureTable {
    var table = FigureTable([
      "", "wall s", "CPU s", "peak MB", "read MB", "written MB", "ledger MB", "requests", "rounds",
    ])
    for night in Night.allCases {
      for figure in figures where figure.night == night {
        guard let cost = figure.median else { continue }
        table.add(["\(night.title): \(figure.who)"] + cost.cells + [String(figure.rounds.count)])
      }
    }
    return table
  }

  /// The stages that ours tells of each night, in seconds, beside the whole process.
  var stageTable: FigureTable {
    let nights = Night.allCases.compactMap { night in
      cost(Self.ours, night).flatMap { cost in cost.stages.map { (night: night, cost: cost, stages: $0) } }
    }
    let names = Set(nights.flatMap(\.stages.keys)).sorted()
    var table = FigureTable(["stages"] + names.map { "\($0) s" } + ["whole process s"])
    for night in nights {
      let seconds = names.map { name in night.stages[name].map { String(format: "%.2f", $0) } ?? "" }
      table.add([night.night.title] + seconds + [String(format: "%.2f", night.cost.wall)])
    }
    return table
  }

  /// The nights after the second.
  var laterTable: FigureTable {
    var table = FigureTable(["night", "wall s", "CPU s", "peak MB", "read MB", "written MB", "ledger MB"])
    for night in later { table.add([String(night.night)] + night.cost.cells.dropLast()) }
    return table
  }

  /// `1,000,000`.
  static func grouped(_ number: Int) -> String {
    let digits = Array(String(number))
    return digits.enumerated().reduce(into: "") { text, digit in
      if digit.offset > 0, (digits.count - digit.offset) % 3 == 0 { text += "," }
      text.append(digit.element)
    }
  }

  /// Millions of bytes.
  static func megabytes(_ bytes: Int) -> String { String((bytes + 500_000) / 1_000_000) }
}

extension Cost {
  /// Wall, processors, memory, bytes read and written, state, requests.
  fileprivate var cells: [String] {
    [
      String(format: "%.2f", wall), String(format: "%.2f", cpu), String(format: "%.0f", memory),
      SizeFigures.megabytes(read), SizeFigures.megabytes(written), state.map(SizeFigures.megabytes) ?? "",
      requests.map(String.init) ?? "",
    ]
  }
}
