/* lookup.c - tables of the figures and sentences of all municipalities, a row for each key.
 *
 * A row is found by its key, "1860 Vestvågøy 2016", so that the tables may be sorted and filtered. Sentences are broken
 * into lines here, a column each, for a sheet of formulas has no text that runs over cells. */
#include "lookup.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <behov/group_names.h>
#include <behov/labels.h>
#include <behov/lasting.h>
#include <behov/parallel.h>
#include <behov/study_words.h>
#include "letters.h"
#include "workbook.h"

static behov_language lang_of(const behov_profiles *profiles)
{
    return profiles->fit_results->study->lang;
}

static const behov_municipality *place_of(const behov_profiles *profiles, const behov_profile *profile)
{
    return &profiles->country.places.all[profile->place];
}

void lookup_name(const behov_profiles *profiles, const behov_profile *profile, char text[LOOKUP_KEY])
{
    behov_municipality_list_name(place_of(profiles, profile), text, BEHOV_MUNICIPALITY_NAME);
}

void lookup_key(const char *name, int year, char text[LOOKUP_KEY])
{
    if (year)
        snprintf(text, LOOKUP_KEY, "%.*s %d", behov_letters_clip(name, 400), name, year);
    else
        snprintf(text, LOOKUP_KEY, "%.*s", behov_letters_clip(name, 400), name);
}

bool lookup_has_years(const behov_profiles *profiles)
{
    return profiles->all[0].years[0].year != 0;
}

/* ---- sentences, broken into the lines of a sheet -------------------------------------------------------------------
 */

bool lookup_is_of_year(lookup_paragraph which)
{
    return which == LOOKUP_ANSWER || which == LOOKUP_TO_100;
}

static void say_paragraph(const behov_profiles *profiles, const behov_profile *profile, size_t year,
                          lookup_paragraph which, behov_wording *words)
{
    static const behov_profile_sentence_kind kinds[][2] = {
        [LOOKUP_ANSWER] = {BEHOV_PROFILE_RATIO, BEHOV_PROFILE_LASTING},
        [LOOKUP_TO_100] = {BEHOV_PROFILE_TO_100, BEHOV_PROFILE_CHANGE},
        [LOOKUP_PLACE] = {BEHOV_PROFILE_PLACE, BEHOV_PROFILE_PLACE_IN_GROUP},
        [LOOKUP_NEXT] = {BEHOV_PROFILE_NEXT}};
    behov_wording sentence = {0};
    behov_wording_clear(words);
    for (size_t i = 0; i < (which == LOOKUP_DATA ? BEHOV_PROFILE_DATA_NOTES : which == LOOKUP_NEXT ? 1 : 2); i++) {
        if (which == LOOKUP_DATA)
            behov_profile_data_note(profiles, profile, i, &sentence);
        else
            behov_profile_sentence(profiles, profile, year, kinds[which][i], &sentence);
        if (sentence.length)
            behov_wording_add_after(words, " ", behov_wording_text(&sentence));
    }
    behov_wording_spend(words, &sentence);
}

static behov_status out_of_memory(behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_LOOKUP_NO_MEMORY);
}

/* Every paragraph of a kind: number r is of the profile r / each in the year r % each, where each has one. */
typedef struct paragraphs {
    const behov_profiles *profiles;
    lookup_paragraph which;
    size_t each;
    behov_wording *all;
    size_t n, n_lines; /* lines of the longest */
} paragraphs;

static void paragraphs_free(paragraphs *paragraphs)
{
    for (size_t r = 0; r < paragraphs->n && paragraphs->all; r++)
        behov_wording_free(&paragraphs->all[r]);
    free(paragraphs->all);
}

enum { PARTS = 16 }; /* of the paragraphs */

static void say_part(void *context, size_t part)
{
    paragraphs *paragraphs = context;
    size_t each = paragraphs->each;
    for (size_t r = part; r < paragraphs->n; r += PARTS)
        say_paragraph(paragraphs->profiles, &paragraphs->profiles->all[r / each], r % each, paragraphs->which,
                      &paragraphs->all[r]);
}

