#pragma once

#include <curl/curl.h>

// Swift cannot call variadic C functions: one inline wrapper for each type of value.

static inline CURLcode reconcile_curl_set_long(CURL *handle, CURLoption option, long value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode reconcile_curl_set_offset(CURL *handle, CURLoption option, curl_off_t value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode reconcile_curl_set_string(CURL *handle, CURLoption option, const char *value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode reconcile_curl_set_pointer(CURL *handle, CURLoption option, void *value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode reconcile_curl_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
  return curl_easy_setopt(handle, option, value);
}

// The version that this file was made for is a macro, which Swift does not see.
static inline const curl_version_info_data *reconcile_curl_version(void) { return curl_version_info(CURLVERSION_NOW); }

// Both directions have this shape: bytes that arrived, or room for bytes to send.
typedef size_t (*reconcile_curl_sink)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode reconcile_curl_set_sink(CURL *handle, CURLoption option, reconcile_curl_sink value) {
  return curl_easy_setopt(handle, option, value);
}

typedef int (*reconcile_curl_seek)(void *context, curl_off_t offset, int origin);

static inline CURLcode reconcile_curl_set_seek(CURL *handle, CURLoption option, reconcile_curl_seek value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode reconcile_curl_get_long(CURL *handle, CURLINFO info, long *value) {
  return curl_easy_getinfo(handle, info, value);
}

static inline CURLcode reconcile_curl_get_socket(CURL *handle, CURLINFO info, curl_socket_t *value) {
  return curl_easy_getinfo(handle, info, value);
}

static inline CURLcode reconcile_curl_get_offset(CURL *handle, CURLINFO info, curl_off_t *value) {
  return curl_easy_getinfo(handle, info, value);
}

static inline CURLMcode reconcile_curl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
  return curl_multi_setopt(multi, option, value);
}

// Macros that Swift does not see.
static const long reconcile_curl_http2_over_tls = CURL_HTTP_VERSION_2TLS;
static const long reconcile_curl_tls12 = CURL_SSLVERSION_TLSv1_2;
static const long reconcile_curl_multiplex = CURLPIPE_MULTIPLEX;
static const long reconcile_curl_global_all = CURL_GLOBAL_ALL;
