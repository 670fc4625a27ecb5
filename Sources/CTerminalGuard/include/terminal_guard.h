#ifndef CS_CRASH_H
#define CS_CRASH_H
void cs_restore_on_crash(const char *leave);
#endif
