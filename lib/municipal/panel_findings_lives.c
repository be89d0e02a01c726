/* panel_findings_lives.c - codes against the history of municipalities: outside their life, there twice, coming and going.
 *
 * A panel has its rows either in the municipalities of their own year, as they were published, or all in those of one year.
 * Which one is not asked but found: that with the fewest rows whose code means nothing on 1 January of it. */
#include "panel_findings_parts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <behov/word.h>

#include "text_list.h"

typedef struct lives {
    const whole_panel *panel;
    const behov_municipality_history *history;
    size_t *group_at;  /* by level of the codes: the position of a group + 1, 0 = none */
    bool *is_known;    /* by group: some municipality has had the code */
    int convention;    /* all rows are in the municipalities of this year; 0 = of their own */
    size_t *n_absent;  /* by year */
    size_t *n_present; /* by year */
    size_t most_present;
} lives;

static uint32_t row_of_group(const lives *lives, size_t group)
{
    return lives->panel->rows[lives->panel->first[group]];
}

static const char *code_of_group(const lives *lives, size_t group)
{
    return behov_panel_code(&lives->panel->study->panel, row_of_group(lives, group));
}

/* The date on which a row of a year means what it says. */
static int date_of_year(const lives *lives, size_t t)
{
    return behov_municipality_history_date(lives->convention ? lives->convention : lives->panel->years[t]);
}

static bool is_valid(const lives *lives, const char *code, int date)
{
    return behov_municipality_history_find(lives->history, code, date) >= 0;
}

/* The first row of a code in a year, -1 when it has none. */
static ptrdiff_t row_of_year(const lives *lives, size_t group, size_t t)
{
    const whole_panel *panel = lives->panel;
    for (size_t i = panel->first[group]; i < panel->first[group + 1]; i++)
        if (panel->year_at[panel->rows[i]] == t)
            return (ptrdiff_t)panel->rows[i];
    return -1;
}

/* The group of a code, -1 when the panel has it not. */
static ptrdiff_t group_of_code(const lives *lives, const char *code)
{
    const behov_study *study = lives->panel->study;
    const behov_dictionary *levels = behov_table_levels(study->table, (size_t)study->panel.columns[BEHOV_ROLE_CODE]);
    int32_t level = behov_dictionary_find(levels, code, strlen(code));
    return level < 0 ? -1 : (ptrdiff_t)lives->group_at[level] - 1;
}

/* ---- in the municipalities of which year --------------------------------------------------------------------------- */

static size_t count_misfits(const lives *lives, int year)
{
    const whole_panel *panel = lives->panel;
    size_t n = 0;
    for (size_t g = 0; g < panel->n_groups; g++) {
        const char *code = code_of_group(lives, g);
        if (!lives->is_known[g])
            continue;
        if (year && !is_valid(lives, code, behov_municipality_history_date(year)))
            n += panel->first[g + 1] - panel->first[g];
        for (size_t i = panel->first[g]; !year && i < panel->first[g + 1]; i++)
            n += !is_valid(lives, code, behov_municipality_history_date(panel->years[panel->year_at[panel->rows[i]]]));
    }
    return n;
}

static void find_convention(lives *lives)
{
    const whole_panel *panel = lives->panel;
    int first = panel->years[0], last = panel->years[panel->n_years - 1],
        last_known = behov_municipality_history_last_date(lives->history) / 10000;
    size_t n_published = count_misfits(lives, 0), n_least = n_published;
    for (int year = first; n_published && year <= (last > last_known ? last : last_known); year++) {
        size_t n = count_misfits(lives, year);
        if (n < n_least || (n == n_least && n < n_published && year <= last)) {
            n_least = n;
            lives->convention = year;
        }
    }
}

