/* write_split.c - see write_split.h. */
#include "write_split.h"

#include <math.h>
#include <stdio.h>

#include <behov/labels.h>
#include "json_build.h"
#include "write_json.h"
#include "write_text.h"

static behov_status sections(const void *context, bool is_workbook, behov_section_list *list, behov_error *err)
{
    (void)is_workbook;
    return behov_split_add(context, list, err);
}

static behov_status page(const void *context, FILE *out, behov_error *err)
{
    return write_text_page(sections, context, ((const behov_split_page *)context)->lang, out, err);
}

static behov_status rows(const void *context, behov_report **report, behov_error *err)
{
    return behov_split_rows(context, report, err);
}

/* ---- JSON ---------------------------------------------------------------------------------------------------------- */

static json_t *kroner(const behov_split_page *split_page, int64_t amount)
{
    return split_page->units_per_krone == 1 ? json_integer((json_int_t)amount)
                                            : json_figure((double)amount / (double)split_page->units_per_krone);
}

/* Weights as shares of 1. */
static json_t *parts_json(const behov_split *split, const behov_split_key *key)
{
    json_t *parts = json_array();
    double sum = 0;
    for (size_t k = 0; k < key->n_parts; k++)
        sum += (double)key->parts[k].weight;
    for (size_t k = 0; k < key->n_parts; k++) {
        json_t *part = json_object();
        json_put(part, "basis", json_text(split->request.bases[key->parts[k].basis].name));
        json_put(part, "weight", json_figure((double)key->parts[k].weight / sum));
        json_add(parts, part);
    }
    return parts;
}

static json_t *keys_json(const behov_split_page *split_page)
{
    const behov_split *split = split_page->split;
    json_t *keys = json_array();
    for (size_t k = 0; k < split->n_keys; k++) {
        json_t *key = json_object();
        json_put(key, "key", json_text(split->keys[k].name));
        json_put(key, "is_split", json_boolean(split->is_split[k]));
        json_put(key, "parts", parts_json(split, &split->keys[k]));
        json_add(keys, key);
    }
    return keys;
}

static json_t *follows_json(const behov_split_page *split_page, size_t place)
{
    json_t *list = json_array();
    for (size_t k = 0; k < split_page->n_follows; k++) {
        json_t *follow = json_object();
        json_put(follow, "name", json_text(split_page->follows[k].name));
        json_put(follow, "amount_kr", kroner(split_page, split_page->follows[k].amounts[place]));
        json_add(list, follow);
    }
    return list;
}

static json_t *places_json(const behov_split_page *split_page)
{
    const behov_split_request *request = &split_page->split->request;
    json_t *places = json_array();
    for (size_t i = 0; i < request->n_places; i++) {
        size_t least, most;
        json_t *place = json_object();
        behov_split_ends(split_page->split, i, &least, &most);
        json_put(place, "municipality_code", json_text(request->places[i].code));
        json_put(place, "municipality", json_text(request->places[i].name));
        json_put(place, "population",
                 split_page->table->population ? json_integer((json_int_t)split_page->table->population[i])
                                               : json_null());
        json_put(place, "settled_refugees",
                 split_page->table->refugees ? json_integer((json_int_t)split_page->table->refugees[i]) : json_null());
        json_put(place, "least_key", json_text(split_page->split->keys[least].name));
        json_put(place, "most_key", json_text(split_page->split->keys[most].name));
        json_put(place, "follows", follows_json(split_page, i));
        json_add(places, place);
    }
    return places;
}

static behov_status json(const void *context, const char *path, behov_error *err)
{
    const behov_split_page *split_page = context;
    const behov_split_table *table = split_page->table;
    behov_report *report = NULL;
    behov_status status = behov_split_rows(split_page, &report, err);
    if (status)
        return status;
    json_t *object = json_object(), *dates = json_array();
    for (size_t i = 0; i < table->n_dates; i++)
        json_add(dates, json_text(table->dates[i]));
    json_put(object, "behov_version", json_text(behov_version()));
    json_put(object, "data", json_text(split_page->path));
    json_put(object, "counting_date", table->counting_date[0] ? json_text(table->counting_date) : json_null());
    json_put(object, "population_date", table->population_date[0] ? json_text(table->population_date) : json_null());
    json_put(object, "dates", dates);
    json_put(object, "amount_kr", kroner(split_page, split_page->split->request.amount));
    json_put(object, "man_years", json_figure(split_page->man_years));
    json_put(object, "man_year_cost_kr", json_figure(split_page->man_year_cost_kr));
    json_put(object, "is_rounded", json_boolean(split_page->is_rounded));
    json_put(object, "unit", json_text(split_page->units_per_krone == 1 ? "kr" : "ore"));
    json_put(object, "chosen_key", json_text(split_page->split->keys[split_page->split->chosen].name));
    json_put(object, "keys", keys_json(split_page));
    json_put(object, "n_left_out", json_count(table->n_left_out));
    json_put(object, "municipalities", places_json(split_page));
    json_put(object, "rows", write_json_rows(report));
    behov_report_free(report);
    return write_json_object(path, object, err);
}

const output_writers split_writers = {
    .sections = sections, .rows = rows, .json = json, .page = page, .title = BEHOV_WORD_TITLE_SPLIT_DOCUMENT};
