/* export_statistics.c - see export_statistics.h. */
#include "export_statistics.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <behov/labels.h>
#include <behov/result_sentences.h>

#include "script.h"
#include "system.h"
#include "write_statistics.h"

/* What is made for the file beside what the panel's table lends. */
typedef struct statistics_panel {
    const export_fit *fit;
    statistics_column *columns;
    size_t n_columns, n_rows;
    double **numbers;     /* of columns that are computed, NULL for others */
    const char ***texts;  /* of columns of texts */
    behov_wording *words; /* of each column: its label; behind them a text for each reason */
    statistics_value_label *reasons, in_sample[2];
    char reason_name[IDENTIFIER_SIZE];
    behov_wording notes; /* one a line */
    const char **lines;
    size_t n_lines;
} statistics_panel;

static behov_status no_memory(const char *path, behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, path, SAY_EXPORT_NO_MEMORY);
}

/* ---- columns ------------------------------------------------------------------------------------------------------ */

/* "Net expenditure (1000 kr per inhabitant)" */
static void say_label(const export_column *column, behov_wording *out)
{
    behov_wording_add(out, column->label);
    if (column->unit[0] && strcmp(column->unit, "0/1") != 0 && strcasecmp(column->label, column->unit) != 0 &&
        !strstr(column->label, column->unit))
        behov_wording_print(out, " (%s)", column->unit);
}

static bool take_texts(statistics_panel *panel, size_t j)
{
    const char **texts = panel->texts[j] = malloc((panel->n_rows + 1) * sizeof *texts);
    for (size_t row = 0; texts && row < panel->n_rows; row++)
        texts[row] = export_fit_text(panel->fit, j, row);
    panel->columns[j].texts = texts;
    return texts != NULL;
}

static bool take_numbers(statistics_panel *panel, size_t j)
{
    const export_column *column = &panel->fit->columns[j];
    if (column->kind == EXPORT_TABLE_COLUMN) {
        panel->columns[j].numbers = behov_table_numbers(panel->fit->results->study->table, column->table_column);
        return true;
    }
    double *numbers = panel->numbers[j] = malloc((panel->n_rows + 1) * sizeof *numbers);
    for (size_t row = 0; numbers && row < panel->n_rows; row++)
        numbers[row] = export_fit_number(panel->fit, j, row);
    panel->columns[j].numbers = numbers;
    return numbers != NULL;
}

/* The name by which `behov` itself knows which rows a panel estimates on, so that the file gives the same fit again; that
 * of scripts where the panel has another column of that name. */
static const char *sample_name(const export_fit *fit)
{
    static const char name[] = "estimated_on";
    for (size_t i = 0; i < fit->n_identifiers; i++)
        if (strcasecmp(fit->identifiers[i], name) == 0)
            return fit->columns[fit->in_sample].identifier;
    return name;
}

/* What a simulated panel says of itself, row by row: read again it must say so. */
static bool add_source(statistics_panel *panel)
{
    const behov_table *table = panel->fit->results->study->table;
    ptrdiff_t column = behov_table_find(table, "source");
    if (column < 0 || behov_table_kind(table, (size_t)column) != BEHOV_COLUMN_TEXT)
        return true;
    for (size_t j = 0; j < panel->fit->n_columns; j++)
        if (strcasecmp(panel->columns[j].name, "source") == 0)
            return true;
    size_t j = panel->n_columns++;
    const char **texts = panel->texts[j] = malloc((panel->n_rows + 1) * sizeof *texts);
    for (size_t row = 0; texts && row < panel->n_rows; row++) {
        int32_t code = behov_table_codes(table, (size_t)column)[row];
        texts[row] = code < 0 ? NULL : behov_dictionary_text(behov_table_levels(table, (size_t)column), code);
    }
    panel->columns[j] = (statistics_column){
        .name = "source", .label = behov_label(panel->fit->lang, BEHOV_WORD_EXPORT_SOURCE), .texts = texts};
    return texts != NULL;
}

/* Why each row is not estimated on: 0 = it is, then the reasons in the order of the fit. */
static bool add_reasons(statistics_panel *panel)
{
    const export_fit *fit = panel->fit;
    const behov_design *design = fit->results->design;
    size_t j = panel->n_columns++, n_reasons = behov_design_n_reasons(design);
    double *numbers = panel->numbers[j] = malloc((panel->n_rows + 1) * sizeof *numbers);
    if (!numbers)
        return false;
    for (size_t row = 0; row < panel->n_rows; row++)
        numbers[row] = (double)(behov_design_reason_of(design, row) + 1);
    panel->reasons[0] = (statistics_value_label){0, behov_label(fit->lang, BEHOV_WORD_EXPORT_ROW_USED)};
    for (size_t i = 0; i < n_reasons; i++) {
        behov_wording *words = &panel->words[fit->n_columns + 2 + i];
        behov_fit_results_fate(fit->results, behov_design_reason(design, i), words);
        panel->reasons[i + 1] = (statistics_value_label){(int32_t)(i + 1), behov_wording_text(words)};
    }
    identifier_make("row_reason", (const char(*)[IDENTIFIER_SIZE])fit->identifiers, fit->n_identifiers,
                    panel->reason_name);
    panel->columns[j] = (statistics_column){.name = panel->reason_name,
                                            .label = behov_label(fit->lang, BEHOV_WORD_EXPORT_ROW_REASON),
                                            .numbers = numbers,
                                            .value_labels = panel->reasons,
                                            .n_value_labels = n_reasons + 1};
    return true;
}

