/// How the lines of a job are written: what parts the values and what ends a line.
struct BulkFormat: Sendable, Equatable {
  var delimiter = "COMMA"
  var lineEnding = "LF"

  static let delimiters = [
    "BACKQUOTE": "`", "CARET": "^", "COMMA": ",", "PIPE": "|", "SEMICOLON": ";", "TAB": "\t",
  ]
  static let lineEndings = ["LF": "\n", "CRLF": "\r\n"]

  var separator: String { BulkFormat.delimiters[delimiter] ?? "," }
  var end: String { BulkFormat.lineEndings[lineEnding] ?? "\n" }

  init(delimiter: String = "COMMA", lineEnding: String = "LF") {
    self.delimiter = delimiter
    self.lineEnding = lineEnding
  }

  /// Reads the format of a new job.
  ///
  /// - Throws: a `Refusal` for names that there are not, or a content type other than CSV.
  init(job: JSONObject) throws {
    if let type = job["contentType"], type != "CSV", !type.isNull {
      throw BulkFormat.refused("Unsupported content type: \(type.scalar ?? "")")
    }
    delimiter = job["columnDelimiter"]?.string ?? "COMMA"
    lineEnding = job["lineEnding"]?.string ?? "LF"
    if BulkFormat.delimiters[delimiter] == nil { throw BulkFormat.refused("Unknown columnDelimiter: \(delimiter)") }
    if BulkFormat.lineEndings[lineEnding] == nil { throw BulkFormat.refused("Unknown lineEnding: \(lineEnding)") }
  }

  private static func refused(_ message: String) -> Refusal {
    Refusal(status: 400, code: "INVALIDJOB", message: "InvalidJob : \(message)")
  }

  /// A line of values, each in quotes, without its end.
  func line(_ values: [String]) -> String {
    values.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: separator)
  }
}
