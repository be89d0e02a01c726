/* lookup.h - the tables that the sheet Kommune looks its figures and sentences up in. */
#ifndef BEHOV_CLI_LOOKUP_H
#define BEHOV_CLI_LOOKUP_H

#include <behov/profile_tables.h>
#include <behov/section.h>

enum { LOOKUP_MOST_LINES = 24, LOOKUP_KEY = 500 };

/* The tables, in this order. */
enum { LOOKUP_YEARS, LOOKUP_GROUPS, LOOKUP_MUNICIPALITIES, LOOKUP_TABLES };

/* What is said; the first two of a year, in the table of years, the others in that of municipalities. */
typedef enum lookup_paragraph {
    LOOKUP_ANSWER,
    LOOKUP_TO_100,
    LOOKUP_PLACE,
    LOOKUP_NEXT,
    LOOKUP_DATA,
    LOOKUP_PARAGRAPHS
} lookup_paragraph;

/* Adds three sections: by municipality and year, by group and year (the country first), by municipality.
 * \param profiles  borrowed for the call
 * \param width     characters of a line of the sentences */
behov_status lookup_add(const behov_profiles *profiles, size_t width, behov_section_list *list,
                        behov_error *err) BEHOV_MUST_CHECK;

/* "1860 Vestvågøy": what is chosen; the key of a row is that and the year, which a formula makes as name&" "&year. */
void lookup_name(const behov_profiles *profiles, const behov_profile *profile, char text[LOOKUP_KEY]);
void lookup_key(const char *name, int year, char text[LOOKUP_KEY]);
bool lookup_has_years(const behov_profiles *profiles);
/* The name of the municipality's group; "" without one. */
const char *lookup_group(const behov_profiles *profiles, const behov_profile *profile);

/* Whether the table of years has a column of this figure; the key of a term's column, there and in that of groups. */
bool lookup_has_figure(const behov_profiles *profiles, const behov_profile_figure *figure);
void lookup_term_key(size_t term, char text[32]);
/* The key of the column, in the table of municipalities, of a figure of years to come and a forecast. */
void lookup_forecast_key(const behov_profile_figure *figure, size_t which, char text[60]);
/* Whether there are such columns, and one of this forecast. */
bool lookup_has_forecast(const behov_profiles *profiles, size_t which);
/* The key of the column with a line of a paragraph, counted from 0; there may be fewer lines. */
void lookup_line_key(lookup_paragraph which, size_t line, char text[40]);
bool lookup_is_of_year(lookup_paragraph which);
/* A line of a text that is broken at `width` characters, in the place of what the words said; nothing past its end. */
void lookup_line(const char *text, size_t width, size_t line, behov_wording *words);

#endif
