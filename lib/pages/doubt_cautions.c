/* doubt_cautions.c - figures that may be wrong, as cautions that every output carries: one a kind and column, the first
 * finding with what it found. What may only be a column's unit, as a whole, has sentences of its own (cautions.c). */
#include <behov/doubt_cautions.h>

#include <stdio.h>

#include <behov/cautions.h>
#include <behov/finding_doubts.h>
#include <behov/findings.h>
#include <behov/format.h>
#include <behov/study_findings.h>
#include <behov/study_words.h>
#include "finding_parts.h"

typedef struct doubts {
    behov_study *study;
    const behov_doubt_choice *choice;
    const behov_oddity *findings;
    size_t n;
} doubts;

static bool is_chosen(const doubts *all, const behov_oddity *finding)
{
    const behov_doubt_choice *choice = all->choice;
    if (!choice->is_chosen && behov_finding_is_let_through(all->study, finding))
        return true;
    return (choice->is_chosen ? choice->is_chosen(choice->context, finding) : behov_finding_doubts_a_figure(finding)) &&
           !behov_finding_is_allowed(all->study, finding) && !behov_finding_is_of_unit(finding) &&
           !behov_finding_is_of_fractions(finding);
}

static bool is_alike(const behov_oddity *a, const behov_oddity *b)
{
    return a->kind == b->kind && a->column == b->column;
}

/* Whether the finding is the first of its kind and column. */
static bool is_first(const doubts *all, size_t i)
{
    if (all->findings[i].is_rest || !is_chosen(all, &all->findings[i]))
        return false;
    for (size_t j = 0; j < i; j++)
        if (is_alike(&all->findings[j], &all->findings[i]) && !all->findings[j].is_rest &&
            is_chosen(all, &all->findings[j]))
            return false;
    return true;
}

/* What is counted of it are its figures. */
static bool is_of_a_row(const behov_oddity *finding)
{
    return finding->kind == BEHOV_ODD_COPIED && finding->column < 0;
}

static size_t count_rows(const doubts *all, size_t first)
{
    size_t n = 0;
    for (size_t i = first; i < all->n; i++)
        if (is_alike(&all->findings[i], &all->findings[first]) && is_chosen(all, &all->findings[i]))
            n += is_of_a_row(&all->findings[i]) ? 1 : all->findings[i].count;
    return n;
}

static const char *kind_words(const behov_oddity *finding, behov_language lang)
{
    static const behov_word words[BEHOV_N_ODDITY_KINDS] = {[BEHOV_ODD_NO_MUNICIPALITY] =
                                                               BEHOV_WORD_CAUTION_DOUBT_NO_MUNICIPALITY,
                                                           [BEHOV_ODD_ROW] = BEHOV_WORD_CAUTION_DOUBT_ROW,
                                                           [BEHOV_ODD_LIMIT] = BEHOV_WORD_CAUTION_DOUBT_LIMIT,
                                                           [BEHOV_ODD_UNIT] = BEHOV_WORD_CAUTION_DOUBT_UNIT,
                                                           [BEHOV_ODD_TOTAL] = BEHOV_WORD_CAUTION_DOUBT_TOTAL,
                                                           [BEHOV_ODD_JUMP] = BEHOV_WORD_CAUTION_DOUBT_JUMP,
                                                           [BEHOV_ODD_MISSING] = BEHOV_WORD_CAUTION_DOUBT_MISSING,
                                                           [BEHOV_ODD_LIFE] = BEHOV_WORD_CAUTION_DOUBT_LIFE,
                                                           [BEHOV_ODD_COPIED] = BEHOV_WORD_CAUTION_DOUBT_COPIED,
                                                           [BEHOV_ODD_CONSTANT] = BEHOV_WORD_CAUTION_DOUBT_CONSTANT,
                                                           [BEHOV_ODD_COUNTRY] = BEHOV_WORD_CAUTION_DOUBT_COUNTRY};
    return behov_label(lang, words[finding->kind]);
}

const char *behov_doubt_column(const behov_study *study, const behov_oddity *finding)
{
    const char *name = finding->column < 0 ? "" : behov_table_name(study->table, (size_t)finding->column);
    return study->is_for_readers ? behov_study_term(study, name) : name;
}

