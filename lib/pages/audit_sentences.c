/* audit_sentences.c - see audit_sentences.h. */
#include <behov/audit_sentences.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include <behov/format.h>
#include <behov/labels.h>

/* ---- words ---------------------------------------------------------------------------------------------------------
 * */

static char mark_of(const behov_audit_results *audit_results)
{
    return behov_label_decimal_mark(audit_results->lang);
}

/* A level in per cent, "0,1": what 100 times the level differs from it by is the rounding of the product. */
static void level_text(double level, char decimal_mark, char text[BEHOV_NUMBER_SIZE])
{
    behov_number_shortest(round(level * 1e12) / 1e10, text);
    char *point = strchr(text, '.');
    if (point)
        *point = decimal_mark;
}

void behov_legend_say(const behov_legend *legend, char decimal_mark, behov_wording *words)
{
    bool is_first = true;
    for (int m = 1; m <= BEHOV_LEGEND_MARKS; m++) {
        char level[BEHOV_NUMBER_SIZE];
        if (!(legend->levels[m - 1] > 0))
            continue;
        level_text(legend->levels[m - 1], decimal_mark, level);
        behov_wording_print(words, "%s%s %s%s", is_first ? "" : ", ", behov_format_stars(m), level,
                            decimal_mark == ',' ? "\u00A0%" : "%"); /* English has no blank before it */
        is_first = false;
    }
}

static const char *count(const behov_audit_results *audit_results, size_t n, char text[BEHOV_NUMBER_SIZE])
{
    return behov_format_count(audit_results->lang, (double)n, text);
}

/* "1 row", "12 rows" */
static void say_rows(const behov_audit_results *audit_results, size_t n, behov_wording *words)
{
    char number[BEHOV_NUMBER_SIZE];
    behov_wording_fill(words, audit_results->lang, n == 1 ? BEHOV_WORD_AUDIT_WORD_ROW : BEHOV_WORD_AUDIT_WORD_ROWS, "n",
                       count(audit_results, n, number), NULL);
}

/* "Andel elever gjennomført vgs (upper_secondary_completion)", or the term alone. */
static void say_subject(const behov_audit_results *audit_results, size_t row, behov_wording *words)
{
    const behov_printed_row *printed_row = &audit_results->table.rows[row];
    const char *name = printed_row->labels[audit_results->lang];
    bool has_name = name && strcmp(name, printed_row->term) != 0;
    behov_wording_add(words, has_name ? name : printed_row->term);
    if (has_name)
        behov_wording_print(words, " (%s)", printed_row->term);
}

static const char *page_number(const behov_audit_results *audit_results, const behov_printed *number,
                               char text[BEHOV_NUMBER_SIZE])
{
    behov_printed_text(number, mark_of(audit_results), text);
    return behov_format_minus(text);
}

/* "−0.016 (0.029) ***" */
static void say_row(const behov_audit_results *audit_results, const behov_printed_row *row, behov_wording *words)
{
    char coefficient[BEHOV_NUMBER_SIZE], se[BEHOV_NUMBER_SIZE];
    behov_wording_print(words, "%s (%s) %s", page_number(audit_results, &row->coefficient, coefficient),
                        page_number(audit_results, &row->standard_error, se),
                        row->n_stars ? behov_format_stars(row->n_stars)
                                     : behov_label(audit_results->lang, BEHOV_WORD_AUDIT_NO_STARS));
}

static const char *slip_words(behov_language lang, const behov_misprint *misprint)
{
    switch (misprint->slip) {
    case BEHOV_SLIP_MARK_LEFT:
    case BEHOV_SLIP_MARK_RIGHT:
        return behov_label(lang, misprint->number.has_exponent ? BEHOV_WORD_SLIP_EXPONENT : BEHOV_WORD_SLIP_MARK);
    case BEHOV_SLIP_SWAP: return behov_label(lang, BEHOV_WORD_SLIP_SWAP);
    case BEHOV_SLIP_DROP: return behov_label(lang, BEHOV_WORD_SLIP_DROP);
    case BEHOV_SLIP_DOUBLE:
    case BEHOV_N_SLIPS: break;
    }
    return behov_label(lang, BEHOV_WORD_SLIP_DOUBLE);
}

