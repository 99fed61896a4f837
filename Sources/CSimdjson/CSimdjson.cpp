#include "CSimdjson.h"
#include "Grammar.hpp"

// The on-demand front end runs in this file and must match the optimised library whatever the build's own setting.
#define SIMDJSON_DEVELOPMENT_CHECKS 0

#include <cstring>
#include <memory>
#include <new>
#include <simdjson.h>
#include <string>
#include <string_view>
#include <vector>

using namespace simdjson;

using namespace reconcile_json;

namespace {

// The last byte in front of `at` that is not white space.
const char *before(const char *at) {
  while (is_space(at[-1])) at--;
  return at - 1;
}

// A buffer that only grows and whose content need not survive growing.
struct Buffer {
  std::unique_ptr<char[]> bytes;
  size_t capacity = 0;

  void reserve(size_t size) {
    if (size <= capacity) return;
    capacity = size + size / 2;
    bytes.reset(new char[capacity]);
  }
};

}  // namespace

struct reconcile_json_parser {
  ondemand::parser parser;
  Buffer input;
  Buffer unescaped;
  char *free_text = nullptr;
  std::vector<reconcile_json_token> tokens;
  unsigned max_depth = 0;
  reconcile_json_fault fault = reconcile_json_ok;
  const char *fault_at = nullptr;

  reconcile_json_outcome read(const uint8_t *bytes, size_t length);

 private:
  bool value(ondemand::document &document, ondemand::value value, unsigned depth);
  bool object(ondemand::document &document, ondemand::value value, unsigned depth);
  bool array(ondemand::document &document, ondemand::value value, unsigned depth);
  bool close(ondemand::document &document, size_t index);
  bool scalar(std::string_view text, ondemand::json_type type);
  bool string(const char *start, const char *end, reconcile_json_kind kind);
  bool fail(reconcile_json_fault reason, const char *at);
  bool fail(error_code error, const char *at);
  bool fail(error_code error, ondemand::document &document);

  void push(reconcile_json_kind kind, std::string_view text) {
    tokens.push_back(
      {reinterpret_cast<const uint8_t *>(text.data()), text.size(), kind, uint32_t(tokens.size() + 1)});
  }
};

bool reconcile_json_parser::fail(reconcile_json_fault reason, const char *at) {
  fault = reason;
  fault_at = at;
  return false;
}

bool reconcile_json_parser::fail(error_code error, ondemand::document &document) {
  const char *at = nullptr;
  if (document.current_location().get(at)) at = nullptr;
  return fail(error, at);
}

bool reconcile_json_parser::fail(error_code error, const char *at) {
  switch (error) {
    case UTF8_ERROR: return fail(reconcile_json_invalid_utf8, nullptr);
    case UNESCAPED_CHARS: return fail(reconcile_json_control_character, nullptr);
    case UNCLOSED_STRING: return fail(reconcile_json_truncated, nullptr);
    case INCOMPLETE_ARRAY_OR_OBJECT: return fail(reconcile_json_truncated, nullptr);
    case MEMALLOC: case CAPACITY: return fail(reconcile_json_no_memory, nullptr);
    default: return fail(reconcile_json_bad_syntax, at);
  }
}

bool reconcile_json_parser::string(const char *start, const char *end, reconcile_json_kind kind) {
  size_t length = size_t(end - start);
  if (length == 0 || !memchr(start, '\\', length)) {
    push(kind, {start, length});
    return true;
  }
  char *text = free_text;
  char *out = text;
  for (const char *at = start; at < end;) {
    if (*at != '\\') {
      *out++ = *at++;
      continue;
    }
    const char *next = unescape_one(at + 1, end, out);
    if (!next) return fail(reconcile_json_bad_escape, at);
    at = next;
  }
  free_text = out;
  push(kind, {text, size_t(out - text)});
  return true;
}

bool reconcile_json_parser::scalar(std::string_view text, ondemand::json_type type) {
  switch (type) {
    case ondemand::json_type::null:
      if (text != "null") return fail(reconcile_json_bad_syntax, text.data());
      push(reconcile_json_null, text);
      return true;
    case ondemand::json_type::boolean:
      if (text != "true" && text != "false") return fail(reconcile_json_bad_syntax, text.data());
      push(text == "true" ? reconcile_json_true : reconcile_json_false, text);
      return true;
    case ondemand::json_type::number:
      if (!is_number(text)) return fail(reconcile_json_bad_number, text.data());
      push(reconcile_json_number, text);
      return true;
    case ondemand::json_type::string:
      if (text.size() < 2 || text.back() != '"') return fail(reconcile_json_bad_syntax, text.data());
      return string(text.data() + 1, text.data() + text.size() - 1, reconcile_json_string);
    case ondemand::json_type::object:
    case ondemand::json_type::array:
      break;
  }
  return fail(reconcile_json_bad_syntax, text.data());
}

// Notes the extent of the object or array that began at token `index` and has just been left.
bool reconcile_json_parser::close(ondemand::document &document, size_t index) {
  const char *end = nullptr;
  if (auto error = document.current_location().get(end)) return fail(error, document);
  end = before(end) + 1;
  push(reconcile_json_end, {end, 0});
  tokens[index].length = size_t(end - reinterpret_cast<const char *>(tokens[index].text));
  tokens[index].next = uint32_t(tokens.size());
  return true;
}

