import ArgumentParser

/// The command line: each subcommand in a file of its own.
@main
struct Reconcile: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Reconciles Microsoft Partner Center referrals with Salesforce opportunities.",
    discussion: """
      `plan` takes snapshots of both sides and writes down every change it would make. A person reads \
      reports/latest/changes.csv and decides line by line. `apply` makes exactly the approved changes.

      Try it without any account:  reconcile demo
      """,
    version: BuildFacts.text,
    subcommands: [
      DemoCommand.self, InitCommand.self, LoginCommand.self, SalesforceCommand.self, DoctorCommand.self,
      PlanCommand.self, ShowCommand.self, ApplyCommand.self, RunCommand.self, UndoCommand.self, RecordCommand.self,
      RelinkCommand.self, RunsCommand.self, VerifyCommand.self, VacuumCommand.self, MappingsCommand.self,
      NotifyCommand.self, WebhookCommand.self, ExplainCommand.self, SandboxCommand.self,
    ])
}
