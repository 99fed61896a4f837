/// `limits`: what is left of the day's quotas, and the cached numbers of rows.
struct LimitsResource {
  let world: World

  func answer(_ request: ServiceRequest, _ rest: [String]) throws -> ServiceReply {
    guard request.method == "GET" else { throw SalesforceService.notAllowed }
    switch rest.first?.lowercased() {
    case nil: return .json(try limits())
    case "recordcount": return .json(try counts(request.parameters["sObjects"]))
    default: throw SalesforceService.notFound
    }
  }

  private func limits() throws -> JSONValue {
    let allowed = try world.switches.number(.apiAllowed)
    let used = try world.value(ofCounter: World.apiRequests)
    let jobs = try world.value(ofCounter: BulkStore.queryJobs)
    let batches = try world.value(ofCounter: BulkStore.ingestBatches)
    return .object(
      JSONObject(
        [
          ("DailyApiRequests", allowed, used), ("DailyBulkApiBatches", 15000, batches),
          ("DailyBulkV2QueryJobs", 10000, jobs), ("DailyBulkV2QueryFileStorageMB", 976_562, 0),
          ("DataStorageMB", 1024, try world.switches.isOn(.storageFull) ? 1024 : 17), ("FileStorageMB", 1024, 1),
          ("SingleEmail", 15, 0),
        ].map { name, most, used in
          (name, ["Max": .int(most), "Remaining": .int(max(0, most - used))])
        }))
  }

  private func counts(_ names: String?) throws -> JSONValue {
    let wanted = names.map { Set($0.lowercased().split(separator: ",").map(String.init)) }
    let objects = try world.schema.objects.filter { wanted?.contains($0.name.lowercased()) ?? true }
    let counts = try objects.map { object in
      let query = SoqlQuery(items: [], isCount: true, source: object.name)
      return (object.name, try SoqlRun(world: world, version: "62.0").count(query))
    }
    return [
      "sObjects": .array(counts.filter { $0.1 > 0 }.map { ["count": .int($0.1), "name": .string($0.0)] })
    ]
  }
}