bool reconcile_json_parser::object(ondemand::document &document, ondemand::value value, unsigned depth) {
  ondemand::object object;
  size_t index = tokens.size();
  push(reconcile_json_object, value.raw_json_token());
  if (auto error = value.get_object().get(object)) return fail(error, document);
  for (auto result : object) {
    ondemand::field field;
    if (auto error = std::move(result).get(field)) return fail(error, document);
    // Between a key and its value stand a quote, a colon and white space, as simdjson has checked; going back from the
    // value is faster than looking for the quote from the key's beginning.
    const char *start = field.key().raw();
    const char *end = before(before(field.value().raw_json_token().data()));
    if (!string(start, end, reconcile_json_key)) return false;
    if (!this->value(document, field.value(), depth)) return false;
  }
  return close(document, index);
}

bool reconcile_json_parser::array(ondemand::document &document, ondemand::value value, unsigned depth) {
  ondemand::array array;
  size_t index = tokens.size();
  push(reconcile_json_array, value.raw_json_token());
  if (auto error = value.get_array().get(array)) return fail(error, document);
  for (auto result : array) {
    ondemand::value element;
    if (auto error = std::move(result).get(element)) return fail(error, document);
    if (!this->value(document, element, depth)) return false;
  }
  return close(document, index);
}

bool reconcile_json_parser::value(ondemand::document &document, ondemand::value value, unsigned depth) {
  std::string_view text = value.raw_json_token();
  ondemand::json_type type;
  if (value.type().get(type)) return fail(reconcile_json_bad_syntax, text.data());
  switch (type) {
    case ondemand::json_type::object:
    case ondemand::json_type::array:
      if (depth == max_depth) return fail(reconcile_json_too_deep, text.data());
      return type == ondemand::json_type::object ? object(document, value, depth + 1)
                                                 : array(document, value, depth + 1);
    case ondemand::json_type::string: {
      // A string left unread would be taken for a key by simdjson when a colon follows it.
      ondemand::raw_json_string raw;
      if (auto error = value.get_raw_json_string().get(raw)) return fail(error, document);
      return scalar(trimmed(text), type);
    }
    case ondemand::json_type::number:
    case ondemand::json_type::boolean:
    case ondemand::json_type::null:
      return scalar(trimmed(text), type);
  }
  return fail(reconcile_json_bad_syntax, text.data());
}

reconcile_json_outcome reconcile_json_parser::read(const uint8_t *bytes, size_t length) {
  tokens.clear();
  fault = reconcile_json_ok;
  fault_at = nullptr;
  // Brackets around the text make a bare scalar an array of one, so that one walk serves every document and finds
  // whatever follows it.
  input.reserve(length + 2 + SIMDJSON_PADDING);
  unescaped.reserve(length);
  free_text = unescaped.bytes.get();
  char *text = input.bytes.get();
  text[0] = '[';
  if (length) memcpy(text + 1, bytes, length);
  text[length + 1] = ']';
  memset(text + length + 2, 0, SIMDJSON_PADDING);

  ondemand::document document;
  ondemand::array wrapper;
  auto walk = [&] {
    // A document that was never begun has no location to ask for.
    if (auto error = parser.iterate(text, length + 2, input.capacity).get(document)) return fail(error, nullptr);
    if (auto error = document.get_array().get(wrapper)) return fail(error, document);
    size_t count = 0;
    for (auto result : wrapper) {
      ondemand::value element;
      if (auto error = std::move(result).get(element)) return fail(error, document);
      if (count++) return fail(reconcile_json_trailing, element.raw_json_token().data());
      if (!value(document, element, 0)) return false;
    }
    const char *rest = nullptr;
    if (!document.current_location().get(rest)) return fail(reconcile_json_trailing, rest);
    return count ? true : fail(reconcile_json_empty, nullptr);
  };
  bool done = walk();
  size_t offset = SIZE_MAX;
  if (!done && fault_at) offset = fault_at > text ? size_t(fault_at - text) - 1 : 0;
  if (offset != SIZE_MAX && offset >= length) {
    // The bracket that was added is where the text ran out.
    offset = length;
    if (fault == reconcile_json_bad_syntax) fault = reconcile_json_truncated;
  }
  if (fault == reconcile_json_truncated) offset = length;
  return {tokens.data(), done ? tokens.size() : 0, fault, offset};
}

reconcile_json_parser *reconcile_json_parser_create(void) { return new (std::nothrow) reconcile_json_parser(); }

void reconcile_json_parser_destroy(reconcile_json_parser *parser) { delete parser; }

reconcile_json_outcome reconcile_json_read(
  reconcile_json_parser *parser, const uint8_t *bytes, size_t length, unsigned max_depth) {
  parser->max_depth = max_depth;
  try {
    return parser->read(bytes, length);
  } catch (...) {
    return {nullptr, 0, reconcile_json_no_memory, SIZE_MAX};
  }
}

#define QUOTED(text) #text
#define TEXT(macro) QUOTED(macro)

const char *reconcile_json_version(void) { return TEXT(SIMDJSON_VERSION); }

const char *reconcile_json_implementation(void) {
  static const std::string name = get_active_implementation()->name();
  return name.c_str();
}
