#include "countersign_yaml.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

struct countersign_yaml {
    yaml_parser_t parser;
    yaml_event_t event;
    int has_event;
};

countersign_yaml *countersign_yaml_open(const unsigned char *bytes, size_t length) {
    countersign_yaml *reader = calloc(1, sizeof *reader);
    if (reader == NULL) return NULL;
    if (!yaml_parser_initialize(&reader->parser)) {
        free(reader);
        return NULL;
    }
    yaml_parser_set_encoding(&reader->parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&reader->parser, bytes, length);
    return reader;
}

static void forget(countersign_yaml *reader) {
    if (reader->has_event) yaml_event_delete(&reader->event);
    reader->has_event = 0;
}

static void fail(const yaml_parser_t *parser, countersign_yaml_event *out) {
    const char *problem = parser->problem != NULL ? parser->problem : "the text is not YAML";
    out->kind = COUNTERSIGN_YAML_ERROR;
    out->text = (const unsigned char *)problem;
    out->length = strlen(problem);
    out->line = (int)parser->problem_mark.line + 1;
    out->column = (int)parser->problem_mark.column + 1;
}

static void take_scalar(const yaml_event_t *event, countersign_yaml_event *out) {
    out->kind = COUNTERSIGN_YAML_SCALAR;
    out->text = event->data.scalar.value;
    out->length = event->data.scalar.length;
    out->is_plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    out->has_tag = event->data.scalar.tag != NULL;
    out->has_anchor = event->data.scalar.anchor != NULL;
}

static int take(const yaml_event_t *event, countersign_yaml_event *out) {
    switch (event->type) {
    case YAML_STREAM_END_EVENT: out->kind = COUNTERSIGN_YAML_END; return 1;
    case YAML_DOCUMENT_START_EVENT: out->kind = COUNTERSIGN_YAML_DOCUMENT; return 1;
    case YAML_SCALAR_EVENT: take_scalar(event, out); return 1;
    case YAML_ALIAS_EVENT: out->kind = COUNTERSIGN_YAML_ALIAS; return 1;
    case YAML_SEQUENCE_END_EVENT: out->kind = COUNTERSIGN_YAML_LIST_END; return 1;
    case YAML_MAPPING_END_EVENT: out->kind = COUNTERSIGN_YAML_MAP_END; return 1;
    case YAML_SEQUENCE_START_EVENT:
        out->kind = COUNTERSIGN_YAML_LIST_START;
        out->has_tag = event->data.sequence_start.tag != NULL;
        out->has_anchor = event->data.sequence_start.anchor != NULL;
        return 1;
    case YAML_MAPPING_START_EVENT:
        out->kind = COUNTERSIGN_YAML_MAP_START;
        out->has_tag = event->data.mapping_start.tag != NULL;
        out->has_anchor = event->data.mapping_start.anchor != NULL;
        return 1;
    case YAML_NO_EVENT:
    case YAML_STREAM_START_EVENT:
    case YAML_DOCUMENT_END_EVENT: return 0;
    }
    return 0;
}

void countersign_yaml_next(countersign_yaml *reader, countersign_yaml_event *out) {
    for (;;) {
        memset(out, 0, sizeof *out);
        forget(reader);
        if (!yaml_parser_parse(&reader->parser, &reader->event)) {
            fail(&reader->parser, out);
            return;
        }
        reader->has_event = 1;
        out->line = (int)reader->event.start_mark.line + 1;
        out->column = (int)reader->event.start_mark.column + 1;
        if (take(&reader->event, out)) return;
    }
}

void countersign_yaml_close(countersign_yaml *reader) {
    forget(reader);
    yaml_parser_delete(&reader->parser);
    free(reader);
}
