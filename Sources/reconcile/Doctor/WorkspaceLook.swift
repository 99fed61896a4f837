import Foundation
import Model
import Setup
import Transform
import Workspace

/// Looks at what lies in a workspace: configuration, mapping, secrets, files.
struct WorkspaceLook {
  /// What was found.
  private(set) var facts = WorkspaceFacts()
  /// The configuration; nil when it cannot be read.
  private(set) var configuration: Configuration?
  private let folder: WorkspaceFolder

  /// A look at a workspace; every secret is tried.
  init(_ folder: WorkspaceFolder) {
    self.folder = folder
    do throws(ConfigurationMistakes) {
      configuration = try Configuration.load(folder)
    } catch {
      facts.mistakes = error.failures
    }
    facts.mapping = MappingFiles.read(folder: folder.mappings).mapping()
    var secrets: [CredentialReference] = []
    if let configuration { secrets = readConfiguration(configuration) }
    facts.files = PrivatePaths(folder, secrets: secrets.compactMap(\.path)).modes
    facts.lockedFolders = Self.obstacles(folder)
    facts.disk = DiskSpace(of: folder.state, else: folder.path).map { space in
      WorkspaceFacts.Disk(free: space.free, ledger: FileFacts(at: folder.ledger)?.length ?? 0)
    }
  }

  /// Takes over what the configuration says, and gives the secrets that are used.
  private mutating func readConfiguration(_ configuration: Configuration) -> [CredentialReference] {
    var used: [CredentialReference] = []
    for side in Side.allCases {
      let references: [CredentialReference]
      do throws(ConfigurationMistakes) {
        references = try Self.secrets(of: side, in: configuration)
      } catch {
        facts.lacking[side] = error.failures
        references = configuration.credentials.filter { $0.key.hasPrefix(Self.section(of: side)) }
      }
      facts.secrets[side] = references.map(Self.fact)
      used += references
    }
    let organization = configuration.organizationID ?? ""
    var parties = [Side.partnerCenter: OpenWorkspace.party(organization: organization)]
    parties[.salesforce] = OpenWorkspace.salesforceParty(of: configuration)
    let salesforce = try? configuration.salesforce()
    facts.settings = WorkspaceFacts.Settings(
      organizationID: organization, apiVersion: salesforce?.apiVersion ?? "",
      maximumUsagePercent: salesforce?.maximumUsagePercent ?? 100, safety: configuration.safety, parties: parties)
    return used
  }

  /// The secrets that signing in to a service takes.
  private static func secrets(
    of side: Side, in configuration: Configuration
  ) throws(ConfigurationMistakes) -> [CredentialReference] {
    switch side {
    case .partnerCenter:
      let settings = try configuration.partnerCenter()
      return [settings.clientSecret, settings.refreshToken]
    case .salesforce:
      switch try configuration.salesforce().auth {
      case .jwt(_, let key): return [key]
      case .clientCredentials(let secret): return [secret]
      case .refreshToken(let token, let secret): return [token] + [secret].compactMap(\.self)
      }
    }
  }

  /// What the keys of a service begin with.
  private static func section(of side: Side) -> String {
    switch side {
    case .partnerCenter: "partner_center."
    case .salesforce: "salesforce."
    }
  }

  private static func fact(_ reference: CredentialReference) -> WorkspaceFacts.SecretFact {
    var fact = WorkspaceFacts.SecretFact("\(reference)", mayBeReplaced: reference.key.hasSuffix(".refresh_token"))
    do throws(Failure) {
      _ = try reference.resolve()
    } catch {
      fact.failure = error
    }
    if let path = reference.path {
      let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
      if access(folder, W_OK) != 0 { fact.obstacle = "its folder cannot be written, so that no new one is kept" }
    } else {
      fact.obstacle = "a new one cannot be kept where it is"
    }
    return fact
  }

  /// Why a run could not write its ledger or its reports.
  private static func obstacles(_ folder: WorkspaceFolder) -> [Failure] {
    [(folder.state, Code.ledgerUnwritable), (folder.reports, .reportUnwritable)].compactMap { path, code in
      let name = URL(fileURLWithPath: path).lastPathComponent
      var isFolder: ObjCBool = false
      let isThere = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      if isThere, !isFolder.boolValue {
        return Failure(code, "\(name) is no folder", fix: "move it away; a run makes the folder")
      }
      guard access(isThere ? path : folder.path, W_OK | X_OK) != 0 else { return nil }
      return Failure(
        code, "the folder \(name)/ cannot be \(isThere ? "written" : "made")",
        fix: "make it writable for the user who runs reconcile")
    }
  }
}
