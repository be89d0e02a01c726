/* write_panel_template.c - the columns of a template in words, and the sheet to fill with what may stand in it.
 *
 * The spreadsheet refuses what is typed outside the limits; what is pasted, `behov check` and every verb look at. */
#include "write_panel_template.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <behov/input_sheet.h>
#include <behov/format.h>
#include "json_build.h"
#include <behov/labels.h>
#include <behov/model_labels.h>
#include "letters.h"
#include "target.h"
#include "workbook.h"
#include "write_csv.h"
#include "write_json.h"
#include "write_text.h"

enum { ROWS_TO_FILL = 5000, NARROWEST = 11, WIDEST_NAME = 24 };

/* ---- a column in words ---------------------------------------------------------------------------------------------
 */

static const char *unit_of(const behov_panel_template *panel_template, const behov_panel_template_column *column)
{
    const char *unit = behov_model_unit(&panel_template->study->model, panel_template->study->lang, column->name);
    const char *outcome = behov_formula_outcome_column(panel_template->study->formula);
    if (unit[0] || !outcome || strcmp(outcome, column->name) != 0)
        return unit;
    return panel_template->study->unit == BEHOV_UNIT_1000KR_PER_INHABITANT
               ? behov_label(panel_template->study->lang, BEHOV_WORD_UNIT_1000KR_PER_INHABITANT)
           : panel_template->study->unit == BEHOV_UNIT_KR_PER_INHABITANT
               ? behov_label(panel_template->study->lang, BEHOV_WORD_UNIT_KR_PER_INHABITANT)
               : unit;
}

static bool is_population(const behov_panel_template *panel_template, const behov_panel_template_column *column)
{
    const char *named_text = panel_template->study->model.population;
    return behov_role_of_name(column->name) == BEHOV_ROLE_POPULATION ||
           (named_text && strcmp(named_text, column->name) == 0);
}

/* The model's label without the unit, which stands beside it; without a label what the column is for. */
static void content_of(const behov_panel_template *panel_template, const behov_panel_template_column *column,
                       behov_wording *text)
{
    static const behov_word uses[BEHOV_TEMPLATE_N_USES] = {[BEHOV_TEMPLATE_CODE] = BEHOV_WORD_MUNICIPALITY_CODE,
                                                           [BEHOV_TEMPLATE_MUNICIPALITY] = BEHOV_WORD_MUNICIPALITY,
                                                           [BEHOV_TEMPLATE_YEAR] = BEHOV_WORD_YEAR,
                                                           [BEHOV_TEMPLATE_OUTCOME] = BEHOV_WORD_TEMPLATE_OUTCOME,
                                                           [BEHOV_TEMPLATE_REGRESSOR] = BEHOV_WORD_TEMPLATE_REGRESSOR,
                                                           [BEHOV_TEMPLATE_POPULATION] = BEHOV_WORD_POPULATION,
                                                           [BEHOV_TEMPLATE_CLUSTER] = BEHOV_WORD_TEMPLATE_CLUSTER,
                                                           [BEHOV_TEMPLATE_WEIGHT] = BEHOV_WORD_TEMPLATE_WEIGHT,
                                                           [BEHOV_TEMPLATE_CONDITION] = BEHOV_WORD_TEMPLATE_CONDITION};
    behov_language lang = panel_template->study->lang;
    const char *words = behov_model_label(&panel_template->study->model, lang, column->name),
               *unit = unit_of(panel_template, column);
    if (strcmp(words, column->name) == 0)
        words = behov_label(lang, is_population(panel_template, column) ? BEHOV_WORD_POPULATION : uses[column->use]);
    behov_wording_clear(text);
    behov_wording_add(text, words);
    if (text->length) {
        behov_model_label_without_unit(text->text, unit);
        text->length = strlen(text->text);
    }
}

