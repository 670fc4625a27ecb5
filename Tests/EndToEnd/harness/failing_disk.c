/* A disk that fails: while the file named by FAILING_DISK_SWITCH exists, the call named in it
 * ("sync" or "write") fails on every write-ahead log. Loaded before the C library. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static int fails(int descriptor, const char *call) {
    const char *path = getenv("FAILING_DISK_SWITCH");
    FILE *file = path ? fopen(path, "r") : NULL;
    char wanted[16] = "", link[64], name[4096];
    if (!file) return 0;
    if (!fgets(wanted, sizeof wanted, file)) wanted[0] = 0;
    fclose(file);
    if (strncmp(wanted, call, strlen(call)) != 0) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, name, sizeof name - 1);
    return length > 4 && memcmp(name + length - 4, "-wal", 4) == 0;
}

int fdatasync(int descriptor) {
    static int (*real)(int);
    if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
    if (!fails(descriptor, "sync")) return real(descriptor);
    errno = EIO;
    return -1;
}

int fsync(int descriptor) {
    static int (*real)(int);
    if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
    if (!fails(descriptor, "sync")) return real(descriptor);
    errno = EIO;
    return -1;
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t count, off64_t offset) {
    static ssize_t (*real)(int, const void *, size_t, off64_t);
    if (!real) real = (ssize_t(*)(int, const void *, size_t, off64_t))dlsym(RTLD_NEXT, "pwrite64");
    if (!fails(descriptor, "write")) return real(descriptor, bytes, count, offset);
    errno = ENOSPC;
    return -1;
}

ssize_t pwrite(int descriptor, const void *bytes, size_t count, off_t offset) {
    return pwrite64(descriptor, bytes, count, offset);
}
