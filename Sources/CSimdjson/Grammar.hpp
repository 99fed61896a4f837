#pragma once

// The parts of JSON's grammar that simdjson checks only on conversion, which this module never asks for.

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace reconcile_json {

inline bool is_space(char byte) { return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r'; }

inline bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }

// simdjson's token reaches to the next token, so white space has to go.
inline std::string_view trimmed(std::string_view token) {
  while (!token.empty() && is_space(token.back())) token.remove_suffix(1);
  return token;
}

// The grammar of RFC 8259, of any length: a number is kept as text, so nothing else would check it.
inline bool is_number(std::string_view text) {
  size_t at = 0;
  auto digits = [&] {
    size_t start = at;
    while (at < text.size() && is_digit(text[at])) at++;
    return at > start;
  };
  if (at < text.size() && text[at] == '-') at++;
  size_t start = at;
  if (!digits()) return false;
  if (text[start] == '0' && at > start + 1) return false;
  if (at < text.size() && text[at] == '.') {
    at++;
    if (!digits()) return false;
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    at++;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) at++;
    if (!digits()) return false;
  }
  return at == text.size();
}

// Four hexadecimal digits at `text`, or -1.
inline int32_t code_unit(const char *text, const char *end) {
  if (end - text < 4) return -1;
  int32_t unit = 0;
  for (int digit = 0; digit < 4; digit++) {
    char byte = text[digit];
    int32_t number;
    if (byte >= '0' && byte <= '9') number = byte - '0';
    else if (byte >= 'a' && byte <= 'f') number = byte - 'a' + 10;
    else if (byte >= 'A' && byte <= 'F') number = byte - 'A' + 10;
    else return -1;
    unit = unit * 16 + number;
  }
  return unit;
}

inline char *put_utf8(char *out, uint32_t point) {
  if (point < 0x80) {
    *out++ = char(point);
  } else if (point < 0x800) {
    *out++ = char(0xC0 | point >> 6);
    *out++ = char(0x80 | (point & 0x3F));
  } else if (point < 0x10000) {
    *out++ = char(0xE0 | point >> 12);
    *out++ = char(0x80 | (point >> 6 & 0x3F));
    *out++ = char(0x80 | (point & 0x3F));
  } else {
    *out++ = char(0xF0 | point >> 18);
    *out++ = char(0x80 | (point >> 12 & 0x3F));
    *out++ = char(0x80 | (point >> 6 & 0x3F));
    *out++ = char(0x80 | (point & 0x3F));
  }
  return out;
}

// Reads the escape behind a backslash at `text`; returns where it ends, NULL when it is none. simdjson 3.0 lets a lone
// low surrogate pass, which would be invalid UTF-8 afterwards.
inline const char *unescape_one(const char *text, const char *end, char *&out) {
  if (text >= end) return nullptr;
  switch (*text) {
    case '"': case '\\': case '/': *out++ = *text; return text + 1;
    case 'b': *out++ = '\b'; return text + 1;
    case 'f': *out++ = '\f'; return text + 1;
    case 'n': *out++ = '\n'; return text + 1;
    case 'r': *out++ = '\r'; return text + 1;
    case 't': *out++ = '\t'; return text + 1;
    case 'u': break;
    default: return nullptr;
  }
  int32_t unit = code_unit(text + 1, end);
  if (unit < 0 || (unit >= 0xDC00 && unit <= 0xDFFF)) return nullptr;
  text += 5;
  if (unit < 0xD800 || unit > 0xDBFF) {
    out = put_utf8(out, uint32_t(unit));
    return text;
  }
  if (end - text < 6 || text[0] != '\\' || text[1] != 'u') return nullptr;
  int32_t low = code_unit(text + 2, end);
  if (low < 0xDC00 || low > 0xDFFF) return nullptr;
  out = put_utf8(out, 0x10000 + ((uint32_t(unit) - 0xD800) << 10) + (uint32_t(low) - 0xDC00));
  return text + 6;
}

}  // namespace reconcile_json
