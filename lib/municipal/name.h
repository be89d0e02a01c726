/* name.h - whether two texts are one name: without case, and however its accents are encoded. */
#ifndef BEHOV_NAME_H
#define BEHOV_NAME_H

#include <stdbool.h>
#include <stddef.h>

/* A name folded: "KÁRÁŠJOHKA", "Kárášjohka" and the same with its accents as letters of their own are one text. From
 * malloc; NULL without memory. What is no UTF-8 stands as it is, but for A-Z. */
char *behov_name_fold(const char *text, size_t length);

/* Whether a folded name is meant by a folded text: the whole, without what stands in brackets ("Våler (Hedm.)"), or one
 * of several languages ("Porsanger - Porsángu - Porsanki"), separated by a hyphen or dash with a blank on both sides,
 * or by a slash; in any order where the text names several. */
bool behov_name_is_meant(const char *folded_name, const char *folded_text);

/* Whether two texts (of so many bytes) are one label: without case, whatever blanks part its words, none around them. No
 * without memory. */
bool behov_name_is_label(const char *a, size_t n_a, const char *b, size_t n_b);

/* Letters that two folded names share from the start. */
size_t behov_name_common_start(const char *a, const char *b);

#endif
