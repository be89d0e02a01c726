/* given_levels.c - levels without a coefficient: the reference, and years that borrow an effect. */
#include <behov/given_levels.h>

#include <behov.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static behov_status out_of_memory(behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_ABSORBED_NO_MEMORY);
}

/* The level that "year=2013" is about when the factor is `name`; NULL for another term. */
static const char *level_of_term(const behov_study *study, const char *term, const char *name)
{
    const char *mapped = behov_model_term(&study->model, term);
    size_t length = strlen(name);
    return strncmp(mapped, name, length) == 0 && mapped[length] == '=' ? mapped + length + 1 : NULL;
}

static ptrdiff_t find_level(const behov_study *study, const behov_given_coefficients *given, const char *name,
                            const char *level)
{
    for (size_t i = 0; i < given->n; i++) {
        const char *match = level_of_term(study, given->terms[i], name);
        if (match && strcmp(match, level) == 0)
            return (ptrdiff_t)i;
    }
    return -1;
}

static const char *level_of_row(const behov_study *study, size_t column, size_t row, char text[BEHOV_NUMBER_SIZE])
{
    if (behov_table_kind(study->table, column) == BEHOV_COLUMN_TEXT) {
        int32_t code = behov_table_codes(study->table, column)[row];
        return code < 0 ? NULL : behov_dictionary_text(behov_table_levels(study->table, column), code);
    }
    double value = behov_table_numbers(study->table, column)[row];
    if (isnan(value))
        return NULL;
    behov_number_shortest(value == 0 ? 0 : value, text);
    return text;
}

/* ---- reference -----------------------------------------------------------------------------------------------------
 * */

/* Levels in the order of a fit, whose default reference is the first: by size when both are numbers, else by bytes. */
static bool is_before(const char *level, const char *other)
{
    double a, b;
    if (behov_number_parse(level, strlen(level), '.', &a) == BEHOV_NUMBER_OK &&
        behov_number_parse(other, strlen(other), '.', &b) == BEHOV_NUMBER_OK)
        return a < b;
    return strcmp(level, other) < 0;
}

/* The first of the levels that have a coefficient. */
static const char *first_given(const behov_study *study, const behov_given_coefficients *given, const char *name)
{
    const char *first = NULL;
    for (size_t i = 0; i < given->n; i++) {
        const char *level = level_of_term(study, given->terms[i], name);
        if (level && (!first || is_before(level, first)))
            first = level;
    }
    return first;
}

/* The levels of a factor that the panel has and the coefficients have not; a third is as good as a second. */
typedef struct lacking_levels {
    char previous_text[2][BEHOV_NUMBER_SIZE]; /* those before all that have a coefficient: each may be the reference */
    char behind[BEHOV_NUMBER_SIZE];           /* the first that is not */
    size_t n_before, n_behind;
} lacking_levels;

static lacking_levels find_lacking_levels(const behov_study *study, const behov_given_coefficients *given,
                                          const char *name)
{
    lacking_levels lacking_levels = {0};
    ptrdiff_t column = behov_table_find(study->table, name);
    const char *first = first_given(study, given, name);
    char text[BEHOV_NUMBER_SIZE], last[BEHOV_NUMBER_SIZE] = "";
    for (size_t row = 0; column >= 0 && row < behov_table_n_rows(study->table); row++) {
        const char *here = level_of_row(study, (size_t)column, row, text);
        if (!here || strlen(here) >= BEHOV_NUMBER_SIZE || strcmp(here, last) == 0 ||
            behov_table_row_mark(study->table, row) != BEHOV_ROW_MUNICIPALITY)
            continue;
        snprintf(last, sizeof last, "%s", here);
        if (find_level(study, given, name, here) >= 0)
            continue;
        if (!first || !is_before(here, first)) {
            if (lacking_levels.n_behind++ == 0)
                snprintf(lacking_levels.behind, sizeof lacking_levels.behind, "%s", here);
        } else if (lacking_levels.n_before < 2 &&
                   (lacking_levels.n_before == 0 || strcmp(lacking_levels.previous_text[0], here) != 0)) {
            snprintf(lacking_levels.previous_text[lacking_levels.n_before++], BEHOV_NUMBER_SIZE, "%s", here);
        }
    }
    return lacking_levels;
}

