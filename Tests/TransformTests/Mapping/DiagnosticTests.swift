import Foundation
import Model
import Testing
import Transform

@Suite("Mistakes in mapping files")
struct DiagnosticTests {
  private static let header =
    "field,referral_path,salesforce_field,to_salesforce,to_partner_center,transform,on_conflict,on_empty\n"
  /// The line after the last one of the starter.
  private static let line =
    Starters.files["fields.csv"]?.split(separator: "\n", omittingEmptySubsequences: false).count ?? 0

  @Test(
    "one more row in fields.csv",
    arguments: [
      (
        "X,details.notes,Opportunity.X__c,allways,never,text,,",
        ["4: unknown direction \"allways\"; did you mean \"always\"?"]
      ),
      (
        "X,details.notes,Opportunity.X__c,sometimes,never,text,,",
        ["4: unknown direction \"sometimes\"; allowed: always, create, raise, never"]
      ),
      (
        "X,details.notes,Opportunity.X__c,always,,text,,",
        ["5: unknown direction \"\"; allowed: always, create, raise, never"]
      ),
      (
        "X,details.note,Opportunity.X__c,always,never,text,,",
        ["2: unknown referral path \"details.note\"; did you mean \"details.notes\"?"]
      ),
      (
        "X,details.bogus.path,Opportunity.X__c,always,never,text,,", ["2: unknown referral path \"details.bogus.path\""]
      ),
      (
        "X,Details.Notes,Opportunity.X__c,always,never,text,,",
        ["2: unknown referral path \"Details.Notes\"; did you mean \"details.notes\"?"]
      ),
      (
        "X,details.notes,Oportunity.X__c,always,never,text,,",
        ["3: unknown object \"Oportunity\"; did you mean \"Opportunity\"?"]
      ),
      (
        "X,details.notes,Campaign.Name,always,never,text,,",
        ["3: unknown object \"Campaign\"; allowed: Opportunity, Account, Owner, ContentNote"]
      ),
      (
        "X,details.notes,Opportunity.Deal Value,always,never,text,,",
        ["3: \"Opportunity.Deal Value\" is not a field; write Opportunity. and the API name, not the label"]
      ),
      (
        "X,details.notes,Opportunity.Name FROM User--,always,never,text,,",
        ["3: \"Opportunity.Name FROM User--\" is not a field; write Opportunity. and the API name, not the label"]
      ),
      (
        "X,details.notes,Opportunity,always,never,text,,",
        ["3: \"Opportunity\" is not a field; write Opportunity. and the API name, not the label"]
      ),
      (
        "X,details.notes,Opportunity.X__c,always,never,texxt,,",
        ["6: unknown transform \"texxt\"; did you mean \"text\"?"]
      ),
      (
        "X,details.notes,Opportunity.X__c,always,never,map:help-type.csv,,",
        ["6: there is no file values/help-type.csv; did you mean \"help-types.csv\"?"]
      ),
      (
        "X,details.notes,Opportunity.X__c,always,never,map:../../etc/passwd,,",
        [
          "6: there is no file values/../../etc/passwd; allowed: close-reasons.csv, countries.csv, help-types.csv, sales-stages.csv"
        ]
      ),
      (
        "X,details.notes,Opportunity.X__c,always,never,text,wait,",
        ["7: unknown conflict policy \"wait\"; allowed: hold, partner_center, salesforce, newest"]
      ),
      (
        "X,details.notes,Opportunity.X__c,always,never,text,,clean",
        ["8: unknown policy for empty values \"clean\"; did you mean \"clear\"?"]
      ),
      (
        "X,details.notes,Opportunity.X__c,always,never,decimal,,",
        ["6: details.notes holds text; the transform decimal does not fit"]
      ),
      (
        "X,favorite,Opportunity.X__c,always,always,decimal,,",
        ["6: favorite holds true or false; the transform decimal does not fit"]
      ),
      (
        "X,createdDateTime,Opportunity.X__c,always,never,decimal,,",
        ["6: createdDateTime holds a date; the transform decimal does not fit"]
      ),
      (
        "X,favorite,Opportunity.X__c,always,always,text,,",
        ["6: favorite holds true or false; the transform text does not fit"]
      ),
      ("X,favorite,Opportunity.X__c,always,never,text,,", []),
      ("X,campaignId,Opportunity.X__c,always,raise,text,,", ["5: only the transforms boolean and map can be raised"]),
      ("X,favorite,Opportunity.X__c,raise,raise,boolean,,", []),
      (
        "X,engagementId,Opportunity.X__c,always,always,text,,",
        ["5: engagementId is set by Partner Center; to_partner_center must be never"]
      ),
      (
        "X,status,Opportunity.X__c,always,always,text,,",
        ["5: status is written through stages.csv; to_partner_center must be never"]
      ),
      (
        "X,customerProfile.size,Account.Size__c,always,always,text,,",
        ["5: customerProfile.size is locked after creation; to_partner_center must be create or never"]
      ),
      (
        "X,inviteContext.notes,Opportunity.X__c,never,always,text,,",
        ["5: inviteContext.notes cannot be taken back; to_partner_center must be raise, create or never"]
      ),
      (
        "X,campaignId,Opportunity.StageName,always,never,text,,",
        ["4: Opportunity.StageName is written through stages.csv; to_salesforce must be never"]
      ),
      (
        "X,campaignId,Owner.Email,always,never,text,,", ["4: Owner.Email can only be read; to_salesforce must be never"]
      ),
      (
        "X,campaignId,Opportunity.Id,create,never,text,,",
        ["4: Opportunity.Id can only be read; to_salesforce must be never"]
      ),
      ("X,campaignId,Owner.Email,never,always,text,,", []),
      ("X,campaignId,Opportunity.amount,always,never,text,,", ["3: Opportunity.amount is written by line 7 already"]),
      ("X,details.notes,Opportunity.X__c,never,always,text,,", ["2: details.notes is written by line 10 already"]),
      ("notes,campaignId,Opportunity.X__c,always,always,text,,", ["1: the field \"notes\" stands in line 10 already"]),
      (",campaignId,Opportunity.X__c,always,always,text,,", ["1: the label of the field is missing"]),
      ("X,,Opportunity.X__c,always,never,text,,", ["2: there is no referral path to read from"]),
      (
        "X,,Opportunity.X__c,never,always,text,,",
        ["5: there is no referral path to write to; to_partner_center must be never"]
      ),
      ("X,campaignId", ["3: the row has 2 cells, the header has 9"]),
      ("X,campaignId,,never,never,text,,,,,surplus", ["11: the row has 11 cells, the header has 9"]),
      (
        "X,bogus,Nope.X,perhaps,maybe,odd,who,why",
        [
          "2: unknown referral path \"bogus\"",
          "3: unknown object \"Nope\"; allowed: Opportunity, Account, Owner, ContentNote",
          "4: unknown direction \"perhaps\"; allowed: always, create, raise, never",
          "5: unknown direction \"maybe\"; allowed: always, create, raise, never",
          "6: unknown transform \"odd\"; allowed: text, decimal, date, boolean, country, currency, map:FILE",
          "7: unknown conflict policy \"who\"; allowed: hold, partner_center, salesforce, newest",
          "8: unknown policy for empty values \"why\"; allowed: keep, clear, refuse",
        ]
      ),
    ] as [(String, [String])])
  func fields(row: String, expected: [String]) {
    let complete = row.hasPrefix("X,campaignId") && row.count < 15 || row.hasSuffix("surplus") ? row : row + ","
    let found = mistakes(starter("fields.csv", adding: complete + "\n"))
    #expect(found == expected.map { "mappings/fields.csv:\(Self.line):\($0)" })
  }

