/* test_sheets.c - forms, charts, lists of sections and the sheets of the full workbook, with memory ending anywhere: a
 * failure is told, what was made is freed once, and what was there before is whole. That nothing leaks is seen under
 * valgrind or the address sanitizer. What the sheets say is tested from outside (cli/, golden/). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <gsl/gsl_errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "document.h"
#include "effort.h"
#include "failing_malloc.h"
#include "full_workbook.h"
#include "estimation_options.h"
#include <behov/input_sheet.h>
#include "verbs.h"

/* A sanitized program takes five times as long, and each allocation fails in the plain one. */
#if defined(__SANITIZE_ADDRESS__)
enum { SHEETS_STRIDE = 7 };
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
enum { SHEETS_STRIDE = 7 };
#else
enum { SHEETS_STRIDE = 1 };
#endif
#else
enum { SHEETS_STRIDE = 1 };
#endif

static behov_error err;

/* Runs `once` with the n-th allocation failing, for every `stride`-th n from `first`; each gives BEHOV_E_MEMORY.
 * Returns the number of allocations, when n is beyond the last. */
static size_t allocations_fail(behov_status (*once)(void *context), void *context, size_t first, size_t stride)
{
    for (size_t n = first;; n += stride) {
        failing_malloc_start(n);
        behov_status status = once(context);
        bool was_reached = failing_malloc_stop();
        if (!was_reached) {
            if (status)
                fail_msg("%s: %s", err.where, err.what);
            return failing_malloc_count();
        }
        if (status != BEHOV_E_MEMORY)
            fail_msg("allocation %lu failed, the status is %s", (unsigned long)n, behov_status_name(status));
    }
}

static void every_allocation_fails(behov_status (*once)(void *context), void *context, size_t fewest)
{
    size_t n = allocations_fail(once, context, 1, 1);
    if (n < fewest)
        fail_msg("%lu allocations, which is not the whole way", (unsigned long)n);
}

/* ---- forms and lists of sections -----------------------------------------------------------------------------------
 */

static const behov_sheet_chart trend = {
    .kind = BEHOV_SHEET_LINES,
    .title = "Trend",
    .y_title = "per cent",
    .text = "Table",
    .series = {{BEHOV_SERIES_FIRST, "first", "year", "ratio"}, {BEHOV_SERIES_SECOND, NULL, "year", "ratio"}}};

static behov_status fill_form(behov_input_sheet *out)
{
    behov_status status = behov_input_text(out, 0, 0, BEHOV_FORM_TITLE, "title", &err);
    for (size_t i = 1; i < 100 && !status; i++) /* the cells' room grows */
        status = behov_input_formula(out, i, 0, BEHOV_FORM_PLAIN, BEHOV_Q_VALUE, 2, "1+1", &err);
    if (!status)
        status = behov_input_number(out, 0, 1, BEHOV_FORM_INPUT, BEHOV_Q_YEAR, 2016, &err);
    if (!status)
        status = behov_input_text_formula(out, 0, 2, BEHOV_FORM_PLAIN, "shown", "\"shown\"", &err);
    if (!status)
        status = behov_input_add_rule(
            out,
            (behov_input_rule){
                .kind = BEHOV_FORM_RULE_LIST, .list = "$A$1:$A$2", .title = "t", .words = "w", .refusal = "r"},
            &err);
    if (!status)
        status = behov_input_add_chart(out, (behov_input_chart){.chart = trend, .width = 100, .height = 100}, &err);
    return !status ? behov_input_set_column(out, 3, (behov_input_column){.width = 12, .is_text = true}, &err) : status;
}

static behov_status make_form(void *context)
{
    (void)context;
    behov_input_sheet *input_sheet = behov_input_new();
    behov_status status = input_sheet ? fill_form(input_sheet) : BEHOV_E_MEMORY;
    if (!status) {
        assert_int_equal(input_sheet->n_cells, 102);
        assert_string_equal(input_sheet->cells[99].formula, "1+1");
        assert_string_equal(input_sheet->rules[0].refusal, "r");
        assert_string_equal(input_sheet->charts[0].chart.series[0].name, "first");
        assert_true(input_sheet->n_columns == 4 && input_sheet->columns[2].width == 0 &&
                    input_sheet->columns[3].is_text);
    }
    behov_input_free(input_sheet);
    return status;
}

static behov_status add_table(behov_section_list *out, const char *name)
{
    static const char *const notes[] = {"first note", "second note"};
    behov_report *table = NULL;
    behov_status status = behov_report_new("data", 1, NULL, &table, &err);
    if (!status)
        status = behov_section_list_add(out,
                                        (behov_section){.name = name,
                                                        .title = "Title",
                                                        .table_name = "a name",
                                                        .notes = notes,
                                                        .n_notes = 2,
                                                        .charts = &trend,
                                                        .n_charts = 1},
                                        table, &err);
    return status;
}

/* More sections than the list has room for, appended to another that has some. */
static behov_status make_list(void *context)
{
    (void)context;
    behov_section_list list = {0}, more = {0};
    behov_input_sheet *sheet = NULL;
    behov_status status = add_table(&list, "first");
    for (size_t i = 0; i < 12 && !status; i++)
        status = add_table(&more, "more");
    if (!status && !(sheet = behov_input_new()))
        status = BEHOV_E_MEMORY;
    if (!status)
        status = behov_section_list_add_form(&more, "form", sheet, &err);
    size_t n_more = more.n;
    bool is_appended = false;
    if (!status) {
        status = behov_section_list_append(&list, &more, &err);
        is_appended = !status;
        assert_int_equal(list.n, is_appended ? 1 + n_more : 1);
        assert_int_equal(more.n, is_appended ? 0 : n_more);
    }
    if (!status)
        status = behov_section_list_note_all(&list, "everywhere", &err);
    if (!status) {
        assert_string_equal(list.sections[0].table_name, "a_name");
        assert_int_equal(list.sections[12].n_notes, 3);
        assert_ptr_equal(list.sections[13].input_sheet, sheet);
        assert_string_equal(list.sections[12].charts[0].y_title, "per cent");
    }
    behov_section_list_free(&list);
    behov_section_list_free(&more);
    return status;
}

