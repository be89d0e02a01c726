/* export_data.c - see export_data.h. */
#include "export_data.h"

#include <stdbool.h>
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

/* What a panel says of its rows beside its figures, so that it says the same when it is read again: which are estimated on,
 * and that they are simulated. */
typedef struct panel_marks {
    bool has_estimated_on, has_source;
} panel_marks;

static bool has_column(const export_fit *fit, const char *name)
{
    for (size_t j = 0; j < fit->n_columns; j++)
        if (strcmp(fit->columns[j].identifier, name) == 0)
            return true;
    return false;
}

static void add_rows(const export_fit *fit, panel_marks marks, behov_wording *out)
{
    for (size_t j = 0; j < fit->n_columns; j++)
        behov_wording_print(out, "%s%s", j ? "," : "", fit->columns[j].identifier);
    behov_wording_add(out, marks.has_estimated_on ? ",estimated_on" : "");
    behov_wording_add(out, marks.has_source ? ",source" : "");
    behov_wording_add(out, "\n");
    for (size_t i = 0; i < fit->n_rows; i++) {
        for (size_t j = 0; j < fit->n_columns; j++) {
            if (j)
                behov_wording_add_letter(out, ',');
            add_cell(fit, j, behov_row_at(fit->rows, i), out);
        }
        if (marks.has_estimated_on) {
            behov_wording_add_letter(out, ',');
            add_cell(fit, fit->in_sample, behov_row_at(fit->rows, i), out);
        }
        behov_wording_add(out, marks.has_source ? ",\"simulated\"" : "");
        behov_wording_add_letter(out, '\n');
    }
}

behov_status export_data_csv(const export_fit *fit, behov_wording *out, behov_error *err)
{
    add_rows(fit, (panel_marks){false, false}, out);
    return behov_wording_status(out, err);
}

behov_status export_data_panel(const export_fit *fit, behov_wording *out, behov_error *err)
{
    panel_marks marks = {.has_estimated_on = !has_column(fit, "estimated_on"),
                         .has_source = fit->results->study->is_simulated && !has_column(fit, "source")};
    add_rows(fit, marks, out);
    return behov_wording_status(out, err);
}
