#ifndef COUNTERSIGN_TERMINAL_GUARD_H
#define COUNTERSIGN_TERMINAL_GUARD_H
/* Gives the terminal back on every way out of the process that C can see. */

/* Remembers how the terminal is set now; call before anything changes it. */
void cs_guard_remember(void);

/* Every key at once, no echo, no signals from keys. Returns 0, or -1 when the terminal refuses. */
int cs_guard_enter_raw(void);

/* From now on a crash or exit() writes `leave`, restores what was remembered and shows what was
   written to standard error meanwhile. Returns 0, or -1 when `leave` is too long. */
int cs_guard_arm(const char *leave);

/* Writes `leave`, restores what was remembered and shows what standard error held. */
void cs_guard_give_back(void);

/* Ends the process by this signal's default action, whatever is blocked or handled. */
void cs_guard_end_by(int signal_number);

/* Stops the whole job, as Ctrl-Z in a shell does; returns when it continues. */
void cs_guard_stop_job(void);
#endif
