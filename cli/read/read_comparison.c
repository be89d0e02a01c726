/* read_comparison.c - see read_comparison.h. */
#include "read_comparison.h"

#include <stdlib.h>
#include <string.h>

#include "datasets.h"
#include "read_model.h"
#include "read_printed.h"
#include "read_ratio_table.h"
#include "read_table.h"

typedef struct header {
    bool has_term;
} header;

static behov_read_kind look(void *context, const char *name)
{
    header *header = context;
    header->has_term = header->has_term || strcmp(name, "term") == 0;
    return BEHOV_READ_AS_TEXT;
}

/* Whether a table is one of coefficients: it has a column `term`. */
static behov_status has_terms(const char *path, bool *is_one, behov_error *err)
{
    header header = {false};
    behov_table *table = NULL;
    behov_status status = read_table(path, &(read_csv_options){.choose = look, .context = &header}, &table, err);
    behov_table_free(table);
    *is_one = header.has_term;
    return status;
}

static char *copy(const char *text)
{
    return text ? strdup(text) : NULL;
}

static behov_status out_of_memory(behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_COMPARE_NO_MEMORY_FOR_PRINTED);
}

/* TABLE_notes.csv beside TABLE.csv (malloc); NULL without memory. */
static char *notes_beside(const char *path)
{
    static const char ending[] = "_notes.csv";
    const char *slash = strrchr(path, '/'), *dot = strrchr(slash ? slash : path, '.');
    size_t stem = dot && dot != (slash ? slash + 1 : path) ? (size_t)(dot - path) : strlen(path);
    char *copy = malloc(stem + sizeof ending);
    if (copy) {
        memcpy(copy, path, stem);
        strcpy(copy + stem, ending);
    }
    return copy;
}

static behov_status read_notes(const read_comparison_choices *choices, const char *path, const char *name,
                               behov_printed_comparison *comparison, behov_error *err)
{
    const char *notes_path = choices->notes;
    if (notes_path && !notes_path[0])
        return BEHOV_OK;
    char *extra_tables = notes_path ? copy(notes_path) : notes_beside(path);
    if (!extra_tables)
        return out_of_memory(err);
    behov_status status = BEHOV_OK;
    if (notes_path || datasets_path_is_there(extra_tables)) {
        status = read_printed_notes(extra_tables, choices->notice, &comparison->notes, err);
        comparison->notes_name = notes_path ? copy(notes_path) : notes_beside(name);
    }
    free(extra_tables);
    return status;
}

/* \param name  what pages call the file */
static behov_status read_one(const read_comparison_choices *choices, const char *path, const char *name,
                             behov_printed_comparison *comparison, behov_error *err)
{
    bool has_coefficients;
    behov_status status = has_terms(path, &has_coefficients, err);
    if (status)
        return status;
    if (has_coefficients ? comparison->table.n_rows > 0 : comparison->printed_ratios.places.n > 0)
        return (has_coefficients
                    ? behov_error_say(err, BEHOV_E_ARGUMENT, "--with", SAY_COMPARE_TWO_TABLES_OF_COEFFICIENTS)
                    : behov_error_say(err, BEHOV_E_ARGUMENT, "--with", SAY_COMPARE_TWO_TABLES_OF_RATIOS));
    char **kept_text = has_coefficients ? &comparison->table_name : &comparison->ratios_name;
    if (!(*kept_text = copy(name)))
        return out_of_memory(err);
    if (!has_coefficients)
        return read_ratio_table(path, choices->subtotal_names, choices->notice, &comparison->printed_ratios, err);
    status = read_printed_table(path, choices->notice, &comparison->table, err);
    return status ? status : read_notes(choices, path, name, comparison, err);
}

behov_status read_comparison(const read_comparison_choices *choices, behov_printed_comparison *comparison,
                             behov_error *err)
{
    static const char *const bundled[] = {"proba-2017-08/regression.csv", "proba-2017-08/ratios.csv"};
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < choices->n_tables && !status; i++)
        status = read_one(choices, choices->tables[i], choices->tables[i], comparison, err);
    for (size_t i = 0; choices->n_tables == 0 && i < sizeof bundled / sizeof *bundled && !status; i++) {
        char *path = NULL;
        status = datasets_path(bundled[i], &path, err);
        if (!status)
            status = read_one(choices, path, bundled[i], comparison, err);
        free(path);
    }
    return status;
}

behov_status read_comparison_model(behov_model *out, behov_error *err)
{
    char *path = NULL;
    behov_status status = datasets_path("models/proba-2017-08.ini", &path, err);
    if (!status)
        status = read_model(path, out, err);
    free(path);
    return status;
}
