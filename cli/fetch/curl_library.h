/* curl_library.h - the functions of libcurl that this room calls, found when the first of them is needed: loading it with the
 * forty libraries that it stands on took longer than all else at the start of every verb that fetches nothing. */
#ifndef BEHOV_CLI_CURL_LIBRARY_H
#define BEHOV_CLI_CURL_LIBRARY_H

/* The variadic functions are called by their types here, which the checks of curl's macros would hide. */
#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>

#include <behov/error.h>

/* As <curl/curl.h> declares them. */
typedef struct curl_library {
    CURLcode (*global_init)(long flags);
    void (*global_cleanup)(void);
    CURL *(*easy_init)(void);
    void (*easy_cleanup)(CURL *curl);
    void (*easy_reset)(CURL *curl);
    CURLcode (*easy_perform)(CURL *curl);
    CURLcode (*easy_setopt)(CURL *curl, CURLoption option, ...);
    CURLcode (*easy_getinfo)(CURL *curl, CURLINFO info, ...);
    const char *(*easy_strerror)(CURLcode code);
    CURLHcode (*easy_header)(CURL *curl, const char *name, size_t index, unsigned int origin, int request,
                             struct curl_header **header);
    struct curl_slist *(*slist_append)(struct curl_slist *list, const char *text);
    void (*slist_free_all)(struct curl_slist *list);
    CURLU *(*url)(void);
    void (*url_cleanup)(CURLU *url);
    CURLUcode (*url_set)(CURLU *url, CURLUPart part, const char *text, unsigned int flags);
    CURLUcode (*url_get)(const CURLU *url, CURLUPart part, char **text, unsigned int flags);
    void (*free)(void *memory);
    time_t (*getdate)(const char *text, const time_t *unused);
} curl_library;

/* Finds them (*library: valid until the process ends). BEHOV_E_FILE: it is not there, cannot be
 * loaded, or lacks one of them. */
behov_status curl_library_open(const curl_library **library, behov_error *err) BEHOV_MUST_CHECK;

#endif
