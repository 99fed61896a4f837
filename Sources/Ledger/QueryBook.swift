import GRDB

/// The statements that a transaction asks for every pair, each looked up once.
final class QueryBook {
  private var known: [Query?] = Array(repeating: nil, count: PairQuestion.allCases.count)

  /// The statement of a question.
  func query(_ question: PairQuestion, in database: Database) throws -> Query {
    if let query = known[question.rawValue] { return query }
    let query = try Query(question.sql, in: database)
    known[question.rawValue] = query
    return query
  }
}

/// What is asked, or stored, for every pair that is judged.
enum PairQuestion: Int, CaseIterable {
  case record
  case recordsByPartner
  case partner
  case standingReferral
  case opportunityOfReferral
  case referralOfOpportunity
  case namers
  case base
  case rejection
  case linking
  case agreeing
  case renewing
  case verdict
  case proposing

  /// The statement.
  var sql: String {
    switch self {
    case .record:
      "SELECT id, shape, content FROM record WHERE kind = ? AND id = ? AND end_run IS NULL"
    case .recordsByPartner:
      """
      SELECT id, shape, content FROM record INDEXED BY record_partner
      WHERE kind = ? AND partner = ? AND partner <> '' AND end_run IS NULL ORDER BY id
      """
    case .partner:
      "SELECT partner FROM record WHERE kind = ? AND id = ? AND end_run IS NULL"
    case .standingReferral:
      """
      SELECT record.id, record.shape, record.content, record.partner, link.opportunity, link.base
      FROM record LEFT JOIN link ON link.referral = record.id
      WHERE record.kind = 1 AND record.id = ? AND record.end_run IS NULL
      """
    case .opportunityOfReferral:
      "SELECT opportunity FROM link WHERE referral = ?"
    case .referralOfOpportunity:
      "SELECT referral FROM link WHERE opportunity = ?"
    case .namers:
      """
      SELECT id FROM record INDEXED BY record_partner
      WHERE kind = 1 AND partner = ? AND partner <> '' AND end_run IS NULL ORDER BY id
      """
    case .base:
      "SELECT base FROM link WHERE referral = ?"
    case .rejection:
      "SELECT fingerprint FROM rejection WHERE referral = ? AND opportunity = ? AND action = ? AND field = ?"
    case .linking:
      """
      INSERT INTO link (referral, opportunity, since_run, base) VALUES (?, ?, ?, ?)
      ON CONFLICT (referral) DO UPDATE
        SET opportunity = excluded.opportunity, since_run = excluded.since_run, base = excluded.base
        WHERE opportunity <> excluded.opportunity
      """
    case .agreeing:
      "UPDATE link SET base = ? WHERE referral = ?"
    case .renewing:
      "DELETE FROM overtaken WHERE referral = ? AND opportunity = ?"
    case .verdict:
      """
      INSERT INTO verdict VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (referral, opportunity) DO UPDATE SET
        (standing, name, category, status, stage, code, reason, changes, settled) = (excluded.standing, excluded.name,
          excluded.category, excluded.status, excluded.stage, excluded.code, excluded.reason, excluded.changes,
          excluded.settled)
        WHERE (standing, name, category, status, stage, code, reason, changes, settled) <> (excluded.standing,
          excluded.name, excluded.category, excluded.status, excluded.stage, excluded.code, excluded.reason,
          excluded.changes, excluded.settled)
      """
    case .proposing:
      """
      INSERT INTO proposal (phase, \(PlanText.proposed)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """
    }
  }
}
