#ifndef COUNTERSIGN_CLINUX_SHIM_H
#define COUNTERSIGN_CLINUX_SHIM_H
#include <errno.h>
#include <fcntl.h>
#include <linux/keyctl.h>
#include <signal.h>
#include <stdint.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* Block the given signals for this thread (call first in main, before any thread); a signalfd. */
static inline int cs_signalfd_for(const int *_Nonnull signals, int count) {
    sigset_t set;
    sigemptyset(&set);
    for (int i = 0; i < count; i++) sigaddset(&set, signals[i]);
    if (pthread_sigmask(SIG_BLOCK, &set, 0) != 0) return -1;
    return signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
}
/* Next pending signal number from a signalfd, or 0. */
static inline int cs_signalfd_next(int fd) {
    struct signalfd_siginfo info;
    return read(fd, &info, sizeof info) == (ssize_t)sizeof info ? (int)info.ssi_signo : 0;
}
/* Block every signal for this thread: a helper thread must not take those of the main one. */
static inline int cs_block_all_signals(void) {
    sigset_t set;
    sigfillset(&set);
    return pthread_sigmask(SIG_BLOCK, &set, 0);
}
static inline int cs_ignore_sigpipe(void) { return signal(SIGPIPE, SIG_IGN) == SIG_ERR ? -1 : 0; }

static inline int cs_eventfd(void) { return eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC); }
static inline void cs_eventfd_add(int fd) {
    uint64_t one = 1;
    ssize_t written = write(fd, &one, sizeof one);
    (void)written; /* full means that it is readable already, which is all a wake-up wants */
}
static inline void cs_eventfd_clear(int fd) {
    uint64_t count;
    ssize_t taken = read(fd, &count, sizeof count);
    (void)taken;
}

static inline int cs_winsize(int fd, int *_Nonnull rows, int *_Nonnull cols) {
    struct winsize size;
    if (ioctl(fd, TIOCGWINSZ, &size) != 0) return -1;
    *rows = size.ws_row;
    *cols = size.ws_col;
    return 0;
}

/* No core file and no ptrace by other processes of the same user; 0 or -1. */
static inline int cs_forbid_core_dumps(void) {
    struct rlimit none = {0, 0};
    return setrlimit(RLIMIT_CORE, &none) == 0 && prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 ? 0 : -1;
}
/* 0 when neither a core file nor another process can have this one's memory. */
static inline int cs_is_dumpable(void) { return prctl(PR_GET_DUMPABLE, 0, 0, 0, 0); }
/* The kernel's generator; returns bytes written or -1 with errno. */
static inline ssize_t cs_getrandom(void *_Nonnull out, size_t count) {
    return getrandom(out, count, 0);
}
static inline int64_t cs_clock_milliseconds(clockid_t clock) {
    struct timespec now;
    if (clock_gettime(clock, &now) != 0) return -1;
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}
static inline int64_t cs_wall_milliseconds(void) { return cs_clock_milliseconds(CLOCK_REALTIME); }
static inline int64_t cs_monotonic_milliseconds(void) {
    return cs_clock_milliseconds(CLOCK_MONOTONIC);
}
/* Counts the time the machine slept, too: what a lease or a deadline must be measured by. */
static inline int64_t cs_boottime_milliseconds(void) {
    return cs_clock_milliseconds(CLOCK_BOOTTIME);
}

/* openat(2) is variadic. */
static inline int cs_open_at(int folder, const char *_Nonnull name, int flags, mode_t mode) {
    return openat(folder, name, flags, mode);
}
static inline int cs_errno(void) { return errno; }
/* The f_type of the file system that holds `fd`, or -1. */
static inline int64_t cs_file_system_type(int fd) {
    struct statfs information;
    if (fstatfs(fd, &information) != 0) return -1;
    return (int64_t)(uint32_t)information.f_type;
}
/* A file that exists in memory only, closed to child programs; or -1. */
static inline int cs_memory_file(void) { return (int)syscall(SYS_memfd_create, "countersign", 1u); }
/* Both ends of a pipe, closed to child programs; 0 or -1. */
static inline int cs_pipe(int *_Nonnull ends) { return (int)syscall(SYS_pipe2, ends, O_CLOEXEC); }
/* An exclusive lock that is not waited for: 0, or -1 with errno EWOULDBLOCK when it is held. */
static inline int cs_lock_exclusively(int fd) { return flock(fd, LOCK_EX | LOCK_NB); }
static inline void cs_unlock(int fd) { (void)flock(fd, LOCK_UN); }
/* An exclusive lock that is waited for: 0, or -1. */
static inline int cs_lock_waiting(int fd) { return flock(fd, LOCK_EX); }

/* The kernel's keyring of this user: memory of the kernel that is never written to a disk. */

/* The number of the key with this name, or -1. */
static inline int32_t cs_key_find(const char *_Nonnull name) {
    return (int32_t)syscall(
        SYS_keyctl, KEYCTL_SEARCH, KEY_SPEC_USER_KEYRING, "user", name, 0);
}
/* Keeps bytes under a name, in place of earlier ones; the key's number, or -1. */
static inline int32_t cs_key_add(
    const char *_Nonnull name, const void *_Nonnull bytes, size_t count) {
    return (int32_t)syscall(SYS_add_key, "user", name, bytes, count, KEY_SPEC_USER_KEYRING);
}
/* How many bytes the key has, of which at most `count` were written to `out`; or -1. */
static inline ssize_t cs_key_read(int32_t key, void *_Nonnull out, size_t count) {
    return (ssize_t)syscall(SYS_keyctl, KEYCTL_READ, key, out, count);
}
/* Lets every session of this user read the key, not only the one that made it; 0 or -1. */
static inline int cs_key_open_to_user(int32_t key) {
    return (int)syscall(SYS_keyctl, KEYCTL_SETPERM, key, 0x3f0b0000u);
}
/* The kernel forgets the key after so many seconds; 0 or -1. */
static inline int cs_key_expire(int32_t key, unsigned seconds) {
    return (int)syscall(SYS_keyctl, KEYCTL_SET_TIMEOUT, key, seconds);
}
/* The kernel forgets the key now; 0 or -1. */
static inline int cs_key_forget(int32_t key) {
    return (int)syscall(SYS_keyctl, KEYCTL_INVALIDATE, key);
}

#endif