static behov_status tell_convention(const lives *lives, behov_error *err)
{
    if (!lives->convention)
        return BEHOV_OK;
    behov_oddity finding = behov_oddity_new(BEHOV_ODD_LIFE, BEHOV_INFORMATION, BEHOV_LIFE_ONE_YEAR, -1, -1);
    finding.year = lives->convention;
    return whole_panel_add(lives->panel, finding, err);
}

/* ---- outside their life -------------------------------------------------------------------------------------------- */

static behov_status no_memory(behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_FINDINGS_NO_MEMORY_FOR_CODES);
}

static void add_variant(const lives *lives, size_t variant, behov_text_list *names)
{
    behov_municipality_variant found = behov_municipality_history_variant(lives->history, variant);
    char code[16];
    snprintf(code, sizeof code, "%.4s ", found.code);
    behov_text_list_add(names, ", ", code);
    behov_text_list_add(names, "", found.name);
}

/* What a code is on the date of a year: their names, and whether one of them has a row of its own in it. */
static behov_status name_heirs(const lives *lives, size_t variant, size_t t, behov_text_list *names, bool *is_there,
                               behov_error *err)
{
    behov_variant_list list = {0};
    behov_status status =
        behov_municipality_history_follow(lives->history, variant, date_of_year(lives, t), &list, err);
    *is_there = false;
    for (size_t i = 0; i < list.n && !status; i++) {
        ptrdiff_t group = group_of_code(lives, behov_municipality_history_variant(lives->history, list.all[i]).code);
        *is_there = *is_there || (group >= 0 && row_of_year(lives, (size_t)group, t) >= 0);
        if (names)
            add_variant(lives, list.all[i], names);
    }
    free(list.all);
    return status;
}

static behov_oddity life_finding(const lives *lives, behov_severity severity, behov_life_cause cause, ptrdiff_t row)
{
    return behov_oddity_new(BEHOV_ODD_LIFE, severity, (int)cause, row,
                            lives->panel->study->panel.columns[BEHOV_ROLE_CODE]);
}

/* The variant that a code outside its life stands for: as the rows of one year are, what the code meant in the row's own
 * year comes first. */
static size_t variant_of_row(const lives *lives, const char *code, size_t t)
{
    int own = behov_municipality_history_date(lives->panel->years[t]);
    ptrdiff_t variant = behov_municipality_history_find(lives->history, code, own);
    return (size_t)(variant >= 0 ? variant
                                 : behov_municipality_history_nearest(lives->history, code, date_of_year(lives, t)));
}

/* The last year that a variant has seen, NaN when it goes on; an end on 1 January is that of the year before. */
static double last_year(const behov_municipality_variant *life)
{
    int year = life->valid_to / 10000;
    return life->valid_to == BEHOV_NO_DATE ? NAN : life->valid_to % 10000 == 101 ? year - 1 : year;
}

/* One finding for the rows of a code outside its life, and one for those of them that are there twice. */
static behov_status look_at_outside(const lives *lives, size_t group, behov_error *err)
{
    const whole_panel *panel = lives->panel;
    const char *code = code_of_group(lives, group);
    behov_oddity findings[2] = {life_finding(lives, BEHOV_WARNING, BEHOV_LIFE_OUTSIDE, -1),
                                life_finding(lives, BEHOV_ERROR, BEHOV_LIFE_TWICE, -1)};
    behov_text_list names[2] = {{0}};
    behov_status status = BEHOV_OK;
    for (size_t i = panel->first[group]; i < panel->first[group + 1] && !status; i++) {
        size_t row = panel->rows[i], t = panel->year_at[row];
        if (is_valid(lives, code, date_of_year(lives, t)))
            continue;
        size_t variant = variant_of_row(lives, code, t);
        bool is_twice;
        status = name_heirs(lives, variant, t, NULL, &is_twice, err);
        behov_oddity *finding = &findings[is_twice];
        if (!status && finding->row < 0) {
            behov_municipality_variant life = behov_municipality_history_variant(lives->history, variant);
            finding->row = (ptrdiff_t)row;
            finding->year = panel->years[t];
            finding->low = life.valid_from / 10000;
            finding->high = last_year(&life);
            finding->count = 0;
            status = name_heirs(lives, variant, t, &names[is_twice], &is_twice, err);
        }
        finding->count++;
        finding->value = panel->years[t];
    }
    for (size_t k = 0; k < 2 && !status; k++) {
        findings[k].detail = behov_text_list_text(&names[k]);
        status = names[k].has_no_memory ? no_memory(err)
                 : findings[k].row >= 0 ? whole_panel_add(panel, findings[k], err)
                                        : BEHOV_OK;
    }
    free(names[0].text);
    free(names[1].text);
    return status;
}

