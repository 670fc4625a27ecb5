#ifndef COUNTERSIGN_CLINUX_SHIM_H
#define COUNTERSIGN_CLINUX_SHIM_H
#include <signal.h>
#include <stdint.h>
#include <unistd.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <sys/ioctl.h>
#include <locale.h>
/* Block the given signals for this thread (call first in main, before any thread) and return a signalfd. */
static inline int cs_signalfd_for(const int *_Nonnull sigs, int n) {
  sigset_t set; sigemptyset(&set);
  for (int i = 0; i < n; i++) sigaddset(&set, sigs[i]);
  if (pthread_sigmask(SIG_BLOCK, &set, 0) != 0) return -1;
  return signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
}
/* Next pending signal number from a signalfd, or 0. */
static inline int cs_signalfd_next(int fd) {
  struct signalfd_siginfo si;
  return read(fd, &si, sizeof si) == (ssize_t)sizeof si ? (int)si.ssi_signo : 0;
}
static inline int cs_eventfd(void) { return eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC); }
static inline int cs_winsize(int fd, int *_Nonnull rows, int *_Nonnull cols) {
  struct winsize ws; if (ioctl(fd, TIOCGWINSZ, &ws) != 0) return -1;
  *rows = ws.ws_row; *cols = ws.ws_col; return 0;
}
static inline int cs_set_locale(void) { return setlocale(LC_ALL, "") ? 0 : -1; }
static inline int cs_stop_self(void) { return kill(getpid(), SIGSTOP); }
#endif
