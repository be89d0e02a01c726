/* write_filing.c - see write_filing.h. */
#include "write_filing.h"

#include <stdio.h>

#include <behov/labels.h>
#include "json_build.h"
#include "visible.h"
#include "write_json.h"

static behov_status page(const void *context, FILE *out, behov_error *err)
{
    const filing_results *results = context;
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < results->net.n && !status; i++) {
        behov_wording words = {0};
        behov_filing_say(&results->page, &results->net.filings[i], &words);
        behov_wording_add(&words, "\n\n");
        behov_filing_say_notes(&results->page, &results->net.filings[i], &words);
        status = behov_wording_status(&words, err);
        if (!status)
            print_visible(out, "%s%s\n", i ? "\n" : "", behov_wording_text(&words));
        behov_wording_free(&words);
    }
    return status;
}

static behov_status sections(const void *context, bool is_workbook, behov_section_list *list, behov_error *err)
{
    (void)is_workbook;
    return behov_filing_add(&((const filing_results *)context)->page, list, err);
}

static behov_status rows(const void *context, behov_report **report, behov_error *err)
{
    return behov_filing_table(&((const filing_results *)context)->page, report, err);
}

static json_t *sum_json(const char *function, const behov_kostra_sum *sum)
{
    json_t *object = json_object();
    if (function)
        json_put(object, "function", json_text(function));
    json_put(object, "n_records", json_count(sum->n_records));
    json_put(object, "expenditure_1000kr", json_figure(sum->expenditure_1000kr));
    json_put(object, "income_1000kr", json_figure(sum->income_1000kr));
    json_put(object, "net_expenditure_1000kr", json_figure(behov_kostra_net_1000kr(sum)));
    return object;
}

static json_t *filing_json(const behov_filing_page *filing_page, const behov_kostra_filing *filing)
{
    json_t *object = json_object(), *functions = json_array();
    json_put(object, "form", json_text(filing->form));
    json_put(object, "region", json_text(filing->region));
    json_put(object, "year", json_text(filing->year));
    json_put(object, "quarter", filing->quarter[0] ? json_text(filing->quarter) : json_null());
    for (size_t i = 0; i < filing_page->n_functions; i++)
        json_add(functions, sum_json(filing_page->functions[i], &filing->functions[i]));
    json_put(object, "functions", functions);
    json_put(object, "total", sum_json(NULL, &filing->total));
    json_put(object, "inhabitants", filing_page->inhabitants > 0 ? json_figure(filing_page->inhabitants) : json_null());
    json_put(object, "net_expenditure_1000kr_per_inhabitant",
             filing_page->inhabitants > 0
                 ? json_figure(behov_kostra_net_1000kr(&filing->total) / filing_page->inhabitants)
                 : json_null());
    json_put(object, "n_records", json_count(filing->n_records));
    json_put(object, "n_other_account_class", json_count(filing->n_other_class));
    json_put(object, "n_other_function", json_count(filing->n_other_function));
    json_put(object, "n_other_type", json_count(filing->n_other_type));
    json_put(object, "other_type_1000kr", json_figure(filing->other_type_1000kr));
    json_put(object, "n_repeated", json_count(filing->n_repeated));
    json_put(object, "n_income_positive", json_count(filing->n_income_positive));
    json_put(object, "income_positive_1000kr", json_figure(filing->income_positive_1000kr));
    return object;
}

static behov_status json(const void *context, const char *path, behov_error *err)
{
    const filing_results *results = context;
    json_t *object = json_object(), *filings = json_array();
    json_put(object, "behov_version", json_text(behov_version()));
    json_put(object, "data", json_text(results->path));
    json_put(object, "is_tried_against_published_figures", json_false());
    for (size_t i = 0; i < results->net.n; i++)
        json_add(filings, filing_json(&results->page, &results->net.filings[i]));
    json_put(object, "filings", filings);
    json_put(object, "n_other_form", json_count(results->net.n_other_form));
    return write_json_object(path, object, err);
}

const output_writers filing_writers = {
    .sections = sections, .rows = rows, .json = json, .title = BEHOV_WORD_TITLE_FILING, .page = page};
