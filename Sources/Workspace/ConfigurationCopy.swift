import Model

/// A configuration rewritten for another workspace: limits and ways of working stay, and above each value that tells one
/// workspace from another stands a comment that asks for a look.
///
/// One value is changed: where one signs in to a Salesforce sandbox becomes where one signs in to production.
struct ConfigurationCopy {
  /// The new file.
  let text: String
  /// What a person has to look at, in the order of the new file.
  let reviews: [ConfigurationReview]

  /// Rewrites a text that was read without mistakes.
  init(_ text: String, read file: ConfigurationFile) {
    var lines = Self.lines(of: text)
    var asked: [Ask] = []
    for (key, line) in file.lines where lines.indices.contains(line - 1) {
      guard let entry = file.entries[key] else { continue }
      if key == .salesforceLogin, let production = ProductionLogin(insteadOf: entry.text),
        lines[line - 1].contains(entry.text)
      {
        lines[line - 1] = lines[line - 1].replacing(entry.text, with: production.text, maxReplacements: 1)
        asked.append(Ask(line: line, key: key, advice: "was \(entry.text), a sandbox's; this is production's"))
      } else if let advice = Self.advice(key, entry.text) {
        asked.append(Ask(line: line, key: key, advice: advice))
      }
    }
    asked.sort { ($0.line, $0.key.rawValue) < ($1.line, $1.key.rawValue) }
    let marked = Self.marked(lines, asked)
    // Comments must not change what the file says; where they would, the person is told on the terminal alone.
    let kept = ConfigurationFile(marked.text, environment: [:])
    let isSame = file.entries.allSatisfy { $0 == .salesforceLogin || kept.entries[$0]?.text == $1.text }
    (self.text, reviews) =
      kept.failures.isEmpty && isSame
      ? marked : (text, asked.map { ConfigurationReview(line: $0.line, key: $0.key.rawValue, advice: $0.advice) })
  }

  /// A look that a person has to take, at a line of the old file.
  private struct Ask {
    let line: Int
    let key: ConfigurationKey
    let advice: String
  }

  /// The lines of a text; line breaks of both kinds part them, and stay as they are.
  private static func lines(of text: String) -> [String] {
    text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Puts a comment above each line that is asked about.
  private static func marked(
    _ lines: [String], _ asked: [Ask]
  ) -> (text: String, reviews: [ConfigurationReview]) {
    var result: [String] = []
    var reviews: [ConfigurationReview] = []
    for (index, line) in lines.enumerated() {
      let here = asked.filter { $0.line == index + 1 }
      let indent = line.prefix { $0 == " " }
      for ask in here {
        let mark = "\(indent)# For production: \(ask.advice)" + (ask.advice.hasSuffix("?") ? "" : ".")
        if result.last != mark { result.append(mark) }
      }
      result.append(line)
      reviews += here.map { ConfigurationReview(line: result.count, key: $0.key.rawValue, advice: $0.advice) }
    }
    return (result.joined(separator: "\n"), reviews)
  }

  /// What is to be looked at about a value: whatever names a place, a person or a secret.
  ///
  /// Nil for limits and ways of working.
  private static func advice(_ key: ConfigurationKey, _ text: String) -> String? {
    guard text != key.defaultText, !text.isEmpty else { return nil }
    switch key.type {
    case .words, .listOf, .number, .version: return nil
    case .text, .address, .mailServer, .mailAddress, .mailAddresses: return "copied; is it production's, too?"
    case .list: return "copied; are they production's, too?"
    case .secret:
      switch CredentialReference.Source(text) {
      case .environment(let name): return "the variable \(name) must hold production's secret"
      case .file(let path) where path.hasPrefix("/"):
        return "names a secret outside of the workspace; name production's own"
      case .file: return "the secret was not copied; put production's there"
      case .command: return "the command must print production's secret"
      case nil: return nil
      }
    }
  }
}

extension ConfigurationFile {
  /// The files of a workspace that hold its secrets, by their paths within it.
  func secretFiles(in folder: WorkspaceFolder) -> [String] {
    let root = folder.path + "/"
    return entries.compactMap { key, entry in
      guard case .secret = key.type, case .file(let path) = CredentialReference.Source(entry.text) else { return nil }
      let absolute = WorkspaceFolder(path.hasPrefix("/") ? path : root + path).path
      return absolute.hasPrefix(root) ? String(absolute.dropFirst(root.count)) : nil
    }
  }
}
