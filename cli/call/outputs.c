/* outputs.c - from file endings to writers. */
#include "outputs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "document.h"
#include "inputs.h"
#include "system.h"
#include <behov/data_line.h>
#include <behov/labels.h>
#include "messages.h"
#include "target.h"
#include "verb.h"
#include "visible.h"
#include "writers.h"

bool outputs_is_workbook(const char *path)
{
    return writer_find(path, HOLDS_SHEETS) != NULL;
}

unsigned outputs_holds(const output_writers *writers)
{
    if (writers->file)
        return writers->file_holds;
    return (writers->sections ? HOLDS_SHEETS | HOLDS_PAGE : 0u) | (writers->rows ? HOLDS_ROWS : 0u) |
           (writers->json ? HOLDS_OBJECT : 0u) | (writers->picture ? HOLDS_PICTURE : 0u);
}

/* The style of --csv-style; false when there is no such. */
static bool csv_style(const command_line *line, write_csv_style *style)
{
    const char *name = option_value(line, "csv-style");
    *style = name && strcmp(name, "excel-nb") == 0 ? WRITE_CSV_EXCEL_NB : WRITE_CSV_PLAIN;
    return !name || *style != WRITE_CSV_PLAIN || strcmp(name, "plain") == 0;
}

static int refuse_ending(const command_line *line, const char *path, unsigned holds)
{
    char *list = writer_list(holds, "", PHRASE_ENDING_OR, NULL);
    if (!list) {
        print_line(SAY_OUTPUT_NO_MEMORY_FOR_ENDINGS);
        return 1;
    }
    wrong_call(line->verb, SAY_OUTPUT_ENDING_LIST, path, list);
    free(list);
    return 2;
}

int outputs_check(const command_line *line, const output_writers *writers)
{
    write_csv_style style;
    unsigned holds = outputs_holds(writers);
    if (!csv_style(line, &style))
        return wrong_call(line->verb, SAY_OUTPUT_CSV_STYLE, option_value(line, "csv-style"));
    for (size_t i = 0; i < option_count(line, "output"); i++)
        if (!writer_find(option_value_at(line, "output", i), holds))
            return refuse_ending(line, option_value_at(line, "output", i), holds);
    /* A target that cannot be written is found before an hour of computing, and before another one is written. */
    for (size_t i = 0; i < option_count(line, "output"); i++) {
        behov_error err;
        target *target = NULL;
        if (target_open(option_value_at(line, "output", i), &target, &err))
            return print_failure(&err);
        target_abandon(target);
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

/* The digits of a number of fixed width, nothing else beside them; -1 for others. */
static int digits(const char *text, size_t n)
{
    int value = 0;
    for (size_t i = 0; i < n; i++) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        value = 10 * value + (text[i] - '0');
    }
    return value;
}

static const int earliest_year = 1980, latest_year = 9999; /* that files can hold */

static bool read_date(const char *text, long long *seconds)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (strlen(text) != 10 || text[4] != '-' || text[7] != '-')
        return false;
    int year = digits(text, 4), month = digits(text + 5, 2), day = digits(text + 8, 2);
    bool is_leap_year = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    if (year < earliest_year || month < 1 || month > 12 || day < 1 ||
        day > days[month - 1] + (month == 2 && is_leap_year))
        return false;
    *seconds = days_of(year, month, day) * 86400;
    return true;
}

/* Seconds since 1970, digits alone. */
static bool read_epoch(const char *text, long long *seconds)
{
    long long value = 0, latest = days_of(latest_year + 1, 1, 1) * 86400 - 1;
    for (const char *cursor = text; *cursor; cursor++) {
        if (*cursor < '0' || *cursor > '9' || value > latest)
            return false;
        value = 10 * value + (*cursor - '0');
    }
    *seconds = value;
    return value >= days_of(earliest_year, 1, 1) * 86400 && value <= latest;
}

