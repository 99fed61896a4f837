import Model
import Setup
import Testing

@Suite("The table of preconditions")
struct PreconditionTests {
  @Test("what a precondition needs stands before it, so that one pass is enough")
  func order() {
    var known: Set<Precondition> = []
    for check in Precondition.allCases {
      for need in check.row.needs { #expect(known.contains(need), "\(check.rawValue) needs \(need.rawValue)") }
      known.insert(check)
    }
  }

  @Test("a precondition is told apart from its neighbours, and says in a sentence why it matters")
  func texts() {
    for group in Precondition.Group.allCases {
      let titles = Precondition.allCases.filter { $0.row.group == group }.map(\.row.title)
      #expect(!titles.isEmpty && Set(titles).count == titles.count, "\(group.rawValue)")
    }
    for check in Precondition.allCases {
      #expect(check.row.why.hasSuffix(".") && !check.row.why.contains("  "), "\(check.rawValue)")
      #expect(check.rawValue.wholeMatch(of: /[a-z]+(-[a-z]+)*/) != nil, "\(check.rawValue)")
    }
  }

  @Test("groups follow one another in the table, as they are printed")
  func groups() {
    var groups = Precondition.allCases.map(\.row.group)
    var runs = 0
    while let first = groups.first {
      groups = Array(groups.drop { $0 == first })
      runs += 1
    }
    #expect(runs == Precondition.Group.allCases.count)
  }

  @Test("a service is asked for what hangs on a sign-in, and for nothing else")
  func asking() {
    let offline = Precondition.allCases.filter { !$0.asksServices }
    #expect(
      offline == [
        .configuration, .privateFiles, .folders, .disk, .mappingFiles, .differingStages, .consent, .ledger, .parties,
        .lock, .unfinishedApply, .waitingPlan, .partnerCenterKeys, .partnerCenterSecrets, .tokenAge, .salesforceKeys,
        .salesforceSecrets, .renewedTokens,
      ])
  }
}
