#ifndef COUNTERSIGN_CURL_H
#define COUNTERSIGN_CURL_H
#include <curl/curl.h>
#include <stddef.h>

/*
 * libcurl, loaded when the first request is made and not when the program starts.
 *
 * Linking it maps some 40 shared objects before main, which a program that paints cached rows first
 * does not have to pay. So nothing here refers to libcurl's own symbols: each function goes through
 * a table that cs_curl_load fills. The variadic functions of libcurl get one typed door for each
 * kind of value.
 */

/* Loads the library once, from any thread; NULL, or a sentence that says what is missing. */
const char *_Nullable cs_curl_load(void);

typedef size_t (*cs_bytes_callback)(char *_Nonnull bytes, size_t size, size_t count,
                                    void *_Nullable context);

CURL *_Nullable cs_easy_init(void);
void cs_easy_cleanup(CURL *_Nonnull handle);
const char *_Nonnull cs_easy_strerror(CURLcode code);

CURLcode cs_easy_set_long(CURL *_Nonnull handle, CURLoption option, long value);
CURLcode cs_easy_set_offset(CURL *_Nonnull handle, CURLoption option, curl_off_t value);
CURLcode cs_easy_set_text(CURL *_Nonnull handle, CURLoption option, const char *_Nullable value);
CURLcode cs_easy_set_pointer(CURL *_Nonnull handle, CURLoption option, void *_Nullable value);
CURLcode cs_easy_set_list(CURL *_Nonnull handle, CURLoption option,
                          struct curl_slist *_Nullable value);
CURLcode cs_easy_set_callback(CURL *_Nonnull handle, CURLoption option,
                              cs_bytes_callback _Nonnull value);
/* Unacknowledged bytes end the connection after this time; set on each new socket. */
CURLcode cs_easy_set_tcp_user_timeout(CURL *_Nonnull handle, unsigned milliseconds);
long cs_easy_response_code(CURL *_Nonnull handle);
/* Bytes of the request that were handed to the network: 0 means that nobody can have seen it. */
long cs_easy_request_bytes(CURL *_Nonnull handle);

/* What the server's own certificate says under this name, or NULL; ask with CURLOPT_CERTINFO. */
const char *_Nullable cs_easy_certificate(CURL *_Nonnull handle, const char *_Nonnull name);

struct curl_slist *_Nullable cs_list_append(struct curl_slist *_Nullable list,
                                            const char *_Nonnull text);
void cs_list_free(struct curl_slist *_Nullable list);

CURLM *_Nullable cs_multi_init(void);
void cs_multi_cleanup(CURLM *_Nonnull multi);
CURLMcode cs_multi_set_long(CURLM *_Nonnull multi, CURLMoption option, long value);
CURLMcode cs_multi_add(CURLM *_Nonnull multi, CURL *_Nonnull handle);
CURLMcode cs_multi_remove(CURLM *_Nonnull multi, CURL *_Nonnull handle);
CURLMcode cs_multi_perform(CURLM *_Nonnull multi);
CURLMcode cs_multi_poll(CURLM *_Nonnull multi, int timeout_milliseconds);
/* The only one that may be called from another thread. */
CURLMcode cs_multi_wakeup(CURLM *_Nonnull multi);
/* The next finished transfer and its result, or NULL. */
CURL *_Nullable cs_multi_next_done(CURLM *_Nonnull multi, CURLcode *_Nonnull result);

#endif