static behov_status say_paragraphs(const behov_profiles *profiles, lookup_paragraph which, size_t width,
                                   paragraphs *paragraphs, behov_error *err)
{
    size_t each = lookup_is_of_year(which) ? profiles->n_years : 1, n = profiles->n * each;
    *paragraphs = (struct paragraphs){.profiles = profiles, .which = which, .each = each, .n = n};
    paragraphs->all = calloc(n + 1, sizeof *paragraphs->all);
    behov_status status = paragraphs->all ? BEHOV_OK : out_of_memory(err);
    if (!status)
        behov_parallel(profiles->fit_results->study->n_threads, PARTS, say_part, paragraphs);
    for (size_t r = 0; r < n && !status; r++) {
        const behov_wording *words = &paragraphs->all[r];
        status = behov_wording_status(words, err);
        size_t n_lines = words->length ? behov_workbook_lines(behov_wording_text(words), width) : 0;
        paragraphs->n_lines = n_lines > paragraphs->n_lines ? n_lines : paragraphs->n_lines;
    }
    paragraphs->n_lines = paragraphs->n_lines < LOOKUP_MOST_LINES ? paragraphs->n_lines : LOOKUP_MOST_LINES;
    return status;
}

void lookup_line_key(lookup_paragraph which, size_t line, char text[40])
{
    static const char *const names[] = {"answer", "to_100", "place", "next", "data"};
    snprintf(text, 40, "%s_%lu", names[which], (unsigned long)line + 1);
}

/* What follows a first line of so many bytes. */
static const char *after_line(const char *paragraph_text, size_t length)
{
    paragraph_text += length;
    return paragraph_text + (*paragraph_text == ' ' || *paragraph_text == '\n');
}

void lookup_line(const char *paragraph_text, size_t width, size_t line, behov_wording *words)
{
    for (; line > 0 && *paragraph_text; line--)
        paragraph_text = after_line(paragraph_text, behov_workbook_line(paragraph_text, width));
    behov_wording_clear(words);
    behov_wording_add_bytes(words, paragraph_text, behov_workbook_line(paragraph_text, width));
}

static behov_status add_line_columns(const behov_profiles *profiles, lookup_paragraph which, size_t n_lines,
                                     behov_report *out, behov_error *err)
{
    static const behov_word headings[] = {BEHOV_WORD_LOOKUP_ANSWER, BEHOV_WORD_LOOKUP_TO_100, BEHOV_WORD_LOOKUP_PLACE,
                                          BEHOV_WORD_LOOKUP_NEXT, BEHOV_WORD_LOOKUP_DATA};
    char key[40], heading[100], number[24];
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < n_lines && !status; i++) {
        lookup_line_key(which, i, key);
        snprintf(number, sizeof number, "%lu", (unsigned long)i + 1);
        behov_label_fill(lang_of(profiles), headings[which], heading, sizeof heading, "n", number, NULL);
        status = behov_report_add_texts(out, (behov_report_column){key, heading, BEHOV_Q_TEXT}, err);
    }
    return status;
}

/* A paragraph in the cells of its row. */
static behov_status set_lines(const char *paragraph_text, size_t width, size_t n_lines, size_t first, size_t row,
                              behov_report *out, behov_error *err)
{
    behov_wording line = {0};
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < n_lines && *paragraph_text && !status; i++) {
        size_t length = behov_workbook_line(paragraph_text, width);
        behov_wording_clear(&line);
        behov_wording_add_bytes(&line, paragraph_text, length);
        paragraph_text = after_line(paragraph_text, length);
        status = behov_wording_status(&line, err);
        if (!status && line.length)
            status = behov_report_set_text(out, first + i, row, behov_wording_text(&line), err);
    }
    behov_wording_free(&line);
    return status;
}

