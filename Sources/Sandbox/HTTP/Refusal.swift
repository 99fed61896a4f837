/// A request refused by a service; whatever it had changed is rolled back.
struct Refusal: Error, Equatable {
  var status: Int
  var code: String
  var message: String
  /// The fields concerned in Salesforce, the `target` in Partner Center.
  var fields: [String] = []
  /// Further members of Salesforce's answer.
  var more = JSONObject()

  /// The answer in the shape of Salesforce's REST API.
  var salesforceReply: ServiceReply { .json(salesforceBody, status: status) }

  var salesforceBody: JSONValue {
    var members = JSONObject([("message", .string(message)), ("errorCode", .string(code))])
    for (name, value) in more.members { members[name] = value }
    if !fields.isEmpty { members["fields"] = .array(fields.map { .string($0) }) }
    return .array([.object(members)])
  }

  /// The error of one row of a collection, where the code is called `statusCode`.
  var salesforceRow: JSONValue {
    [
      "success": false,
      "errors": [
        [
          "statusCode": .string(code), "message": .string(message),
          "fields": .array(fields.map { .string($0) }),
        ]
      ],
    ]
  }

  /// The answer in the shape of the Referrals API.
  var partnerCenterReply: ServiceReply {
    .json(
      [
        "error": [
          "code": .string(code), "message": .string(String(message.prefix(1024))),
          "target": .string(fields.first ?? "referral"),
        ]
      ], status: status, type: "application/json; charset=utf-8")
  }
}
