/* finding_doubts.c - see finding_doubts.h. */
#include <behov/finding_doubts.h>

#include <math.h>
#include <string.h>

#include <behov/study_findings.h>

static bool is_of_figures(const behov_oddity *finding)
{
    static const bool kinds[BEHOV_N_ODDITY_KINDS] = {[BEHOV_ODD_NO_MUNICIPALITY] = true, [BEHOV_ODD_ROW] = true,
                                                     [BEHOV_ODD_LIMIT] = true,           [BEHOV_ODD_UNIT] = true,
                                                     [BEHOV_ODD_TOTAL] = true,           [BEHOV_ODD_JUMP] = true,
                                                     [BEHOV_ODD_MISSING] = true,         [BEHOV_ODD_COPIED] = true,
                                                     [BEHOV_ODD_CONSTANT] = true,        [BEHOV_ODD_COUNTRY] = true};
    bool is_of_code =
        finding->kind == BEHOV_ODD_LIFE && (finding->cause == BEHOV_LIFE_UNKNOWN || finding->cause == BEHOV_LIFE_TWICE);
    return kinds[finding->kind] || is_of_code;
}

bool behov_finding_doubts_a_figure(const behov_oddity *finding)
{
    return finding->severity == BEHOV_WARNING && is_of_figures(finding);
}

bool behov_finding_is_let_through(const behov_study *study, const behov_oddity *finding)
{
    return finding->severity == BEHOV_ERROR && finding->row >= 0 && is_of_figures(finding) &&
           behov_finding_is_allowed(study, finding) && !behov_finding_is_of_unit(finding);
}

/* ---- of one municipality ------------------------------------------------------------------------------------------- */

static bool names_column(const behov_expression *expression, const char *column)
{
    for (size_t i = 0; expression && i < behov_expression_n_columns(expression); i++)
        if (strcmp(behov_expression_column(expression, i), column) == 0)
            return true;
    return false;
}

bool behov_finding_is_in_outcome(const behov_study *study, const behov_oddity *finding)
{
    return finding->column >= 0 && study->formula &&
           names_column(behov_formula_outcome(study->formula), behov_table_name(study->table, (size_t)finding->column));
}

/* Whether need, ratio or level of a row rest on the column; a finding without one is of the row as a whole. */
static bool is_rested_on(const behov_study *study, ptrdiff_t column)
{
    return column < 0 || column == study->panel.columns[BEHOV_ROLE_POPULATION] ||
           column == study->panel.columns[BEHOV_ROLE_YEAR] ||
           (study->formula &&
            behov_study_formula_names(study->formula, behov_table_name(study->table, (size_t)column))) ||
           names_column(study->weights, behov_table_name(study->table, (size_t)column));
}

/* An error that is not let through would have left no figures. */
static bool is_doubt(const behov_study *study, const behov_oddity *finding)
{
    bool counts = finding->severity == BEHOV_ERROR ||
                  (finding->severity == BEHOV_WARNING && !behov_finding_is_allowed(study, finding));
    return is_of_figures(finding) && counts && finding->row >= 0 && !finding->is_rest &&
           !behov_finding_is_of_unit(finding) && is_rested_on(study, finding->column);
}

static bool is_own(const behov_study *study, const behov_municipality *who, size_t row)
{
    return who->code[0] ? strcmp(behov_panel_code(&study->panel, row), who->code) == 0
                        : who->name[0] && strcmp(behov_panel_municipality(&study->panel, row), who->name) == 0;
}

/* Findings of several municipalities name the first row alone: whether another is one of theirs. */
static bool is_like_first(const behov_study *study, const behov_oddity *finding, size_t row)
{
    const double *values = finding->column < 0 ? NULL : behov_table_numbers(study->table, (size_t)finding->column);
    double value = values ? values[row] : NAN;
    if (finding->kind == BEHOV_ODD_MISSING)
        return value == finding->value;
    if (finding->kind == BEHOV_ODD_LIMIT)
        return value < finding->low || value > finding->high;
    if (finding->kind != BEHOV_ODD_UNIT)
        return false;
    switch (finding->cause) {
    case BEHOV_UNIT_MUNICIPALITY:
        return strcmp(behov_panel_code(&study->panel, row), behov_finding_code(study, finding)) == 0;
    case BEHOV_UNIT_ONE_YEAR: return behov_panel_year(&study->panel, row) == finding->year;
    case BEHOV_UNIT_YEAR_OF_ZEROS: return value == 0 && behov_panel_year(&study->panel, row) == finding->year;
    case BEHOV_UNIT_SIGN: return value < 0;
    case BEHOV_UNIT_FEW_INHABITANTS: return value < finding->low;
    case BEHOV_UNIT_TWO_LEVELS: /* value < 1: the lower level is the odd one */
        return finding->value < 1 ? value * value < finding->low * finding->high
                                  : value * value > finding->low * finding->high;
    case BEHOV_UNIT_NOT_OF_FIT:
    case BEHOV_UNIT_COUNTS: return !isnan(value);
    default: return false;
    }
}

/* Pages ask of every municipality. No panel of municipalities has as many rows; in a larger table the first alone counts. */
enum { SEARCHED_ROWS = 50000 };

bool behov_finding_touches(const behov_study *study, const behov_oddity *finding, const behov_municipality *who,
                           int year)
{
    const ptrdiff_t ends[] = {finding->row, finding->other_row}; /* of a jump either may be the wrong one */
    for (size_t i = 0; i < 2; i++)
        if (ends[i] >= 0 && is_own(study, who, (size_t)ends[i]) &&
            (!year || behov_panel_year(&study->panel, (size_t)ends[i]) == year))
            return true;
    size_t n_rows = behov_table_n_rows(study->table);
    for (size_t row = 0; finding->count > 1 && n_rows <= SEARCHED_ROWS && row < n_rows; row++)
        if (is_like_first(study, finding, row) && is_own(study, who, row) &&
            (!year || behov_panel_year(&study->panel, row) == year))
            return true;
    return false;
}

const behov_oddity *behov_findings_doubt(const behov_study *study, const behov_municipality *who, int year)
{
    size_t n = 0;
    const behov_oddity *first = NULL,
                       *findings = study->plausibility ? behov_plausibility_findings(study->plausibility, &n) : NULL;
    for (size_t i = 0; i < n; i++) {
        if (!is_doubt(study, &findings[i]))
            continue;
        if (behov_finding_touches(study, &findings[i], who, year))
            return &findings[i];
        if (!first && behov_finding_touches(study, &findings[i], who, 0))
            first = &findings[i];
    }
    return first;
}
