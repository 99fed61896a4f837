#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <cstddef>
#include <vector>

// A file in blocks of a megabyte, with room behind each for a parser that looks ahead.
class Blocks {
 public:
  explicit Blocks(const char *path) : file(open(path, O_RDONLY | O_CLOEXEC)), block(size + margin) {}
  ~Blocks() {
    if (file >= 0) close(file);
  }

  bool is_open() const { return file >= 0; }
  bool has_failed() const { return failed; }
  char *bytes() { return block.data(); }
  // Whether bytes that are kept leave no room for others.
  bool is_full(size_t kept) const { return kept >= size; }

  // Reads on behind `kept` bytes; the number of bytes read, 0 at the end of the file.
  size_t fill(size_t kept) {
    ssize_t count = read(file, block.data() + kept, size - kept);
    failed = count < 0;
    return count > 0 ? size_t(count) : 0;
  }

 private:
  static constexpr size_t size = 1 << 20;
  static constexpr size_t margin = 64;

  int file;
  bool failed = false;
  std::vector<char> block;
};
