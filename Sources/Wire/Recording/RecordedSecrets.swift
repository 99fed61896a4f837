import Foundation
import JSON

/// The secrets of a conversation, found where they are sent and handed out.
enum RecordedSecrets {
  /// The beginnings of the secrets in a request and its answer, as they stand and in base64.
  static func prefixes(_ request: Request, _ result: Result<Response, TransportError>) -> Set<String> {
    var secrets = request.headers.filter { TreatmentTable.secrets.contains($0.name.lowercased()) }.flatMap { line in
      line.value.split(separator: " ").map(String.init)
    }
    if let body = request.body, isForm(request) {
      secrets += String(decoding: body, as: UTF8.self).split(separator: "&").compactMap { secret(in: $0) }
    }
    if case .success(let response) = result, isForm(request), let document = try? JSONValue(parsing: response.body) {
      secrets += (document.objectValue ?? []).filter { TreatmentTable.secrets.contains($0.name.lowercased()) }
        .compactMap(\.value.stringValue)
    }
    // Salesforce's tokens begin with the org's id, which is none. Shorter ones are words such as `Bearer`.
    let long = secrets.map { $0.split(separator: "!").last.map(String.init) ?? $0 }.filter { $0.count >= 8 }
    return Set(long.flatMap { [$0, Data($0.utf8).base64EncodedString()] }.map { String($0.prefix(8)) })
  }

  private static func isForm(_ request: Request) -> Bool {
    Headers(request.headers)["Content-Type"]?.hasPrefix("application/x-www-form-urlencoded") == true
  }

  private static func secret(in pair: Substring) -> String? {
    guard let equals = pair.firstIndex(of: "="), TreatmentTable.secrets.contains(String(pair[..<equals])) else {
      return nil
    }
    return pair[pair.index(after: equals)...].removingPercentEncoding
  }
}
