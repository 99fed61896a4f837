import Foundation
import JSON

/// A page as its user meets it: real mouse and keyboard events, no calls behind its back but to read.
final class BrowserPage {
  private let browser: Browser
  private let session: String

  init(_ browser: Browser, session: String) {
    self.browser = browser
    self.session = session
  }

  /// Loads a file and waits until it is there.
  func load(_ file: URL) throws {
    for domain in ["Page", "Runtime", "Log", "Network"] { try call("\(domain).enable") }
    try resize(width: 1280, height: 900)
    try emulate(dark: false)
    try call("Page.navigate", JSONMember("url", .string(file.absoluteString)))
    // The event of the empty page that was there before may come late: it is asked which one is complete.
    while try !holds("location.href === \(Self.quoted(file.absoluteString)) && document.readyState === 'complete'") {
      _ = try browser.wait(for: "Page.loadEventFired", session: session)
    }
  }

  // MARK: Reading

  /// The value of an expression.
  @discardableResult
  func evaluate(_ script: String) throws -> JSONValue {
    let answer = try call(
      "Runtime.evaluate", JSONMember("expression", .string(script)), JSONMember("returnByValue", .bool(true)),
      JSONMember("awaitPromise", .bool(true)), JSONMember("userGesture", .bool(true)))
    if let thrown = answer["exceptionDetails"] { throw Browser.Failure(description: "\(script): \(thrown.text)") }
    return answer.at("result.value") ?? .null
  }

  /// The text of the first element that a selector finds.
  func text(_ selector: String) throws -> String {
    try evaluate("document.querySelector(\(Self.quoted(selector)))?.textContent ?? ''").stringValue ?? ""
  }

  /// How many elements a selector finds that can be seen.
  func count(_ selector: String) throws -> Int {
    let all = "[...document.querySelectorAll(\(Self.quoted(selector)))]"
    return Int(try evaluate("\(all).filter((element) => element.checkVisibility()).length").text) ?? -1
  }

  /// Whether an expression is true.
  func holds(_ script: String) throws -> Bool { try evaluate("Boolean(\(script))").boolValue == true }

  /// Errors and warnings on the console, exceptions that nobody caught, and requests to anywhere but files.
  func problems() throws -> [String] {
    try browser.told(session).compactMap { event in
      switch event.method {
      case "Runtime.exceptionThrown": event.params.at("exceptionDetails")?.text
      case "Runtime.consoleAPICalled":
        ["error", "warning", "assert"].contains(event.params["type"]?.stringValue ?? "") ? event.params.text : nil
      case "Log.entryAdded":
        event.params.at("entry.level")?.stringValue == "verbose" ? nil : event.params.text
      case "Network.requestWillBeSent":
        event.params.at("request.url")?.stringValue.flatMap { url in
          ["file:", "blob:", "data:", "about:"].contains(where: url.hasPrefix) ? nil : "request to \(url)"
        }
      default: nil
      }
    }
  }

  /// What assistive technology is told of the page: role and name of each node that is not ignored.
  func accessibleNodes() throws -> [(role: String, name: String)] {
    try call("Accessibility.enable")
    return try (call("Accessibility.getFullAXTree")["nodes"]?.arrayValue ?? []).compactMap { node in
      guard node["ignored"]?.boolValue == false else { return nil }
      return (node.at("role.value")?.stringValue ?? "", node.at("name.value")?.stringValue ?? "")
    }
  }

  // MARK: Acting

  /// Clicks the middle of an element, which must be there, visible, and not covered by another one.
  func click(_ selector: String) throws {
    let place = try evaluate(
      """
      (() => {
        const element = document.querySelector(\(Self.quoted(selector)));
        if (!element) return "nothing is there";
        element.scrollIntoView({ block: "center", behavior: "instant" });
        const box = element.getBoundingClientRect();
        if (!box.width || !box.height) return "it has no size";
        const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
        const top = document.elementFromPoint(x, y);
        if (!top || !(element.contains(top) || top.contains(element))) return "it is covered";
        return { x, y };
      })()
      """)
    guard let x = place["x"], let y = place["y"] else {
      throw Browser.Failure(description: "\(selector) cannot be clicked: \(place.text)")
    }
    for kind in ["mouseMoved", "mousePressed", "mouseReleased"] {
      try call(
        "Input.dispatchMouseEvent", JSONMember("type", .string(kind)), JSONMember("x", x), JSONMember("y", y),
        JSONMember("button", .string(kind == "mouseMoved" ? "none" : "left")), JSONMember("clickCount", .number("1")))
    }
  }