  @Test("each reserved row must be there", arguments: ReservedField.allCases)
  func missingRow(field: ReservedField) {
    let lines = starter("fields.csv").split(separator: "\n").filter { !$0.hasPrefix(field.rawValue + ",") }
    let found = mistakes(["fields.csv": lines.joined(separator: "\n")])
    let message = "the row \"\(field.rawValue)\" is missing; to switch it off, set both directions to never"
    #expect(found == ["mappings/fields.csv:1:1: \(message)"])
  }

  @Test(
    "settings.csv",
    arguments: [
      (
        "Sync Co-sell oportunity,Yes,,",
        ["1: unknown setting \"Sync Co-sell oportunity\"; did you mean \"Sync Co-sell opportunity\"?"]
      ),
      (
        "Private deals,skip,,",
        ["2: the default of \"Private deals\" is \"sync\" and must stay; write \"skip\" into current_value"]
      ),
      ("Private deals,sync,skp,", ["3: Private deals: unknown value \"skp\"; did you mean \"skip\"?"]),
      (
        "Sync Co-sell opportunity,Yes,perhaps,",
        ["3: Sync Co-sell opportunity: unknown value \"perhaps\"; allowed: Yes, No"]
      ),
      ("Default currency,,EURO,", ["3: Default currency: \"EURO\" is not a currency code of ISO 4217"]),
      (
        "Close date time zone,UTC,Europe/Berln,",
        ["3: Close date time zone: unknown time zone \"Europe/Berln\"; did you mean \"Europe/Berlin\"?"]
      ),
      (
        "Referral link address,https://partner.microsoft.com/dashboard/v2/referrals/opportunities/{id},http://x/{id},",
        ["3: Referral link address: \"http://x/{id}\" must begin with https:// and hold {id}"]
      ),
      ("Lost reason,Other,Budget,\nlost reason,Other,,", ["1: the setting \"Lost reason\" stands twice"]),
    ] as [(String, [String])])
  func settings(rows: String, expected: [String]) {
    let found = mistakes(["settings.csv": "setting,default_value,current_value,description\n" + rows + "\n"])
    #expect(found == expected.map { "mappings/settings.csv:\(rows.contains("\n") ? 3 : 2):\($0)" })
  }

