import Foundation
import GRDB

/// The list of referrals with its query options and pages (S3 to S6).
struct ReferralList {
  let reader: ReferralReader

  /// What a list asks for; a skip token is its text.
  private struct Wish: Codable {
    var filter: String?
    var order: String?
    var select: String?
    /// How many records may still come (S5); nil for all.
    var left: Int?
    var count = false
    var offset = 0
    var page = 1
  }

  func answer(_ request: ServiceRequest) throws -> ServiceReply {
    let switches = try reader.world.partnerCenterSwitches
    let wish = try wish(request.parameters)
    let source = try source(wish)
    let size = min(switches.pageSize, wish.left ?? switches.pageSize)
    let rows = try Row.fetchAll(
      reader.world.db.cachedStatement(
        sql: "SELECT seq, body \(source.sql) ORDER BY \(try order(wish.order)) LIMIT ? OFFSET ?"),
      arguments: StatementArguments(source.arguments + [(size + 1).databaseValue, wish.offset.databaseValue]))
    let page = try rows.prefix(size).map { try text($0, select: wish.select) }
    let hasMore = rows.count > size && wish.left != size && switches.lastPage != wish.page
    let count = wish.count || switches.count == .total ? try total(source) : page.count
    return reply(page, count: count, next: hasMore ? try nextLink(wish, size, switches.nextLink) : nil)
  }

  private func wish(_ parameters: FormText) throws -> Wish {
    if let token = parameters["$skiptoken"] {
      guard let data = Data(base64Encoded: token.replacing("-", with: "+").replacing("_", with: "/")),
        let wish = try? JSONDecoder().decode(Wish.self, from: data)
      else { throw ODataFilter.invalid("The skip token is not valid.") }
      return wish
    }
    var wish = Wish()
    let names = parameters.pairs.map { $0.name.lowercased() }
    if let twice = names.first(where: { name in names.filter { $0 == name }.count > 1 }) {
      throw ODataFilter.invalid("The query option '\(twice)' was given twice.")
    }
    for (name, value) in parameters.pairs {
      switch name.lowercased() {
      case "$filter": wish.filter = value
      case "$orderby": wish.order = value
      case "$select": wish.select = value
      case "$top": wish.left = try number(value, name)
      case "$skip": wish.offset = try number(value, name)
      case "$count":
        guard ["true", "false"].contains(value.lowercased()) else { throw ODataFilter.invalid("$count is a boolean.") }
        wish.count = value.lowercased() == "true"
      default: throw ODataFilter.invalid("The query option '\(name)' is not supported.")
      }
    }
    return wish
  }

  private func number(_ text: String, _ name: String) throws -> Int {
    guard let number = Int(text), number >= 0 else { throw ODataFilter.invalid("\(name) must be a whole number.") }
    return number
  }

  /// The part of the statement after the columns, shared by page and count.
  private func source(_ wish: Wish) throws -> (sql: String, arguments: [DatabaseValue]) {
    let filter =
      try wish.filter.map { try ODataFilter.compile($0) } ?? (sql: "1", arguments: [], namesEngagement: false)
    var sql = "FROM referral WHERE \(filter.sql) AND \(reader.visibility.sql)"
    var arguments = filter.arguments + reader.visibility.arguments
    if !filter.namesEngagement {
      sql += " AND organization = ?"
      arguments.append(Identity.organization.databaseValue)
    }
    return (sql, arguments)
  }

  private func total(_ source: (sql: String, arguments: [DatabaseValue])) throws -> Int {
    try Int.fetchOne(
      reader.world.db.cachedStatement(sql: "SELECT COUNT(*) \(source.sql)"),
      arguments: StatementArguments(source.arguments)) ?? 0
  }

  private func order(_ text: String?) throws -> String {
    guard let text else { return "seq" }
    let terms = try text.split(separator: ",", omittingEmptySubsequences: false).map { term in
      let parts = term.split(separator: " ").map(String.init)
      guard let field = parts.first, field == "createdDateTime" || field == "updatedDateTime", parts.count <= 2,
        parts.count == 1 || ["asc", "desc"].contains(parts[1].lowercased())
      else { throw ODataFilter.invalid("$orderby takes createdDateTime or updatedDateTime, asc or desc.") }
      let direction = parts.count == 2 && parts[1].lowercased() == "desc" ? "DESC" : "ASC"
      return "rtrim(json_extract(body, '$.\(field)'), 'Z') \(direction)"
    }
    return terms.joined(separator: ", ") + ", seq"
  }

  private func text(_ row: Row, select: String?) throws -> String {
    guard let select else { return row["body"] }
    let names = select.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    if let unknown = names.first(where: { !ReferralShape.rootNames.contains($0) }) {
      throw ODataFilter.invalid("Could not find a property named '\(unknown)' on type 'Referral'.")
    }
    let body = try ReferralReader.referral(row).body
    return JSONValue.object(JSONObject(names.map { ($0, body[$0]) })).text
  }

  /// The link to the next page, right or with one of its flaws (S4).
  private func nextLink(_ wish: Wish, _ size: Int, _ form: PartnerCenterSwitches.NextLink) throws -> String {
    var next = wish
    next.page += 1
    if form != .loop { next.offset += size }
    next.left = wish.left.map { $0 - size }
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let token = try encoder.encode(next).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
    let isRight =
      switch form {
      case .right, .foreignHost, .loop: true
      case .documented: false
      case .mixed: wish.page % 2 == 1
      }
    let origin = form == .foreignHost ? "http://referrals.example" : reader.world.origin
    let path = isRight ? "/v1.0/engagements/referrals" : "/v1.0/referrals"
    return "\(origin)/partner-center\(path)?$skiptoken=\(token.replacing("=", with: "%3D"))"
  }

  private func reply(_ page: [String], count: Int, next: String?) -> ServiceReply {
    var text = "{\"@odata.context\":"
    text += JSONValue.string("\(reader.world.origin)/partner-center/v1.0/$metadata#Referrals").text
    text += ",\"@odata.count\":\(count),\"value\":[" + page.joined(separator: ",") + "]"
    if let next { text += ",\"@odata.nextLink\":" + JSONValue.string(next).text }
    return ServiceReply(
      status: 200, headers: [("Content-Type", "application/json; charset=utf-8")], body: Data((text + "}").utf8))
  }
}
