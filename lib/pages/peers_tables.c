/* peers_tables.c - see behov/peers_tables.h. Amounts per inhabitant are in kr where the outcome is kroner, as in a
 * profile. */
#include <behov/peers_tables.h>

#include <math.h>

#include <behov/labels.h>
#include <behov/peers_sentences.h>
#include <behov/remarks.h>
#include <behov/study_words.h>
#include "peers_parts.h"
#include "sentence_parts.h"
#include "table_columns.h"

behov_language peers_lang(const behov_peers_page *page)
{
    return page->peers->fit_results->study->lang;
}

bool peers_in_kroner(const behov_peers_page *page)
{
    return page->peers->fit_results->study->unit != BEHOV_UNIT_UNKNOWN;
}

double peers_shown(const behov_peers_page *page, double amount)
{
    return page->peers->fit_results->study->unit == BEHOV_UNIT_1000KR_PER_INHABITANT ? 1000 * amount : amount;
}

behov_quantity peers_amount_quantity(const behov_peers_page *page)
{
    return peers_in_kroner(page) ? BEHOV_Q_GAP : BEHOV_Q_OUTCOME;
}

/* ---- names ------------------------------------------------------------------------------------------------------- */

const char *behov_peers_base_key(behov_peer_base_kind kind)
{
    static const char *const keys[BEHOV_N_BASES] = {"like", "group", "county", "size", "chosen", "country"};
    return keys[kind];
}

const char *behov_peers_distance_key(behov_distance distance)
{
    static const char *const keys[BEHOV_N_DISTANCES] = {"need", "weighted", "mahalanobis"};
    return keys[distance];
}

void behov_peers_group_name(const behov_peers *peers, behov_language lang, behov_wording *words)
{
    behov_wording name = {0};
    behov_sentence_municipality(&name, &peers->places.all[peers->own]);
    behov_wording_clear(words);
    behov_wording years = {0};
    behov_sentence_years(&years, "", peers->first_year, peers->last_year);
    behov_wording_fill(words, lang, years.length ? BEHOV_WORD_PEERS_GROUP_YEARS : BEHOV_WORD_PEERS_GROUP,
                       "municipality", behov_wording_text(&name), "years", behov_wording_text(&years), NULL);
    behov_wording_spend(words, &name), behov_wording_spend(words, &years);
}

void behov_peers_base_name(const behov_peers_page *page, const behov_peer_base *base, behov_wording *words)
{
    static const behov_word names[BEHOV_N_BASES] = {BEHOV_WORD_PEERS_BASE_LIKE,   BEHOV_WORD_PEERS_BASE_GROUP,
                                                    BEHOV_WORD_PEERS_BASE_COUNTY, BEHOV_WORD_PEERS_BASE_SIZE,
                                                    BEHOV_WORD_PEERS_BASE_CHOSEN, BEHOV_WORD_PEERS_BASE_COUNTRY};
    const char *name =
        base->kind == BEHOV_BASE_SIZE && base->name ? behov_label_of_key(peers_lang(page), base->name) : base->name;
    behov_wording_clear(words);
    behov_wording_fill(words, peers_lang(page), names[base->kind], "name", name ? name : "", NULL);
}

/* ---- the peers --------------------------------------------------------------------------------------------------- */

/* Row 0 is the municipality itself, then the nearest. */
static size_t place_at(const behov_peers_page *page, size_t row)
{
    return row ? page->peers->nearest[row - 1] : page->peers->own;
}

static double order_figure(const void *context, size_t row)
{
    (void)context;
    return (double)row;
}

static const char *code_text(const void *context, size_t row)
{
    const behov_peers_page *page = context;
    return page->peers->places.all[place_at(page, row)].code;
}

static const char *name_text(const void *context, size_t row)
{
    const behov_peers_page *page = context;
    return page->peers->places.all[place_at(page, row)].name;
}

/* A distance of need is an amount; the others have no unit. */
static double distance_shown(const behov_peers_page *page, double distance)
{
    return page->peers->choices.distance == BEHOV_DISTANCE_NEED ? peers_shown(page, distance) : distance;
}

static behov_quantity distance_quantity(const behov_peers_page *page)
{
    return page->peers->choices.distance != BEHOV_DISTANCE_NEED ? BEHOV_Q_T
           : peers_in_kroner(page)                              ? BEHOV_Q_GAP
                                                                : BEHOV_Q_COEFFICIENT;
}

