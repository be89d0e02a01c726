/* write_factors.c - see write_factors.h. */
#include "write_factors.h"

#include <stdlib.h>
#include <string.h>

#include <behov/factor_file.h>
#include <behov/format.h>
#include <behov/labels.h>
#include <behov/result_sentences.h>
#include <behov/study_words.h>
#include "json_build.h"
#include "target.h"
#include "text_lines.h"
#include "write_json.h"
#include "write_text.h"

/* ---- the file ------------------------------------------------------------------------------------------------------ */

typedef struct file_bytes {
    unsigned char *bytes;
    size_t n;
} file_bytes;

static behov_status put(FILE *out, const void *context, behov_error *err)
{
    const file_bytes *whole = context;
    (void)err; /* a full disk is found at the end */
    fwrite(whole->bytes, 1, whole->n, out);
    return BEHOV_OK;
}

behov_status write_factors(const char *path, const behov_factor_part *part, behov_error *err)
{
    file_bytes whole = {0};
    behov_status status = behov_factor_file_write(part, &whole.bytes, &whole.n, err);
    if (!status)
        status = target_write(path, put, &whole, err);
    free(whole.bytes);
    return status;
}

/* ---- the page ------------------------------------------------------------------------------------------------------ */

static const char *count_text(const factors_page *page, uint64_t n, char text[BEHOV_NUMBER_SIZE])
{
    return behov_format_count(page->study->lang, (double)n, text);
}

static void add_count(const factors_page *page, behov_word word, uint64_t n, behov_wording *words)
{
    char number[BEHOV_NUMBER_SIZE];
    behov_wording_fill(words, page->study->lang, behov_word_by_count(word, (double)n), "n", count_text(page, n, number),
                       NULL);
}

static void say_rows(const factors_page *page, behov_wording *words)
{
    char number[BEHOV_NUMBER_SIZE];
    behov_language lang = page->study->lang;
    behov_fit_results_data_name(&(behov_fit_results){.study = page->study}, words);
    behov_wording_add_after(words, "   ", count_text(page, page->part->n_rows, number));
    behov_wording_add_after(words, " ",
                            behov_label(lang, page->part->n_rows == 1 ? BEHOV_WORD_WORD_ROW : BEHOV_WORD_WORD_ROWS));
    behov_wording_add(words, ", ");
    add_count(page, BEHOV_WORD_ESTIMATED_ON_ROWS, page->part->n_estimated, words);
}

/* "387 clusters by municipality, 14 columns with all levels, kept to 32 digits" */
static void say_factors(const factors_page *page, behov_wording *words)
{
    behov_wording clusters = {0}, columns = {0};
    const char *key = page->part->texts[BEHOV_PART_CLUSTER];
    add_count(page, BEHOV_WORD_COUNT_CLUSTERS, page->part->n_clusters, &clusters);
    add_count(page, BEHOV_WORD_COUNT_COLUMNS, page->part->n_columns, &columns);
    behov_wording_fill(words, page->study->lang, key[0] ? BEHOV_WORD_FACTORS_HELD : BEHOV_WORD_FACTORS_HELD_TOGETHER,
                       "clusters", behov_wording_text(&clusters), "key", behov_study_key_in_sentence(page->study, key),
                       "columns", behov_wording_text(&columns), "how",
                       behov_label(page->study->lang, page->part->rests ? BEHOV_WORD_FACTORS_IN_DOUBLE_DOUBLE
                                                                        : BEHOV_WORD_FACTORS_IN_DOUBLE),
                       NULL);
    behov_wording_spend(words, &clusters);
    behov_wording_spend(words, &columns);
}

/* The rows of a reason, whatever levels they have; 0 where a reason before it has counted them. */
static behov_reason reason_of_rows(const behov_factor_part *part, size_t i)
{
    behov_reason out = part->reasons[i].reason;
    bool is_counted = false;
    for (size_t k = 0; k < part->n_reasons; k++) {
        const behov_reason *other = &part->reasons[k].reason;
        bool is_same = other->kind == out.kind && other->fate == out.fate && other->mark == out.mark &&
                       strcmp(other->subject, out.subject) == 0;
        is_counted = is_counted || (is_same && k < i);
        out.n_rows += is_same && k > i ? other->n_rows : 0;
    }
    out.n_rows = is_counted ? 0 : out.n_rows;
    return out;
}

