import Foundation
import JSON
import Testing

/// The page on which a person decides, in a real browser, with real clicks; then `apply` does what was decided there.
@Suite("The report page", .serialized, .enabled(if: Browser.path != nil, "needs Chromium: make browser"))
struct ReportPageTests {
  private let bench: Workbench

  init() throws {
    bench = try Workbench()
    _ = try bench.reconcile("plan")
  }

  private func open(_ browser: Browser) throws -> BrowserPage {
    try browser.open(bench.path("reports/latest/report.html").resolvingSymlinksInPath())
  }

  /// The words of a row's control.
  private func decision(_ seq: String) -> String { "#list select[data-seq='\(seq)']" }

  @Test("decided by clicks, downloaded, and applied just so")
  func decideAndApply() throws {
    let rows = try bench.changes().rows
    let conflict = try #require(rows.first { $0["risk"] == "conflict" }?["seq"])
    let forGood = try #require(rows.filter(\.isForGood).first?["seq"])
    let deal = try #require(rows.first { $0["action"] == "create-opportunity" })
    let page = try open(Browser())

    // The conflict: Salesforce is right.
    try page.click("#conflicts-list input[name='conflict-\(conflict)'][value='salesforce']")
    // A step that cannot be taken back, by the card's own list.
    try page.choose("apply", in: "#forgood-list select[data-seq='\(forGood)']")
    // One deal, found by its name, is put off as a whole.
    try page.click("#search")
    try page.type(deal["name"] ?? "")
    #expect(try page.count("#list > .deal") == 1)
    try page.click("[data-bulk='hold']")
    // Of another one, a row is rejected.
    try page.click("#clear")
    try page.choose("update", in: "#action")
    let update = try #require(
      rows.first { $0["action"] == "update" && $0["name"] != deal["name"] && $0["risk"] == "normal" }?["seq"])
    try page.choose("reject", in: decision(update))
    #expect(try page.text("#tally").contains("cannot be taken back"))
    #expect(try !page.holds("!document.getElementById('command-line').hidden"))

    let file = try page.download { try page.click("#download") }
    #expect(file.lastPathComponent == "decisions.csv")
    let command = try page.text("#command")
    #expect(command.contains("--decisions decisions.csv --expect ") && command.hasSuffix("--confirm-irreversible 1"))
    #expect(try page.problems() == [])

    let decided = try Report(file).rows
    #expect(decided.count == rows.count)
    for (row, choice) in zip(rows, decided) {
      let expected =
        row["seq"] == conflict
        ? "salesforce"
        : row["seq"] == forGood
          ? "apply"
          : row["name"] == deal["name"]
            ? "hold"
            : row["seq"] == update ? "reject" : row["decision"]
      #expect(choice["decision"] == expected, "row \(row["seq"] ?? "")")
    }