static void add_figure(const behov_study *study, const behov_oddity *finding, behov_language lang, bool in_kroner,
                       behov_wording *words)
{
    const double *numbers =
        finding->row < 0 || finding->column < 0 ? NULL : behov_table_numbers(study->table, (size_t)finding->column);
    int year = finding->row < 0 ? 0 : behov_panel_year(&study->panel, (size_t)finding->row);
    char year_text[32];
    behov_wording value = {0};
    if (finding->kind == BEHOV_ODD_JUMP && finding->row >= 0 && finding->other_row >= 0) {
        finding_fill_jump(study, finding, lang, BEHOV_WORD_CAUTION_JUMP, in_kroner, words);
    } else if (numbers) {
        finding_add_figure(study, finding, lang, numbers[finding->row], in_kroner, &value);
        snprintf(year_text, sizeof year_text, "%d", year);
        if (year)
            behov_wording_fill(words, lang, BEHOV_WORD_CAUTION_VALUE, "value", behov_wording_text(&value), "year",
                               year_text, NULL);
        else
            behov_wording_add(words, behov_wording_text(&value));
    }
    behov_wording_spend(words, &value);
}

void behov_doubt_figure_say(const behov_study *study, const behov_oddity *finding, behov_language lang,
                            behov_wording *words)
{
    behov_wording figure = {0};
    behov_wording_clear(words);
    if (finding->count > 1) /* its row may be another municipality's */
        behov_wording_add(&figure, kind_words(finding, lang));
    else
        add_figure(study, finding, lang, true, &figure);
    if (!figure.length)
        behov_finding_sentence(study, finding, lang, &figure);
    if (finding->column >= 0 && !behov_finding_is_in_outcome(study, finding))
        behov_wording_print(words,
                            "%s: ", behov_study_term(study, behov_table_name(study->table, (size_t)finding->column)));
    behov_wording_add(words, behov_wording_text(&figure));
    behov_wording_spend(words, &figure);
}

behov_word behov_doubt_word(const behov_study *study, const behov_oddity *finding)
{
    return behov_word_by_unit(BEHOV_WORD_COUNCIL_HEADLINE_DOUBT,
                              study->unit != BEHOV_UNIT_UNKNOWN && behov_finding_is_in_outcome(study, finding));
}

bool behov_doubt_note(const behov_study *study, const behov_municipality *who, int year, behov_wording *words)
{
    const behov_oddity *doubt = behov_findings_doubt(study, who, year);
    behov_wording figure = {0};
    if (!doubt)
        return false;
    behov_doubt_figure_say(study, doubt, study->lang, &figure);
    behov_wording_add_after(words, "; ", behov_label(study->lang, BEHOV_WORD_DOUBTED));
    behov_wording_print(words, " (%s)", behov_wording_text(&figure));
    behov_wording_spend(words, &figure);
    return true;
}

/* "0106 Fredrikstad, fra 1,578 i 2013 til 17,00 i 2014" */
static void add_who(const doubts *all, const behov_oddity *finding, behov_wording *words)
{
    behov_language lang = all->study->lang;
    behov_wording whom = {0}, figure = {0};
    const char *name = finding_who(all->study, finding->row, &whom);
    if (name[0])
        behov_wording_add(words, name);
    else
        behov_wording_print(words, "%s %lu", behov_finding_line_word(all->study, lang),
                            behov_finding_line(all->study, finding));
    add_figure(all->study, finding, lang, all->study->is_for_readers, &figure);
    if (figure.length)
        behov_wording_add_after(words, ", ", behov_wording_text(&figure));
    behov_wording_spend(words, &whom);
    behov_wording_spend(words, &figure);
}

/* Order and copies of a column are told as what was found: its rows are right one by one. */
static bool is_of_a_column(const doubts *all, const behov_oddity *finding)
{
    return finding->row < 0 || (finding->kind == BEHOV_ODD_COPIED && !all->choice->is_merged);
}

