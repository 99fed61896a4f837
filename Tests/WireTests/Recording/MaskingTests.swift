import Crypto
import Foundation
import JSON
import Testing

@testable import Wire

@Suite("What stays in a recording, and what does not")
struct MaskingTests {
  static func masking(_ byte: UInt8 = 1) -> Masking {
    var addresses = ServiceAddresses()
    addresses.learn(.partnerCenter, "https://api.partner.microsoft.com")
    addresses.learn(.partnerCenterLogin, "https://login.microsoftonline.com")
    addresses.learn(.salesforce, "https://acme.my.salesforce.com")
    addresses.learn(.salesforceLogin, "https://login.salesforce.com")
    return Masking(key: SymmetricKey(data: Array(repeating: byte, count: 32)), addresses: addresses)
  }

  static let texts: [(String, name: String, parent: String, Treatment)] = [
    // Structure by shape, wherever it stands.
    ("11111111-2222-4333-8444-555555555501", "anything", "", .keep), ("", "name", "", .keep),
    ("2026-02-25T17:54:36.1961744Z", "anything", "", .keep), ("2026-06-29", "CloseDate", "", .keep),
    ("2026-01-02T03:04:05.000+0000", "SystemModstamp", "", .keep), ("true", "IsPrimary", "", .keep),
    ("0065g00000ABCDEAA5", "anything", "", .keep), ("SOL-12345-ABC", "id", "", .keep),
    ("msft", "organizationId", "", .keep),
    // Structure by name and shape.
    ("0065g00000ABCDE", "externalReferenceId", "", .keep), ("001000000000001", "AccountId", "", .keep),
    ("001000000000001", "Phone", "", .replace), ("004915112345678", "phoneNumber", "", .replace),
    ("Christophersonj", "LastName", "", .replace), ("Christophersonj", "ownerId", "", .replace),
    ("US", "country", "address", .keep), ("us", "BillingCountryCode", "", .keep),
    ("Germany", "BillingCountry", "", .replace), ("USD", "currency", "", .keep), ("EUR", "CurrencyIsoCode", "", .keep),
    ("US Dollars", "currency", "", .replace), ("WA", "state", "address", .replace), ("JobComplete", "state", "", .keep),
    ("Active", "status", "", .keep), ("Closed Won", "StageName", "", .keep), ("ana@x.com", "status", "", .replace),
    ("Azure", "id", "products", .keep), ("000000001", "id", "ids", .replace), ("1234567", "mpnId", "", .replace),
    ("\"1a008cb8-0000-0800\"", "eTag", "", .keep), ("10000", "dealValue", "details", .keep),
    ("10000", "phoneNumber", "", .replace), ("50000.0", "Deal_Value__c", "", .keep),
    ("555.0100", "Phone", "", .replace),
    ("9.12260031E8", "Custom__c", "", .keep), ("Account.Amount", "name", "", .replace),
    ("12.5", "Opportunity.Amount", "", .keep), ("Name", "fields", "", .keep), ("/team/0/email", "path", "", .replace),
    ("INVALID_SESSION_ID", "errorCode", "", .keep), ("preconditionFailed", "code", "error", .keep),
    ("Session expired or invalid", "message", "", .keep), ("duplicate value found: Ana", "message", "", .replace),
    // Data, whatever it looks like.
    ("Northwind Traders", "name", "customerProfile", .replace), ("Northwind", "anything__c", "", .replace),
    ("0.AXsome-token", "anything", "", .replace),
    // Doors.
    ("x", "access_token", "", .hide), ("x", "refresh_token", "", .hide), ("x", "Client_Secret", "", .hide),
    ("x", "assertion", "", .hide), ("11111111-2222-4333-8444-555555555501", "client_secret", "", .hide),
    ("true", "password", "", .hide),
    // Parts.
    ("SELECT Id FROM Account", "query", "", .query), ("https://a.example/x", "anything", "", .address),
    ("/services/data/v62.0/sobjects/Account/001", "url", "attributes", .address),
    ("x", "@odata.nextLink", "", .address),
    ("DUPLICATE_VALUE:x:--", "sf__Error", "", .error),
  ]