    try FileManager.default.copyItem(at: file, to: bench.path("decisions.csv"))
    let result = try bench.start(command.split(separator: " ").dropFirst().map(String.init)).wait()
    #expect([0, 4].contains(result.status), "\(result)")
    for (row, choice) in zip(try bench.changes().rows, decided) {
      #expect(row["decision"] == choice["decision"])
      switch choice["decision"] {
      case "hold": #expect(row["outcome"] == "held")
      case "reject": #expect(row["outcome"] == "rejected")
      case _: #expect(row["outcome"] == "applied", "\(row)")
      }
    }
    #expect(try !bench.sandbox.writes().isEmpty)
  }

  @Test("afterwards the page tells what became of each row, and offers no decision")
  func afterwards() throws {
    _ = try bench.reconcile("apply")
    let page = try open(Browser())
    #expect(try page.count("select.decide") == 0)
    #expect(try page.count("#dock") == 0)
    #expect(try page.count(".outcome.applied") > 0)
    #expect(try page.text(".foot").contains("applied"))
    #expect(try page.problems() == [])
  }

  @Test("search, each filter, clearing, the causes and the standings lead to the deals")
  func filters() throws {
    let rows = try bench.changes().rows
    let deals = try bench.reconciliation().rows
    let page = try open(Browser())
    let all = try page.count("#list > .deal")
    #expect(all == min(60, deals.count))

    func shows(_ count: Int, _ what: String) throws {
      let text = try page.text("#found")
      #expect(text == (count == deals.count ? "\(count) deals" : "\(count) of \(deals.count) deals"), "\(what)")
      #expect(try page.count("#list > .deal") == min(60, count), "\(what)")
    }
    func dealsWith(_ column: String, _ word: String) -> Int {
      Set(rows.filter { $0[column] == word }.map { "\($0["referral_id"] ?? "")|\($0["opportunity_id"] ?? "")" }).count
    }
    for (list, column, word) in [
      ("#side", "direction", "to-partner-center"), ("#action", "action", "create-opportunity"),
      ("#risk", "risk", "conflict"), ("#decision", "decision", "hold"), ("#field", "field", "Deal value"),
    ] {
      try page.choose(word, in: list)
      try shows(dealsWith(column, word), "\(column) \(word)")
      try page.click("#clear")
      try shows(deals.count, "cleared after \(column)")
    }
    for standing in Set(deals.compactMap { $0["status"] }) {
      try page.click(".legend [data-standing='\(standing)']")
      try shows(deals.count { $0["status"] == standing }, standing)
    }
    let cause = try #require(deals.first { $0["status"] == "quarantined" }?["reason_code"])
    try page.click(".causes [data-code='\(cause)']")
    try shows(deals.count { $0["reason_code"] == cause }, cause)

    try page.click("#clear")
    let id = try #require(deals.last?["opportunity_id"])
    try page.press("/")
    try page.type(id.lowercased())
    try shows(1, "an id")
    #expect(try page.text("#list").contains(id))
    #expect(try page.problems() == [])
  }

  @Test("the keyboard alone is enough to decide and to download")
  func keyboard() throws {
    let page = try open(Browser())
    try page.press("Tab")
    #expect(try page.holds("document.activeElement.className === 'skip'"))
    func tab(to selector: String) throws {
      for _ in 0..<400 where try !page.holds("document.activeElement.matches(\"\(selector)\")") {
        try page.press("Tab")
      }
      #expect(try page.holds("document.activeElement.matches(\"\(selector)\")"), "\(selector) cannot be reached")
    }
    try tab(to: "#conflicts-list input")
    // The radio that is chosen has the focus; the arrows choose the others.
    try page.press("ArrowUp")
    #expect(try page.holds("document.querySelector('#conflicts-list input:checked').value !== 'hold'"))
    #expect(try page.text("#tally").contains("1 decision of yours"))
    try tab(to: "#download")
    let file = try page.download { try page.press("Enter") }
    #expect(try Report(file).rows.contains { ["salesforce", "partner-center"].contains($0["decision"]) })
  }

  @Test("decisions survive a closed page, and go with one click")
  func restored() throws {
    let browser = try Browser()
    let conflict = try #require(try bench.changes().rows.first { $0["risk"] == "conflict" }?["seq"])
    try open(browser).click("#conflicts-list input[name='conflict-\(conflict)'][value='partner-center']")
    let again = try open(browser)
    #expect(
      try again.holds(
        "document.querySelector(\"input[name='conflict-\(conflict)'][value='partner-center']\").checked"))
    #expect(try again.text("#tally").contains("restored"))
    try again.click("#undo")
    #expect(try again.text("#tally").contains("as proposed"))
    #expect(try !open(browser).text("#tally").contains("restored"))
  }

  @Test("every control has a name, the headings stand in order, and colour is never alone")
  func accessible() throws {
    let page = try open(Browser())
    let nodes = try page.accessibleNodes()
    let controls = Set(["button", "combobox", "searchbox", "radio", "link", "img"])
    var found = 0
    for node in nodes where controls.contains(node.role) {
      found += 1
      #expect(!node.name.isEmpty, "a \(node.role) without a name")
    }
    #expect(found > 25)
    for role in ["banner", "main", "contentinfo", "search", "complementary"] {
      #expect(nodes.contains { $0.role == role }, "no \(role)")
    }
    let levels = try page.evaluate("[...document.querySelectorAll('h1,h2,h3')].map((h) => Number(h.tagName[1]))")
    let numbers = levels.arrayValue?.compactMap { $0.numberText.flatMap { Int($0) } } ?? []
    #expect(numbers.first == 1 && numbers.count { $0 == 1 } == 1)
    for (one, next) in zip(numbers, numbers.dropFirst()) { #expect(next <= one + 1) }
    #expect(try page.holds("document.documentElement.lang === 'en' && document.title.length > 0"))
    for dark in [false, true] {
      try page.emulate(dark: dark)
      let faint = try page.evaluate(Self.contrasts)
      #expect(faint.arrayValue?.isEmpty == true, "\(dark ? "dark" : "light"): \(faint.text.prefix(800))")
    }
  }

  @Test("nothing sticks out of the page at three widths, on screen and on paper", arguments: [380, 820, 1440])
  func widths(width: Int) throws {
    let page = try open(Browser())
    try page.resize(width: width, height: 900)
    for print in [false, true] {
      try page.emulate(dark: false, print: print)
      let overflow = try page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
      #expect(overflow.numberText == "0", "\(width) \(print)")
    }
    #expect(try page.count("#dock") == 0, "what is for the screen alone is not printed")
  }

  /// Texts whose contrast with what is behind them is less than WCAG AA asks for.
  private static let contrasts = """
    (() => {
      const light = (text) => {
        const [r, g, b] = text.match(/[\\d.]+/g).map(Number);
        const part = (value) => { const c = value / 255; return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; };
        return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
      };
      const behind = (element) => {
        for (let at = element; at; at = at.parentElement) {
          const color = getComputedStyle(at).backgroundColor;
          if (!color.startsWith("rgba(") || !color.endsWith(" 0)")) return color;
        }
        return "rgb(255, 255, 255)";
      };
      const faint = [];
      for (const element of document.querySelectorAll("body *")) {
        const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
        if (!own || !element.checkVisibility() || element.closest("svg, script, .quiet, .skip")) continue;
        const style = getComputedStyle(element);
        const [a, b] = [light(style.color), light(behind(element))];
        const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        if (ratio < 4.5) faint.push(`${element.tagName}.${element.className} ${ratio.toFixed(2)} ${element.textContent.trim().slice(0, 20)}`);
      }
      return faint.slice(0, 20);
    })()
    """
}
