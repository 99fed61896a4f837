import Foundation
import Ledger
import Model
import Transform
import Workspace

/// A workspace whose folder is known: enough to read the ledger.
struct OpenFolder {
  let folder: WorkspaceFolder

  /// The workspace that the options, the environment or the current folder name.
  init(_ options: CommonOptions) throws {
    folder = try WorkspaceFolder.resolve(options.workspace)
  }

  /// A workspace that is open already.
  init(_ workspace: OpenWorkspace) {
    folder = workspace.folder
  }

  /// The ledger, which must be there.
  func ledger() throws -> LedgerFile {
    guard LedgerFile.isKnown(at: folder.ledger) else {
      throw Failure(.runUnknown, "there is no ledger in \(folder.path)", fix: "run `reconcile plan` first")
    }
    return try LedgerFile(at: folder.ledger)
  }

  /// The run of that name, or the newest; of those that were begun and not finished where one is to be resumed.
  func run(_ name: String?, in ledger: LedgerFile, isResumed: Bool = false) throws -> RunEntry {
    guard let name else {
      let begun = isResumed ? try ledger.read { try $0.runs().first { $0.state == .applying } } : nil
      guard let newest = try begun ?? ledger.read({ try $0.latestRun() }) else {
        throw Failure(.runUnknown, "the ledger holds no run yet", fix: "run `reconcile plan` first")
      }
      return newest
    }
    let id = RunID(name)
    if let id, let run = try ledger.read({ try $0.run(id) }) { return run }
    if let id, let time = try ledger.read({ try $0.removal(of: id) }) {
      throw Failure(
        .runRemoved, "the run \(id) was removed on \(time.prefix(10)), as retention.runs asks",
        fix: "`reconcile runs` lists the runs that are left")
    }
    throw Failure(.runUnknown, "there is no run \(name)", fix: "`reconcile runs` lists them")
  }
}

/// A workspace with its mapping and configuration read.
struct OpenWorkspace {
  let folder: WorkspaceFolder
  let mapping: Mapping
  /// The mapping files as they are now.
  let files: MappingFiles
  /// Nil when there is no reconcile.yaml, which a run from exported files can do without.
  let configuration: Configuration?

  /// Reads the mapping and, where there is one, the configuration.
  ///
  /// - Throws: `Failures` with every mistake of both.
  init(_ options: CommonOptions, console: Console) throws {
    folder = try WorkspaceFolder.resolve(options.workspace)
    var mistakes: [Failure] = []
    var configuration: Configuration?
    if FileManager.default.fileExists(atPath: folder.configuration) {
      do throws(ConfigurationMistakes) {
        configuration = try Configuration.load(folder)
      } catch {
        mistakes += error.failures
      }
    }
    files = MappingFiles.read(folder: folder.mappings)
    switch files.mapping() {
    case .success(let mapping) where mistakes.isEmpty:
      self.mapping = mapping
    case .success:
      throw Failures(list: mistakes)
    case .failure(let error):
      throw Failures(list: mistakes + error.diagnostics.map { Failure($0.code, $0.description) })
    }
    self.configuration = configuration
    for warning in configuration?.credentials.compactMap(\.permissionWarning) ?? [] { console.warn(warning) }
  }

  /// The configuration, which a run against a service needs.
  func requireConfiguration() throws -> Configuration {
    guard let configuration else {
      throw Failure(
        .configurationMissing, "there is no reconcile.yaml in \(folder.path)",
        fix: "run `reconcile init`, or name the workspace with --workspace or RECONCILE_WORKSPACE")
    }
    return configuration
  }

  /// What tells the services of this workspace from others: the own organization, and where one signs in to Salesforce,
  /// which tells a sandbox from production.
  func parties(partnerCenter: Bool, salesforce: Bool) throws -> [Side: String] {
    var parties: [Side: String] = [:]
    if partnerCenter { parties[.partnerCenter] = Self.party(organization: organizationID) }
    if salesforce, let configuration { parties[.salesforce] = Self.salesforceParty(of: configuration) }
    return parties
  }

  /// What the ledger calls an organization of Partner Center.
  static func party(organization id: String) -> String { "the organization \(id.lowercased())" }

  /// What the ledger calls the org that a configuration names; nil when it names none.
  static func salesforceParty(of configuration: Configuration) -> String? {
    (try? configuration.salesforce().loginURL).flatMap { URL(string: $0)?.host }.map { "an org behind \($0)" }
  }

  /// The own organization in Partner Center; empty when nothing tells it.
  var organizationID: String { configuration?.organizationID ?? "" }

  /// How much a snapshot may shrink, and what must be in it.
  func snapshotLimits(allowing allowed: [SafetyLimit]) -> SnapshotLimits {
    var limits = SnapshotLimits()
    if let safety = configuration?.safety {
      limits = SnapshotLimits(
        minimumRecords: safety.minimumRecords, maximumShrinkPercent: safety.maximumShrinkPercent,
        canaries: safety.canaries)
    }
    limits.allowed = Set(allowed)
    return limits
  }

  /// How much a plan may do.
  var safetyLimits: SafetyLimits {
    var limits = SafetyLimits()
    guard let safety = configuration?.safety else { return limits }
    limits.minimumRecords = safety.minimumRecords
    limits.maximumUpdatePercent = safety.maximumUpdatePercent
    limits.maximumUpdates = safety.maximumUpdates
    limits.maximumCreatePercent = safety.maximumCreatePercent
    limits.maximumCreates = safety.maximumCreates
    limits.maximumCloses = safety.maximumCloses
    limits.maximumFieldPercent = safety.maximumFieldPercent
    limits.maximumAgeHours = safety.maximumPlanAgeHours
    return limits
  }
}
