#ifndef COUNTERSIGN_CSQLITE_SHIM_H
#define COUNTERSIGN_CSQLITE_SHIM_H
#include <sqlite3.h>

/* SQLITE_TRANSIENT is a cast and does not import; sqlite3_db_config is variadic. */
static inline int cs_bind_text(sqlite3_stmt *s, int i, const char *p, int n) {
    return sqlite3_bind_text(s, i, p, n, SQLITE_TRANSIENT);
}
static inline int cs_bind_blob(sqlite3_stmt *s, int i, const void *p, int n) {
    return sqlite3_bind_blob(s, i, p, n, SQLITE_TRANSIENT);
}
/* Sets a boolean option and reads it back: the value now in force, or -1. */
static inline int cs_db_config_bool(sqlite3 *db, int option, int on) {
    int now = -1;
    return sqlite3_db_config(db, option, on, &now) == SQLITE_OK ? now : -1;
}
#endif
