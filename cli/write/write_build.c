/* write_build.c - see write_build.h. */
#include "write_build.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <behov/build_remarks.h>
#include <behov/build_tables.h>
#include <behov/labels.h>
#include <behov/merge_tables.h>
#include "json_build.h"
#include "visible.h"
#include "write_json.h"

void build_results_free(build_results *results)
{
    for (size_t i = 0; i < results->n_notes; i++) {
        free(results->notes[i].label), free(results->notes[i].publisher), free(results->notes[i].updated);
        json_decref(results->notes[i].request);
    }
    free(results->notes);
    behov_panel_build_free(&results->build);
    behov_recipe_free(&results->recipe);
    *results = (build_results){0};
}

/* ---- page ---------------------------------------------------------------------------------------------------------- */

/* Prints a sentence, and empties it. */
static behov_status print_line_of(FILE *out, const char *before, behov_wording *words, behov_error *err)
{
    behov_status status = behov_wording_status(words, err);
    if (!status)
        print_visible(out, "%s%s\n", before, behov_wording_text(words));
    behov_wording_clear(words);
    return status;
}

static behov_status print_facts(const build_results *results, FILE *out, behov_wording *words, behov_error *err)
{
    const behov_panel_build *build = &results->build;
    behov_status status = BEHOV_OK;
    for (size_t i = 0, n_shown = 0; i < build->n_facts && !status; i++) {
        const behov_build_fact *fact = &build->facts[i];
        if (i == 0 || fact->kind != build->facts[i - 1].kind)
            print_visible(out, "\n%s\n", behov_build_fact_label(build, results->lang, fact->kind));
        if (!behov_build_is_like_before(build, i))
            n_shown = 0;
        if (n_shown++ < BEHOV_BUILD_FACTS_SHOWN) {
            behov_build_say_fact(fact, results->lang, words);
            status = print_line_of(out, "  ", words, err);
        } else if (i + 1 == build->n_facts || !behov_build_is_like_before(build, i + 1)) {
            char number[24];
            snprintf(number, sizeof number, "%zu", n_shown - BEHOV_BUILD_FACTS_SHOWN);
            behov_wording_fill(words, results->lang, BEHOV_WORD_BUILD_MORE_FACTS, "n", number, (const char *)NULL);
            status = print_line_of(out, "  ", words, err);
        }
    }
    return status;
}

static void add_count(behov_language lang, behov_word word, size_t n, behov_wording *words)
{
    char number[24];
    snprintf(number, sizeof number, "%zu", n);
    behov_wording_fill(words, lang, behov_word_by_count(word, (double)n), "n", number, (const char *)NULL);
}

static behov_status page(const void *context, FILE *out, behov_error *err)
{
    const build_results *results = context;
    const behov_panel_build *build = &results->build;
    behov_wording words = {0};
    behov_wording present_years = {0}, absent_years = {0};
    behov_wording rows = {0}, places = {0};
    add_count(results->lang, BEHOV_WORD_COUNT_ROWS, behov_table_n_rows(build->table), &rows);
    add_count(results->lang, BEHOV_WORD_COUNT_MUNICIPALITIES, build->n_municipalities, &places);
    behov_build_say_years(build, false, &present_years);
    behov_build_say_years(build, true, &absent_years);
    behov_wording_fill(&words, results->lang, BEHOV_WORD_BUILD_COUNTS, "rows", behov_wording_text(&rows),
                       "municipalities", behov_wording_text(&places), "years", behov_wording_text(&present_years),
                       (const char *)NULL);
    behov_wording_spend(&words, &rows);
    behov_wording_spend(&words, &places);
    behov_status status = print_line_of(out, "", &words, err);
    if (!status && absent_years.length) {
        behov_wording_fill(&words, results->lang, BEHOV_WORD_BUILD_YEARS_ABSENT, "years",
                           behov_wording_text(&absent_years), (const char *)NULL);
        status = print_line_of(out, "", &words, err);
    }
    behov_wording_spend(&words, &present_years);
    behov_wording_spend(&words, &absent_years);
    print_visible(out, "\n%s\n", behov_label(results->lang, BEHOV_WORD_BUILD_FILES));
    for (size_t i = 0; i < build->n_files && !status; i++) {
        behov_build_say_file(build, &results->recipe, i, results->lang, &words);
        status = print_line_of(out, "  ", &words, err);
    }
    print_visible(out, "\n%s\n", behov_label(results->lang, BEHOV_WORD_BUILD_COLUMNS));
    for (size_t i = 0; i < build->n_column_years && !status; i++) {
        if (build->column_years[i].n_rows == build->column_years[i].n_absent)
            continue; /* a fact says so */
        behov_build_say_column_year(build, &results->recipe, i, results->lang, &words);
        status = print_line_of(out, "  ", &words, err);
    }
    if (!status)
        status = print_facts(results, out, &words, err);
    if (!status && build->is_merged) {
        behov_merge_say_counts(&build->merge, results->lang, &words);
        fputc('\n', out);
        status = print_line_of(out, "", &words, err);
    }
    behov_wording_free(&words);
    return status;
}

