/* cautions.c - see cautions.h. */
#include <behov/cautions.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <behov/agreement.h>
#include <behov/doubt_cautions.h>
#include <behov/far_sentences.h>
#include <behov/findings.h>
#include <behov/format.h>
#include <behov/labels.h>
#include <behov/study_findings.h>

behov_status behov_cautions_add(behov_study *study, behov_wording *sentence, behov_error *err)
{
    behov_status status = behov_wording_status(sentence, err);
    if (!status)
        status = behov_study_add_caution(study, behov_wording_text(sentence), err);
    behov_wording_free(sentence);
    return status;
}

static behov_status say_undecided(behov_study *study, const behov_expression *condition, behov_word key,
                                  behov_error *err)
{
    size_t n = condition ? behov_study_n_undecided(study, condition) : 0;
    if (n == 0)
        return BEHOV_OK;
    char rows[60];
    behov_wording text = {0};
    const char *condition_text = behov_expression_text(condition);
    behov_wording_fill(&text, study->lang, key, "rows", behov_finding_rows(study->lang, n, rows), "condition",
                       condition_text, NULL);
    return behov_cautions_add(study, &text, err);
}

behov_status behov_cautions_say_transformed(behov_study *study, behov_error *err)
{
    behov_wording text = {0};
    if (!behov_study_is_transformed(study))
        return BEHOV_OK;
    behov_wording_fill(&text, study->lang, BEHOV_WORD_OUTCOME_IS_TRANSFORMED, "outcome",
                       behov_formula_outcome_name(study->formula), NULL);
    return behov_cautions_add(study, &text, err);
}

behov_word behov_caution_allowed_word(behov_oddity_kind kind)
{
    static const behov_word allowed_words[BEHOV_N_ODDITY_KINDS] = {
        [BEHOV_ODD_NO_MUNICIPALITY] = BEHOV_WORD_ALLOWED_NO_MUNICIPALITY,
        [BEHOV_ODD_CODE] = BEHOV_WORD_ALLOWED_CODE,
        [BEHOV_ODD_LIMIT] = BEHOV_WORD_ALLOWED_LIMIT,
        [BEHOV_ODD_UNIT] = BEHOV_WORD_ALLOWED_UNIT,
        [BEHOV_ODD_TOTAL] = BEHOV_WORD_ALLOWED_TOTAL,
        [BEHOV_ODD_JUMP] = BEHOV_WORD_ALLOWED_JUMP,
        [BEHOV_ODD_TWO_CODES] = BEHOV_WORD_ALLOWED_TWO_CODES,
        [BEHOV_ODD_MISSING] = BEHOV_WORD_ALLOWED_MISSING,
        [BEHOV_ODD_LIFE] = BEHOV_WORD_ALLOWED_LIFE,
        [BEHOV_ODD_COPIED] = BEHOV_WORD_ALLOWED_COPIED,
        [BEHOV_ODD_INFLUENCE] = BEHOV_WORD_ALLOWED_INFLUENCE,
        [BEHOV_ODD_EXACT_FIT] = BEHOV_WORD_ALLOWED_EXACT_FIT};
    return allowed_words[kind];
}

bool behov_caution_is_counted(behov_oddity_kind kind)
{
    return kind != BEHOV_ODD_INFLUENCE && kind != BEHOV_ODD_EXACT_FIT; /* there is no fit yet */
}

size_t behov_caution_n_allowed(const behov_study *study, behov_oddity_kind kind)
{
    return behov_plausibility_count(study->plausibility, kind, BEHOV_ERROR) +
           behov_plausibility_count(study->plausibility, kind, BEHOV_WARNING) +
           (kind == BEHOV_ODD_NO_MUNICIPALITY ? behov_findings_n_kept_rows(study) : 0);
}

/* "Let through with --allow limit: figures outside the model's limits. Findings: 3." */
static behov_status say_allowed(behov_study *study, behov_oddity_kind kind, behov_error *err)
{
    const char *word = behov_finding_kind_word(kind);
    char number[BEHOV_NUMBER_SIZE];
    behov_wording text = {0};
    size_t n = behov_caution_n_allowed(study, kind);
    behov_wording_fill(&text, study->lang,
                       study->is_for_readers            ? BEHOV_WORD_ALLOWED_HERE
                       : behov_caution_is_counted(kind) ? BEHOV_WORD_ALLOWED
                                                        : BEHOV_WORD_ALLOWED_UNCOUNTED,
                       "kind", word, "what", behov_label(study->lang, behov_caution_allowed_word(kind)), "n",
                       behov_format_cell(BEHOV_Q_COUNT, (double)n, study->lang, number), NULL);
    return behov_cautions_add(study, &text, err);
}

/* Columns of per cent that hold shares: coefficients are then a hundred times too large, what is added in persons or points
 * too, and given coefficients are those of other figures. The first, of which most is sure, has a sentence; the others are
 * listed. */
