#include "CFloor.h"

#include <csv.h>

#include "Blocks.hpp"

namespace {

void count_cell(void *, size_t, void *count) { static_cast<floor_count *>(count)->cells++; }

void count_row(int, void *count) { static_cast<floor_count *>(count)->records++; }

void parse(Blocks &file, csv_parser &parser, floor_count &count) {
  while (size_t length = file.fill(0)) {
    count.bytes += length;
    if (csv_parse(&parser, file.bytes(), length, count_cell, count_row, &count) == length) continue;
    count.fault = csv_strerror(csv_error(&parser));
    return;
  }
  if (csv_fini(&parser, count_cell, count_row, &count)) count.fault = csv_strerror(csv_error(&parser));
}

}  // namespace

floor_count floor_csv(const char *path) {
  floor_count count = {0, 0, 0, nullptr};
  Blocks file(path);
  csv_parser parser;
  if (!file.is_open() || csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI)) {
    count.fault = "the file cannot be opened";
    return count;
  }
  parse(file, parser, count);
  if (file.has_failed()) count.fault = "the file cannot be read";
  csv_free(&parser);
  return count;
}
