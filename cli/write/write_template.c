/* write_template.c - the columns of a template in words, and the sheet to fill with what may stand in it.
 *
 * The spreadsheet refuses what is typed outside the limits; what is pasted, `behov check` and every verb look at. */
#include "write_template.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "form.h"
#include "format.h"
#include "json_build.h"
#include "labels.h"
#include "model_labels.h"
#include "target.h"
#include "workbook.h"
#include "write_csv.h"
#include "write_json.h"
#include "write_text.h"

enum { SENTENCE = 1200, WORDS = 400, ROWS_TO_FILL = 5000, NARROWEST = 11, WIDEST_NAME = 24 };

/* ---- a column in words ---------------------------------------------------------------------------------------------
 */

static const char *unit_of(const template *of, const template_column *column)
{
    const char *unit = model_unit(&of->of->model, of->of->lang, column->name);
    const char *outcome = behov_formula_outcome_column(of->of->formula);
    if (unit[0] || !outcome || strcmp(outcome, column->name) != 0)
        return unit;
    return of->of->unit == BEHOV_UNIT_1000KR_PER_INHABITANT ? label(of->of->lang, "unit_1000kr_per_inhabitant")
           : of->of->unit == BEHOV_UNIT_KR_PER_INHABITANT   ? label(of->of->lang, "unit_kr_per_inhabitant")
                                                            : unit;
}

static bool is_population(const template *of, const template_column *column)
{
    const char *named = of->of->model.population;
    return behov_role_of_name(column->name) == BEHOV_ROLE_POPULATION || (named && strcmp(named, column->name) == 0);
}

/* The model's label without the unit, which stands beside it; without a label what the column is for. */
static void content_of(const template *of, const template_column *column, char text[WORDS])
{
    static const char *const uses[TEMPLATE_N_USES] = {[TEMPLATE_CODE] = "municipality_code",
                                                      [TEMPLATE_MUNICIPALITY] = "municipality",
                                                      [TEMPLATE_YEAR] = "year",
                                                      [TEMPLATE_OUTCOME] = "template_outcome",
                                                      [TEMPLATE_REGRESSOR] = "template_regressor",
                                                      [TEMPLATE_POPULATION] = "population",
                                                      [TEMPLATE_CLUSTER] = "template_cluster",
                                                      [TEMPLATE_WEIGHT] = "template_weight",
                                                      [TEMPLATE_CONDITION] = "template_condition"};
    behov_language lang = of->of->lang;
    const char *words = model_label(&of->of->model, lang, column->name), *unit = unit_of(of, column);
    if (strcmp(words, column->name) == 0)
        words = label(lang, is_population(of, column) ? "population" : uses[column->use]);
    snprintf(text, WORDS, "%s", words);
    model_label_without_unit(text, unit);
}

static void allowed_in(const template *of, const template_column *column, char text[WORDS])
{
    behov_language lang = of->of->lang;
    const model_limits *limits = &column->limits;
    const char *kind = label(lang, limits->is_whole ? "template_whole" : "template_number");
    bool has_low = !isnan(limits->low), has_high = !isnan(limits->high);
    char low[BEHOV_NUMBER_SIZE], high[BEHOV_NUMBER_SIZE];
    format_cell(BEHOV_Q_VALUE, limits->low, lang, low);
    format_cell(BEHOV_Q_VALUE, limits->high, lang, high);
    if (column->use == TEMPLATE_YEAR) {
        format_cell(BEHOV_Q_YEAR, TEMPLATE_FIRST_YEAR, lang, low);
        format_cell(BEHOV_Q_YEAR, TEMPLATE_LAST_YEAR, lang, high);
        kind = label(lang, "template_whole");
        has_low = has_high = true;
    }
    if (column->use == TEMPLATE_CODE)
        snprintf(text, WORDS, "%s", label(lang, "template_code"));
    else if (column->use == TEMPLATE_MUNICIPALITY)
        snprintf(text, WORDS, "%s", label(lang, "template_name"));
    else if (column->use != TEMPLATE_YEAR && !column->is_number)
        snprintf(text, WORDS, "%s", label(lang, "template_any"));
    else if (has_low || has_high)
        label_fill(lang,
                   !has_high  ? "template_from"
                   : !has_low ? "template_until"
                              : "template_from_until",
                   text, WORDS, "kind", kind, "low", low, "high", high, NULL);
    else
        snprintf(text, WORDS, "%s",
                 is_population(of, column) ? label(lang, "template_inhabitants") /* `behov check` stops at 0 */
                 : limits->is_whole        ? kind
                                           : label(lang, "template_any_number"));
}

