/* json_build.h - a JSON tree that is whole or not there: the only way the program puts values into one.
 *
 * jansson loses a key without a word when memory ends or a text is no UTF-8. Here every step is looked at, and the
 * first that fails is kept, so that the calls need no checks of their own: whoever writes the tree asks
 * json_build_is_whole. */
#ifndef BEHOV_CLI_JSON_BUILD_H
#define BEHOV_CLI_JSON_BUILD_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include <behov/error.h>
#include <behov/language.h>
#include <behov/wording.h>

/* Puts a value into an object, or at the end of an array, which take it over. NULL for either is a failure that is
 * kept: json_object(), json_array() and all below may be handed over as they come. */
void json_put(json_t *object, const char *key, json_t *value);
void json_add(json_t *array, json_t *value);

/* A text; null for NULL. Bytes that are no UTF-8 become U+FFFD each: a text that is seen to be odd, not a lost key. */
json_t *json_text(const char *text);
/* A sentence that has grown, which is freed; one that could not grow is a failure that is kept. */
json_t *json_said(behov_wording *words);
/* A figure; null for one that is none or infinite. */
json_t *json_figure(double value);
json_t *json_count(size_t value);
/* The sentence of an error, in a language; whoever reads it shows it to a user. */
json_t *json_reason(const behov_error *why, behov_language lang);

/* Prints a value as json_dump_callback does, with marks that a terminal obeys or no eye sees (C1, bidirectional
 * controls, zero widths) as \uXXXX: the same text to every reader of JSON. 0, or -1 when `put` or jansson fails. */
int json_dump_seen(const json_t *value, json_dump_callback_t callback, void *context, size_t flags);

/* Whether every step since the last time this was asked has been done. */
bool json_build_is_whole(void);

#endif
