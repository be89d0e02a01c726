/* profile_tables.c - the figures of a profile, as rows of a table and as columns of a file.
 *
 * A page has the figures that answer; a workbook's sheet, CSV and JSON have all of them. */
#include "profile_tables.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "labels.h"
#include "lasting.h"
#include "remarks.h"
#include "result_sentences.h"
#include "workbook.h"

/* ---- figures -------------------------------------------------------------------------------------------------------
 */

#define AT(member) offsetof(profile_year, member)

const profile_figure profile_figures[] = {
    {"ratio", "profile_ratio", AT(ratio), BEHOV_Q_RATIO, false, true, true},
    {"ratio_low", "ratio_low", AT(ratio_interval.low), BEHOV_Q_RATIO, true, false, true},
    {"ratio_high", "ratio_high", AT(ratio_interval.high), BEHOV_Q_RATIO, true, false, true},
    {"country_ratio", "profile_country_ratio", AT(ratios[COUNTRY]), BEHOV_Q_RATIO, false, true, true},
    {"group_ratio", "profile_group_ratio", AT(ratios[GROUP]), BEHOV_Q_RATIO, false, true, true},
    {"shrunk_ratio", "profile_shrunk", AT(lasting.ratio), BEHOV_Q_RATIO, false, false, true},
    {"shrunk_ratio_low", "profile_shrunk_low", AT(lasting.interval.low), BEHOV_Q_RATIO, true, false, true},
    {"shrunk_ratio_high", "profile_shrunk_high", AT(lasting.interval.high), BEHOV_Q_RATIO, true, false, true},
    {"probability_above_100", "probability_above_100", AT(lasting.probability_above), BEHOV_Q_PROBABILITY, false, false,
     false},
    {"actual", "profile_actual", AT(actual), BEHOV_Q_OUTCOME, false, true, true},
    {"need", "profile_need", AT(need), BEHOV_Q_OUTCOME, false, true, true},
    {"need_low", "profile_need_low", AT(need_interval.low), BEHOV_Q_OUTCOME, true, true, false},
    {"need_high", "profile_need_high", AT(need_interval.high), BEHOV_Q_OUTCOME, true, true, false},
    {"prediction_low", "profile_prediction_low", AT(prediction.low), BEHOV_Q_OUTCOME, true, true, false},
    {"prediction_high", "profile_prediction_high", AT(prediction.high), BEHOV_Q_OUTCOME, true, true, false},
    {"gap", "profile_gap", AT(gap), BEHOV_Q_OUTCOME, false, true, true},
    {"gap_low", "profile_gap_low", AT(gap_interval.low), BEHOV_Q_OUTCOME, true, true, false},
    {"gap_high", "profile_gap_high", AT(gap_interval.high), BEHOV_Q_OUTCOME, true, true, false},
    {"gap_1000kr", "gap_1000kr", AT(gap_1000kr), BEHOV_Q_GAP, false, false, true},
    {"gap_1000kr_low", "gap_1000kr_low", AT(gap_1000kr_interval.low), BEHOV_Q_GAP, true, false, true},
    {"gap_1000kr_high", "gap_1000kr_high", AT(gap_1000kr_interval.high), BEHOV_Q_GAP, true, false, true},
    {"index", "index", AT(index), BEHOV_Q_INDEX, false, true, true},
    {"population", "profile_population", AT(population), BEHOV_Q_COUNT, false, false, false},
    {"country_need", NULL, AT(means[COUNTRY]), BEHOV_Q_OUTCOME, false, false, false},
    {"group_need", NULL, AT(means[GROUP]), BEHOV_Q_OUTCOME, false, false, false},
    {"ratio_change", "profile_ratio_change", AT(ratio_change), BEHOV_Q_INDEX, false, true, true},
    {"ratio_change_by_actual", "profile_by_actual", AT(ratio_by_actual), BEHOV_Q_INDEX, false, true, true},
    {"ratio_change_by_need", "profile_by_need", AT(ratio_by_need), BEHOV_Q_INDEX, false, true, true},
    {"actual_change", "profile_actual_change", AT(actual_change), BEHOV_Q_OUTCOME, false, true, false},
    {"need_change", "profile_need_change", AT(need_change), BEHOV_Q_OUTCOME, false, true, false},
    {"gap_change", "profile_gap_change", AT(gap_change), BEHOV_Q_OUTCOME, false, true, false},
};
const size_t n_profile_figures = sizeof profile_figures / sizeof *profile_figures;

