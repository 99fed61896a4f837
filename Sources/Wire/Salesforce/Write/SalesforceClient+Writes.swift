package import JSON
import Model

extension SalesforceClient {
  /// Records that one request of a collection may carry.
  private static let collectionSize = 200
  /// Changes of object type within one request.
  private static let maximumRuns = 10

  /// Creates one record; never sent again without proof that the first attempt had no effect.
  package func create(_ object: String, fields: [JSONMember]) throws(ServiceError) -> RowAnswer {
    var call = call(.post, root + "/sobjects/\(try name(object))")
    call.body = JSONValue.object(fields).encoded()
    return try row(call)
  }

  /// Creates the record whose external field has a value, or changes it.
  ///
  /// Several such records are `.identityDuplicate`, and nothing is written.
  package func upsert(
    _ object: String, by externalField: String, _ value: String, fields: [JSONMember]
  ) throws(ServiceError) -> RowAnswer {
    let record = try PathSegment.of(value, on: .salesforce)
    let path = "/sobjects/\(try name(object))/\(try name(externalField))/\(record)"
    var call = call(.patch, root + path)
    call.body = JSONValue.object(fields).encoded()
    call.repeatability = .freely
    return try row(call)
  }

  /// Deletes one record.
  ///
  /// A record that a repeated attempt finds gone is `.outcomeUnknown`: the first may have deleted it.
  package func delete(_ object: String, id: String) throws(ServiceError) {
    var call = call(.delete, root + "/sobjects/\(try name(object))/\(try PathSegment.of(id, on: .salesforce))")
    call.repeatability = .freely
    let response = try send(call)
    guard response.isSuccess else { throw SalesforceError.error(response, answer, isWrite: true) }
  }

  /// Creates records; one result for each, in order.
  ///
  /// A lost answer makes all records of its request unknown.
  package func createMany(_ records: [SObject]) -> [Result<RowAnswer, ServiceError>] {
    write(records) { [self] chunk in
      var call = call(.post, root + "/composite/sobjects")
      call.body = Self.collection(chunk)
      return call
    }
  }

  /// Changes records by id, whatever they are now; one result for each, in order.
  package func updateMany(_ records: [SObject]) -> [Result<RowAnswer, ServiceError>] {
    write(records) { [self] chunk in
      var call = call(.patch, root + "/composite/sobjects")
      call.body = Self.collection(chunk)
      call.repeatability = .freely
      return call
    }
  }

  /// Creates or changes records of one object, each found by its external field, which must be among its fields.
  package func upsertMany(
    _ object: String, by externalField: String, _ records: [SObject]
  ) -> [Result<RowAnswer, ServiceError>] {
    let path: String
    do throws(ServiceError) {
      path = root + "/composite/sobjects/\(try name(object))/\(try name(externalField))"
    } catch {
      return records.map { _ in .failure(error) }
    }
    return write(records) { [self] chunk in
      var call = call(.patch, path)
      call.body = Self.collection(chunk)
      call.repeatability = .freely
      return call
    }
  }

  // MARK: Collections

  private static func collection(_ records: [SObject]) -> [UInt8] {
    JSONValue.object([
      JSONMember("allOrNone", false), JSONMember("records", .array(records.map(\.collectionForm))),
    ]).encoded()
  }

  /// Sends what passes a check, each in its checked form; what does not pass fails alone (R112).
  func eachValid<Item, Checked>(
    _ items: [Item], checked: (Item) throws(ServiceError) -> Checked,
    send: ([Checked]) -> [Result<RowAnswer, ServiceError>]
  ) -> [Result<RowAnswer, ServiceError>] {
    let checks = items.map { item in Result { () throws(ServiceError) in try checked(item) } }
    var sent = send(checks.compactMap { try? $0.get() })[...]
    return checks.map { check in
      switch check {
      case .success: sent.popFirst() ?? .failure(ServiceError(.salesforce, .outcomeUnknown, "no result came"))
      case .failure(let error): .failure(error)
      }
    }
  }

