import Foundation
import Model
import TestSupport
import Testing

@testable import Notify

@Suite("metrics.prom")
struct MetricsTests {
  private static var busy: Night {
    var night = Nights.night(
      .waiting, outcomes: ["applied": 12, "held": 3], waiting: ["a", "b", "c"], conflicts: 1, tokenDays: 88)
    night.answers = [.partnerCenter: [200: 7, 429: 1], .salesforce: [200: 31, 0: 2]]
    return night
  }

  private static let golden = """
    # HELP reconcile_last_success_timestamp_seconds When a run went through last.
    # TYPE reconcile_last_success_timestamp_seconds gauge
    reconcile_last_success_timestamp_seconds{workspace="cosell"} 1793585775
    # HELP reconcile_last_run_timestamp_seconds When the last run ended.
    # TYPE reconcile_last_run_timestamp_seconds gauge
    reconcile_last_run_timestamp_seconds{workspace="cosell"} 1793585775
    # HELP reconcile_last_run_duration_seconds How long the last run took.
    # TYPE reconcile_last_run_duration_seconds gauge
    reconcile_last_run_duration_seconds{workspace="cosell"} 75
    # HELP reconcile_last_run_exit_status The exit status of the last run.
    # TYPE reconcile_last_run_exit_status gauge
    reconcile_last_run_exit_status{workspace="cosell"} 4
    # HELP reconcile_last_run_requests Requests of the last run by service and HTTP status, none where no answer came.
    # TYPE reconcile_last_run_requests gauge
    reconcile_last_run_requests{workspace="cosell",service="partner-center",code="200"} 7
    reconcile_last_run_requests{workspace="cosell",service="partner-center",code="429"} 1
    reconcile_last_run_requests{workspace="cosell",service="salesforce",code="none"} 2
    reconcile_last_run_requests{workspace="cosell",service="salesforce",code="200"} 31
    # HELP reconcile_records Lines of reconciliation.csv by status, after the last run that came so far.
    # TYPE reconcile_records gauge
    reconcile_records{workspace="cosell",status="in-sync"} 40
    reconcile_records{workspace="cosell",status="changes"} 0
    reconcile_records{workspace="cosell",status="conflict"} 1
    reconcile_records{workspace="cosell",status="held"} 0
    reconcile_records{workspace="cosell",status="only-partner-center"} 0
    reconcile_records{workspace="cosell",status="only-salesforce"} 0
    reconcile_records{workspace="cosell",status="skipped"} 0
    reconcile_records{workspace="cosell",status="quarantined"} 0
    reconcile_records{workspace="cosell",status="closed"} 0
    reconcile_records{workspace="cosell",status="error"} 0
    # HELP reconcile_changes Rows of changes.csv by outcome, after the last run that came so far.
    # TYPE reconcile_changes gauge
    reconcile_changes{workspace="cosell",outcome="planned"} 0
    reconcile_changes{workspace="cosell",outcome="applied"} 12
    reconcile_changes{workspace="cosell",outcome="failed"} 0
    reconcile_changes{workspace="cosell",outcome="stale"} 0
    reconcile_changes{workspace="cosell",outcome="not-attempted"} 0
    reconcile_changes{workspace="cosell",outcome="unknown"} 0
    reconcile_changes{workspace="cosell",outcome="held"} 3
    reconcile_changes{workspace="cosell",outcome="rejected"} 0
    # HELP reconcile_waiting_rows Rows that wait for a person.
    # TYPE reconcile_waiting_rows gauge
    reconcile_waiting_rows{workspace="cosell"} 3
    # HELP reconcile_conflicts Conflicts among the rows that wait.
    # TYPE reconcile_conflicts gauge
    reconcile_conflicts{workspace="cosell"} 1
    # HELP reconcile_oldest_conflict_timestamp_seconds Since when the oldest open conflict is open; absent while none is.
    # TYPE reconcile_oldest_conflict_timestamp_seconds gauge
    reconcile_oldest_conflict_timestamp_seconds{workspace="cosell"} 1793153700
    # HELP reconcile_token_days_left Days until the refresh token of Partner Center ends unless it is used; absent while unknown.
    # TYPE reconcile_token_days_left gauge
    reconcile_token_days_left{workspace="cosell"} 88

    """

  @Test("the whole file, which a strict reader takes")
  func whole() throws {
    let text = Metrics(Self.busy, label: "cosell").text(former: "")
    #expect(text == Self.golden)
    let file = try PrometheusText(text)
    #expect(file.types.count == Family.allCases.count && Set(file.types.values) == ["gauge"])
    #expect(file.value("reconcile_changes", ["workspace": "cosell", "outcome": "applied"]) == 12)
  }