  @Test("The table decides by name and shape, and by default for replacement", arguments: texts)
  func table(text: String, name: String, parent: String, treatment: Treatment) {
    #expect(TreatmentTable.treatment(of: text, named: name, in: parent) == treatment)
  }

  static let targets: [(String, String)] = [
    (
      "/v1.0/engagements/referrals?$orderby=createdDateTime%20asc",
      "/v1.0/engagements/referrals?$orderby=createdDateTime%20asc"
    ),
    (
      "/v1.0/engagements/referrals/11111111-2222-4333-8444-555555555501",
      "/v1.0/engagements/referrals/11111111-2222-4333-8444-555555555501"
    ),
    (
      "/v1.0/x?$filter=engagementId%20eq%20%2711111111-2222-4333-8444-555555555501%27",
      "/v1.0/N?$filter=engagementId%20eq%20%2711111111-2222-4333-8444-555555555501%27"
    ),
    (
      "/services/data/v62.0/query?q=SELECT%20Id%20FROM%20Account%20WHERE%20Name%20%3D%20%27Ab%27",
      "/services/data/v62.0/query?q=SELECT%20Id%20FROM%20Account%20WHERE%20Name%20%3D%20%27NN%27"
    ),
    (
      "/services/data/v62.0/query?q=SELECT%20Id%20FROM%20Opportunity%20WHERE%20StageName%20IN%20(%27Closed%20Won%27)",
      "/services/data/v62.0/query?q=SELECT%20Id%20FROM%20Opportunity%20WHERE%20StageName%20IN%20(%27Closed%20Won%27)"
    ),
    ("/services/data/v62.0/query/01gD0000002HU6KIAW-2000", "/services/data/v62.0/query/01gD0000002HU6KIAW-2000"),
    (
      "/services/data/v62.0/sobjects/Opportunity/0065g00000ABCDEAA1",
      "/services/data/v62.0/sobjects/Opportunity/0065g00000ABCDEAA1"
    ),
    ("/services/data/v62.0/sobjects/Contact/Key__c/ab%2Fc", "/services/data/v62.0/sobjects/Contact/Key__c/NN%2FN"),
    (
      "/services/data/v62.0/sobjects/Opportunity/Referral_Identifier__c/11111111-2222-4333-8444-555555555501",
      "/services/data/v62.0/sobjects/Opportunity/Referral_Identifier__c/11111111-2222-4333-8444-555555555501"
    ),
    (
      "/services/data/v62.0/jobs/query/750R0000000zlh9IAA/results?maxRecords=50000&locator=MTAwMDA",
      "/services/data/v62.0/jobs/query/750R0000000zlh9IAA/results?maxRecords=50000&locator=MTAwMDA"
    ),
    (
      "/services/data/v62.0/composite/sobjects/Opportunity?ids=0065g00000ABCDEAA1,0065g00000ABCDFAA1&fields=Id,Name",
      "/services/data/v62.0/composite/sobjects/Opportunity?ids=0065g00000ABCDEAA1,0065g00000ABCDFAA1&fields=Id,Name"
    ),
    (
      "/11111111-2222-4333-8444-555555555501/oauth2/v2.0/token",
      "/11111111-2222-4333-8444-555555555501/oauth2/v2.0/token"
    ),
    ("/ab/oauth2/v2.0/token", "/NN/oauth2/v2.0/token"), ("/common/oauth2/token", "/common/oauth2/token"),
    ("/v1.0/engagements/referrals?$skiptoken=ab%201", "/v1.0/engagements/referrals?$skiptoken=NN%20N"),
    ("/v1.0/$metadata#ab", "/v1.0/$metadata#NN"), ("?ab", "?NN"), ("", ""), ("/", "/"),
  ]