behov_status write_text_factors(const factors_page *page, FILE *out, behov_error *err)
{
    behov_language lang = page->study->lang;
    behov_wording rows = {0}, reason = {0}, factors = {0};
    say_rows(page, &rows);
    say_factors(page, &factors);
    behov_status status = behov_wording_status(&rows, err);
    if (!status)
        status = behov_wording_status(&factors, err);
    if (!status) {
        write_text_caption(out, lang, BEHOV_WORD_CAPTION_MODEL, behov_formula_text(page->study->formula));
        write_text_caption(out, lang, BEHOV_WORD_CAPTION_DATA, behov_wording_text(&rows));
    }
    for (size_t i = 0; i < page->part->n_reasons && !status; i++) {
        behov_reason rows_of_reason = reason_of_rows(page->part, i);
        if (rows_of_reason.n_rows == 0)
            continue;
        behov_fit_results_rows_with_reason(&(behov_fit_results){.study = page->study}, rows_of_reason, &reason);
        status = behov_wording_status(&reason, err);
        if (!status)
            write_text_caption(out, lang, BEHOV_NO_WORD, behov_wording_text(&reason));
    }
    if (!status)
        write_text_caption(out, lang, BEHOV_WORD_CAPTION_FACTORS, behov_wording_text(&factors));
    for (size_t i = 0; i < page->study->n_cautions && !status; i++)
        fprintf(out, "%s\n", page->study->cautions[i]);
    behov_wording_free(&rows), behov_wording_free(&reason), behov_wording_free(&factors);
    return status;
}

/* ---- JSON ---------------------------------------------------------------------------------------------------------- */

static json_t *count(uint64_t value)
{
    return json_integer((json_int_t)value);
}

behov_status write_json_factors(const factors_page *page, behov_error *err)
{
    const behov_factor_part *part = page->part;
    json_t *object = json_object(), *columns = json_array(), *reasons = json_array();
    for (size_t k = 0; k < part->n_columns; k++)
        json_add(columns, json_text(part->columns[k]));
    for (size_t i = 0; i < part->n_reasons; i++) {
        behov_reason rows_of_reason = reason_of_rows(part, i);
        if (rows_of_reason.n_rows == 0)
            continue;
        behov_wording why = {0};
        behov_fit_results_reason(&(behov_fit_results){.study = page->study}, rows_of_reason, BEHOV_LANGUAGE_EN, &why);
        json_t *entry = json_object();
        json_put(entry, "reason", json_said(&why));
        json_put(entry, "rows", count(rows_of_reason.n_rows));
        json_put(entry, "predicted", json_boolean(rows_of_reason.fate == BEHOV_ROW_PREDICTED_ONLY));
        json_add(reasons, entry);
    }
    const char *cluster = part->texts[BEHOV_PART_CLUSTER], *weights = part->texts[BEHOV_PART_WEIGHTS];
    json_put(object, "behov_version", json_text(behov_version()));
    json_put(object, "formula", json_text(part->texts[BEHOV_PART_FORMULA]));
    json_put(object, "data", json_text(page->study->is_bundled ? "bundled simulated panel" : page->study->panel_path));
    json_put(object, "is_simulated", json_boolean(part->is_simulated));
    write_json_cautions(object, page->study);
    json_put(object, "cluster", json_text(cluster[0] ? cluster : NULL));
    json_put(object, "cluster_is_default", json_boolean(part->is_default_cluster));
    json_put(object, "weights", json_text(weights[0] ? weights : NULL));
    json_put(object, "n_rows", count(part->n_rows));
    json_put(object, "n_estimated", count(part->n_estimated));
    json_put(object, "n_predicted", count(part->n_predicted));
    json_put(object, "n_observations", json_figure(part->n_observations));
    json_put(object, "n_clusters", cluster[0] ? count(part->n_clusters) : json_null());
    json_put(object, "n_factor_rows", count(part->starts[part->n_clusters]));
    json_put(object, "arithmetic", json_text(part->rests ? "double-double" : "double"));
    json_put(object, "columns", columns);
    json_put(object, "dropped", reasons);
    return write_json_object(NULL, object, err);
}
