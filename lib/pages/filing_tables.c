/* filing_tables.c - see filing_tables.h. */
#include <behov/filing_tables.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <behov/format.h>
#include <behov/labels.h>
#include "table_columns.h"

static bool is_treasury(const behov_kostra_filing *filing)
{
    return strcmp(filing->form, "0A") == 0;
}

/* A region is a municipality's code and 00; the districts of Oslo have two other digits there. */
static const char *place(const behov_kostra_filing *filing, char text[16])
{
    bool is_whole = strlen(filing->region) == 6 && strcmp(filing->region + 4, "00") == 0;
    snprintf(text, 16, "%.*s", is_whole ? 4 : 6, filing->region);
    return text;
}

static const char *amount(const behov_filing_page *page, double value, char text[BEHOV_NUMBER_SIZE])
{
    return behov_format_minus((char *)behov_format_cell(BEHOV_Q_GAP, value, page->lang, text));
}

static const char *count(const behov_filing_page *page, size_t n, char text[BEHOV_NUMBER_SIZE])
{
    return behov_format_count(page->lang, (double)n, text);
}

/* "242+243+276+281", free; NULL without memory. */
static char *function_sum(const behov_filing_page *page)
{
    behov_wording words = {0};
    for (size_t i = 0; i < page->n_functions; i++)
        behov_wording_add_after(&words, "+", page->functions[i]);
    char *text = words.has_no_memory ? NULL : words.text;
    if (!text)
        behov_wording_free(&words);
    return text;
}

/* ---- sentences --------------------------------------------------------------------------------------------------- */

static void say_heading(const behov_filing_page *page, const behov_kostra_filing *filing, behov_wording *words)
{
    char code[16];
    behov_wording period = {0};
    behov_wording_fill(&period, page->lang,
                       filing->quarter[0] ? BEHOV_WORD_FILING_PERIOD_QUARTER : BEHOV_WORD_FILING_PERIOD_YEAR, "year",
                       filing->year, "quarter", filing->quarter, (const char *)NULL);
    behov_wording_fill(
        words, page->lang, BEHOV_WORD_FILING_HEADING, "place", place(filing, code), "form", filing->form, "kind",
        behov_label(page->lang, is_treasury(filing) ? BEHOV_WORD_FILING_KIND_0A : BEHOV_WORD_FILING_KIND_0M), "period",
        behov_wording_text(&period), (const char *)NULL);
    behov_wording_spend(words, &period);
}

static void say_sum(const behov_filing_page *page, const char *function, const behov_kostra_sum *sum,
                    behov_wording *words)
{
    char net[BEHOV_NUMBER_SIZE], expenditure[BEHOV_NUMBER_SIZE], income[BEHOV_NUMBER_SIZE], n[BEHOV_NUMBER_SIZE];
    behov_wording_add(words, "\n  ");
    behov_wording_fill(
        words, page->lang, sum->n_records ? BEHOV_WORD_FILING_FUNCTION : BEHOV_WORD_FILING_FUNCTION_EMPTY, "function",
        function, "net", amount(page, behov_kostra_net_1000kr(sum), net), "expenditure",
        amount(page, sum->expenditure_1000kr, expenditure), "income", amount(page, sum->income_1000kr, income), "n",
        count(page, sum->n_records, n), (const char *)NULL);
}

void behov_filing_say(const behov_filing_page *page, const behov_kostra_filing *filing, behov_wording *words)
{
    char inhabitants[BEHOV_NUMBER_SIZE], value[BEHOV_NUMBER_SIZE];
    say_heading(page, filing, words);
    for (size_t i = 0; i < page->n_functions; i++)
        say_sum(page, page->functions[i], &filing->functions[i], words);
    if (page->n_functions > 1)
        say_sum(page, behov_label(page->lang, BEHOV_WORD_FILING_TOTAL), &filing->total, words);
    if (page->inhabitants > 0) {
        behov_wording_add(words, "\n  ");
        behov_format_cell(BEHOV_Q_OUTCOME, behov_kostra_net_1000kr(&filing->total) / page->inhabitants, page->lang,
                          value);
        behov_wording_fill(words, page->lang, BEHOV_WORD_FILING_PER_INHABITANT, "value", behov_format_minus(value),
                           "inhabitants", behov_format_count(page->lang, page->inhabitants, inhabitants),
                           (const char *)NULL);
    }
}

