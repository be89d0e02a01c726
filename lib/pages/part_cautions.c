/* part_cautions.c - see part_cautions.h. */
#include <behov/part_cautions.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <behov/cautions.h>
#include <behov/findings.h>
#include <behov/format.h>
#include <behov/labels.h>
#include <behov/study_findings.h>

static const char allow_subject[] = "allow ", undecided_exclude[] = "undecided exclude",
                  undecided_set_aside[] = "undecided set_aside";

static behov_status no_memory(behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_FINDINGS_NO_MEMORY_FOR_CAUTIONS);
}

/* ---- into a part --------------------------------------------------------------------------------------------------- */

static void free_cautions(behov_study *view)
{
    for (size_t i = 0; i < view->n_cautions; i++)
        free(view->cautions[i]);
    free(view->cautions);
}

/* A view of the study that says its sentences in a language. */
static behov_status say_in(const behov_study *study, behov_language lang, behov_part_remarks remarks, behov_study *view,
                           behov_error *err)
{
    *view = *study;
    view->cautions = NULL;
    view->n_cautions = 0;
    view->lang = study->lang != behov_language_alone(study->lang) ? behov_language_of_file(lang) : lang;
    behov_status status = behov_cautions_say_figures(view, err);
    return status || !remarks ? status : remarks(view, err);
}

static behov_status keep_notes(const behov_study *study, behov_part_remarks remarks, behov_factor_part *part,
                               behov_error *err)
{
    behov_study nb, en = {0};
    behov_status status = say_in(study, BEHOV_LANGUAGE_NB, remarks, &nb, err);
    if (!status)
        status = say_in(study, BEHOV_LANGUAGE_EN, remarks, &en, err);
    for (size_t i = 0; !status && i < nb.n_cautions && i < en.n_cautions; i++)
        status = behov_factor_part_add_note(part, nb.cautions[i], en.cautions[i], err);
    free_cautions(&nb);
    free_cautions(&en);
    return status;
}

static behov_status keep_undecided(const behov_study *study, const behov_expression *condition, const char *subject,
                                   behov_factor_part *part, behov_error *err)
{
    size_t n = condition ? behov_study_n_undecided(study, condition) : 0;
    return n ? behov_factor_part_add_count(part, subject, n, err) : BEHOV_OK;
}

behov_status behov_part_cautions_keep(const behov_study *study, behov_part_remarks remarks, behov_factor_part *part,
                                      behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (int kind = 0; kind < BEHOV_N_ODDITY_KINDS && !status; kind++) {
        char subject[60];
        if (!((study->n_allowed >> kind) & 1u))
            continue;
        snprintf(subject, sizeof subject, "%s%s", allow_subject, behov_finding_kind_word((behov_oddity_kind)kind));
        status =
            behov_factor_part_add_count(part, subject, behov_caution_n_allowed(study, (behov_oddity_kind)kind), err);
    }
    if (!status)
        status = keep_undecided(study, study->exclude, undecided_exclude, part, err);
    if (!status)
        status = keep_undecided(study, study->set_aside, undecided_set_aside, part, err);
    return status ? status : keep_notes(study, remarks, part, err);
}

/* ---- out of the parts ---------------------------------------------------------------------------------------------- */

/* "the part a.factors", "the parts a.factors, b.factors and 4 more", "all 7 parts": those that are chosen. */
static void name_parts(const behov_factor_parts *parts, const bool *is_chosen, behov_language lang,
                       behov_wording *words)
{
    enum { NAMED_MOST = 3 };
    size_t n = 0;
    char number[BEHOV_NUMBER_SIZE];
    behov_wording names = {0};
    for (size_t i = 0; i < parts->n; i++)
        if (is_chosen[i] && n++ < NAMED_MOST)
            behov_wording_add_after(&names, ", ", parts->names[i]);
    if (n > NAMED_MOST) {
        behov_wording_add(&names, " ");
        behov_wording_fill(&names, lang, BEHOV_WORD_AND_MORE, "n",
                           behov_format_count(lang, (double)(n - NAMED_MOST), number), NULL);
    }
    behov_wording_fill(words, lang,
                       n == 1          ? BEHOV_WORD_PARTS_ONE
                       : n == parts->n ? BEHOV_WORD_PARTS_ALL
                                       : BEHOV_WORD_PARTS_SOME,
                       "names", behov_wording_text(&names), "n", behov_format_count(lang, (double)n, number), NULL);
    behov_wording_free(&names);
}