/* Columns of text, one for each line, filled row by row. */
static behov_status add_lines(const behov_profiles *profiles, lookup_paragraph which, size_t width, behov_report *out,
                              behov_error *err)
{
    size_t first = behov_report_n_columns(out);
    paragraphs paragraphs;
    behov_status status = say_paragraphs(profiles, which, width, &paragraphs, err);
    if (!status)
        status = add_line_columns(profiles, which, paragraphs.n_lines, out, err);
    for (size_t r = 0; r < paragraphs.n && !status; r++)
        status = set_lines(behov_wording_text(&paragraphs.all[r]), width, paragraphs.n_lines, first, r, out, err);
    paragraphs_free(&paragraphs);
    return status;
}

/* ---- the tables ----------------------------------------------------------------------------------------------------
 */

void lookup_term_key(size_t term, char text[32])
{
    snprintf(text, 32, "term_%lu", (unsigned long)term + 1);
}

static behov_status add_column(behov_report *out, const char *key, const char *words, behov_quantity quantity,
                               double *values, behov_error *err)
{
    behov_status status =
        values ? behov_report_add_numbers(out, (behov_report_column){key, words, quantity}, values, true, err)
               : out_of_memory(err);
    if (status)
        free(values);
    return status;
}

/* Whose drivers; OWN is the municipality. */
enum { OWN = BEHOV_PEER_BOTH };

static double part_of(const behov_profiles *profiles, const behov_profile_year *profile_year, size_t term, size_t whose)
{
    behov_profile_part part = behov_profile_part_of(profiles, profile_year, term);
    return whose == OWN ? part.value : part.means[whose];
}

/* Figures of all years: those of a profile's page, and what its kroner are made of. */
bool lookup_has_figure(const behov_profiles *profiles, const behov_profile_figure *figure)
{
    return behov_profile_figure_has_row(profiles, figure) &&
           (figure->is_on_page || strcmp(figure->key, "population") == 0);
}

/* Heading of a column: an amount keeps the outcome's unit here, which is said. */
static const char *amount_heading(const behov_profiles *profiles, const char *key)
{
    static const struct {
        const char *key;
        behov_word in_1000kr, in_kr, other;
    } headings[] = {{"actual", BEHOV_WORD_ACTUAL_1000KR, BEHOV_WORD_ACTUAL_KR, BEHOV_WORD_ACTUAL_OTHER},
                    {"need", BEHOV_WORD_NEED_1000KR, BEHOV_WORD_NEED_KR, BEHOV_WORD_NEED_OTHER},
                    {"gap", BEHOV_WORD_GAP_EACH_1000KR, BEHOV_WORD_GAP_EACH_KR, BEHOV_WORD_GAP}};
    for (size_t i = 0; i < sizeof headings / sizeof *headings; i++)
        if (strcmp(headings[i].key, key) == 0)
            return behov_study_label_by_unit(profiles->fit_results->study, headings[i].in_1000kr, headings[i].in_kr,
                                             headings[i].other);
    return behov_label_of_key(lang_of(profiles), key);
}

static void say_year_heading(const behov_profiles *profiles, const behov_profile_figure *figure, behov_wording *words)
{
    behov_wording_clear(words);
    if (figure->quantity == BEHOV_Q_OUTCOME)
        behov_wording_add(words, amount_heading(profiles, figure->key));
    else
        behov_profile_figure_label(profiles, figure, words);
}

static behov_quantity year_quantity(const behov_profiles *profiles, const behov_profile_figure *figure)
{
    return figure->quantity == BEHOV_Q_OUTCOME ? behov_study_amount_quantity(profiles->fit_results->study)
                                               : figure->quantity;
}

/* In the outcome's unit; a lasting level as it is shown. */
static double year_figure(const behov_profile_figure *figure, const behov_profile_year *profile_year)
{
    double value = behov_profile_figure_of(figure, profile_year);
    return strncmp(figure->key, "shrunk_ratio", strlen("shrunk_ratio")) == 0 ? behov_lasting_shown(value) : value;
}

