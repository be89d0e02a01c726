/* finding_doubts.c - see finding_doubts.h. */
#include <behov/finding_doubts.h>

#include <string.h>

#include <behov/study_findings.h>

bool behov_finding_doubts_a_figure(const behov_oddity *finding)
{
    static const bool is_of_figures[BEHOV_N_ODDITY_KINDS] = {
        [BEHOV_ODD_NO_MUNICIPALITY] = true, [BEHOV_ODD_ROW] = true,
        [BEHOV_ODD_LIMIT] = true,           [BEHOV_ODD_UNIT] = true,
        [BEHOV_ODD_TOTAL] = true,           [BEHOV_ODD_JUMP] = true,
        [BEHOV_ODD_MISSING] = true,         [BEHOV_ODD_COPIED] = true,
        [BEHOV_ODD_CONSTANT] = true,        [BEHOV_ODD_COUNTRY] = true};
    bool is_of_code =
        finding->kind == BEHOV_ODD_LIFE && (finding->cause == BEHOV_LIFE_UNKNOWN || finding->cause == BEHOV_LIFE_TWICE);
    return finding->severity == BEHOV_WARNING && (is_of_figures[finding->kind] || is_of_code);
}

static bool is_in_outcome(const behov_study *study, ptrdiff_t column)
{
    const behov_expression *outcome = study->formula ? behov_formula_outcome(study->formula) : NULL;
    for (size_t i = 0; column >= 0 && outcome && i < behov_expression_n_columns(outcome); i++)
        if (strcmp(behov_expression_column(outcome, i), behov_table_name(study->table, (size_t)column)) == 0)
            return true;
    return false;
}

static bool is_doubt(const behov_study *study, const behov_oddity *finding)
{
    bool is_of_kind = finding->kind == BEHOV_ODD_UNIT || finding->kind == BEHOV_ODD_JUMP ||
                      finding->kind == BEHOV_ODD_LIMIT || finding->kind == BEHOV_ODD_MISSING;
    bool counts = finding->severity == BEHOV_ERROR ||
                  (finding->severity == BEHOV_WARNING && !behov_finding_is_allowed(study, finding));
    return is_of_kind && counts && finding->row >= 0 && !finding->is_rest && is_in_outcome(study, finding->column);
}

const behov_oddity *behov_findings_outcome_doubt(const behov_study *study, const char *code)
{
    size_t n = 0;
    const behov_oddity *findings = study->plausibility ? behov_plausibility_findings(study->plausibility, &n) : NULL;
    for (size_t i = 0; code[0] && i < n; i++)
        if (is_doubt(study, &findings[i]) && strcmp(behov_finding_code(study, &findings[i]), code) == 0)
            return &findings[i];
    return NULL;
}

bool behov_finding_touches_year(const behov_study *study, const behov_oddity *finding, int year)
{
    bool is_of_all_years = finding->kind == BEHOV_ODD_UNIT && finding->cause == BEHOV_UNIT_MUNICIPALITY;
    return is_of_all_years || !year || behov_panel_year(&study->panel, (size_t)finding->row) == year ||
           (finding->other_row >= 0 && behov_panel_year(&study->panel, (size_t)finding->other_row) == year);
}