  /// A target with its made-up letters and digits, which are where the expected one has an `N`.
  @Test("Of a target the structure stays", arguments: targets)
  func target(text: String, expected: String) {
    let masked = Self.masking().target(text)
    #expect(masked.count == expected.count)
    for (character, pattern) in zip(masked, expected) where pattern != "N" {
      #expect(character == pattern, "\(masked)")
    }
    if expected.contains("NN") { #expect(masked != text) }
  }

  @Test("Addresses of services become placeholders in either scheme, others are replaced but for public hosts")
  func addresses() {
    let masking = Self.masking()
    let id = "11111111-2222-4333-8444-555555555501"
    let path = "/v1.0/engagements/referrals/\(id)"
    for start in ["https://api.partner.microsoft.com", "HTTP://API.partner.microsoft.com:80", "{partner-center}"] {
      #expect(masking.address(start + path) == "{partner-center}" + path)
    }
    #expect(masking.address("https://acme.my.salesforce.com") == "{salesforce}")
    #expect(
      masking.address("https://login.salesforce.com/id/00Dxx0000001gPLEAY/005xx000001SwiUAAS")
        == "{salesforce-login}/id/00Dxx0000001gPLEAY/005xx000001SwiUAAS")
    #expect(masking.address("/services/data/v62.0/limits") == "/services/data/v62.0/limits")
    let link = "https://partner.microsoft.com/dashboard/v2/referrals/opportunities/\(id)"
    #expect(masking.address(link) == link)
    let foreign = masking.address("https://northwind.example/customers/northwind/\(id)")
    #expect(foreign.hasPrefix("https://") && foreign.hasSuffix("/\(id)") && !foreign.contains("northwind"))
    #expect(masking.address("https://api.partner.microsoft.com.evil.example/x").contains("partner-center") == false)
  }

