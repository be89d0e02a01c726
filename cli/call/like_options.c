/* like_options.c - see like_options.h. */
#include "like_options.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <behov/number.h>
#include <behov/peers.h>
#include <behov/peers_tables.h>
#include "messages.h"
#include "municipality_hint.h"
#include "number_options.h"

static const char prefix[] = "like:";

static bool is_like(const char *grouping)
{
    return grouping && strncmp(grouping, prefix, sizeof prefix - 1) == 0;
}

/* The count behind the last colon of like:1860:12, 0 when there is none; SIZE_MAX for what is no count. */
static size_t count_of(const char *grouping)
{
    const char *colon = strchr(grouping + sizeof prefix - 1, ':');
    double count = 0;
    if (!colon)
        return 0;
    if (behov_number_parse(colon + 1, strlen(colon + 1), '.', &count) || !(count >= 1 && count <= 1e6) ||
        count != (double)(size_t)count)
        return SIZE_MAX;
    return (size_t)count;
}

bool like_options_asked(const verb_call *call)
{
    return call->like.municipality || is_like(call->grouping);
}

int like_options_check(verb_call *call)
{
    const command_line *line = call->line;
    bool has_options = (call->needs & GROUPS_BY_LIKE) != 0;
    double count = 0;
    call->like.municipality = has_options ? option_value(line, "like") : NULL;
    if (has_options && !whole_option(line, "count", 1, 1e6, &count))
        return 2;
    if (call->like.municipality && (option_given(line, "group") || option_given(line, "within")))
        return wrong_call(line->verb, SAY_LIKE_OR_GROUP);
    if (has_options && option_given(line, "count") && !like_options_asked(call))
        return wrong_call(line->verb, SAY_LIKE_COUNT_ALONE);
    call->like.count = (size_t)count;
    if (call->like.municipality || !is_like(call->grouping))
        return 0;
    size_t behind = count_of(call->grouping);
    if (behind == SIZE_MAX || !call->grouping[sizeof prefix - 1])
        return wrong_call(line->verb, SAY_LIKE_WRONG, call->grouping);
    if (behind && count > 0)
        return wrong_call(line->verb, SAY_LIKE_TWO_COUNTS);
    if (behind)
        call->like.count = behind;
    return 0;
}

/* The text between the colons of like:1860:12 (malloc); NULL without memory. */
static char *municipality_of(const char *grouping)
{
    const char *first = grouping + sizeof prefix - 1, *colon = strchr(first, ':');
    size_t length = colon ? (size_t)(colon - first) : strlen(first);
    char *text = malloc(length + 1);
    if (!text)
        return NULL;
    memcpy(text, first, length);
    text[length] = '\0';
    return text;
}

/* like:1860 of --like 1860 (malloc). */
static char *grouping_of(const char *municipality)
{
    size_t size = sizeof prefix + strlen(municipality);
    char *text = malloc(size);
    if (!text)
        return NULL;
    memcpy(text, prefix, sizeof prefix - 1);
    memcpy(text + sizeof prefix - 1, municipality, size - sizeof prefix + 1);
    return text;
}

static behov_status find_peers(verb_call *call, const char *municipality, behov_error *err)
{
    behov_peers peers = {0};
    behov_wording name = {0};
    behov_peer_choices choices = {.municipality = municipality,
                                  .count = call->like.count,
                                  .year = call->like.year,
                                  .has_no_year = !call->like.has_year};
    behov_status status = behov_peers_new(&call->fit_results, &choices, &peers, err);
    if (!status) {
        behov_peers_group_name(&peers, call->study.lang, &name);
        status = behov_wording_status(&name, err);
    }
    if (!status)
        status = behov_peers_table(&peers, behov_wording_text(&name), &call->municipalities.table, err);
    if (!status && behov_peers_n_far(&peers))
        print_note(SAY_LIKE_SOME_FAR, (unsigned long)behov_peers_n_far(&peers), (unsigned long)peers.n_nearest,
                   municipality);
    behov_wording_free(&name);
    behov_peers_free(&peers);
    return status;
}

int like_options_open(verb_call *call)
{
    behov_error err;
    municipality_options *options = &call->municipalities;
    if (!call->fit_results.fit)
        return wrong_call(call->line->verb, SAY_LIKE_NEEDS_FIT);
    char *municipality = call->like.municipality ? strdup(call->like.municipality) : municipality_of(call->grouping);
    options->kind = call->like.municipality ? grouping_of(call->like.municipality) : strdup(call->grouping);
    if (!municipality || !options->kind) {
        free(municipality);
        (void)behov_error_say(&err, BEHOV_E_MEMORY, "", SAY_PEERS_NO_MEMORY);
        return print_failure(&err);
    }
    call->grouping = options->kind;
    behov_status status = find_peers(call, municipality, &err);
    options->grouping = (behov_grouping){options->kind, options->table, NULL};
    int code = status ? print_failure(&err) : 0;
    if (status == BEHOV_E_NAME)
        municipality_hint_print_one(municipality, &call->study.panel);
    free(municipality);
    return code;
}

static const char *text_of(const behov_table *table, const char *column, size_t row)
{
    size_t position = (size_t)behov_table_find(table, column);
    return behov_dictionary_text(behov_table_levels(table, position), behov_table_codes(table, position)[row]);
}

/* The table of the group (behov_peers_table) without those that are not among the places; how many remain. */
static behov_status keep(const behov_table *group, const behov_municipality_list *places, behov_table **kept,
                         size_t *n_kept, behov_error *err)
{
    size_t n = behov_table_n_rows(group);
    const char **codes = calloc(n + 1, sizeof *codes), **names = calloc(n + 1, sizeof *names);
    behov_status status = codes && names ? BEHOV_OK : behov_error_say(err, BEHOV_E_MEMORY, "", SAY_PEERS_NO_MEMORY);
    *n_kept = 0;
    for (size_t row = 0; row < n && !status; row++) {
        const char *code = text_of(group, "municipality_code", row);
        if (behov_municipality_list_position(places, code, "") == places->n)
            continue;
        codes[*n_kept] = code;
        names[(*n_kept)++] = text_of(group, "group", row);
    }
    if (!status)
        status = behov_table_new(*n_kept, behov_table_source(group), kept, err);
    if (!status)
        status = behov_table_copy_text(*kept, "municipality_code", codes, err);
    if (!status)
        status = behov_table_copy_text(*kept, "group", names, err);
    free(codes);
    free(names);
    return status;
}

behov_status like_options_keep(verb_call *call, const behov_municipality_list *places, like_kept *like_kept,
                               behov_error *err)
{
    municipality_options *options = &call->municipalities;
    behov_table *kept = NULL;
    size_t n_kept = 0;
    *like_kept = (struct like_kept){0, 0};
    if (!options->table || !like_options_asked(call))
        return BEHOV_OK;
    size_t n = behov_table_n_rows(options->table);
    behov_status status = keep(options->table, places, &kept, &n_kept, err);
    if (!status && n_kept < 2)
        status = behov_error_say(err, BEHOV_E_DATA, places->source, SAY_LIKE_NOBODY_LEFT);
    if (status) {
        behov_table_free(kept);
        return status;
    }
    if (n_kept < n)
        print_note(SAY_LIKE_NOT_IN_FILE, (unsigned long)(n - n_kept), (unsigned long)n, places->source);
    behov_table_free(options->table);
    options->table = kept;
    options->grouping.table = kept;
    *like_kept = (struct like_kept){n, n - n_kept};
    return BEHOV_OK;
}
