#define _GNU_SOURCE
#include "terminal_guard.h"
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <termios.h>
#include <unistd.h>

enum { LEAVE_MAX = 512, HELD_MAX = 64 * 1024, STACK_SIZE = 64 * 1024 };

static const int crashes[] = {SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT, SIGSYS};
enum { CRASHES = sizeof crashes / sizeof *crashes };

static struct termios remembered;
static volatile sig_atomic_t has_termios;
static volatile sig_atomic_t armed;
static char leave_bytes[LEAVE_MAX];
static volatile size_t leave_count;
static struct sigaction before[CRASHES];
static char stack[STACK_SIZE];
static volatile int held = -1;         /* where standard error goes meanwhile */
static volatile int real_stderr = -1;  /* where it went before */

static void write_all(int fd, const char *bytes, size_t count) {
  while (count > 0) {
    ssize_t written = write(fd, bytes, count);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;
    bytes += written;
    count -= (size_t)written;
  }
}

/* Text from anywhere may stand in a crash message: only printable ASCII and line feeds go out. */
static void write_safely(int fd, const char *bytes, size_t count) {
  static const char digits[] = "0123456789ABCDEF";
  char out[512];
  size_t used = 0;
  for (size_t i = 0; i < count; i++) {
    unsigned char byte = (unsigned char)bytes[i];
    if (used + 4 > sizeof out) {
      write_all(fd, out, used);
      used = 0;
    }
    if (byte == '\n' || (byte >= 0x20 && byte < 0x7F)) {
      out[used++] = (char)byte;
    } else {
      out[used++] = '\\';
      out[used++] = 'x';
      out[used++] = digits[byte >> 4];
      out[used++] = digits[byte & 15];
    }
  }
  write_all(fd, out, used);
}

static void release_stderr(void) {
  if (held < 0) return;
  int text = held;
  held = -1;
  dup2(real_stderr, STDERR_FILENO);
  close(real_stderr);
  real_stderr = -1;
  static char bytes[4096];
  size_t left = HELD_MAX;
  lseek(text, 0, SEEK_SET);
  while (left > 0) {
    ssize_t count = read(text, bytes, left < sizeof bytes ? left : sizeof bytes);
    if (count <= 0) break;
    write_safely(STDERR_FILENO, bytes, (size_t)count);
    left -= (size_t)count;
  }
  close(text);
}

/* Anything another library prints would land in the middle of the screen. */
static void hold_stderr(void) {
  if (held >= 0 || !isatty(STDERR_FILENO)) return;
  int text = memfd_create("stderr", MFD_CLOEXEC);
  if (text < 0) return;
  real_stderr = dup(STDERR_FILENO);
  if (real_stderr < 0 || dup2(text, STDERR_FILENO) < 0) {
    if (real_stderr >= 0) close(real_stderr);
    real_stderr = -1;
    close(text);
    return;
  }
  held = text;
}

/* Only async-signal-safe calls. */
static void give_back(void) {
  if (!armed) return;
  armed = 0;
  write_all(STDOUT_FILENO, leave_bytes, leave_count);
  if (has_termios) tcsetattr(STDIN_FILENO, TCSANOW, &remembered);
  release_stderr();
}

static void on_crash(int signal_number) {
  int error = errno;
  give_back();
  errno = error;
  /* SA_RESETHAND: the default action now, so the parent sees the true cause. */
  raise(signal_number);
}

void cs_guard_remember(void) {
  has_termios = tcgetattr(STDIN_FILENO, &remembered) == 0;
}

int cs_guard_arm(const char *leave) {
  static int registered;
  size_t count = strlen(leave);
  if (count > sizeof leave_bytes) return -1;
  memcpy(leave_bytes, leave, count);
  leave_count = count;
  if (!registered) registered = atexit(give_back) == 0;
  stack_t alternate = {.ss_sp = stack, .ss_size = sizeof stack};
  sigaltstack(&alternate, NULL); /* a stack overflow has no stack left to run on */
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = on_crash;
  action.sa_flags = (int)(SA_RESETHAND | SA_NODEFER | SA_ONSTACK);
  if (!armed)
    for (int i = 0; i < CRASHES; i++) sigaction(crashes[i], &action, &before[i]);
  hold_stderr();
  armed = 1;
  return 0;
}

void cs_guard_give_back(void) {
  if (!armed) return;
  for (int i = 0; i < CRASHES; i++) sigaction(crashes[i], &before[i], NULL);
  give_back();
}

int cs_guard_enter_raw(void) {
  if (!has_termios) return -1;
  struct termios raw = remembered;
  raw.c_iflag &= ~(tcflag_t)(IGNBRK | BRKINT | PARMRK | ISTRIP | INLCR | IGNCR | ICRNL | IXON);
  raw.c_oflag &= ~(tcflag_t)OPOST;
  raw.c_lflag &= ~(tcflag_t)(ECHO | ECHONL | ICANON | ISIG | IEXTEN);
  raw.c_cflag = (raw.c_cflag & ~(tcflag_t)(CSIZE | PARENB)) | CS8;
  raw.c_cc[VMIN] = 1;
  raw.c_cc[VTIME] = 0;
  return tcsetattr(STDIN_FILENO, TCSADRAIN, &raw);
}

static void unblock(int signal_number) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, signal_number);
  pthread_sigmask(SIG_UNBLOCK, &set, NULL);
}

void cs_guard_end_by(int signal_number) {
  signal(signal_number, SIG_DFL);
  unblock(signal_number);
  raise(signal_number);
  _exit(128 + signal_number); /* a signal whose default is not to end the process */
}

void cs_guard_stop_job(void) {
  signal(SIGTSTP, SIG_IGN); /* forgets one that is pending: it would stop the job a second time */
  signal(SIGTSTP, SIG_DFL);
  unblock(SIGTSTP);
  kill(0, SIGTSTP);
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTSTP);
  pthread_sigmask(SIG_BLOCK, &set, NULL);
}
