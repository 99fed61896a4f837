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
    var files = ["reconcile.yaml": configuration, ".gitignore": ignored]
    for (path, text) in mappings { files["mappings/" + path] = text }
    return try WorkspaceLayout(files: files.mapValues { Array($0.utf8) }).write(to: folder)
  }

  /// A list of what is let in, not of what is kept out: a secret, a log or a download that lands here by chance is not
  /// committed.
  static let ignored = """
    # Into version control belongs what describes the workspace. Secrets, state, reports and whatever else lands here do not:
    # they hold credentials and customers' data. Add a line with ! for a file of your own.
    /*
    !/.gitignore
    !/README.md
    !/reconcile.yaml
    !/mappings/
    *~
    .*.swp
    .~lock.*

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

    retention:                  # older runs go after each night; what both sides agreed on always stays
      runs: 30                  # runs that the ledger keeps: plans, journal, snapshots
      # reports: 400            # runs whose reports are kept; without it, reports go with their run

    notify:                     # who is told after `reconcile run` when a person is needed; `reconcile notify test` tries it
      # on: [failure, safety-stop, waiting, token, recovery]   # all of them unless some are named
      # label: cosell           # what notices call this workspace; its folder's name otherwise
      # command: ./tell.sh      # gets the notice as JSON on its standard input
      # webhook: env:NOTIFY_WEBHOOK   # the address is a secret; https only
      webhook_shape: json       # json, slack or teams
      # smtp_url: smtps://mail.example.com   # smtp:// demands STARTTLS, but on this machine
      # smtp_user: env:SMTP_USER
      # smtp_password: env:SMTP_PASSWORD
      # mail_from: reconcile@example.com
      # mail_to: [sales-operations@example.com]
      timeout_seconds: 30       # what each of them may take
      details: false            # true: notices hold what a failure says in full and the names of deals that wait

    metrics:
      # file: /var/lib/node_exporter/reconcile.prom   # for the textfile collector of node_exporter

    # webhooks:                 # hear of changes within minutes: docs/webhooks.md
    #   url: https://hooks.example.com/partner-center   # where Partner Center reaches `reconcile webhook listen`
    #   certificate_hosts: [3psostorageacct.blob.core.windows.net]
    #   certificate_names: [microsoft.com]              # and every name below it
    #   resource_hosts: [api.partnercenter.microsoft.com, api.partner.microsoft.com]
    #   trusted_certificates: certificates.pem          # where the chain to a root of the system has a gap

    """
}
