#ifndef COUNTERSIGN_CNCURSES_SHIM_H
#define COUNTERSIGN_CNCURSES_SHIM_H
/* Must come before <curses.h>: SwiftPM does not pass -D_XOPEN_SOURCE=600 from ncursesw.pc on. */
#define NCURSES_WIDECHAR 1
#include <wchar.h>
#include <curses.h>
#include <stdio.h>

/* Swift 6 refuses direct reads of mutable C globals; these are the only way in. */
static inline WINDOW *cs_stdscr(void) { return stdscr; }
static inline int cs_lines(void) { return LINES; }
static inline int cs_cols(void) { return COLS; }
static inline int cs_colors(void) { return COLORS; }
static inline int cs_color_pairs(void) { return COLOR_PAIRS; }
static inline SCREEN *cs_newterm(const char *t) { return newterm((NCURSES_CONST char *)t, stdout, stdin); }

/* Function-like macros with casts do not import. */
static const attr_t CS_A_NORMAL = A_NORMAL;
static const attr_t CS_A_BOLD = A_BOLD;
static const attr_t CS_A_DIM = A_DIM;
static const attr_t CS_A_REVERSE = A_REVERSE;
static const attr_t CS_A_UNDERLINE = A_UNDERLINE;
static const attr_t CS_A_ITALIC = A_ITALIC;
static const mmask_t CS_BUTTON1_PRESSED = BUTTON1_PRESSED;
static const mmask_t CS_BUTTON1_RELEASED = BUTTON1_RELEASED;
static const mmask_t CS_BUTTON1_CLICKED = BUTTON1_CLICKED;
static const mmask_t CS_BUTTON4_PRESSED = BUTTON4_PRESSED; /* wheel up */
static const mmask_t CS_BUTTON5_PRESSED = BUTTON5_PRESSED; /* wheel down */
static const mmask_t CS_ALL_MOUSE_EVENTS = ALL_MOUSE_EVENTS;
static inline int cs_key_f(int n) { return KEY_F(n); }

/* One cell. `pair` may exceed 255 (and 32767): ext colours go through opts. */
static inline int cs_setcell(cchar_t *out, const wchar_t *text, attr_t attrs, int pair) {
  return setcchar(out, text, attrs, (short)(pair > 32767 ? 0 : pair), pair > 255 ? (void *)&pair : NULL);
}
static inline int cs_put_row(int y, int x, const cchar_t *cells, int n) {
  return mvwadd_wchnstr(stdscr, y, x, cells, n);
}
#endif