static double *year_figures(const behov_profiles *profiles, const behov_profile_figure *figure, size_t term)
{
    size_t n = profiles->n * profiles->n_years;
    double *values = malloc((n + 1) * sizeof *values);
    for (size_t i = 0; i < n && values; i++) {
        const behov_profile_year *profile_year = &profiles->all[i / profiles->n_years].years[i % profiles->n_years];
        values[i] = figure                   ? year_figure(figure, profile_year)
                    : profile_year->has_need ? part_of(profiles, profile_year, term, OWN)
                                             : NAN;
    }
    return values;
}

static behov_status years_table(const behov_profiles *profiles, size_t width, behov_report **out, behov_error *err)
{
    enum { KEY_TEXT, CODE, NAME, TEXTS };
    static const behov_report_column texts[] = {{"lookup_key", NULL, BEHOV_Q_TEXT},
                                                {"municipality_code", NULL, BEHOV_Q_CODE},
                                                {"municipality", NULL, BEHOV_Q_TEXT}};
    size_t n = profiles->n * profiles->n_years;
    behov_report *report = NULL;
    behov_status status = behov_report_new("lookup_years", n, NULL, &report, err);
    for (size_t j = 0; j < TEXTS && !status; j++)
        status = behov_report_add_texts(report, texts[j], err);
    double *years = malloc((n + 1) * sizeof *years);
    for (size_t i = 0; i < n && years; i++)
        years[i] = lookup_has_years(profiles) ? (double)profiles->all[0].years[i % profiles->n_years].year : NAN;
    if (status)
        free(years);
    else
        status = add_column(report, "year", NULL, BEHOV_Q_YEAR, years, err);
    behov_wording heading = {0};
    for (size_t j = 0; j < behov_n_profile_figures && !status; j++) {
        const behov_profile_figure *figure = &behov_profile_figures[j];
        if (!lookup_has_figure(profiles, figure))
            continue;
        say_year_heading(profiles, figure, &heading);
        status = behov_wording_status(&heading, err);
        if (!status)
            status = add_column(report, figure->key, behov_wording_text(&heading), year_quantity(profiles, figure),
                                year_figures(profiles, figure, 0), err);
    }
    behov_wording_free(&heading);
    for (size_t j = 0; j < profiles->n_terms && !status; j++) {
        char key[32];
        lookup_term_key(j, key);
        status = add_column(report, key, profiles->terms[j].label, BEHOV_Q_VALUE, year_figures(profiles, NULL, j), err);
    }
    for (size_t i = 0; i < n && !status; i++) {
        const behov_profile *profile = &profiles->all[i / profiles->n_years];
        const behov_municipality *place = place_of(profiles, profile);
        char name[LOOKUP_KEY], key[LOOKUP_KEY];
        lookup_name(profiles, profile, name);
        lookup_key(name, profile->years[i % profiles->n_years].year, key);
        const char *const row[] = {[KEY_TEXT] = key, [CODE] = place->code, [NAME] = place->name};
        for (size_t j = 0; j < TEXTS && !status; j++)
            status = behov_report_set_text(report, j, i, row[j], err);
    }
    for (lookup_paragraph which = 0; which < LOOKUP_PARAGRAPHS && !status; which++)
        if (lookup_is_of_year(which))
            status = add_lines(profiles, which, width, report, err);
    if (status)
        behov_report_free(report);
    else
        *out = report;
    return status;
}

/* Country first, then the groups: where each is looked up, from a profile that belongs to it and has a need. */
typedef struct group_row {
    const char *name;
    size_t whose;
    const behov_profile_year *profile_year; /* NULL = no municipality of it has a need in the year */
    int year;
} group_row;