static behov_status add_columns(statistics_panel *panel, const char *path, behov_error *err)
{
    const export_fit *fit = panel->fit;
    size_t n = fit->n_columns + 2, n_reasons = behov_design_n_reasons(fit->results->design);
    panel->columns = calloc(n, sizeof *panel->columns);
    panel->numbers = calloc(n, sizeof *panel->numbers);
    panel->texts = calloc(n, sizeof *panel->texts);
    panel->words = calloc(n + n_reasons, sizeof *panel->words);
    panel->reasons = calloc(n_reasons + 1, sizeof *panel->reasons);
    if (!panel->columns || !panel->numbers || !panel->texts || !panel->words || !panel->reasons)
        return no_memory(path, err);
    panel->in_sample[0] = (statistics_value_label){0, behov_label(fit->lang, BEHOV_WORD_EXPORT_ROW_NOT_USED)};
    panel->in_sample[1] = (statistics_value_label){1, behov_label(fit->lang, BEHOV_WORD_EXPORT_ROW_USED)};
    for (size_t j = 0; j < fit->n_columns; j++) {
        say_label(&fit->columns[j], &panel->words[j]);
        panel->columns[j] =
            (statistics_column){.name = fit->columns[j].identifier, .label = behov_wording_text(&panel->words[j])};
        if (fit->columns[j].kind == EXPORT_IN_SAMPLE) {
            panel->columns[j].name = sample_name(fit);
            panel->columns[j].label = behov_label(fit->lang, BEHOV_WORD_EXPORT_ROW_USED);
            panel->columns[j].value_labels = panel->in_sample;
            panel->columns[j].n_value_labels = 2;
        }
        panel->n_columns++;
        if (!(fit->columns[j].is_text ? take_texts(panel, j) : take_numbers(panel, j)))
            return no_memory(path, err);
    }
    if (!add_reasons(panel) || !add_source(panel))
        return no_memory(path, err);
    for (size_t i = 0; i < n + n_reasons; i++) {
        behov_status status = behov_wording_status(&panel->words[i], err);
        if (status)
            return status;
    }
    return BEHOV_OK;
}

/* ---- notes -------------------------------------------------------------------------------------------------------- */

/* What every script says in its head. */
static behov_status add_notes(statistics_panel *panel, const char *path, behov_error *err)
{
    static const char *const names[] = {"simulated",        "data_name", "formula", "outcome",  "errors_in_words",
                                        "weights_in_words", "rows",      "columns", "cautions", "not_a_verdict"};
    const script script = {.fit = panel->fit};
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < sizeof names / sizeof *names && !status; i++)
        for (const template_value *value = script_values; value->name && !status; value++)
            if (strcmp(value->name, names[i]) == 0) {
                behov_wording piece = {0};
                status = value->say(&script, &piece, err);
                if (!status && piece.length)
                    behov_wording_add_after(&panel->notes, "\n", behov_wording_text(&piece));
                behov_wording_spend(&panel->notes, &piece);
            }
    behov_wording_print(&panel->notes, "\nbehov %s", behov_version());
    if (!status)
        status = behov_wording_status(&panel->notes, err);
    if (status)
        return status;
    char *text = panel->notes.text;
    size_t n = 1;
    for (const char *byte = text; *byte; byte++)
        n += *byte == '\n';
    panel->lines = malloc(n * sizeof *panel->lines);
    if (!panel->lines)
        return no_memory(path, err);
    while (panel->n_lines < n) {
        panel->lines[panel->n_lines++] = text;
        text += strcspn(text, "\n");
        if (*text)
            *text++ = '\0';
    }
    return BEHOV_OK;
}

/* ---- the whole ---------------------------------------------------------------------------------------------------- */

static void panel_clear(statistics_panel *panel)
{
    size_t n_reasons = behov_design_n_reasons(panel->fit->results->design);
    for (size_t j = 0; j < panel->fit->n_columns + 2; j++) {
        if (panel->numbers)
            free(panel->numbers[j]);
        if (panel->texts)
            free(panel->texts[j]);
    }
    for (size_t i = 0; panel->words && i < panel->fit->n_columns + 2 + n_reasons; i++)
        behov_wording_free(&panel->words[i]);
    behov_wording_free(&panel->notes);
    free(panel->columns);
    free(panel->numbers);
    free(panel->texts);
    free(panel->words);
    free(panel->reasons);
    free(panel->lines);
}

behov_status export_statistics_write(const export_fit *fit, const export_format *format, const export_choices *choices,
                                     const char *path, behov_error *err)
{
    statistics_format kind = strcasecmp(format->ending, ".dta") == 0   ? STATISTICS_DTA
                             : strcasecmp(format->ending, ".sav") == 0 ? STATISTICS_SAV
                                                                       : STATISTICS_ZSAV;
    statistics_panel panel = {.fit = fit, .n_rows = behov_table_n_rows(fit->results->study->table)};
    (void)choices;
    behov_status status = add_columns(&panel, path, err);
    if (!status)
        status = add_notes(&panel, path, err);
    if (!status)
        status = write_statistics(path, kind,
                                  &(statistics_data){.title = fit->title,
                                                     .notes = panel.lines,
                                                     .n_notes = panel.n_lines,
                                                     .columns = panel.columns,
                                                     .n_columns = panel.n_columns,
                                                     .n_rows = panel.n_rows,
                                                     .made_at = system_now()},
                                  NULL, err);
    panel_clear(&panel);
    return status;
}
