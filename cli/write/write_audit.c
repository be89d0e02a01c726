/* write_audit.c - the findings of an audit, as a page and as a jansson tree.
 *
 * In JSON, printed figures and what would fit in their place keep the decimal mark of the file. */
#include "write_audit.h"

#include <math.h>

#include <behov/audit_sentences.h>
#include <behov/format.h>
#include "json_build.h"
#include <behov/labels.h>
#include "text_lines.h"
#include "write_json.h"
#include "write_text.h"

/* ---- the page ------------------------------------------------------------------------------------------------------
 * */

static behov_status basis_lines(const behov_audit_results *audit_results, behov_wording *words, FILE *out,
                                behov_error *err)
{
    enum { CAPTION_GAP = 3 };
    size_t widest = 0;
    behov_status status = BEHOV_OK;
    for (int i = 0; i < BEHOV_N_AUDIT_BASES; i++) {
        size_t width = behov_format_width(behov_audit_results_caption(audit_results, (behov_audit_basis)i));
        widest = width > widest ? width : widest;
    }
    for (int i = 0; i < BEHOV_N_AUDIT_BASES && !status; i++) {
        const char *caption = behov_audit_results_caption(audit_results, (behov_audit_basis)i);
        behov_audit_results_say_basis(audit_results, (behov_audit_basis)i, words);
        status = behov_wording_status(words, err);
        if (status)
            break;
        fputs(caption, out);
        text_pad(out, widest + CAPTION_GAP - behov_format_width(caption));
        text_line(behov_wording_text(words), widest + CAPTION_GAP, out);
    }
    return status;
}

static behov_status page(const void *context, FILE *out, behov_error *err)
{
    const behov_audit_results *audit_results = context;
    size_t n = behov_audit_n_findings(audit_results->audit);
    behov_wording words = {0};
    behov_audit_results_say_answer(audit_results, &words);
    behov_status status = write_text_say(&words, out, err);
    behov_audit_results_say_names(audit_results, &words);
    status = status ? status : write_text_say(&words, out, err);
    if (n && !status)
        fputc('\n', out);
    for (size_t i = 0; i < n && !status; i++) {
        behov_audit_results_say_finding(audit_results, behov_audit_finding(audit_results->audit, i), &words);
        status = write_text_say(&words, out, err);
    }
    if (!status) {
        fputc('\n', out);
        status = basis_lines(audit_results, &words, out, err);
    }
    if (!status)
        text_line(behov_label(audit_results->lang, BEHOV_WORD_AUDIT_RULE), 0, out);
    behov_wording_free(&words);
    return status;
}

/* ---- JSON ----------------------------------------------------------------------------------------------------------
 * */

static json_t *whole_or_null(size_t value)
{
    return value ? json_integer((json_int_t)value) : json_null();
}

/* An entry as the file has it, and what would fit in its place. */
static void set_printed_stars(const behov_audit_results *audit_results, const behov_finding *finding,
                              behov_wording *printed, behov_wording *fit)
{
    const behov_printed_row *row = &audit_results->table.rows[finding->row];
    const behov_misprint *likely = &finding->likely;
    char mark = audit_results->table.decimal_mark, text[BEHOV_NUMBER_SIZE], low[BEHOV_NUMBER_SIZE],
         high[BEHOV_NUMBER_SIZE];
    if (likely->entry == BEHOV_ENTRY_STARS) {
        behov_wording_add(printed, behov_format_stars(row->n_stars));
        behov_wording_add(fit, behov_format_stars(likely->n_stars));
        return;
    }
    behov_printed_text(likely->entry == BEHOV_ENTRY_COEFFICIENT ? &row->coefficient : &row->standard_error, mark, text);
    behov_wording_add(printed, text);
    if (likely->entry) {
        behov_printed_text(&likely->number, mark, text);
        behov_wording_add(fit, text);
        return;
    }
    behov_finding_limits(finding, mark, low, high);
    behov_wording_print(fit, "%s%s%s%s%s", low[0] ? ">= " : "", low, low[0] && high[0] ? ", " : "",
                        high[0] ? "<= " : "", high);
}

static void set_printed_sign(const behov_audit_results *audit_results, const behov_finding *finding,
                             behov_wording *printed, behov_wording *fit)
{
    behov_printed number = audit_results->table.rows[finding->row].coefficient;
    char text[BEHOV_NUMBER_SIZE];
    behov_printed_text(&number, audit_results->table.decimal_mark, text);
    behov_wording_add(printed, text);
    number.is_negative = !number.is_negative;
    behov_printed_text(&number, audit_results->table.decimal_mark, text);
    behov_wording_add(fit, text);
}

static void set_printed_rows(const behov_audit_results *audit_results, const behov_finding *finding,
                             behov_wording *printed, behov_wording *fit)
{
    behov_wording_print(printed, "%zu", audit_results->notes.n_observations);
    if (finding->rows_below)
        behov_wording_print(fit, "%zu, ", finding->rows_below);
    behov_wording_print(fit, "%zu", finding->rows_above);
}

static void set_printed_legend(const behov_audit_results *audit_results, const behov_finding *finding,
                               behov_wording *printed, behov_wording *fit)
{
    if (finding->fault == BEHOV_LEGEND_LACKS_MARK)
        behov_wording_add(printed, behov_format_stars(finding->n_stars));
    else
        behov_legend_say(&audit_results->legend, '.', printed);
    if (finding->has_other_legend)
        behov_legend_say(&finding->other_legend, '.', fit);
}