  @Test("Where org and sign-in have one address, the path tells them apart")
  func sharedAddress() {
    var addresses = ServiceAddresses()
    addresses.learn(.salesforceLogin, "http://127.0.0.1:8080")
    #expect(
      addresses.target(of: "http://127.0.0.1:8080/services/oauth2/token", otherwise: .salesforce).service
        == .salesforceLogin)
    addresses.learn(.salesforce, "http://127.0.0.1:8080")
    addresses.learn(.partnerCenter, "http://127.0.0.1:8080/partner-center")
    let expected: [(String, ServiceName, String)] = [
      ("/services/oauth2/token", .salesforceLogin, "/services/oauth2/token"),
      ("/services/data/v62.0/limits", .salesforce, "/services/data/v62.0/limits"),
      ("/partner-center/v1.0/engagements/referrals?a=b", .partnerCenter, "/v1.0/engagements/referrals?a=b"),
      ("/partner-centers", .salesforce, "/partner-centers"),
    ]
    for (path, service, target) in expected {
      let found = addresses.target(of: "http://127.0.0.1:8080" + path, otherwise: .salesforce)
      #expect(found.service == service && found.target == target)
    }
    #expect(addresses.target(of: "https://other.example/a?b=c", otherwise: .partnerCenter).target == "/a?b=c")
  }

  @Test("The value of a change is judged by the place that it goes to")
  func operations() throws {
    let operations: JSONValue = [
      ["op": "replace", "path": "/status", "value": "Closed"],
      ["op": "replace", "path": "/details/dealValue", "value": "10000"],
      ["op": "replace", "path": "/details/notes", "value": "Closed"],
      ["op": "add", "path": "/team/-", "value": ["firstName": "Active", "email": "jo@acme.com"]],
      ["op": "replace", "path": "/details/requirements/products/0/id", "value": "Azure"],
    ]
    let masked = try #require(Self.masking().json(operations).arrayValue)
    #expect(masked.map { $0["path"] } == operations.arrayValue?.map { $0["path"] })
    #expect(masked[0]["value"] == "Closed" && masked[1]["value"] == "10000" && masked[4]["value"] == "Azure")
    #expect(masked[2]["value"] != "Closed" && masked[3]["value"]?["firstName"] != "Active")
    #expect(masked[3]["value"]?["email"]?.stringValue?.hasSuffix(".example") == true)
  }

  @Test("Cells are judged by their column, and the file's quoting stays")
  func cells() {
    let file =
      "\"Id\",Name,\"Account.BillingCountry\",Amount,sf__Error\r\n0065g00000ABCDEAA1,\"Ab \"\"C\"\", Ltd\",US,5,\"REQUIRED_FIELD_MISSING:Ab:--\"\r\n\"\",,\"\",\"a\nb\",#N/A"
    let masked = Self.masking().csv(file)
    #expect(PseudonymTests.shape(masked) == PseudonymTests.shape(file))
    #expect(masked.hasPrefix("\"Id\",Name,\"Account.BillingCountry\",Amount,sf__Error\r\n0065g00000ABCDEAA1,\""))
    #expect(masked.contains("\",US,5,\"REQUIRED_FIELD_MISSING:"))
    #expect(!masked.contains("Ltd") && !masked.contains("Ab:--"))
    #expect(masked.hasSuffix(",#N/A"))
    let name = Self.masking().pseudonym("Ab \"C\", Ltd").replacing("\"", with: "\"\"")
    #expect(masked.contains("\"\(name)\""))
  }

  static let literals: [(String, escape: String)] = [
    ("SELECT Id FROM Account WHERE Name = 'O\\'Neill' AND BillingCity LIKE 'See%' AND Amount > 5", "\\"),
    ("SELECT Id FROM Account WHERE (Name IN ('Northwind','Fabrikam')) AND StageName = 'Closed Won'", "\\"),
    ("name eq 'O''Neill' and status eq 'Active' and team/any(t:t/email eq 'ana@northwind.com')", "'"),
  ]

  @Test("Of a query the literals are replaced, each by its field's rule", arguments: literals)
  func queries(query: String, escape: String) {
    let masking = Self.masking()
    let masked = escape == "'" ? masking.odata(query) : masking.soql(query)
    for word in ["Neill", "Northwind", "Fabrikam", "See%", "ana@"] { #expect(!masked.contains(word)) }
    let skeleton = { (text: String) in text.replacing(/'([^'\\]|\\.|'')*'/, with: "?") }
    #expect(skeleton(masked) == skeleton(query))
    #expect(masked.contains("'Closed Won'") == query.contains("'Closed Won'"))
    #expect(masked.contains("'Active'") == query.contains("'Active'"))
    if query.contains("Fabrikam") { #expect(masked.contains("'\(masking.pseudonym("Fabrikam"))'")) }
  }

  @Test("A query that ends in a literal, or in an escape, is replaced all the same")
  func openLiterals() {
    for query in ["Name = 'Northwind", "Name = 'Northwind\\", "Name = 'Northwind\\'", "'"] {
      #expect(!Self.masking().soql(query).contains("Northwind"))
      #expect(!Self.masking().odata(query).contains("Northwind"))
    }
  }

  @Test("A form keeps what it asks for, and neither who asks nor by what right")
  func form() {
    let form =
      "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=abc&username=ana%40acme.com&code=x"
      + "&client_id=11111111-2222-4333-8444-555555555501&client_secret=s&scope=https%3A%2F%2Fapi.partner.microsoft.com%2F.default%20offline_access"
    let masked = Self.masking().form(form)
    #expect(
      masked.contains("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=%2A%2A%2A&username="))
    #expect(masked.contains("&client_id=11111111-2222-4333-8444-555555555501&client_secret=%2A%2A%2A"))
    #expect(masked.contains("&code=%2A%2A%2A&"))
    #expect(masked.hasSuffix("%20offline_access"))
    #expect(!masked.contains("ana") && !masked.contains("acme"))
  }

  @Test("Header lines stay if they are structure; those of the way are left out")
  func headers() {
    let lines = [
      ("Authorization", "Bearer abc"), ("Set-Cookie", "a=b"), ("Content-Type", "application/json; charset=utf-8"),
      ("ETag", "\"1a\""), ("request-id", "11111111-2222-4333-8444-555555555501"), ("X-Request-Id", "northwind"),
      ("Content-Length", "5"), ("content-encoding", "gzip"), ("Transfer-Encoding", "chunked"), ("Retry-After", "12"),
      ("Sforce-Limit-Info", "api-usage=18/5000"), ("Sforce-Locator", "MTAwMDA"), ("X-User", "ana@northwind.com"),
      ("Last-Modified", "Mon, 02 Nov 2026 08:00:00 GMT"), ("Date", "northwind"),
      ("Location", "https://acme.my.salesforce.com/services/data/v62.0/limits"),
    ]
    let masked = Self.masking().headers(lines.map { (name: $0.0, value: $0.1) })
    let values = Dictionary(uniqueKeysWithValues: masked.map { ($0.name, $0.value) })
    #expect(values["Authorization"] == "***" && values["Set-Cookie"] == "***")
    for name in [
      "Content-Type", "ETag", "request-id", "Retry-After", "Sforce-Limit-Info", "Sforce-Locator", "Last-Modified",
    ] {
      #expect(values[name] == lines.first { $0.0 == name }?.1)
    }
    #expect(values["Location"] == "{salesforce}/services/data/v62.0/limits")
    for name in ["Content-Length", "content-encoding", "Transfer-Encoding"] { #expect(values[name] == nil) }
    for name in ["X-Request-Id", "X-User", "Date"] { #expect(values[name]?.contains("northwind") == false) }
  }

  @Test("The description of an object stays whole, an error in its place does not")
  func descriptions() throws {
    let body = Array(
      #"{"name":"Opportunity","label":"Deal of Northwind","fields":[{"name":"Name","label":"Deal name"}]}"#.utf8)
    #expect(
      Self.masking().body(body, type: "application/json", isDescription: true) == String(decoding: body, as: UTF8.self))
    #expect(!Self.masking().body(body, type: "application/json").contains("Northwind"))
    let request = Request(.get, "https://acme.my.salesforce.com/services/data/v62.0/sobjects/Opportunity/describe")
    for (status, isKept) in [(200, true), (403, false)] {
      let response = Response(
        status: status, headers: Headers([(name: "Content-Type", value: "application/json")]), body: body)
      let document = Self.masking().exchange(1, request, .success(response), otherwise: .salesforce).document
      #expect(document.text.contains("Northwind") == isKept)
    }
  }

  @Test(
    "A body that is not what it says is replaced as text",
    arguments: [
      ("application/json", #"{"status":"Northwind"#), ("text/html", "<html>Northwind</html>"),
      ("text/plain", #"{"status":"Northwind"}"#),
      ("", "Northwind"), ("application/json", #"{"a":"Northwind","a":1}"#),
      ("multipart/form-data; boundary=x", "--x\r\nNorthwind\r\n--x--"),
    ])
  func unreadable(type: String, text: String) {
    let masked = Self.masking().body(Array(text.utf8), type: type)
    #expect(!masked.contains("Northwind"))
    #expect(PseudonymTests.shape(masked) == PseudonymTests.shape(text))
  }

  @Test("A secret that shows in structure takes that with it")
  func scrubbing() {
    let masking = Masking(key: SymmetricKey(size: .bits256), secrets: ["hunter22"])
    let document: JSONValue = ["status": "hunter22hunter", "hunter22x": "Active", "errorCode": "X_hunter22"]
    #expect(!masking.json(document).text.contains("hunter22"))
    #expect(
      !masking.target("/services/hunter22/query?hunter22=1&$select=hunter22&locator=hunter22").contains("hunter22"))
    #expect(!masking.headers([(name: "ETag", value: "\"hunter22\"")])[0].value.contains("hunter22"))
    #expect(!masking.soql("SELECT hunter22 FROM x").contains("hunter22"))
  }
}