  @Test(
    "stages.csv (R73)",
    arguments: [
      ("Activ,Accepted,X,always,always", ["2:1: unknown status \"Activ\"; did you mean \"Active\"?"]),
      ("Closed,Wonn,X,always,always", ["2:2: unknown sub-status \"Wonn\" of Closed; did you mean \"Won\"?"]),
      (
        "Closed,Expired,X,always,always",
        ["2:5: Closed/Expired is set by Partner Center alone; to_partner_center must be never"]
      ),
      (
        "Active,Accepted,@Active stage,always,always",
        [
          "2:3: no stage setting is called \"Active stage\"; allowed: Active stage name, On-hold stage name, Closed won stage name, Closed lost stage name"
        ]
      ),
      ("Active,Accepted,,always,always", ["2:3: the stage is missing"]),
      (
        "Active,Accepted,X,create,raise",
        [
          "2:4: unknown direction \"create\"; allowed: always, never",
          "2:5: unknown direction \"raise\"; allowed: always, never",
        ]
      ),
      (
        "Active,Accepted,X,always,always\nActive,Accepted,Y,always,always",
        ["3:4: Active/Accepted already sets the stage of line 2; one stage a status"]
      ),
      (
        "Closed,Won,Done,always,always\nActive,Accepted,done,never,always",
        ["3:3: the stage \"done\" means Closed in line 2 and Active here"]
      ),
      (
        "Closed,Won,Done,always,always\nClosed,Lost,Done,always,always",
        ["3:5: the stage \"Done\" already means Closed/Won in line 2"]
      ),
      ("Closed,Won,Done,always,always\nClosed,Won,Done,never,always", ["3:3: the row of line 2 stands twice"]),
    ] as [(String, [String])])
  func stages(rows: String, expected: [String]) {
    let header = "status,substatus,salesforce_stage,to_salesforce,to_partner_center\n"
    #expect(mistakes(["stages.csv": header + rows + "\n"]) == expected.map { "mappings/stages.csv:\($0)" })
  }

