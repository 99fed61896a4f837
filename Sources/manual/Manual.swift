import Foundation
import JSON

/// Writes the manual pages of a command line, one a command, out of its own description of itself.
///
///     reconcile --experimental-dump-help | manual FOLDER VERSION DATE
@main
enum Manual {
  static func main() {
    let arguments = CommandLine.arguments.dropFirst()
    guard arguments.count == 3, let folder = arguments.first else {
      end("usage: reconcile --experimental-dump-help | manual FOLDER VERSION DATE", status: 64)
    }
    do {
      let edition = Edition(version: arguments[2], date: arguments[3])
      let description = try JSONValue(parsing: Array(FileHandle.standardInput.readDataToEndOfFile()))
      guard let command = CommandDescription(description["command"]) else {
        end("the description of the command line names no command", status: 65)
      }
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      for page in ManualPage.pages(of: command, edition) {
        try Data(page.text.utf8).write(to: URL(fileURLWithPath: folder).appendingPathComponent(page.fileName))
        print(page.fileName)
      }
    } catch {
      end("\(error)", status: 1)
    }
  }

  private static func end(_ message: String, status: Int32) -> Never {
    FileHandle.standardError.write(Data("manual: \(message)\n".utf8))
    exit(status)
  }
}

/// Of which release and day the pages are.
struct Edition {
  let version: String
  let date: String
}
