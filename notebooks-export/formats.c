/* formats.c - see formats.h. A new format is a line here. */
#include "formats.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "dialects.h"
#include "export_data.h"
#include "export_statistics.h"
#include "notebook.h"
#include "quarto.h"
#include "script.h"

static behov_status write_csv(const export_fit *fit, const export_format *format, const export_choices *choices,
                              const char *path, behov_error *err)
{
    (void)format;
    (void)choices;
    behov_wording text = {0};
    behov_status status = export_data_panel(fit, &text, err);
    if (!status)
        status = script_write_text(path, &text, err);
    behov_wording_free(&text);
    return status;
}

static const export_format formats[] = {
    {EXPORT_NOTEBOOK, "python", ".ipynb", "notebook-python.txt", &dialect_python, true, notebook_write},
    {EXPORT_NOTEBOOK, "r", ".ipynb", "notebook-r.txt", &dialect_r, true, notebook_write},
    {EXPORT_SCRIPT, NULL, ".py", "fit.py", &dialect_python, true, script_write},
    {EXPORT_SCRIPT, NULL, ".R", "fit.R", &dialect_r, true, script_write},
    {EXPORT_SCRIPT, NULL, ".do", "fit.do", &dialect_stata, false, script_write},
    {EXPORT_SCRIPT, NULL, ".inp", "fit.inp", &dialect_gretl, false, script_write},
    {EXPORT_SCRIPT, NULL, ".microdata.txt", "fit.microdata.txt", &dialect_microdata, false, script_write},
    {EXPORT_SCRIPT, NULL, ".qmd", "fit.qmd", &dialect_r, true, quarto_write},
    {EXPORT_SCRIPT, NULL, ".sql", "fit.sql", &dialect_sql, false, script_write},
    {EXPORT_DATA, NULL, ".csv", NULL, NULL, false, write_csv},
    {EXPORT_DATA, NULL, ".dta", NULL, NULL, false, export_statistics_write},
    {EXPORT_DATA, NULL, ".sav", NULL, NULL, false, export_statistics_write},
    {EXPORT_DATA, NULL, ".zsav", NULL, NULL, false, export_statistics_write},
};

const export_format *formats_get(size_t i)
{
    return i < sizeof formats / sizeof *formats ? &formats[i] : NULL;
}

const export_format *formats_find(export_what what, const char *kernel, const char *path)
{
    const export_format *best = NULL;
    size_t n_path = strlen(path);
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        const export_format *format = &formats[i];
        size_t n = strlen(format->ending);
        if (format->what != what || (kernel && format->kernel && strcmp(kernel, format->kernel) != 0) || n_path <= n ||
            strcasecmp(path + n_path - n, format->ending) != 0)
            continue;
        if (!best || n > strlen(best->ending))
            best = format;
    }
    return best;
}

char *formats_data_path(const export_format *format, const char *path)
{
    static const char ending[] = ".csv";
    size_t n = strlen(path) - strlen(format->ending);
    char *data = malloc(n + sizeof ending);
    if (data) {
        memcpy(data, path, n);
        memcpy(data + n, ending, sizeof ending);
    }
    return data;
}