static behov_status sections(const void *context, bool is_workbook, behov_section_list *list, behov_error *err)
{
    const build_results *results = context;
    return behov_build_add(&results->build, &results->recipe, results->lang, is_workbook, list, err);
}

static behov_status rows(const void *context, behov_report **report, behov_error *err)
{
    return behov_build_panel_table(&((const build_results *)context)->build, report, err);
}

/* ---- manifest ------------------------------------------------------------------------------------------------------ */

static json_t *texts_json(const behov_recipe_texts *texts)
{
    json_t *array = json_array();
    for (size_t i = 0; i < texts->n; i++)
        json_add(array, json_text(texts->all[i]));
    return array;
}

static json_t *year_json(int year)
{
    return year ? json_integer(year) : json_null();
}

static json_t *file_json(const build_results *results, size_t position)
{
    const behov_build_file_count *count = &results->build.files[position];
    const build_file_note *note = &results->notes[position];
    json_t *object = json_object(), *left_out = json_object();
    json_put(object, "file", json_text(count->name));
    json_put(object, "bytes", json_count(note->n_bytes));
    json_put(object, "sha256", json_text(note->sha256));
    json_put(object, "label", json_text(note->label));
    json_put(object, "publisher", json_text(note->publisher));
    json_put(object, "updated", json_text(note->updated));
    json_put(object, "request", note->request ? json_incref(note->request) : json_null());
    json_put(object, "is_as_fetched", note->request ? json_boolean(note->is_as_fetched) : json_null());
    json_put(object, "rows_read", json_count(count->n_rows));
    json_put(object, "rows_used", json_count(count->n_used));
    json_put(object, "rows_suppressed", json_count(count->n_suppressed));
    json_put(object, "rows_missing", json_count(count->n_missing));
    json_put(object, "measure_is_unsaid", json_boolean(count->is_measure_unsaid));
    json_put(object, "says_is_unsaid", json_boolean(count->is_word_unsaid));
    json_put(object, "rows_renumbered", json_count(count->n_renumbered));
    json_put(object, "rows_taken_for_0", json_count(count->n_zeros));
    for (int reason = 1; reason < BEHOV_N_BUILD_REASONS; reason++)
        if (count->n_left_out[reason])
            json_put(left_out, behov_build_reason_name(reason), json_count(count->n_left_out[reason]));
    json_put(object, "rows_left_out", left_out);
    return object;
}

static json_t *codes_json(const behov_recipe_codes *codes)
{
    json_t *array = json_array();
    for (size_t i = 0; i < codes->n; i++) {
        json_t *object = json_object();
        json_put(object, "code", json_text(codes->all[i].code));
        json_put(object, "stands_for", json_text(codes->all[i].stands_for));
        json_put(object, "first_year", json_integer(codes->all[i].first_year));
        json_put(object, "last_year", json_integer(codes->all[i].last_year));
        json_add(array, object);
    }
    return array;
}