/* Whether some figure has a unit. */
static bool has_units(const template *of)
{
    for (size_t i = 0; i < of->n_columns; i++)
        if (unit_of(of, &of->columns[i])[0])
            return true;
    return false;
}

/* ---- the guide -----------------------------------------------------------------------------------------------------
 */

static behov_status guide_table(const template *of, behov_report **out, behov_error *err)
{
    static const char *const keys[] = {"column", "content", "unit", "template_allowed"};
    enum { COLUMN, CONTENT, UNIT, ALLOWED, N_KEYS };
    behov_report *report = NULL;
    behov_status status = behov_report_new("guide", of->n_columns, NULL, &report, err);
    for (size_t k = 0; k < N_KEYS && !status; k++)
        status = behov_report_add_texts(report, (behov_report_column){keys[k], NULL, BEHOV_Q_TEXT}, err);
    for (size_t i = 0; i < of->n_columns && !status; i++) {
        const template_column *column = &of->columns[i];
        char content[WORDS], allowed[WORDS];
        content_of(of, column, content);
        allowed_in(of, column, allowed);
        const char *const texts[] = {column->name, content, unit_of(of, column), allowed};
        for (size_t k = 0; k < N_KEYS && !status; k++)
            status = behov_report_set_text(report, k, i, texts[k], err);
    }
    if (status) {
        behov_report_free(report);
        return status;
    }
    *out = report;
    return BEHOV_OK;
}

static behov_status add_guide(const template *of, bool is_workbook, const char *call, section_list *list,
                              behov_error *err)
{
    const behov_study *from = of->of;
    behov_language lang = from->lang;
    const char *outcome = behov_formula_outcome_name(from->formula);
    char title[SENTENCE], text[SENTENCE];
    behov_report *table = NULL;
    label_fill(lang, "title_guide", title, sizeof title, "model", from->model.title ? from->model.title : outcome,
               NULL);
    behov_status status = guide_table(of, &table, err);
    if (!status)
        status = section_list_add(list,
                                  (section){.name = label(lang, "sheet_guide"),
                                            .title = title,
                                            .subtitle = label(lang, "subtitle_guide"),
                                            .table_name = label(lang, "sheet_guide"),
                                            .n_frozen_columns = 1,
                                            .landscape = true},
                                  table, err);
    if (!status)
        status = section_list_note(list, label(lang, "template_missing"), err);
    if (!status)
        status = section_list_note(list, is_workbook ? label(lang, "template_save") : "", err);
    label_fill(lang, is_workbook ? "template_run" : "template_then", text, sizeof text, "call", call, NULL);
    if (!status)
        status = section_list_note(list, text, err);
    if (!status)
        status = section_list_note(list, has_units(of) ? "" : label(lang, "template_no_units"), err);
    for (size_t i = 0; i < of->n_columns && !status; i++) {
        const template_column *column = &of->columns[i];
        label_fill(lang, from->is_bundled_model ? "template_reference_or_first" : "template_reference", text,
                   sizeof text, "column", column->name, "level", column->reference, NULL);
        status = section_list_note(list, column->reference ? text : "", err);
    }
    const model_pair *proxy;
    for (size_t i = 0; !status && (proxy = model_proxy(&from->model, lang, i)); i++) {
        label_fill(lang, "proxy_explained", text, sizeof text, "name", proxy->key, "what", proxy->value, NULL);
        for (char *c = text; *c; c++) /* a value that goes on over lines of the file */
            *c = *c == '\n' ? ' ' : *c;
        status = section_list_note(list, study_formula_names(from->formula, proxy->key) ? text : "", err);
    }
    label_fill(lang, "template_excluded", text, sizeof text, "condition", from->exclude_text, NULL);
    if (!status)
        status = section_list_note(list, from->exclude_text ? text : "", err);
    label_fill(lang, "template_formula", text, sizeof text, "formula", behov_formula_text(from->formula), NULL);
    return status ? status : section_list_note(list, text, err);
}