static behov_status look_at_unknown(const lives *lives, size_t group, behov_error *err)
{
    behov_oddity finding = life_finding(lives, BEHOV_ERROR, BEHOV_LIFE_UNKNOWN, (ptrdiff_t)row_of_group(lives, group));
    finding.count = lives->panel->first[group + 1] - lives->panel->first[group];
    return whole_panel_add(lives->panel, finding, err);
}

static behov_status look_at_codes(const lives *lives, behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t g = 0; g < lives->panel->n_groups && !status; g++)
        status = lives->is_known[g] ? look_at_outside(lives, g, err) : look_at_unknown(lives, g, err);
    return status;
}

/* ---- coming and going ---------------------------------------------------------------------------------------------- */

/* Whether a code has no row in a year in which it was there, and rows in others. */
static bool is_absent(const lives *lives, size_t group, size_t t)
{
    return lives->is_known[group] && row_of_year(lives, group, t) < 0 &&
           is_valid(lives, code_of_group(lives, group), date_of_year(lives, t));
}

static void count_presence(lives *lives)
{
    const whole_panel *panel = lives->panel;
    for (size_t t = 0; t < panel->n_years; t++) {
        for (size_t g = 0; g < panel->n_groups; g++) {
            lives->n_present[t] += row_of_year(lives, g, t) >= 0;
            lives->n_absent[t] += is_absent(lives, g, t);
        }
        if (lives->n_present[t] > lives->most_present)
            lives->most_present = lives->n_present[t];
    }
}

/* A year that lacks more than one municipality in twenty is told as a year. */
static bool is_year_short(const lives *lives, size_t t)
{
    enum { PART = 20, FEW = 3 };
    return lives->n_absent[t] > FEW && PART * lives->n_absent[t] > lives->n_present[t] + lives->n_absent[t];
}

static behov_status look_at_short_years(const lives *lives, behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t t = 0; t < lives->panel->n_years && !status; t++) {
        if (!is_year_short(lives, t))
            continue;
        behov_oddity finding = life_finding(lives, BEHOV_WARNING, BEHOV_LIFE_FEWER, -1);
        finding.year = lives->panel->years[t];
        finding.count = lives->n_present[t];
        finding.value = (double)lives->n_absent[t];
        finding.low = (double)lives->most_present;
        finding.high = (double)behov_municipality_history_count(lives->history, date_of_year(lives, t));
        status = whole_panel_add(lives->panel, finding, err);
    }
    return status;
}

static behov_status look_at_absent(const lives *lives, size_t group, behov_error *err)
{
    behov_text_list years = {0};
    size_t n = 0;
    for (size_t t = 0; t < lives->panel->n_years; t++) {
        char year[16];
        if (is_year_short(lives, t) || !is_absent(lives, group, t))
            continue;
        snprintf(year, sizeof year, "%d", lives->panel->years[t]);
        behov_text_list_add(&years, ", ", year);
        n++;
    }
    behov_oddity finding = life_finding(lives, BEHOV_WARNING, BEHOV_LIFE_ABSENT, (ptrdiff_t)row_of_group(lives, group));
    finding.count = n;
    finding.detail = behov_text_list_text(&years);
    behov_status status = years.has_no_memory ? no_memory(err)
                          : n                 ? whole_panel_add(lives->panel, finding, err)
                                              : BEHOV_OK;
    free(years.text);
    return status;
}