static double distance_figure(const void *context, size_t row)
{
    const behov_peers_page *page = context;
    return row ? distance_shown(page, page->peers->distances[row - 1]) : 0;
}

static double typical_figure(const void *context, size_t row)
{
    const behov_peers_page *page = context;
    return row ? distance_shown(page, page->peers->typical[row - 1]) : NAN;
}

static const char *far_text(const void *context, size_t row)
{
    const behov_peers_page *page = context;
    return row && behov_peers_is_far(page->peers, row - 1) ? behov_label(peers_lang(page), BEHOV_WORD_PEERS_IS_FAR)
                                                           : NULL;
}

static const behov_peer_means *means_at(const void *context, size_t row)
{
    const behov_peers_page *page = context;
    return &page->peers->means[place_at(page, row)];
}

static double population_figure(const void *context, size_t row)
{
    return means_at(context, row)->population;
}

static double actual_figure(const void *context, size_t row)
{
    return peers_shown(context, means_at(context, row)->actual);
}

static double need_figure(const void *context, size_t row)
{
    return peers_shown(context, means_at(context, row)->need);
}

static double ratio_figure(const void *context, size_t row)
{
    return means_at(context, row)->ratio;
}

/* Per cent of the squared distance that a regressor makes. */
typedef struct share_source {
    const behov_peers_page *page;
    size_t column;
} share_source;

static double share_figure(const void *context, size_t row)
{
    const share_source *source = context;
    const behov_peers *peers = source->page->peers;
    double distance = row ? peers->distances[row - 1] : 0;
    return distance > 0
               ? 100 * peers->contributions[(row - 1) * peers->n_columns + source->column] / (distance * distance)
               : NAN;
}

static const char *regressor_of(const behov_peers *peers, size_t column)
{
    return behov_design_regressor(peers->fit_results->design, peers->columns[column]);
}

static behov_status add_shares(const behov_peers_page *page, behov_report *report, behov_error *err)
{
    const behov_peers *peers = page->peers;
    behov_wording key = {0}, label = {0};
    behov_status status = BEHOV_OK;
    for (size_t j = 0; j < peers->n_columns && !status; j++) {
        behov_wording_clear(&key), behov_wording_clear(&label);
        behov_wording_print(&key, "share_pct_%s", regressor_of(peers, j));
        behov_wording_fill(&label, peers_lang(page), BEHOV_WORD_PEERS_SHARE_OF, "term",
                           behov_study_term(peers->fit_results->study, regressor_of(peers, j)), NULL);
        behov_table_column column = {{behov_wording_text(&key), behov_wording_text(&label), BEHOV_Q_COUNT},
                                     .figure = share_figure};
        status = behov_wording_status(&key, err);
        status = status ? status : behov_wording_status(&label, err);
        status = status ? status : behov_table_columns_add(report, &column, 1, &(share_source){page, j}, err);
    }
    behov_wording_free(&key), behov_wording_free(&label);
    return status;
}

/* The heading of amounts and distances by their unit. */
static const char *by_unit(const behov_peers_page *page, behov_word in_kr, behov_word other)
{
    return behov_label(peers_lang(page), peers_in_kroner(page) ? in_kr : other);
}

static const char *distance_heading(const behov_peers_page *page, behov_word amount, behov_word other)
{
    return behov_label(peers_lang(page),
                       page->peers->choices.distance == BEHOV_DISTANCE_NEED && peers_in_kroner(page) ? amount : other);
}

