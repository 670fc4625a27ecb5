/* The floor: the least that the figures can cost on the same libraries.

     peer pairs FILE SECONDS   durable pairs a second: two commits each, no server, no rules
     peer fill FILE ROWS       a list of ROWS approvals for the next one
     peer list FILE            a full-screen list of it: j and k move, q leaves
*/
#define NCURSES_WIDECHAR 1
#define _XOPEN_SOURCE 700
#include <curses.h>
#include <locale.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static sqlite3 *store;

static void die(const char *what) {
    fprintf(stderr, "peer: %s: %s\n", what, store ? sqlite3_errmsg(store) : "");
    exit(1);
}

static void run(const char *sql) {
    if (sqlite3_exec(store, sql, 0, 0, 0) != SQLITE_OK) die(sql);
}

static sqlite3_stmt *prepare(const char *sql) {
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v2(store, sql, -1, &statement, 0) != SQLITE_OK) die(sql);
    return statement;
}

static void step(sqlite3_stmt *statement) {
    if (sqlite3_step(statement) != SQLITE_DONE) die("step");
    sqlite3_reset(statement);
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void open_store(const char *path) {
    if (sqlite3_open(path, &store) != SQLITE_OK) die("open");
    run("PRAGMA journal_mode = WAL");
    run("PRAGMA synchronous = FULL");
}

/* Insert and event in one commit, compare-and-set and event in the next. */
static void pairs(const char *path, double seconds) {
    char body[700], line[500];
    memset(body, 'b', sizeof body);
    memset(line, 'l', sizeof line);
    open_store(path);
    run("CREATE TABLE approval (id INTEGER PRIMARY KEY, state TEXT, version INTEGER, body BLOB)");
    run("CREATE TABLE event (sequence INTEGER PRIMARY KEY, line BLOB)");
    sqlite3_stmt *insert = prepare("INSERT INTO approval VALUES (?1, 'pending', 1, ?2)");
    sqlite3_stmt *decide = prepare(
        "UPDATE approval SET state = 'approved', version = 2, body = ?2 "
        "WHERE id = ?1 AND version = 1");
    sqlite3_stmt *event = prepare("INSERT INTO event (line) VALUES (?1)");
    double start = now();
    int count = 0;
    while (now() - start < seconds) {
        count++;
        for (int half = 0; half < 2; half++) {
            sqlite3_stmt *change = half ? decide : insert;
            run("BEGIN IMMEDIATE");
            sqlite3_bind_int(change, 1, count);
            sqlite3_bind_blob(change, 2, body, sizeof body, SQLITE_STATIC);
            step(change);
            sqlite3_bind_blob(event, 1, line, sizeof line, SQLITE_STATIC);
            step(event);
            run("COMMIT");
        }
    }
    printf("%.1f\n", count / (now() - start));
}

static void fill(const char *path, int rows) {
    open_store(path);
    run("CREATE TABLE row (id INTEGER PRIMARY KEY, due INTEGER, risk TEXT, tool TEXT, "
        "summary TEXT)");
    run("CREATE INDEX row_due ON row (due, id)");
    run("BEGIN");
    sqlite3_stmt *insert = prepare("INSERT INTO row VALUES (?1, ?2, 'high', 'issue_refund', ?3)");
    for (int number = 1; number <= rows; number++) {
        char summary[80];
        snprintf(summary, sizeof summary, "refund %d of 1,840.00 to customer cus_%d", number,
                 number);
        sqlite3_bind_int(insert, 1, number);
        sqlite3_bind_int(insert, 2, number + 3600);
        sqlite3_bind_text(insert, 3, summary, -1, SQLITE_TRANSIENT);
        step(insert);
    }
    run("COMMIT");
}

enum { ROWS_MAX = 500 };
static char rows[ROWS_MAX][160];

static int load(int offset, int height) {
    sqlite3_stmt *query =
        prepare("SELECT due, risk, tool, summary FROM row ORDER BY due, id LIMIT ?1 OFFSET ?2");
    sqlite3_bind_int(query, 1, height < ROWS_MAX ? height : ROWS_MAX);
    sqlite3_bind_int(query, 2, offset);
    int count = 0;
    while (sqlite3_step(query) == SQLITE_ROW)
        snprintf(rows[count++], sizeof rows[0], "%7d  %-5s %-18s %s", sqlite3_column_int(query, 0),
                 sqlite3_column_text(query, 1), sqlite3_column_text(query, 2),
                 sqlite3_column_text(query, 3));
    sqlite3_finalize(query);
    return count;
}

static void draw(int count, int selected) {
    for (int row = 0; row < count; row++) {
        if (row == selected) attron(A_REVERSE);
        mvprintw(row + 1, 0, "%-*.*s", COLS - 1, COLS - 1, rows[row]);
        if (row == selected) attroff(A_REVERSE);
    }
    move(selected + 1, 0);
    refresh();
}

static void list(const char *path) {
    setlocale(LC_ALL, "");
    if (sqlite3_open_v2(path, &store, SQLITE_OPEN_READONLY, 0) != SQLITE_OK) die("open");
    initscr();
    raw();
    noecho();
    keypad(stdscr, TRUE);
    mvprintw(0, 0, "%-*s", COLS - 1, " peer");
    mvprintw(LINES - 1, 0, "j down  k up  q quit");
    int height = LINES - 2, offset = 0, selected = 0;
    int count = load(offset, height);
    draw(count, selected);
    for (int key; (key = getch()) != 'q';) {
        if (key == 'j' && selected < count - 1) {
            selected++;
        } else if (key == 'j') {
            count = load(++offset, height);
        } else if (key == 'k' && selected > 0) {
            selected--;
        }
        draw(count, selected);
    }
    endwin();
}

int main(int count, char **words) {
    if (count == 4 && !strcmp(words[1], "pairs")) {
        pairs(words[2], atof(words[3]));
    } else if (count == 4 && !strcmp(words[1], "fill")) {
        fill(words[2], atoi(words[3]));
    } else if (count == 3 && !strcmp(words[1], "list")) {
        list(words[2]);
    } else {
        fprintf(stderr, "usage: peer pairs FILE SECONDS | fill FILE ROWS | list FILE\n");
        return 2;
    }
    return 0;
}