static void allowed_in(const behov_panel_template *panel_template, const behov_panel_template_column *column,
                       behov_wording *text)
{
    behov_language lang = panel_template->study->lang;
    const behov_model_limits *limits = &column->limits;
    const char *kind = behov_label(lang, limits->is_whole ? BEHOV_WORD_TEMPLATE_WHOLE : BEHOV_WORD_TEMPLATE_NUMBER);
    bool has_low = !isnan(limits->low), has_high = !isnan(limits->high);
    char low[BEHOV_NUMBER_SIZE], high[BEHOV_NUMBER_SIZE];
    behov_format_cell(BEHOV_Q_VALUE, limits->low, lang, low);
    behov_format_cell(BEHOV_Q_VALUE, limits->high, lang, high);
    if (column->use == BEHOV_TEMPLATE_YEAR) {
        behov_format_cell(BEHOV_Q_YEAR, BEHOV_TEMPLATE_FIRST_YEAR, lang, low);
        behov_format_cell(BEHOV_Q_YEAR, BEHOV_TEMPLATE_LAST_YEAR, lang, high);
        kind = behov_label(lang, BEHOV_WORD_TEMPLATE_WHOLE);
        has_low = has_high = true;
    }
    behov_wording_clear(text);
    if (column->use == BEHOV_TEMPLATE_CODE)
        behov_wording_add(text, behov_label(lang, BEHOV_WORD_TEMPLATE_CODE));
    else if (column->use == BEHOV_TEMPLATE_MUNICIPALITY)
        behov_wording_add(text, behov_label(lang, BEHOV_WORD_TEMPLATE_NAME));
    else if (column->use != BEHOV_TEMPLATE_YEAR && !column->is_number)
        behov_wording_add(text, behov_label(lang, BEHOV_WORD_TEMPLATE_ANY));
    else if (has_low || has_high)
        behov_wording_fill(text, lang,
                           !has_high  ? BEHOV_WORD_TEMPLATE_FROM
                           : !has_low ? BEHOV_WORD_TEMPLATE_UNTIL
                                      : BEHOV_WORD_TEMPLATE_FROM_UNTIL,
                           "kind", kind, "low", low, "high", high, NULL);
    else
        behov_wording_add(text, is_population(panel_template, column)
                                    ? behov_label(lang, BEHOV_WORD_TEMPLATE_INHABITANTS) /* `behov check` stops at 0 */
                                : limits->is_whole ? kind
                                                   : behov_label(lang, BEHOV_WORD_TEMPLATE_ANY_NUMBER));
}

/* Whether some figure has a unit. */
static bool has_units(const behov_panel_template *panel_template)
{
    for (size_t i = 0; i < panel_template->n_columns; i++)
        if (unit_of(panel_template, &panel_template->columns[i])[0])
            return true;
    return false;
}

/* ---- the guide -----------------------------------------------------------------------------------------------------
 */

static behov_status guide_table(const behov_panel_template *panel_template, behov_report **out, behov_error *err)
{
    static const char *const keys[] = {"column", "content", "unit", "template_allowed"};
    enum { COLUMN, CONTENT, UNIT, ALLOWED, N_KEYS };
    behov_wording content = {0}, allowed = {0};
    behov_report *report = NULL;
    behov_status status = behov_report_new("guide", panel_template->n_columns, NULL, &report, err);
    for (size_t k = 0; k < N_KEYS && !status; k++)
        status = behov_report_add_texts(report, (behov_report_column){keys[k], NULL, BEHOV_Q_TEXT}, err);
    for (size_t i = 0; i < panel_template->n_columns && !status; i++) {
        const behov_panel_template_column *column = &panel_template->columns[i];
        content_of(panel_template, column, &content);
        allowed_in(panel_template, column, &allowed);
        const char *const texts[] = {column->name, behov_wording_text(&content), unit_of(panel_template, column),
                                     behov_wording_text(&allowed)};
        for (size_t k = 0; k < N_KEYS && !status; k++)
            status = behov_report_set_text(report, k, i, texts[k], err);
    }
    behov_wording_spend(&content, &allowed);
    status = status ? status : behov_wording_status(&content, err);
    behov_wording_free(&content);
    if (status) {
        behov_report_free(report);
        return status;
    }
    *out = report;
    return BEHOV_OK;
}

static behov_status note_proxies(const behov_study *study, behov_section_list *list, behov_wording *text,
                                 behov_error *err)
{
    const behov_model_pair *proxy;
    behov_status status = BEHOV_OK;
    for (size_t i = 0; !status && (proxy = behov_model_proxy(&study->model, study->lang, i)); i++) {
        behov_wording_clear(text);
        behov_wording_fill(text, study->lang, BEHOV_WORD_PROXY_EXPLAINED, "name", proxy->key, "what", proxy->value,
                           NULL);
        for (char *c = text->text; c && *c; c++) /* a value that goes on over lines of the file */
            *c = *c == '\n' ? ' ' : *c;
        status = behov_section_list_note(
            list, behov_study_formula_names(study->formula, proxy->key) ? behov_wording_text(text) : "", err);
    }
    return status;
}

