/// A row of `fields.csv` that the rules speak of; each must be there exactly once.
package enum ReservedField: String, CaseIterable, Sendable {
  case dealName = "Deal name"
  case dealValue = "Deal value"
  case currency = "Deal value currency code"
  case closingDate = "Closing date"
  case customerName = "Customer name"
  case customerPostalCode = "Customer postal code"
  case customerCountry = "Customer account country code"
  case microsoftHelp = "Microsoft help"
  case visibility = "Referral visibility"
  case referralIdentifier = "Referral identifier"
  case referralLink = "Referral link"
  case crmIdentifier = "CRM identifier"
  case syncFlag = "Sync with Partner Center"
  case audit = "Audit"
  case lossReason = "Loss reason"
}
