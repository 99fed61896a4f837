import JSON
import Model

/// The jobs of one kind: made, asked about, ended and deleted.
struct BulkJobs {
  /// Seconds between two questions about a job: the first wait, what the next one is longer by, and the longest.
  private static let waits = (first: 1.0, growth: 1.5, longest: 30.0)
  /// Seconds of waiting after which a job is given up.
  private static let patience = 7200.0

  let client: SalesforceClient
  let family: BulkJob.Family

  /// A new job.
  ///
  /// A second one in the place of one whose answer was lost does no harm: the first reads for nobody, or waits for data
  /// that never comes.
  func create(_ document: JSONValue) throws(ServiceError) -> BulkJob {
    var call = client.call(.post, path)
    call.body = document.encoded()
    call.repeatability = .freely
    call.isWrite = false
    return try job(client.send(call))
  }

  /// The job as it is now.
  func ask(_ id: String) throws(ServiceError) -> BulkJob {
    do throws(ServiceError) {
      return try job(client.send(client.call(.get, path(id))))
    } catch  where error.status == 404 {
      throw failed("the bulk job \(id) is gone: somebody deleted it")
    }
  }

  /// Tells the job to go on or to stop.
  func move(_ id: String, to state: BulkJob.State) throws(ServiceError) -> BulkJob {
    var call = client.call(.patch, path(id))
    call.body = JSONValue.object([JSONMember("state", .string(state.rawValue))]).encoded()
    call.repeatability = .freely
    call.isWrite = false
    return try job(client.send(call))
  }

  /// The job in its final state, asked for after ever longer waits.
  ///
  /// The first question comes one second after the job was made: while other jobs were made, that second may have passed.
  func end(of id: String, madeAt made: Double) throws(ServiceError) -> BulkJob {
    var wait = Self.waits.first
    var waited = 0.0
    var pause = made + wait - client.now
    var state = BulkJob.State.uploadComplete
    while waited < Self.patience {
      if pause > 0 {
        client.wait(pause, for: state)
        waited += pause
      }
      let job = try ask(id)
      if job.state.isFinal { return job }
      state = job.state
      wait = min(wait * Self.waits.growth, Self.waits.longest)
      pause = wait
    }
    throw failed("the bulk job \(id) did not end within \(Int(Self.patience / 60)) minutes")
  }

  /// Deletes a job that nothing more is wanted of, ending it first where it still runs; errors are swallowed, as
  /// Salesforce deletes it after seven days anyhow.
  func discard(_ id: String, isFinal: Bool) {
    if !isFinal { _ = try? move(id, to: .aborted) }
    var call = client.call(.delete, path(id))
    call.repeatability = .onlyWithoutEffect
    _ = try? client.send(call)
  }

  /// The path of something that belongs to a job.
  func path(_ id: String, _ part: String = "") -> String { path + "/" + Address.escaped(id) + part }

  /// The error of a job that did not do what it was made for.
  func failed(_ what: String) -> ServiceError {
    ServiceError(.salesforce, .jobFailed, client.answer.redaction.clean(what))
  }

  private var path: String { "\(client.root)/jobs/\(family.rawValue)" }

  private func job(_ response: Response) throws(ServiceError) -> BulkJob {
    let document = try client.document(response)
    guard let job = BulkJob(document) else {
      throw client.answer.malformed(response, "it answered a call for a bulk job with something else")
    }
    return job
  }
}
