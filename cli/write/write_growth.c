/* write_growth.c - see write_growth.h. */
#include "write_growth.h"

#include <math.h>

#include <behov/labels.h>
#include "json_build.h"
#include "write_json.h"
#include "write_text.h"

static behov_status sections(const void *context, bool is_workbook, behov_section_list *list, behov_error *err)
{
    (void)is_workbook;
    return behov_growth_add(&((const growth_results *)context)->page, list, err);
}

static behov_status rows(const void *context, behov_report **report, behov_error *err)
{
    return behov_growth_table(&((const growth_results *)context)->page, report, err);
}

static behov_status page(const void *context, FILE *out, behov_error *err)
{
    return write_text_page(sections, context, ((const growth_results *)context)->page.lang, out, err);
}

/* ---- JSON ---------------------------------------------------------------------------------------------------------- */

static json_t *rounded_json(behov_rounded figure)
{
    json_t *object = json_object();
    json_put(object, "value", json_figure(figure.value));
    json_put(object, "low", json_figure(figure.low));
    json_put(object, "high", json_figure(figure.high));
    return object;
}

static void put_years(json_t *object, int start, int end)
{
    json_put(object, "start", start ? json_integer(start) : json_null());
    json_put(object, "end", end ? json_integer(end) : json_null());
}

static void put_places(json_t *object, const behov_growth_places *places)
{
    put_years(object, places->start, places->end);
    json_put(object, "is_simulated", json_boolean(places->figures->is_simulated));
    json_put(object, "has_months", json_boolean(places->has_months));
    json_put(object, "n_municipalities", json_count(places->n));
    json_put(object, "n_in_sum", json_count(places->n_in_sum));
    json_put(object, "n_contradicting", json_count(places->n_contradicting));
    json_put(object, "n_with_factors", json_count(places->n_for_reason[BEHOV_GROWTH_COMPLETE]));
    json_put(object, "n_rows_left_out", json_count(places->figures->n_left_out));
}

static void put_variants(json_t *object, const behov_growth_page *page)
{
    static const char *const positions[] = {
        [BEHOV_GROWTH_BELOW] = "below", [BEHOV_GROWTH_MEETS] = "meets", [BEHOV_GROWTH_ABOVE] = "above"};
    json_t *list = json_array();
    for (size_t i = 0; i < page->n_variants; i++) {
        const behov_growth_printed *printed = &page->variants[i].printed;
        json_t *variant = json_object();
        json_put(variant, "calculation", page->variants[i].name ? json_text(page->variants[i].name) : json_null());
        json_put(variant, "product", rounded_json(printed->product));
        json_put(variant, "printed_total", rounded_json(printed->total));
        json_put(variant, "product_to_printed_total",
                 printed->position ? json_text(positions[printed->position]) : json_null());
        json_add(list, variant);
    }
    json_put(object, "calculations", list);
}

static void put_groups(json_t *object, const behov_growth_groups *groups)
{
    json_t *list = json_array();
    put_years(object, groups->start, groups->end);
    json_put(object, "is_of_counts", json_boolean(groups->is_of_counts));
    json_put(object, "growth_of_sum_pct", rounded_json(groups->growth_pct[BEHOV_GROWTH_SUM]));
    json_put(object, "growth_printed_pct", rounded_json(groups->growth_pct[BEHOV_GROWTH_PRINTED]));
    json_put(object, "share_sum_pct", rounded_json(groups->share_sum_pct));
    json_put(object, "shares_make_100", json_boolean(groups->shares_make_100));
    for (size_t i = 0; i < groups->n && groups->has_printed_contributions; i++) {
        const behov_growth_group *group = &groups->all[i];
        json_t *printed = json_object();
        json_put(printed, "group", json_text(group->name));
        json_put(printed, "printed_pct", rounded_json(group->printed_pct));
        json_put(printed, "is_within_of_sum", json_boolean(group->is_within[BEHOV_GROWTH_SUM]));
        json_put(printed, "is_within_of_printed_total",
                 isnan(group->contributions_pct[BEHOV_GROWTH_PRINTED].value)
                     ? json_null()
                     : json_boolean(group->is_within[BEHOV_GROWTH_PRINTED]));
        json_put(printed, "total_growth_that_prints_it_pct", rounded_json(group->total_growth_pct));
        json_add(list, printed);
    }
    json_put(object, "printed", list);
}

static void put_index(json_t *object, const behov_growth_index *index)
{
    json_t *totals = json_array();
    put_years(object, index->years[0], index->years[index->n_years - 1]);
    json_put(object, "is_of_counts", json_boolean(index->is_of_counts));
    json_put(object, "share_sum_pct", rounded_json(index->share_sum_pct));
    json_put(object, "shares_make_100", json_boolean(index->shares_make_100));
    for (size_t t = 0; t < index->n_years; t++) {
        json_t *total = rounded_json(index->total[t]);
        json_put(total, "year", json_integer(index->years[t]));
        json_add(totals, total);
    }
    json_put(object, "index_of_all", totals);
}

static void put_standardised(json_t *object, const behov_standardised *growth)
{
    put_years(object, growth->start, growth->end);
    json_put(object, "level_start", rounded_json(growth->levels[0]));
    json_put(object, "level_end", rounded_json(growth->levels[1]));
    json_put(object, "standardised_level", rounded_json(growth->standardised));
    json_put(object, "change", rounded_json(growth->change));
    json_put(object, "rate_effect", rounded_json(growth->rate_effect));
    json_put(object, "composition_effect", json_figure(growth->composition_effect));
    json_put(object, "interaction", json_figure(growth->interaction));
    json_put(object, "composition_and_interaction", rounded_json(growth->composition_and_interaction));
    json_put(object, "mean_rate_effect", json_figure(growth->mean_rate_effect));
    json_put(object, "mean_composition_effect", json_figure(growth->mean_composition_effect));
    json_put(object, "weights_are_of_index", json_boolean(growth->is_of_index));
}

static json_t *notes_json(const behov_growth_page *growth_page)
{
    json_t *notes = json_array();
    behov_wording words = {0};
    for (size_t i = 0; behov_growth_sentence(growth_page, i, &words); i++)
        if (words.length || words.has_no_memory)
            json_add(notes, json_said(&words));
    behov_wording_free(&words);
    return notes;
}

static behov_status json(const void *context, const char *path, behov_error *err)
{
    const growth_results *results = context;
    const behov_growth_page *growth_page = &results->page;
    behov_report *report = NULL;
    behov_status status = behov_growth_table(growth_page, &report, err);
    if (status)
        return status;
    json_t *object = json_object();
    json_put(object, "behov_version", json_text(behov_version()));
    json_put(object, "calculation", json_text(results->deed));
    json_put(object, "data", json_text(growth_page->path));
    json_put(object, "is_printed_in_the_report", json_boolean(growth_page->is_of_report));
    if (growth_page->places)
        put_places(object, growth_page->places);
    else if (growth_page->variants)
        put_variants(object, growth_page);
    else if (growth_page->groups)
        put_groups(object, growth_page->groups);
    else if (growth_page->index)
        put_index(object, growth_page->index);
    else
        put_standardised(object, growth_page->standardised);
    json_put(object, "rows", write_json_rows(report));
    json_put(object, "notes", notes_json(growth_page));
    behov_report_free(report);
    return write_json_object(path, object, err);
}

const output_writers growth_writers = {
    .sections = sections, .rows = rows, .json = json, .title = BEHOV_WORD_GROWTH_TITLE, .page = page};
