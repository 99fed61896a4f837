/// Neutral documents in the two services' shapes.
enum Samples {
  static let referral = #"""
    {"id":"11111111-2222-4333-8444-555555555501","name":"Northwind \"rollout\" \u00e9","eTag":"\"1a00\"",
    "status":"Active","favorite":false,"details":{"dealValue":100000.10,"currency":"EUR","notes":null,
    "requirements":{"solutions":[{"id":"SOL-1","name":"A ] } \\"}]}},"tags":[],"team":[{"email":"kim@example.com"}]}
    """#

  static let page =
    #"{"@odata.context":"http://h/$metadata","@odata.count":2,"value":["# + referral + "," + referral
    + #"],"@odata.nextLink":"http://h/v1.0/referrals?$skiptoken=k1"}"#
}