static behov_status make_peers(const behov_peers_page *page, bool has_shares, behov_report **out, behov_error *err)
{
    const behov_table_column columns[] = {
        {{"place", behov_label(peers_lang(page), BEHOV_WORD_RANKING_RANK), BEHOV_Q_RANK}, .figure = order_figure},
        {{"municipality_code", behov_label(peers_lang(page), BEHOV_WORD_NUMBER), BEHOV_Q_CODE}, .text = code_text},
        {{"municipality", NULL, BEHOV_Q_TEXT}, .text = name_text},
        {{"distance", distance_heading(page, BEHOV_WORD_PEERS_DISTANCE_KR, BEHOV_WORD_PEERS_DISTANCE),
          distance_quantity(page)},
         .figure = distance_figure},
        {{"typical_distance", distance_heading(page, BEHOV_WORD_PEERS_TYPICAL_KR, BEHOV_WORD_PEERS_TYPICAL),
          distance_quantity(page)},
         .figure = typical_figure},
        {{"population", NULL, BEHOV_Q_COUNT}, .figure = population_figure},
        {{"actual", by_unit(page, BEHOV_WORD_PEERS_ACTUAL_KR, BEHOV_WORD_ACTUAL_OTHER), peers_amount_quantity(page)},
         .figure = actual_figure},
        {{"need", by_unit(page, BEHOV_WORD_NEED_KR, BEHOV_WORD_NEED_OTHER), peers_amount_quantity(page)},
         .figure = need_figure},
        {{"ratio_pct", behov_label(peers_lang(page), BEHOV_WORD_PEERS_RATIO), BEHOV_Q_RATIO}, .figure = ratio_figure},
        {{"note", NULL, BEHOV_Q_TEXT}, .text = far_text},
    };
    behov_report *report = NULL;
    behov_status status = behov_table_columns_new("peers", page->peers->n_nearest + 1, columns,
                                                  sizeof columns / sizeof *columns, page, &report, err);
    if (!status && has_shares)
        status = add_shares(page, report, err);
    return behov_table_columns_return(status, report, out);
}

behov_status behov_peers_rows(const behov_peers_page *page, behov_report **out, behov_error *err)
{
    behov_report *report = NULL;
    behov_wording group = {0};
    behov_peers_group_name(page->peers, peers_lang(page), &group);
    behov_status status = behov_wording_status(&group, err);
    if (!status)
        status = make_peers(page, true, &report, err);
    if (!status)
        status = behov_report_add_texts(report, (behov_report_column){"group", NULL, BEHOV_Q_TEXT}, err);
    size_t last = status ? 0 : behov_report_n_columns(report) - 1;
    for (size_t row = 0; row <= page->peers->n_nearest && !status; row++)
        status = behov_report_set_text(report, last, row, behov_wording_text(&group), err);
    behov_wording_free(&group);
    return behov_table_columns_return(status, report, out);
}

/* ---- what distances rest on -------------------------------------------------------------------------------------- */

static const char *term_text(const void *context, size_t row)
{
    const behov_peers_page *page = context;
    return behov_study_term(page->peers->fit_results->study, regressor_of(page->peers, row));
}

static double own_value_figure(const void *context, size_t row)
{
    return behov_peers_own_value(((const behov_peers_page *)context)->peers, row);
}

static double mean_value_figure(const void *context, size_t row)
{
    return behov_peers_mean_value(((const behov_peers_page *)context)->peers, row);
}

static double all_mean_figure(const void *context, size_t row)
{
    return behov_likeness_mean(((const behov_peers_page *)context)->peers->likeness, row);
}

static double deviation_figure(const void *context, size_t row)
{
    return behov_likeness_deviation(((const behov_peers_page *)context)->peers->likeness, row);
}

/* The root of the weight, which is what one standard deviation counts in the distance. */
static double counts_figure(const void *context, size_t row)
{
    const behov_peers_page *page = context;
    return distance_shown(page, sqrt(behov_likeness_weight(page->peers->likeness, row)));
}

static double whole_share_figure(const void *context, size_t row)
{
    return 100 * behov_peers_share(((const behov_peers_page *)context)->peers, row);
}

static const char *use_text(const void *context, size_t row)
{
    const behov_peers_page *page = context;
    switch (behov_likeness_use(page->peers->likeness, row)) {
    case BEHOV_COLUMN_DOES_NOT_VARY: return behov_label(peers_lang(page), BEHOV_WORD_PEERS_DOES_NOT_VARY);
    case BEHOV_COLUMN_IS_COLLINEAR: return behov_label(peers_lang(page), BEHOV_WORD_PEERS_IS_COLLINEAR);
    default: return NULL;
    }
}

