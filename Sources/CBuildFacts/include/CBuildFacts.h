#pragma once

// What the build was told about itself, as Package.swift takes it from the environment. Empty where it was told nothing, as
// by a plain `swift build`.

// The commit, shortened; with -dirty behind it when the work tree differed from it.
const char *reconcile_build_commit(void);
// The day of that commit, never that of the build: the same commit gives the same bytes.
const char *reconcile_build_date(void);
// The version of the Swift compiler.
const char *reconcile_build_swift(void);
