import CSimdjson

extension JSONValue {
  /// `simdjson 3.0.1 (haswell)`: the library that reads documents, and which of its ways this processor can go.
  package static var library: String {
    "simdjson \(String(cString: reconcile_json_version())) (\(String(cString: reconcile_json_implementation())))"
  }
}