/* "stort hopp mellom to år, 0106 Fredrikstad, fra 1,578 i 2013 til 17,00 i 2014" of one figure; of a column, what it found. */
static void add_sole(const doubts *all, const behov_oddity *finding, behov_wording *words)
{
    behov_wording who = {0};
    if (is_of_a_column(all, finding)) {
        behov_finding_sentence(all->study, finding, all->study->lang, &who);
        if (finding->row >= 0)
            behov_wording_print(words, "%s %lu: ", behov_finding_line_word(all->study, all->study->lang),
                                behov_finding_line(all->study, finding));
        behov_wording_add(words, behov_wording_text(&who));
        behov_wording_spend(words, &who);
        return;
    }
    add_who(all, finding, &who);
    behov_wording_print(words, "%s, %s", kind_words(finding, all->study->lang), behov_wording_text(&who));
    behov_wording_spend(words, &who);
}

static void say_sole(const doubts *all, const behov_oddity *finding, behov_wording *words)
{
    behov_wording what = {0};
    add_sole(all, finding, &what);
    behov_wording_fill(words, all->study->lang, BEHOV_WORD_CAUTION_FIGURES_COLUMN, "column",
                       behov_doubt_column(all->study, finding), "what", behov_wording_text(&what), NULL);
    behov_wording_spend(words, &what);
}

/* "Tall i x kan være feil: stort hopp mellom to år (12 rader, først 0106 Fredrikstad, fra ...)." */
static void say_group(const doubts *all, size_t first, behov_wording *words)
{
    const behov_oddity *finding = &all->findings[first];
    behov_language lang = all->study->lang;
    bool has_column = finding->column >= 0 && finding->kind != BEHOV_ODD_ROW && finding->kind != BEHOV_ODD_LIFE;
    size_t n = count_rows(all, first);
    char rows[60];
    behov_wording who = {0};
    if (has_column && (is_of_a_column(all, finding) || (n == 1 && !all->choice->is_merged))) {
        say_sole(all, finding, words);
        return;
    }
    add_who(all, finding, &who);
    behov_wording_fill(words, lang,
                       !has_column              ? BEHOV_WORD_CAUTION_FIGURES_ROWS
                       : all->choice->is_merged ? BEHOV_WORD_CAUTION_FIGURES_MERGED
                                                : BEHOV_WORD_CAUTION_FIGURES,
                       "column", has_column ? behov_doubt_column(all->study, finding) : "", "what",
                       kind_words(finding, lang), "rows", behov_finding_rows(lang, n, rows), "who",
                       behov_wording_text(&who), NULL);
    behov_wording_spend(words, &who);
}

/* How many more there are, and where, behind the last that is said; a reader has no command. */
static void say_where(const doubts *all, size_t n_more, behov_wording *words)
{
    behov_language lang = all->study->lang;
    char number[BEHOV_NUMBER_SIZE];
    if (n_more) {
        behov_wording_add(words, " ");
        behov_wording_fill(words, lang, BEHOV_WORD_CAUTION_DOUBTS_MORE, "n",
                           behov_format_count(lang, (double)n_more, number), NULL);
    }
    if (all->study->is_for_readers)
        return;
    behov_wording_add(words, " ");
    behov_wording_fill(words, lang, BEHOV_WORD_CAUTION_DOUBTS_ALL, "command",
                       all->choice->is_merged ? "behov panel check" : "behov check", NULL);
}

behov_status behov_cautions_say_doubts(behov_study *study, const behov_doubt_choice *choice, behov_error *err)
{
    enum { SAID_MOST = 5 };
    doubts all = {.study = study, .choice = choice};
    size_t n_first = 0, n_said = 0;
    behov_status status = BEHOV_OK;
    if (!study->plausibility)
        return BEHOV_OK;
    all.findings = behov_plausibility_findings(study->plausibility, &all.n);
    for (size_t i = 0; i < all.n; i++)
        n_first += is_first(&all, i);
    for (size_t i = 0; i < all.n && n_said < n_first && n_said < SAID_MOST && !status; i++) {
        behov_wording words = {0};
        if (!is_first(&all, i))
            continue;
        say_group(&all, i, &words);
        if (++n_said == n_first || n_said == SAID_MOST)
            say_where(&all, n_first - n_said, &words);
        status = behov_cautions_add(study, &words, err);
    }
    return status;
}
