import Model
import Testing

@Suite struct SecretTests {
  private static let canary = "s3cr3t-canary-value"

  private struct Holder {
    var name = "login"
    var secret = Secret(SecretTests.canary)
    var all = ["token": Secret(SecretTests.canary)]
    var maybe: Secret? = Secret(SecretTests.canary)
  }

  private static var texts: [String] {
    let holder = Holder()
    let secret = holder.secret
    var dumped = ""
    dump(holder, to: &dumped)
    dump(secret, to: &dumped)
    var printed = ""
    print(secret, holder, [secret], to: &printed)
    debugPrint(secret, holder, [secret], to: &printed)
    return [
      "\(secret)", "\(holder)", String(describing: secret), String(reflecting: secret), String(reflecting: holder),
      secret.description, secret.debugDescription, dumped, printed,
      Mirror(reflecting: secret).children.map { "\($0.label ?? "") \($0.value)" }.joined(),
      "\(Failure(.secretUnreadable, "the secret \(secret) is bad"))",
    ]
  }

  @Test(arguments: texts)
  func noTextOfItShowsTheSecret(_ text: String) {
    #expect(!text.contains(Self.canary))
    #expect(!text.contains(Self.canary.prefix(8)))
  }

  @Test func onlyRevealGivesIt() {
    #expect(Secret(Self.canary).reveal() == Self.canary)
    #expect("\(Secret(Self.canary))" == "***")
    #expect(Mirror(reflecting: Secret(Self.canary)).children.isEmpty)
  }

  @Test func emptinessAndEqualityAreOfTheText() {
    #expect(Secret("").isEmpty)
    #expect(!Secret("x").isEmpty)
    #expect(Secret("x") == Secret("x"))
    #expect(Secret("x") != Secret("y"))
  }
}
