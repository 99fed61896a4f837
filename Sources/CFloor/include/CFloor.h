#pragma once

// The floor under every figure of `make bench`: both exported files read in blocks and parsed once by the bare libraries,
// with nothing done about what they find but counting it.

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
  uint64_t bytes;
  // Rows of a CSV file, its header among them; records of a JSON file.
  uint64_t records;
  // Cells of a CSV file; 0 for JSON.
  uint64_t cells;
  // NULL, or why the file was not read to its end; lives as long as the program.
  const char *fault;
} floor_count;

// libcsv in strict mode.
floor_count floor_csv(const char *path);

// simdjson over each record of an export with one record a line: the whole record checked, and its tree built.
floor_count floor_json(const char *path);

#ifdef __cplusplus
}
#endif
