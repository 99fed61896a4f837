/// A city in which seeded customers sit.
struct Place: Sendable {
  let country: String
  let currency: String
  let city: String
  /// State or province, nil where addresses have none.
  let state: String?
  let postal: String
  let street: String
  let dial: String
  let suffix: String

  static let all = [
    Place(
      country: "US", currency: "USD", city: "Seattle", state: "WA", postal: "981", street: "Harbour Street",
      dial: "+1 206 555 ", suffix: "Inc."),
    Place(
      country: "US", currency: "USD", city: "Austin", state: "TX", postal: "787", street: "Congress Avenue",
      dial: "+1 512 555 ", suffix: "LLC"),
    Place(
      country: "DE", currency: "EUR", city: "München", state: "Bayern", postal: "80", street: "Leopoldstraße",
      dial: "+49 89 555 ", suffix: "GmbH"),
    Place(
      country: "GB", currency: "GBP", city: "Leeds", state: nil, postal: "LS1 ", street: "Park Row",
      dial: "+44 113 496 ", suffix: "Ltd"),
    Place(
      country: "FR", currency: "EUR", city: "Lyon", state: nil, postal: "69", street: "Rue de la République",
      dial: "+33 4 72 55 ", suffix: "SAS"),
    Place(
      country: "PL", currency: "PLN", city: "Kraków", state: "Małopolskie", postal: "30-", street: "ulica Floriańska",
      dial: "+48 12 555 ", suffix: "Sp. z o.o."),
    Place(
      country: "JP", currency: "JPY", city: "Osaka", state: "Osaka", postal: "530-", street: "Umeda",
      dial: "+81 6 5555 ", suffix: "K.K."),
    Place(
      country: "SE", currency: "SEK", city: "Göteborg", state: nil, postal: "411 ", street: "Avenyn",
      dial: "+46 31 555 ", suffix: "AB"),
    Place(
      country: "CH", currency: "CHF", city: "Zürich", state: "ZH", postal: "80", street: "Bahnhofstrasse",
      dial: "+41 44 555 ", suffix: "AG"),
    Place(
      country: "CA", currency: "CAD", city: "Toronto", state: "ON", postal: "M5V ", street: "King Street West",
      dial: "+1 416 555 ", suffix: "Corp."),
    Place(
      country: "AU", currency: "AUD", city: "Melbourne", state: "VIC", postal: "30", street: "Collins Street",
      dial: "+61 3 5550 ", suffix: "Pty Ltd"),
    Place(
      country: "BR", currency: "BRL", city: "São Paulo", state: "SP", postal: "01310-", street: "Avenida Paulista",
      dial: "+55 11 5555 ", suffix: "Ltda."),
  ]
}