static void find_group_rows(const behov_profiles *profiles, group_row *rows)
{
    size_t n_groups = profiles->has_group ? profiles->group.groups.n : 0;
    for (size_t g = 0; g <= n_groups; g++)
        for (size_t t = 0; t < profiles->n_years; t++)
            rows[g * profiles->n_years + t] =
                (group_row){g ? behov_group_name(&profiles->group.groups, (int)g - 1, lang_of(profiles))
                              : behov_label(lang_of(profiles), BEHOV_WORD_LOOKUP_COUNTRY),
                            g ? BEHOV_PEER_GROUP : BEHOV_PEER_COUNTRY, NULL, profiles->all[0].years[t].year};
    for (size_t i = 0; i < profiles->n; i++) {
        int group = profiles->has_group ? profiles->group.groups.values[profiles->all[i].place] : BEHOV_WITHOUT_GROUP;
        for (size_t t = 0; t < profiles->n_years; t++) {
            const behov_profile_year *profile_year = &profiles->all[i].years[t];
            if (!profile_year->has_need)
                continue;
            rows[t].profile_year = rows[t].profile_year ? rows[t].profile_year : profile_year;
            group_row *own = group == BEHOV_WITHOUT_GROUP ? NULL : &rows[((size_t)group + 1) * profiles->n_years + t];
            if (own && !own->profile_year)
                own->profile_year = profile_year;
        }
    }
}

static behov_status groups_table(const behov_profiles *profiles, size_t width, behov_report **out, behov_error *err)
{
    (void)width;
    size_t n = (1 + (profiles->has_group ? profiles->group.groups.n : 0)) * profiles->n_years;
    behov_report *report = NULL;
    group_row *rows = calloc(n + 1, sizeof *rows);
    behov_status status = rows ? behov_report_new("lookup_groups", n, NULL, &report, err) : out_of_memory(err);
    static const behov_report_column texts[] = {{"group", NULL, BEHOV_Q_TEXT}, {"lookup_key", NULL, BEHOV_Q_TEXT}};
    for (size_t j = 0; j < 2 && !status; j++)
        status = behov_report_add_texts(report, texts[j], err);
    if (!status)
        find_group_rows(profiles, rows);
    for (size_t j = 0; j < 3 + profiles->n_terms && !status; j++) {
        char key[32] = "";
        double *values = malloc((n + 1) * sizeof *values);
        for (size_t i = 0; i < n && values; i++) {
            const group_row *row = &rows[i];
            values[i] = j == 0               ? (row->year ? (double)row->year : NAN)
                        : !row->profile_year ? NAN
                        : j == 1             ? row->profile_year->ratios[row->whose]
                        : j == 2             ? row->profile_year->means[row->whose]
                                             : part_of(profiles, row->profile_year, j - 3, row->whose);
        }
        if (j >= 3)
            lookup_term_key(j - 3, key);
        const behov_report_column fixed[] = {{"year", NULL, BEHOV_Q_YEAR},
                                             {"ratio", NULL, BEHOV_Q_RATIO},
                                             {"need", NULL, behov_study_amount_quantity(profiles->fit_results->study)}};
        const char *ratio = behov_label(profiles->fit_results->study->lang,
                                        behov_word_by_unit(BEHOV_WORD_RATIO, behov_profile_in_kroner(profiles)));
        status = j < 3 ? add_column(report, fixed[j].key,
                                    j == 2   ? amount_heading(profiles, "need")
                                    : j == 1 ? ratio
                                             : NULL,
                                    fixed[j].quantity, values, err)
                       : add_column(report, key, profiles->terms[j - 3].label, BEHOV_Q_COEFFICIENT, values, err);
    }
    for (size_t i = 0; i < n && !status; i++) {
        char key[LOOKUP_KEY];
        lookup_key(rows[i].name, rows[i].year, key);
        status = behov_report_set_text(report, 0, i, rows[i].name, err);
        if (!status)
            status = behov_report_set_text(report, 1, i, key, err);
    }
    free(rows);
    if (status)
        behov_report_free(report);
    else
        *out = report;
    return status;
}

