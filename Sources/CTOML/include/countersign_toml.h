#ifndef COUNTERSIGN_TOML_H
#define COUNTERSIGN_TOML_H
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Parses TOML 1.0 and gives it back as JSON text in `*out` (free with countersign_toml_free):
   {"value": …, "places": {key: {"line", "column", "members": {…}}}}, places of three levels.
   Returns 0; or 1 with a sentence in `*out` and the place of the error in `*line`, `*column`. */
int countersign_toml_to_json(
    const char *text, size_t length, char **out, int *line, int *column);

void countersign_toml_free(char *text);

#ifdef __cplusplus
}
#endif
#endif
