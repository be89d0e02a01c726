/* check_sentences.c - see check_sentences.h. */
#include <behov/check_sentences.h>

#include <stdio.h>

#include <behov/findings.h>
#include <behov/study_findings.h>
#include <behov/format.h>
#include <behov/labels.h>

static size_t size_of(const behov_oddity *finding)
{
    return finding->is_rest ? finding->count : 1;
}

size_t behov_check_count(const behov_study *study, behov_severity severity)
{
    size_t n, n_found = 0;
    const behov_oddity *findings = behov_plausibility_findings(study->plausibility, &n);
    for (size_t i = 0; i < n; i++)
        if (findings[i].severity == severity)
            n_found += size_of(&findings[i]);
    return n_found;
}

bool behov_check_has_remark(const behov_study *study)
{
    size_t n;
    const behov_oddity *findings = behov_plausibility_findings(study->plausibility, &n);
    for (size_t i = 0; i < n; i++)
        if (findings[i].severity != BEHOV_INFORMATION || behov_finding_is_of_fractions(&findings[i]))
            return true;
    return false;
}

size_t behov_check_n_errors(const behov_study *study)
{
    size_t n, n_errors = 0;
    const behov_oddity *findings = behov_plausibility_findings(study->plausibility, &n);
    for (size_t i = 0; i < n; i++)
        if (findings[i].severity == BEHOV_ERROR && !behov_finding_is_allowed(study, &findings[i]))
            n_errors += size_of(&findings[i]);
    return n_errors;
}

/* A doubt about the unit of the outcome is told in every output and stops apply alone, whose coefficients have a unit. */
static bool is_unit_alone(const behov_study *study)
{
    size_t n;
    const behov_oddity *findings = behov_plausibility_findings(study->plausibility, &n);
    for (size_t i = 0; i < n; i++)
        if (findings[i].severity == BEHOV_ERROR && !behov_finding_is_allowed(study, &findings[i]) &&
            !behov_finding_is_of_unit(&findings[i]))
            return false;
    return true;
}

/* Double rows and a model of other columns cannot be let through; a model that cannot be fitted is no fault of the file
 * alone. */
const char *behov_check_stop(const behov_study *study)
{
    size_t n;
    const behov_oddity *findings = behov_plausibility_findings(study->plausibility, &n);
    if (!behov_check_n_errors(study))
        return "";
    if (is_unit_alone(study))
        return behov_label(study->lang, BEHOV_WORD_CHECK_ERRORS_OF_UNIT);
    for (size_t i = 0; i < n; i++) {
        if (findings[i].severity == BEHOV_ERROR && findings[i].kind >= BEHOV_ODD_LIFE &&
            !behov_finding_is_allowed(study, &findings[i]))
            return behov_label(study->lang, BEHOV_WORD_CHECK_ERRORS_SPOIL_FIT);
        if (findings[i].kind == BEHOV_ODD_MODEL && findings[i].cause == BEHOV_MODEL_IS_REFUSED)
            return behov_label(study->lang, BEHOV_WORD_CHECK_ERRORS_STOP_FIT);
        if (findings[i].severity == BEHOV_ERROR && findings[i].kind != BEHOV_ODD_ROW &&
            findings[i].kind != BEHOV_ODD_MODEL)
            return behov_label(study->lang, BEHOV_WORD_CHECK_ERRORS_STOP);
    }
    return behov_label(study->lang, BEHOV_WORD_CHECK_ERRORS_STOP_ALONE);
}

static const char *count(const behov_study *study, behov_severity severity, char text[BEHOV_NUMBER_SIZE])
{
    return behov_format_count(study->lang, (double)behov_check_count(study, severity), text);
}

void behov_check_say_counts(const behov_study *study, behov_wording *words)
{
    char errors[BEHOV_NUMBER_SIZE], warnings[BEHOV_NUMBER_SIZE], mended[BEHOV_NUMBER_SIZE];
    behov_wording_clear(words);
    behov_wording_fill(words, study->lang, BEHOV_WORD_CHECK_COUNTS, "errors", count(study, BEHOV_ERROR, errors),
                       "warnings", count(study, BEHOV_WARNING, warnings), "mended", count(study, BEHOV_MENDED, mended),
                       NULL);
}

static const behov_word kind_words[BEHOV_N_ODDITY_KINDS] = {
    [BEHOV_ODD_NO_MUNICIPALITY] = BEHOV_WORD_FINDING_KIND_NO_MUNICIPALITY,
    [BEHOV_ODD_CODE] = BEHOV_WORD_FINDING_KIND_CODE,
    [BEHOV_ODD_ROW] = BEHOV_WORD_FINDING_KIND_ROW,
    [BEHOV_ODD_LIMIT] = BEHOV_WORD_FINDING_KIND_LIMIT,
    [BEHOV_ODD_UNIT] = BEHOV_WORD_FINDING_KIND_UNIT,
    [BEHOV_ODD_TOTAL] = BEHOV_WORD_FINDING_KIND_TOTAL,
    [BEHOV_ODD_JUMP] = BEHOV_WORD_FINDING_KIND_JUMP,
    [BEHOV_ODD_TWO_CODES] = BEHOV_WORD_FINDING_KIND_TWO_CODES,
    [BEHOV_ODD_MISSING] = BEHOV_WORD_FINDING_KIND_MISSING,
    [BEHOV_ODD_INFLUENCE] = BEHOV_WORD_FINDING_KIND_INFLUENCE,
    [BEHOV_ODD_EXACT_FIT] = BEHOV_WORD_FINDING_KIND_EXACT_FIT,
    [BEHOV_ODD_MODEL] = BEHOV_WORD_FINDING_KIND_MODEL,
    [BEHOV_ODD_EMPTY] = BEHOV_WORD_FINDING_KIND_EMPTY,
    [BEHOV_ODD_LIFE] = BEHOV_WORD_FINDING_KIND_LIFE,
    [BEHOV_ODD_COPIED] = BEHOV_WORD_FINDING_KIND_COPIED,
    [BEHOV_ODD_CONSTANT] = BEHOV_WORD_FINDING_KIND_CONSTANT,
    [BEHOV_ODD_COUNTRY] = BEHOV_WORD_FINDING_KIND_COUNTRY,
};