/* The sum over the parts of what they count of a subject; which parts have it. Returns whether any has. */
static bool sum_counts(const behov_factor_parts *parts, const char *subject, bool *is_chosen, double *sum)
{
    bool is_any = false;
    *sum = 0;
    for (size_t i = 0; i < parts->n; i++) {
        is_chosen[i] = false;
        for (size_t c = 0; c < parts->parts[i].n_counts; c++)
            if (strcmp(parts->parts[i].counts[c].subject, subject) == 0) {
                is_any = is_chosen[i] = true;
                *sum += (double)parts->parts[i].counts[c].n;
            }
    }
    return is_any;
}

static behov_status say_allowed(const behov_factor_parts *parts, behov_oddity_kind kind, bool *is_chosen,
                                behov_study *study, behov_error *err)
{
    char subject[60], number[BEHOV_NUMBER_SIZE];
    double n;
    snprintf(subject, sizeof subject, "%s%s", allow_subject, behov_finding_kind_word(kind));
    if (!sum_counts(parts, subject, is_chosen, &n))
        return BEHOV_OK;
    behov_wording names = {0}, text = {0};
    name_parts(parts, is_chosen, study->lang, &names);
    bool is_counted = behov_caution_is_counted(kind);
    behov_wording_fill(&text, study->lang,
                       is_counted ? BEHOV_WORD_ALLOWED_IN_PARTS : BEHOV_WORD_ALLOWED_IN_PARTS_UNCOUNTED, "kind",
                       behov_finding_kind_word(kind), "parts", behov_wording_text(&names), "what",
                       behov_label(study->lang, behov_caution_allowed_word(kind)), "n",
                       behov_format_count(study->lang, n, number), NULL);
    behov_wording_free(&names);
    return behov_cautions_add(study, &text, err);
}

static behov_status say_undecided(const behov_factor_parts *parts, const char *subject, behov_word word,
                                  const behov_expression *condition, bool *is_chosen, behov_study *study,
                                  behov_error *err)
{
    char rows[60];
    double n;
    behov_wording text = {0};
    if (!condition || !sum_counts(parts, subject, is_chosen, &n))
        return BEHOV_OK;
    behov_wording_fill(&text, study->lang, word, "rows", behov_finding_rows(study->lang, (size_t)n, rows), "condition",
                       behov_expression_text(condition), NULL);
    return behov_cautions_add(study, &text, err);
}

static bool is_same_note(const behov_part_note *a, const behov_part_note *b)
{
    return strcmp(a->nb, b->nb) == 0 && strcmp(a->en, b->en) == 0;
}

static bool has_note(const behov_factor_part *part, size_t n_first, const behov_part_note *note)
{
    for (size_t i = 0; i < n_first; i++)
        if (is_same_note(&part->notes[i], note))
            return true;
    return false;
}

static behov_status say_note(const behov_factor_parts *parts, const behov_part_note *note, bool *is_chosen,
                             behov_study *study, behov_error *err)
{
    behov_wording names = {0}, text = {0};
    for (size_t i = 0; i < parts->n; i++)
        is_chosen[i] = has_note(&parts->parts[i], parts->parts[i].n_notes, note);
    name_parts(parts, is_chosen, study->lang, &names);
    behov_wording_fill(&text, study->lang, BEHOV_WORD_PART_NOTE, "parts", behov_wording_text(&names), "note",
                       behov_language_alone(study->lang) == BEHOV_LANGUAGE_EN ? note->en : note->nb, NULL);
    behov_wording_free(&names);
    return behov_cautions_add(study, &text, err);
}