static bool is_at(const profile_figure *figure, size_t first, size_t last)
{
    return figure->at >= first && figure->at <= last;
}

double profile_figure_of(const profile_figure *figure, const profile_year *at)
{
    double value;
    memcpy(&value, (const char *)at + figure->at, sizeof value);
    return value;
}

double profile_figure_shown(const profiles *of, const profile_figure *figure, const profile_year *at)
{
    double value = profile_figure_of(figure, at);
    if (is_at(figure, AT(lasting), AT(lasting.interval.high)))
        return lasting_shown(value);
    return figure->quantity == BEHOV_Q_OUTCOME ? profile_shown(of, value) : value;
}

behov_quantity profile_figure_quantity(const profiles *of, const profile_figure *figure)
{
    return figure->quantity == BEHOV_Q_OUTCOME ? profile_amount_quantity(of) : figure->quantity;
}

const char *profile_figure_label(const profiles *of, const profile_figure *figure, char text[120])
{
    char key[80];
    const char *words = figure->has_twin ? profile_key(of, figure->words, key) : figure->words;
    if (figure->has_level)
        results_interval_label(of->of, words, text);
    else
        snprintf(text, 120, "%s", label(of->of->of->lang, words));
    return text;
}

bool profile_figure_has_row(const profiles *of, const profile_figure *figure)
{
    if (!figure->words)
        return false;
    if (is_at(figure, AT(actual_change), AT(ratio_by_need)))
        return of->n_years > 1;
    if (figure->at == AT(ratios[GROUP]))
        return of->has_group;
    if (figure->at == AT(index) || figure->at == AT(population))
        return of->has_population;
    if (figure->at == AT(gap_1000kr) || is_at(figure, AT(gap_1000kr_interval.low), AT(gap_1000kr_interval.high)))
        return of->has_population && profile_in_kroner(of);
    return !is_at(figure, AT(lasting), AT(lasting.probability_above)) || of->country.variances.is_known;
}

static behov_status out_of_memory(behov_error *err)
{
    return behov_error_set(err, BEHOV_E_MEMORY, "", "not enough memory for the profile");
}

/* ---- a municipality ------------------------------------------------------------------------------------------------
 */

/* Rows are figures, columns are years. */
typedef struct grid {
    const profiles *of;
    const profile *one;
    behov_report *report;
    size_t row;
} grid;

static behov_status set_head(grid *to, const char *words_of_row, bool is_strong, behov_error *err)
{
    behov_status status = behov_report_set_text(to->report, 0, to->row, words_of_row, err);
    return !status && is_strong ? behov_report_set_strong(to->report, 0, to->row, err) : status;
}

/* One row of figures; the columns' numbers are the report's own, written before they were given to it. */
static behov_status set_row(grid *to, double **columns, const char *words_of_row, behov_quantity quantity,
                            bool is_strong, const double *values, behov_error *err)
{
    behov_status status = set_head(to, words_of_row, is_strong, err);
    if (!status)
        status = behov_report_set_quantity(to->report, to->row, quantity, err);
    for (size_t t = 0; t < to->of->n_years && !status; t++) {
        columns[t][to->row] = values ? values[t] : NAN;
        if (is_strong)
            status = behov_report_set_strong(to->report, t + 1, to->row, err);
    }
    to->row++;
    return status;
}