/* The one level that may be the reference, or a question: 2024 behind 2021 to 2023 is a year that the coefficients do
 * not know, not the reference, and a reference that the panel has not cannot be seen. With `may_lend` the years behind
 * are lent an effect afterwards. */
static behov_status find_reference(const behov_study *study, const behov_given_coefficients *given, const char *name,
                                   const char *source, bool may_lend, char level[BEHOV_NUMBER_SIZE], behov_error *err)
{
    lacking_levels lacking_levels = find_lacking_levels(study, given, name);
    behov_excerpt column = behov_cut(name, 60);
    if (lacking_levels.n_before == 1 && (lacking_levels.n_behind == 0 || may_lend)) {
        snprintf(level, BEHOV_NUMBER_SIZE, "%s", lacking_levels.previous_text[0]);
        return BEHOV_OK;
    }
    if (lacking_levels.n_before + lacking_levels.n_behind == 0)
        return behov_error_say(err, BEHOV_E_NAME, source, SAY_GIVEN_LEVELS_NO_REFERENCE, column.text, column.text);
    if (lacking_levels.n_before)
        return behov_error_say(
            err, BEHOV_E_NAME, source, SAY_GIVEN_LEVELS_TWO_REFERENCES, column.text,
            behov_cut(lacking_levels.previous_text[0], 60).text, column.text,
            behov_cut(lacking_levels.n_before > 1 ? lacking_levels.previous_text[1] : lacking_levels.behind, 60).text,
            column.text);
    return (behov_study_is_year(study, name)
                ? behov_error_say(err, BEHOV_E_NAME, source, SAY_GIVEN_LEVELS_YEAR_UNKNOWN, column.text,
                                  behov_cut(lacking_levels.behind, 60).text, column.text,
                                  behov_cut(first_given(study, given, name), 60).text, column.text)
                : behov_error_say(err, BEHOV_E_NAME, source, SAY_GIVEN_LEVELS_LEVEL_UNKNOWN, column.text,
                                  behov_cut(lacking_levels.behind, 60).text, column.text,
                                  behov_cut(first_given(study, given, name), 60).text, column.text));
}

static behov_status add_assumed(behov_study *study, const char *name, const char *level, behov_error *err)
{
    size_t length = study->assumed_reference ? strlen(study->assumed_reference) : 0;
    size_t size = length + strlen(name) + strlen(level) + sizeof ", =";
    char *longer = realloc(study->assumed_reference, size);
    if (!longer)
        return out_of_memory(err);
    snprintf(longer + length, size - length, "%s%s=%s", length ? ", " : "", name, level);
    study->assumed_reference = longer;
    return BEHOV_OK;
}

behov_status behov_given_levels_reference(behov_study *study, const behov_given_coefficients *given, const char *source,
                                          bool may_lend, behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t t = 0; t < behov_formula_n_terms(study->formula) && !status; t++)
        for (size_t i = 0; i < behov_formula_n_components(study->formula, t) && !status; i++) {
            behov_component piece = behov_formula_component(study->formula, t, i);
            char level[BEHOV_NUMBER_SIZE];
            if (!piece.is_factor || piece.reference || !first_given(study, given, piece.name) ||
                !behov_formula_uses_reference(study->formula, t, i))
                continue;
            status = find_reference(study, given, piece.name, source,
                                    may_lend && behov_study_is_year(study, piece.name), level, err);
            if (!status)
                status = add_assumed(study, piece.name, level, err);
            if (!status)
                status = behov_formula_set_reference(study->formula, t, i, level, err);
        }
    return status;
}

/* ---- years ---------------------------------------------------------------------------------------------------------
 * */

void behov_lent_effects_free(behov_lent_effects *lent_effects)
{
    free(lent_effects->years);
    *lent_effects = (behov_lent_effects){0};
}

typedef struct known_effects {
    size_t n;
    int first, last;
    double sum, of_last;
} known_effects;

static void add_known(known_effects *known_effects, double year, double effect)
{
    if (!(year > 0 && year < 10000 && year == floor(year)))
        return;
    known_effects->first = known_effects->n == 0 || year < known_effects->first ? (int)year : known_effects->first;
    if (known_effects->n == 0 || year > known_effects->last) {
        known_effects->last = (int)year;
        known_effects->of_last = effect;
    }
    known_effects->n++;
    known_effects->sum += effect;
}