static behov_status say_fractions(behov_study *study, behov_error *err)
{
    size_t n;
    const behov_oddity *findings = behov_plausibility_findings(study->plausibility, &n);
    behov_wording names = {0}, text = {0};
    behov_status status = BEHOV_OK;
    char low[BEHOV_NUMBER_SIZE], high[BEHOV_NUMBER_SIZE];
    bool has_one = false;
    for (size_t i = 0; i < n && !status; i++) {
        if (!behov_finding_is_of_fractions(&findings[i]) ||
            !behov_findings_look_like_fractions(study, (size_t)findings[i].column))
            continue;
        const char *name = behov_doubt_column(study, &findings[i]);
        if (has_one) {
            behov_wording_add_after(&names, ", ", name);
            continue;
        }
        has_one = true;
        behov_wording_fill(&text, study->lang, BEHOV_WORD_CAUTION_FRACTIONS, "column", name, "low",
                           behov_format_cell(BEHOV_Q_COEFFICIENT, findings[i].low, study->lang, low), "high",
                           behov_format_cell(BEHOV_Q_COEFFICIENT, findings[i].high, study->lang, high), NULL);
        status = behov_cautions_add(study, &text, err);
        study->n_share_cautions += !status;
    }
    if (!status && names.length) {
        behov_wording_fill(&text, study->lang, BEHOV_WORD_CAUTION_FRACTIONS_TOO, "columns", behov_wording_text(&names),
                           NULL);
        status = behov_wording_status(&names, err);
        status = status ? status : behov_cautions_add(study, &text, err);
        study->n_share_cautions += !status;
    }
    behov_wording_free(&names);
    behov_wording_free(&text);
    study->doubts_a_share = has_one;
    return status;
}

static int compare_numbers(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* NaN without figures. */
static behov_status find_median(const behov_table *table, size_t column, double *median, behov_error *err)
{
    size_t n_rows = behov_table_n_rows(table), n = 0;
    const double *numbers = behov_table_numbers(table, column);
    double *sizes = malloc((n_rows + 1) * sizeof *sizes);
    if (!sizes)
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_FINDINGS_NO_MEMORY_FOR_CAUTIONS);
    for (size_t i = 0; i < n_rows; i++)
        if (numbers[i] != 0 && isfinite(numbers[i]) && !behov_table_row_mark(table, i))
            sizes[n++] = fabs(numbers[i]);
    qsort(sizes, n, sizeof *sizes, compare_numbers);
    *median = n ? sizes[n / 2] : NAN;
    free(sizes);
    return BEHOV_OK;
}

/* The report's outcome in a formula of one's own: its label says 1000 kr per inhabitant, which nobody has said. */
static behov_status say_unit(behov_study *study, behov_error *err)
{
    static const char *const name = "net_expenditure";
    const double LARGE = 100; /* 1000 kr per inhabitant: about what a municipality spends on everything */
    double median = NAN;
    char number[BEHOV_NUMBER_SIZE];
    behov_wording text = {0};
    const behov_model *model = &study->model;
    behov_language lang = behov_language_alone(study->lang); /* labels have no other words for a file */
    ptrdiff_t column = study->table ? behov_table_find(study->table, name) : -1;
    if (study->unit != BEHOV_UNIT_UNKNOWN || column < 0 || !study->formula ||
        strcmp(behov_formula_outcome_name(study->formula), name) != 0 ||
        behov_model_find_pair(model->labels[lang], model->n_labels[lang], name) ||
        behov_table_kind(study->table, (size_t)column) != BEHOV_COLUMN_NUMBER)
        return BEHOV_OK;
    behov_status status = find_median(study->table, (size_t)column, &median, err);
    if (status || isnan(median))
        return status;
    behov_wording_fill(&text, study->lang, median > LARGE ? BEHOV_WORD_UNIT_NOT_GIVEN_LARGE : BEHOV_WORD_UNIT_NOT_GIVEN,
                       "median", behov_format_cell(BEHOV_Q_COEFFICIENT, median, study->lang, number), NULL);
    return behov_cautions_add(study, &text, err);
}

static behov_status say_doubt(behov_study *study, behov_error *err)
{
    const behov_oddity *doubt = behov_findings_unit_doubt(study);
    behov_wording sentence = {0};
    if (!doubt)
        return BEHOV_OK;
    behov_finding_sentence(study, doubt, study->lang, &sentence);
    return behov_cautions_add(study, &sentence, err);
}

bool behov_caution_is_of_part(const behov_study *study, const behov_oddity *finding)
{
    return study->is_part && finding->severity == BEHOV_ERROR &&
           (finding->kind == BEHOV_ODD_UNIT || finding->kind == BEHOV_ODD_TOTAL || finding->kind == BEHOV_ODD_JUMP ||
            finding->kind == BEHOV_ODD_TWO_CODES);
}

