import Model
import Wire

/// How a request ended; thrown where a look-up before the request ends it.
struct Ending: Error {
  let outcome: Outcome
  var receipt = Receipt()
  var code: Code?
  var message = ""
  /// An error that the other requests would meet as well: the run ends with it.
  var isForAll = false
  /// Whether a look ended so, and nothing was sent: it says nothing of a request that was sent before.
  private(set) var isOfQuestion = false

  /// Errors after which the write may have taken effect.
  private static let inDoubt: Set<Code> = [.outcomeUnknown, .timedOut, .malformedAnswer, .answerTooLarge]
  /// Errors that say nothing about the record.
  private static let forAll: Set<Code> = [
    .unreachable, .connectionLost, .tlsFailed, .serviceAbandoned, .signInRefused, .throttled, .quotaReserved,
    .requestsSpent,
    .redirectRefused, .plainHTTP, .secretUnwritable,
  ]
  /// Salesforce's names for a record that is busy: they come under the code of a busy service.
  private static let ofOneRecord: Set<String> = ["UNABLE_TO_LOCK_ROW", "TOO_MANY_APEX_REQUESTS"]

  /// The service acknowledged the write.
  static func applied(_ receipt: Receipt) -> Ending {
    Ending(outcome: .applied, receipt: receipt)
  }

  /// Nothing was sent, or nothing came of it.
  static func without(_ outcome: Outcome, _ code: Code, _ message: String) -> Ending {
    Ending(outcome: outcome, code: code, message: message)
  }

  /// Somebody changed the record after the snapshot.
  static let stale = without(
    .stale, .staleRecord, "the record was changed after the snapshot; the next plan takes it up")

  /// What an error of the service means for the rows of a request.
  init(_ error: ServiceError, creates: Bool) {
    if error.code == .staleRecord {
      outcome = .stale
    } else if Self.inDoubt.contains(error.code) || (creates && error.code == .serviceFailed) {
      outcome = .unknown
    } else if Self.forAll.contains(error.code), !Self.ofOneRecord.contains(error.serviceCode ?? "") {
      outcome = .notAttempted
      isForAll = true
    } else {
      outcome = .failed
    }
    code = error.code
    message = error.message
    receipt = Receipt(status: error.status, requestID: error.requestID ?? "")
  }

  /// What a look at the record means for a request that was in doubt; nil when it is to be sent again.
  init?(_ observation: Observation) {
    switch observation {
    case .applied(let receipt): self = .applied(receipt)
    case .untouched: return nil
    case .moved: self = .stale
    }
  }

  /// The same of a request that only asked: nothing can have taken effect.
  var ofQuestion: Ending {
    let isOpen = outcome == .unknown || outcome == .stale
    var ending = isOpen ? Ending(outcome: .failed, receipt: receipt, code: code, message: message) : self
    ending.isOfQuestion = true
    return ending
  }

  /// The error that ends the run.
  var failure: Failure {
    Failure(
      code ?? .serviceFailed, message,
      fix: "put it right, then go on with `reconcile apply --resume`: what was done stays done")
  }

  private init(
    outcome: Outcome, receipt: Receipt = Receipt(), code: Code? = nil, message: String = ""
  ) {
    self.outcome = outcome
    self.receipt = receipt
    self.code = code
    self.message = message
  }

  /// What the report prints of it.
  func answer(at time: String) -> PlanRow.Answer {
    let wasSent = receipt.status != nil || outcome == .applied || outcome == .unknown
    return PlanRow.Answer(
      code: code, status: receipt.status, requestID: receipt.requestID, at: wasSent ? time : "", message: message)
  }
}