/* ---- the sheet to fill ---------------------------------------------------------------------------------------------
 */

static behov_status add_rule(const template *of, size_t at, form *sheet, behov_error *err)
{
    const template_column *column = &of->columns[at];
    behov_language lang = of->of->lang;
    size_t n_rows = template_n_rows(of);
    char content[WORDS], allowed[WORDS], words[3 * WORDS], refusal[3 * WORDS];
    content_of(of, column, content);
    allowed_in(of, column, allowed);
    const char *unit = unit_of(of, column);
    snprintf(words, sizeof words, "%s\n%s%s%s%s%s: %s", content, unit[0] ? label(lang, "unit") : "",
             unit[0] ? ": " : "", unit, unit[0] ? "\n" : "", label(lang, "template_allowed"), allowed);
    label_fill(lang, column->use <= TEMPLATE_YEAR ? "template_refused" : "template_refused_figure", refusal,
               sizeof refusal, "column", column->name, "allowed", allowed, NULL);
    form_rule rule = {.kind = FORM_RULE_ANY,
                      .first_row = 1,
                      .first_column = at,
                      .last_row = n_rows > ROWS_TO_FILL ? n_rows : ROWS_TO_FILL,
                      .last_column = at,
                      .low = column->limits.low,
                      .high = column->limits.high,
                      .title = column->name,
                      .words = words,
                      .refusal = refusal};
    if (column->use == TEMPLATE_CODE) {
        rule.kind = FORM_RULE_LENGTH;
        rule.low = rule.high = 4;
    } else if (column->use == TEMPLATE_YEAR) {
        rule.kind = FORM_RULE_WHOLE;
        rule.low = TEMPLATE_FIRST_YEAR;
        rule.high = TEMPLATE_LAST_YEAR;
    } else if (column->is_number) {
        rule.kind = column->limits.is_whole ? FORM_RULE_WHOLE : FORM_RULE_DECIMAL;
    }
    return form_add_rule(sheet, rule, err);
}

/* Text that stays text: a code, and a level that may have a zero in front. */
static bool stays_text(const template_column *column) { return column->use != TEMPLATE_YEAR && !column->is_number; }

static behov_status fill_rows(const template *of, form *sheet, behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t row = 0; row < template_n_rows(of) && !status; row++) {
        const municipality *place = template_municipality(of, row);
        status = form_text(sheet, row + 1, TEMPLATE_CODE, FORM_PLAIN, place->code, err);
        if (!status)
            status = form_text(sheet, row + 1, TEMPLATE_MUNICIPALITY, FORM_PLAIN, place->name, err);
        if (!status && template_year(of, row))
            status = form_number(sheet, row + 1, TEMPLATE_YEAR, FORM_PLAIN, BEHOV_Q_YEAR, template_year(of, row), err);
    }
    return status;
}

static behov_status add_sheet(const template *of, section_list *list, behov_error *err)
{
    size_t n_rows = template_n_rows(of);
    if (n_rows >= WORKBOOK_ROWS || of->n_columns > WORKBOOK_COLUMNS)
        return behov_error_set(
            err, BEHOV_E_DATA, "template",
            "%lu rows and %lu columns do not fit: a sheet of Excel has %d rows and %d columns; write a "
            "CSV file instead (-o FILE.csv)",
            (unsigned long)n_rows, (unsigned long)of->n_columns, WORKBOOK_ROWS, WORKBOOK_COLUMNS);
    form *sheet = form_new();
    if (!sheet)
        return behov_error_set(err, BEHOV_E_MEMORY, "", "not enough memory for the template");
    sheet->n_frozen_rows = 1;
    sheet->n_frozen_columns = TEMPLATE_YEAR + 1;
    sheet->landscape = sheet->is_first_shown = true;
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < of->n_columns && !status; i++) {
        const template_column *column = &of->columns[i];
        size_t width = format_width(column->name) + 3; /* bold */
        width = i == TEMPLATE_MUNICIPALITY && width < WIDEST_NAME ? WIDEST_NAME : width < NARROWEST ? NARROWEST : width;
        status = form_set_column(sheet, i, (form_column){.width = (double)width, .is_text = stays_text(column)}, err);
        if (!status)
            status = form_text(sheet, 0, i, FORM_HEAD | (stays_text(column) ? 0 : FORM_RIGHT), column->name, err);
        if (!status)
            status = add_rule(of, i, sheet, err);
    }
    if (!status)
        status = fill_rows(of, sheet, err);
    if (status) {
        form_free(sheet);
        return status;
    }
    return section_list_add_form(list, label(of->of->lang, "sheet_data"), sheet, err);
}

