package import Model
package import Transform
package import Workspace

/// What lies in the workspace: configuration, mapping, secrets, files.
package struct WorkspaceFacts: Sendable {
  /// What is wrong with `reconcile.yaml`, the keys of the services aside.
  package var mistakes: [Failure] = []
  /// What `reconcile.yaml` lacks of what a service needs, by side.
  package var lacking: [Side: [Failure]] = [:]
  /// The values of the configuration that checks depend on; nil when it cannot be read.
  package var settings: Settings?
  /// The mapping, or everything that is wrong with its files.
  package var mapping: Result<Mapping, MappingMistakes>?
  /// The secrets that the configuration names, by side.
  package var secrets: [Side: [SecretFact]] = [:]
  /// Days since the file of Partner Center's refresh token was written; nil where nothing tells.
  package var tokenAge: Int?
  /// Files and folders that are there, with their modes.
  package var files: [FileMode] = []
  /// Why a folder cannot be written.
  package var lockedFolders: [Failure] = []
  /// The room on the disk of the ledger; nil where the system does not tell.
  package var disk: Disk?

  /// Nothing yet.
  package init() {}

  /// The values of the configuration that checks depend on.
  package struct Settings: Sendable {
    /// The own organization in Partner Center.
    package var organizationID: String
    /// The version of Salesforce's API: `62.0`.
    package var apiVersion: String
    /// The share of Salesforce's calls at which a run stops, in percent.
    package var maximumUsagePercent: Int
    /// Limits and canaries.
    package var safety: SafetyConfiguration
    /// What the ledger calls the services of this configuration, by side.
    package var parties: [Side: String]

    /// The given values.
    package init(
      organizationID: String, apiVersion: String, maximumUsagePercent: Int, safety: SafetyConfiguration,
      parties: [Side: String]
    ) {
      self.organizationID = organizationID
      self.apiVersion = apiVersion
      self.maximumUsagePercent = maximumUsagePercent
      self.safety = safety
      self.parties = parties
    }
  }

  /// One secret, without its text.
  package struct SecretFact: Sendable {
    /// The key and the reference: `salesforce.private_key (file:secrets/salesforce.key)`.
    package var name: String
    /// Why it is not to be had; nil when it is.
    package var failure: Failure?
    /// Whether the service may replace it.
    package var mayBeReplaced: Bool
    /// Why a new one could not be kept in its place; nil when it could.
    package var obstacle: String?

    /// A secret that is there and is never replaced, or what is given.
    package init(_ name: String, failure: Failure? = nil, mayBeReplaced: Bool = false, obstacle: String? = nil) {
      self.name = name
      self.failure = failure
      self.mayBeReplaced = mayBeReplaced
      self.obstacle = obstacle
    }
  }

  /// A file or folder and who may use it.
  package struct FileMode: Sendable {
    /// The path, from the workspace where it lies within.
    package var path: String
    /// The permission bits.
    package var mode: Int
    /// The bits that others should not have.
    package var forbidden: Int

    /// A file with its bits, of which others should have none of `forbidden`.
    package init(_ path: String, mode: Int, forbidden: Int) {
      self.path = path
      self.mode = mode
      self.forbidden = forbidden
    }
  }

  /// The room on the disk of the ledger.
  package struct Disk: Sendable {
    /// Bytes that the user may still write.
    package var free: Int
    /// Bytes of the ledger; 0 when there is none.
    package var ledger: Int

    /// So many bytes free beside a ledger of so many.
    package init(free: Int, ledger: Int) {
      self.free = free
      self.ledger = ledger
    }
  }
}