static void say_left_out(const behov_filing_page *page, const behov_kostra_filing *filing, behov_wording *words)
{
    char other_class[BEHOV_NUMBER_SIZE], function[BEHOV_NUMBER_SIZE], type[BEHOV_NUMBER_SIZE], sum[BEHOV_NUMBER_SIZE],
        n[BEHOV_NUMBER_SIZE];
    behov_wording_add(words, "\n");
    behov_wording_fill(words, page->lang, BEHOV_WORD_FILING_LEFT_OUT, "n", count(page, filing->n_records, n), "class",
                       count(page, filing->n_other_class, other_class), "function",
                       count(page, filing->n_other_function, function), "type", count(page, filing->n_other_type, type),
                       "amount", amount(page, filing->other_type_1000kr, sum), (const char *)NULL);
    if (page->net->n_other_form) {
        behov_wording_add(words, "\n");
        behov_wording_fill(words, page->lang, BEHOV_WORD_FILING_OTHER_FORMS, "n",
                           count(page, page->net->n_other_form, n), (const char *)NULL);
    }
}

static void say_odd(const behov_filing_page *page, const behov_kostra_filing *filing, behov_wording *words)
{
    char n[BEHOV_NUMBER_SIZE], sum[BEHOV_NUMBER_SIZE];
    if (filing->n_repeated) {
        behov_wording_add(words, "\n");
        behov_wording_fill(words, page->lang, BEHOV_WORD_FILING_REPEATED_LINE, "n", count(page, filing->n_repeated, n),
                           (const char *)NULL);
    }
    if (filing->n_income_positive) {
        behov_wording_add(words, "\n");
        behov_wording_fill(words, page->lang, BEHOV_WORD_FILING_POSITIVE, "n",
                           count(page, filing->n_income_positive, n), "amount",
                           amount(page, filing->income_positive_1000kr, sum), (const char *)NULL);
    }
    if (filing->quarter[0]) {
        behov_wording_add(words, "\n");
        behov_wording_fill(words, page->lang, BEHOV_WORD_FILING_QUARTER, "quarter", filing->quarter,
                           (const char *)NULL);
    }
}

void behov_filing_say_notes(const behov_filing_page *page, const behov_kostra_filing *filing, behov_wording *words)
{
    behov_wording_fill(words, page->lang, BEHOV_WORD_FILING_METHOD, "class", is_treasury(filing) ? "1" : "3",
                       (const char *)NULL);
    behov_wording_add(words, "\n");
    behov_wording_add(words, behov_label(page->lang, is_treasury(filing) ? BEHOV_WORD_FILING_TREASURY
                                                                         : BEHOV_WORD_FILING_CONSOLIDATED));
    say_left_out(page, filing, words);
    say_odd(page, filing, words);
    bool is_plausible =
        !(page->inhabitants > 0) || behov_kostra_rate_is_plausible(filing, page->inhabitants, page->is_whole);
    if (!is_plausible) {
        behov_wording_add(words, "\n");
        behov_wording_add(words, behov_label(page->lang, BEHOV_WORD_FILING_ALLOWED));
    }
    if (filing->quarter[0] || !is_plausible) /* no figure of a year, or none to be used */
        return;
    behov_wording_add(words, "\n");
    behov_wording_add(words, behov_label(page->lang, page->inhabitants > 0 ? BEHOV_WORD_FILING_NEXT
                                                                           : BEHOV_WORD_FILING_NEXT_INHABITANTS));
}

/* ---- the table --------------------------------------------------------------------------------------------------- */

typedef struct rows {
    const behov_filing_page *page;
    char (*places)[16]; /* of each filing */
    char *sum;          /* "242+243" */
} rows;

/* A row for each function, and one for their sum where there are several. */
static size_t n_rows_of(const behov_filing_page *page)
{
    return page->n_functions + (page->n_functions > 1);
}

static const behov_kostra_filing *filing_at(const void *context, size_t row)
{
    const behov_filing_page *page = ((const rows *)context)->page;
    return &page->net->filings[row / n_rows_of(page)];
}

static const behov_kostra_sum *sum_at(const void *context, size_t row)
{
    const behov_filing_page *page = ((const rows *)context)->page;
    size_t n = page->n_functions, i = row % n_rows_of(page);
    return i < n ? &filing_at(context, row)->functions[i] : &filing_at(context, row)->total;
}

static const char *place_text(const void *context, size_t row)
{
    const rows *rows = context;
    return rows->places[row / n_rows_of(rows->page)];
}

static const char *form_text(const void *context, size_t row)
{
    return filing_at(context, row)->form;
}

static double year_figure(const void *context, size_t row)
{
    return atoi(filing_at(context, row)->year);
}

static const char *quarter_text(const void *context, size_t row)
{
    return filing_at(context, row)->quarter;
}

static const char *function_text(const void *context, size_t row)
{
    const rows *rows = context;
    size_t i = row % n_rows_of(rows->page);
    return i < rows->page->n_functions ? rows->page->functions[i] : rows->sum;
}

static double records_figure(const void *context, size_t row)
{
    return (double)sum_at(context, row)->n_records;
}