behov_status template_add(const template *of, const char *call, section_list *list, behov_error *err)
{
    behov_status status = add_sheet(of, list, err);
    return status ? status : add_guide(of, true, call, list, err);
}

/* ---- page, JSON and text file --------------------------------------------------------------------------------------
 */

behov_status write_template_page(const template *of, const char *call, FILE *out, behov_error *err)
{
    section_list list = {0};
    behov_status status = add_guide(of, false, call, &list, err);
    if (!status)
        status = write_text_sections(list.sections, list.n, of->of->lang, out, err);
    section_list_free(&list);
    return status;
}

static json_t *number(double value) { return json_figure(value); }

static json_t *text_or_null(const char *text) { return text && text[0] ? json_text(text) : json_null(); }

behov_status write_template_json(const char *path, const template *of, behov_error *err)
{
    static const char *const uses[TEMPLATE_N_USES] = {"code",       "municipality", "year",   "outcome",  "regressor",
                                                      "population", "cluster",      "weight", "condition"};
    json_t *object = json_object(), *columns = json_array(), *years = json_array();
    json_put(object, "behov_version", json_text(behov_version()));
    json_put(object, "model", text_or_null(of->of->model.title));
    json_put(object, "formula", json_text(behov_formula_text(of->of->formula)));
    json_put(object, "exclude", text_or_null(of->of->exclude_text));
    json_put(object, "n_municipalities", json_integer((json_int_t)of->places.n));
    for (size_t i = 0; i < of->n_years; i++)
        json_add(years, json_integer(of->years[i]));
    json_put(object, "years", years);
    for (size_t i = 0; i < of->n_columns; i++) {
        const template_column *column = &of->columns[i];
        bool is_year = column->use == TEMPLATE_YEAR, is_number = is_year || column->is_number;
        char content[WORDS], allowed[WORDS];
        content_of(of, column, content);
        allowed_in(of, column, allowed);
        json_t *one = json_object();
        json_put(one, "column", json_text(column->name));
        json_put(one, "use", json_text(uses[column->use]));
        json_put(one, "content", json_text(content));
        json_put(one, "unit", text_or_null(unit_of(of, column)));
        json_put(one, "allowed", json_text(allowed));
        json_put(one, "is_number", json_boolean(is_number));
        json_put(one, "is_whole", json_boolean(is_year || (is_number && column->limits.is_whole)));
        json_put(one, "low", is_year ? number(TEMPLATE_FIRST_YEAR) : number(is_number ? column->limits.low : NAN));
        json_put(one, "high", is_year ? number(TEMPLATE_LAST_YEAR) : number(is_number ? column->limits.high : NAN));
        json_add(columns, one);
    }
    json_put(object, "columns", columns);
    return write_json_object(path, object, err);
}

static void put_field(const char *text, FILE *out)
{
    bool is_formula = write_csv_is_formula(text);
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
    const template *of = context;
    fputs("\xEF\xBB\xBF", out);
    for (size_t i = 0; i < of->n_columns; i++) {
        fputs(i ? ";" : "", out);
        put_field(of->columns[i].name, out);
    }
    fputs("\r\n", out);
    for (size_t row = 0; row < template_n_rows(of); row++) {
        const municipality *place = template_municipality(of, row);
        put_field(place->code, out);
        fputc(';', out);
        put_field(place->name, out);
        fputc(';', out);
        if (template_year(of, row))
            fprintf(out, "%d", template_year(of, row));
        for (size_t i = TEMPLATE_YEAR + 1; i < of->n_columns; i++)
            fputc(';', out);
        fputs("\r\n", out);
    }
    return BEHOV_OK;
}

behov_status write_template_csv(const char *path, const template *of, behov_error *err)
{
    return target_write(path, print_csv, of, err);
}