static void set_printed(json_t *object, const behov_audit_results *audit_results, const behov_finding *finding)
{
    static void (*const set[])(const behov_audit_results *, const behov_finding *, behov_wording *, behov_wording *) = {
        [BEHOV_FINDING_STARS] = set_printed_stars, [BEHOV_FINDING_SIGN] = set_printed_sign,
        [BEHOV_FINDING_ROWS] = set_printed_rows,   [BEHOV_FINDING_LEGEND] = set_printed_legend,
        [BEHOV_FINDING_T] = set_printed_legend,
    };
    bool can_be_empty = finding->kind == BEHOV_FINDING_STARS && finding->likely.entry == BEHOV_ENTRY_STARS;
    behov_wording printed = {0}, fit = {0};
    set[finding->kind](audit_results, finding, &printed, &fit);
    json_put(object, "printed", json_said(&printed));
    json_put(object, "would_fit", fit.length || fit.has_no_memory || can_be_empty ? json_said(&fit) : json_null());
}

static json_t *findings_json(const behov_audit_results *audit_results)
{
    json_t *list = json_array();
    for (size_t i = 0; i < behov_audit_n_findings(audit_results->audit); i++) {
        const behov_finding *finding = behov_audit_finding(audit_results->audit, i);
        bool has_row = finding->kind == BEHOV_FINDING_STARS || finding->kind == BEHOV_FINDING_SIGN;
        const behov_printed_row *row = has_row ? &audit_results->table.rows[finding->row] : NULL;
        json_t *object = json_object();
        behov_wording words = {0};
        json_put(object, "term", json_text(row ? row->term : NULL));
        json_put(object, "kind", json_text(behov_finding_kind_name(finding->kind)));
        set_printed(object, audit_results, finding);
        behov_audit_results_say_finding(audit_results, finding, &words);
        json_put(object, "message", json_said(&words));
        json_put(object, "line", whole_or_null(row ? row->line : 0));
        json_add(list, object);
    }
    return list;
}

static json_t *rows_json(const behov_audit_results *audit_results)
{
    json_t *list = json_array();
    for (size_t i = 0; i < audit_results->table.n_rows; i++) {
        const behov_printed_row *row = &audit_results->table.rows[i];
        const behov_audit_range *range = behov_audit_range_of(audit_results->audit, i);
        bool has_range = range->most >= 0;
        json_t *object = json_object();
        json_put(object, "term", json_text(row->term));
        json_put(object, "coefficient_low", json_figure(row->coefficient.value - row->coefficient.half_widest));
        json_put(object, "coefficient_high", json_figure(row->coefficient.value + row->coefficient.half_widest));
        json_put(object, "standard_error_low",
                 json_figure(fmax(0, row->standard_error.value - row->standard_error.half_widest)));
        json_put(object, "standard_error_high",
                 json_figure(row->standard_error.value + row->standard_error.half_widest));
        json_put(object, "abs_t_least", json_figure(range->t_least));
        json_put(object, "abs_t_most", json_figure(range->t_most));
        json_put(object, "p_least", json_figure(range->p_least));
        json_put(object, "p_most", json_figure(range->p_most));
        json_put(object, "stars", json_text(behov_format_stars(row->n_stars)));
        json_put(object, "stars_fewest", has_range ? json_text(behov_format_stars(range->fewest)) : json_null());
        json_put(object, "stars_most", has_range ? json_text(behov_format_stars(range->most)) : json_null());
        json_add(list, object);
    }
    return list;
}

static json_t *legend_json(const behov_legend *legend)
{
    json_t *list = json_array();
    for (int m = 1; m <= BEHOV_LEGEND_MARKS; m++) {
        if (!(legend->levels[m - 1] > 0))
            continue;
        json_t *object = json_object();
        json_put(object, "stars", json_text(behov_format_stars(m)));
        json_put(object, "level", json_figure(legend->levels[m - 1]));
        json_add(list, object);
    }
    return list;
}

static behov_status json(const void *context, const char *path, behov_error *err)
{
    const behov_audit_results *audit_results = context;
    static const char *const sources[] = {
        [BEHOV_LEGEND_ASSUMED] = "assumed", [BEHOV_LEGEND_OF_NOTES] = "notes", [BEHOV_LEGEND_OF_OPTION] = "option"};
    json_t *object = json_object();
    json_put(object, "behov_version", json_text(behov_version()));
    json_put(object, "table", json_text(audit_results->table_file.name));
    json_put(object, "notes_table", json_text(audit_results->notes_file.name));
    json_put(object, "signs_table", json_text(audit_results->signs_file.name));
    json_put(object, "n_rows", json_integer((json_int_t)audit_results->table.n_rows));
    json_put(object, "n_signs", json_integer((json_int_t)audit_results->n_signs_used));
    json_put(object, "legend", legend_json(&audit_results->legend));
    json_put(object, "legend_from", json_text(sources[audit_results->legend_from]));
    json_put(object, "dof_low", json_figure(audit_results->dof > 0 ? audit_results->dof : 1));
    json_put(object, "dof_high", audit_results->dof > 0 ? json_figure(audit_results->dof) : json_null());
    json_put(object, "n_observations", whole_or_null(audit_results->notes.n_observations));
    json_put(object, "n_years", whole_or_null(audit_results->notes.n_years));
    json_put(object, "findings", findings_json(audit_results));
    json_put(object, "rows", rows_json(audit_results));
    return write_json_object(path, object, err);
}

const output_writers audit_writers = {.json = json, .page = page};