static double expenditure_figure(const void *context, size_t row)
{
    return sum_at(context, row)->expenditure_1000kr;
}

static double income_figure(const void *context, size_t row)
{
    return sum_at(context, row)->income_1000kr;
}

static double net_figure(const void *context, size_t row)
{
    return behov_kostra_net_1000kr(sum_at(context, row));
}

static double inhabitants_figure(const void *context, size_t row)
{
    (void)row;
    return ((const rows *)context)->page->inhabitants;
}

static double rate_figure(const void *context, size_t row)
{
    return net_figure(context, row) / inhabitants_figure(context, row);
}

/* Net expenditure per inhabitant has the name that the bundled model gives its outcome. */
static behov_status make_table(const rows *rows, behov_report **report, behov_error *err)
{
    behov_language lang = rows->page->lang;
    const behov_table_column columns[] = {
        {{"municipality_code", NULL, BEHOV_Q_CODE}, NULL, place_text},
        {{"year", NULL, BEHOV_Q_YEAR}, year_figure, NULL},
        {{"quarter", behov_label(lang, BEHOV_WORD_FILING_COLUMN_QUARTER), BEHOV_Q_TEXT}, NULL, quarter_text},
        {{"form", behov_label(lang, BEHOV_WORD_FILING_COLUMN_FORM), BEHOV_Q_TEXT}, NULL, form_text},
        {{"function", behov_label(lang, BEHOV_WORD_FILING_COLUMN_FUNCTION), BEHOV_Q_TEXT}, NULL, function_text},
        {{"n_records", behov_label(lang, BEHOV_WORD_FILING_COLUMN_RECORDS), BEHOV_Q_COUNT}, records_figure, NULL},
        {{"expenditure_1000kr", behov_label(lang, BEHOV_WORD_FILING_COLUMN_EXPENDITURE), BEHOV_Q_GAP},
         expenditure_figure,
         NULL},
        {{"income_1000kr", behov_label(lang, BEHOV_WORD_FILING_COLUMN_INCOME), BEHOV_Q_GAP}, income_figure, NULL},
        {{"net_expenditure_1000kr", behov_label(lang, BEHOV_WORD_FILING_COLUMN_NET), BEHOV_Q_GAP}, net_figure, NULL},
        {{"population", NULL, BEHOV_Q_COUNT}, inhabitants_figure, NULL},
        {{"net_expenditure", behov_label(lang, BEHOV_WORD_FILING_COLUMN_RATE), BEHOV_Q_OUTCOME}, rate_figure, NULL}};
    const behov_filing_page *page = rows->page;
    size_t n_columns = sizeof columns / sizeof *columns - (page->inhabitants > 0 ? 0 : 2);
    return behov_table_columns_new("filing", page->net->n * n_rows_of(page), columns, n_columns, rows, report, err);
}

behov_status behov_filing_table(const behov_filing_page *page, behov_report **report, behov_error *err)
{
    rows rows = {.page = page, .places = calloc(page->net->n + 1, sizeof *rows.places), .sum = function_sum(page)};
    behov_status status =
        rows.places && rows.sum ? BEHOV_OK : behov_error_say(err, BEHOV_E_MEMORY, "", SAY_FILING_NO_MEMORY);
    for (size_t i = 0; i < page->net->n && !status; i++)
        place(&page->net->filings[i], rows.places[i]);
    if (!status)
        status = make_table(&rows, report, err);
    free(rows.places);
    free(rows.sum);
    return status;
}

/* ---- sections ---------------------------------------------------------------------------------------------------- */

static behov_status add_notes(const behov_filing_page *page, behov_section_list *list, behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < page->net->n && !status; i++) {
        behov_wording words = {0};
        say_heading(page, &page->net->filings[i], &words);
        behov_wording_add(&words, "\n");
        behov_filing_say_notes(page, &page->net->filings[i], &words);
        status = behov_wording_status(&words, err);
        for (char *line = status ? NULL : words.text, *next = NULL; !status && line; line = next) {
            if ((next = strchr(line, '\n')))
                *next++ = '\0';
            status = behov_section_list_note(list, line, err);
        }
        behov_wording_free(&words);
    }
    return status;
}

behov_status behov_filing_add(const behov_filing_page *page, behov_section_list *list, behov_error *err)
{
    behov_report *table = NULL;
    behov_status status = behov_filing_table(page, &table, err);
    if (!status)
        status = behov_section_list_add(list,
                                        (behov_section){.name = behov_label(page->lang, BEHOV_WORD_SHEET_FILING),
                                                        .title = behov_label(page->lang, BEHOV_WORD_TITLE_FILING),
                                                        .table_name = behov_label(page->lang, BEHOV_WORD_SHEET_FILING),
                                                        .landscape = true},
                                        table, err);
    return status ? status : add_notes(page, list, err);
}