/* A limit > 0 rounded to `digits` to the side on which it still is one. */
static void limit_text(double limit, bool upwards, int digits, char decimal_mark, char text[BEHOV_NUMBER_SIZE])
{
    double unit = pow(10, floor(log10(limit)) - digits + 1);
    double n_units = limit / unit, hair = 1e-9; /* what the division adds to a limit that is a number of units */
    double rounded_value = (upwards ? ceil(n_units - hair) : floor(n_units + hair)) * unit;
    behov_number_significant(rounded_value, digits, decimal_mark, text);
}

void behov_finding_limits(const behov_finding *finding, char decimal_mark, char low[BEHOV_NUMBER_SIZE],
                          char high[BEHOV_NUMBER_SIZE])
{
    bool has_low = finding->se_low > 0, has_high = isfinite(finding->se_high);
    bool is_narrow = has_low && has_high && finding->se_high < 2 * finding->se_low;
    low[0] = high[0] = '\0';
    if (has_low)
        limit_text(finding->se_low, true, is_narrow ? 4 : 2, decimal_mark, low);
    if (has_high)
        limit_text(finding->se_high, false, is_narrow ? 4 : 2, decimal_mark, high);
}

/* ---- findings ------------------------------------------------------------------------------------------------------
 * */

/* What would fit, behind what was said. */
static void add_misprint(const behov_audit_results *audit_results, const behov_finding *finding, behov_wording *words)
{
    const behov_misprint *likely = &finding->likely;
    behov_language lang = audit_results->lang;
    char number[BEHOV_NUMBER_SIZE], low[BEHOV_NUMBER_SIZE], high[BEHOV_NUMBER_SIZE];
    behov_finding_limits(finding, mark_of(audit_results), low, high);
    if (!likely->entry && !low[0] && !high[0])
        return;
    behov_wording_add_after(words, " ", "");
    if (likely->entry == BEHOV_ENTRY_STARS)
        behov_wording_fill(words, lang, BEHOV_WORD_AUDIT_FIT_STARS, "stars",
                           likely->n_stars ? behov_format_stars(likely->n_stars)
                                           : behov_label(lang, BEHOV_WORD_AUDIT_WORD_NO_STARS),
                           NULL);
    else if (likely->entry)
        behov_wording_fill(
            words, lang,
            likely->entry == BEHOV_ENTRY_STANDARD_ERROR ? BEHOV_WORD_AUDIT_FIT_SE : BEHOV_WORD_AUDIT_FIT_COEFFICIENT,
            "number", page_number(audit_results, &likely->number, number), "slip", slip_words(lang, likely), NULL);
    else
        behov_wording_fill(words, lang,
                           low[0] && high[0] ? BEHOV_WORD_AUDIT_FIT_BETWEEN
                           : high[0]         ? BEHOV_WORD_AUDIT_FIT_HIGH
                                             : BEHOV_WORD_AUDIT_FIT_LOW,
                           "low", low, "high", high, NULL);
}

static void say_stars(const behov_audit_results *audit_results, const behov_finding *finding, behov_wording *words)
{
    behov_language lang = audit_results->lang;
    const behov_printed_row *row = &audit_results->table.rows[finding->row];
    const behov_audit_range *range = behov_audit_range_of(audit_results->audit, finding->row);
    bool has_too_many = row->n_stars > range->most;
    char t[BEHOV_NUMBER_SIZE], p[BEHOV_NUMBER_SIZE], level[BEHOV_NUMBER_SIZE] = "", number[BEHOV_NUMBER_SIZE],
                                                     mark = mark_of(audit_results);
    behov_wording subject = {0}, printed = {0};
    say_subject(audit_results, finding->row, &subject);
    say_row(audit_results, row, &printed);
    limit_text(has_too_many ? range->t_most : range->t_least, has_too_many, 3, mark, t);
    if (has_too_many)
        limit_text(range->p_least, false, 3, mark, p);
    else /* how far below 0.001 it is says nothing more */
        limit_text(fmax(range->p_most, 0.001), true, range->p_most > 0.001 ? 3 : 1, mark, p);
    if (has_too_many)
        level_text(behov_audit_legend(audit_results->audit).levels[row->n_stars - 1], mark, level);
    behov_wording_fill(words, lang, has_too_many ? BEHOV_WORD_AUDIT_STARS_MANY : BEHOV_WORD_AUDIT_STARS_FEW, "term",
                       behov_wording_text(&subject), "printed", behov_wording_text(&printed), "t", t, "p", p, "stars",
                       behov_format_stars(has_too_many ? row->n_stars : range->fewest), "level", level, NULL);
    add_misprint(audit_results, finding, words);
    if (finding->other.entry) {
        behov_wording_add_after(words, " ", "");
        behov_wording_fill(words, lang, BEHOV_WORD_AUDIT_FIT_OTHER, "number",
                           page_number(audit_results, &finding->other.number, number), "slip",
                           slip_words(lang, &finding->other), NULL);
    }
    behov_wording_spend(words, &subject), behov_wording_spend(words, &printed);
}

