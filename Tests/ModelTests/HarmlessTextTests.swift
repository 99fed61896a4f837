import Model
import Testing

@Suite("Harmless text")
struct HarmlessTextTests {
  @Test(
    "what does something is shown as a replacement",
    arguments: [
      ("\u{1B}[2Jx", "\u{FFFD}[2Jx"), ("\u{9B}31m", "\u{FFFD}31m"), ("a\u{202E}b", "a\u{FFFD}b"),
      ("\u{2066}a\u{2069}", "\u{FFFD}a\u{FFFD}"), ("a\0b\u{7}\u{8}", "a\u{FFFD}b\u{FFFD}\u{FFFD}"),
      ("\u{7F}", "\u{FFFD}"),
    ])
  func replaced(text: String, shown: String) {
    #expect(HarmlessText.plain(text) == shown)
  }

  @Test(
    "what shows something stays",
    arguments: ["", "Müller & Söhne", "a\tb\nc\r\n", "שלום\u{200F}!", "👩‍👩‍👧", "日本語", "<script>", "=1+1", "e\u{301}"])
  func kept(text: String) {
    #expect(Array(HarmlessText.plain(text).unicodeScalars) == Array(text.unicodeScalars))
  }

  @Test("a long text is cut between characters, and says how long it was")
  func cut() {
    #expect(HarmlessText.plain("abcdef", limit: 6) == "abcdef")
    #expect(HarmlessText.plain("abcdefg", limit: 6) == "abcdef… (7 characters in all)")
    // An emoji takes two units, of which only one would fit.
    #expect(HarmlessText.plain("abcde😀x", limit: 6) == "abcde… (8 characters in all)")
    let long = String(repeating: "x", count: 1 << 20)
    #expect(HarmlessText.plain(long, limit: 100).count < 150)
  }
}
