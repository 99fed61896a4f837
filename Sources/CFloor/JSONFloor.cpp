#include "CFloor.h"

#include <cstring>
#include <simdjson.h>

#include "Blocks.hpp"

namespace {

// The record that a line holds: what stands between its braces, without the comma behind it. The lines that open and close
// the export hold none.
bool is_record(const char *line, size_t &length) {
  if (length && line[length - 1] == ',') length--;
  return length > 1 && line[0] == '{' && line[length - 1] == '}';
}

class JSONFloor {
 public:
  floor_count count = {0, 0, 0, nullptr};

  void read(Blocks &file) {
    size_t kept = 0;
    while (size_t length = file.fill(kept)) {
      count.bytes += length;
      size_t end = kept + length;
      size_t begin = lines(file.bytes(), end);
      kept = end - begin;
      memmove(file.bytes(), file.bytes() + begin, kept);
      if (file.is_full(kept)) count.fault = "a line is longer than a block";
      if (count.fault) return;
    }
    if (kept) line(file.bytes(), kept);
    if (file.has_failed()) count.fault = "the file cannot be read";
  }

 private:
  simdjson::dom::parser parser;

  // Parses the whole lines of a block; where the first line begins that is not whole.
  size_t lines(const char *bytes, size_t end) {
    size_t begin = 0;
    while (const void *found = memchr(bytes + begin, '\n', end - begin)) {
      size_t length = size_t(static_cast<const char *>(found) - bytes) - begin;
      line(bytes + begin, length);
      if (count.fault) break;
      begin += length + 1;
    }
    return begin;
  }

  void line(const char *text, size_t length) {
    if (!is_record(text, length)) return;
    // The block has room behind it, so that nothing needs to be copied.
    auto record = parser.parse(reinterpret_cast<const uint8_t *>(text), length, false);
    if (record.error()) count.fault = simdjson::error_message(record.error());
    count.records++;
  }
};

}  // namespace

floor_count floor_json(const char *path) {
  Blocks file(path);
  JSONFloor floor;
  if (!file.is_open()) {
    floor.count.fault = "the file cannot be opened";
    return floor.count;
  }
  floor.read(file);
  return floor.count;
}
