/// Why a call is not taken, as the word that the listener's messages have for it.
enum CallRefusal: String, Error, CaseIterable, Sendable {
  /// There is nothing at the path.
  case path = "unknown path"
  /// It is no POST.
  case method = "wrong method"
  /// It does not say that its body is JSON.
  case mediaType = "wrong content type"
  /// The body is too large, or says that it will be.
  case tooLarge = "body too large"
  /// The body did not come in time.
  case tooSlow = "body too slow"
  /// A header that a signed call has is missing, or stands twice.
  case header = "header missing or repeated"
  /// The signature is made in a way that is not known.
  case algorithm = "unknown algorithm"
  /// The certificate lies where none is fetched from.
  case certificateAddress = "certificate at an address that is not allowed"
  /// The certificate's host does not answer, or has been asked too often.
  case certificateUnavailable = "certificate not to be had now"
  /// What lies there is no certificate that is trusted today.
  case certificateRefused = "certificate not trusted"
  /// The signature is not that of these bytes by this key.
  case signature = "wrong signature"
  /// The body is not the JSON of an event.
  case body = "malformed body"
  /// The event is none that was registered.
  case event = "unknown event"
  /// It names something else than a referral of Partner Center.
  case resource = "unknown resource"
  /// Too many calls come.
  case busy = "too many calls"
  /// The queue cannot be written.
  case queue = "queue not writable"

  /// The HTTP status: 4xx says that the call is wrong, 503 that it shall be tried again.
  var status: Int {
    switch self {
    case .header, .body, .event, .resource: 400
    case .algorithm, .certificateAddress, .certificateRefused, .signature: 401
    case .path: 404
    case .method: 405
    case .tooSlow: 408
    case .tooLarge: 413
    case .mediaType: 415
    case .certificateUnavailable, .busy, .queue: 503
    }
  }
}