static behov_status make_distance(const behov_peers_page *page, behov_report **out, behov_error *err)
{
    const behov_language lang = peers_lang(page);
    const behov_table_column columns[] = {
        {{"regressor", behov_label(lang, BEHOV_WORD_PEERS_REGRESSOR), BEHOV_Q_TEXT}, .text = term_text},
        {{"own_value", behov_label(lang, BEHOV_WORD_PEERS_OWN), BEHOV_Q_COEFFICIENT}, .figure = own_value_figure},
        {{"peers_mean", behov_label(lang, BEHOV_WORD_PEERS_MEAN), BEHOV_Q_COEFFICIENT}, .figure = mean_value_figure},
        {{"all_mean", behov_label(lang, BEHOV_WORD_PEERS_ALL_MEAN), BEHOV_Q_COEFFICIENT}, .figure = all_mean_figure},
        {{"standard_deviation", behov_label(lang, BEHOV_WORD_PEERS_DEVIATION), BEHOV_Q_COEFFICIENT},
         .figure = deviation_figure},
        {{"deviation_counts", distance_heading(page, BEHOV_WORD_PEERS_COUNTS_KR, BEHOV_WORD_PEERS_COUNTS),
          distance_quantity(page)},
         .figure = counts_figure},
        {{"share_pct", behov_label(lang, BEHOV_WORD_PEERS_SHARE), BEHOV_Q_COUNT}, .figure = whole_share_figure},
        {{"note", NULL, BEHOV_Q_TEXT}, .text = use_text},
    };
    return behov_table_columns_new("peers_distance", page->peers->n_columns, columns, sizeof columns / sizeof *columns,
                                   page, out, err);
}

/* ---- sections ---------------------------------------------------------------------------------------------------- */

typedef void (*note_maker)(const behov_peers_page *page, size_t i, behov_wording *words);

static behov_status add_notes(const behov_peers_page *page, note_maker note, size_t n, behov_section_list *list,
                              behov_error *err)
{
    behov_wording words = {0};
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < n && !status; i++) {
        note(page, i, &words);
        status = behov_section_list_say(list, "", &words, err);
    }
    behov_wording_free(&words);
    return status;
}

/* A section whose title has the municipality, the years and the mark of simulated data in it; the table belongs to the
 * list from now on. */
static behov_status add_section(const behov_peers_page *page, behov_word sheet, behov_word title_word, bool is_wide,
                                const behov_sheet_chart *chart, behov_report *table, behov_section_list *list,
                                behov_error *err)
{
    behov_wording title = {0}, name = {0}, years = {0}, outcome = {0};
    const behov_peers *peers = page->peers;
    bool is_of_accounts = title_word == BEHOV_WORD_PEERS_TITLE_ACCOUNTS || title_word == BEHOV_WORD_PEERS_TITLE_BASES;
    int first = is_of_accounts ? page->accounts->year : peers->first_year,
        last = is_of_accounts ? page->accounts->year : peers->last_year;
    behov_sentence_municipality(&name, &peers->places.all[peers->own]);
    behov_sentence_years(&years, ", ", first, last);
    behov_study_say_term(peers->fit_results->study, behov_formula_outcome_name(peers->fit_results->study->formula),
                         &outcome);
    behov_wording_fill(&title, peers_lang(page), title_word, "municipality", behov_wording_text(&name), "years",
                       behov_wording_text(&years), "outcome", behov_wording_text(&outcome), NULL);
    if (peers->fit_results->study->is_simulated)
        behov_sentence_simulated_title(&title, peers_lang(page));
    behov_wording_spend(&title, &name), behov_wording_spend(&title, &years), behov_wording_spend(&title, &outcome);
    behov_status status = behov_wording_status(&title, err);
    const char *sheet_name = behov_label(peers_lang(page), sheet);
    if (status)
        behov_report_free(table);
    else
        status = behov_section_list_add(list,
                                        (behov_section){.name = sheet_name,
                                                        .title = behov_wording_text(&title),
                                                        .table_name = sheet_name,
                                                        .n_frozen_columns = is_wide ? 1 : 0,
                                                        .landscape = is_wide,
                                                        .charts = chart,
                                                        .n_charts = chart ? 1 : 0},
                                        table, err);
    behov_wording_free(&title);
    return status;
}