static void say_sign(const behov_audit_results *audit_results, const behov_finding *finding, behov_wording *words)
{
    char number[BEHOV_NUMBER_SIZE];
    const behov_printed *coefficient = &audit_results->table.rows[finding->row].coefficient;
    behov_wording subject = {0};
    say_subject(audit_results, finding->row, &subject);
    behov_wording_fill(words, audit_results->lang, BEHOV_WORD_AUDIT_SIGN, "term", behov_wording_text(&subject),
                       "number", page_number(audit_results, coefficient, number), "table",
                       audit_results->signs_file.name, "sign", coefficient->is_negative ? "+" : "-", NULL);
    behov_wording_spend(words, &subject);
}

static void say_observations(const behov_audit_results *audit_results, const behov_finding *finding,
                             behov_wording *words)
{
    char n[BEHOV_NUMBER_SIZE], lower_text[BEHOV_NUMBER_SIZE], above[BEHOV_NUMBER_SIZE], years[BEHOV_NUMBER_SIZE],
        k[BEHOV_NUMBER_SIZE], m[BEHOV_NUMBER_SIZE];
    size_t n_years = audit_results->notes.n_years;
    behov_wording fit = {0};
    count(audit_results, n_years, years);
    behov_wording_fill(&fit, audit_results->lang,
                       finding->rows_below ? BEHOV_WORD_AUDIT_ROWS_TWO : BEHOV_WORD_AUDIT_ROWS_ONE, "below",
                       count(audit_results, finding->rows_below, lower_text), "k",
                       count(audit_results, finding->rows_below / n_years, k), "above",
                       count(audit_results, finding->rows_above, above), "m",
                       count(audit_results, finding->rows_above / n_years, m), "years", years, NULL);
    behov_wording_fill(words, audit_results->lang, BEHOV_WORD_AUDIT_ROWS, "n",
                       count(audit_results, audit_results->notes.n_observations, n), "years", years, "fit",
                       behov_wording_text(&fit), NULL);
    behov_wording_spend(words, &fit);
}

static void say_legend(const behov_audit_results *audit_results, const behov_finding *finding, behov_wording *words)
{
    static const behov_word keys[] = {[BEHOV_LEGEND_LACKS_MARK] = BEHOV_WORD_AUDIT_LEGEND_LACKS,
                                      [BEHOV_LEGEND_RISES] = BEHOV_WORD_AUDIT_LEGEND_RISES,
                                      [BEHOV_LEGEND_IS_OTHER] = BEHOV_WORD_AUDIT_LEGEND_OTHER};
    behov_wording legend = {0}, subject = {0}, rows = {0}, other = {0};
    behov_legend_say(&audit_results->legend, mark_of(audit_results), &legend);
    if (finding->row < audit_results->table.n_rows)
        say_subject(audit_results, finding->row, &subject);
    say_rows(audit_results, finding->n_lines, &rows);
    behov_wording_fill(words, audit_results->lang, keys[finding->fault], "legend", behov_wording_text(&legend), "term",
                       behov_wording_text(&subject), "rows", behov_wording_text(&rows), "stars",
                       behov_format_stars(finding->n_stars), NULL);
    if (finding->has_other_legend) {
        behov_legend_say(&finding->other_legend, mark_of(audit_results), &other);
        behov_wording_add_after(words, " ", "");
        behov_wording_fill(words, audit_results->lang,
                           finding->n_lines_left ? BEHOV_WORD_AUDIT_LEGEND_FITS_BUT_ONE : BEHOV_WORD_AUDIT_LEGEND_FITS,
                           "other", behov_wording_text(&other), NULL);
    }
    behov_wording_spend(words, &legend), behov_wording_spend(words, &subject);
    behov_wording_spend(words, &rows), behov_wording_spend(words, &other);
}

