/* read_borders.c - see read_borders.h. */
#include "read_borders.h"

#include <stdlib.h>

#include "datasets.h"
#include "read_municipality_history.h"
#include "text_source.h"

enum { LONGEST_FILE = 4 * 1024 * 1024 };

static const char *const names[BORDER_FILES] = {"borders/borders_2011.txt", "borders/borders_2020.txt",
                                                "borders/borders_2024.txt"};

void bundled_borders_free(bundled_borders *borders)
{
    for (size_t i = 0; i < BORDER_FILES; i++)
        free((char *)borders->texts[i].text);
    behov_municipality_history_free(borders->history);
    *borders = (bundled_borders){0};
}

static behov_status read_file(const char *name, behov_border_text *out, behov_error *err)
{
    char *path = NULL, *text = NULL;
    bool is_guess;
    behov_status status = datasets_path(name, &path, err);
    if (!status)
        status = text_source_read(path, LONGEST_FILE, &text, &out->n_bytes, &is_guess, err);
    free(path);
    out->text = text;
    out->source = name;
    return status;
}

behov_status bundled_borders_read(bundled_borders *borders, behov_error *err)
{
    behov_status status = BEHOV_OK;
    *borders = (bundled_borders){0};
    for (size_t i = 0; i < BORDER_FILES && !status; i++)
        status = read_file(names[i], &borders->texts[i], err);
    return status ? status : read_municipality_history(NULL, NULL, &borders->history, err);
}
