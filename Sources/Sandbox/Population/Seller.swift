/// A user of the Salesforce org and member of the own team in Partner Center.
struct Seller: Sendable {
  let firstName: String
  let lastName: String
  let phone: String

  var email: String { "\(firstName.lowercased()).\(lastName.lowercased())@fabrikam.example" }
  var name: String { "\(firstName) \(lastName)" }

  static let all = [
    Seller(firstName: "Kim", lastName: "Lee", phone: "+1 206 555 0111"),
    Seller(firstName: "Jo", lastName: "Park", phone: "+1 206 555 0122"),
    Seller(firstName: "Ines", lastName: "Carvalho", phone: "+351 21 555 0133"),
    Seller(firstName: "Piotr", lastName: "Nowak", phone: "+48 22 555 0144"),
    Seller(firstName: "Amara", lastName: "Okafor", phone: "+44 20 7946 0155"),
    Seller(firstName: "Lukas", lastName: "Brandt", phone: "+49 30 555 0166"),
    Seller(firstName: "Mei", lastName: "Tanaka", phone: "+81 3 5555 0177"),
    Seller(firstName: "Sofia", lastName: "Rossi", phone: "+39 02 555 0188"),
  ]
}

extension Seller {
  /// The seller as a member of the own team of a referral.
  var member: JSONValue {
    [
      "firstName": .string(firstName), "lastName": .string(lastName), "phoneNumber": .string(phone),
      "email": .string(email), "title": nil, "contactPreference": ["locale": nil, "disableNotifications": nil],
    ]
  }

  /// The record id of the seller with an index in `all`; the integration user comes first.
  static func id(_ index: Int) -> String { ids[index] }

  private static let ids = all.indices.map { SalesforceID.make(prefix: "005", number: $0 + 2) }
}
