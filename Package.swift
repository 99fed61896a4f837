// swift-tools-version: 6.1

import Foundation
import PackageDescription

/// Warnings are errors in continuous integration, and only there: a newer compiler's new warning must not keep a
/// newcomer from building.
let strict = ProcessInfo.processInfo.environment["RECONCILE_STRICT"] == "1"

/// What `make` tells of the commit that is built, for `--version`; a plain `swift build` knows nothing of it.
let facts = ["RECONCILE_COMMIT", "RECONCILE_COMMIT_DATE", "RECONCILE_SWIFT"].compactMap { name -> CSetting? in
  let told = ProcessInfo.processInfo.environment[name] ?? ""
  let text = told.filter { $0.isLetter || $0.isNumber || ".-".contains($0) }
  return text.isEmpty ? nil : .define(name, to: "\"\(text)\"")
}

let settings: [SwiftSetting] =
  [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
  ] + (strict ? [.unsafeFlags(["-warnings-as-errors"])] : [])

let sqlite: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")
let mustache: Target.Dependency = .product(name: "Mustache", package: "swift-mustache")
let parser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let asn1: Target.Dependency = .product(name: "SwiftASN1", package: "swift-asn1")
let certificates: Target.Dependency = .product(name: "X509", package: "swift-certificates")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let cryptoExtras: Target.Dependency = .product(name: "CryptoExtras", package: "swift-crypto")
let database: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let server: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let yaml: Target.Dependency = .product(name: "Yams", package: "Yams")

func library(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource] = []) -> Target {
  .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(name: name, dependencies: dependencies, swiftSettings: settings)
}

let package = Package(
  name: "reconcile",
  products: [.executable(name: "reconcile", targets: ["reconcile"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
    .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-log.git", from: "1.14.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    .systemLibrary(name: "CCSV", providers: [.apt(["libcsv-dev"])]),
    .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .target(name: "CXXHash"),
    .target(name: "CSimdjson", linkerSettings: [.linkedLibrary("simdjson")]),
    .target(name: "CBuildFacts", cSettings: facts),

    // The way of the data: Extract, Transform, Load. Nothing reaches back.
    library("Model", []),
    library("CSV", ["CCSV", "Model"]),
    library("JSON", ["CSimdjson", "Model"]),
    library("Transform", ["CSV", "JSON", "Model", crypto]),
    library("Wire", ["CCurl", "CSV", "JSON", "Model", crypto, cryptoExtras]),
    library("Ledger", ["CXXHash", "JSON", "Model", crypto, database, sqlite]),
    library("Extract", ["CSV", "JSON", "Ledger", "Model", "Wire", crypto, database]),
    library("Planning", ["Extract", "Ledger", "Model", "Transform"]),
    library(
      "Load", ["CSV", "JSON", "Ledger", "Model", "Wire", crypto, mustache],
      resources: ["report.mustache", "report.css", "report.js"].map { .embedInCode("Resources/\($0)") }),
    library("Workspace", ["Model", yaml]),
    library("Listen", ["JSON", "Ledger", "Model", "Wire", asn1, certificates, crypto, cryptoExtras, server]),
    library("Notify", ["JSON", "Model", "Wire", "Workspace"]),
    library(
      "Setup",
      ["JSON", "Ledger", "Model", "Transform", "Wire", "Workspace", asn1, crypto, cryptoExtras, certificates]),
    library("Sandbox", ["CZlib", crypto, cryptoExtras, database, server]),
    .executableTarget(
      name: "reconcile",
      dependencies: [
        "CBuildFacts", "CSV", "Extract", "JSON", "Ledger", "Listen", "Load", "Model", "Notify", "Planning", "Sandbox",
        "Setup", "Transform", "Wire", "Workspace", logging, parser,
      ],
      swiftSettings: settings),

    // Man pages out of the command line's own description of itself.
    .executableTarget(name: "manual", dependencies: ["JSON", "Model"], swiftSettings: settings),

    .target(name: "CFloor", linkerSettings: [.linkedLibrary("csv"), .linkedLibrary("simdjson")]),
    .executableTarget(name: "bench", dependencies: ["CFloor", parser], swiftSettings: settings),

    .executableTarget(
      name: "sim",
      dependencies: [
        "Extract", "JSON", "Ledger", "Load", "Model", "Planning", "Sandbox", "Transform", "Wire", database, parser,
      ],
      path: "Tests/Simulation", swiftSettings: settings),

    .target(name: "TestSupport", dependencies: ["Model"], path: "Tests/TestSupport", swiftSettings: settings),
    tests("ModelTests", ["Model", "TestSupport"]),
    tests("CSVTests", ["CSV", "Model", "TestSupport"]),
    tests("JSONTests", ["JSON", "Model"]),
    tests("TransformTests", ["Transform", "Model", "JSON", "TestSupport"]),
    tests("PlanningTests", ["Planning", "Extract", "Ledger", "Model", "TestSupport", "Transform"]),
    tests("WireTests", ["Wire", "CSV", "Model", "JSON", "Sandbox", "TestSupport", crypto, cryptoExtras]),
    tests("LedgerTests", ["Ledger", "Model", "TestSupport", crypto, database, sqlite]),
    tests("ExtractTests", ["Extract", "Ledger", "Model", "TestSupport", "Wire"]),
    tests("ListenTests", ["Listen", "Model", "Sandbox", "Wire"]),
    tests("LoadTests", ["Load", "Ledger", "Model", "Wire", "JSON", "CSV", database]),
    .testTarget(
      name: "SimulationTests", dependencies: ["sim"], exclude: ["Regressions"], swiftSettings: settings),
    .testTarget(
      name: "NotifyTests", dependencies: ["Notify", "JSON", "Model", "TestSupport", "Wire", "Workspace"],
      exclude: ["Messages"], swiftSettings: settings),
    tests("WorkspaceTests", ["Workspace", "Model"]),
    tests("SetupTests", ["Setup", "JSON", "Ledger", "Model", "Sandbox", "Transform", "Wire", "Workspace"]),
    tests("SandboxTests", ["Sandbox", crypto, cryptoExtras, server]),
    tests("ManualTests", ["manual", "JSON"]),
    tests("BenchTests", ["bench"]),
    tests(
      "ReconcileTests",
      ["reconcile", "CSV", "JSON", "Model", "Setup", "TestSupport", "Wire", database, logging, parser]),
  ],
  swiftLanguageModes: [.v6]
)