static behov_status set_drivers(grid *to, double **columns, double *values, size_t which, bool is_in_all,
                                behov_error *err)
{
    const profiles *of = to->of;
    behov_quantity quantity = profile_amount_quantity(of);
    char key[80], head[200], mean[200];
    const char *against = profile_against(of, to->one, which);
    label_fill(of->of->of->lang, is_in_all ? "profile_drivers_in_all" : profile_key(of, "profile_drivers", key), head,
               sizeof head, "against", against, NULL);
    behov_status status = set_row(to, columns, head, quantity, true, NULL, err);
    for (size_t j = 0; j <= of->n_terms && !status; j++) {
        bool is_sum = j == of->n_terms;
        for (size_t t = 0; t < of->n_years; t++) {
            const profile_year *at = &to->one->years[t];
            double driver = is_sum ? at->sums[which] : at->drivers[which][to->one->order[j]];
            values[t] = is_in_all ? profile_in_all(of, driver, at->population) : profile_shown(of, driver);
        }
        status = set_row(to, columns, is_sum ? label(of->of->of->lang, "word_sum") : of->terms[to->one->order[j]].label,
                         quantity, is_sum, values, err);
    }
    if (!status && !is_in_all) {
        for (size_t t = 0; t < of->n_years; t++)
            values[t] = profile_shown(of, to->one->years[t].means[which]);
        label_fill(of->of->of->lang, profile_key(of, "profile_mean_need", key), mean, sizeof mean, "against", against,
                   NULL);
        status = set_row(to, columns, mean, quantity, false, values, err);
    }
    return status;
}

static bool has_row(const profiles *of, const profile *one, const profile_figure *figure, bool has_all)
{
    return profile_figure_has_row(of, figure) && (has_all || figure->is_on_page) &&
           (figure->at != AT(ratios[GROUP]) || profile_has_group(of, one));
}

behov_status profile_years_table(const profiles *of, const profile *one, bool has_all, behov_report **out,
                                 behov_error *err)
{
    size_t n_rows = 0, n_blocks = has_all ? (profile_has_group(of, one) ? 2 : 1) : 0;
    bool has_total = profile_in_kroner(of) && of->has_population;
    for (size_t i = 0; i < n_profile_figures; i++)
        n_rows += has_row(of, one, &profile_figures[i], has_all);
    n_rows += n_blocks * (of->n_terms + 3) + (has_total ? n_blocks * (of->n_terms + 2) : 0);
    grid to = {of, one, NULL, 0};
    double **columns = calloc(of->n_years + 1, sizeof *columns), *values = calloc(of->n_years + 1, sizeof *values);
    behov_status status =
        columns && values ? behov_report_new("profile", n_rows, NULL, &to.report, err) : out_of_memory(err);
    if (!status)
        status = behov_report_add_texts(to.report, (behov_report_column){"figure", NULL, BEHOV_Q_TEXT}, err);
    for (size_t t = 0; t < of->n_years && !status; t++) {
        char year[16] = "";
        if (one->years[t].year)
            snprintf(year, sizeof year, "%d", one->years[t].year);
        columns[t] = calloc(n_rows + 1, sizeof **columns);
        if (!columns[t])
            status = out_of_memory(err);
        if (!status &&
            (status = behov_report_add_numbers(
                 to.report, (behov_report_column){year[0] ? year : "value", year[0] ? year : NULL, BEHOV_Q_GAP},
                 columns[t], true, err)))
            free(columns[t]);
    }
    for (size_t i = 0; i < n_profile_figures && !status; i++) {
        const profile_figure *figure = &profile_figures[i];
        char text[120];
        if (!has_row(of, one, figure, has_all))
            continue;
        for (size_t t = 0; t < of->n_years; t++)
            values[t] = profile_figure_shown(of, figure, &one->years[t]);
        status = set_row(&to, columns, profile_figure_label(of, figure, text), profile_figure_quantity(of, figure),
                         figure->at == AT(ratio), values, err);
    }
    for (size_t which = 0; which < n_blocks && !status; which++) {
        status = set_drivers(&to, columns, values, which, false, err);
        if (!status && has_total)
            status = set_drivers(&to, columns, values, which, true, err);
    }
    free(columns), free(values);
    if (status)
        behov_report_free(to.report);
    else
        *out = to.report;
    return status;
}