void behov_check_add_allowed_name(const behov_oddity *finding, behov_wording *words)
{
    bool may_be_allowed = finding->kind != BEHOV_ODD_ROW && finding->kind != BEHOV_ODD_MODEL &&
                          finding->kind != BEHOV_ODD_EMPTY && finding->severity != BEHOV_MENDED &&
                          finding->severity != BEHOV_INFORMATION;
    if (may_be_allowed)
        behov_wording_print(words, " [%s]", behov_finding_kind_word(finding->kind));
}

const char *behov_check_kind(const behov_study *study, const behov_oddity *finding)
{
    return behov_label(study->lang, kind_words[finding->kind]);
}

/* Of a list that fits a screen nobody needs a summary. */
enum { LONG_LIST = 10 };

void behov_check_say_kinds(const behov_study *study, behov_wording *words)
{
    size_t n, counts[BEHOV_N_ODDITY_KINDS] = {0}, n_all = 0;
    const behov_oddity *findings = behov_plausibility_findings(study->plausibility, &n);
    behov_wording_clear(words);
    for (size_t i = 0; i < n; i++) {
        counts[findings[i].kind] += size_of(&findings[i]);
        n_all += size_of(&findings[i]);
    }
    for (size_t kind = 0; kind < BEHOV_N_ODDITY_KINDS && n_all > LONG_LIST; kind++) {
        char number[BEHOV_NUMBER_SIZE];
        if (!counts[kind])
            continue;
        if (words->length)
            behov_wording_add(words, ", ");
        else
            behov_wording_print(words, "%s ", behov_label(study->lang, BEHOV_WORD_CHECK_BY_KIND));
        behov_wording_add(words, behov_label(study->lang, kind_words[kind]));
        behov_wording_print(words, " %s", behov_format_count(study->lang, (double)counts[kind], number));
    }
}

static behov_word severity_word(behov_severity severity)
{
    return severity == BEHOV_MENDED        ? BEHOV_WORD_FINDING_SEVERITY_MENDED
           : severity == BEHOV_ERROR       ? BEHOV_WORD_FINDING_SEVERITY_ERROR
           : severity == BEHOV_INFORMATION ? BEHOV_WORD_FINDING_SEVERITY_INFORMATION
                                           : BEHOV_WORD_FINDING_SEVERITY_WARNING;
}

void behov_check_add_grade(const behov_study *study, const behov_oddity *finding, behov_wording *words)
{
    behov_wording_add(words, behov_label(study->lang, severity_word(finding->severity)));
    if (behov_finding_is_allowed(study, finding))
        behov_wording_print(words, " (%s)", behov_label(study->lang, BEHOV_WORD_FINDING_ALLOWED));
}

void behov_check_say_finding(const behov_study *study, const behov_oddity *finding, behov_wording *words)
{
    behov_wording sentence = {0};
    unsigned long line = behov_finding_line(study, finding);
    const char *code = behov_finding_code(study, finding);
    behov_wording place = {0};
    if (line)
        behov_wording_print(&place, "%s %lu", behov_finding_line_word(study, study->lang), line);
    if (finding->column >= 0) {
        behov_wording_add_after(&place, ", ", behov_label(study->lang, BEHOV_WORD_FINDING_WORD_COLUMN));
        behov_wording_add(&place, " ");
        behov_wording_add(&place, behov_table_name(study->table, (size_t)finding->column));
    }
    /* the sentence itself says which municipality has a second row, or none, or an odd code */
    bool says_code = finding->kind == BEHOV_ODD_NO_MUNICIPALITY || finding->kind == BEHOV_ODD_CODE ||
                     (finding->kind == BEHOV_ODD_ROW && finding->other_row >= 0) ||
                     (finding->kind == BEHOV_ODD_LIFE && finding->cause != BEHOV_LIFE_ABSENT);
    bool is_about_many = finding->kind == BEHOV_ODD_COPIED && finding->cause == BEHOV_COPIED_YEAR;
    if (code[0] && !says_code && !is_about_many) {
        behov_wording_add_after(&place, ", ", code);
        behov_wording_add(&place, " ");
        behov_wording_add(&place, behov_panel_municipality(&study->panel, (size_t)finding->row));
    }
    behov_finding_sentence(study, finding, study->lang, &sentence);
    behov_wording_clear(words);
    behov_check_add_grade(study, finding, words);
    behov_check_add_allowed_name(finding, words);
    if (place.length)
        behov_wording_add_after(words, ": ", behov_wording_text(&place));
    behov_wording_add_after(words, ": ", behov_wording_text(&sentence));
    behov_wording_spend(words, &place);
    behov_wording_spend(words, &sentence);
}
