// Loaded in front of the C library, and only by scripts/memcheck.
//
// Valgrind up to 3.19 writes into the signal mask that it is given here, and libdispatch keeps its mask in memory that
// cannot be written: the program would die in valgrind's hands. A copy on the stack bears it.

#define _GNU_SOURCE
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

int sigsuspend(const sigset_t *mask) {
  sigset_t own = *mask;
  return (int)syscall(SYS_rt_sigsuspend, &own, 8);
}
