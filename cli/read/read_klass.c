/* read_klass.c - codes and names out of the JSON of KLASS. Names stand as they are published, with those of other
 * languages behind a hyphen: "Guovdageaidnu - Kautokeino". */
#include "read_klass.h"

#include <behov/dictionary.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "json_file.h"

static behov_status out_of_memory(const char *path, behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, path, SAY_KLASS_NO_MEMORY);
}

/* One key of every entry as a column of text. */
static behov_status add_column(behov_table *table, const char *path, const json_t *list, const char *key,
                               behov_error *err)
{
    size_t n = json_array_size(list);
    int32_t *codes = calloc(n ? n : 1, sizeof *codes);
    behov_dictionary *levels = NULL;
    behov_status status = codes ? behov_dictionary_new(&levels, err) : out_of_memory(path, err);
    for (size_t i = 0; i < n && !status; i++) {
        const char *text = json_string_value(json_object_get(json_array_get(list, i), key));
        status = text && text[0]
                     ? behov_dictionary_intern(levels, text, strlen(text), &codes[i], err)
                     : behov_error_say(err, BEHOV_E_DATA, path, SAY_KLASS_ENTRY_LACKS, (unsigned long)i + 1, key);
    }
    if (!status)
        status = behov_table_add_text(table, key, codes, levels, err);
    if (status) {
        free(codes);
        behov_dictionary_free(levels);
    }
    return status;
}

behov_status read_klass(const char *path, behov_table **table, behov_error *err)
{
    json_t *tree = NULL;
    behov_table *read_table = NULL;
    behov_status status = json_file_read(path, PHRASE_JSON_FILE_LIST, &tree, err);
    if (status)
        return status;
    const json_t *list = json_object_get(tree, "codes");
    if (!list)
        list = json_object_get(tree, "classificationItems");
    if (!json_is_array(list) || json_array_size(list) == 0)
        status = behov_error_say(err, BEHOV_E_DATA, path, SAY_KLASS_NO_LIST);
    if (!status)
        status = behov_table_new(json_array_size(list), path, &read_table, err);
    if (!status)
        status = add_column(read_table, path, list, "code", err);
    if (!status)
        status = add_column(read_table, path, list, "name", err);
    json_decref(tree);
    if (status)
        behov_table_free(read_table);
    else
        *table = read_table;
    return status;
}
