/* Numbers the steps of a process that are durable or outward, and kills it or lets a step fail at any of them.
 *
 * It is loaded in front of the C library (LD_PRELOAD), so that the program under test is the real one and holds no
 * switches for tests. Everything that a death or a full disk can separate is a step: bytes that go into a file, their
 * fsync, names that appear, move or go, a request that leaves, an answer that arrives. What goes to the standard streams
 * is none, or a program could not say what went wrong.
 *
 *   STEPS_COUNT=FILE       16 bytes, made anew: how many steps there were, and how many of them were struck
 *   STEPS_TRACE=FILE       a line for each step: its number, its kind, the call, the file or socket
 *   STEPS_KINDS=LETTERS    only these are numbered: w write, t truncate, f fsync, m make or rename, r remove, s send, a answer
 *   STEPS_KILL=before K    SIGKILL instead of step K; `after K`, when it is done; `within K`, when half
 *                          of its bytes are written, or before it where there are none
 *   STEPS_FAIL=once K      step K fails; `from K`, it and every later one
 *   STEPS_ERROR=NAME       with what: ENOSPC (also when it is not given), EIO, EROFS
 *   STEPS_OF=NAME          the program that is meant; reconcile when it is not given
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

struct tally {
  _Atomic uint64_t steps, struck;
};

static struct tally none;
static struct tally *tally = &none;
static int is_on, trace = -1;
static const char *kinds;
static const char *kill_word = "", *fail_word = "";
static uint64_t kill_at, fail_at;
static int failure = ENOSPC;

static uint64_t parse(const char *name, const char **word) {
  const char *text = getenv(name);
  const char *number = text ? strchr(text, ' ') : NULL;
  if (!number) return 0;
  *word = text;
  return strtoull(number + 1, NULL, 10);
}

static int is_word(const char *text, const char *word) { return strncmp(text, word, strlen(word)) == 0; }

__attribute__((constructor)) static void begin(void) {
  const char *meant = getenv("STEPS_OF");
  if (strcmp(program_invocation_short_name, meant ? meant : "reconcile") != 0) return;
  kinds = getenv("STEPS_KINDS");
  kill_at = parse("STEPS_KILL", &kill_word);
  fail_at = parse("STEPS_FAIL", &fail_word);
  const char *error = getenv("STEPS_ERROR");
  if (error && !strcmp(error, "EIO")) failure = EIO;
  if (error && !strcmp(error, "EROFS")) failure = EROFS;
  const char *count = getenv("STEPS_COUNT");
  if (count) {
    int file = syscall(SYS_openat, AT_FDCWD, count, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0 || syscall(SYS_ftruncate, file, sizeof(struct tally)) != 0) abort();
    void *page = mmap(NULL, sizeof(struct tally), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (page == MAP_FAILED) abort();
    tally = page;
    syscall(SYS_close, file);
  }
  const char *lines = getenv("STEPS_TRACE");
  if (lines) trace = syscall(SYS_openat, AT_FDCWD, lines, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  is_on = 1;
}

static void die(void) {
  atomic_fetch_add(&tally->struck, 1);
  for (;;) kill(getpid(), SIGKILL);
}

static void note(uint64_t number, char kind, const char *call, const char *what) {
  char line[400];
  int length = snprintf(line, sizeof line, "%llu %c %s %s\n", (unsigned long long)number, kind, call, what);
  if (length > 0) syscall(SYS_write, trace, line, length < (int)sizeof line ? length : (int)sizeof line - 1);
}

/* A step that is about to be taken: its number, or 0 when it is not numbered. */
static uint64_t enter(char kind, const char *call, const char *what) {
  if (!is_on || (kinds && !strchr(kinds, kind))) return 0;
  uint64_t number = atomic_fetch_add(&tally->steps, 1) + 1;
  if (trace >= 0) note(number, kind, call, what);
  int has_bytes = kind == 'w' || kind == 's';
  if (number == kill_at && (is_word(kill_word, "before") || (is_word(kill_word, "within") && !has_bytes))) die();
  return number;
}

static uint64_t enter_file(char kind, const char *call, int descriptor) {
  char link[40], path[300] = "";
  if (trace >= 0) {
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    if (readlink(link, path, sizeof path - 1) < 0) path[0] = 0;
  }
  return enter(kind, call, path);
}

/* A step that is done. */
static void leave(uint64_t number) {
  if (!number || number != kill_at) return;
  if (is_word(kill_word, "after")) {
    int kept = errno;
    die();
    errno = kept;
  }
}

/* Whether the step is to fail; errno is set then. */
static int fails(uint64_t number) {
  if (!number || !fail_at) return 0;
  if (number != fail_at && !(is_word(fail_word, "from") && number > fail_at)) return 0;
  atomic_fetch_add(&tally->struck, 1);
  errno = failure;
  return 1;
}

static int dies_within(uint64_t number) { return number && number == kill_at && is_word(kill_word, "within"); }

/* Whether bytes written to the descriptor stay: it is a file, and not one of the standard streams. */
static int is_file(int descriptor) {
  struct stat status;
  if (!is_on || descriptor <= 2) return 0;
  int kept = errno;
  int result = fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
  errno = kept;
  return result;
}

static int is_socket(int descriptor) {
  struct stat status;
  if (!is_on || descriptor <= 2) return 0;
  int kept = errno;
  int result = fstat(descriptor, &status) == 0 && S_ISSOCK(status.st_mode);
  errno = kept;
  return result;
}

#define REAL(name) \
  static __typeof__(name) *real; \
  if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