static behov_status add_measures(const behov_peers_page *page, bool is_workbook, behov_section_list *list,
                                 behov_error *err)
{
    const behov_word sheets[BEHOV_N_PEER_MEASURES] = {
        peers_in_kroner(page) ? BEHOV_WORD_SHEET_PEERS_OUTCOME : BEHOV_WORD_SHEET_PEERS_OUTCOME_OTHER,
        peers_in_kroner(page) ? BEHOV_WORD_SHEET_PEERS_NEED : BEHOV_WORD_SHEET_PEERS_NEED_OTHER,
        BEHOV_WORD_SHEET_PEERS_RATIO};
    const behov_word titles[BEHOV_N_PEER_MEASURES] = {
        peers_in_kroner(page) ? BEHOV_WORD_PEERS_TITLE_OUTCOME : BEHOV_WORD_PEERS_TITLE_OUTCOME_OTHER,
        peers_in_kroner(page) ? BEHOV_WORD_PEERS_TITLE_NEED : BEHOV_WORD_PEERS_TITLE_NEED_OTHER,
        BEHOV_WORD_PEERS_TITLE_RATIO};
    behov_status status = BEHOV_OK;
    for (int measure = 0; measure < BEHOV_N_PEER_MEASURES && !status; measure++) {
        behov_report *table = NULL;
        const char *name = behov_label(peers_lang(page), sheets[measure]);
        const behov_sheet_chart chart = {.kind = BEHOV_SHEET_COLUMNS,
                                         .title = name,
                                         .text = name,
                                         .series = {{BEHOV_SERIES_FIRST, NULL, "base", "own"},
                                                    {BEHOV_SERIES_SECOND, NULL, "base", "weighted_mean"},
                                                    {BEHOV_SERIES_THIRD, NULL, "base", "median"}}};
        status = peers_measure_table(page, (behov_peer_measure)measure, is_workbook, &table, err);
        if (!status)
            status = add_section(page, sheets[measure], titles[measure], true, &chart, table, list, err);
    }
    if (!status)
        status = add_notes(page, behov_peers_comparison_note, BEHOV_PEERS_COMPARISON_NOTES, list, err);
    if (!status)
        status = behov_remarks_add_errors(list, page->peers->fit_results, err);
    return status ? status : behov_remarks_add(page->peers->fit_results, BEHOV_EVERY_REMARK, list, err);
}

static behov_status add_accounts(const behov_peers_page *page, behov_section_list *list, behov_error *err)
{
    behov_report *table = NULL;
    behov_status status = peers_accounts_table(page, &table, err);
    if (!status)
        status = add_section(page, BEHOV_WORD_SHEET_PEERS_ACCOUNTS, BEHOV_WORD_PEERS_TITLE_ACCOUNTS, false, NULL, table,
                             list, err);
    if (!status)
        status = add_notes(page, behov_peers_account_note, BEHOV_PEERS_ACCOUNT_NOTES, list, err);
    if (status || !peers_account_has_bases(page))
        return status;
    status = peers_account_bases_table(page, &table, err);
    return status ? status
                  : add_section(page, BEHOV_WORD_SHEET_PEERS_BASES, BEHOV_WORD_PEERS_TITLE_BASES, true, NULL, table,
                                list, err);
}

behov_status behov_peers_add(const behov_peers_page *page, bool is_workbook, behov_section_list *list, behov_error *err)
{
    behov_report *table = NULL;
    behov_status status = make_peers(page, is_workbook, &table, err);
    if (!status)
        status = add_section(page, BEHOV_WORD_SHEET_PEERS, BEHOV_WORD_PEERS_TITLE, true, NULL, table, list, err);
    behov_wording answer = {0};
    behov_peers_answer(page, &answer);
    status = status ? status : behov_wording_status(&answer, err);
    if (!status && answer.length)
        status = behov_section_list_subtitle(list, list->n - 1, behov_wording_text(&answer), err);
    behov_wording_free(&answer);
    if (!status)
        status = add_notes(page, behov_peers_note, BEHOV_PEERS_NOTES, list, err);
    if (!status)
        status = make_distance(page, &table, err);
    if (!status)
        status = add_section(page, BEHOV_WORD_SHEET_PEERS_DISTANCE, BEHOV_WORD_PEERS_TITLE_DISTANCE, true, NULL, table,
                             list, err);
    if (!status)
        status = add_notes(page, behov_peers_distance_note, BEHOV_PEERS_DISTANCE_NOTES, list, err);
    if (!status)
        status = add_measures(page, is_workbook, list, err);
    return !status && page->accounts ? add_accounts(page, list, err) : status;
}
