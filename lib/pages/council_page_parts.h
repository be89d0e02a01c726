/* council_page_parts.h - what the files of a council's page share. */
#ifndef BEHOV_COUNCIL_PAGE_PARTS_H
#define BEHOV_COUNCIL_PAGE_PARTS_H

#include <behov/council_page.h>
#include <behov/level_words.h>
#include <behov/number.h>
#include <behov/profile_sentences.h>
#include <behov/ratio.h>
#include <behov/report.h>
#include <stdbool.h>

/* ---- texts ------------------------------------------------------------------------------------------------------- */

behov_language council_language(const behov_council *council);
bool council_in_kroner(const behov_council *council);
/* The word, or its twin for an outcome that is not kroner. */
behov_word council_word(const behov_council *council, behov_word word);
const char *council_label(const behov_council *council, behov_word word);
const behov_municipality *council_municipality(const behov_council *council, size_t place);
/* Its name, or its code where it has none. */
const char *council_name(const behov_council *council, size_t place);
const behov_profile_year *council_year(const behov_council *council, size_t page);
/* The name of its group; "" without one. */
const char *council_group(const behov_council *council, size_t place);
/* " in 2016", nothing without years; "2016". Added to the words. */
void council_add_in_year(const behov_council *council, behov_wording *words);
void council_add_year(const behov_council *council, behov_wording *words);
/* "2 039 kr per innbygger"; "2 039" alone, or "+213"; a sum in kroner with its sign. Added to the words. */
void council_add_amount(const behov_council *council, double amount, behov_wording *words);
void council_add_figure(const behov_council *council, double amount, bool has_sign, behov_wording *words);
void council_add_kroner(const behov_council *council, double amount_1000kr, behov_wording *words);
/* Ratio as printed, of a level as shown: "91", never below 0. */
const char *council_whole(const behov_council *council, double value, char text[BEHOV_NUMBER_SIZE]);
const char *council_level_figure(const behov_council *council, double per_cent, char text[BEHOV_NUMBER_SIZE]);
/* "79–103", "under 0 til 3 975"; nothing without an interval. Added to the words. */
void council_add_interval(const behov_council *council, behov_interval interval, behov_wording *words);
/* The level of intervals, "90". */
/* "Tjøme er ikke egen kommune fra 2018: den ble en del av Færder (3811)." of one that ends. */
void council_say_end(const behov_council *council, size_t page, behov_wording *words);
/* "Ikke med, fordi tall mangler for 2016 (siste år med tall): Hitra (1617): 2015." of who has no need in the year. */
void council_say_lacking(const behov_council *council, behov_wording *words);
/* That levels below 0 are shown as 0, where one is. */
void council_say_below_zero(const behov_council *council, behov_wording *words);
const char *council_interval_level(const behov_council *council, char text[BEHOV_NUMBER_SIZE]);

/* "probably" of intervals of this level, or "perhaps". */
const char *council_likely(const behov_council *council);
/* Whether 100 lies within what the year may be, though the ratio is not 100 as printed. */
bool council_year_is_unsure(const behov_council *council, size_t page);
/* Whether the years of a municipality are taken as independent, and 100 lies outside the interval of the year so but not
 * under clusters by municipality, or nothing is known of that one. */
bool council_year_rests_on_clusters(const behov_council *council, size_t place);
/* The interval of the year's ratio that a claim of it stands against: in the latter case that under clusters by
 * municipality. */
behov_interval council_year_interval(const behov_council *council, size_t page);
/* Whether levels stand on enough years and municipalities (behov_lasting_is_firm). */
bool council_is_firm(const behov_council *council);
/* What the intervals of tables and of what-if stand on, where a claim of a year may stand on another; else nothing. */
void council_say_clusters_here(const behov_council *council, behov_wording *words);
/* Fewer municipalities than levels can be trusted with. */
bool council_has_few_municipalities(const behov_council *council);
/* A ratio that may be drawn: none is made of a negative expenditure. */
double council_drawn_ratio(double ratio);
/* Whether the municipality has a group with others in it that have a need in the year; it is in one alone. */
bool council_has_group(const behov_council *council, const behov_profile *profile);
bool council_is_alone(const behov_council *council, const behov_profile *profile);

/* The finding that a figure of the municipality's own may be wrong (behov/finding_doubts.h), one of the year before others;
 * NULL = none. */