static behov_status add_guide(const behov_panel_template *panel_template, bool is_workbook, const char *call,
                              behov_section_list *list, behov_error *err)
{
    const behov_study *study = panel_template->study;
    behov_language lang = study->lang;
    const char *outcome = behov_formula_outcome_name(study->formula);
    behov_wording title = {0}, text = {0};
    behov_report *table = NULL;
    behov_wording_fill(&title, lang, BEHOV_WORD_TITLE_GUIDE, "model", study->model.title ? study->model.title : outcome,
                       NULL);
    behov_status status = guide_table(panel_template, &table, err);
    if (!status)
        status = behov_section_list_add(list,
                                        (behov_section){.name = behov_label(lang, BEHOV_WORD_SHEET_GUIDE),
                                                        .title = behov_wording_text(&title),
                                                        .subtitle = behov_label(lang, BEHOV_WORD_SUBTITLE_GUIDE),
                                                        .table_name = behov_label(lang, BEHOV_WORD_SHEET_GUIDE),
                                                        .n_frozen_columns = 1,
                                                        .landscape = true},
                                        table, err);
    if (!status)
        status = behov_section_list_note(list, behov_label(lang, BEHOV_WORD_TEMPLATE_MISSING), err);
    if (!status)
        status = behov_section_list_note(list, is_workbook ? behov_label(lang, BEHOV_WORD_TEMPLATE_SAVE) : "", err);
    behov_wording_clear(&text);
    behov_wording_fill(&text, lang, is_workbook ? BEHOV_WORD_TEMPLATE_RUN : BEHOV_WORD_TEMPLATE_THEN, "call", call,
                       NULL);
    if (!status)
        status = behov_section_list_note(list, behov_wording_text(&text), err);
    if (!status)
        status = behov_section_list_note(
            list, has_units(panel_template) ? "" : behov_label(lang, BEHOV_WORD_TEMPLATE_NO_UNITS), err);
    for (size_t i = 0; i < panel_template->n_columns && !status; i++) {
        const behov_panel_template_column *column = &panel_template->columns[i];
        behov_wording_clear(&text);
        behov_wording_fill(&text, lang,
                           study->is_bundled_model ? BEHOV_WORD_TEMPLATE_REFERENCE_OR_FIRST
                                                   : BEHOV_WORD_TEMPLATE_REFERENCE,
                           "column", column->name, "level", column->reference, NULL);
        status = behov_section_list_note(list, column->reference ? behov_wording_text(&text) : "", err);
    }
    if (!status)
        status = note_proxies(study, list, &text, err);
    behov_wording_clear(&text);
    behov_wording_fill(&text, lang, BEHOV_WORD_TEMPLATE_EXCLUDED, "condition", study->exclude_text, NULL);
    if (!status)
        status = behov_section_list_note(list, study->exclude_text ? behov_wording_text(&text) : "", err);
    behov_wording_clear(&text);
    behov_wording_fill(&text, lang, BEHOV_WORD_TEMPLATE_FORMULA, "formula", behov_formula_text(study->formula), NULL);
    if (!status)
        status = behov_section_list_note(list, behov_wording_text(&text), err);
    behov_wording_spend(&text, &title);
    status = status ? status : behov_wording_status(&text, err);
    behov_wording_free(&text);
    return status;
}

/* ---- the sheet to fill ---------------------------------------------------------------------------------------------
 */

static behov_status add_rule(const behov_panel_template *panel_template, size_t index, behov_input_sheet *sheet,
                             behov_error *err)
{
    const behov_panel_template_column *column = &panel_template->columns[index];
    behov_language lang = panel_template->study->lang;
    size_t n_rows = behov_panel_template_n_rows(panel_template);
    behov_wording content = {0}, allowed = {0}, words = {0}, refusal = {0};
    content_of(panel_template, column, &content);
    allowed_in(panel_template, column, &allowed);
    const char *unit = unit_of(panel_template, column);
    behov_wording_print(&words, "%s\n%s%s%s%s%s: %s", behov_wording_text(&content),
                        unit[0] ? behov_label(lang, BEHOV_WORD_UNIT) : "", unit[0] ? ": " : "", unit,
                        unit[0] ? "\n" : "", behov_label(lang, BEHOV_WORD_TEMPLATE_ALLOWED),
                        behov_wording_text(&allowed));
    behov_wording_fill(&refusal, lang,
                       column->use <= BEHOV_TEMPLATE_YEAR ? BEHOV_WORD_TEMPLATE_REFUSED
                                                          : BEHOV_WORD_TEMPLATE_REFUSED_FIGURE,
                       "column", column->name, "allowed", behov_wording_text(&allowed), NULL);
    behov_input_rule rule = {.kind = BEHOV_FORM_RULE_ANY,
                             .first_row = 1,
                             .first_column = index,
                             .last_row = n_rows > ROWS_TO_FILL ? n_rows : ROWS_TO_FILL,
                             .last_column = index,
                             .low = column->limits.low,
                             .high = column->limits.high,
                             .title = column->name,
                             .words = behov_wording_text(&words),
                             .refusal = behov_wording_text(&refusal)};
    if (column->use == BEHOV_TEMPLATE_CODE) {
        rule.kind = BEHOV_FORM_RULE_LENGTH;
        rule.low = rule.high = 4;
    } else if (column->use == BEHOV_TEMPLATE_YEAR) {
        rule.kind = BEHOV_FORM_RULE_WHOLE;
        rule.low = BEHOV_TEMPLATE_FIRST_YEAR;
        rule.high = BEHOV_TEMPLATE_LAST_YEAR;
    } else if (column->is_number) {
        rule.kind = column->limits.is_whole ? BEHOV_FORM_RULE_WHOLE : BEHOV_FORM_RULE_DECIMAL;
    }
    behov_status status = behov_input_add_rule(sheet, rule, err);
    behov_wording_spend(&words, &content), behov_wording_spend(&words, &allowed), behov_wording_spend(&words, &refusal);
    status = status ? status : behov_wording_status(&words, err);
    behov_wording_free(&words);
    return status;
}

