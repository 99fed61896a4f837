import Model
import Testing

@Suite("Agreed values")
struct AgreedValuesTests {
  private static let labels = AgreedLabels(["Deal value", "Notes"])
  private static let lists: [AgreedLabels] = [.none, labels, AgreedLabels(["Notes", "Stage", "Deal value"])]

  @Test("shared or not, a label has the value that was given to it last", arguments: Self.lists)
  func last(_ labels: AgreedLabels) {
    var values = AgreedValues(labels: labels)
    #expect(values.isEmpty)
    #expect(values["Notes"] == nil)
    values["Notes"] = ""
    values["Team x"] = "yes"
    #expect(!values.isEmpty)
    #expect(values["Notes"] == "")
    #expect(values["Deal value"] == nil)
    #expect(values.all == ["Notes": "", "Team x": "yes"])
    values["Notes"] = nil
    values["Team x"] = nil
    #expect(values.isEmpty)
    #expect(values == [:])
  }

  @Test("new values replace those of their labels, whichever labels either shares")
  func merge() {
    let old = ["Deal value": "5", "Notes": "n", "Team x": "yes"]
    let new = ["Notes": "", "Stage": "open", "Team x": "no"]
    for left in Self.lists {
      for right in Self.lists {
        let merged = AgreedValues(old, labels: left).merging(AgreedValues(new, labels: right))
        #expect(merged.all == old.merging(new) { $1 })
        #expect(merged == AgreedValues(old.merging(new) { $1 }, labels: right))
        #expect(merged.hashValue == AgreedValues(merged.all).hashValue)
        #expect(merged != AgreedValues(old, labels: left))
        #expect(AgreedValues(labels: left).merging(AgreedValues(new, labels: right)).all == new)
      }
    }
  }

  @Test("what stands beside a list's labels")
  func beside() {
    let values = ["Deal value": "5", "Notes": "n", "Team x": "yes"]
    for labels in Self.lists {
      #expect(AgreedValues(values, labels: labels).all(besides: Self.labels) == ["Team x": "yes"])
    }
  }

  @Test("a label counts once, and one with a line break is not shared")
  func everyLabelOnce() {
    let labels = AgreedLabels(["b", "a", "b", "", "c\nd"])
    #expect(labels.all == ["b", "a"])
    #expect(labels.place(of: "a") == 1)
    #expect(labels.place(of: "c\nd") == nil)
    #expect(AgreedValues(["c\nd": "x"], labels: labels)["c\nd"] == "x")
  }
}
