import GRDB

/// What a query job does: it takes its ids when it is made and its values when it runs, and then stays as it is.
struct BulkQueryRun {
  let world: World

  /// Takes the ids of the rows that a statement selects.
  func take(_ query: SoqlQuery, for job: BulkJob) throws {
    let selection = try soql(job).selection(query)
    try world.db.cachedStatement(
      sql: "INSERT INTO bulk_id(job, seq, id) SELECT ?, row_number() OVER (), \"Id\" FROM "
        + "(SELECT r.\"Id\" \(selection.sql))"
    ).execute(arguments: [job.id] + selection.arguments)
  }

  /// Writes the lines of the rows that are still there.
  func run(_ job: inout BulkJob) throws {
    if let end = try BulkStore(world: world).forcedEnd() {
      job.state = end.state
      job.error = end.message
      return
    }
    let query = try SoqlParser.parse(job.soql)
    let compiler = try soql(job).compiler(query)
    let columns = try BulkColumns(query, compiler, job.format)
    let living = job.operation == "queryAll" ? "" : "WHERE r.\"IsDeleted\" = 0"
    try world.db.cachedStatement(
      sql: """
        INSERT INTO bulk_line(job, seq, line)
        SELECT ?, row_number() OVER (ORDER BY b.seq), \(columns.line)
        FROM (SELECT seq, id FROM bulk_id WHERE job = ?) b JOIN "\(compiler.object.name)" r ON r."Id" = b.id
        \(columns.joins.joined(separator: " ")) \(living)
        """
    ).execute(arguments: [job.id, job.id])
    job.processed = world.db.changesCount
    job.state = .complete
    try world.db.cachedStatement(sql: "DELETE FROM bulk_id WHERE job = ?").execute(arguments: [job.id])
  }

  /// The header line of a job's results.
  func header(_ job: BulkJob) throws -> String {
    let query = try SoqlParser.parse(job.soql)
    return job.format.line(try BulkColumns(query, try soql(job).compiler(query), job.format).headers)
  }

  private func soql(_ job: BulkJob) -> SoqlRun {
    SoqlRun(world: world, version: job.version, includesDeleted: job.operation == "queryAll")
  }
}
