import Testing

@testable import Listen

@Suite("What the headers of a call say")
struct SignedCallTests {
  private static let url = (name: "X-MS-Certificate-Url", value: "https://store.example.net/a.cer")
  private static let algorithm = (name: "X-MS-Signature-Algorithm", value: "rsa-sha256")
  private static let signature = (name: "x-ms-signature", value: "Signature AQID")

  @Test(
    "A signature stands in either header; whatever is missing, doubled or unreadable is refused",
    arguments: [
      ([url, algorithm, signature], nil),
      ([url, algorithm, (name: "Authorization", value: "Signature AQID")], nil),
      ([url, algorithm, (name: "AUTHORIZATION", value: "signature   AQID")], nil),
      ([url, algorithm, signature, (name: "Authorization", value: "Basic abc")], nil),
      ([url, (name: "x-ms-signature-algorithm", value: "RSA-SHA256"), signature], nil),
      ([algorithm, signature], .header), ([url, signature], .header), ([url, algorithm], .header), ([], .header),
      ([url, url, algorithm, signature], .header), ([url, algorithm, signature, signature], .header),
      ([url, algorithm, (name: "x-ms-signature", value: "AQID")], .header),
      ([url, algorithm, (name: "x-ms-signature", value: "Bearer AQID")], .header),
      ([url, algorithm, (name: "x-ms-signature", value: "Signature !!!!")], .header),
      ([url, algorithm, (name: "x-ms-signature", value: "Signature")], .header),
      ([url, algorithm, (name: "x-ms-signature", value: "Signature AQID AQID")], .header),
      ([url, (name: "X-MS-Signature-Algorithm", value: "rsa-sha1"), signature], .algorithm),
      ([url, (name: "X-MS-Signature-Algorithm", value: "none"), signature], .algorithm),
      ([url, (name: "X-MS-Signature-Algorithm", value: ""), signature], .algorithm),
    ] as [([(name: String, value: String)], CallRefusal?)])
  func headers(headers: [(name: String, value: String)], refusal: CallRefusal?) {
    do throws(CallRefusal) {
      let call = try SignedCall(headers)
      #expect(refusal == nil)
      #expect(call.signature == [1, 2, 3] && call.certificateURL == Self.url.value)
    } catch {
      #expect(error == refusal)
    }
  }
}
