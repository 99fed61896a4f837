/// Text in the language of manual pages.
enum Roff {
  /// A text as it is; hyphens stay hyphens, and no line of it is taken for a request.
  static func escaped(_ text: some StringProtocol) -> String {
    var result = ""
    for character in text {
      switch character {
      case "\\": result += "\\e"
      case "-": result += "\\-"
      default: result.append(character)
      }
    }
    return result.hasPrefix(".") || result.hasPrefix("'") ? "\\&" + result : result
  }

  static func bold(_ text: some StringProtocol) -> String { "\\fB" + escaped(text) + "\\fR" }

  static func italic(_ text: some StringProtocol) -> String { "\\fI" + escaped(text) + "\\fR" }

  /// A paragraph; what stands in backticks becomes bold.
  static func paragraph(_ text: some StringProtocol) -> String {
    let parts = text.split(separator: "`", omittingEmptySubsequences: false)
    guard parts.count % 2 == 1 else { return escaped(text) }
    let line = parts.enumerated().map { $0 % 2 == 1 ? bold($1) : inner($1) }.joined()
    return line.hasPrefix(".") || line.hasPrefix("'") ? "\\&" + line : line
  }

  /// Text within a line.
  private static func inner(_ text: some StringProtocol) -> String {
    let text = escaped(text)
    return text.hasPrefix("\\&") ? String(text.dropFirst(2)) : text
  }

  /// Lines that keep their breaks, indented.
  static func example(_ lines: [some StringProtocol]) -> String {
    ([".RS 4", ".nf"] + lines.map { bold($0) } + [".fi", ".RE"]).joined(separator: "\n")
  }
}
