import Foundation
import Model
import Setup
import Testing
import Workspace

@Suite("The files of the Salesforce app's key")
struct SigningKeyFilesTests {
  static let now = Date(timeIntervalSince1970: 1_800_000_000)

  /// A folder with a key's place in it, which goes with the test.
  final class Rig {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("setup-test-\(UUID().uuidString)")
    let files: SigningKeyFiles

    init(_ source: String = "secrets/salesforce.key") throws {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let reference = CredentialReference(.file(source), key: "salesforce.private_key", folder: folder.path)
      files = try #require(SigningKeyFiles(reference))
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func names() throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent("secrets").path).sorted()
    }

    func text(_ name: String) throws -> String {
      try String(contentsOf: folder.appendingPathComponent("secrets/" + name), encoding: .utf8)
    }

    func write(_ text: String, to name: String) throws {
      let folder = folder.appendingPathComponent("secrets")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: folder.appendingPathComponent(name))
    }

    func mode(_ name: String) throws -> Int {
      let path = folder.appendingPathComponent("secrets/" + name).path
      let value = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
      return try #require((value as? NSNumber)?.intValue)
    }
  }

  @Test("Both are made where there are none, private, and a second time nothing is")
  func made() throws {
    let rig = try Rig()
    let first = try rig.files.complete(.bits2048, now: Self.now)
    #expect(first.isNewKey && first.isNewCertificate && first.setAside == [])
    #expect(try rig.names() == ["salesforce.crt", "salesforce.key"])
    #expect(try rig.mode("salesforce.key") == 0o600 && rig.mode(".") == 0o700)
    let bytes = try (rig.text("salesforce.key"), rig.text("salesforce.crt"))
    #expect(first.key.fits(try #require(SigningCertificate(pem: bytes.1))))
    let second = try rig.files.complete(.bits4096, now: Self.now)
    #expect(!second.isNewKey && !second.isNewCertificate && second.key.bits == 2048)
    #expect(try (rig.text("salesforce.key"), rig.text("salesforce.crt")) == bytes)
    #expect(try rig.names().count == 2)
  }

  @Test("A new key leaves both old files under dated names, to the byte")
  func renewed() throws {
    let rig = try Rig()
    _ = try rig.files.complete(.bits2048, now: Self.now)
    let old = try (rig.text("salesforce.key"), rig.text("salesforce.crt"))
    let pair = try rig.files.renew(.bits2048, now: Self.now)
    #expect(pair.isNewKey)
    let names = ["salesforce.20270115T080000Z.crt", "salesforce.20270115T080000Z.key"]
    #expect(try rig.names() == names + ["salesforce.crt", "salesforce.key"])
    #expect(pair.setAside.map { URL(fileURLWithPath: $0).lastPathComponent } == names.reversed())
    #expect(try (rig.text(names[1]), rig.text(names[0])) == old)
    #expect(try rig.text("salesforce.key") != old.0 && rig.text("salesforce.crt") != old.1)
    #expect(try rig.mode(names[1]) == 0o600)
    // In the same second the dated name is taken, and nothing is written over.
    let before = try rig.text("salesforce.key")
    let failure = try #require(throws: Failure.self) { try rig.files.renew(.bits2048, now: Self.now) }
    #expect(failure.code == .keyUnwritable)
    #expect(try rig.text("salesforce.key") == before && rig.text(names[1]) == old.0)
  }

  @Test("A certificate that is lost, or another key's, is made anew; the other one is kept")
  func certificateOfKey() throws {
    let rig = try Rig()
    let first = try rig.files.complete(.bits2048, now: Self.now)
    let foreign = try SigningKey(.bits2048).certificate(now: Self.now).pem
    try FileManager.default.removeItem(atPath: rig.files.certificatePath)
    let lost = try rig.files.complete(.bits2048, now: Self.now)
    #expect(!lost.isNewKey && lost.isNewCertificate && lost.setAside == [] && first.key.fits(lost.certificate))
    try rig.write(foreign, to: "salesforce.crt")
    let other = try rig.files.complete(.bits2048, now: Self.now)
    #expect(!other.isNewKey && other.isNewCertificate && first.key.fits(other.certificate))
    #expect(try rig.text("salesforce.20270115T080000Z.crt") == foreign)
  }

  @Test("A file that holds no key is left as it is", arguments: ["", "no key at all\n"])
  func unusable(text: String) throws {
    let rig = try Rig()
    try rig.write(text, to: "salesforce.key")
    let failure = try #require(throws: Failure.self) { try rig.files.complete(.bits2048, now: Self.now) }
    #expect(
      failure
        == Failure(
          .keyUnusable,
          "salesforce.private_key (file:secrets/salesforce.key): the file holds no RSA key of at least 2,048 bits in PEM "
            + "form",
          fix: "put the right key there, or run `reconcile login salesforce --new-key`, which sets the file aside"
        ))
    #expect(try rig.text("salesforce.key") == text && rig.names() == ["salesforce.key"])
    #expect(try rig.files.renew(.bits2048, now: Self.now).setAside.count == 1)
    #expect(try rig.text("salesforce.20270115T080000Z.key") == text)
  }

  @Test(
    "The certificate lies beside the key under its name",
    arguments: [
      ("secrets/salesforce.key", "secrets/salesforce.crt"), ("secrets/salesforce", "secrets/salesforce.crt"),
      ("secrets/sf.prod.pem", "secrets/sf.prod.crt"), ("secrets/odd.crt", "secrets/odd.crt.crt"),
    ])
  func names(key: String, certificate: String) throws {
    let rig = try Rig(key)
    #expect(rig.files.certificatePath.hasSuffix("/" + certificate))
  }

  @Test("A key that is kept elsewhere than in a file is not ours to make")
  func elsewhere() {
    let reference = CredentialReference(.environment("KEY"), key: "salesforce.private_key", folder: "/")
    #expect(SigningKeyFiles(reference) == nil)
  }
}
