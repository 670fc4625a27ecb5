#ifndef COUNTERSIGN_CCURL_SHIM_H
#define COUNTERSIGN_CCURL_SHIM_H
#include <curl/curl.h>
/* curl_easy_setopt / getinfo / multi_setopt are variadic (and macros under GCC type checking). */
#undef curl_easy_setopt
#undef curl_easy_getinfo
#undef curl_multi_setopt
typedef size_t (*cs_write_cb)(char *_Nonnull ptr, size_t size, size_t nmemb, void *_Nullable userdata);
typedef int (*cs_xferinfo_cb)(void *_Nullable, curl_off_t, curl_off_t, curl_off_t, curl_off_t);
static inline CURLcode cs_easy_set_long(CURL *h, CURLoption o, long v) { return curl_easy_setopt(h, o, v); }
static inline CURLcode cs_easy_set_off(CURL *h, CURLoption o, curl_off_t v) { return curl_easy_setopt(h, o, v); }
static inline CURLcode cs_easy_set_str(CURL *h, CURLoption o, const char *_Nullable v) { return curl_easy_setopt(h, o, v); }
static inline CURLcode cs_easy_set_ptr(CURL *h, CURLoption o, const void *_Nullable v) { return curl_easy_setopt(h, o, v); }
static inline CURLcode cs_easy_set_slist(CURL *h, CURLoption o, struct curl_slist *_Nullable v) { return curl_easy_setopt(h, o, v); }
static inline CURLcode cs_easy_set_write(CURL *h, CURLoption o, cs_write_cb _Nullable cb) { return curl_easy_setopt(h, o, cb); }
static inline CURLcode cs_easy_set_xferinfo(CURL *h, cs_xferinfo_cb _Nullable cb) { return curl_easy_setopt(h, CURLOPT_XFERINFOFUNCTION, cb); }
static inline CURLcode cs_easy_info_long(CURL *h, CURLINFO i, long *_Nonnull out) { return curl_easy_getinfo(h, i, out); }
static inline CURLcode cs_easy_info_off(CURL *h, CURLINFO i, curl_off_t *_Nonnull out) { return curl_easy_getinfo(h, i, out); }
static inline CURLcode cs_easy_info_str(CURL *h, CURLINFO i, char *_Nullable *_Nonnull out) { return curl_easy_getinfo(h, i, out); }
static inline CURLcode cs_easy_info_ptr(CURL *h, CURLINFO i, void *_Nullable *_Nonnull out) { return curl_easy_getinfo(h, i, out); }
static inline CURLMcode cs_multi_set_long(CURLM *m, CURLMoption o, long v) { return curl_multi_setopt(m, o, v); }
static inline CURLcode cs_msg_result(const CURLMsg *_Nonnull m) { return m->data.result; }
/* enum constants that carry casts/macros */
static const long CS_HTTP_VERSION_2TLS = CURL_HTTP_VERSION_2TLS;
static const long CS_HTTP_VERSION_2_PRIOR = CURL_HTTP_VERSION_2_PRIOR_KNOWLEDGE;
static const long CS_GLOBAL_DEFAULT = CURL_GLOBAL_DEFAULT;
static const long CS_PIPE_MULTIPLEX = CURLPIPE_MULTIPLEX;
#endif
