/// What the org tells about the integration user.
struct UserInfo {
  let origin: String

  /// The address of the identity, which names org and user.
  var url: String { "\(origin)/id/\(SalesforceID.organization)/\(SalesforceID.integrationUser)" }

  /// The answer of `userinfo`, in OpenID's names.
  var userInfo: JSONValue {
    .object(
      JSONObject([
        ("sub", .string(url)), ("user_id", .string(SalesforceID.integrationUser)),
        ("organization_id", .string(SalesforceID.organization)),
        ("preferred_username", .string(Identity.salesforceUser)), ("nickname", "integration"),
        ("name", "Integration User"), ("email", .string(Identity.salesforceUser)), ("email_verified", true),
        ("given_name", "Integration"), ("family_name", "User"), ("zoneinfo", "UTC"),
        ("photos", ["picture": .string(picture), "thumbnail": .string(picture)]),
        ("profile", .string("\(origin)/\(SalesforceID.integrationUser)")), ("picture", .string(picture)),
        ("address", ["country": "US"]), ("is_salesforce_integration_user", false), ("urls", urls), ("active", true),
        ("user_type", "STANDARD"), ("language", "en_US"), ("locale", "en_US"), ("utcOffset", 0),
        ("updated_at", .string(Stamp.start.zulu)),
      ]))
  }

  /// The answer of the identity address.
  var identity: JSONValue {
    .object(
      JSONObject([
        ("id", .string(url)), ("asserted_user", true), ("user_id", .string(SalesforceID.integrationUser)),
        ("organization_id", .string(SalesforceID.organization)), ("username", .string(Identity.salesforceUser)),
        ("nick_name", "integration"), ("display_name", "Integration User"),
        ("email", .string(Identity.salesforceUser)), ("email_verified", true), ("first_name", "Integration"),
        ("last_name", "User"), ("timezone", "UTC"),
        ("photos", ["picture": .string(picture), "thumbnail": .string(picture)]), ("addr_street", nil),
        ("addr_city", nil), ("addr_state", nil), ("addr_country", "US"), ("addr_zip", nil), ("mobile_phone", nil),
        ("mobile_phone_verified", false), ("is_lightning_login_user", false),
        ("status", ["created_date": nil, "body": nil]), ("urls", urls), ("active", true), ("user_type", "STANDARD"),
        ("language", "en_US"), ("locale", "en_US"), ("utcOffset", 0),
        ("last_modified_date", .string(Stamp.start.salesforce)), ("is_app_installed", true),
      ]))
  }

  private var picture: String { "\(origin)/profilephoto/005/F" }

  private var urls: JSONValue {
    let data = "\(origin)/services/data/v{version}/"
    return .object(
      JSONObject([
        ("rest", .string(data)), ("sobjects", .string(data + "sobjects/")), ("query", .string(data + "query/")),
        ("search", .string(data + "search/")), ("recent", .string(data + "recent/")),
        ("profile", .string("\(origin)/\(SalesforceID.integrationUser)")), ("custom_domain", .string(origin)),
      ]))
  }
}