const char *lookup_group(const behov_profiles *profiles, const behov_profile *profile)
{
    return behov_profile_has_group(profiles, profile)
               ? behov_group_name(&profiles->group.groups, profiles->group.groups.values[profile->place],
                                  lang_of(profiles))
               : "";
}

void lookup_forecast_key(const behov_profile_figure *figure, size_t which, char text[60])
{
    static const char *const prefixes[BEHOV_N_FORECASTS] = {"next_year", "coming_years", "new_municipality"};
    snprintf(text, 60, "%s%s", prefixes[which], figure->key + strlen(prefixes[BEHOV_FORECAST_NEXT]));
}

bool lookup_has_forecast(const behov_profiles *profiles, size_t which)
{
    return behov_profiles_next_year(profiles) && (which != BEHOV_FORECAST_COMING || behov_profile_has_coming(profiles));
}

/* "Neste år, 2017: Utgift (1000 kr per innbygger), 90 % fra" */
static void add_forecast_heading(const behov_profiles *profiles, const behov_profile_figure *figure, size_t which,
                                 behov_wording *words)
{
    behov_outcome_unit unit = profiles->fit_results->study->unit;
    behov_word word = figure->quantity == BEHOV_Q_RATIO
                          ? behov_profile_word(profiles, BEHOV_WORD_PROFILE_FORECAST_RATIO)
                      : figure->quantity == BEHOV_Q_GAP          ? BEHOV_WORD_PROFILE_FORECAST_IN_ALL
                      : unit == BEHOV_UNIT_1000KR_PER_INHABITANT ? BEHOV_WORD_LOOKUP_EXPENDITURE_1000KR
                      : unit == BEHOV_UNIT_KR_PER_INHABITANT     ? BEHOV_WORD_LOOKUP_EXPENDITURE_KR
                                                                 : BEHOV_WORD_PROFILE_FORECAST_OUTCOME_OTHER;
    behov_wording label = {0};
    behov_profile_forecast_name(profiles, which, words);
    behov_wording_print(words, ": %s", behov_label(lang_of(profiles), word));
    if (figure->has_level) {
        behov_profile_forecast_label(profiles, figure, &label);
        behov_wording_add(words, ", ");
        behov_wording_add(words, behov_wording_text(&label));
    }
    behov_wording_spend(words, &label);
}

/* A column of a forecast, with the figures of each municipality's last year with a need; in the outcome's unit. */
static behov_status add_forecast(const behov_profiles *profiles, const behov_profile_figure *figure, size_t which,
                                 behov_report *out, behov_error *err)
{
    behov_profile_figure other = *figure;
    char key[60];
    behov_wording heading = {0};
    double *values = malloc((profiles->n + 1) * sizeof *values);
    other.index += which * sizeof(behov_forecast);
    for (size_t i = 0; i < profiles->n && values; i++)
        values[i] = behov_profile_figure_of(&other, &profiles->all[i].years[profiles->all[i].last_need]);
    lookup_forecast_key(figure, which, key);
    add_forecast_heading(profiles, figure, which, &heading);
    behov_status status = behov_wording_status(&heading, err);
    if (status)
        free(values);
    else
        status = add_column(out, key, behov_wording_text(&heading), year_quantity(profiles, figure), values, err);
    behov_wording_free(&heading);
    return status;
}

static behov_status add_forecasts(const behov_profiles *profiles, behov_report *out, behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t which = 0; which < BEHOV_N_FORECASTS; which++)
        for (size_t i = 0; i < behov_n_profile_figures && !status; i++)
            if (lookup_has_forecast(profiles, which) &&
                behov_profile_figure_is_forecast(profiles, &behov_profile_figures[i]))
                status = add_forecast(profiles, &behov_profile_figures[i], which, out, err);
    return status;
}

