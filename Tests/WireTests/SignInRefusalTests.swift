import Foundation
import Testing

@testable import Wire

@Suite("Why a sign-in is refused")
struct SignInRefusalTests {
  static let salesforceCases: [(String, String, SalesforceRefusal)] = [
    ("invalid_grant", "user hasn't approved this consumer", .userNotApproved),
    ("invalid_app_access", "user is not admin approved to access this app", .userNotAdmitted),
    ("invalid_app_access", "", .userNotAdmitted), ("invalid_client_id", "client identifier invalid", .unknownApp),
    ("invalid_client", "invalid client credentials", .wrongSecret),
    ("invalid_grant", "Audience validation failed", .wrongAudience),
    ("invalid_grant", "audience is invalid", .wrongAudience), ("invalid_grant", "invalid assertion", .wrongKey),
    ("invalid_grant", "expired authorization code", .wrongTime),
    ("invalid_grant", "expired access/refresh token", .refreshTokenOver),
    ("unsupported_grant_type", "grant type not supported", .flowOff),
    ("invalid_grant", "no client credentials user enabled", .noRunAsUser),
    ("invalid_grant", "request not supported on this domain", .wrongHost),
    ("inactive_user", "user is inactive", .userInactive), ("inactive_org", "organization is inactive", .orgInactive),
    ("rate_limit_exceeded", "login rate exceeded", .tooManySignIns),
    ("invalid_grant", "ip restricted", .addressNotAllowed), ("invalid_grant", "something new", .other),
    ("status 404", "", .other),
  ]

  @Test("Salesforce: by its words, else by its code", arguments: salesforceCases)
  func salesforce(error: String, text: String, reason: SalesforceRefusal) {
    #expect(SalesforceRefusal(TokenRefusal(error: error, text: text)) == reason)
  }

  @Test("Salesforce: every reason is met above")
  func salesforceIsWhole() {
    #expect(Set(Self.salesforceCases.map(\.2)) == Set(SalesforceRefusal.allCases))
  }

  static let entraCases: [(String, String, EntraRefusal)] = [
    ("invalid_request", "AADSTS90002: Tenant 'x' not found.", .unknownTenant),
    ("unauthorized_client", "AADSTS700016: Application not found.", .unknownApp),
    ("unauthorized_client", "", .unknownApp), ("invalid_client", "AADSTS7000215: Invalid client secret.", .wrongSecret),
    ("invalid_client", "", .wrongSecret), ("invalid_client", "AADSTS7000222: expired", .secretExpired),
    ("invalid_client", "AADSTS7000218: must contain 'client_secret'", .secretMissing),
    ("invalid_client", "AADSTS700025: Client is public", .secretOfPublicApp),
    ("invalid_grant", "AADSTS65001: The user has not consented", .consentMissing),
    ("invalid_grant", "AADSTS50105: not assigned to a role", .userNotAssigned),
    ("invalid_grant", "AADSTS53003: Access has been blocked", .blockedByPolicy),
    ("interaction_required", "", .blockedByPolicy),
    ("invalid_resource", "AADSTS500011: principal not found", .unknownAudience),
    ("invalid_grant", "AADSTS700082: expired due to inactivity", .tokenOver),
    ("invalid_grant", "AADSTS999999999: something new", .tokenOver), ("status 404", "", .tokenOver),
  ]

  @Test("Partner Center: by the number of Microsoft's error, else by its code", arguments: entraCases)
  func entra(error: String, text: String, reason: EntraRefusal) {
    #expect(EntraRefusal(TokenRefusal(error: error, text: text)) == reason)
  }

  @Test("Partner Center: every reason is met above")
  func entraIsWhole() {
    #expect(Set(Self.entraCases.map(\.2)) == Set(EntraRefusal.allCases))
  }

  @Test("No two reasons have the same fix")
  func fixes() {
    let all = SalesforceRefusal.allCases.map(\.fix) + EntraRefusal.allCases.map(\.fix)
    #expect(Set(all).count == all.count)
  }
}