/* The effects that are given, and the reference's, which is 0. */
static known_effects find_known(const behov_study *study, const behov_given_coefficients *given,
                                const behov_component *years, bool has_reference)
{
    known_effects known_effects = {0};
    double year;
    for (size_t i = 0; i < given->n; i++) {
        const char *level = level_of_term(study, given->terms[i], years->name);
        if (level && behov_number_parse(level, strlen(level), '.', &year) == BEHOV_NUMBER_OK)
            add_known(&known_effects, year, given->estimates[i]);
    }
    if (has_reference && years->reference &&
        behov_number_parse(years->reference, strlen(years->reference), '.', &year) == BEHOV_NUMBER_OK)
        add_known(&known_effects, year, 0);
    return known_effects;
}

/* Years of the panel, in order, that have no effect; *n_others counts rows of the others. */
static behov_status find_lacking(const behov_study *study, const behov_given_coefficients *given,
                                 const behov_component *years, bool has_reference, behov_lent_effects *lent_effects,
                                 size_t *n_others, behov_error *err)
{
    size_t column = (size_t)study->panel.columns[BEHOV_ROLE_YEAR];
    *n_others = 0;
    for (size_t row = 0; row < behov_table_n_rows(study->table); row++) {
        int year = behov_panel_year(&study->panel, row);
        char text[BEHOV_NUMBER_SIZE];
        const char *level = level_of_row(study, column, row, text);
        if (!year || !level || behov_table_row_mark(study->table, row) != BEHOV_ROW_MUNICIPALITY)
            continue;
        size_t index = 0;
        while (index < lent_effects->n && lent_effects->years[index] < year)
            index++;
        if (index < lent_effects->n && lent_effects->years[index] == year)
            continue;
        if (find_level(study, given, years->name, level) >= 0 ||
            (has_reference && years->reference && strcmp(years->reference, level) == 0)) {
            ++*n_others;
            continue;
        }
        int *more = realloc(lent_effects->years, (lent_effects->n + 1) * sizeof *more);
        if (!more)
            return out_of_memory(err);
        lent_effects->years = more;
        memmove(more + index + 1, more + index, (lent_effects->n - index) * sizeof *more);
        more[index] = year;
        lent_effects->n++;
    }
    return BEHOV_OK;
}

static behov_status choose_effect(const char *effect_text, const known_effects *known_effects,
                                  behov_lent_effects *lent_effects, behov_error *err)
{
    lent_effects->kind = strcmp(effect_text, "last") == 0   ? BEHOV_LENT_LAST
                         : strcmp(effect_text, "mean") == 0 ? BEHOV_LENT_MEAN
                                                            : BEHOV_LENT_NUMBER;
    lent_effects->first = known_effects->first;
    lent_effects->last = known_effects->last;
    if (lent_effects->kind == BEHOV_LENT_NUMBER) {
        char mark = strchr(effect_text, ',') ? ',' : '.';
        if (behov_number_parse(effect_text, strlen(effect_text), mark, &lent_effects->effect) == BEHOV_NUMBER_OK)
            return BEHOV_OK;
        return behov_error_say(err, BEHOV_E_ARGUMENT, PHRASE_PLACE_YEAR_EFFECT, SAY_GIVEN_LEVELS_EFFECT_UNREADABLE,
                               effect_text);
    }
    if (known_effects->n == 0)
        return behov_error_say(err, BEHOV_E_ARGUMENT, PHRASE_PLACE_YEAR_EFFECT, SAY_GIVEN_LEVELS_NONE_TO_LEND);
    lent_effects->effect =
        lent_effects->kind == BEHOV_LENT_LAST ? known_effects->of_last : known_effects->sum / (double)known_effects->n;
    return BEHOV_OK;
}

static behov_status append_level(behov_given_coefficients *given, const char *name, int year, behov_error *err)
{
    behov_factor_level *levels = realloc(given->levels, (given->n_levels + 1) * sizeof *levels);
    if (!levels)
        return out_of_memory(err);
    given->levels = levels;
    char *factor = malloc(strlen(name) + 1), *level = malloc(16);
    if (!factor || !level) {
        free(factor);
        free(level);
        return out_of_memory(err);
    }
    strcpy(factor, name);
    snprintf(level, 16, "%d", year);
    levels[given->n_levels++] = (behov_factor_level){factor, level};
    return BEHOV_OK;
}