  /// Types a text where the focus is.
  func type(_ text: String) throws { try call("Input.insertText", JSONMember("text", .string(text))) }

  /// Presses a key, such as `Tab`, `Enter`, `ArrowDown`, or `/`.
  func press(_ key: String, shift: Bool = false) throws {
    let codes = ["Tab": 9, "Enter": 13, "ArrowDown": 40, "ArrowUp": 38, "Escape": 27, " ": 32]
    let text = key.count == 1 ? key : key == "Enter" ? "\r" : ""
    for kind in ["keyDown", "keyUp"] {
      try call(
        "Input.dispatchKeyEvent", JSONMember("type", .string(kind)), JSONMember("key", .string(key)),
        JSONMember("text", .string(kind == "keyDown" ? text : "")), JSONMember("modifiers", .number(shift ? "8" : "0")),
        JSONMember("windowsVirtualKeyCode", .number(String(codes[key] ?? Int(key.utf8.first ?? 0)))))
    }
  }

  /// Chooses an option of a list by its value, as the list itself does after a click.
  func choose(_ value: String, in selector: String) throws {
    let done = try evaluate(
      """
      (() => {
        const list = document.querySelector(\(Self.quoted(selector)));
        if (!list || ![...list.options].some((option) => option.value === \(Self.quoted(value)))) return false;
        list.focus();
        list.value = \(Self.quoted(value));
        list.dispatchEvent(new Event("input", { bubbles: true }));
        list.dispatchEvent(new Event("change", { bubbles: true }));
        return true;
      })()
      """)
    guard done.boolValue == true else {
      throw Browser.Failure(description: "\(selector) has no choice \(value)")
    }
  }

  /// The file that the page lets its user download while `body` runs.
  func download(_ body: () throws -> Void) throws -> URL {
    let folder = browser.downloads(UUID().uuidString)
    try browser.call(
      "Browser.setDownloadBehavior",
      .object([
        JSONMember("behavior", .string("allow")), JSONMember("downloadPath", .string(folder.path)),
        JSONMember("eventsEnabled", .bool(true)),
      ]))
    try body()
    let begun = try browser.wait(for: "Browser.downloadWillBegin", session: "")
    _ = try browser.wait(for: "Browser.downloadProgress", session: "") { $0["state"]?.stringValue == "completed" }
    return folder.appendingPathComponent(begun["suggestedFilename"]?.stringValue ?? "")
  }

  // MARK: Looking

  /// Gives the page another size.
  func resize(width: Int, height: Int) throws {
    try call(
      "Emulation.setDeviceMetricsOverride", JSONMember("width", .number(String(width))),
      JSONMember("height", .number(String(height))), JSONMember("deviceScaleFactor", .number("1")),
      JSONMember("mobile", .bool(false)))
  }

  /// Shows the page as on a dark screen or on paper.
  func emulate(dark: Bool, print: Bool = false) throws {
    let features: JSONValue = [
      ["name": "prefers-color-scheme", "value": dark ? "dark" : "light"],
      // A page that still glides would slip from under the mouse.
      ["name": "prefers-reduced-motion", "value": "reduce"],
    ]
    try call(
      "Emulation.setEmulatedMedia", JSONMember("media", .string(print ? "print" : "")),
      JSONMember("features", features))
  }

  /// A picture of what is seen, or of the whole page.
  func picture(whole: Bool = false) throws -> Data {
    let answer = try call(
      "Page.captureScreenshot", JSONMember("format", .string("png")), JSONMember("captureBeyondViewport", .bool(whole)))
    return Data(base64Encoded: answer["data"]?.stringValue ?? "") ?? Data()
  }

  @discardableResult
  private func call(_ method: String, _ members: JSONMember...) throws -> JSONValue {
    try browser.call(method, .object(members), session: session)
  }

  private static func quoted(_ text: String) -> String { JSONValue.string(text).text }
}