static json_t *source_json(const build_results *results, size_t position)
{
    const behov_recipe_source *source = &results->recipe.sources[position];
    json_t *object = json_object(), *files = json_array();
    json_put(object, "source", json_text(source->name));
    json_put(object, "title", json_text(source->title));
    json_put(object, "publisher", json_text(source->publisher));
    json_put(object, "table", json_text(source->table));
    json_put(object, "place", json_text(source->place));
    json_put(object, "fetch", source->fetch ? json_text(behov_recipe_fetch_text(source->fetch)) : json_null());
    json_put(object, "date", json_text(source->date));
    json_put(object, "year_shift", json_integer(source->year_shift));
    json_put(object, "code_year_shift", json_integer(source->code_year_shift));
    json_put(object, "codes", codes_json(&source->codes));
    json_put(object, "marks_of_0", texts_json(&source->zeros));
    json_put(object, "revision", json_text(source->revision));
    json_put(object, "note", json_text(source->note));
    json_put(object, "unconfirmed", json_text(source->unconfirmed));
    for (size_t i = 0; i < results->build.n_files; i++)
        if (results->build.files[i].source == position)
            json_add(files, file_json(results, i));
    json_put(object, "files", files);
    return object;
}

static json_t *column_year_json(const build_results *results, const behov_build_column_year *count)
{
    json_t *object = json_object(), *suppressed = json_object(), *missing = json_object();
    json_put(object, "year", json_integer(count->year));
    json_put(object, "figures", json_count(count->n_figures));
    json_put(object, "sum", json_figure(count->sum));
    for (size_t i = 0; i < results->build.n_marks; i++)
        if (count->n_marked[i])
            json_put(behov_build_mark_is_suppressed(results->build.marks[i]) ? suppressed : missing,
                     results->build.marks[i], json_count(count->n_marked[i]));
    json_put(object, "suppressed", suppressed);
    json_put(object, "missing", missing);
    json_put(object, "absent", json_count(count->n_absent));
    json_put(object, "incomplete", json_count(count->n_incomplete));
    json_put(object, "taken_for_0", json_count(count->n_zeros)); /* a mark, as the recipe says */
    json_put(object, "filled", json_integer(0));                 /* there is no way to fill one */
    return object;
}

static json_t *filters_json(const behov_recipe_column *column)
{
    json_t *array = json_array();
    for (size_t i = 0; i < column->filters.n; i++) {
        json_t *object = json_object();
        json_put(object, "dimension", texts_json(&column->filters.all[i].names));
        json_put(object, "values", texts_json(&column->filters.all[i].values));
        json_add(array, object);
    }
    return array;
}

static json_t *column_json(const build_results *results, size_t position)
{
    const behov_recipe_column *column = &results->recipe.columns[position];
    json_t *object = json_object(), *years = json_array();
    json_put(object, "column", json_text(column->name));
    json_put(object, "is_in_panel", json_boolean(!column->is_helper));
    json_put(object, "kind", json_text(behov_recipe_kind_text(column->kind)));
    json_put(object, "source", json_text(column->source));
    json_put(object, "filters", filters_json(column));
    json_put(object, "sum", texts_json(&column->sums));
    json_put(object, "numerator", json_text(column->numerator));
    json_put(object, "denominator", json_text(column->denominator));
    json_put(object, "scale", json_figure(column->scale));
    json_put(object, "weight", json_text(column->weight));
    json_put(object, "unit", json_text(column->unit));
    json_put(object, "date", json_text(column->date));
    json_put(object, "revision", json_text(column->revision));
    json_put(object, "note", json_text(column->note));
    json_put(object, "unconfirmed", json_text(column->unconfirmed));
    json_put(object, "first_year", year_json(column->first_year));
    json_put(object, "last_year", year_json(column->last_year));
    for (size_t i = 0; i < results->build.n_column_years; i++)
        if (results->build.column_years[i].column == position)
            json_add(years, column_year_json(results, &results->build.column_years[i]));
    json_put(object, "years", years);
    return object;
}

