/* export_data.c - see export_data.h. */
#include "export_data.h"

#include <string.h>

#include <behov/number.h>

static void add_text(const char *text, behov_wording *out)
{
    behov_wording_add(out, "\"");
    for (const char *rest = text; *rest;) {
        size_t n = strcspn(rest, "\"");
        behov_wording_add_bytes(out, rest, n);
        rest += n;
        if (*rest) {
            behov_wording_add(out, "\"\"");
            rest++;
        }
    }
    behov_wording_add(out, "\"");
}

static void add_cell(const export_fit *fit, size_t column, size_t row, behov_wording *out)
{
    char number[BEHOV_NUMBER_SIZE];
    if (!fit->columns[column].is_text) {
        size_t n = behov_number_shortest(export_fit_number(fit, column, row), number);
        behov_wording_add_bytes(out, number, n);
        return;
    }
    const char *text = export_fit_text(fit, column, row);
    if (text)
        add_text(text, out);
}

behov_status export_data_csv(const export_fit *fit, behov_wording *out, behov_error *err)
{
    for (size_t j = 0; j < fit->n_columns; j++)
        behov_wording_print(out, "%s%s", j ? "," : "", fit->columns[j].identifier);
    behov_wording_add(out, "\n");
    for (size_t i = 0; i < fit->n_rows; i++) {
        for (size_t j = 0; j < fit->n_columns; j++) {
            if (j)
                behov_wording_add_letter(out, ',');
            add_cell(fit, j, fit->rows[i], out);
        }
        behov_wording_add_letter(out, '\n');
    }
    return behov_wording_status(out, err);
}
