#ifndef COUNTERSIGN_CNCURSES_SHIM_H
#define COUNTERSIGN_CNCURSES_SHIM_H
/* The terminfo level of ncurses: what a terminal can do and how to ask for it. */
#include <curses.h>
#include <term.h>

/* <term.h> defines a macro for every capability; these names are too common to keep. */
#undef columns
#undef lines
#undef bell
#undef tab

/* Reads the description of a terminal and writes nothing: 1 found, 0 not found, -1 no database. */
static inline int cs_setupterm(const char *name) {
  int found = -1;
  setupterm((NCURSES_CONST char *)name, 1, &found);
  return found;
}
/* A string capability, or NULL where the terminal lacks it. */
static inline const char *cs_capability(const char *name) {
  const char *value = tigetstr((NCURSES_CONST char *)name);
  return value == (char *)-1 ? NULL : value;
}
/* A number, or -1 where the terminal lacks it. */
static inline int cs_number(const char *name) {
  int value = tigetnum((NCURSES_CONST char *)name);
  return value < 0 ? -1 : value;
}
/* True when the terminal has the capability. */
static inline int cs_flag(const char *name) { return tigetflag((NCURSES_CONST char *)name) > 0; }
#endif
