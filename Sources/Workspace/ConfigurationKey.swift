import Model

/// Every key of `reconcile.yaml`, as `section.key`.
package enum ConfigurationKey: String, CaseIterable, Sendable {
  case partnerCenterAPI = "partner_center.api_url"
  case partnerCenterWebhook = "partner_center.webhook_url"
  case partnerCenterLogin = "partner_center.login_url"
  case tenant = "partner_center.tenant"
  case partnerCenterClient = "partner_center.client_id"
  case partnerCenterSecret = "partner_center.client_secret"
  case partnerCenterRefreshToken = "partner_center.refresh_token"
  case organization = "partner_center.organization_id"
  case partnerCenterRequests = "partner_center.max_requests"
  case salesforceLogin = "salesforce.login_url"
  case salesforceAuth = "salesforce.auth"
  case salesforceClient = "salesforce.client_id"
  case salesforceUser = "salesforce.username"
  case privateKey = "salesforce.private_key"
  case salesforceSecret = "salesforce.client_secret"
  case salesforceRefreshToken = "salesforce.refresh_token"
  case apiVersion = "salesforce.api_version"
  case scope = "salesforce.scope"
  case writeGuard = "salesforce.write_guard"
  case bulkReads = "salesforce.bulk_read_from"
  case bulkWrites = "salesforce.bulk_write_from"
  case apiUsagePercent = "salesforce.max_api_usage_percent"
  case salesforceRequests = "salesforce.max_requests"
  case minimumRecords = "safety.min_records"
  case updatePercent = "safety.max_update_percent"
  case updates = "safety.max_update"
  case createPercent = "safety.max_create_percent"
  case creates = "safety.max_create"
  case closes = "safety.max_close"
  case fieldPercent = "safety.max_field_percent"
  case planAge = "safety.max_plan_age_hours"
  case shrinkPercent = "safety.max_shrink_percent"
  case quiet = "safety.quiet_seconds"
  case canaries = "safety.canaries"
  case retainedRuns = "retention.runs"
  case retainedReports = "retention.reports"
  case noticeOccasions = "notify.on"
  case noticeLabel = "notify.label"
  case noticeCommand = "notify.command"
  case noticeWebhook = "notify.webhook"
  case webhookShape = "notify.webhook_shape"
  case mailServer = "notify.smtp_url"
  case mailUser = "notify.smtp_user"
  case mailPassword = "notify.smtp_password"
  case mailSender = "notify.mail_from"
  case mailRecipients = "notify.mail_to"
  case noticeTimeout = "notify.timeout_seconds"
  case noticeDetails = "notify.details"
  case metricsFile = "metrics.file"
  case webhookAddress = "webhooks.url"
  case certificateHosts = "webhooks.certificate_hosts"
  case certificateNames = "webhooks.certificate_names"
  case trustedCertificates = "webhooks.trusted_certificates"
  case resourceHosts = "webhooks.resource_hosts"

  /// The sections, in the order of the file.
  static let sections = ["partner_center", "salesforce", "safety", "retention", "notify", "metrics", "webhooks"]

  /// The section that holds the key.
  var section: String { String(rawValue.prefix { $0 != "." }) }

  /// The key within its section.
  var name: String { String(rawValue.drop { $0 != "." }.dropFirst()) }

  /// The variable that overrides the file: `RECONCILE_SALESFORCE_API_VERSION`.
  package var environmentName: String {
    "RECONCILE_" + rawValue.uppercased().map { $0 == "." ? "_" : String($0) }.joined()
  }

  /// What is used when neither file nor environment gives a value; nil for a key that must be given.
  var defaultText: String? {
    switch self {
    case .partnerCenterAPI: "https://api.partner.microsoft.com"
    case .partnerCenterWebhook: "https://api.partnercenter.microsoft.com"
    case .partnerCenterLogin: "https://login.microsoftonline.com"
    case .salesforceLogin: "https://login.salesforce.com"
    case .salesforceAuth: SalesforceAuth.Method.jwt.rawValue
    case .apiVersion: "62.0"
    case .scope: SalesforceScope.synced.rawValue
    case .writeGuard: WriteGuard.conditional.rawValue
    case .bulkReads: "20000"
    case .bulkWrites: "2000"
    case .apiUsagePercent: "80"
    case .minimumRecords, .closes, .shrinkPercent: "10"
    case .updatePercent, .createPercent, .retainedRuns: "30"
    case .fieldPercent: "90"
    case .planAge: "72"
    case .quiet: "120"
    case .canaries: ""
    case .webhookShape: WebhookShape.json.rawValue
    case .noticeTimeout: "30"
    case .noticeDetails: "false"
    case .certificateHosts: "3psostorageacct.blob.core.windows.net"
    case .certificateNames: "microsoft.com"
    case .resourceHosts: "api.partnercenter.microsoft.com\napi.partner.microsoft.com"
    case .partnerCenterRequests, .salesforceRequests: "1000000"
    case .tenant, .partnerCenterClient, .partnerCenterSecret, .partnerCenterRefreshToken, .organization,
      .salesforceClient, .salesforceUser, .privateKey, .salesforceSecret, .salesforceRefreshToken, .updates, .creates,
      .retainedReports, .noticeOccasions, .noticeLabel, .noticeCommand, .noticeWebhook, .mailServer, .mailUser,
      .mailPassword, .mailSender, .mailRecipients, .metricsFile, .webhookAddress, .trustedCertificates:
      nil
    }
  }

  /// What may stand there.
  var type: ConfigurationType {
    switch self {
    case .partnerCenterAPI, .partnerCenterWebhook, .partnerCenterLogin, .salesforceLogin, .webhookAddress: .address
    case .tenant, .partnerCenterClient, .organization, .salesforceClient, .salesforceUser, .trustedCertificates,
      .noticeLabel, .noticeCommand, .metricsFile:
      .text
    case .partnerCenterSecret, .partnerCenterRefreshToken, .privateKey, .salesforceSecret, .salesforceRefreshToken,
      .noticeWebhook, .mailUser, .mailPassword:
      .secret
    case .salesforceAuth: .words(SalesforceAuth.Method.allCases.map(\.rawValue))
    case .apiVersion: .version
    case .scope: .words(SalesforceScope.allCases.map(\.rawValue))
    case .writeGuard: .words(WriteGuard.allCases.map(\.rawValue))
    case .bulkReads, .bulkWrites, .partnerCenterRequests, .salesforceRequests: .number(1...1_000_000_000)
    case .apiUsagePercent: .number(1...100)
    case .minimumRecords, .updates, .creates, .closes: .number(0...1_000_000_000)
    case .updatePercent, .createPercent, .fieldPercent, .shrinkPercent: .number(0...100)
    case .planAge: .number(1...100_000)
    case .quiet: .number(0...3600)
    case .canaries, .certificateHosts, .certificateNames, .resourceHosts: .list
    case .retainedRuns, .retainedReports: .number(1...1_000_000)
    case .noticeOccasions: .listOf(Occasion.allCases.map(\.rawValue))
    case .webhookShape: .words(WebhookShape.allCases.map(\.rawValue))
    case .mailServer: .mailServer
    case .mailSender: .mailAddress
    case .mailRecipients: .mailAddresses
    case .noticeTimeout: .number(1...600)
    case .noticeDetails: .words(["true", "false"])
    }
  }
}