static behov_status municipalities_table(const behov_profiles *profiles, size_t width, behov_report **out,
                                         behov_error *err)
{
    static const behov_report_column texts[] = {
        {"municipality", NULL, BEHOV_Q_TEXT}, {"municipality_code", NULL, BEHOV_Q_CODE}, {"group", NULL, BEHOV_Q_TEXT}};
    behov_report *report = NULL;
    behov_status status = behov_report_new("lookup_municipalities", profiles->n, NULL, &report, err);
    for (size_t j = 0; j < 3 && !status; j++)
        status = behov_report_add_texts(report, texts[j], err);
    for (size_t i = 0; i < profiles->n && !status; i++) {
        char name[LOOKUP_KEY];
        lookup_name(profiles, &profiles->all[i], name);
        const char *const row[] = {name, place_of(profiles, &profiles->all[i])->code,
                                   lookup_group(profiles, &profiles->all[i])};
        for (size_t j = 0; j < 3 && !status; j++)
            status = behov_report_set_text(report, j, i, row[j], err);
    }
    if (!status)
        status = add_forecasts(profiles, report, err);
    for (lookup_paragraph which = 0; which < LOOKUP_PARAGRAPHS && !status; which++)
        if (!lookup_is_of_year(which))
            status = add_lines(profiles, which, width, report, err);
    if (status)
        behov_report_free(report);
    else
        *out = report;
    return status;
}

static behov_status add_table(const behov_profiles *profiles, size_t width,
                              behov_status (*make)(const behov_profiles *, size_t, behov_report **, behov_error *),
                              behov_word sheet, behov_word title, size_t n_frozen, behov_section_list *list,
                              behov_error *err)
{
    behov_language lang = lang_of(profiles);
    behov_report *table = NULL;
    behov_status status = make(profiles, width, &table, err);
    if (!status)
        status = behov_section_list_add(list,
                                        (behov_section){.name = behov_label(lang, sheet),
                                                        .title = behov_label(lang, title),
                                                        .subtitle = behov_label(lang, BEHOV_WORD_LOOKUP_SUBTITLE),
                                                        .table_name = behov_label(lang, sheet),
                                                        .n_frozen_columns = n_frozen,
                                                        .landscape = true,
                                                        .is_hidden = true},
                                        table, err);
    bool has_amounts = !status && behov_workbook_column(table, "need") < behov_report_n_columns(table);
    behov_outcome_unit unit = profiles->fit_results->study->unit;
    if (has_amounts && unit == BEHOV_UNIT_1000KR_PER_INHABITANT)
        status = behov_section_list_note(list, behov_label(lang, BEHOV_WORD_LOOKUP_IN_1000KR), err);
    if (has_amounts && unit == BEHOV_UNIT_KR_PER_INHABITANT)
        status = behov_section_list_note(list, behov_label(lang, BEHOV_WORD_LOOKUP_IN_KR), err);
    if (!status && profiles->fit_results->study->is_simulated)
        status = behov_section_list_note(list, behov_label(lang, BEHOV_WORD_SIMULATED_EXPLAINED), err);
    return status;
}

behov_status lookup_add(const behov_profiles *profiles, size_t width, behov_section_list *list, behov_error *err)
{
    behov_status status = add_table(profiles, width, years_table, BEHOV_WORD_SHEET_LOOKUP_YEARS,
                                    BEHOV_WORD_LOOKUP_YEARS_TITLE, 3, list, err);
    if (!status)
        status = add_table(profiles, width, groups_table, BEHOV_WORD_SHEET_LOOKUP_GROUPS,
                           BEHOV_WORD_LOOKUP_GROUPS_TITLE, 1, list, err);
    return !status ? add_table(profiles, width, municipalities_table, BEHOV_WORD_SHEET_LOOKUP_MUNICIPALITIES,
                               BEHOV_WORD_LOOKUP_MUNICIPALITIES_TITLE, 1, list, err)
                   : status;
}
