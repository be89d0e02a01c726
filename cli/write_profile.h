/* write_profile.h - profiles of municipalities as a page, as JSON and as sections. */
#ifndef BEHOV_CLI_WRITE_PROFILE_H
#define BEHOV_CLI_WRITE_PROFILE_H

#include <stdio.h>

#include "profile.h"
#include "section.h"

/* A row for each municipality and year. */
behov_status profiles_table(const profiles *of, behov_report **report, behov_error *err) BEHOV_MUST_CHECK;
/* A workbook has one sheet for each municipality; a page a table of years and one of drivers. */
behov_status profiles_add(const profiles *of, bool is_workbook, section_list *list, behov_error *err) BEHOV_MUST_CHECK;
/* The page of `behov profile`: the answers first. */
behov_status write_profiles_page(const profiles *of, FILE *out, behov_error *err) BEHOV_MUST_CHECK;
/* One object with a list of municipalities; path NULL = standard output. */
behov_status write_profiles_json(const char *path, const profiles *of, behov_error *err) BEHOV_MUST_CHECK;

/* Words of the page, for whoever shows a municipality in another way; "" where there is nothing to say. */
enum { PROFILE_SENTENCE = 700 };
void profile_title(const profiles *of, const profile *one, char text[PROFILE_SENTENCE]);
/* The answer about the year and the one about the lasting level. */
void profile_answers(const profiles *of, const profile *one, char ratio[PROFILE_SENTENCE],
                     char lasting[PROFILE_SENTENCE]);
void profile_why(const profiles *of, const profile *one, char text[PROFILE_SENTENCE]);
/* The i-th note on its data or on how levels and contributions are computed; false past the last. */
bool profile_note(const profiles *of, const profile *one, size_t i, char text[PROFILE_SENTENCE]);

#endif
