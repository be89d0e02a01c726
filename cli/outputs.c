/* outputs.c - from file endings to writers. */
#include "outputs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "document.h"
#include "target.h"
#include "visible.h"
#include "write_csv.h"

static const char *ending(const char *path)
{
    const char *slash = strrchr(path, '/'), *dot = strrchr(slash ? slash : path, '.');
    return dot ? dot : "";
}

bool outputs_is_workbook(const char *path) { return strcasecmp(ending(path), ".xlsx") == 0; }

int outputs_check(const command_line *line, const char *panel_path)
{
    for (size_t i = 0; i < option_count(line, "output"); i++) {
        const char *path = option_value_at(line, "output", i);
        const char *kind = ending(path);
        if (!document_is_known(path) && strcasecmp(kind, ".csv") != 0 && strcasecmp(kind, ".json") != 0)
            return wrong_call(line->of,
                              "-o %s: the ending says what is written; there are .xlsx, .html, .tex, .md, .txt, .csv and .json",
                              path);
    }
    return outputs_check_targets(line, panel_path);
}

int outputs_check_targets(const command_line *line, const char *panel_path)
{
    struct stat panel, found;
    bool is_stream = panel_path && strcmp(panel_path, "-") == 0;
    bool has_panel = panel_path && (is_stream ? fstat(STDIN_FILENO, &panel) : stat(panel_path, &panel)) == 0 &&
                     S_ISREG(panel.st_mode);
    for (size_t i = 0; i < option_count(line, "output"); i++) {
        const char *path = option_value_at(line, "output", i);
        if (has_panel && stat(path, &found) == 0 && found.st_dev == panel.st_dev && found.st_ino == panel.st_ino)
            return wrong_call(line->of, "-o %s is the panel itself, which would be lost; choose another name", path);
        for (size_t j = 0; j < i; j++)
            if (strcmp(option_value_at(line, "output", j), path) == 0)
                return wrong_call(line->of, "-o %s is given twice", path);
    }
    /* A target that cannot be written is found before an hour of computing, and before another one is written. */
    for (size_t i = 0; i < option_count(line, "output"); i++) {
        behov_error err;
        target *tried = NULL;
        if (target_open(option_value_at(line, "output", i), &tried, &err))
            return fail_with(&err);
        target_abandon(tried);
    }
    return 0;
}

/* Days from 1970-01-01 to a date of the Gregorian calendar (Howard Hinnant's days_from_civil). */
static long long days_of(int year, int month, int day)
{
    year -= month <= 2;
    int era = year / 400, in_era = year - era * 400;
    int in_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return (long long)era * 146097 + in_era * 365 + in_era / 4 - in_era / 100 + in_year - 719468;
}

bool outputs_date(const command_line *line, long long *seconds)
{
    const char *given = option_value(line, "date"), *epoch = getenv("SOURCE_DATE_EPOCH");
    if (given) {
        int year, month, day, end = 0;
        static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
        if (strlen(given) != 10 || sscanf(given, "%4d-%2d-%2d%n", &year, &month, &day, &end) != 3 || end != 10 ||
            year < 1980 || month < 1 || month > 12 || day < 1 ||
            day > days[month - 1] + (month == 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0))) {
            wrong_call(line->of, "--date %s: write a date from 1980 on, as 2026-11-22", given);
            return false;
        }
        *seconds = days_of(year, month, day) * 86400;
        return true;
    }
    long long now = epoch && epoch[0] ? strtoll(epoch, NULL, 10) : (long long)time(NULL);
    *seconds = now / 86400 * 86400;
    return true;
}

void outputs_date_text(long long seconds, char text[16])
{
    time_t moment = (time_t)seconds;
    struct tm parts;
    if (!gmtime_r(&moment, &parts) || strftime(text, 16, "%Y-%m-%d", &parts) == 0)
        text[0] = '\0';
}

/* ---- files --------------------------------------------------------------------------------------------------------- */

/* What was let through stands under the first table, unless that is the sheet Om, which says it in its own lines. */
static behov_status add_cautions(const study *of, section_list *list, behov_error *err)
{
    if (list->n == 0 || (list->sections[0].table && strcmp(behov_report_key(list->sections[0].table), "about") == 0))
        return BEHOV_OK;
    behov_status status = BEHOV_OK;
    section_list first = {.sections = list->sections, .n = 1, .room = list->room};
    for (size_t i = 0; i < of->n_cautions && !status; i++)
        status = section_list_note(&first, of->cautions[i], err);
    return status;
}

/* At the end of the page: what every output carries. The page of a fit begins with the sentence about the unit. */
static void print_cautions(const command_line *line, const study *of)
{
    bool begins_with_unit = strcmp(line->of->name, "fit") == 0 || strcmp(line->of->name, "compare") == 0;
    for (size_t i = begins_with_unit && of->doubts_the_unit; i < of->n_cautions; i++)
        printf("%s\n", of->cautions[i]);
}

static behov_status write_document(const char *path, const study *of, const output_writers *writers, const void *context,
                                   long long date, behov_error *err)
{
    section_list list = {0};
    bool is_workbook = outputs_is_workbook(path);
    behov_status status = writers->sections(context, is_workbook, &list, err);
    if (!status)
        status = add_cautions(of, &list, err);
    if (!status) {
        char comments[200];
        snprintf(comments, sizeof comments, "behov %s%s%s", behov_version(), of->is_simulated ? "; " : "",
                 of->is_simulated ? label(of->lang, "is_simulated") : "");
        document_properties properties = {.title = label(of->lang, writers->title),
                                          .subject = of->model.title ? of->model.title
                                                     : of->formula  ? behov_formula_outcome_name(of->formula)
                                                                    : NULL,
                                          .comments = comments,
                                          .created = date};
        status = document_write(path, list.sections, list.n, &properties, of->lang, err);
    }
    section_list_free(&list);
    return status;
}

static behov_status write_rows(const char *path, const output_writers *writers, const void *context, behov_error *err)
{
    behov_report *report = NULL;
    behov_status status = writers->rows(context, &report, err);
    if (status)
        return status;
    progress *bar = progress_new(path);
    status = write_csv(path, report, bar, err);
    progress_free(bar);
    behov_report_free(report);
    return status;
}

int outputs_write(const command_line *line, const study *of, const output_writers *writers, const void *context,
                  long long date)
{
    if (!option_given(line, "json"))
        print_cautions(line, of);
    for (size_t i = 0; i < option_count(line, "output"); i++) {
        const char *path = option_value_at(line, "output", i), *kind = ending(path);
        behov_error err;
        behov_status status;
        if (strcasecmp(kind, ".csv") == 0)
            status = write_rows(path, writers, context, &err);
        else if (strcasecmp(kind, ".json") == 0)
            status = writers->json(context, path, &err);
        else
            status = write_document(path, of, writers, context, date, &err);
        if (status)
            return fail_with(&err);
        if (!of->is_quiet)
            print_visible(stderr, "behov: wrote %s\n", path);
    }
    return 0;
}
