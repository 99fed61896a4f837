import Extract
import Foundation
import Ledger
import Model
import Testing

@Suite struct OpportunityExportTests {
  private static let o1 = "006000000000001AAA"
  private static let o2 = "006000000000002AAA"

  /// One file with its parents' columns.
  private static let flat: [String: String] = [
    "Opportunity.csv": """
    Id,Name,AccountId,Account.Name,Account.BillingCountry,Amount,CurrencyIsoCode,Referral_Identifier__c
    006000000000001,"Deal ""one"", big",001000000000001,Northwind,DE,5.0,EUR, AAAA-01\u{20}
    006000000000002AAA,Deal two,,,,,EUR,

    """
  ]

  /// The same with the account in a file of its own.
  private static let joined: [String: String] = [
    "Opportunity.csv": """
    Id,Name,AccountId,Amount,CurrencyIsoCode,Referral_Identifier__c
    006000000000001,"Deal ""one"", big",001000000000001,5.0,EUR, AAAA-01\u{20}
    006000000000002AAA,Deal two,,,EUR,

    """,
    "Account.csv": """
    Id,Name,BillingCountry,BillingPostalCode
    001000000000001AAA,Northwind,DE,80331
    001000000000002AAA,Contoso,AT,1010

    """,
  ]

  private static let children: [String: String] = [
    "Contact.csv": """
    Id,FirstName,LastName,Email,Phone,AccountId
    003000000000001,Ana,Bowman,ana@example.com,+49 1,001000000000001AAA
    003000000000002AAA,Kim,Akers,Kim@Example.com,,001000000000001AAA

    """,
    "OpportunityContactRole.csv": """
    Id,OpportunityId,ContactId,IsPrimary
    00K2,006000000000001,003000000000001AAA,false
    00K1,006000000000001AAA,003000000000002,TRUE

    """,
    "Microsoft_Solution_Detail__c.csv": """
    Id,Name,Solution_Identifier__c,Type__c,Publisher_Name__c
    a01000000000001,Rollout kit,SOL-1,IP,Contoso

    """,
    "Microsoft_Solutions__c.csv": """
    Id,Opportunity__c,Solution__c
    a02000000000001AAA,006000000000001AAA,a01000000000001AAA

    """,
  ]

  private static func read(_ files: [String: String]) throws -> (rows: Collected, shape: Shape?) {
    let folder = try ExportFolder(files)
    let export = try OpportunityExport(folder: folder.path, shapes: Columns.shapes)
    return (try Collected(export), export.shapes.first { $0.kind == .opportunity })
  }

  private static func opportunities(_ files: [String: String]) throws -> [[String: String]] {
    let read = try read(files)
    return read.rows.texts(.opportunity, read.shape)
  }

  private static let expected: [[String: String]] = [
    [
      "Id": o1, "Name": "Deal \"one\", big", "AccountId": "001000000000001AAA", "Account.Name": "Northwind",
      "Account.BillingCountry": "DE", "Amount": "5.0", "CurrencyIsoCode": "EUR", "Referral_Identifier__c": " AAAA-01 ",
    ],
    [
      "Id": o2, "Name": "Deal two", "AccountId": "", "Account.Name": "", "Account.BillingCountry": "", "Amount": "",
      "CurrencyIsoCode": "EUR", "Referral_Identifier__c": "",
    ],
  ]

  /// What no file tells is left out rather than empty: the lists, here.
  @Test("parents come from their columns or from their own file, alike", arguments: [flat, joined])
  func parents(_ files: [String: String]) throws {
    #expect(try Self.opportunities(files) == Self.expected)
    let rows = try Self.read(files).rows.rows[.opportunity] ?? []
    #expect(rows.map(\.id) == [Self.o1, Self.o2])
    #expect(rows.map(\.partner) == ["aaaa-01", ""])
  }

  @Test("R50 R51: contacts and solutions are joined in, the primary contact first")
  func joins() throws {
    let read = try Self.read(Self.joined.merging(Self.children) { $1 })
    let first = read.rows.texts(.opportunity, read.shape)[0]
    #expect(
      first["OpportunityContactRoles"]
        == #"[{"contactId":"003000000000002AAA","email":"Kim@Example.com","firstName":"Kim","isPrimary":true,"#
        + #""lastName":"Akers","phone":""},{"contactId":"003000000000001AAA","email":"ana@example.com","#
        + #""firstName":"Ana","isPrimary":false,"lastName":"Bowman","phone":"+49 1"}]"#)
    #expect(
      first["Opportunity_To_Microsoft_Solutions__r"]
        == #"[{"id":"SOL-1","line":"a02000000000001AAA","name":"Rollout kit","publisher":"Contoso","type":"IP"}]"#)
    #expect(read.rows.texts(.opportunity, read.shape)[1]["OpportunityContactRoles"] == "")
  }

