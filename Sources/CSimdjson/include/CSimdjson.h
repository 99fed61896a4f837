#pragma once

// A C face for simdjson, which Swift cannot call itself. One call walks a whole document, checks every byte of it and
// leaves a flat list of tokens; Swift builds values or picks fields from the list.

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
  reconcile_json_null,
  reconcile_json_true,
  reconcile_json_false,
  reconcile_json_number,
  reconcile_json_string,
  reconcile_json_key,
  reconcile_json_object,
  reconcile_json_array,
  reconcile_json_end,
} reconcile_json_kind;

typedef enum {
  reconcile_json_ok,
  reconcile_json_empty,
  reconcile_json_too_deep,
  reconcile_json_truncated,
  reconcile_json_invalid_utf8,
  reconcile_json_control_character,
  reconcile_json_bad_escape,
  reconcile_json_bad_number,
  reconcile_json_bad_syntax,
  reconcile_json_trailing,
  reconcile_json_no_memory,
} reconcile_json_fault;

// One token. `text` is a string's content without escapes, a number's own text, or the whole extent of an object or
// array; it lives until the next call with the same parser. `next` is the index of the token behind the value.
typedef struct {
  const uint8_t *text;
  size_t length;
  reconcile_json_kind kind;
  uint32_t next;
} reconcile_json_token;

// What a walk came to. `offset` is the byte at which it failed, SIZE_MAX where simdjson does not tell.
typedef struct {
  const reconcile_json_token *tokens;
  size_t count;
  reconcile_json_fault fault;
  size_t offset;
} reconcile_json_outcome;

typedef struct reconcile_json_parser reconcile_json_parser;

// NULL when there is no memory.
reconcile_json_parser *reconcile_json_parser_create(void);
void reconcile_json_parser_destroy(reconcile_json_parser *parser);

// Walks one document of `length` bytes; the bytes are copied and need no padding.
reconcile_json_outcome reconcile_json_read(
  reconcile_json_parser *parser, const uint8_t *bytes, size_t length, unsigned max_depth);

// The version of simdjson at the build, and which of its ways this processor goes.
const char *reconcile_json_version(void);
const char *reconcile_json_implementation(void);

#ifdef __cplusplus
}
#endif