static void say_t_values(const behov_audit_results *audit_results, const behov_finding *finding, behov_wording *words)
{
    behov_wording wrong = {0}, rows = {0};
    say_rows(audit_results, finding->n_lines, &wrong);
    say_rows(audit_results, audit_results->table.n_rows, &rows);
    behov_wording_fill(words, audit_results->lang, BEHOV_WORD_AUDIT_T_VALUES, "wrong", behov_wording_text(&wrong),
                       "rows", behov_wording_text(&rows), NULL);
    behov_wording_spend(words, &wrong), behov_wording_spend(words, &rows);
}

void behov_audit_results_say_finding(const behov_audit_results *audit_results, const behov_finding *finding,
                                     behov_wording *words)
{
    behov_wording_clear(words);
    switch (finding->kind) {
    case BEHOV_FINDING_STARS: say_stars(audit_results, finding, words); break;
    case BEHOV_FINDING_SIGN: say_sign(audit_results, finding, words); break;
    case BEHOV_FINDING_ROWS: say_observations(audit_results, finding, words); break;
    case BEHOV_FINDING_T: say_t_values(audit_results, finding, words); break;
    case BEHOV_FINDING_LEGEND:
    case BEHOV_N_FINDINGS: say_legend(audit_results, finding, words); break;
    }
}

/* ---- the answer ----------------------------------------------------------------------------------------------------
 * */

void behov_audit_results_say_answer(const behov_audit_results *audit_results, behov_wording *words)
{
    size_t n = behov_audit_n_findings(audit_results->audit);
    char number[BEHOV_NUMBER_SIZE];
    behov_wording rows = {0};
    say_rows(audit_results, audit_results->table.n_rows, &rows);
    behov_wording_clear(words);
    behov_wording_fill(words, audit_results->lang,
                       n == 0   ? BEHOV_WORD_AUDIT_FOUND_NONE
                       : n == 1 ? BEHOV_WORD_AUDIT_FOUND_ONE
                                : BEHOV_WORD_AUDIT_FOUND,
                       "n", count(audit_results, n, number), "rows", behov_wording_text(&rows), "table",
                       audit_results->table_file.name, NULL);
    behov_wording_spend(words, &rows);
}

void behov_audit_results_say_names(const behov_audit_results *audit_results, behov_wording *words)
{
    enum { NAMED_MOST = 6 };
    size_t n = behov_audit_n_findings(audit_results->audit), n_named = n > NAMED_MOST ? NAMED_MOST : n;
    static const behov_word kind_words[BEHOV_N_FINDINGS] = {BEHOV_WORD_AUDIT_KIND_STARS, BEHOV_WORD_AUDIT_KIND_SIGN,
                                                            BEHOV_WORD_AUDIT_KIND_ROWS, BEHOV_WORD_AUDIT_KIND_LEGEND,
                                                            BEHOV_WORD_AUDIT_KIND_T_VALUES};
    char number[BEHOV_NUMBER_SIZE];
    behov_wording list = {0};
    behov_wording_clear(words);
    for (size_t i = 0; i < n_named; i++) {
        const behov_finding *finding = behov_audit_finding(audit_results->audit, i);
        bool has_row = finding->kind == BEHOV_FINDING_STARS || finding->kind == BEHOV_FINDING_SIGN;
        behov_wording_add_after(&list, ", ", "");
        behov_wording_fill(&list, audit_results->lang, kind_words[finding->kind], "term",
                           has_row ? audit_results->table.rows[finding->row].term : "", NULL);
    }
    if (n)
        behov_wording_fill(words, audit_results->lang,
                           n > n_named ? BEHOV_WORD_AUDIT_ABOUT_MORE : BEHOV_WORD_AUDIT_ABOUT, "list",
                           behov_wording_text(&list), "n", count(audit_results, n - n_named, number), NULL);
    behov_wording_spend(words, &list);
}

/* ---- what it was held against --------------------------------------------------------------------------------------
 * */

