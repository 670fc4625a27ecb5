#include "countersign_toml.h"

#include <cstdlib>
#include <cstring>
#include <exception>
#include <sstream>
#include <string>

/* Tables and arrays are torn down recursively, so nobody may nest them without end. */
#define TOML_MAX_NESTED_VALUES 16
#include <toml++/toml.h>

static char *copy(const std::string &text) {
    char *out = static_cast<char *>(std::malloc(text.size() + 1));
    if (out != nullptr) std::memcpy(out, text.c_str(), text.size() + 1);
    return out;
}

/* Where every key stands, in a table of the same shape; deeper tables than `depth` are left out. */
static toml::table places(const toml::table &table, int depth) {
    toml::table found;
    for (auto &&[key, node] : table) {
        toml::table place;
        place.insert("line", static_cast<int64_t>(key.source().begin.line));
        place.insert("column", static_cast<int64_t>(key.source().begin.column));
        const toml::table *inner = node.as_table();
        if (inner != nullptr && depth > 1) place.insert("members", places(*inner, depth - 1));
        found.insert(key.str(), std::move(place));
    }
    return found;
}

extern "C" int countersign_toml_to_json(
    const char *text, size_t length, char **out, int *line, int *column) {
    *line = 0;
    *column = 0;
    try {
        const toml::table table = toml::parse(std::string_view(text, length));
        std::ostringstream json;
        json << "{\"value\":" << toml::json_formatter{table} << ",\"places\":"
             << toml::json_formatter{places(table, 3)} << "}";
        *out = copy(json.str());
        return 0;
    } catch (const toml::parse_error &error) {
        *line = static_cast<int>(error.source().begin.line);
        *column = static_cast<int>(error.source().begin.column);
        *out = copy(std::string(error.description()));
        return 1;
    } catch (const std::exception &error) {
        *out = copy(error.what());
        return 1;
    }
}

extern "C" void countersign_toml_free(char *text) { std::free(text); }
