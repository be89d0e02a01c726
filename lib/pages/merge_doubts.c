/* merge_doubts.c - see merge_doubts.h. */
#include <behov/merge_doubts.h>

#include <string.h>

#include <behov/doubt_cautions.h>
#include <behov/finding_doubts.h>
#include <behov/panel_findings.h>
#include <behov/study_findings.h>

static const char *year_column_of(const behov_panel *panel)
{
    ptrdiff_t column = panel->columns[BEHOV_ROLE_YEAR];
    return column < 0 ? NULL : behov_table_name(panel->table, (size_t)column);
}

/* Whether "0104+0136" or "0.25×1850+1849" has several parts, and the code is one. */
static bool has_part(const char *origin, const char *code)
{
    size_t length = strlen(code);
    if (!length || !strchr(origin, '+'))
        return false;
    for (const char *at = strstr(origin, code); at; at = strstr(at + 1, code)) {
        unsigned char before = at == origin ? '+' : (unsigned char)at[-1];
        bool begins = before == '+' || before >= 0x80; /* the last byte of × */
        if (begins && (at[length] == '+' || !at[length]))
            return true;
    }
    return false;
}

bool behov_panel_merge_joins(const behov_panel_merge *merge, const char *year_column, const char *code, int year)
{
    const behov_table *table = merge->table;
    ptrdiff_t origin = behov_table_find(table, BEHOV_MERGE_ORIGIN_COLUMN),
              when = year_column ? behov_table_find(table, year_column) : -1;
    const int32_t *origins = origin < 0 ? NULL : behov_table_codes(table, (size_t)origin);
    const double *years = when < 0 ? NULL : behov_table_numbers(table, (size_t)when);
    for (size_t row = 0; origins && row < merge->n_rows; row++)
        if (origins[row] >= 0 && (!years || years[row] == year) &&
            has_part(behov_dictionary_text(behov_table_levels(table, (size_t)origin), origins[row]), code))
            return true;
    return false;
}

typedef struct merged {
    const behov_study *study;
    const behov_panel_merge *merge;
    const char *year_column;
    const behov_plausibility *known; /* what the study has found, and said */
} merged;

static bool is_known(const merged *merged, const behov_oddity *finding)
{
    size_t n = 0;
    const behov_oddity *known = behov_plausibility_findings(merged->known, &n);
    for (size_t i = 0; i < n; i++)
        if (known[i].kind == finding->kind && known[i].column == finding->column && known[i].row == finding->row)
            return true;
    return false;
}

/* A finding of many rows has none of its own: what it is about may be joined as well as not. */
static bool is_chosen(const void *context, const behov_oddity *finding)
{
    const merged *merged = context;
    const behov_panel *panel = &merged->study->panel;
    behov_oddity warning = *finding;
    warning.severity = finding->severity == BEHOV_ERROR ? BEHOV_WARNING : finding->severity;
    bool is_of_many =
        finding->kind == BEHOV_ODD_UNIT || finding->kind == BEHOV_ODD_COPIED || finding->kind == BEHOV_ODD_CONSTANT;
    bool has_column =
        finding->column < 0 ||
        behov_table_find(merged->merge->table, behov_table_name(merged->study->table, (size_t)finding->column)) >= 0;
    return !finding->is_rest && has_column && finding->kind != BEHOV_ODD_LIFE &&
           behov_finding_doubts_a_figure(&warning) &&
           (finding->row < 0 ? is_of_many
                             : behov_panel_merge_joins(merged->merge, merged->year_column,
                                                       behov_finding_code(merged->study, finding),
                                                       behov_panel_year(panel, (size_t)finding->row))) &&
           !is_known(merged, finding);
}

behov_status behov_cautions_say_merged(behov_study *study, const behov_municipality_history *history,
                                       const behov_panel_merge *merge, behov_error *err)
{
    behov_plausibility *known = study->plausibility;
    const merged merged = {
        .study = study, .merge = merge, .year_column = year_column_of(&study->panel), .known = known};
    behov_panel_findings_options options = {.history = history};
    study->plausibility = NULL;
    behov_status status = behov_panel_findings_look(study, &options, err);
    if (!status)
        status = behov_cautions_say_doubts(
            study, &(behov_doubt_choice){.is_chosen = is_chosen, .context = &merged, .is_merged = true}, err);
    behov_plausibility_free(study->plausibility);
    study->plausibility = known;
    return status;
}