behov_status profile_drivers_table(const profiles *of, const profile *one, behov_report **out, behov_error *err)
{
    static const struct {
        const char *key;
        size_t which;
        bool is_in_all;
    } columns[] = {{"driver", COUNTRY, false},
                   {"driver_1000kr", COUNTRY, true},
                   {"group_driver", GROUP, false},
                   {"group_driver_1000kr", GROUP, true}};
    const profile_year *now = &one->years[one->at];
    behov_report *report = NULL;
    behov_status status = behov_report_new("drivers", of->n_terms + 1, NULL, &report, err);
    if (!status)
        status = behov_report_add_texts(report, (behov_report_column){"variable", NULL, BEHOV_Q_TEXT}, err);
    for (size_t j = 0; j < of->n_terms && !status; j++)
        status = behov_report_set_text(report, 0, j, of->terms[one->order[j]].label, err);
    if (!status)
        status = behov_report_set_text(report, 0, of->n_terms, label(of->of->of->lang, "word_sum"), err);
    for (size_t i = 0; i < sizeof columns / sizeof *columns && !status; i++) {
        char key[80];
        if ((columns[i].which == GROUP && !profile_has_group(of, one)) ||
            (columns[i].is_in_all && !(profile_in_kroner(of) && of->has_population)))
            continue;
        double *values = calloc(of->n_terms + 1, sizeof *values);
        if (!values) {
            status = out_of_memory(err);
            break;
        }
        for (size_t j = 0; j <= of->n_terms; j++) {
            double driver =
                j < of->n_terms ? now->drivers[columns[i].which][one->order[j]] : now->sums[columns[i].which];
            values[j] = columns[i].is_in_all ? profile_in_all(of, driver, now->population) : profile_shown(of, driver);
        }
        status = behov_report_add_numbers(
            report,
            (behov_report_column){columns[i].key,
                                  columns[i].is_in_all ? NULL
                                                       : label(of->of->of->lang, profile_key(of, columns[i].key, key)),
                                  profile_amount_quantity(of)},
            values, true, err);
        if (status)
            free(values);
    }
    for (size_t j = 0; !status && j < behov_report_n_columns(report) && !status; j++)
        status = behov_report_set_strong(report, j, of->n_terms, err);
    if (status)
        behov_report_free(report);
    else
        *out = report;
    return status;
}

/* ---- all of them ---------------------------------------------------------------------------------------------------
 */

behov_status profiles_table(const profiles *of, behov_report **out, behov_error *err)
{
    static const behov_report_column texts[] = {
        {"municipality_code", NULL, BEHOV_Q_CODE}, {"municipality", NULL, BEHOV_Q_TEXT}, {"fate", NULL, BEHOV_Q_TEXT}};
    size_t n = of->n * of->n_years;
    behov_report *report = NULL;
    behov_status status = behov_report_new("profiles", n, NULL, &report, err);
    for (size_t j = 0; j < 3 && !status; j++)
        status = behov_report_add_texts(report, texts[j], err);
    for (size_t j = 0; j <= n_profile_figures && !status; j++) {
        double *values = calloc(n + 1, sizeof *values);
        if (!values) {
            status = out_of_memory(err);
            break;
        }
        for (size_t i = 0; i < n; i++) {
            const profile_year *at = &of->all[i / of->n_years].years[i % of->n_years];
            values[i] = j ? profile_figure_of(&profile_figures[j - 1], at) : at->year ? (double)at->year : NAN;
        }
        behov_report_column column = {"year", NULL, BEHOV_Q_YEAR};
        if (j)
            column = (behov_report_column){profile_figures[j - 1].key, profile_figures[j - 1].key,
                                           profile_figures[j - 1].quantity};
        if ((status = behov_report_add_numbers(report, column, values, true, err)))
            free(values);
    }
    for (size_t i = 0; i < n && !status; i++) {
        const profile *one = &of->all[i / of->n_years];
        const profile_year *at = &one->years[i % of->n_years];
        status = behov_report_set_text(report, 0, i, of->country.places.all[one->place].code, err);
        if (!status)
            status = behov_report_set_text(report, 1, i, of->country.places.all[one->place].name, err);
        if (!status)
            status = behov_report_set_text(report, 2, i,
                                           at->is_estimated ? "estimated"
                                           : at->has_need   ? "predicted_only"
                                                            : "left_out",
                                           err);
    }
    if (status)
        behov_report_free(report);
    else
        *out = report;
    return status;
}