  @Test("a failed run keeps what it did not find out, and when a run went through last")
  func failed() throws {
    let before = Metrics(Self.busy, label: "cosell").text(former: "")
    let text = Metrics(Nights.broken(.signIn, .signInRefused, at: 24), label: "cosell").text(former: before)
    let (old, new) = (try PrometheusText(before), try PrometheusText(text))
    let workspace = ["workspace": "cosell"]
    for name in [
      "reconcile_last_success_timestamp_seconds", "reconcile_waiting_rows", "reconcile_conflicts",
      "reconcile_oldest_conflict_timestamp_seconds", "reconcile_token_days_left",
    ] {
      #expect(new.value(name, workspace) == old.value(name, workspace) && old.value(name, workspace) != nil, "\(name)")
    }
    #expect(new.samples("reconcile_records") == old.samples("reconcile_records"))
    #expect(new.samples("reconcile_changes") == old.samples("reconcile_changes"))
    #expect(new.value("reconcile_last_run_exit_status", workspace) == 7)
    #expect(new.value("reconcile_last_run_duration_seconds", workspace) == 3)
    #expect(new.value("reconcile_last_run_timestamp_seconds", workspace) == 1_793_672_103)
    #expect(new.samples("reconcile_last_run_requests").isEmpty)
    // Over any number of failed nights.
    let later = Metrics(Nights.broken(.error, .unreachable, at: 48), label: "cosell").text(former: text)
    #expect(try PrometheusText(later).value("reconcile_last_success_timestamp_seconds", workspace) == 1_793_585_775)
  }

  @Test("a conflict that was decided leaves the file")
  func decided() throws {
    let before = Metrics(Self.busy, label: "cosell").text(former: "")
    let file = try PrometheusText(Metrics(Nights.night(at: 24), label: "cosell").text(former: before))
    #expect(file.samples("reconcile_oldest_conflict_timestamp_seconds").isEmpty)
    #expect(file.value("reconcile_conflicts", ["workspace": "cosell"]) == 0)
  }

  @Test(
    "a workspace's name is escaped, and read back with the rest",
    arguments: ["co sell", "a\"b", "a\\b", "a\\\"b", "\\n", "Zürich {x}=\"1\",y 7", "a\\"])
  func escaped(label: String) throws {
    let before = Metrics(Self.busy, label: label).text(former: "")
    #expect(try PrometheusText(before).value("reconcile_waiting_rows", ["workspace": label]) == 3)
    let after = try PrometheusText(Metrics(Nights.broken(.error, .timedOut), label: label).text(former: before))
    #expect(after.value("reconcile_waiting_rows", ["workspace": label]) == 3)
    #expect(after.value("reconcile_records", ["workspace": label, "status": "in-sync"]) == 40)
  }

  @Test("a workspace that was renamed keeps its past under its new name")
  func renamed() throws {
    let before = Metrics(Self.busy, label: "old").text(former: "")
    let after = Metrics(Nights.broken(.error, .timedOut), label: "new").text(former: before)
    #expect(!after.contains("\"old\"") && after.contains("reconcile_waiting_rows{workspace=\"new\"} 3"))
  }

  @Test(
    "a former file that is none is left out", arguments: ["garbage\n", "reconcile_waiting_rows 3\n", "\0\0", "x{} 1"])
  func garbage(former: String) throws {
    let file = try PrometheusText(Metrics(Nights.broken(.error, .timedOut), label: "w").text(former: former))
    #expect(file.samples("reconcile_waiting_rows").isEmpty && file.types.count == 3)
  }

  @Test("the file is replaced as a whole, and everybody may read it whatever the mask")
  func written() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/reconcile.prom"
    let mask = umask(0o077)
    defer { umask(mask) }
    try Metrics(Self.busy, label: "cosell").write(to: path)
    #expect(folder.text("reconcile.prom") == Self.golden)
    try Metrics(Nights.broken(.error, .timedOut), label: "cosell").write(to: path)
    #expect(folder.text("reconcile.prom").contains("timestamp_seconds{workspace=\"cosell\"} 1793585775"))
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber
    #expect(mode?.intValue == 0o644)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["reconcile.prom"])
  }

  @Test("a run that found another one at work leaves the file to that one")
  func locked() throws {
    let folder = try TemporaryFolder()
    try Metrics(Nights.broken(.locked, .ledgerLocked), label: "w").write(to: folder.path + "/x.prom")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  @Test("E638: a folder that is not there")
  func noFolder() {
    #expect {
      try Metrics(Nights.night(), label: "w").write(to: "/nonexistent/x.prom")
    } throws: { error in
      (error as? Failure)?.description == """
        E638: metrics.file: /nonexistent/x.prom cannot be written: No such file or directory
          fix: make its folder and let the user of the nightly run write there
        """
    }
  }
}
