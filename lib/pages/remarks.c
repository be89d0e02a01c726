/* remarks.c - what a page that compares municipalities or years has to say of its data: whom the condition leaves out of
 * the country, who changes the code, what the intervals stand on, that amounts are those of the panel. Each is a sentence
 * that a page has once; which of them a page needs, the page knows. */
#include "remarks.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "format.h"
#include "labels.h"
#include "messages.h"
#include "result_sentences.h"
#include "text_lines.h"

enum { NAMED_MAX = 3 }; /* more municipalities are counted */

static const char *whole(behov_language lang, size_t value, char text[BEHOV_NUMBER_SIZE])
{
    return format_cell(BEHOV_Q_COUNT, (double)value, lang, text);
}

/* ---- whom a condition leaves out ----------------------------------------------------------------------------------- */

static bool is_excluded(const behov_design *design, size_t row)
{
    ptrdiff_t reason = behov_design_reason_of(design, row);
    return reason >= 0 && behov_design_reason(design, (size_t)reason).kind == BEHOV_REASON_EXCLUDED;
}

/* Marks codes that have a row beside those that are left out. */
static void mark_present(const results *fitted, const int32_t *codes, size_t n_rows, char *is_present)
{
    for (size_t row = 0; row < n_rows; row++)
        if (codes[row] >= 0 && !is_excluded(fitted->design, row))
            is_present[codes[row]] = 1;
}

void remark_left_out_names(const results *fitted, wording *words)
{
    const behov_panel *panel = &fitted->of->panel;
    behov_language lang = fitted->of->lang;
    wording_clear(words);
    if (!fitted->of->exclude || panel->columns[BEHOV_ROLE_CODE] < 0)
        return;
    size_t column = (size_t)panel->columns[BEHOV_ROLE_CODE], n_rows = behov_table_n_rows(fitted->of->table), n = 0;
    const int32_t *codes = behov_table_codes(fitted->of->table, column);
    char *is_present = calloc(behov_dictionary_count(behov_table_levels(fitted->of->table, column)) + 1, 1);
    if (!is_present) {
        words->has_no_memory = true;
        return;
    }
    mark_present(fitted, codes, n_rows, is_present);
    for (size_t row = 0; row < n_rows; row++) {
        if (codes[row] < 0 || is_present[codes[row]] || !is_excluded(fitted->design, row))
            continue;
        is_present[codes[row]] = 1; /* named once */
        if (n++ >= NAMED_MAX)
            continue;
        wording_add_after(words, ", ", behov_panel_code(panel, row));
        if (behov_panel_municipality(panel, row)[0])
            wording_add_after(words, " ", behov_panel_municipality(panel, row));
    }
    free(is_present);
    if (n > NAMED_MAX) {
        char number[BEHOV_NUMBER_SIZE];
        wording_clear(words);
        wording_fill(words, lang, "remark_municipalities", "n", whole(lang, n, number), NULL);
    }
}

bool remark_is_left_out(const results *fitted, const municipality *asked_for)
{
    bool has_row = false;
    for (size_t row = 0; row < behov_table_n_rows(fitted->of->table); row++) {
        bool is_its = asked_for->code[0] ? strcmp(behov_panel_code(&fitted->of->panel, row), asked_for->code) == 0
                                         : strcmp(behov_panel_municipality(&fitted->of->panel, row), asked_for->name) == 0;
        if (is_its && !is_excluded(fitted->design, row))
            return false;
        has_row = has_row || is_its;
    }
    return has_row;
}

behov_status remark_refuse_left_out(const results *fitted, const municipality *asked_for, const char *where,
                                    behov_error *err)
{
    char name[MUNICIPALITY_NAME];
    if (!remark_is_left_out(fitted, asked_for))
        return BEHOV_OK;
    return behov_error_set(err, BEHOV_E_DATA, where, "%s is left out by %s: %s; with -x '' no rows are left out",
                           directory_name(asked_for, name, sizeof name),
                           fitted->of->model_excludes ? "the model's condition" : "--exclude",
                           behov_cut(fitted->of->exclude_text, 120).text);
}

behov_status remark_refuse_all_left_out(const results *fitted, const municipality *places, const size_t *listed,
                                        size_t n_listed, const char *where, behov_error *err)
{
    size_t n_left_out = 0;
    behov_error why;
    for (size_t i = 0; i < n_listed; i++)
        n_left_out += remark_is_left_out(fitted, &places[listed[i]]);
    if (n_listed && n_left_out == n_listed)
        return remark_refuse_left_out(fitted, &places[listed[0]], where, err);
    for (size_t i = 0; i < n_listed && n_left_out; i++)
        if (remark_refuse_left_out(fitted, &places[listed[i]], where, &why))
            note("%s: %s", why.where, why.what);
    return BEHOV_OK;
}

static void say_country(const results *fitted, wording *words)
{
    wording names = {0};
    remark_left_out_names(fitted, &names);
    if (names.length)
        wording_fill(words, fitted->of->lang, "remark_country", "who",
                      label(fitted->of->lang, fitted->of->model_excludes ? "word_the_model" : "word_the_option"),
                      "names", wording_text(&names), NULL);
    words->has_no_memory = words->has_no_memory || names.has_no_memory;
    wording_free(&names);
}

/* ---- the others ---------------------------------------------------------------------------------------------------- */