bool outputs_date(const command_line *line, long long *seconds)
{
    const char *date_text = option_value(line, "date"), *epoch = system_environment("SOURCE_DATE_EPOCH");
    if (date_text) {
        if (!read_date(date_text, seconds)) {
            wrong_call(line->verb, SAY_OUTPUT_DATE, date_text);
            return false;
        }
        return true;
    }
    long long now = system_now();
    if (epoch && !read_epoch(epoch, &now)) {
        wrong_call(line->verb, SAY_OUTPUT_EPOCH, epoch);
        return false;
    }
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

/* ---- files ---------------------------------------------------------------------------------------------------------
 * */

static bool is_about(const behov_section *section)
{
    return section->table && strcmp(behov_report_key(section->table), "about") == 0;
}

/* What a file is about. */
typedef struct file_source {
    const behov_study *study;
    const behov_fit_results *fit_results; /* NULL = none */
    bool is_several;                      /* several studies, which say their data themselves */
    const output_writers *writers;
    const void *context;
    long long date;
} file_source;

/* The section that what is said of the panel stands in: the first, unless others rest on other files. */
static size_t section_of_panel(const behov_section_list *list)
{
    size_t i = 0;
    while (i < list->n && !list->sections[i].is_of_panel)
        i++;
    return i < list->n ? i : 0;
}

/* What was let through stands under the first table, unless that is the sheet Om, which says it in its own lines. */
static behov_status add_cautions(const behov_study *study, behov_section_list *list, behov_error *err)
{
    if (list->n == 0 || is_about(&list->sections[0]))
        return BEHOV_OK;
    behov_status status = BEHOV_OK;
    behov_section_list first = {.sections = list->sections + section_of_panel(list), .n = 1, .room = 1};
    for (size_t i = 0; i < study->n_cautions - study->doubts_the_levels && !status; i++)
        status = behov_section_list_note(&first, study->cautions[i], err);
    return status;
}

static void add_sentence(behov_wording *words, const char *text)
{
    if (text && text[0])
        behov_wording_add_after(words, " ", text);
}

/* The first lines of a document: what makes its figures unusable, what it holds, what the figures rest on. The sheet Om
 * says all of it in its own lines. */
static behov_status add_head(const file_source *source, bool is_workbook, behov_section_list *list, behov_error *err)
{
    const behov_study *study = source->study;
    if (list->n == 0 || is_about(&list->sections[0]))
        return BEHOV_OK;
    size_t index = section_of_panel(list);
    behov_wording head = {0}, data = {0};
    if (study->doubts_the_levels)
        add_sentence(&head, study->cautions[study->n_cautions - 1]);
    add_sentence(&head, list->sections[index].subtitle);
    if (!is_workbook && !source->is_several)
        behov_data_line_say(study, source->fit_results, &data);
    add_sentence(&head, behov_wording_text(&data));
    behov_wording_spend(&head, &data);
    behov_status status = behov_wording_status(&head, err);
    if (!status && head.length)
        status = behov_section_list_subtitle(list, index, behov_wording_text(&head), err);
    behov_wording_free(&head);
    return status;
}

void outputs_begin_page(const behov_study *study)
{
    if (study->doubts_the_levels)
        printf("%s\n\n", study->cautions[study->n_cautions - 1]);
    for (size_t i = 0; i < study->n_share_cautions; i++)
        printf("%s\n%s", study->cautions[study->doubts_the_unit + i], i + 1 == study->n_share_cautions ? "\n" : "");
}

/* At the end of the page: what every output carries and it did not begin with. The page of a fit begins with the sentence
 * about the unit. */
static void print_cautions(const command_line *line, const behov_study *study)
{
    bool begins_with_unit = strcmp(line->verb->name, "fit") == 0 || strcmp(line->verb->name, "compare") == 0;
    if (study->doubts_the_unit && !begins_with_unit)
        printf("%s\n", study->cautions[0]);
    for (size_t i = study->doubts_the_unit + study->n_share_cautions; i < study->n_cautions - study->doubts_the_levels;
         i++)
        printf("%s\n", study->cautions[i]);
}

static behov_status write_document(const char *path, const file_source *source, behov_error *err)
{
    const behov_study *study = source->study;
    const output_writers *writers = source->writers;
    const void *context = source->context;
    behov_section_list list = {0};
    picture_list pictures = {0};
    bool is_workbook = outputs_is_workbook(path);
    behov_status status = writers->sections(context, is_workbook, &list, err);
    if (!status)
        status = add_head(source, is_workbook, &list, err);
    if (!status)
        status = add_cautions(study, &list, err);
    if (!status && writers->pictures && document_shows_pictures(path))
        status = writers->pictures(context, &pictures, err);
    if (!status) {
        behov_wording comments = {0};
        bool is_part = section_of_panel(&list) > 0; /* the document rests on other files too */
        behov_word simulated = is_part ? BEHOV_WORD_IS_SIMULATED_IN_PART : BEHOV_WORD_IS_SIMULATED;
        behov_wording_print(&comments, "behov %s%s%s", behov_version(), study->is_simulated ? "; " : "",
                            study->is_simulated ? behov_label(study->lang, simulated) : "");
        behov_document_properties properties = {
            .title = behov_label(study->lang, behov_word_by_unit(writers->title, study->unit != BEHOV_UNIT_UNKNOWN)),
            .subject = is_part              ? NULL
                       : study->model.title ? study->model.title
                       : study->formula     ? behov_formula_outcome_name(study->formula)
                                            : NULL,
            .comments = behov_wording_text(&comments),
            .created = source->date};
        status = behov_wording_status(&comments, err);
        if (!status)
            status = document_write_whole(path,
                                          &(behov_document){.sections = list.sections,
                                                            .n_sections = list.n,
                                                            .pictures = pictures.pictures,
                                                            .n_pictures = pictures.n,
                                                            .properties = &properties,
                                                            .lang = study->lang},
                                          err);
        behov_wording_free(&comments);
    }
    picture_list_free(&pictures);
    behov_section_list_free(&list);
    return status;
}

static behov_status write_rows(const char *path, const writer *writer, const output_writers *writers,
                               const void *context, write_csv_style style, behov_error *err)
{
    behov_report *report = NULL;
    behov_status status = writers->rows(context, &report, err);
    if (!status)
        status = writer->write(path, &(writing){.rows = report, .csv_style = style}, err);
    behov_report_free(report);
    return status;
}

static behov_status write_file(const command_line *line, const char *path, const file_source *source, behov_error *err)
{
    const output_writers *writers = source->writers;
    const void *context = source->context;
    const writer *writer = writer_find(path, outputs_holds(writers));
    write_csv_style style;
    (void)csv_style(line, &style); /* outputs_check has looked at both */
    if (writers->file)
        return writers->file(context, path, err);
    if (writer->holds == HOLDS_ROWS) {
        behov_status status = write_rows(path, writer, writers, context, style, err);
        if (!status && source->study->n_cautions)
            print_note(SAY_MESSAGE_OF_PLACE, path,
                       behov_phrase(SAY_OUTPUT_ROWS_ALONE, (unsigned long)source->study->n_cautions).text);
        return status;
    }
    if (writer->holds == HOLDS_OBJECT)
        return writer->write(path, &(writing){.object = writers->json, .object_context = context}, err);
    if (writer->holds == HOLDS_PICTURE)
        return writer->write(path, &(writing){.picture = writers->picture(context), .date = source->date}, err);
    return write_document(path, source, err);
}

int outputs_write(const command_line *line, const behov_study *study, const behov_fit_results *fit_results,
                  const output_writers *writers, const void *context, long long date)
{
    const file_source source = {.study = study,
                                .fit_results = fit_results && fit_results->design ? fit_results : NULL,
                                .is_several = !fit_results,
                                .writers = writers,
                                .context = context,
                                .date = date};
    int code = inputs_check(line); /* files beside a panel, which no word named, have been read by now */
    if (code)
        return code;
    if (!option_given(line, "json") && writers->sections)
        print_cautions(line, study);
    for (size_t i = 0; i < option_count(line, "output"); i++) {
        const char *path = option_value_at(line, "output", i);
        behov_error err;
        if (write_file(line, path, &source, &err))
            return print_failure(&err);
        if (!option_given(line, "quiet"))
            print_written(path);
    }
    return 0;
}
