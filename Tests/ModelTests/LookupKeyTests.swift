import Model
import Testing

@Suite struct LookupKeyTests {
  @Test(
    "R45: one account whatever the case and the blanks",
    arguments: [
      ("Northwind Traders", "80331"), ("  northwind   TRADERS ", "80331"), ("Northwind\tTraders", " 8 0 3 3 1 "),
      ("NORTHWIND TRADERS", "80331\n"),
    ])
  func alike(_ name: String, postalCode: String) {
    #expect(LookupKey.account(name: name, postalCode: postalCode) == "northwind traders|80331")
  }

  @Test(
    "R45: another name or postal code is another account",
    arguments: [
      ("Northwind", "80331"), ("Northwind Traders", "80332"), ("Northwind Traders", ""), ("Northwind-Traders", "80331"),
    ])
  func unlike(_ name: String, postalCode: String) {
    #expect(LookupKey.account(name: name, postalCode: postalCode) != "northwind traders|80331")
  }

  @Test("R45: without a name there is nothing to look up", arguments: ["", "   "])
  func nameless(_ name: String) {
    #expect(LookupKey.account(name: name, postalCode: "80331") == "")
  }

  @Test("R45: letters of a British postal code compare without case and blanks")
  func british() {
    #expect(
      LookupKey.account(name: "A", postalCode: "sw1a 1aa") == LookupKey.account(name: "a", postalCode: "SW1A1AA"))
  }

  @Test("R50: a contact is found by its e-mail address, R94: a solution by its identifier")
  func others() {
    #expect(LookupKey.contact(email: " Kim@Example.COM ") == "kim@example.com")
    #expect(LookupKey.solution(identifier: "SOL-0001 ") == "sol-0001")
    #expect(LookupKey.contact(email: "") == "")
  }

  @Test("R45: composed and decomposed letters are the same name")
  func composed() {
    #expect(
      LookupKey.account(name: "Mu\u{308}ller", postalCode: "1")
        == LookupKey.account(name: "M\u{FC}ller", postalCode: "1"))
    let key = LookupKey.account(name: "MU\u{308}LLER", postalCode: "")
    #expect(Array(key.utf8) == Array("m\u{FC}ller|".utf8))
  }
}
