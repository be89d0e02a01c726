/* cautions.c - see cautions.h. */
#include "cautions.h"

#include <stdio.h>
#include <stdlib.h>

#include "findings.h"
#include "format.h"
#include "labels.h"
#include "study_findings.h"

static behov_status say_undecided(behov_study *study, const behov_expression *condition, const char *key,
                                  behov_error *err)
{
    size_t n = condition ? behov_study_n_undecided(study, condition) : 0;
    if (n == 0)
        return BEHOV_OK;
    char text[700], rows[60];
    const char *written_text = behov_expression_text(condition);
    behov_label_fill(study->lang, key, text, sizeof text, "rows", behov_finding_rows(study->lang, n, rows), "condition",
                     behov_cut(written_text, 200).text, NULL);
    return behov_study_add_caution(study, text, err);
}

static behov_status say_transformed(behov_study *study, behov_error *err)
{
    char text[600];
    if (!behov_study_is_transformed(study))
        return BEHOV_OK;
    behov_label_fill(study->lang, "outcome_is_transformed", text, sizeof text, "outcome",
                     behov_cut(behov_formula_outcome_name(study->formula), 100).text, NULL);
    return behov_study_add_caution(study, text, err);
}

/* "Let through with --allow limit: figures outside the model's limits. Findings: 3." */
static behov_status say_allowed(behov_study *study, behov_oddity_kind kind, behov_error *err)
{
    const char *word = behov_finding_kind_word(kind);
    char subject[80], text[500], number[BEHOV_NUMBER_SIZE];
    snprintf(subject, sizeof subject, "allowed_%s", word);
    size_t n = behov_plausibility_count(study->plausibility, kind, BEHOV_ERROR) +
               behov_plausibility_count(study->plausibility, kind, BEHOV_WARNING);
    if (kind == BEHOV_ODD_NO_MUNICIPALITY)
        n += behov_findings_n_kept_rows(study);
    bool is_counted = kind != BEHOV_ODD_INFLUENCE && kind != BEHOV_ODD_EXACT_FIT; /* there is no fit yet */
    behov_label_fill(study->lang, is_counted ? "allowed" : "allowed_uncounted", text, sizeof text, "kind", word, "what",
                     behov_label(study->lang, subject), "n",
                     behov_format_cell(BEHOV_Q_COUNT, (double)n, study->lang, number), NULL);
    return behov_study_add_caution(study, text, err);
}

behov_status behov_cautions_say(behov_study *study, behov_error *err)
{
    const behov_oddity *doubt = behov_findings_unit_doubt(study);
    char sentence[BEHOV_FINDING_SENTENCE];
    behov_status status = BEHOV_OK;
    while (study->n_cautions)
        free(study->cautions[--study->n_cautions]);
    study->doubts_the_unit = doubt != NULL;
    if (doubt) {
        behov_finding_sentence(study, doubt, study->lang, sentence);
        status = behov_study_add_caution(study, sentence, err);
    }
    for (int kind = 0; kind < BEHOV_N_ODDITY_KINDS && !status; kind++)
        if ((study->n_allowed >> kind) & 1u)
            status = say_allowed(study, (behov_oddity_kind)kind, err);
    if (!status)
        status = say_transformed(study, err);
    if (!status)
        status = say_undecided(study, study->exclude, "undecided_exclude", err);
    return status ? status : say_undecided(study, study->set_aside, "undecided_set_aside", err);
}

behov_status behov_cautions_say_reference(behov_study *study, const char *source, behov_error *err)
{
    char text[500];
    if (!study->assumed_reference)
        return BEHOV_OK;
    behov_label_fill(study->lang, "reference_assumed", text, sizeof text, "from", source, "levels",
                     behov_cut(study->assumed_reference, 200).text, NULL);
    return behov_study_add_caution(study, text, err);
}