/* Text that stays text: a code, and a level that may have a zero in front. */
static bool stays_text(const behov_panel_template_column *column)
{
    return column->use != BEHOV_TEMPLATE_YEAR && !column->is_number;
}

static behov_status fill_rows(const behov_panel_template *panel_template, behov_input_sheet *sheet, behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t row = 0; row < behov_panel_template_n_rows(panel_template) && !status; row++) {
        const behov_municipality *place = behov_panel_template_municipality(panel_template, row);
        status = behov_input_text(sheet, row + 1, BEHOV_TEMPLATE_CODE, BEHOV_FORM_PLAIN, place->code, err);
        if (!status)
            status = behov_input_text(sheet, row + 1, BEHOV_TEMPLATE_MUNICIPALITY, BEHOV_FORM_PLAIN, place->name, err);
        if (!status && behov_panel_template_year(panel_template, row))
            status = behov_input_number(sheet, row + 1, BEHOV_TEMPLATE_YEAR, BEHOV_FORM_PLAIN, BEHOV_Q_YEAR,
                                        behov_panel_template_year(panel_template, row), err);
    }
    return status;
}

static behov_status add_sheet(const behov_panel_template *panel_template, behov_section_list *list, behov_error *err)
{
    size_t n_rows = behov_panel_template_n_rows(panel_template);
    if (n_rows >= BEHOV_WORKBOOK_ROWS || panel_template->n_columns > BEHOV_WORKBOOK_COLUMNS)
        return behov_error_say(err, BEHOV_E_DATA, "template", SAY_TEMPLATE_TOO_LARGE, (unsigned long)n_rows,
                               (unsigned long)panel_template->n_columns, BEHOV_WORKBOOK_ROWS, BEHOV_WORKBOOK_COLUMNS);
    behov_input_sheet *sheet = behov_input_new();
    if (!sheet)
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_TEMPLATE_NO_MEMORY);
    sheet->n_frozen_rows = 1;
    sheet->n_frozen_columns = BEHOV_TEMPLATE_YEAR + 1;
    sheet->landscape = sheet->is_first_shown = true;
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < panel_template->n_columns && !status; i++) {
        const behov_panel_template_column *column = &panel_template->columns[i];
        size_t width = behov_format_width(column->name) + 3; /* bold */
        width = i == BEHOV_TEMPLATE_MUNICIPALITY && width < WIDEST_NAME ? WIDEST_NAME
                : width < NARROWEST                                     ? NARROWEST
                                                                        : width;
        status = behov_input_set_column(
            sheet, i, (behov_input_column){.width = (double)width, .is_text = stays_text(column)}, err);
        if (!status)
            status = behov_input_text(sheet, 0, i, BEHOV_FORM_HEAD | (stays_text(column) ? 0 : BEHOV_FORM_RIGHT),
                                      column->name, err);
        if (!status)
            status = add_rule(panel_template, i, sheet, err);
    }
    if (!status)
        status = fill_rows(panel_template, sheet, err);
    if (status) {
        behov_input_free(sheet);
        return status;
    }
    return behov_section_list_add_form(list, behov_label(panel_template->study->lang, BEHOV_WORD_SHEET_DATA), sheet,
                                       err);
}

behov_status panel_template_add(const behov_panel_template *panel_template, const char *call, behov_section_list *list,
                                behov_error *err)
{
    behov_status status = add_sheet(panel_template, list, err);
    return status ? status : add_guide(panel_template, true, call, list, err);
}

