/* write_printed_comparison.c - see write_printed_comparison.h. */
#include "write_printed_comparison.h"

#include <math.h>

#include <behov/format.h>
#include "json_build.h"
#include <behov/labels.h>
#include <behov/printed_comparison_sentences.h>
#include <behov/printed_comparison_tables.h>
#include <behov/study_words.h>
#include "text_lines.h"
#include "write_json.h"
#include "write_text.h"

/* ---- the page ------------------------------------------------------------------------------------------------------
 * */

static behov_status answer_lines(const behov_printed_comparison *comparison, FILE *out, behov_error *err)
{
    behov_wording words = {0};
    behov_status status = BEHOV_OK;
    for (size_t i = 0; !status && behov_printed_comparison_answer(comparison, i, &words); i++)
        status = write_text_say(&words, out, err);
    if (!status)
        status = behov_wording_status(&words, err);
    behov_wording_free(&words);
    return status;
}

behov_status printed_comparison_page(const behov_printed_comparison *comparison, size_t n_most, FILE *out,
                                     behov_error *err)
{
    const behov_study *study = comparison->fit_results->study;
    behov_section_list list = {0};
    behov_status status = answer_lines(comparison, out, err);
    if (!status) {
        fputc('\n', out);
        status = write_text_head(comparison->fit_results, out, err);
    }
    if (!status)
        status = behov_printed_comparison_add(comparison, n_most, &list, err);
    for (size_t i = 0; i < list.n && !status; i++) {
        behov_section section = list.sections[i];
        section.subtitle = NULL; /* stands at the top of the page */
        fputc('\n', out);
        write_text_section(&section, behov_study_skipped_terms(study), study->lang, out);
    }
    if (!status && study->is_simulated) {
        fputc('\n', out);
        text_line(behov_label(study->lang, BEHOV_WORD_SIMULATED_EXPLAINED), 0, out);
    }
    behov_section_list_free(&list);
    return status;
}

/* ---- JSON ----------------------------------------------------------------------------------------------------------
 * */

static json_t *match_json(const behov_printed_comparison *comparison, const behov_printed_match *printed_match)
{
    char text[BEHOV_NUMBER_SIZE];
    bool is_there = printed_match->fitted != NULL, has_sizes = is_there && !comparison->is_other_outcome;
    json_t *object = json_object();
    json_put(object, "term", is_there ? json_text(printed_match->term) : json_null());
    json_put(object, "printed_term", json_text(printed_match->printed->term));
    json_put(object, "line", json_count(printed_match->printed->line));
    behov_printed_text(&printed_match->printed->coefficient, '.', text);
    json_put(object, "coefficient_printed", json_text(text));
    json_put(object, "estimate", is_there ? json_figure(printed_match->fitted->estimate) : json_null());
    json_put(object, "difference_in_last_digit", json_figure(printed_match->units));
    json_put(object, "difference_in_se", json_figure(printed_match->in_standard_errors));
    json_put(object, "prints_the_same", has_sizes ? json_boolean(printed_match->holds) : json_null());
    json_put(object, "same_sign", is_there ? json_boolean(printed_match->same_sign) : json_null());
    json_put(object, "stars_printed", json_text(behov_format_stars(printed_match->printed->n_stars)));
    json_put(object, "stars", is_there ? json_text(printed_match->fitted->stars) : json_null());
    json_put(object, "same_stars", is_there ? json_boolean(printed_match->same_stars) : json_null());
    behov_printed_text(&printed_match->printed->standard_error, '.', text);
    json_put(object, "se_printed", json_text(text));
    json_put(object, "se", is_there ? json_figure(printed_match->fitted->se) : json_null());
    json_put(object, "se_difference_in_last_digit", json_figure(printed_match->error_units));
    json_put(object, "se_prints_the_same", has_sizes ? json_boolean(printed_match->error_holds) : json_null());
    return object;
}

static json_t *readings_json(const behov_printed_comparison *comparison)
{
    json_t *list = json_array();
    for (size_t r = 0; r < comparison->clusterings.n && comparison->readings; r++) {
        const behov_printed_reading *printed_reading = &comparison->readings[r];
        json_t *object = json_object(), *errors = json_array();
        json_put(object, "cluster", json_text(printed_reading->errors_reading->cluster));
        json_put(object, "n_clusters", json_count(printed_reading->errors_reading->n_clusters));
        json_put(object, "median_off", json_figure(printed_reading->median_off));
        json_put(object, "largest_off", json_figure(printed_reading->largest_off));
        json_put(object, "largest_off_term",
                 isnan(printed_reading->largest_off) ? json_null()
                                                     : json_text(comparison->matches[printed_reading->largest].term));
        json_put(object, "n_print_the_same", json_count(printed_reading->n_hold));
        json_put(object, "is_best", json_boolean(printed_reading->is_best));
        json_put(object, "why_not",
                 printed_reading->errors_reading->vcov
                     ? json_null()
                     : json_reason(&printed_reading->errors_reading->why, comparison->fit_results->study->lang));
        for (size_t i = 0; i < comparison->table.n_rows; i++) {
            const behov_printed_match *match = &comparison->matches[i];
            json_add(errors, match->fitted && printed_reading->errors_reading->vcov
                                 ? json_figure(printed_reading->errors_reading
                                                   ->coefficients[match->fitted - comparison->fit_results->coefficients]
                                                   .se)
                                 : json_null());
        }
        json_put(object, "se", errors);
        json_add(list, object);
    }
    return list;
}

