#include "CXXHash.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

reconcile_hash reconcile_hash_of(const void *bytes, size_t count, uint64_t seed) {
  XXH128_hash_t hash = XXH3_128bits_withSeed(bytes, count, seed);
  return (reconcile_hash){.low = hash.low64, .high = hash.high64};
}