/* ---- page, JSON and text file --------------------------------------------------------------------------------------
 */

behov_status write_template_page(const behov_panel_template *panel_template, const char *call, FILE *out,
                                 behov_error *err)
{
    behov_section_list list = {0};
    behov_status status = add_guide(panel_template, false, call, &list, err);
    if (!status)
        status = write_text_sections(list.sections, list.n, panel_template->study->lang, out, err);
    behov_section_list_free(&list);
    return status;
}

static json_t *number(double value)
{
    return json_figure(value);
}

static json_t *text_or_null(const char *text)
{
    return text && text[0] ? json_text(text) : json_null();
}

behov_status write_template_json(const char *path, const behov_panel_template *panel_template, behov_error *err)
{
    static const char *const uses[BEHOV_TEMPLATE_N_USES] = {
        "code", "municipality", "year", "outcome", "regressor", "population", "cluster", "weight", "condition"};
    json_t *object = json_object(), *columns = json_array(), *years = json_array();
    json_put(object, "behov_version", json_text(behov_version()));
    json_put(object, "model", text_or_null(panel_template->study->model.title));
    json_put(object, "formula", json_text(behov_formula_text(panel_template->study->formula)));
    json_put(object, "exclude", text_or_null(panel_template->study->exclude_text));
    json_put(object, "n_municipalities", json_integer((json_int_t)panel_template->places.n));
    for (size_t i = 0; i < panel_template->n_years; i++)
        json_add(years, json_integer(panel_template->years[i]));
    json_put(object, "years", years);
    for (size_t i = 0; i < panel_template->n_columns; i++) {
        const behov_panel_template_column *column = &panel_template->columns[i];
        bool is_year = column->use == BEHOV_TEMPLATE_YEAR, is_number = is_year || column->is_number;
        behov_wording content = {0}, allowed = {0};
        content_of(panel_template, column, &content);
        allowed_in(panel_template, column, &allowed);
        json_t *single_object = json_object();
        json_put(single_object, "column", json_text(column->name));
        json_put(single_object, "use", json_text(uses[column->use]));
        json_put(single_object, "content", json_said(&content));
        json_put(single_object, "unit", text_or_null(unit_of(panel_template, column)));
        json_put(single_object, "allowed", json_said(&allowed));
        json_put(single_object, "is_number", json_boolean(is_number));
        json_put(single_object, "is_whole", json_boolean(is_year || (is_number && column->limits.is_whole)));
        json_put(single_object, "low",
                 is_year ? number(BEHOV_TEMPLATE_FIRST_YEAR) : number(is_number ? column->limits.low : NAN));
        json_put(single_object, "high",
                 is_year ? number(BEHOV_TEMPLATE_LAST_YEAR) : number(is_number ? column->limits.high : NAN));
        json_add(columns, single_object);
    }
    json_put(object, "columns", columns);
    return write_json_object(path, object, err);
}

static void put_field(const char *text, FILE *out)
{
    bool is_formula = behov_letters_is_formula(text, strlen(text));
    if (!strpbrk(text, ";\"\r\n") && !is_formula) {
        fputs(text, out);
        return;
    }
    fputs(is_formula ? "\"'" : "\"", out);
    for (const char *c = text; *c; c++)
        fprintf(out, *c == '"' ? "\"\"" : "%c", *c);
    fputc('"', out);
}

static behov_status print_csv(FILE *out, const void *context, behov_error *err)
{
    (void)err;
    const behov_panel_template *panel_template = context;
    fputs("\xEF\xBB\xBF", out);
    for (size_t i = 0; i < panel_template->n_columns; i++) {
        fputs(i ? ";" : "", out);
        put_field(panel_template->columns[i].name, out);
    }
    fputs("\r\n", out);
    for (size_t row = 0; row < behov_panel_template_n_rows(panel_template); row++) {
        const behov_municipality *place = behov_panel_template_municipality(panel_template, row);
        put_field(place->code, out);
        fputc(';', out);
        put_field(place->name, out);
        fputc(';', out);
        if (behov_panel_template_year(panel_template, row))
            fprintf(out, "%d", behov_panel_template_year(panel_template, row));
        for (size_t i = BEHOV_TEMPLATE_YEAR + 1; i < panel_template->n_columns; i++)
            fputc(';', out);
        fputs("\r\n", out);
    }
    return BEHOV_OK;
}

behov_status write_template_csv(const char *path, const behov_panel_template *panel_template, behov_error *err)
{
    return target_write(path, print_csv, panel_template, err);
}
