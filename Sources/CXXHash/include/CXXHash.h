#pragma once

// A C face for XXH3, the fast hash of the xxHash library, which comes as a header alone.

#include <stddef.h>
#include <stdint.h>

typedef struct {
  uint64_t low;
  uint64_t high;
} reconcile_hash;

// The 128 bits of XXH3 over some bytes. Whoever knows no seed cannot choose bytes of a given hash at will; it is no
// cryptographic hash all the same.
reconcile_hash reconcile_hash_of(const void *bytes, size_t count, uint64_t seed);