/* "population: the population 10.126 and others like it (421 rows) are below 100, …" */
static behov_status say_finding(behov_study *study, const behov_oddity *finding, behov_error *err)
{
    behov_wording text = {0}, sentence = {0};
    if (finding->column >= 0)
        behov_wording_print(&text, "%s", behov_table_name(study->table, (size_t)finding->column));
    behov_finding_sentence(study, finding, study->lang, &sentence);
    behov_wording_add_after(&text, ": ", behov_wording_text(&sentence));
    behov_wording_add(&text, ".");
    behov_wording_spend(&text, &sentence);
    return behov_cautions_add(study, &text, err);
}

/* What would stop a fit of the whole and is a note of a part: the first of each kind, as the notes are. */
static behov_status say_notes_of_part(behov_study *study, behov_error *err)
{
    bool is_said[BEHOV_N_ODDITY_KINDS] = {false};
    size_t n;
    const behov_oddity *findings = behov_plausibility_findings(study->plausibility, &n);
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < n && !status; i++) {
        if (!behov_caution_is_of_part(study, &findings[i]) || behov_finding_is_allowed(study, &findings[i]) ||
            behov_finding_is_of_unit(&findings[i]) || findings[i].is_rest || is_said[findings[i].kind])
            continue;
        is_said[findings[i].kind] = true;
        status = say_finding(study, &findings[i], err);
    }
    return status;
}

behov_status behov_cautions_say_figures(behov_study *study, behov_error *err)
{
    /* Not shares for per cent: a few rows of a column may all lie below 1, and parts are held against each other. */
    behov_status status = say_doubt(study, err);
    status = status ? status : say_notes_of_part(study, err);
    status = status ? status : behov_cautions_say_doubts(study, &(behov_doubt_choice){0}, err);
    return status ? status : say_unit(study, err);
}

behov_status behov_cautions_say(behov_study *study, behov_error *err)
{
    while (study->n_cautions)
        free(study->cautions[--study->n_cautions]);
    study->doubts_the_unit = behov_findings_unit_doubt(study) != NULL;
    study->n_share_cautions = 0;
    behov_status status = say_doubt(study, err);
    if (!status)
        status = say_fractions(study, err);
    if (!status)
        status = behov_cautions_say_doubts(study, &(behov_doubt_choice){0}, err);
    for (int kind = 0; kind < BEHOV_N_ODDITY_KINDS && !status; kind++)
        if ((study->n_allowed >> kind) & 1u)
            status = say_allowed(study, (behov_oddity_kind)kind, err);
    if (!status)
        status = behov_cautions_say_transformed(study, err);
    if (!status)
        status = say_unit(study, err);
    if (!status)
        status = say_undecided(study, study->exclude, BEHOV_WORD_UNDECIDED_EXCLUDE, err);
    return status ? status : say_undecided(study, study->set_aside, BEHOV_WORD_UNDECIDED_SET_ASIDE, err);
}

behov_status behov_cautions_say_reference(behov_study *study, const char *source, behov_error *err)
{
    behov_wording text = {0};
    if (!study->assumed_reference)
        return BEHOV_OK;
    behov_wording_fill(&text, study->lang, BEHOV_WORD_REFERENCE_ASSUMED, "from", source, "levels",
                       study->assumed_reference, NULL);
    return behov_cautions_add(study, &text, err);
}

behov_status behov_cautions_say_unsettled(behov_study *study, behov_error *err)
{
    if (study->doubts_the_levels)
        return BEHOV_OK;
    behov_status status = behov_study_add_caution(study, behov_label(study->lang, BEHOV_WORD_LEVELS_UNSETTLED), err);
    study->doubts_the_levels = !status;
    return status;
}

behov_status behov_cautions_say_far(behov_study *study, const behov_far_figures *far_figures, behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < far_figures->n && !status; i++) {
        behov_wording text = {0};
        behov_far_say(far_figures, i, study->lang, &text);
        status = behov_cautions_add(study, &text, err);
    }
    return status;
}

behov_status behov_cautions_say_agreement(behov_study *study, const behov_need *need, behov_error *err)
{
    behov_agreement agreement;
    behov_wording text = {0};
    char ratio[BEHOV_NUMBER_SIZE], gap[BEHOV_NUMBER_SIZE];
    behov_status status = behov_agreement_find(need, &study->panel, &agreement, err);
    if (status || behov_study_is_transformed(study) || !agreement.is_doubted)
        return status;
    if (isinf(agreement.median_ratio_pct))
        return behov_study_add_caution(study, behov_label(study->lang, BEHOV_WORD_CAUTION_AGREEMENT_NO_NEED), err);
    behov_wording_fill(&text, study->lang,
                       isnan(agreement.gap_pct) ? BEHOV_WORD_CAUTION_AGREEMENT_ROWS : BEHOV_WORD_CAUTION_AGREEMENT,
                       "ratio", behov_format_cell(BEHOV_Q_COEFFICIENT, agreement.median_ratio_pct, study->lang, ratio),
                       "gap", behov_format_cell(BEHOV_Q_COEFFICIENT, agreement.gap_pct, study->lang, gap), NULL);
    return behov_cautions_add(study, &text, err);
}
