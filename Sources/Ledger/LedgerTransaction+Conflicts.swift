import Foundation
import GRDB
import Model

// Since when somebody is waited for. Plans come and go; what is remembered here outlasts the runs that are removed.
extension LedgerTransaction {
  /// Notes the deals that are in conflict now, new ones since `time`, and forgets those that are not any more.
  ///
  /// Call it when a run's verdicts are stored.
  package func noteConflicts(at time: String) throws {
    try database.cachedStatement(
      sql: """
        DELETE FROM conflict WHERE NOT EXISTS (
          SELECT 1 FROM verdict v WHERE v.referral = conflict.referral AND v.opportunity = conflict.opportunity
            AND v.standing = 'conflict')
        """
    ).execute()
    try database.cachedStatement(
      sql: """
        INSERT OR IGNORE INTO conflict
        SELECT referral, opportunity, ? FROM verdict INDEXED BY verdict_apart WHERE settled = 0 AND standing = 'conflict'
        """
    ).execute(arguments: [time])
  }

  /// When the first plan was made that saw the oldest conflict that is open; nil when none is.
  package func oldestConflict() throws -> String? {
    try String.fetchOne(database.cachedStatement(sql: "SELECT min(since) FROM conflict"))
  }
}
