import Load
import Planning
import Transform

extension SafetyStop {
  /// The stop as the page tells it.
  var warning: ReportPage.Warning {
    ReportPage.Warning(
      "Safety limit.",
      "\(message). Likely cause: \(cause). Apply stops unless \(limit.flag) is given, or fewer rows are decided.")
  }
}

extension MappingChange {
  /// What the page tells of a changed mapping; nil when it brings nothing and drops nothing.
  var warning: ReportPage.Warning? {
    guard rows > 0 || dropped > 0 else { return nil }
    let brought = rows > 0 ? "\(rows) rows come from it and are held; --confirm-mapping \(rows) applies them. " : ""
    let lost = dropped > 0 ? "\(dropped) rows that the earlier mapping brings are not proposed any more." : ""
    return ReportPage.Warning("The mapping was changed.", brought + lost)
  }
}