  @Test("R45 R50 R94: neighbours are found by what they are looked up with")
  func neighbours() throws {
    let rows = try Self.read(Self.joined.merging(Self.children) { $1 }).rows.rows
    #expect(rows[.account]?.map(\.partner) == ["northwind|80331", "contoso|1010"])
    #expect(rows[.contact]?.map(\.partner) == ["ana@example.com", "kim@example.com"])
    #expect(rows[.contact]?.map(\.id) == ["003000000000001AAA", "003000000000002AAA"])
    #expect(rows[.solution]?.map(\.partner) == ["sol-1"])
  }

  @Test("a child's own columns win over its parent's file, and stand without one")
  func ownColumns() throws {
    var files = Self.flat
    files["OpportunityContactRole.csv"] = """
      Id,OpportunityId,ContactId,IsPrimary,Contact.FirstName,Contact.LastName,Contact.Phone,Contact.Email
      00K1,006000000000001AAA,003000000000001AAA,true,Ada,Bowman,1,ada@example.com

      """
    files["Microsoft_Solutions__c.csv"] = """
      Id,Opportunity__c,Solution__r.Solution_Identifier__c,Solution__r.Name
      a02,006000000000001,SOL-9,Nine

      """
    let first = try Self.opportunities(files)[0]
    #expect(first["OpportunityContactRoles"]?.contains("\"email\":\"ada@example.com\"") == true)
    #expect(first["Opportunity_To_Microsoft_Solutions__r"]?.contains("\"id\":\"SOL-9\"") == true)
  }

  @Test("every mapped column that is missing is named at once")
  func missingColumns() throws {
    let failure = failure { _ = try Self.read(["Opportunity.csv": "Id,Name,AccountId,Account.Name,CurrencyIsoCode\n"]) }
    #expect(failure?.code == .fieldMissingInOrg)
    #expect(failure?.message.contains("Account.BillingCountry, Amount, Referral_Identifier__c") == true)
    #expect(failure?.message.contains("Name,") == false)
  }

  @Test("R85: a column that an org may lack is left out of the snapshot")
  func optionalColumn() throws {
    let text =
      "Id,Name,AccountId,Account.Name,Account.BillingCountry,Amount,Referral_Identifier__c\n\(Self.o1),A,,,,1,\n"
    let read = try Self.read(["Opportunity.csv": text])
    #expect(read.shape?.position(of: "CurrencyIsoCode") == nil)
    #expect(read.rows.texts(.opportunity, read.shape).first?["Amount"] == "1")
  }

  @Test("headers are read whatever their case, their order and blanks around them, with a byte order mark")
  func headers() throws {
    let text =
      "\u{FEFF}NAME, id ,accountid,account.name,ACCOUNT.BILLINGCOUNTRY,amount,currencyisocode,referral_identifier__c,Extra\r\n"
      + "A,\(Self.o1),,,,1,EUR,,x\r\n"
    let first = try Self.opportunities(["Opportunity.csv": text])[0]
    #expect(first["Name"] == "A")
    #expect(first["Amount"] == "1")
  }

  private static let header = (flat["Opportunity.csv"] ?? "").prefix { $0 != "\n" } + "\n"

  @Test(
    "a damaged file is refused with its place",
    arguments: [
      ("", Code.exportUnreadable, "is empty"), (header + "\(o1),A\n", .exportUnreadable, "Opportunity.csv:2"),
      (header + "\(o1),\"A,,,,,,\n", .exportUnreadable, "Opportunity.csv:"),
      (header + "\(o1),A \"x\" y,,,,,,\n", .exportUnreadable, "Opportunity.csv:2"),
      (header + ",A,,,,,,\n", .recordWithoutID, "Opportunity.csv:2"),
      (header + "\(o1),A,,,,,,\n0060,B,,,,,,\n", .recordWithoutID, "Opportunity.csv:3"),
      (header + "\(o1),A,,,,,,,\n", .exportUnreadable, "Opportunity.csv:2"),
    ])
  func damaged(_ text: String, code: Code, place: String) throws {
    let failure = failure { _ = try Self.read(["Opportunity.csv": text]) }
    #expect(failure?.code == code, "\(failure.map { "\($0)" } ?? "read")")
    #expect(failure?.message.contains(place) == true, "\(failure.map { "\($0)" } ?? "read")")
  }

  @Test("a folder without opportunities is refused")
  func noFile() throws {
    let failure = failure { _ = try Self.read(["Account.csv": "Id,Name\n"]) }
    #expect(failure?.code == .exportUnreadable)
    #expect(failure?.message.contains("Opportunity.csv") == true)
  }

  @Test("R97: a damaged neighbour's file stops the snapshot as well")
  func damagedNeighbour() throws {
    let files = Self.flat.merging(["Contact.csv": "Id,LastName\n003000000000001,\"open\n"]) { $1 }
    #expect(failure { _ = try Self.read(files) }?.code == .exportUnreadable)
  }
}
