import Crypto
import Foundation
package import Ledger
import Model
import Mustache

/// `report.html`: the page on which a person reviews a run and decides.
///
/// One file without any request to the network: styles, script and data stand in it. What came from a service is escaped,
/// and the page's policy lets no other script run than its own.
package enum ReportPage {
  /// The name of the file.
  package static let name = "report.html"

  /// A warning above everything else.
  package struct Warning: Sendable {
    /// What it is about, in a few words.
    package let title: String
    /// The numbers, the likely cause, and what to do.
    package let text: String

    /// A warning in words.
    package init(_ title: String, _ text: String) {
      self.title = title
      self.text = text
    }
  }

  /// Writes the page of a run into its folder; `rows` are what was seen of its rows already.
  package static func write(
    _ run: RunEntry, _ rows: RowSurvey, warnings: [Warning], from ledger: LedgerFile, to folder: ReportFolder
  ) throws {
    let content = try ledger.read { try PageContent(of: run, rows.page, in: $0) }
    let frame = try render(content, warnings)
    guard let place = frame.range(of: placeOfData, options: .backwards) else {
      throw Failure(.reportUnwritable, "the template of \(name) has no place for the data")
    }
    try folder.write(name) { page in
      try page.write(frame[..<place.lowerBound].utf8)
      try content.data.write(run, to: &page)
      try page.write(frame[place.upperBound...].utf8)
    }
  }

  /// What stands near the end of the template until the data takes its place, which is too much to be rendered.
  private static let placeOfData = "the deals of the run"

  private static func render(_ content: PageContent, _ warnings: [Warning]) throws -> String {
    let style = String(decoding: PackageResources.report_css, as: UTF8.self)
    let script = String(decoding: PackageResources.report_js, as: UTF8.self)
    let template = try MustacheTemplate(string: String(decoding: PackageResources.report_mustache, as: UTF8.self))
    var values = PageOverview(content).values
    values["warnings"] = warnings.map { ["title": $0.title, "text": HarmlessText.plain($0.text)] }
    values["style"] = style
    values["script"] = script
    values["styleDigest"] = digest(style)
    values["scriptDigest"] = digest(script)
    return template.render(values)
  }

  private static func digest(_ text: String) -> String {
    Data(SHA256.hash(data: Data(text.utf8))).base64EncodedString()
  }
}
