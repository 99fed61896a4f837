extension Deal {
  private static let openStages = [
    "Qualification", "Needs Analysis", "Value Proposition", "Proposal/Price Quote", "Negotiation/Review", Stage.active,
  ]

  /// The n-th deal of a seed: a linked pair in sync.
  ///
  /// No two have the same customer or contact.
  static func make(seed: UInt64, number: Int) -> Deal {
    var random = SplitMix64(seed: seed, stream: UInt64(number))
    let place = random.pick(Place.all)
    let customer = Deal.customer(number, place, &random)
    let given = random.pick(Words.givenNames)
    let family = random.pick(Words.familyNames)
    let created = Stamp.start.adding(-86400 * (20 + random.below(380)) - random.below(86400))
    let isCoSell = random.percent(30)
    var deal = Deal(
      number: number, seed: seed, name: "\(customer.short) \(random.pick(Words.projects))", customer: customer.full,
      place: place, street: "\(1 + random.below(240)) \(place.street)",
      postalCode: place.postal + Stamp.padded(random.below(place.postal.count == 2 ? 1000 : 100), 3),
      givenName: given, familyName: family,
      contactMail: "contact.\(number)@\(customer.domain).example",
      contactPhone: place.dial + Stamp.padded(number % 10000, 4),
      value: Deal.value(place.currency, &random), currency: place.currency, country: place.country,
      closing: Deal.closing(&random), notes: Deal.notes(number, &random),
      help: isCoSell ? random.pick(helpCodes) : nil, isVisible: isCoSell || random.percent(80),
      solutions: Deal.solutions(&random), seller: random.below(Seller.all.count), stage: random.pick(openStages),
      type: isCoSell ? "Shared" : "Independent", created: created,
      updatedReferral: created.adding(random.below(86400 * 18)),
      updatedOpportunity: created.adding(random.below(86400 * 18)))
    deal.reference = deal.opportunityId
    deal.referralReference = deal.referralId
    return deal
  }

  /// Names that repeat only after all pairs of words are used up, and then carry a number.
  private static func customer(
    _ number: Int, _ place: Place, _ random: inout SplitMix64
  ) -> (full: String, short: String, domain: String) {
    let pairs = Words.first.count * Words.second.count
    let index = (number * 7 + 13) % pairs
    let first = Words.first[index % Words.first.count]
    let second = Words.second[index / Words.first.count]
    let joint = random.percent(6) || number % 16 == 5 ? " & " : " "
    let ordinal = number >= pairs ? " \(number / pairs + 1)" : ""
    return (
      "\(first)\(joint)\(second)\(ordinal) \(place.suffix)", "\(first) \(second)\(ordinal)",
      "\(first)-\(second)\(number / pairs)".lowercased()
    )
  }

  private static func value(_ currency: String, _ random: inout SplitMix64) -> String {
    let thousands = 5 + random.below(900)
    let whole = thousands * 1000 + 250 * random.below(4)
    if currency == "JPY" { return "\(whole * 100)" }
    return random.percent(8) ? "\(whole + 1_000_000).1" : random.percent(8) ? "\(whole).75" : "\(whole)"
  }

  /// Mostly midnight, sometimes the local midnight of a place east of Greenwich.
  private static func closing(_ random: inout SplitMix64) -> Stamp {
    let midnight = Stamp(Stamp.start.seconds - Stamp.start.seconds % 86400 + 86400 * (10 + random.below(360)))
    return random.percent(15) ? midnight.adding(23 * 3600) : midnight
  }

  private static func notes(_ number: Int, _ random: inout SplitMix64) -> String? {
    if random.percent(12) { return nil }
    let text = random.pick(Words.notes)
    return random.percent(10) ? "\(text)\nSecond call with \"IT\" on record \(number)." : text
  }

  private static func solutions(_ random: inout SplitMix64) -> [Int] {
    let first = random.below(Solution.all.count)
    return random.percent(25) ? [first, (first + 3) % Solution.all.count] : [first]
  }
}