  @Test("two settings with one stage are a contradiction in stages.csv")
  func sameStage() {
    let files = starter("settings.csv", replacing: "Co-sell Active,,", with: "Co-sell Active,Co-sell On Hold,")
    #expect(
      mistakes(files) == ["mappings/stages.csv:6:3: the stage \"Co-sell On Hold\" means New in line 5 and Active here"])
  }

  @Test(
    "defaults.csv (R48)",
    arguments: [
      ("Oportunity,Type,New", ["2:1: unknown object \"Oportunity\"; did you mean \"Opportunity\"?"]),
      ("Opportunity,Lead Source,x", ["2:2: \"Lead Source\" is not the API name of a field"]),
      ("Opportunity,Id,x", ["2:2: Salesforce sets the Id"]), ("Opportunity,Type,", ["2:3: the value is missing"]),
      ("Lead,Type,a\nlead,type,b", ["3:2: Lead.type has a default in line 2 already"]),
    ] as [(String, [String])])
  func defaults(rows: String, expected: [String]) {
    #expect(
      mistakes(["defaults.csv": "object,field,value\n" + rows + "\n"]) == expected.map { "mappings/defaults.csv:\($0)" }
    )
  }

  @Test(
    "values/*.csv",
    arguments: [
      ("help-types.csv", "A,x\nB,X", ["3:2: \"X\" stands in line 2 already"]),
      ("help-types.csv", "A,\nB,\n,z", []),
      (
        "countries.csv", "DE,Germany\nDE,Deutschland\nXX,Nowhere\nFR,",
        ["4:1: \"XX\" is not a two-letter code of ISO 3166-1", "5:2: the name is missing"]
      ),
      ("countries.csv", "DE,Germany\nFR,Germany", ["3:2: \"Germany\" stands in line 2 already"]),
      // Several values of Salesforce may be one of Partner Center where nothing is written back (R72).
      ("own.csv", "A,x\nA,y", []),
    ] as [(String, String, [String])])
  func values(file: String, rows: String, expected: [String]) {
    let found = mistakes(["values/\(file)": "partner_center,salesforce\n" + rows + "\n"])
    #expect(found == expected.map { "mappings/values/\(file):\($0)" })
  }

  @Test(
    "the form of a file",
    arguments: [
      ("", ["1:1: the file has no header row"]),
      ("# nothing\n", ["1:1: the file has no header row"]),
      ("object,field\n", ["1:1: the column \"value\" is missing"]),
      (
        "object,feld,value\n",
        ["1:1: the column \"field\" is missing", "1:2: unknown column \"feld\"; did you mean \"field\"?"]
      ),
      ("object,field,value,colour\n", ["1:4: unknown column \"colour\"; allowed: object, field, value"]),
      ("object,field,value,Value\n", ["1:4: the column \"Value\" stands twice"]),
      (" Object , FIELD,value\nLead,Type,x\n", []),
      ("object,field,value\n\n,,\n,,,,\nLead,Type,x\n", []),
      ("\u{FEFF}object,field,value\r\nLead,Type,x\r\n", []),
      ("object,field,value\rLead,Type,x\r", []),
      ("object,field,value\nLead,Type,\"x\n", ["2:3: the quote that opens this cell is never closed"]),
      (
        "object,field,value\nLead,Ty\"pe,x\n",
        ["2:2: a quote in the wrong place: a cell with quotes must be quoted as a whole and its quotes doubled"]
      ),
      ("object,field,value\nLead,Type,\0\n", ["2:3: the cell holds a NUL byte"]),
    ] as [(String, [String])])
  func form(text: String, expected: [String]) {
    #expect(mistakes(["defaults.csv": text]) == expected.map { "mappings/defaults.csv:\($0)" })
  }

  @Test("bytes that are no text, with their codes")
  func encoding() {
    let files = ["defaults.csv": Array("object,field,value\nLead,Type,".utf8) + [0xE9, 0x0A]]
    guard case .failure(let mistakes) = MappingFiles(files).mapping() else {
      Issue.record("no mistake")
      return
    }
    #expect(mistakes.diagnostics.map(\.code) == [.mappingEncoding])
    #expect(
      mistakes.description == "mappings/defaults.csv:2:3: the text is not UTF-8 (byte 0xE9); save the file as UTF-8")
  }

  @Test("a file whose name is a slip of the pen would be passed over, so it is refused")
  func unknownFile() {
    #expect(
      mistakes(["field.csv": ""]) == [
        "mappings/field.csv:1:1: there is no mapping file of this name; did you mean \"fields.csv\"?"
      ])
  }

  @Test("mistakes of all files come in one pass, sorted by file, line and cell, each with its code")
  func everything() {
    let result = load([
      "settings.csv": "setting,default_value,current_value\nNonsense,,\nPrivate deals,x,y\n",
      "stages.csv": "status,substatus,salesforce_stage,to_salesforce,to_partner_center\nOld,Won,X,always,always\n",
      "defaults.csv": "object,field,value\nLead,1,x\n",
      "values/help-types.csv": "partner_center,salesforce\nA,x\nA,y\n",
    ])
    guard case .failure(let mistakes) = result else {
      Issue.record("no mistake")
      return
    }
    let found = mistakes.diagnostics
    #expect(found == found.sorted())
    #expect(
      found.map { "\($0.file.dropFirst(9)):\($0.line):\($0.column) \($0.code.rawValue)" } == [
        "defaults.csv:2:2 E207", "fields.csv:17:6 E206", "settings.csv:2:1 E204", "settings.csv:3:2 E205",
        "settings.csv:3:3 E204",
        "stages.csv:2:1 E204",
      ])
  }
}