static behov_status say_notes(const behov_factor_parts *parts, bool *is_chosen, behov_study *study, behov_error *err)
{
    enum { SAID_MOST = 20 };
    size_t n_said = 0, n_more = 0;
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < parts->n; i++)
        for (size_t k = 0; k < parts->parts[i].n_notes && !status; k++) {
            const behov_part_note *note = &parts->parts[i].notes[k];
            bool is_said = has_note(&parts->parts[i], k, note);
            for (size_t j = 0; j < i && !is_said; j++)
                is_said = has_note(&parts->parts[j], parts->parts[j].n_notes, note);
            if (!is_said && n_said < SAID_MOST)
                n_said++, status = say_note(parts, note, is_chosen, study, err);
            else if (!is_said)
                n_more++;
        }
    if (status || !n_more)
        return status;
    char number[BEHOV_NUMBER_SIZE];
    behov_wording text = {0};
    behov_wording_fill(&text, study->lang, BEHOV_WORD_PART_NOTES_MORE, "n",
                       behov_format_count(study->lang, (double)n_more, number), NULL);
    return behov_cautions_add(study, &text, err);
}

/* "the part a.factors: the figures of x are about 100 times those of the same clusters in the other parts …" */
static behov_status say_units(const behov_factor_parts *parts, behov_study *study, behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < parts->differences.n && !status; i++) {
        const behov_unit_difference *difference = &parts->differences.list[i];
        behov_wording names = {0}, text = {0};
        name_parts(parts, difference->is_of_part, study->lang, &names);
        behov_wording_fill(
            &text, study->lang, difference->is_within ? BEHOV_WORD_PART_UNITS_WITHIN : BEHOV_WORD_PART_UNITS_BETWEEN,
            "parts", behov_wording_text(&names), "column",
            difference->column ? difference->column : behov_formula_outcome_name(study->formula), "times",
            behov_label(study->lang, difference->times > 500     ? BEHOV_WORD_PART_UNIT_TIMES_1000
                                     : difference->times > 1     ? BEHOV_WORD_PART_UNIT_TIMES_100
                                     : difference->times > 0.005 ? BEHOV_WORD_PART_UNIT_HUNDREDTH
                                                                 : BEHOV_WORD_PART_UNIT_THOUSANDTH),
            NULL);
        behov_wording_free(&names);
        status = behov_cautions_add(study, &text, err);
    }
    return status;
}

/* What was let through of the parts together: "Let through with --allow copied: … Findings: 1." */
static behov_status say_own_allowed(behov_oddity_kind kind, size_t n, behov_study *study, behov_error *err)
{
    char number[BEHOV_NUMBER_SIZE];
    behov_wording text = {0};
    if (!n)
        return BEHOV_OK;
    behov_wording_fill(&text, study->lang, BEHOV_WORD_ALLOWED, "kind", behov_finding_kind_word(kind), "what",
                       behov_label(study->lang, behov_caution_allowed_word(kind)), "n",
                       behov_format_count(study->lang, (double)n, number), NULL);
    return behov_cautions_add(study, &text, err);
}

/* Parts whose outcome has another unit: where there are any, the call lets them through. */
static size_t n_outcomes_off(const behov_factor_parts *parts)
{
    size_t n = 0;
    for (size_t i = 0; i < parts->differences.n; i++)
        n += parts->differences.list[i].column ? 0 : parts->differences.list[i].n_parts;
    return n;
}

behov_status behov_part_cautions_say(const behov_factor_parts *parts, behov_study *study, behov_error *err)
{
    bool *is_chosen = calloc(parts->n + 1, sizeof *is_chosen);
    if (!is_chosen)
        return no_memory(err);
    behov_status status = say_units(parts, study, err);
    if (!status)
        status = say_own_allowed(BEHOV_ODD_UNIT, n_outcomes_off(parts), study, err);
    if (!status)
        status = say_own_allowed(BEHOV_ODD_COPIED, parts->n_copies, study, err);
    if (!status)
        status = say_notes(parts, is_chosen, study, err);
    for (int kind = 0; kind < BEHOV_N_ODDITY_KINDS && !status; kind++)
        status = say_allowed(parts, (behov_oddity_kind)kind, is_chosen, study, err);
    if (!status)
        status = behov_cautions_say_transformed(study, err);
    if (!status)
        status = say_undecided(parts, undecided_exclude, BEHOV_WORD_UNDECIDED_EXCLUDE, study->exclude, is_chosen, study,
                               err);
    if (!status)
        status = say_undecided(parts, undecided_set_aside, BEHOV_WORD_UNDECIDED_SET_ASIDE, study->set_aside, is_chosen,
                               study, err);
    free(is_chosen);
    return status;
}
