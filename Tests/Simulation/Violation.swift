/// What must never happen.
enum Property: String, CaseIterable {
  case lostUpdate = "no lost update"
  case wrongDelete = "no wrong delete"
  case duplicate = "no duplicate create"
  case undoneDelete = "no undone delete"
  case convergence = "eventual convergence"
  case idempotence = "idempotence"
  case prediction = "plan = prediction"
  case honesty = "honest report"
  case order = "order independence"
  case secrecy = "no secret in any output"
  case effort = "bounded effort"
}

/// Where a history broke a property.
struct Violation: Error, Equatable, CustomStringConvertible {
  let property: Property
  let text: String

  init(_ property: Property, _ text: String) {
    self.property = property
    self.text = text
  }

  var description: String { "\(property.rawValue): \(text)" }
}