static json_t *fact_json(const behov_build_fact *fact)
{
    json_t *object = json_object();
    json_put(object, "fact", json_text(behov_build_fact_name(fact->kind)));
    json_put(object, "municipality", fact->subject[0] ? json_text(fact->subject) : json_null());
    json_put(object, "column", fact->column[0] ? json_text(fact->column) : json_null());
    json_put(object, "first_year", year_json(fact->first_year));
    json_put(object, "last_year", year_json(fact->last_year));
    json_put(object, "figure", json_figure(fact->figure));
    return object;
}

static json_t *merge_json(const behov_panel_merge *merge)
{
    json_t *facts = json_array();
    for (size_t i = 0; i < merge->n_facts; i++) {
        const behov_merge_fact *fact = &merge->facts[i];
        json_t *object = json_object();
        if (fact->kind == BEHOV_MERGE_UNCHANGED) {
            json_decref(object);
            break;
        }
        json_put(object, "fact", json_text(behov_merge_fact_name(fact->kind)));
        json_put(object, "subject", json_text(fact->subject));
        json_put(object, "detail", json_text(fact->detail));
        json_put(object, "first_year", year_json(fact->first_year));
        json_put(object, "last_year", year_json(fact->last_year));
        json_add(facts, object);
    }
    return facts;
}

static json_t *recipe_json(const build_results *results)
{
    json_t *object = json_object();
    json_put(object, "recipe", json_text(results->recipe_name));
    json_put(object, "sha256", json_text(results->recipe_sha256));
    json_put(object, "title", json_text(results->recipe.title));
    json_put(object, "model", json_text(results->recipe.model));
    json_put(object, "note", json_text(results->recipe.note));
    return object;
}

static json_t *panel_json(const build_results *results)
{
    json_t *object = json_object();
    const manifest_file *file = results->n_files ? &results->files[0] : NULL;
    json_put(object, "file", file ? json_text(file->path) : json_null());
    json_put(object, "bytes", file ? json_count(file->n_bytes) : json_null());
    json_put(object, "sha256", file ? json_text(file->sha256) : json_null());
    json_put(object, "n_rows", json_count(behov_table_n_rows(results->build.table)));
    json_put(object, "n_municipalities", json_count(results->build.n_municipalities));
    json_put(object, "first_year", json_integer(results->build.first_year));
    json_put(object, "last_year", json_integer(results->build.last_year));
    json_put(object, "municipalities", year_json(results->build.is_merged ? results->build.merge.year : 0));
    return object;
}

static behov_status json(const void *context, const char *path, behov_error *err)
{
    const build_results *results = context;
    behov_build_remarks remarks;
    behov_status status = behov_build_remarks_make(&results->build, &results->recipe, &remarks, err);
    if (status) {
        behov_build_remarks_free(&remarks);
        return status;
    }
    json_t *object = json_object(), *sources = json_array(), *columns = json_array(), *facts = json_array();
    json_put(object, "behov_version", json_text(behov_version()));
    json_put(object, "made", json_text(results->day));
    json_put(object, "recipe", recipe_json(results));
    json_put(object, "panel", panel_json(results));
    json_put(object, "panel_files", manifest_files_json(results->files, results->n_files));
    json_put(object, "remarks", manifest_remarks_json(&remarks));
    for (size_t i = 0; i < results->recipe.n_sources; i++)
        json_add(sources, source_json(results, i));
    for (size_t i = 0; i < results->recipe.n_columns; i++)
        json_add(columns, column_json(results, i));
    for (size_t i = 0; i < results->build.n_facts; i++)
        json_add(facts, fact_json(&results->build.facts[i]));
    json_put(object, "sources", sources);
    json_put(object, "columns", columns);
    json_put(object, "facts", facts);
    json_put(object, "merged", results->build.is_merged ? merge_json(&results->build.merge) : json_null());
    behov_build_remarks_free(&remarks);
    return write_json_object(path, object, err);
}

const output_writers build_writers = {
    .sections = sections, .rows = rows, .json = json, .title = BEHOV_WORD_SHEET_BUILD_PANEL, .page = page};