const behov_oddity *council_doubt(const behov_council *council, size_t place);
/* What can be said of the level of a place; of intervals below 80 per cent, neither "probably"; nothing is sure where a
 * figure may be wrong. */
behov_lasting_claim council_claim(const behov_council *council, size_t place, behov_lasting level);
bool council_has_level(const behov_profile_year *now);
/* Whether the interval of a level holds 100 and is 100 percentage points wide or more: no information. */
bool council_level_is_useless(const behov_profile_year *now);
/* What is claimed of a place, in a cell of its row: "klart over", or that a figure may be wrong. */
const char *council_claim_label(const behov_council *council, size_t place);

/* ---- cautions (council_cautions.c), the sentence to be quoted (council_quote.c) -------------------------------------- */

/* What the panel is too small or the clustering too coarse for; false and no words when there are no more. */
bool council_caution(const behov_council *council, size_t i, behov_wording *words);
/* Added to the page: the year and the level, each with its interval, and what the figures are. */
void council_put_quote(const behov_council *council, size_t page, behov_wording *out);

/* ---- markup ------------------------------------------------------------------------------------------------------ */

/* The text of a word, escaped. */
void council_put_word(const behov_council *council, behov_word word, behov_wording *out);
/* A text that begins a label, "Landet" of "landet" (ASCII letters alone), added to words, or escaped. */
void council_add_capital(const char *text, behov_wording *words);
void council_put_capital(const char *text, behov_wording *out);
/* <p class="KIND">text</p> (kind NULL = none), the text escaped and forgotten; nothing for no text. */
void council_put_paragraph(const char *kind, behov_wording *words, behov_wording *out);
/* A number that a script reads: 17 digits, "null" where there is none. */
void council_put_exact(double value, behov_wording *out);
/* The same for a file that it saves: so many digits, without zeros at the end; nothing for NaN. */
void council_put_value(double value, int digits, behov_wording *out);
/* A string of JSON that may stand in an element of HTML. */
void council_put_string(const char *text, behov_wording *out);
/* <div class=tw> with a table: header, rows and their units as a report has them. `caption` is escaped. */
behov_status council_put_report(const behov_council *council, const behov_report *report, const char *id,
                                const char *caption, behov_wording *out, behov_error *err);
/* "Simulerte tall" and what intervals hold, the version: beneath a picture. */
void council_add_source(const behov_council *council, behov_word word, behov_wording *words);

/* ---- pieces ------------------------------------------------------------------------------------------------------ */

behov_status council_put_answer(const behov_council *council, size_t page, behov_wording *out, behov_error *err);
behov_status council_put_sure(const behov_council *council, size_t page, behov_wording *out, behov_error *err);
behov_status council_put_why(const behov_council *council, size_t page, behov_wording *out, behov_error *err);
behov_status council_put_misuse(const behov_council *council, size_t page, behov_wording *out, behov_error *err);
behov_status council_put_like(const behov_council *council, size_t page, bool is_packed, behov_wording *out,
                              behov_error *err);
behov_status council_put_years(const behov_council *council, size_t page, behov_wording *out, behov_error *err);
behov_status council_put_data(const behov_council *council, size_t page, behov_wording *out, behov_error *err);
/* The pictures of all, the first municipality marked where the page is of one; the table of all. */
behov_status council_put_pictures(const behov_council *council, const behov_council_extras *extras, behov_wording *out,
                                  behov_error *err);
/* The row of a place in the table of all (`is_all`), or of a comparison: without its group, code and place. */
void council_put_row(const behov_council *council, size_t place, bool is_all, bool is_own, behov_wording *out);
/* Header of the same columns; the classes of their table. */
void council_put_column_classes(const behov_council *council, bool is_all, behov_wording *out);
void council_put_header(const behov_council *council, bool is_all, behov_wording *out);
behov_status council_put_table(const behov_council *council, behov_wording *out, behov_error *err);
/* Sliders, with the figures of a municipality; nothing where no column can be changed. */
bool council_has_sliders(const behov_council *council);
void council_put_whatif(const behov_council *council, size_t page, behov_wording *out);
/* What the script reads of all. */
void council_put_common_data(const behov_council *council, const behov_council_extras *extras, behov_wording *out);
/* Method, source, definitions, downloads. */
behov_status council_put_method(const behov_council *council, const behov_council_extras *extras, behov_wording *out,
                                behov_error *err);

#endif