static behov_status append(behov_given_coefficients *given, const char *name, int year, double effect, behov_error *err)
{
    size_t size = strlen(name) + 16;
    char **terms = realloc(given->terms, (given->n + 1) * sizeof *terms);
    if (terms)
        given->terms = terms;
    double *estimates = terms ? realloc(given->estimates, (given->n + 1) * sizeof *estimates) : NULL;
    if (estimates)
        given->estimates = estimates;
    char *term = estimates ? malloc(size) : NULL;
    if (!term)
        return out_of_memory(err);
    snprintf(term, size, "%s=%d", name, year);
    if (given->n_levels > 0 && append_level(given, name, year, err)) { /* a saved fit lists the levels of its factors */
        free(term);
        return BEHOV_E_MEMORY;
    }
    given->terms[given->n] = term;
    given->estimates[given->n++] = effect;
    return BEHOV_OK;
}

/* The term of the year effects, the number of terms when there is none; *has_products: years stand in products too. */
static size_t find_years(const behov_study *study, bool *has_products)
{
    size_t n = behov_formula_n_terms(study->formula), term_position = n;
    *has_products = false;
    for (size_t t = 0; t < n && study->panel.columns[BEHOV_ROLE_YEAR] >= 0; t++)
        for (size_t i = 0; i < behov_formula_n_components(study->formula, t); i++) {
            behov_component piece = behov_formula_component(study->formula, t, i);
            if (!piece.is_factor || !behov_study_is_year(study, piece.name))
                continue;
            if (behov_formula_n_components(study->formula, t) == 1)
                term_position = t;
            else
                *has_products = true;
        }
    return term_position;
}

/* "2023", "2023, 2024", "2023-2030". */
void behov_lent_effects_years(const behov_lent_effects *lent_effects, char text[100])
{
    if (lent_effects->n > 6) {
        snprintf(text, 100, "%d–%d", lent_effects->years[0], lent_effects->years[lent_effects->n - 1]);
        return;
    }
    size_t length = 0;
    text[0] = '\0';
    for (size_t i = 0; i < lent_effects->n; i++)
        length += (size_t)snprintf(text + length, 100 - length, "%s%d", i ? ", " : "", lent_effects->years[i]);
}

behov_status behov_given_levels_lend(const behov_study *study, behov_given_coefficients *given, const char *source,
                                     const char *effect_text, behov_lent_effects *lent_effects, behov_error *err)
{
    bool has_products;
    size_t t = find_years(study, &has_products), n_others;
    *lent_effects = (behov_lent_effects){0};
    if (t == behov_formula_n_terms(study->formula) || has_products) {
        if (!effect_text)
            return BEHOV_OK;
        return (
            has_products
                ? behov_error_say(err, BEHOV_E_ARGUMENT, PHRASE_PLACE_YEAR_EFFECT, SAY_GIVEN_LEVELS_HAS_PRODUCTS)
                : behov_error_say(err, BEHOV_E_ARGUMENT, PHRASE_PLACE_YEAR_EFFECT, SAY_GIVEN_LEVELS_NO_YEAR_EFFECTS));
    }
    behov_component years = behov_formula_component(study->formula, t, 0);
    bool has_reference = behov_formula_uses_reference(study->formula, t, 0);
    known_effects known_effects = find_known(study, given, &years, has_reference);
    behov_status status = find_lacking(study, given, &years, has_reference, lent_effects, &n_others, err);
    if (status || lent_effects->n == 0)
        return status;
    char names[100];
    behov_lent_effects_years(lent_effects, names);
    if (!effect_text && n_others == 0 && known_effects.n > 0)
        return behov_error_say(err, BEHOV_E_DATA, source, SAY_GIVEN_LEVELS_YEAR_LACKS, names, known_effects.first,
                               known_effects.last, known_effects.last);
    if (!effect_text)
        return BEHOV_OK;
    status = choose_effect(effect_text, &known_effects, lent_effects, err);
    for (size_t i = 0; i < lent_effects->n && !status; i++)
        status = append(given, years.name, lent_effects->years[i], lent_effects->effect, err);
    return status;
}
