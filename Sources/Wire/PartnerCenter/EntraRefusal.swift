/// Why Microsoft Entra, the sign-in service of Partner Center, refuses, by the number of its error.
///
/// A reason that has no case of its own is most often a refresh token that is over, and mended by a new sign-in.
enum EntraRefusal: Hashable, CaseIterable {
  case unknownTenant
  case unknownApp
  case wrongSecret
  case secretExpired
  case secretMissing
  case secretOfPublicApp
  case consentMissing
  case userNotAssigned
  case blockedByPolicy
  case unknownAudience
  case tokenOver

  /// The reason behind a refusal.
  init(_ refusal: TokenRefusal) {
    let number = refusal.text.firstMatch(of: /AADSTS(\d{1,9})/).flatMap { Int($0.output.1) }
    self = Self.allCases.first { number.map($0.numbers.contains) ?? false } ?? Self.named(refusal.error)
  }

  /// The number of Microsoft's errors with this reason.
  private var numbers: Set<Int> {
    switch self {
    case .unknownTenant: [90002, 900_023, 50059]
    case .unknownApp: [700_016, 700_038, 7_000_112]
    case .wrongSecret: [7_000_215]
    case .secretExpired: [7_000_222]
    case .secretMissing: [7_000_218]
    case .secretOfPublicApp: [700_025]
    case .consentMissing: [65001, 65004, 90094, 90008]
    case .userNotAssigned: [50105]
    case .blockedByPolicy: [50005, 50076, 50079, 50097, 50158, 53000, 53001, 53002, 53003, 530_003, 530_035]
    case .unknownAudience: [500_011, 70011, 650_057]
    case .tokenOver: [70000, 70008, 70043, 50173, 700_082, 700_084, 9_002_313]
    }
  }

  /// The reason by the code of OAuth alone.
  private static func named(_ error: String) -> EntraRefusal {
    switch error {
    case "invalid_client": .wrongSecret
    case "unauthorized_client": .unknownApp
    case "consent_required": .consentMissing
    case "interaction_required": .blockedByPolicy
    case "invalid_scope", "invalid_resource", "invalid_target": .unknownAudience
    case _: .tokenOver
    }
  }

  /// Where to click, or what to run.
  var fix: String {
    let app = "in the Microsoft Entra admin center, App registrations > the app"
    switch self {
    case .unknownTenant:
      return "put the directory (tenant) id of the partner account into `partner_center.tenant`"
    case .unknownApp:
      return "put the application (client) id into `partner_center.client_id`; the app must be registered in the "
        + "directory that `partner_center.tenant` names"
    case .wrongSecret:
      return "\(app) > Certificates & secrets: make a new client secret and store its value, not its id, where "
        + "`partner_center.client_secret` says"
    case .secretExpired:
      return "the client secret has expired: \(app) > Certificates & secrets: make a new one and store its value where "
        + "`partner_center.client_secret` says"
    case .secretMissing:
      return "\(app) > Authentication: set *Allow public client flows* to Yes, or store a client secret where "
        + "`partner_center.client_secret` says"
    case .secretOfPublicApp:
      return "\(app) > Authentication: the platform must be *Web*, not *Mobile and desktop applications*"
    case .consentMissing:
      return "\(app) > API permissions: add `user_impersonation` of *Microsoft Partner* and *Microsoft Partner Center*"
        + ", then *Grant admin consent*"
    case .userNotAssigned:
      return "in the Microsoft Entra admin center, Enterprise applications > the app > Users and groups: assign the "
        + "user"
    case .blockedByPolicy:
      return "a conditional access policy stands in the way: sign in with the method that it asks for, or have an "
        + "administrator let this app use the device code flow"
    case .unknownAudience:
      return "\(app) > API permissions: add `user_impersonation` of *Microsoft Partner*, which stands for "
        + "`partner_center.api_url`"
    case .tokenOver: return "sign in afresh: `reconcile login partner-center`"
    }
  }
}
