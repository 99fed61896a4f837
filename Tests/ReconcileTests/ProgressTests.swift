import Model
import Testing

@testable import Wire
@testable import reconcile

/// Nobody should wonder why a run stands still.
@Suite("The progress line")
struct ProgressTests {
  private static let throttled = Wait(
    host: "api.partner.example", seconds: 12, reason: .throttled, attempt: 2, attempts: 5)
  private static let job = Wait(host: "acme.example", seconds: 2, reason: .job("InProgress"), attempt: 0, attempts: 0)

  private func line(_ steps: (inout RunProgress) -> Void) -> String {
    var progress = RunProgress()
    steps(&progress)
    return progress.line
  }

  @Test func `it tells how many records have come`() {
    #expect(
      line {
        $0.read(.partnerCenter, .referral, 100)
        $0.read(.salesforce, .account, 2000)
        $0.read(.partnerCenter, .referral, 200)
      } == "Reading: 200 referrals, 2000 accounts …")
  }

  @Test func `a wait of one side stays while the other side reads on`() {
    let waiting = "Reading: 10 accounts – api.partner.example asks to wait: next try in 12 s (2 of 5)"
    #expect(
      line {
        $0.wait(.partnerCenter, Self.throttled)
        $0.read(.salesforce, .account, 10)
      } == waiting + " …")
    #expect(
      line {
        $0.wait(.partnerCenter, Self.throttled)
        $0.read(.salesforce, .account, 10)
        $0.wait(.salesforce, Self.job)
      } == waiting + " – acme.example works on a job (InProgress): next look in 2 s …")
  }

  @Test func `a wait is over when its side has read on, or a row has its outcome`() {
    #expect(
      line {
        $0.wait(.partnerCenter, Self.throttled)
        $0.read(.partnerCenter, .referral, 100)
      } == "Reading: 100 referrals …")
    #expect(
      line {
        $0.wait(.salesforce, Self.job)
        $0.settle()
        $0.settle()
      } == "Applying: 2 rows …")
  }
}