static void say_codes(const results *fitted, wording *words)
{
    const behov_study *of = fitted->of;
    size_t n_findings, n = behov_plausibility_count(of->found, BEHOV_ODD_TWO_CODES, BEHOV_WARNING);
    const behov_oddity *findings = behov_plausibility_findings(of->found, &n_findings), *found = NULL;
    for (size_t i = 0; i < n_findings && !found; i++)
        if (findings[i].kind == BEHOV_ODD_TWO_CODES && findings[i].severity == BEHOV_WARNING)
            found = &findings[i];
    if (!found)
        return;
    char number[BEHOV_NUMBER_SIZE], before[16], year[16];
    snprintf(before, sizeof before, "%d", behov_panel_year(&of->panel, (size_t)found->other_row));
    snprintf(year, sizeof year, "%d", behov_panel_year(&of->panel, (size_t)found->row));
    wording_fill(words, of->lang, n > 1 ? "remark_codes" : "remark_codes_one", "n", whole(of->lang, n, number), "name",
                  behov_panel_municipality(&of->panel, (size_t)found->row), "old",
                  behov_panel_code(&of->panel, (size_t)found->other_row), "before", before, "new",
                  behov_panel_code(&of->panel, (size_t)found->row), "year", year, NULL);
}

static void say_clusters(const results *fitted, wording *words)
{
    behov_language lang = fitted->of->lang;
    char number[BEHOV_NUMBER_SIZE];
    double rows;
    if (!fitted->vcov || behov_vcov_n_clusters(fitted->vcov) == 0)
        return;
    wording keys = {0};
    results_cluster_keys(fitted, &keys);
    if (behov_vcov_n_clusters(fitted->vcov) < BEHOV_FEW_CLUSTERS) {
        wording_fill(words, lang, "remark_few_clusters", "key", results_key_of_few_clusters(fitted), "n",
                      whole(lang, behov_vcov_n_clusters(fitted->vcov), number), NULL);
    } else if (results_is_hardly_clustered(fitted, &rows)) {
        behov_number_fixed(rows, 1, label_decimal_mark(lang), "", 4, number);
        wording_fill(words, lang, "remark_hardly_clustered", "key", wording_text(&keys), "n", number, NULL);
    }
    words->has_no_memory = words->has_no_memory || keys.has_no_memory;
    wording_free(&keys);
}

static bool has_outcomes(const results *fitted)
{
    size_t n_rows;
    const uint32_t *rows = behov_design_predicted(fitted->design, &n_rows);
    for (size_t i = 0; i < n_rows; i++)
        if (!isnan(behov_need_actual(fitted->need)[rows[i]]))
            return true;
    return false;
}

static void say_prices(const results *fitted, wording *words)
{
    size_t n_years;
    const int *years = behov_need_years(fitted->need, &n_years);
    if (fitted->of->unit == BEHOV_UNIT_UNKNOWN || !years[0])
        return;
    const lent_effects *lent = fitted->lent;
    bool is_lent = lent && lent->kind != LENT_NOTHING && lent->n;
    if (n_years > 1 || fitted->coefficients_from)
        wording_add(words, label(fitted->of->lang, "remark_prices"));
    if (is_lent && has_outcomes(fitted)) {
        char names[100];
        lent_effects_years(lent, names);
        wording_add(words, " ");
        wording_fill(words, fitted->of->lang, "remark_prices_lent", "years", names, NULL);
    }
}

void remark_say(const results *fitted, remark which, wording *words)
{
    static void (*const say[N_REMARKS])(const results *, wording *) = {say_country, say_codes, say_clusters, say_prices};
    wording_clear(words);
    say[which](fitted, words);
}

/* ---- pages ---------------------------------------------------------------------------------------------------------- */

typedef behov_status (*remark_taker)(void *page, const char *text, behov_error *err);

static behov_status give_each(const results *fitted, unsigned which, remark_taker take, void *page, behov_error *err)
{
    wording words = {0};
    behov_status status = BEHOV_OK;
    for (int i = 0; i < N_REMARKS && !status; i++) {
        if (!((which >> i) & 1u))
            continue;
        remark_say(fitted, (remark)i, &words);
        status = wording_status(&words, err);
        if (!status && words.length)
            status = take(page, wording_text(&words), err);
    }
    wording_free(&words);
    return status;
}

static behov_status take_note(void *page, const char *text, behov_error *err)
{
    return section_list_note(page, text, err);
}

static behov_status take_line(void *page, const char *text, behov_error *err)
{
    (void)err;
    text_line(text, 0, page);
    return BEHOV_OK;
}

behov_status remarks_add(const results *fitted, unsigned which, section_list *list, behov_error *err)
{
    return give_each(fitted, which, take_note, list, err);
}

behov_status remarks_print(const results *fitted, unsigned which, FILE *out, behov_error *err)
{
    return give_each(fitted, which, take_line, out, err);
}

behov_status remarks_add_errors(section_list *list, const results *fitted, behov_error *err)
{
    wording errors = {0}, words = {0};
    results_errors(fitted, &errors);
    wording_add(&words, label(fitted->of->lang, "se_kind"));
    wording_add(&words, ": ");
    behov_status status = wording_status(&words, err);
    if (!status)
        status = section_list_say(list, wording_text(&words), &errors, err);
    wording_free(&errors), wording_free(&words);
    return status;
}