const char *behov_audit_results_caption(const behov_audit_results *audit_results, behov_audit_basis basis)
{
    static const behov_word keys[BEHOV_N_AUDIT_BASES] = {[BEHOV_AUDIT_BASIS_LEGEND] = BEHOV_WORD_AUDIT_WHAT_LEGEND,
                                                         [BEHOV_AUDIT_BASIS_DOF] = BEHOV_WORD_AUDIT_WHAT_DOF,
                                                         [BEHOV_AUDIT_BASIS_SIGNS] = BEHOV_WORD_AUDIT_WHAT_SIGNS,
                                                         [BEHOV_AUDIT_BASIS_OBSERVATIONS] =
                                                             BEHOV_WORD_AUDIT_WHAT_OBSERVATIONS};
    return behov_label(audit_results->lang, keys[basis]);
}

static void say_legend_basis(const behov_audit_results *audit_results, behov_wording *words)
{
    behov_legend_say(&audit_results->legend, mark_of(audit_results), words);
    behov_wording_print(words, " (%s)",
                        audit_results->legend_from == BEHOV_LEGEND_OF_NOTES ? audit_results->notes_file.name
                        : audit_results->legend_from == BEHOV_LEGEND_OF_OPTION
                            ? "--stars"
                            : behov_label(audit_results->lang, BEHOV_WORD_AUDIT_LEGEND_ASSUMED));
}

static void say_dof_basis(const behov_audit_results *audit_results, behov_wording *words)
{
    char number[BEHOV_NUMBER_SIZE];
    behov_wording_fill(words, audit_results->lang,
                       audit_results->dof > 0 ? BEHOV_WORD_AUDIT_DOF_KNOWN : BEHOV_WORD_AUDIT_DOF_UNKNOWN, "n",
                       behov_format_cell(BEHOV_Q_DOF, audit_results->dof, audit_results->lang, number), NULL);
}

static void say_signs_basis(const behov_audit_results *audit_results, behov_wording *words)
{
    char number[BEHOV_NUMBER_SIZE];
    if (!audit_results->signs_file.name) {
        behov_wording_add(words, behov_label(audit_results->lang, BEHOV_WORD_AUDIT_NOT_GIVEN));
        return;
    }
    behov_wording rows = {0};
    say_rows(audit_results, audit_results->table.n_rows, &rows);
    behov_wording_fill(words, audit_results->lang, BEHOV_WORD_AUDIT_SIGNS_CHECKED, "n",
                       count(audit_results, audit_results->n_signs_used, number), "rows", behov_wording_text(&rows),
                       "table", audit_results->signs_file.name, NULL);
    behov_wording_spend(words, &rows);
}

static void say_observations_basis(const behov_audit_results *audit_results, behov_wording *words)
{
    const behov_printed_notes *notes = &audit_results->notes;
    char number[BEHOV_NUMBER_SIZE], years[BEHOV_NUMBER_SIZE], m[BEHOV_NUMBER_SIZE], first[24], last[24];
    if (!notes->n_observations) {
        behov_wording_add(words, behov_label(audit_results->lang, BEHOV_WORD_AUDIT_NOT_GIVEN));
        return;
    }
    bool is_balanced = notes->n_years > 1 && notes->n_observations % notes->n_years == 0;
    snprintf(first, sizeof first, "%d", notes->first_year);
    snprintf(last, sizeof last, "%d", notes->last_year);
    behov_wording_fill(words, audit_results->lang,
                       is_balanced          ? BEHOV_WORD_AUDIT_OBSERVATIONS_BALANCED
                       : notes->n_years > 1 ? BEHOV_WORD_AUDIT_OBSERVATIONS_YEARS
                                            : BEHOV_WORD_AUDIT_OBSERVATIONS,
                       "n", count(audit_results, notes->n_observations, number), "years",
                       count(audit_results, notes->n_years, years), "m",
                       count(audit_results, notes->n_years ? notes->n_observations / notes->n_years : 0, m), "first",
                       first, "last", last, "from", audit_results->notes_file.name, NULL);
}

void behov_audit_results_say_basis(const behov_audit_results *audit_results, behov_audit_basis basis,
                                   behov_wording *words)
{
    static void (*const say[BEHOV_N_AUDIT_BASES])(const behov_audit_results *, behov_wording *) = {
        [BEHOV_AUDIT_BASIS_LEGEND] = say_legend_basis,
        [BEHOV_AUDIT_BASIS_DOF] = say_dof_basis,
        [BEHOV_AUDIT_BASIS_SIGNS] = say_signs_basis,
        [BEHOV_AUDIT_BASIS_OBSERVATIONS] = say_observations_basis};
    behov_wording_clear(words);
    say[basis](audit_results, words);
}
