/// One stage of the sandbox org with what it decides about an opportunity.
struct Stage: Sendable {
  let name: String
  let probability: Int
  let category: String
  let categoryName: String
  var isClosed = false
  var isWon = false

  static let categories = ["Omitted", "Pipeline", "BestCase", "MostLikely", "Forecast", "Closed"]
  static let categoryNames = ["Omitted", "Pipeline", "Best Case", "Most Likely", "Commit", "Closed"]

  static let onHold = "Co-sell On Hold"
  static let active = "Co-sell Active"

  static let all: [Stage] = [
    Stage(name: "Prospecting", probability: 10, category: "Pipeline", categoryName: "Pipeline"),
    Stage(name: "Qualification", probability: 10, category: "Pipeline", categoryName: "Pipeline"),
    Stage(name: "Needs Analysis", probability: 20, category: "Pipeline", categoryName: "Pipeline"),
    Stage(name: "Value Proposition", probability: 50, category: "Pipeline", categoryName: "Pipeline"),
    Stage(name: "Proposal/Price Quote", probability: 75, category: "BestCase", categoryName: "Best Case"),
    Stage(name: "Negotiation/Review", probability: 90, category: "Forecast", categoryName: "Commit"),
    Stage(
      name: "Closed Won", probability: 100, category: "Closed", categoryName: "Closed", isClosed: true, isWon: true),
    Stage(name: "Closed Lost", probability: 0, category: "Omitted", categoryName: "Omitted", isClosed: true),
    Stage(name: onHold, probability: 5, category: "Pipeline", categoryName: "Pipeline"),
    Stage(name: active, probability: 25, category: "Pipeline", categoryName: "Pipeline"),
  ]

  /// The stage of a name; the API also takes names outside the list, which then behave as an open stage.
  static func named(_ name: String) -> Stage {
    all.first { $0.name == name }
      ?? Stage(name: name, probability: 0, category: "Pipeline", categoryName: "Pipeline")
  }
}
