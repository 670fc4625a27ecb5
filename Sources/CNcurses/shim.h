#ifndef COUNTERSIGN_CNCURSES_SHIM_H
#define COUNTERSIGN_CNCURSES_SHIM_H
/* Must come before <curses.h>: SwiftPM does not pass -D_XOPEN_SOURCE=600 from ncursesw.pc on. */
#define NCURSES_WIDECHAR 1
#include <wchar.h>
#include <curses.h>
#include <term.h>
#include <stdio.h>
#include <stdlib.h>

/* <term.h> defines short macros for every capability; these collide with names of our own. */
#undef columns
#undef lines
#undef bell
#undef tab

/* wcwidth is hidden behind _XOPEN_SOURCE. */
extern int wcwidth(wchar_t);

/* Swift 6 refuses direct reads of mutable C globals; these are the only way in. */
static inline WINDOW *cs_stdscr(void) { return stdscr; }
static inline int cs_colors(void) { return COLORS; }
static inline int cs_color_pairs(void) { return COLOR_PAIRS; }
static inline int cs_lines(void) { return LINES; }
static inline int cs_cols(void) { return COLS; }
static inline SCREEN *cs_newterm(const char *t) { return newterm((NCURSES_CONST char *)t, stdout, stdin); }

/* Reads the description of a terminal without writing to it: 1 found, 0 not found, -1 no database. */
static inline int cs_setupterm(const char *t) {
  int found = -1;
  return setupterm((NCURSES_CONST char *)t, 1, &found) == OK ? 1 : (found == 1 ? 0 : found);
}
/* A string capability, or NULL where the terminal lacks it. */
static inline const char *cs_capability(const char *name) {
  const char *value = tigetstr((NCURSES_CONST char *)name);
  return value == (char *)-1 ? NULL : value;
}
static inline int cs_flag(const char *name) { return tigetflag((NCURSES_CONST char *)name) > 0; }
static inline void cs_clear_next_update(void) { clearok(curscr, TRUE); }

/* Function-like macros with casts do not import. */
static const attr_t CS_A_NORMAL = A_NORMAL;
static const attr_t CS_A_BOLD = A_BOLD;
static const attr_t CS_A_DIM = A_DIM;
static const attr_t CS_A_REVERSE = A_REVERSE;
static const attr_t CS_A_UNDERLINE = A_UNDERLINE;
static const attr_t CS_A_ITALIC = A_ITALIC;

/* One cell. `pair` may exceed 255 (and 32767): ext colours go through opts. */
static inline int cs_setcell(cchar_t *out, const wchar_t *text, attr_t attrs, int pair) {
  return setcchar(out, text, attrs, (short)(pair > 32767 ? 0 : pair), pair > 255 ? (void *)&pair : NULL);
}
static inline int cs_put_row(int y, int x, const cchar_t *cells, int n) {
  return mvwadd_wchnstr(stdscr, y, x, cells, n);
}
#endif
