import JSON
import Testing

@testable import manual

/// Manual pages out of a description of a command line.
@Suite("Manual pages")
struct ManualPageTests {
  private static let edition = Edition(version: "1.2", date: "2026-11-02")

  private static let description = """
    {"commandName":"tool","abstract":"Does things.","discussion":"Never asks.\\n\\n  tool make","subcommands":[
      {"commandName":"make","abstract":"Make a thing.",
       "discussion":"Reads `in.csv`,\\n.hidden too.\\n\\nExamples:\\n  tool make --all\\n  tool make x",
       "arguments":[
        {"kind":"positional","valueName":"name","isOptional":false,"isRepeating":true,"shouldDisplay":true,"abstract":"Which."},
        {"kind":"option","names":[{"kind":"long","name":"how"},{"kind":"short","name":"h"}],"valueName":"way",
         "isOptional":true,"isRepeating":false,"shouldDisplay":true,"abstract":"How.","defaultValue":"fast",
         "allValues":["fast","well"]},
        {"kind":"flag","names":[{"kind":"long","name":"secret"}],"isOptional":true,"shouldDisplay":false}]},
      {"commandName":"help","abstract":"Show help."},
      {"commandName":"inner","shouldDisplay":false}]}
    """

  private static func pages() throws -> [ManualPage] {
    let command = try #require(CommandDescription(JSONValue(parsing: description)))
    return ManualPage.pages(of: command, edition)
  }

  @Test("One page a command: none for what is hidden, none for help")
  func names() throws {
    #expect(try Self.pages().map(\.fileName) == ["tool.1", "tool-make.1"])
  }

  @Test("A command's page, to the letter")
  func page() throws {
    #expect(
      try Self.pages()[1].text == #"""
        .\" Written out of the command line's description of itself.
        .TH TOOL\-MAKE 1 2026-11-02 "tool 1.2" "User Commands"
        .SH NAME
        tool\-make \- make a thing
        .SH SYNOPSIS
        \fBtool make\fR
        \fIname\fR...
        [\fB\-\-how\fR \fIway\fR]
        .SH DESCRIPTION
        Make a thing.
        .PP
        Reads \fBin.csv\fR,
        \&.hidden too.
        .SH ARGUMENTS
        .TP
        \fIname\fR
        Which.
        .SH OPTIONS
        .TP
        \fB\-\-how\fR, \fB\-h\fR \fIway\fR
        How. One of: fast, well. Default: fast.
        .SH EXAMPLES
        .RS 4
        .nf
        \fBtool make \-\-all\fR
        \fBtool make x\fR
        .fi
        .RE
        .SH EXIT STATUS
        See \fBtool\fR(1): every command ends with the same numbers.
        .SH SEE ALSO
        \fBtool\fR(1)

        """#)
  }

  @Test("The whole program's page has its commands, statuses, variables and files")
  func whole() throws {
    let text = try Self.pages()[0].text
    let sections = text.split(separator: "\n").filter { $0.hasPrefix(".SH") }.map { $0.dropFirst(4) }
    #expect(
      sections == [
        "NAME", "SYNOPSIS", "DESCRIPTION", "COMMANDS", "EXIT STATUS", "ENVIRONMENT", "FILES", "SEE ALSO",
      ])
    #expect(text.contains(".TP\n\\fB130\\fR\nInterrupted;"))
    #expect(text.contains(".RS 4\n.nf\n\\fBtool make\\fR\n.fi\n.RE"))
  }

  @Test("An example may stand in the line of its heading, too")
  func inlineExample() {
    let discussion = Discussion("First.\nSecond.\n\nExample:  tool make x")
    #expect(discussion.examples == ["tool make x"] && discussion.paragraphs == ["First.\nSecond."])
  }

  @Test(
    "No text is taken for a request",
    arguments: [
      (".TH", "\\&.TH"), ("'x", "\\&'x"), ("a\\b", "a\\eb"), ("-x", "\\-x"), ("a.b", "a.b"), ("", ""),
    ])
  func escaping(text: String, expected: String) {
    #expect(Roff.escaped(text) == expected)
  }

  @Test(
    "What stands in backticks is bold, and a lone backtick is one",
    arguments: [("say `x-y`.", "say \\fBx\\-y\\fR."), ("one ` only", "one ` only"), ("`.a` b", "\\fB\\&.a\\fR b")])
  func bold(text: String, expected: String) {
    #expect(Roff.paragraph(text) == expected)
  }
}
