import ArgumentParser

@main
struct Reconcile: ParsableCommand {
}