/* ---- sections ------------------------------------------------------------------------------------------------------
 */

/* Whether a sheet has the name, or one that may follow. */
static bool is_taken(const profiles *of, const section_list *list, const char *name)
{
    static const char *const following[] = {"sheet_figures",      "sheet_diagnosis",     "sheet_data",
                                            "sheet_lookup_years", "sheet_lookup_groups", "sheet_lookup_municipalities"};
    for (size_t i = 0; i < list->n; i++)
        if (workbook_same_name(list->sections[i].name, name))
            return true;
    for (size_t i = 0; i < sizeof following / sizeof *following; i++)
        if (workbook_same_name(label(of->of->of->lang, following[i]), name))
            return true;
    return !workbook_takes_name(name);
}

/* As long as Excel takes it, without those that Excel refuses, unlike every other sheet's. */
static void sheet_name(const profiles *of, size_t i, const section_list *list, char text[128])
{
    char written[MUNICIPALITY_NAME], plain[MUNICIPALITY_NAME];
    directory_name(&of->country.places.all[of->all[i].place], written, sizeof written);
    behov_show(written, sizeof plain - 1, plain); /* marks that turn or hide what stands beside them, as on pages */
    for (char *c = plain; *c; c++)
        if (strchr("[]:*?/\\'", *c) || (unsigned char)*c < 0x20)
            *c = '-';
    for (size_t turn = 1;; turn++) {
        char suffix[24] = "";
        if (turn > 1)
            snprintf(suffix, sizeof suffix, " (%lu)", (unsigned long)turn);
        size_t length = workbook_fitting(plain, WORKBOOK_LONGEST_NAME - strlen(suffix));
        snprintf(text, 128, "%.*s%s", (int)length, plain, suffix);
        if (!is_taken(of, list, text))
            return;
    }
}

/* "Kommune_1865"; without codes the place's number. */
static void table_name(const profiles *of, const profile *one, const char *key, char text[100])
{
    const char *code = of->country.places.all[one->place].code;
    bool is_plain = code[0] && strspn(code, "0123456789") == strlen(code);
    if (is_plain)
        snprintf(text, 100, "%s_%.20s", label(of->of->of->lang, key), code);
    else
        snprintf(text, 100, "%s_%lu", label(of->of->of->lang, key), (unsigned long)one->place + 1);
}

/* Sentences under the table of years, and under that of drivers; a sheet has both. */
static const profile_sentence_kind of_years[] = {PROFILE_CHANGE, PROFILE_TO_100, PROFILE_PLACE, PROFILE_PLACE_IN_GROUP,
                                                 PROFILE_NEIGHBOURS},
                                   of_drivers[] = {PROFILE_SUM_COUNTRY, PROFILE_SUM_GROUP};

static behov_status add_sentences(const profiles *of, const profile *one, const profile_sentence_kind *kinds, size_t n,
                                  section_list *list, behov_error *err)
{
    char text[PROFILE_SENTENCE];
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < n && !status; i++) {
        profile_sentence(of, one, one->at, kinds[i], text);
        status = section_list_note(list, text, err);
    }
    return status;
}

static behov_status add_method(const profiles *of, bool has_all, section_list *list, behov_error *err)
{
    wording words = {0};
    behov_status status = BEHOV_OK;
    for (size_t i = 0; !status && results_proxy(of->of, i, &words); i++)
        status = section_list_say(list, "", &words, err);
    for (size_t i = 0; i < PROFILE_METHOD_NOTES && !status; i++) {
        profile_method_note(of, i, has_all, &words);
        status = section_list_say(list, "", &words, err);
        if (!status && i == PROFILE_ERRORS_NOTE)
            status = remarks_add(of->of, EVERY_REMARK, list, err);
    }
    wording_free(&words);
    return status;
}

