#include "terminal_guard.h"
#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>
static struct termios saved; static int saved_ok; static char leave_seq[256]; static size_t leave_n;
static void on_crash(int sig) {
  if (leave_n) { ssize_t r = write(STDOUT_FILENO, leave_seq, leave_n); (void)r; }
  if (saved_ok) tcsetattr(STDIN_FILENO, TCSANOW, &saved);
  raise(sig); /* SA_RESETHAND: the default action now */
}
void cs_restore_on_crash(const char *leave) {
  saved_ok = tcgetattr(STDIN_FILENO, &saved) == 0;
  strncpy(leave_seq, leave, sizeof leave_seq - 1); leave_n = strlen(leave_seq);
  struct sigaction sa; memset(&sa, 0, sizeof sa); sa.sa_handler = on_crash; sa.sa_flags = SA_RESETHAND | SA_NODEFER;
  int s[] = {SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT};
  for (unsigned i = 0; i < sizeof s / sizeof *s; i++) sigaction(s[i], &sa, 0);
}
