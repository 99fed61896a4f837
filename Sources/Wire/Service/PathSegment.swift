import Model

/// An id within the path of a service's address.
enum PathSegment {
  /// The id, percent-encoded.
  ///
  /// One that would lead to another place than a record is refused, whatever a service or a file gave as an id: empty it
  /// is the list, and `.` and `..` are what lies above, however they are encoded.
  static func of(_ id: String, on side: Side) throws(ServiceError) -> String {
    guard !id.isEmpty, id != ".", id != "..", !id.unicodeScalars.contains(where: { $0.value < 0x20 }) else {
      throw ServiceError(side, .requestRefused, "an id is no name of a record")
    }
    return Address.escaped(id)
  }
}