/* Pairs of municipalities; `one`: those alone that it is one of, NULL = all. */
static behov_status add_pairs(const profiles *of, const profile *one, section_list *list, behov_error *err)
{
    profile_pair pairs[PAIRS_MAX];
    char text[PROFILE_SENTENCE];
    size_t n_left_out, n = profiles_pairs(of, pairs, &n_left_out);
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < n && !status; i++) {
        if (one && pairs[i].a != one && pairs[i].b != one)
            continue;
        profile_pair_sentence(of, &pairs[i], text);
        status = section_list_note(list, text, err);
    }
    profile_pairs_left_out(of, n_left_out, text);
    return !status ? section_list_note(list, text, err) : status;
}

static behov_status add_years(const profiles *of, size_t i, bool is_workbook, section_list *list, behov_error *err)
{
    const profile *one = &of->all[i];
    char title[PROFILE_SENTENCE], first[PROFILE_SENTENCE], lasting[PROFILE_SENTENCE], both[2 * PROFILE_SENTENCE],
        sheet[128], anchor[100];
    behov_report *table = NULL;
    profile_sentence(of, one, one->at, PROFILE_TITLE, title);
    profile_sentence(of, one, one->at, PROFILE_RATIO, first);
    profile_sentence(of, one, one->at, PROFILE_LASTING, lasting);
    snprintf(both, sizeof both, "%s%s%s", first, lasting[0] && !is_workbook ? " " : "", is_workbook ? "" : lasting);
    sheet_name(of, i, list, sheet);
    table_name(of, one, "table_profile", anchor);
    behov_status status = profile_years_table(of, one, is_workbook, &table, err);
    if (!status)
        status = section_list_add(list,
                                  (section){.name = sheet,
                                            .title = title,
                                            .subtitle = both,
                                            .second_line = is_workbook && lasting[0] ? lasting : NULL,
                                            .table_name = anchor,
                                            .n_frozen_columns = 1,
                                            .one_page = true},
                                  table, err);
    if (!status)
        status = add_sentences(of, one, of_years, sizeof of_years / sizeof *of_years, list, err);
    if (!status && is_workbook)
        status = add_sentences(of, one, of_drivers, sizeof of_drivers / sizeof *of_drivers, list, err);
    for (size_t j = 0; j < PROFILE_DATA_NOTES && !status; j++) {
        profile_data_note(of, one, j, first);
        status = section_list_note(list, first, err);
    }
    if (!status && is_workbook)
        status = add_pairs(of, one, list, err);
    return !status && is_workbook ? add_method(of, true, list, err) : status;
}

static behov_status add_drivers(const profiles *of, size_t i, section_list *list, behov_error *err)
{
    const profile *one = &of->all[i];
    char title[PROFILE_SENTENCE], anchor[100];
    behov_report *table = NULL;
    profile_sentence(of, one, one->at, PROFILE_WHY, title);
    table_name(of, one, "table_drivers", anchor);
    behov_status status = profile_drivers_table(of, one, &table, err);
    if (!status)
        status = section_list_add(
            list, (section){.name = anchor, .title = title, .table_name = anchor, .n_frozen_columns = 1}, table, err);
    return !status ? add_sentences(of, one, of_drivers, sizeof of_drivers / sizeof *of_drivers, list, err) : status;
}

behov_status profiles_add_sheet(const profiles *of, size_t i, section_list *list, behov_error *err)
{
    return add_years(of, i, true, list, err);
}

behov_status profiles_add(const profiles *of, bool is_workbook, section_list *list, behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < of->n && !status; i++) {
        status = add_years(of, i, is_workbook, list, err);
        if (!status && !is_workbook)
            status = add_drivers(of, i, list, err);
    }
    if (!status && !is_workbook && of->n)
        status = add_pairs(of, NULL, list, err);
    return !status && !is_workbook && of->n ? add_method(of, false, list, err) : status;
}