static json_t *ratios_json(const behov_printed_comparison *comparison)
{
    json_t *object = json_object(), *cells = json_array(), *unknown_object = json_array();
    json_put(object, "table", json_text(comparison->ratios_name));
    json_put(object, "n_compared", json_count(comparison->n_compared));
    json_put(object, "n_equal", json_count(comparison->n_equal));
    json_put(object, "n_differ", json_count(comparison->n_cells));
    json_put(object, "n_not_fitted", json_count(comparison->n_not_fitted));
    for (size_t i = 0; i < comparison->n_cells; i++) {
        const behov_printed_cell *cell = &comparison->cells[i];
        json_t *single_object = json_object();
        json_put(single_object, "municipality_code", json_text(comparison->ratios.places.all[cell->place].code));
        json_put(single_object, "municipality", json_text(comparison->ratios.places.all[cell->place].name));
        json_put(single_object, "year", json_integer(comparison->ratios.years[cell->year]));
        json_put(single_object, "printed", json_figure(cell->printed));
        json_put(single_object, "ratio", json_figure(cell->ratio));
        json_put(single_object, "difference", json_figure(cell->difference));
        json_add(cells, single_object);
    }
    for (size_t i = 0; i < comparison->n_unknown; i++) {
        const behov_municipality *municipality =
            &comparison->printed_ratios.places.all[comparison->unknown_positions[i]];
        json_add(unknown_object, json_text(municipality->code[0] ? municipality->code : municipality->name));
    }
    json_put(object, "differences", cells);
    json_put(object, "unknown_municipalities", unknown_object);
    return object;
}

behov_status printed_comparison_json(const behov_printed_comparison *comparison, const char *path, behov_error *err)
{
    json_t *object = json_object(), *coefficients = json_array();
    write_json_common(object, comparison->fit_results);
    json_put(object, "se_kind", json_text(behov_vcov_kind_name(behov_vcov_kind_of(comparison->fit_results->vcov))));
    write_json_clusters(object, comparison->fit_results);
    bool has_table = comparison->table.n_rows > 0;
    json_put(object, "table", has_table ? json_text(comparison->table_name) : json_null());
    json_put(object, "outcome_printed", comparison->notes.outcome ? json_text(comparison->notes.outcome) : json_null());
    json_put(object, "is_other_outcome", has_table ? json_boolean(comparison->is_other_outcome) : json_null());
    json_put(object, "n_observations_printed",
             comparison->notes.n_observations ? json_count(comparison->notes.n_observations) : json_null());
    json_put(object, "n_observations", json_figure(behov_fit_n_observations(comparison->fit_results->fit)));
    json_put(object, "adj_r2_printed",
             comparison->notes.has_adjusted_r2 ? json_figure(comparison->notes.adjusted_r2.value) : json_null());
    json_put(object, "adj_r2", json_figure(behov_fit_adj_r2(comparison->fit_results->fit)));
    for (size_t i = 0; i < comparison->table.n_rows; i++)
        json_add(coefficients, match_json(comparison, &comparison->matches[i]));
    json_put(object, "coefficients", coefficients);
    json_put(object, "readings", readings_json(comparison));
    json_put(object, "ratios", comparison->printed_ratios.places.n ? ratios_json(comparison) : json_null());
    return write_json_object(path, object, err);
}

/* ---- for the verb ------------------------------------------------------------------------------------------------ */

static behov_status page(const void *context, FILE *out, behov_error *err)
{
    return printed_comparison_page(context, PRINTED_COMPARISON_SHOWN, out, err);
}

static behov_status sections(const void *context, bool is_workbook, behov_section_list *list, behov_error *err)
{
    return behov_printed_comparison_add_all(context, is_workbook ? 0 : PRINTED_COMPARISON_SHOWN, list, err);
}

static behov_status rows(const void *context, behov_report **report, behov_error *err)
{
    const behov_printed_comparison *comparison = context;
    return comparison->table.n_rows ? behov_printed_comparison_coefficients_table(comparison, report, err)
                                    : behov_printed_comparison_ratios_table(comparison, 0, report, err);
}

static behov_status json(const void *context, const char *path, behov_error *err)
{
    return printed_comparison_json(context, path, err);
}

const output_writers printed_comparison_writers = {
    .sections = sections, .rows = rows, .json = json, .page = page, .title = BEHOV_WORD_TITLE_COMPARED};
