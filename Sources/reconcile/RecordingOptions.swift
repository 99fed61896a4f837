import ArgumentParser

/// The option by which a conversation with the services is kept, for a problem to be replayed.
struct RecordingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Write every exchange with the services into a new folder, secrets and personal data masked.", valueName: "dir"),
    completion: .directory)
  var record: String?
}
