/// An address to which a service may be asked to send something.
package enum PublicAddress {
  /// Whether events may be sent there: by https, or on this machine.
  package static func isUsable(_ text: String) -> Bool { Address(text)?.isSafe == true }
}
