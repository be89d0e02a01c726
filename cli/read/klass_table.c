/* klass_table.c - see klass_table.h. */
#include "klass_table.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "read_csv.h"

enum { MOST_KEYS = 40 };

/* ---- JSON -------------------------------------------------------------------------------------------------------- */

static const json_t *entries_of(const json_t *document)
{
    static const char *const names[] = {"codes", "classificationItems", "codeChanges", "correspondenceItems",
                                        "correspondenceMaps"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (json_is_array(json_object_get(document, names[i])))
            return json_object_get(document, names[i]);
    return NULL;
}

bool klass_json_is_it(const json_t *document)
{
    return entries_of(document) != NULL;
}

static bool is_scalar(const json_t *node)
{
    return json_is_string(node) || json_is_number(node) || json_is_boolean(node) || json_is_null(node);
}

/* The keys of all entries; those past the most that KLASS could have are left out. */
static size_t find_keys(const json_t *entries, const char *keys[MOST_KEYS])
{
    size_t i, n = 0;
    const char *key;
    json_t *entry, *node;
    json_array_foreach(entries, i, entry) json_object_foreach(entry, key, node)
    {
        size_t k = 0;
        while (k < n && strcmp(keys[k], key) != 0)
            k++;
        if (k == n && n < MOST_KEYS && key[0] && is_scalar(node))
            keys[n++] = key;
    }
    return n;
}

/* A scalar as text; numbers (a level) into memory of their own. */
static const char *text_of(const json_t *node, char number[24])
{
    if (json_is_integer(node)) {
        snprintf(number, 24, "%lld", (long long)json_integer_value(node));
        return number;
    }
    if (json_is_boolean(node))
        return json_is_true(node) ? "true" : "false";
    return json_string_value(node);
}

static behov_status add_key(const json_t *entries, const char *key, behov_table *table, behov_error *err)
{
    size_t i, n = json_array_size(entries);
    json_t *entry;
    const char **texts = calloc(n + 1, sizeof *texts);
    char(*numbers)[24] = malloc((n + 1) * sizeof *numbers);
    behov_status status = texts && numbers
                              ? BEHOV_OK
                              : behov_error_say(err, BEHOV_E_MEMORY, behov_table_source(table), SAY_KLASS_NO_MEMORY);
    json_array_foreach(entries, i, entry) if (!status) texts[i] = text_of(json_object_get(entry, key), numbers[i]);
    if (!status)
        status = behov_table_copy_text(table, key, texts, err);
    free(texts);
    free(numbers);
    return status;
}

behov_status klass_json_table(const json_t *document, const char *path, behov_table **table, behov_error *err)
{
    const json_t *entries = entries_of(document);
    const char *keys[MOST_KEYS];
    size_t i, n_keys = find_keys(entries, keys);
    json_t *entry;
    behov_table *read_table = NULL;
    if (n_keys == 0)
        return behov_error_say(err, BEHOV_E_DATA, path, SAY_KLASS_NO_LIST);
    json_array_foreach(entries, i, entry) if (!json_is_object(entry)) return behov_error_say(
        err, BEHOV_E_DATA, path, SAY_KLASS_ENTRY_LACKS, (unsigned long)i + 1, keys[0]);
    behov_status status = behov_table_new(json_array_size(entries), path, &read_table, err);
    for (size_t k = 0; k < n_keys && !status; k++)
        status = add_key(entries, keys[k], read_table, err);
    if (status)
        behov_table_free(read_table);
    else
        *table = read_table;
    return status;
}

/* ---- delimited text ---------------------------------------------------------------------------------------------- */

/* How often a field of the header begins with a name, or is it, in quotes or not. */
static size_t count_fields(const char *header, const char *name, bool is_prefix)
{
    size_t n = 0, length = strlen(name);
    for (const char *field = header; field; field = strpbrk(field, ",;\t")) {
        field += strchr(",;\t", *field) && *field ? 1 : 0;
        const char *text = field + (*field == '"');
        if (strncmp(text, name, length) == 0 && (is_prefix || strchr("\",;\t", text[length]) || !text[length]))
            n++;
        if (!*field)
            break;
    }
    return n;
}

bool klass_text_is_it(const char *head, size_t n_head)
{
    char header[400];
    size_t n = 0;
    if (n_head >= 3 && memcmp(head, "\xEF\xBB\xBF", 3) == 0) {
        head += 3;
        n_head -= 3;
    }
    while (n < n_head && n < sizeof header - 1 && head[n] && head[n] != '\r' && head[n] != '\n') {
        header[n] = head[n];
        n++;
    }
    header[n] = '\0';
    return (count_fields(header, "code", false) && count_fields(header, "parentCode", false) &&
            count_fields(header, "level", false)) ||
           (count_fields(header, "oldCode", false) && count_fields(header, "newCode", false)) ||
           (count_fields(header, "sourceCode", false) && count_fields(header, "targetCode", false)) ||
           count_fields(header, "kommunenummer_", true) > 1;
}

static behov_read_kind choose_text(void *context, const char *name)
{
    (void)context;
    (void)name;
    return BEHOV_READ_AS_TEXT;
}

behov_status klass_text_table(text_source *source, char separator, const char *encoding, const behov_notice *notice,
                              behov_table **table, behov_error *err)
{
    read_csv_options options = {.separator = separator,
                                .encoding = encoding,
                                .choose = choose_text,
                                .notice = notice ? notice->hear : NULL,
                                .context = notice ? notice->context : NULL,
                                .is_beside = true,
                                .may_be_short = true};
    return read_csv(source, &options, table, err);
}

void klass_long_table(behov_table *table, behov_long_table *out)
{
    *out = (behov_long_table){.table = table, .n_dimensions = behov_table_n_columns(table)};
}
