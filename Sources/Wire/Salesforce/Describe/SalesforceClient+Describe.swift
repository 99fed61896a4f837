import Crypto
import Foundation
import JSON
import Model

extension SalesforceClient {
  /// What an object's fields are, from the cache where Salesforce says that nothing has changed since.
  package func describe(_ object: String) throws(ServiceError) -> ObjectDescription {
    var call = call(.get, root + "/sobjects/\(try name(object))/describe")
    let key = try describeCache.map { (_) throws(ServiceError) in try cacheKey(of: object) }
    let kept = key.flatMap { describeCache?.load($0) }
    if let kept { call.headers.append((name: "If-Modified-Since", value: kept.lastModified)) }
    let response = try send(call)
    if response.status == 304, let kept { return remember(kept.description, as: object) }
    guard let description = ObjectDescription(try document(response)) else {
      throw answer.malformed(response, "it answered a describe call with something else")
    }
    if let key, let lastModified = response.headers["Last-Modified"] {
      describeCache?.store(key, lastModified, response.body)
    }
    return remember(description, as: object)
  }

  /// The description of an object that this client has asked for before, or asks for now.
  func known(_ object: String) throws(ServiceError) -> ObjectDescription {
    if let description = descriptions[object.lowercased()] { return description }
    return try describe(object)
  }

  private func remember(_ description: ObjectDescription, as object: String) -> ObjectDescription {
    descriptions[object.lowercased()] = description
    return description
  }

  /// What a user sees of an object depends on the org, the app and its user, and the version.
  private func cacheKey(of object: String) throws(ServiceError) -> String {
    let parts = [try channel.origin(), identity, root].joined(separator: "\n")
    return object + "-" + SHA256.hash(data: Data(parts.utf8)).prefix(8).hexadecimal
  }
}
