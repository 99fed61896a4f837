import CCurl
package import Foundation

extension Response {
  /// When the service says that it answered, by its own clock, to the second; nil when it does not say.
  package var date: Date? {
    guard let text = headers["Date"] else { return nil }
    let seconds = curl_getdate(text, nil)
    return seconds < 0 ? nil : Date(timeIntervalSince1970: Double(seconds))
  }
}
