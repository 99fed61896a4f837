import Foundation
package import Model

/// Lays out a new workspace for `reconcile init`.
package enum WorkspaceStarter {
  /// Writes a commented configuration, the mapping files and a `.gitignore` into a folder that is new or empty.
  ///
  /// - Parameters:
  ///   - folder: the workspace; it is made when it is not there.
  ///   - mappings: the text of each mapping file by its path within `mappings/`.
  /// - Returns: the paths that were written, relative to the folder, sorted.
  /// - Throws: `Failure` with `workspaceNotEmpty` when the folder holds anything but a `.git`.
  @discardableResult
  package static func write(to folder: WorkspaceFolder, mappings: [String: String]) throws(Failure) -> [String] {
    let found = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    if let first = found.filter({ $0 != ".git" }).sorted().first {
      throw Failure(
        .workspaceNotEmpty, "\(folder.path) is not empty: it holds \(first)", fix: "name an empty or a new folder")
    }
    var files = ["reconcile.yaml": configuration, ".gitignore": ignored]
    for (path, text) in mappings { files["mappings/" + path] = text }
    do {
      try makePrivate(folder.path)
      for (path, text) in files { try write(text, to: folder.path + "/" + path) }
      try makePrivate(folder.path + "/secrets")
      try makePrivate(folder.state)
    } catch {
      throw Failure(.configurationMissing, "the workspace cannot be written to \(folder.path)")
    }
    return files.keys.sorted()
  }

  private static func write(_ text: String, to path: String) throws {
    try makePrivate(URL(fileURLWithPath: path).deletingLastPathComponent().path)
    try PrivateFile.replace(path, with: text)
  }

  private static func makePrivate(_ path: String) throws {
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
  }

  private static let ignored = """
    # Secrets and business data do not belong into version control; reconcile.yaml and mappings/ do.
    secrets/
    state/
    reports/

    """

  private static let configuration = """
    # Where and how. What is reconciled stands in mappings/.
    #
    # A secret is never written here. It is named: env:NAME (a variable), file:PATH (a file of mode 600, relative to this
    # folder) or cmd:COMMAND (the first line that a command prints). Every key can be overridden by a variable:
    # salesforce.api_version by RECONCILE_SALESFORCE_API_VERSION. `reconcile doctor` tells what is missing.

    partner_center:
      api_url: https://api.partner.microsoft.com
      webhook_url: https://api.partnercenter.microsoft.com
      login_url: https://login.microsoftonline.com
      tenant:                 # directory (tenant) id of the partner account
      client_id:              # application id; the signed-in user must be a Referrals admin
      client_secret: env:PARTNER_CENTER_CLIENT_SECRET
      refresh_token: file:secrets/partner-center-refresh-token   # rewritten when the service rotates it
      organization_id:        # own organization: tells own deals from others'

    salesforce:
      login_url: https://login.salesforce.com   # https://test.salesforce.com for a sandbox
      auth: jwt               # jwt (username, private_key), client-credentials (client_secret), refresh-token (refresh_token)
      client_id:              # consumer key of the connected app
      username:               # user who reads and writes; every change carries this name
      private_key: file:secrets/salesforce.key
      api_version: "62.0"
      scope: synced           # synced: ticked or linked opportunities; all: every opportunity
      write_guard: conditional      # conditional: Salesforce refuses what somebody changed since; reread: 8 times fewer calls, a small gap
      bulk_read_from: 20000         # queries with more rows than this are read by the Bulk API
      bulk_write_from: 2000         # reread only: from so many updates on the Bulk API writes
      max_api_usage_percent: 80     # stop before the org's daily API calls, of all programs, pass this share
      max_requests: 1000000         # stop when a run has sent so many requests; the same key exists for partner_center

    safety:                     # beyond these a run stops, and says what lifts the limit for once
      min_records: 10           # shares count from this many deals in play on
      max_update_percent: 30    # deals updated on one side
      # max_update: 500         # the same as a number
      max_create_percent: 30    # opportunities, leads or referrals created
      # max_create: 100         # the same as a number
      max_close: 10             # deals won, lost or declined
      max_field_percent: 90     # deals on which one field changes
      max_plan_age_hours: 72    # how old a plan may be when it is applied
      max_shrink_percent: 10    # a snapshot that lost more than this since last night stops the run
      quiet_seconds: 120        # after a request without an answer: how long it may still arrive, and the next run waits
      canaries: []              # record ids that must be in every snapshot

    retention: { runs: 30 }

    # webhooks:                 # hear of changes within minutes: docs/webhooks.md
    #   url: https://hooks.example.com/partner-center   # where Partner Center reaches `reconcile webhook listen`
    #   certificate_hosts: [3psostorageacct.blob.core.windows.net]
    #   certificate_names: [microsoft.com]              # and every name below it
    #   resource_hosts: [api.partnercenter.microsoft.com, api.partner.microsoft.com]
    #   trusted_certificates: certificates.pem          # where the chain to a root of the system has a gap

    """
}
