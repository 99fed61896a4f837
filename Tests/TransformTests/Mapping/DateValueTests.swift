import Foundation
import Model
import TestSupport
import Testing
import Transform

@Suite("Dates (R97)")
struct DateValueTests {
  private static func transform(_ zone: String) -> ValueTransform { .date(DayZone(zone)) }

  @Test(
    "R97: a moment of Partner Center is the day that it has in the zone",
    arguments: [
      ("UTC", "2026-06-29T23:00:00Z", "2026-06-29"), ("Europe/London", "2026-06-29T23:00:00Z", "2026-06-30"),
      ("Europe/Berlin", "2026-06-29T22:00:00Z", "2026-06-30"), ("Europe/Berlin", "2026-01-29T22:59:59Z", "2026-01-29"),
      ("America/New_York", "2026-03-08T04:59:59Z", "2026-03-07"),
      ("America/New_York", "2026-03-08T05:00:00Z", "2026-03-08"),
      ("Pacific/Kiritimati", "2026-12-31T10:00:00Z", "2027-01-01"),
      ("Asia/Kolkata", "2026-01-01T18:30:00Z", "2026-01-02"),
      ("UTC", "2026-06-29T00:00:00.2931817Z", "2026-06-29"), ("UTC", "2026-06-29T01:00:00+02:00", "2026-06-28"),
      ("UTC", "2026-06-29T23:30:00-0100", "2026-06-30"), ("UTC", "2026-06-29T12:00:00", "2026-06-29"),
      ("UTC", "2024-02-29", "2024-02-29"), ("Asia/Tokyo", "2026-06-29", "2026-06-29"),
      ("UTC", "1969-12-31T23:59:59Z", "1969-12-31"),
      ("UTC", "0001-01-01T00:00:00Z", "0001-01-01"), ("UTC", "9999-12-31T23:59:59Z", "9999-12-31"), ("UTC", "", ""),
    ])
  func readable(zone: String, raw: String, day: String) {
    #expect(read(Self.transform(zone), raw, from: .partnerCenter) == day)
    #expect(read(Self.transform(zone), raw, from: .salesforce) == day)
  }

  @Test(
    "anything else is no date",
    arguments: [
      "2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2026-1-1", "29.06.2026", "06/29/2026", "2026-06-29T",
      "2026-06-29T25:00:00Z",
      "2026-06-29T12:60:00Z", "2026-06-29T12:00Z", "2026-06-29T12:00:00.Z", "2026-06-29T12:00:00ZZ",
      "2026-06-29T12:00:00+2",
      "2026-06-29T12:00:00+25:00", "2026-06-29T12:00:00+02:0:", "2026-06-29 ", "0000-01-01",
      "0001-01-01T00:00:00+10:00", "tomorrow", "２０２６-06-29", "1900-02-29",
    ])
  func unreadable(raw: String) {
    let text = read(Self.transform("UTC"), raw)
    #expect(text == (raw.hasSuffix(" ") ? "2026-06-29" : "! \"\(raw)\" is not a date"))
  }

  @Test(
    "R97: a day is written to Partner Center as the moment when it begins in the zone",
    arguments: [
      ("UTC", "2026-06-29", "2026-06-29T00:00:00Z"), ("Europe/Berlin", "2026-06-29", "2026-06-28T22:00:00Z"),
      ("Europe/Berlin", "2026-01-29", "2026-01-28T23:00:00Z"),
      ("America/New_York", "2026-03-08", "2026-03-08T05:00:00Z"),
      ("America/New_York", "2026-03-09", "2026-03-09T04:00:00Z"),
      ("Asia/Kolkata", "2026-01-02", "2026-01-01T18:30:00Z"),
      ("Asia/Beirut", "2022-03-27", "2022-03-26T22:00:00Z"),
    ])
  func written(zone: String, day: String, moment: String) {
    #expect(Self.transform(zone).write(Value(day), to: .partnerCenter) == .text(moment))
    #expect(Self.transform(zone).write(Value(day), to: .salesforce) == .text(day))
  }

  @Test(
    "every day of 2018 to 2030 comes back, in zones of all kinds",
    arguments: [
      "UTC", "Europe/Berlin", "America/New_York", "America/Sao_Paulo", "Asia/Beirut", "Australia/Lord_Howe",
      "Pacific/Apia",
      "Africa/Cairo", "America/Havana", "Asia/Kathmandu",
    ])
  func roundTrip(zone: String) {
    let transform = Self.transform(zone)
    var day = Timestamp.parse("2018-01-01T12:00:00Z") ?? .distantPast
    for _ in 0..<(13 * 365) {
      let text = String(Timestamp.iso(day).prefix(10))
      guard case .text(let moment) = transform.write(Value(text), to: .partnerCenter) else {
        Issue.record("no text for \(text)")
        return
      }
      #expect(read(transform, moment, from: .partnerCenter) == text)
      day += 86_400
    }
  }

  @Test("the calendar agrees with Foundation's over four centuries")
  func calendar() {
    var random = SeededGenerator(named: "days")
    for _ in 0..<2_000 {
      let seconds = Int.random(in: -6_000_000_000...8_000_000_000, using: &random)
      let iso = Timestamp.iso(Date(timeIntervalSince1970: Double(seconds)))
      #expect(read(Self.transform("UTC"), iso, from: .partnerCenter) == String(iso.prefix(10)))
      let offset = Int.random(in: -14...14, using: &random)
      let shifted = Timestamp.iso(Date(timeIntervalSince1970: Double(seconds - offset * 3600)))
      let suffix = (offset < 0 ? "-" : "+") + (abs(offset) < 10 ? "0" : "") + "\(abs(offset)):00"
      #expect(read(Self.transform("UTC"), iso.dropLast() + suffix, from: .partnerCenter) == String(shifted.prefix(10)))
    }
  }

  @Test("an unknown zone is universal time, and so are its other names")
  func zones() {
    #expect(DayZone("Nowhere/Land") == .utc && DayZone("GMT") == .utc && DayZone("Europe/Berlin") != .utc)
  }
}