  /// Sends records in requests of at most 200.
  private func write(
    _ records: [SObject], by call: ([SObject]) -> Call
  ) -> [Result<RowAnswer, ServiceError>] {
    eachValid(records) { (record) throws(ServiceError) in
      _ = try name(record.object)
      return record
    } send: { valid in
      writeValid(valid, by: call)
    }
  }

  private func writeValid(
    _ records: [SObject], by call: ([SObject]) -> Call
  ) -> [Result<RowAnswer, ServiceError>] {
    Self.chunks(records).flatMap { chunk in repeating(chunk) { rows($0, call($0)) } }
  }

  /// Sends items and sends those again that were refused for a passing reason, such as a locked row.
  func repeating<Item>(
    _ items: [Item], send: ([Item]) -> [Result<RowAnswer, ServiceError>]
  ) -> [Result<RowAnswer, ServiceError>] {
    var results = send(items)
    var attempt = 2
    while true {
      let passing = results.indices.filter { Self.isPassing(results[$0]) }
      guard !passing.isEmpty, channel.transport.pause(before: attempt) else { return results }
      for (index, result) in zip(passing, send(passing.map { items[$0] })) { results[index] = result }
      attempt += 1
    }
  }

  private static func isPassing(_ result: Result<RowAnswer, ServiceError>) -> Bool {
    switch result {
    case .success: false
    case .failure(let error): SalesforceError.isPassing(error)
    }
  }

  private static func chunks(_ records: [SObject]) -> [[SObject]] {
    var chunks: [[SObject]] = []
    var runs = 0
    for record in records {
      let isNewRun = chunks.last?.last?.object != record.object
      if chunks.isEmpty || (chunks.last?.count ?? 0) == collectionSize || (isNewRun && runs == maximumRuns) {
        chunks.append([])
        runs = 1
      } else if isNewRun {
        runs += 1
      }
      chunks[chunks.count - 1].append(record)
    }
    return chunks
  }

  /// Sends one request of a collection; its rows answer by position.
  private func rows(_ records: [SObject], _ call: Call) -> [Result<RowAnswer, ServiceError>] {
    do throws(ServiceError) {
      let response = try send(call)
      guard response.isSuccess else { throw SalesforceError.error(response, answer, isWrite: true) }
      let rows = try answer.document(response).arrayValue
      guard let rows, rows.count == records.count else {
        throw answer.malformed(response, "it answered with another number of rows than it got")
      }
      return rows.map { row(from: $0, response, isCreate: call.method == .post) }
    } catch {
      return records.map { _ in .failure(answer.unproved(error)) }
    }
  }

  private func row(
    from row: JSONValue, _ response: Response, isCreate: Bool
  ) -> Result<RowAnswer, ServiceError> {
    guard row["success"]?.boolValue == true else {
      let error = SalesforceError.error(row: row, answer.details(response), answer)
      return .failure(error.considering(response, isWrite: true))
    }
    let isCreated = row["created"]?.boolValue ?? isCreate
    return .success(
      RowAnswer(
        id: row["id"]?.stringValue, isCreated: isCreated, status: response.status, requestID: answer.requestID(response)
      ))
  }

  /// Sends a write of one record.
  private func row(_ call: Call) throws(ServiceError) -> RowAnswer {
    let response = try send(call)
    guard response.isSuccess else { throw SalesforceError.error(response, answer, isWrite: true) }
    if response.status == 204 {
      return RowAnswer(id: nil, isCreated: false, status: 204, requestID: answer.requestID(response))
    }
    do throws(ServiceError) {
      let body = try answer.document(response)
      guard let id = body["id"]?.stringValue, body["success"]?.boolValue != false else {
        throw answer.malformed(response, "it answered a write without the record's id")
      }
      let isCreated = body["created"]?.boolValue ?? (response.status == 201)
      return RowAnswer(
        id: id, isCreated: isCreated, status: response.status, requestID: answer.requestID(response))
    } catch {
      throw answer.unproved(error)
    }
  }
}
