/* write_merge.c - see write_merge.h. */
#include "write_merge.h"

#include <stdio.h>

#include <behov/labels.h>
#include <behov/merge_tables.h>
#include "json_build.h"
#include "text_lines.h"
#include "visible.h"
#include "write_json.h"

static behov_status page(const void *context, FILE *out, behov_error *err)
{
    const merge_results *results = context;
    const behov_panel_merge *merge = &results->merge;
    behov_wording words = {0};
    behov_merge_say_counts(merge, results->lang, &words);
    behov_status status = behov_wording_status(&words, err);
    if (!status)
        print_visible(out, "%s\n", behov_wording_text(&words));
    behov_merge_fact_kind last = BEHOV_N_MERGE_FACTS;
    for (size_t i = 0; i < merge->n_facts && !status; i++) {
        const behov_merge_fact *fact = &merge->facts[i];
        /* What became of whom is long and no surprise; it is in the tables. */
        if (fact->kind >= BEHOV_MERGE_RENUMBERED)
            break;
        if (fact->kind != last)
            print_visible(out, "\n%s\n", behov_merge_fact_label(results->lang, fact->kind));
        last = fact->kind;
        print_visible(out, "  %s%s%s", fact->subject, fact->detail[0] ? " → " : "", fact->detail);
        if (fact->first_year && fact->first_year < fact->last_year)
            fprintf(out, " (%d–%d)", fact->first_year, fact->last_year);
        else if (fact->first_year)
            fprintf(out, " (%d)", fact->first_year);
        fputc('\n', out);
    }
    if (!status)
        print_visible(out, "\n%s\n", behov_label(results->lang, BEHOV_WORD_MERGE_METHOD));
    if (!status && results->is_simulated)
        print_visible(out, "%s\n", behov_label(results->lang, BEHOV_WORD_SIMULATED_EXPLAINED));
    behov_wording_free(&words);
    return status;
}

static behov_status sections(const void *context, bool is_workbook, behov_section_list *list, behov_error *err)
{
    const merge_results *results = context;
    behov_status status = behov_merge_add(&results->merge, results->lang, is_workbook, list, err);
    return !status && results->is_simulated
               ? behov_section_list_note_all(list, behov_label(results->lang, BEHOV_WORD_SIMULATED_EXPLAINED), err)
               : status;
}

static behov_status rows(const void *context, behov_report **report, behov_error *err)
{
    return behov_merge_panel_table(&((const merge_results *)context)->merge, report, err);
}

static json_t *fact_json(const behov_merge_fact *fact)
{
    json_t *object = json_object();
    json_put(object, "fact", json_text(behov_merge_fact_name(fact->kind)));
    json_put(object, "subject", json_text(fact->subject));
    json_put(object, "detail", json_text(fact->detail));
    json_put(object, "first_year", fact->first_year ? json_integer(fact->first_year) : json_null());
    json_put(object, "last_year", fact->last_year ? json_integer(fact->last_year) : json_null());
    json_put(object, "n_rows", json_count(fact->n_rows));
    return object;
}

static behov_status json(const void *context, const char *path, behov_error *err)
{
    const merge_results *results = context;
    const behov_panel_merge *merge = &results->merge;
    json_t *object = json_object(), *facts = json_array();
    json_put(object, "behov_version", json_text(behov_version()));
    json_put(object, "data", json_text(results->panel ? results->panel : "bundled simulated panel"));
    json_put(object, "is_simulated", json_boolean(results->is_simulated));
    write_json_cautions(object, results->study);
    json_put(object, "year", json_integer(merge->year));
    json_put(object, "n_rows_read", json_count(merge->n_rows_read));
    json_put(object, "n_rows", json_count(merge->n_rows));
    json_put(object, "n_municipalities", json_count(merge->n_municipalities));
    json_put(object, "n_rows_not_exact", json_count(merge->n_not_exact));
    for (size_t i = 0; i < merge->n_facts; i++)
        json_add(facts, fact_json(&merge->facts[i]));
    json_put(object, "facts", facts);
    return write_json_object(path, object, err);
}

const output_writers merge_writers = {
    .sections = sections, .rows = rows, .json = json, .title = BEHOV_WORD_TITLE_MERGE, .page = page};
