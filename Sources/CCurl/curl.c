#include "countersign_curl.h"

#include <string.h>
#include <dlfcn.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdint.h>
#include <sys/socket.h>

#undef curl_easy_setopt
#undef curl_easy_getinfo
#undef curl_multi_setopt

#define EACH_FUNCTION(use)                                                                        \
    use(curl_global_init) use(curl_easy_init) use(curl_easy_cleanup) use(curl_easy_strerror)      \
    use(curl_easy_setopt) use(curl_easy_getinfo) use(curl_slist_append) use(curl_slist_free_all)  \
    use(curl_multi_init) use(curl_multi_cleanup) use(curl_multi_setopt)                           \
    use(curl_multi_add_handle) use(curl_multi_remove_handle) use(curl_multi_perform)              \
    use(curl_multi_poll) use(curl_multi_wakeup) use(curl_multi_info_read)

#define DECLARE(name) __typeof__(name) *name;
static struct { EACH_FUNCTION(DECLARE) } table;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static const char *problem;

static void load(void) {
    void *library = dlopen("libcurl.so.4", RTLD_LAZY | RTLD_LOCAL);
    if (!library) {
        problem = "libcurl.so.4 cannot be loaded; install the package libcurl4";
        return;
    }
#define RESOLVE(name)                                                                             \
    *(void **)&table.name = dlsym(library, #name);                                                \
    if (!table.name) {                                                                            \
        problem = "libcurl.so.4 is too old: it has no " #name;                                    \
        return;                                                                                   \
    }
    EACH_FUNCTION(RESOLVE)
    if (table.curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        problem = "libcurl could not start";
    }
}

const char *cs_curl_load(void) {
    pthread_once(&once, load);
    return problem;
}

CURL *cs_easy_init(void) { return table.curl_easy_init(); }
void cs_easy_cleanup(CURL *handle) { table.curl_easy_cleanup(handle); }
const char *cs_easy_strerror(CURLcode code) { return table.curl_easy_strerror(code); }

CURLcode cs_easy_set_long(CURL *handle, CURLoption option, long value) {
    return table.curl_easy_setopt(handle, option, value);
}
CURLcode cs_easy_set_offset(CURL *handle, CURLoption option, curl_off_t value) {
    return table.curl_easy_setopt(handle, option, value);
}
CURLcode cs_easy_set_text(CURL *handle, CURLoption option, const char *value) {
    return table.curl_easy_setopt(handle, option, value);
}
CURLcode cs_easy_set_pointer(CURL *handle, CURLoption option, void *value) {
    return table.curl_easy_setopt(handle, option, value);
}
CURLcode cs_easy_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
    return table.curl_easy_setopt(handle, option, value);
}
CURLcode cs_easy_set_callback(CURL *handle, CURLoption option, cs_bytes_callback value) {
    return table.curl_easy_setopt(handle, option, value);
}

static int set_user_timeout(void *context, curl_socket_t socket, curlsocktype purpose) {
    unsigned milliseconds = (unsigned)(uintptr_t)context;
    (void)purpose;
    /* A Unix socket has no such option, and then needs none. */
    (void)setsockopt(socket, IPPROTO_TCP, TCP_USER_TIMEOUT, &milliseconds, sizeof milliseconds);
    return CURL_SOCKOPT_OK;
}
CURLcode cs_easy_set_tcp_user_timeout(CURL *handle, unsigned milliseconds) {
    void *context = (void *)(uintptr_t)milliseconds;
    CURLcode code = table.curl_easy_setopt(handle, CURLOPT_SOCKOPTFUNCTION, set_user_timeout);
    if (code != CURLE_OK) return code;
    return table.curl_easy_setopt(handle, CURLOPT_SOCKOPTDATA, context);
}

static long number(CURL *handle, CURLINFO information) {
    long value = 0;
    return table.curl_easy_getinfo(handle, information, &value) == CURLE_OK ? value : 0;
}
long cs_easy_response_code(CURL *handle) { return number(handle, CURLINFO_RESPONSE_CODE); }
long cs_easy_request_bytes(CURL *handle) { return number(handle, CURLINFO_REQUEST_SIZE); }

const char *cs_easy_certificate(CURL *handle, const char *name) {
    struct curl_certinfo *known = NULL;
    if (table.curl_easy_getinfo(handle, CURLINFO_CERTINFO, &known) != CURLE_OK) return NULL;
    if (!known || known->num_of_certs < 1) return NULL;
    size_t length = strlen(name);
    for (struct curl_slist *line = known->certinfo[0]; line; line = line->next)
        if (!strncmp(line->data, name, length) && line->data[length] == ':')
            return line->data + length + 1;
    return NULL;
}

struct curl_slist *cs_list_append(struct curl_slist *list, const char *text) {
    return table.curl_slist_append(list, text);
}
void cs_list_free(struct curl_slist *list) {
    if (list) table.curl_slist_free_all(list);
}

CURLM *cs_multi_init(void) { return table.curl_multi_init(); }
void cs_multi_cleanup(CURLM *multi) { table.curl_multi_cleanup(multi); }
CURLMcode cs_multi_set_long(CURLM *multi, CURLMoption option, long value) {
    return table.curl_multi_setopt(multi, option, value);
}
CURLMcode cs_multi_add(CURLM *multi, CURL *handle) {
    return table.curl_multi_add_handle(multi, handle);
}
CURLMcode cs_multi_remove(CURLM *multi, CURL *handle) {
    return table.curl_multi_remove_handle(multi, handle);
}
CURLMcode cs_multi_perform(CURLM *multi) {
    int running = 0;
    return table.curl_multi_perform(multi, &running);
}
CURLMcode cs_multi_poll(CURLM *multi, int timeout_milliseconds) {
    int ready = 0;
    return table.curl_multi_poll(multi, NULL, 0, timeout_milliseconds, &ready);
}
CURLMcode cs_multi_wakeup(CURLM *multi) { return table.curl_multi_wakeup(multi); }
CURL *cs_multi_next_done(CURLM *multi, CURLcode *result) {
    int left = 0;
    CURLMsg *message;
    while ((message = table.curl_multi_info_read(multi, &left))) {
        if (message->msg != CURLMSG_DONE) continue;
        *result = message->data.result;
        return message->easy_handle;
    }
    return NULL;
}
