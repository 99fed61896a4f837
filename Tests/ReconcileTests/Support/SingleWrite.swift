import JSON

/// A change that one request asked for; a composite request or a collection asks for several.
struct SingleWrite {
  let method: String
  let path: String
  let body: JSONValue

  /// The writes in a request of the log.
  static func opened(_ request: JSONValue) -> [SingleWrite] {
    let method = request["method"]?.stringValue ?? ""
    let path = request["path"]?.stringValue ?? ""
    let body = request["body"] ?? .null
    if path.hasSuffix("/composite/sobjects") { return ofCollection(method, path, body) }
    guard path.hasSuffix("/composite") else { return [SingleWrite(method: method, path: path, body: body)] }
    return (body["compositeRequest"]?.arrayValue ?? []).compactMap { part in
      guard let method = part["method"]?.stringValue, method != "GET", let url = part["url"]?.stringValue else {
        return nil
      }
      return SingleWrite(method: method, path: url, body: part["body"] ?? .null)
    }
  }

  /// One write for each record of a collection.
  private static func ofCollection(_ method: String, _ path: String, _ body: JSONValue) -> [SingleWrite] {
    (body["records"]?.arrayValue ?? []).map { record in
      let object = record.at("attributes.type")?.stringValue ?? ""
      let id = record["id"]?.stringValue.map { "/" + $0 } ?? ""
      let fields = (record.objectValue ?? []).filter { $0.name != "attributes" && $0.name != "id" }
      return SingleWrite(method: method, path: "/sobjects/\(object)\(id)", body: .object(fields))
    }
  }

  private var parts: [String] { path.split(separator: "/").map(String.init) }

  /// What kind of record it is about.
  var object: String {
    if let place = parts.firstIndex(of: "sobjects"), place + 1 < parts.count { return parts[place + 1] }
    return path.contains("/engagements/referrals") ? "referral" : path
  }

  /// The record's id, or the referral's by which an opportunity is found.
  var id: String { parts.last ?? "" }

  /// Whether it goes by the referral's id and so may create the record.
  var isUpsert: Bool { parts.contains("Referral_Identifier__c") }
}