/* A part of the country, by choice or for want of files: a sample of so few says little of the others. */
static behov_status tell_few(const lives *lives, size_t n_there, behov_error *err)
{
    size_t last = lives->panel->n_years - 1;
    behov_oddity finding = life_finding(lives, BEHOV_WARNING, BEHOV_LIFE_FEW, -1);
    finding.year = lives->panel->years[last];
    finding.count = lives->n_present[last];
    finding.high = (double)n_there;
    return whole_panel_add(lives->panel, finding, err);
}

/* Municipalities without a row in any year, of a panel that has nine in ten of the country's. */
static behov_status look_for_nowhere(const lives *lives, behov_error *err)
{
    const double NEARLY_ALL = 0.9;
    enum { NAMED_MOST = 40 };
    const whole_panel *panel = lives->panel;
    size_t last = panel->n_years - 1, n = 0;
    int date = date_of_year(lives, last);
    size_t n_there = behov_municipality_history_count(lives->history, date);
    if ((double)lives->n_present[last] < NEARLY_ALL * (double)n_there)
        return tell_few(lives, n_there, err);
    behov_text_list names = {0};
    for (size_t i = 0; i < behov_municipality_history_n_variants(lives->history); i++) {
        behov_municipality_variant variant = behov_municipality_history_variant(lives->history, i);
        if (variant.valid_from > date || variant.valid_to <= date || group_of_code(lives, variant.code) >= 0)
            continue;
        if (n++ < NAMED_MOST)
            add_variant(lives, i, &names);
    }
    if (n > NAMED_MOST)
        behov_text_list_add(&names, ", ", "…");
    behov_oddity finding = life_finding(lives, BEHOV_INFORMATION, BEHOV_LIFE_NOWHERE, -1);
    finding.count = n;
    finding.year = panel->years[last];
    finding.detail = behov_text_list_text(&names);
    behov_status status = names.has_no_memory ? no_memory(err) : n ? whole_panel_add(panel, finding, err) : BEHOV_OK;
    free(names.text);
    return status;
}

/* ---- reforms ------------------------------------------------------------------------------------------------------- */

/* What became of a code that ended between two years: 1 renumbered, 2 merged, 3 split, 0 it goes on. */
static behov_status fate_of_code(const lives *lives, const char *code, int before, int after, int *fate,
                                 behov_error *err)
{
    *fate = 0;
    ptrdiff_t variant = behov_municipality_history_find(lives->history, code, before);
    if (variant < 0 || is_valid(lives, code, after))
        return BEHOV_OK;
    behov_variant_list heirs = {0}, parts = {0};
    behov_status status = behov_municipality_history_follow(lives->history, (size_t)variant, after, &heirs, err);
    if (!status && heirs.n == 1)
        status = behov_municipality_history_follow(lives->history, heirs.all[0], before, &parts, err);
    *fate = heirs.n > 1 ? 3 : parts.n > 1 ? 2 : 1;
    free(heirs.all);
    free(parts.all);
    return status;
}

static behov_status look_at_reform(const lives *lives, size_t t, behov_error *err)
{
    size_t counts[4] = {0};
    behov_status status = BEHOV_OK;
    for (size_t g = 0; g < lives->panel->n_groups && !status; g++) {
        int fate = 0;
        if (row_of_year(lives, g, t - 1) >= 0)
            status = fate_of_code(lives, code_of_group(lives, g), date_of_year(lives, t - 1), date_of_year(lives, t),
                                  &fate, err);
        counts[fate]++;
    }
    if (status || counts[1] + counts[2] + counts[3] == 0)
        return status;
    behov_oddity finding = life_finding(lives, BEHOV_WARNING, BEHOV_LIFE_REFORM, -1);
    finding.year = lives->panel->years[t];
    finding.count = counts[1];
    finding.value = (double)counts[2];
    finding.high = (double)counts[3];
    return whole_panel_add(lives->panel, finding, err);
}