ssize_t write(int descriptor, const void *bytes, size_t size) {
  REAL(write);
  uint64_t step = 0;
  if (is_file(descriptor)) step = enter_file('w', "write", descriptor);
  else if (is_socket(descriptor)) step = enter('s', "write", "");
  if (dies_within(step)) {
    real(descriptor, bytes, size / 2);
    die();
  }
  if (step && is_file(descriptor) && fails(step)) return -1;
  ssize_t result = real(descriptor, bytes, size);
  leave(step);
  return result;
}

#define POSITIONED(name, offset_type) \
  ssize_t name(int descriptor, const void *bytes, size_t size, offset_type offset) { \
    REAL(name); \
    uint64_t step = is_file(descriptor) ? enter_file('w', #name, descriptor) : 0; \
    if (dies_within(step)) { \
      real(descriptor, bytes, size / 2, offset); \
      die(); \
    } \
    if (fails(step)) return -1; \
    ssize_t result = real(descriptor, bytes, size, offset); \
    leave(step); \
    return result; \
  }
POSITIONED(pwrite, off_t)
POSITIONED(pwrite64, off64_t)

#define ON_DESCRIPTOR(kind, name, parameters, arguments) \
  int name parameters { \
    REAL(name); \
    uint64_t step = is_on ? enter_file(kind, #name, descriptor) : 0; \
    if (fails(step)) return -1; \
    int result = real arguments; \
    leave(step); \
    return result; \
  }
ON_DESCRIPTOR('f', fsync, (int descriptor), (descriptor))
ON_DESCRIPTOR('f', fdatasync, (int descriptor), (descriptor))
ON_DESCRIPTOR('t', ftruncate, (int descriptor, off_t length), (descriptor, length))
ON_DESCRIPTOR('t', ftruncate64, (int descriptor, off64_t length), (descriptor, length))

#define ON_NAME(kind, name, what, parameters, arguments) \
  int name parameters { \
    REAL(name); \
    uint64_t step = enter(kind, #name, what); \
    if (fails(step)) return -1; \
    int result = real arguments; \
    leave(step); \
    return result; \
  }
ON_NAME('m', rename, to, (const char *from, const char *to), (from, to))
ON_NAME('m', renameat, to, (int old, const char *from, int new, const char *to), (old, from, new, to))
ON_NAME('m', mkdir, path, (const char *path, mode_t mode), (path, mode))
ON_NAME('m', symlink, path, (const char *target, const char *path), (target, path))
ON_NAME('m', link, path, (const char *target, const char *path), (target, path))

/* No full disk keeps a name from going: removing is a step, and does not fail. */
#define REMOVING(name, parameters, arguments) \
  int name parameters { \
    REAL(name); \
    uint64_t step = enter('r', #name, path); \
    int result = real arguments; \
    leave(step); \
    return result; \
  }
REMOVING(unlink, (const char *path), (path))
REMOVING(unlinkat, (int folder, const char *path, int flags), (folder, path, flags))
REMOVING(rmdir, (const char *path), (path))

/* Opening is a step only where it makes a file. */
static uint64_t enter_open(const char *call, const char *path, int flags) {
  if (!is_on || !(flags & O_CREAT)) return 0;
  int kept = errno;
  int is_there = syscall(SYS_faccessat, AT_FDCWD, path, F_OK) == 0;
  errno = kept;
  return is_there ? 0 : enter('m', call, path);
}

#define OPENING(name) \
  int name(const char *path, int flags, ...) { \
    REAL(name); \
    mode_t mode = 0; \
    if (flags & (O_CREAT | O_TMPFILE)) { \
      va_list rest; \
      va_start(rest, flags); \
      mode = va_arg(rest, mode_t); \
      va_end(rest); \
    } \
    uint64_t step = enter_open(#name, path, flags); \
    if (fails(step)) return -1; \
    int result = real(path, flags, mode); \
    leave(step); \
    return result; \
  }
OPENING(open)
OPENING(open64)

ssize_t send(int descriptor, const void *bytes, size_t size, int flags) {
  REAL(send);
  uint64_t step = enter('s', "send", "");
  if (dies_within(step)) {
    real(descriptor, bytes, size / 2, flags);
    die();
  }
  ssize_t result = real(descriptor, bytes, size, flags);
  leave(step);
  return result;
}

ssize_t sendto(int descriptor, const void *bytes, size_t size, int flags, const struct sockaddr *to, socklen_t length) {
  REAL(sendto);
  uint64_t step = enter('s', "sendto", "");
  if (dies_within(step)) die();
  ssize_t result = real(descriptor, bytes, size, flags, to, length);
  leave(step);
  return result;
}

ssize_t sendmsg(int descriptor, const struct msghdr *message, int flags) {
  REAL(sendmsg);
  uint64_t step = enter('s', "sendmsg", "");
  if (dies_within(step)) die();
  ssize_t result = real(descriptor, message, flags);
  leave(step);
  return result;
}

ssize_t writev(int descriptor, const struct iovec *parts, int count) {
  REAL(writev);
  uint64_t step = 0;
  if (is_file(descriptor)) step = enter_file('w', "writev", descriptor);
  else if (is_socket(descriptor)) step = enter('s', "writev", "");
  if (dies_within(step)) die();
  if (step && is_file(descriptor) && fails(step)) return -1;
  ssize_t result = real(descriptor, parts, count);
  leave(step);
  return result;
}

/* Bytes that have arrived: the process can die with them unread, which is before it could look at them. */
static void arrive(ssize_t size, const char *call) {
  if (size > 0) leave(enter('a', call, ""));
}

ssize_t recv(int descriptor, void *bytes, size_t size, int flags) {
  REAL(recv);
  ssize_t result = real(descriptor, bytes, size, flags);
  if (!(flags & MSG_PEEK)) arrive(result, "recv");
  return result;
}

ssize_t __recv_chk(int descriptor, void *bytes, size_t size, size_t room, int flags) {
  (void)room;
  return recv(descriptor, bytes, size, flags);
}
