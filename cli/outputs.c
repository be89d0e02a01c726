/* outputs.c - from file endings to writers; the workbook's sheets. */
#include "outputs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "target.h"
#include "write_csv.h"
#include "write_json.h"
#include "write_xlsx.h"

static const char *ending(const char *path)
{
    const char *slash = strrchr(path, '/'), *dot = strrchr(slash ? slash : path, '.');
    return dot ? dot : "";
}

int outputs_check(const command_line *line, const char *panel_path)
{
    struct stat panel, found;
    bool is_stream = panel_path && strcmp(panel_path, "-") == 0;
    bool has_panel = panel_path && (is_stream ? fstat(STDIN_FILENO, &panel) : stat(panel_path, &panel)) == 0 &&
                     S_ISREG(panel.st_mode);
    for (size_t i = 0; i < option_count(line, "output"); i++) {
        const char *path = option_value_at(line, "output", i);
        const char *kind = ending(path);
        if (strcasecmp(kind, ".xlsx") != 0 && strcasecmp(kind, ".csv") != 0 && strcasecmp(kind, ".json") != 0)
            return wrong_call(line->of, "-o %s: the ending says what is written; there are .xlsx, .csv and .json", path);
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

static void date_text(long long seconds, char text[16])
{
    time_t moment = (time_t)seconds;
    struct tm parts;
    if (!gmtime_r(&moment, &parts) || strftime(text, 16, "%Y-%m-%d", &parts) == 0)
        text[0] = '\0';
}

/* ---- workbook ------------------------------------------------------------------------------------------------------ */

enum { SHEETS = 5, NOTES_MAX = 8, NOTE_SIZE = 700 };

typedef struct note_list {
    char texts[NOTES_MAX][NOTE_SIZE];
    const char *pointers[NOTES_MAX];
    size_t n;
} note_list;

static char *add_note(note_list *list, const char *text)
{
    if (list->n == NOTES_MAX)
        return list->texts[NOTES_MAX - 1];
    char *to = list->texts[list->n];
    snprintf(to, NOTE_SIZE, "%s", text);
    list->pointers[list->n++] = to;
    return to;
}

static void simulated_note(note_list *list, const results *of)
{
    if (of->of->is_simulated)
        add_note(list, label(of->of->lang, "simulated_explained"));
}

/* Annex 1's notes: N, adjusted R2, estimator, clustering, reference levels, stars. */
static void regression_notes(note_list *list, const results *of)
{
    language lang = of->of->lang;
    char text[NOTE_SIZE], number[BEHOV_NUMBER_SIZE], other[BEHOV_NUMBER_SIZE];
    simulated_note(list, of);
    if (!of->fit) {
        label_fill(lang, "note_coefficients_from", text, sizeof text, "from", of->coefficients_from, NULL);
        add_note(list, text);
        return;
    }
    behov_number_fixed(behov_fit_n_observations(of->fit), 0, '.', label_group_mark(lang), 4, number);
    behov_number_fixed(behov_fit_adj_r2(of->fit), 2, label_decimal_mark(lang), "", 4, other);
    label_fill(lang, "note_n_and_r2", text, sizeof text, "n", number, "r2", other[0] ? other : "–", NULL);
    add_note(list, text);
    results_outcome(of, number);
    label_fill(lang, "note_outcome", text, sizeof text, "outcome", number, NULL);
    add_note(list, text);
    char errors[500];
    results_errors(of, errors);
    label_fill(lang, "note_estimator", text, sizeof text, "estimator", label(lang, "ols"), "errors", errors, NULL);
    add_note(list, text);
    results_cluster_warning(of, errors);
    if (errors[0])
        add_note(list, errors);
    results_cut(of, text);
    if (text[0])
        add_note(list, text);
    results_weights(of, errors);
    if (errors[0])
        add_note(list, errors);
    const behov_formula *formula = of->of->formula;
    for (size_t t = 0; t < behov_formula_n_terms(formula); t++) {
        behov_component piece = behov_formula_component(formula, t, 0);
        if (behov_formula_n_components(formula, t) != 1 || !piece.is_factor || !piece.reference ||
            !behov_formula_uses_reference(formula, t, 0))
            continue;
        label_fill(lang, strcmp(piece.name, "year") == 0 ? "note_reference_year" : "note_reference_level", text,
                   sizeof text, "column", piece.name, "level", piece.reference, NULL);
        add_note(list, text);
    }
    add_note(list, label(lang, "stars_explained"));
}

static behov_status write_workbook(const char *path, const results *of, long long date, behov_error *err)
{
    language lang = of->of->lang;
    int year = results_last_year(of);
    bool in_kroner = behov_need_gap_is_1000kr(of->need);
    char year_text[16] = "", title[400], regression_title[400];
    if (year)
        snprintf(year_text, sizeof year_text, " %d", year);
    static const struct {
        behov_status (*make)(const results *, behov_report **, behov_error *);
        const char *sheet, *title, *subtitle, *table_name;
        size_t n_frozen;
        bool landscape;
    } plan[SHEETS] = {
        {results_about, "sheet_about", "title_about", "subtitle_about", "table_about", 0, false},
        {results_regression, "sheet_regression", "title_regression", "subtitle_regression", "table_regression", 1, true},
        {results_ratios, "sheet_ratios", "title_ratios", "subtitle_ratios", "table_ratios", 2, false},
        {results_municipalities, "sheet_municipalities", "title_municipalities", "subtitle_municipalities",
         "table_municipalities", 2, true},
        {results_data, "sheet_data", "title_data", "subtitle_data", "table_data", 3, true},
    };
    note_list *notes = calloc(SHEETS, sizeof *notes);
    if (!notes)
        return behov_error_set(err, BEHOV_E_MEMORY, path, "not enough memory for the workbook");
    section sheets[SHEETS];
    behov_report *reports[SHEETS] = {0};
    behov_status status = BEHOV_OK;
    regression_notes(&notes[1], of);
    for (size_t i = 2; i < SHEETS; i++)
        simulated_note(&notes[i], of);
    add_note(&notes[2], label(lang, in_kroner ? "ratio_explained" : "ratio_explained_other"));
    add_note(&notes[2], label(lang, "missing_explained"));
    add_note(&notes[2], label(lang, "not_a_verdict"));
    add_note(&notes[3], label(lang, "rank_explained"));
    add_note(&notes[3], label(lang, "index_explained"));
    if (in_kroner)
        add_note(&notes[3], label(lang, "gap_explained"));
    add_note(&notes[3], label(lang, "missing_explained"));
    add_note(&notes[3], label(lang, "not_a_verdict"));
    for (size_t i = 0; i < SHEETS && !status; i++) {
        status = plan[i].make(of, &reports[i], err);
        sheets[i] = (section){
            .name = label(lang, plan[i].sheet),
            .title = label(lang, plan[i].title),
            .subtitle = label(lang, plan[i].subtitle),
            .table = reports[i],
            .table_name = label(lang, plan[i].table_name),
            .n_frozen_columns = plan[i].n_frozen,
            .landscape = plan[i].landscape,
            .notes = notes[i].pointers,
            .n_notes = notes[i].n,
        };
    }
    results_title(of, "title_regression", regression_title);
    sheets[1].title = regression_title;
    label_fill(lang, in_kroner ? "title_municipalities" : "title_municipalities_other", title, sizeof title, "year",
               year_text, NULL);
    sheets[3].title = title;
    if (!in_kroner)
        sheets[2].title = label(lang, "title_ratios_other");
    if (!status) {
        char comments[200];
        snprintf(comments, sizeof comments, "behov %s%s%s", behov_version(), of->of->is_simulated ? "; " : "",
                 of->of->is_simulated ? label(lang, "is_simulated") : "");
        document_properties properties = {.title = label(lang, "workbook_title"),
                                          .subject = of->of->model.title ? of->of->model.title
                                                                         : behov_formula_outcome_name(of->of->formula),
                                          .comments = comments, .created = date};
        progress *bar = progress_new(path);
        status = write_xlsx(path, sheets, SHEETS, &properties, lang, bar, err);
        progress_free(bar);
    }
    for (size_t i = 0; i < SHEETS; i++)
        behov_report_free(reports[i]);
    free(notes);
    return status;
}

static behov_status write_rows(const char *path, const results *of, behov_error *err)
{
    behov_report *report = NULL;
    behov_status status = results_rows(of, &report, err);
    if (status)
        return status;
    progress *bar = progress_new(path);
    status = write_csv(path, report, bar, err);
    progress_free(bar);
    behov_report_free(report);
    return status;
}

int outputs_write(const command_line *line, results *of, long long date)
{
    char day[16];
    date_text(date, day);
    of->made_on = day;
    for (size_t i = 0; i < option_count(line, "output"); i++) {
        const char *path = option_value_at(line, "output", i), *kind = ending(path);
        behov_error err;
        behov_status status;
        if (strcasecmp(kind, ".xlsx") == 0)
            status = write_workbook(path, of, date, &err);
        else if (strcasecmp(kind, ".csv") == 0)
            status = write_rows(path, of, &err);
        else
            status = of->fit ? write_json_fit(path, of, &err) : write_json_apply(path, of, &err);
        if (status)
            return fail_with(&err);
        if (!of->of->is_quiet)
            fprintf(stderr, "behov: wrote %s\n", path);
    }
    return 0;
}
