#ifndef COUNTERSIGN_YAML_H
#define COUNTERSIGN_YAML_H
#include <stddef.h>

/* What stands next in a YAML text. */
enum {
    COUNTERSIGN_YAML_END = 0,
    COUNTERSIGN_YAML_DOCUMENT = 1,
    COUNTERSIGN_YAML_SCALAR = 2,
    COUNTERSIGN_YAML_LIST_START = 3,
    COUNTERSIGN_YAML_LIST_END = 4,
    COUNTERSIGN_YAML_MAP_START = 5,
    COUNTERSIGN_YAML_MAP_END = 6,
    COUNTERSIGN_YAML_ALIAS = 7,
    COUNTERSIGN_YAML_ERROR = 8
};

typedef struct {
    int kind;
    /* The scalar's bytes, or the sentence of an error; they live until the next call. */
    const unsigned char *text;
    size_t length;
    /* A scalar without quotes, whose words may mean a number, a truth value or null. */
    int is_plain;
    int has_tag;
    int has_anchor;
    /* Both from 1. */
    int line;
    int column;
} countersign_yaml_event;

typedef struct countersign_yaml countersign_yaml;

/* Reads UTF-8 bytes, which must outlive the reader; null when there is no memory. */
countersign_yaml *countersign_yaml_open(const unsigned char *bytes, size_t length);

/* What stands next; after an error or the end nothing may be asked any more. */
void countersign_yaml_next(countersign_yaml *reader, countersign_yaml_event *event);

void countersign_yaml_close(countersign_yaml *reader);
#endif