/* ---- all ----------------------------------------------------------------------------------------------------------- */

typedef behov_status lives_look(lives *lives, behov_error *err);

static behov_status look_at_presence(lives *lives, behov_error *err)
{
    const whole_panel *panel = lives->panel;
    count_presence(lives);
    behov_status status = look_at_short_years(lives, err);
    for (size_t g = 0; g < panel->n_groups && !status; g++)
        status = look_at_absent(lives, g, err);
    for (size_t t = 1; t < panel->n_years && !status && !lives->convention; t++)
        status = look_at_reform(lives, t, err);
    return status ? status : look_for_nowhere(lives, err);
}

/* Codes that are made up say nothing of municipalities: half of them are none that Norway has had. Beside a fit, whose
 * reader asked for no look at codes, a quarter is enough, and examples of a few municipalities are let be. */
static behov_status look_at_all(lives *lives, lives_look *look_on, behov_error *err)
{
    const whole_panel *panel = lives->panel;
    size_t n_unknown = 0, part = panel->is_beside_fit ? 4 : 2;
    if (panel->is_beside_fit && panel->n_groups < BEHOV_BESIDE_FIT_LEAST_CODES)
        return BEHOV_OK;
    for (size_t g = 0; g < panel->n_groups; g++) {
        const char *code = code_of_group(lives, g);
        lives->is_known[g] = behov_municipality_history_nearest(lives->history, code, 0) >= 0;
        n_unknown += !lives->is_known[g];
    }
    if (part * n_unknown > panel->n_groups) {
        behov_oddity finding = life_finding(lives, BEHOV_INFORMATION, BEHOV_LIFE_NO_CODES, -1);
        finding.count = n_unknown;
        finding.low = (double)panel->n_groups;
        return whole_panel_add(panel, finding, err);
    }
    find_convention(lives);
    behov_status status = tell_convention(lives, err);
    if (!status)
        status = look_at_codes(lives, err);
    return !status && look_on ? look_on(lives, err) : status;
}

static behov_status look_at_lives(const whole_panel *panel, lives_look *look_on, behov_error *err)
{
    const behov_study *study = panel->study;
    ptrdiff_t column = study->panel.columns[BEHOV_ROLE_CODE];
    const int32_t *codes = column < 0 ? NULL : behov_table_codes(study->table, (size_t)column);
    if (!panel->options->history || !codes || study->panel.columns[BEHOV_ROLE_YEAR] < 0 || panel->n_groups == 0)
        return BEHOV_OK;
    size_t n_levels = behov_dictionary_count(behov_table_levels(study->table, (size_t)column));
    lives lives = {.panel = panel,
                   .history = panel->options->history,
                   .group_at = calloc(n_levels + 1, sizeof *lives.group_at),
                   .is_known = calloc(panel->n_groups + 1, sizeof *lives.is_known),
                   .n_absent = calloc(panel->n_years + 1, sizeof *lives.n_absent),
                   .n_present = calloc(panel->n_years + 1, sizeof *lives.n_present)};
    behov_status status =
        lives.group_at && lives.is_known && lives.n_absent && lives.n_present ? BEHOV_OK : no_memory(err);
    for (size_t g = 0; g < panel->n_groups && !status; g++)
        lives.group_at[codes[row_of_group(&lives, g)]] = g + 1;
    if (!status)
        status = look_at_all(&lives, look_on, err);
    free(lives.group_at);
    free(lives.is_known);
    free(lives.n_absent);
    free(lives.n_present);
    return status;
}

behov_status whole_panel_look_at_lives(const whole_panel *panel, behov_error *err)
{
    return look_at_lives(panel, look_at_presence, err);
}

behov_status whole_panel_look_at_codes(const whole_panel *panel, behov_error *err)
{
    return look_at_lives(panel, NULL, err);
}