static void forms(void **state)
{
    (void)state;
    every_allocation_fails(make_form, NULL, 100);
}

static void lists(void **state)
{
    (void)state;
    every_allocation_fails(make_list, NULL, 150);
}

/* ---- the full workbook ---------------------------------------------------------------------------------------------
 */

static const char panel[] = "municipality_code,municipality,year,population,y,x\n"
                            "1106,Foss,2012,6000,4.1,2.0\n"
                            "1102,Bru,2012,2500,2.2,1.2\n"
                            "1103,Dal,2012,3100,1.9,0.7\n"
                            "1104,Elv,2012,4200,3.0,1.5\n"
                            "1106,Foss,2013,6100,3.9,2.1\n"
                            "1102,Bru,2013,2400,2.9,1.0\n"
                            "1103,Dal,2013,3000,1.7,.\n"
                            "1104,Elv,2013,4100,2.0,1.4\n";
static const char model_text[] = "[model]\nformula = y ~ x + factor(year)\noutcome_unit = 1000kr_per_inhabitant\n"
                                 "[proxies_nb]\nx = noe annet\n[units_nb]\nx = prosent\n";

static char folder[] = "/tmp/behov-sheets-XXXXXX";
static char panel_path[100], model_path[100], book_path[100];

static void put(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

static int enter(void **state)
{
    (void)state;
    if (!mkdtemp(folder))
        return 1;
    snprintf(panel_path, sizeof panel_path, "%s/panel.csv", folder);
    snprintf(model_path, sizeof model_path, "%s/model.ini", folder);
    snprintf(book_path, sizeof book_path, "%s/book.xlsx", folder);
    put(panel_path, panel);
    put(model_path, model_text);
    return 0;
}

static int leave(void **state)
{
    (void)state;
    return unlink(panel_path) || unlink(model_path) || unlink(book_path) || rmdir(folder);
}

/* The sheets of those who plan and answer, and with `path` the file with them. */
typedef struct workbook_job {
    const behov_fit_results *fit_results;
    const char *path; /* NULL = sheets alone */
} workbook_job;

static behov_status make_workbook(void *context)
{
    const workbook_job *job = context;
    full_workbook full_workbook = {0};
    behov_section_list list = {0}, tables = {0};
    behov_municipality_names names = {0};
    full_workbook_choices choices = {.has_all = true, .list = &names, .lasting = {.level_pct = 90, .n_draws = 100}};
    behov_status status = behov_municipality_names_split(&names, "1106,1103", &err);
    if (!status)
        status = full_workbook_new(job->fit_results, &choices, &full_workbook, &err);
    if (!status)
        status = full_workbook_add(&full_workbook, (full_workbook_sheets){true, true}, &list, &tables, &err);
    if (!status)
        status = behov_section_list_append(&list, &tables, &err);
    if (!status) {
        assert_int_equal(list.n, 7); /* Rangering, Kommune, two pages, three tables to look up in */
        if (job->path)
            status = document_write(job->path, list.sections, list.n, NULL, BEHOV_LANGUAGE_NB, &err);
    }
    behov_section_list_free(&list);
    behov_section_list_free(&tables);
    full_workbook_free(&full_workbook);
    behov_municipality_names_free(&names);
    return status;
}

static void the_full_workbook(void **state)
{
    (void)state;
    char *arguments[] = {panel_path, "--model", model_path, "--quiet"};
    bool helped;
    command_line line;
    behov_study study = {0};
    behov_estimation estimation = {0};
    behov_fit_results fitted = {0};
    assert_true(command_line_read(&verb_fit, 4, arguments, &line, &helped));
    assert_int_equal(estimation_of_panel(&line, panel_path, 0.9, 0, &study, &estimation, &fitted), 0);
    /* Sheets are made here, so every allocation of theirs is tried; the file is written by processes of its own, whose
     * memory ends with them, at the same allocations again and then at its own: with less effort (valgrind) at every 17th
     * of the sheets' and at sixteen of the file's. */
    workbook_job sheets = {&fitted, NULL}, file = {&fitted, book_path};
    size_t n_sheets = allocations_fail(make_workbook, &sheets, 1, effort(100) < 100 ? 17 : SHEETS_STRIDE);
    assert_true(n_sheets > 500);
    failing_malloc_start(0);
    assert_int_equal(make_workbook(&file), BEHOV_OK);
    failing_malloc_stop();
    size_t n_all = failing_malloc_count(), stride = effort(100) < 100 ? (n_all - n_sheets) / 16 : SHEETS_STRIDE;
    assert_true(n_all > n_sheets + 100);
    allocations_fail(make_workbook, &file, n_sheets + 1, stride);
    printf("%lu allocations for the sheets, %lu with the file, every %lu of which failed\n", (unsigned long)n_sheets,
           (unsigned long)n_all, (unsigned long)stride);
    behov_estimation_free(&estimation);
    behov_study_close(&study);
    command_line_free(&line);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forms),
        cmocka_unit_test(lists),
        cmocka_unit_test(the_full_workbook),
    };
    return cmocka_run_group_tests(tests, enter, leave);
}
