// One record, what a new record on the other side needs: E706 to E728.
extension Explanation {
  static let countryMissing = Explanation(
    "Customer's country missing",
    meaning: "Partner Center needs the customer's country for a new referral, and Salesforce has none.",
    cause: "The account's country is empty.",
    action: "Fill the country of the account, or map the field that holds it.")

  static let countryInvalid = Explanation(
    "Customer's country not known",
    meaning: "The account's country is neither a two-letter code nor a name of the country table.",
    cause: "It is misspelt, or written in a way that the table does not know.",
    action: "Correct the account, or add the spelling to mappings/values/countries.csv.")

  static let solutionMissing = Explanation(
    "Solution missing",
    meaning: "Partner Center needs at least one solution for a new referral.",
    cause: "The opportunity has no Microsoft Solution.",
    action: "Add a Microsoft Solution to the opportunity.")

  static let contactMissing = Explanation(
    "Customer contact missing",
    meaning: "Help is asked of Microsoft, and no customer contact is attached.",
    cause: "The opportunity has no contact role.",
    action: "Add a contact to the opportunity.")

  static let contactIncomplete = Explanation(
    "Customer contact incomplete",
    meaning: "Help is asked of Microsoft, and the first contact lacks a name, a phone number or an e-mail address.",
    cause: "The contact's fields are empty.",
    action: "Fill first name, last name, phone and e-mail of the contact.")

  static let dealValueMissing = Explanation(
    "Deal value missing",
    meaning: "The deal value is empty or not above 0, and it is not sent.",
    cause: "The field is empty, or a calculated field was not ready yet.",
    action: "Fill the field, or map the field that holds the value.")

  static let closeDateMissing = Explanation(
    "Closing date missing",
    meaning: "The other side requires a closing date, and there is none.",
    cause: "The date is empty on the side that the deal comes from.",
    action: "Fill the date there.")

  static let currencyInvalid = Explanation(
    "Currency missing or not known",
    meaning: "Partner Center needs a currency of ISO 4217 for a new referral.",
    cause: "The field is empty or holds no such code, and the setting Default currency is empty.",
    action: "Fill the field, or set Default currency in mappings/settings.csv.")

  static let teamMemberMissing = Explanation(
    "Seller incomplete",
    meaning: "Partner Center needs a seller with name, phone and e-mail for a new referral.",
    cause: "The user who owns the opportunity lacks one of them, or the export has no Owner columns.",
    action: "Fill the user's fields in Salesforce, or export Owner.FirstName, Owner.LastName, Owner.Phone and "
      + "Owner.Email.")

  static let consentMissing = Explanation(
    "Customer's consent not stated",
    meaning: "No referral is created, because nobody stated that the customer agreed to share the information.",
    cause: "The setting Customer agreed to share information is not Yes; it is a legal statement and is never assumed.",
    action: "Set it to Yes in mappings/settings.csv if it is true of all deals that are shared.")

  static let nameMissing = Explanation(
    "Name missing",
    meaning: "The deal or its customer has no name, and no record is created.",
    cause: "The name is empty on the side that the deal comes from.",
    action: "Fill the name there.")

  static let textTooLong = Explanation(
    "Text too long",
    meaning: "Salesforce refused a text that is longer than its field.",
    cause: "Partner Center takes longer texts than the field that is mapped.",
    action: "Shorten the text in Partner Center, or map a longer field.")

  static let solutionUnknown = Explanation(
    "Solution not unique",
    meaning: "Several rows of the solution catalogue in Salesforce have the same identifier, and none is picked.",
    cause: "The catalogue row is there twice.",
    action: "Remove the duplicate from Microsoft Solution Details.")

  static let valueUnreadable = Explanation(
    "Value cannot be read",
    meaning: "A value is not of its field's type, and the pair is set aside.",
    cause: "A number, date, country, currency or mapped value is written in a way that the transform does not know.",
    action: "Correct the value that the reason names, or the transform or value file of the field.")
}
