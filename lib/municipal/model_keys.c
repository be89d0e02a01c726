/* model_keys.c - keys of a model file against its formula. */
#include "model_keys.h"

#include <behov/dictionary.h>
#include <behov/panel.h>
#include <behov/regressor.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "letters.h"

enum { LONGEST_KEY = 2000 }; /* of one that is spelled anew: every colon of it is tried */

static behov_status out_of_memory(const char *path, behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, path, SAY_MODEL_KEYS_NO_MEMORY);
}

/* ---- columns -------------------------------------------------------------------------------------------------------
 */

static bool expression_names(const behov_expression *expression, const char *column)
{
    for (size_t i = 0; i < behov_expression_n_columns(expression); i++)
        if (strcmp(behov_expression_column(expression, i), column) == 0)
            return true;
    return false;
}

static bool formula_names(const behov_formula *formula, const char *column)
{
    bool is_named = expression_names(behov_formula_outcome(formula), column);
    for (size_t t = 0; t < behov_formula_n_terms(formula) && !is_named; t++)
        for (size_t i = 0; i < behov_formula_n_components(formula, t) && !is_named; i++)
            is_named = expression_names(behov_formula_component(formula, t, i).expression, column);
    return is_named;
}

/* Whether a condition or a key of clusters names the column; one that does not parse is reported where it is used. */
static behov_status text_names(const char *text, const char *column, bool *is_named, behov_error *err)
{
    behov_expression *expression = NULL;
    behov_error inner;
    if (!text || *is_named)
        return BEHOV_OK;
    if (strcmp(text, column) == 0) {
        *is_named = true;
        return BEHOV_OK;
    }
    behov_status status = behov_expression_parse(text, strlen(text), "", &expression, &inner);
    if (status == BEHOV_E_MEMORY)
        return behov_error_forward(err, status, inner.place, &inner);
    if (!status)
        *is_named = expression_names(expression, column);
    behov_expression_free(expression);
    return BEHOV_OK;
}

/* A column that the model reads: of the formula, of its conditions and clusters, or known by its role. */
static behov_status model_names(const behov_model *model, const behov_formula *formula, const char *column,
                                bool *is_named, behov_error *err)
{
    *is_named = formula_names(formula, column) || behov_role_of_name(column) < BEHOV_N_ROLES ||
                (model->population && strcmp(model->population, column) == 0);
    behov_status status = text_names(model->exclude, column, is_named, err);
    return status ? status : text_names(model->cluster, column, is_named, err);
}

/* ---- terms ---------------------------------------------------------------------------------------------------------
 */

/* Whether two terms have the same components, in any order. */
static bool is_same_term(const behov_formula *a, size_t term_a, const behov_formula *b, size_t term_b)
{
    size_t n = behov_formula_n_components(a, term_a);
    if (n != behov_formula_n_components(b, term_b))
        return false;
    for (size_t i = 0; i < n; i++) {
        behov_component piece = behov_formula_component(a, term_a, i);
        size_t j = 0;
        while (j < n && (piece.is_factor || behov_formula_component(b, term_b, j).is_factor ||
                         strcmp(behov_formula_component(b, term_b, j).name, piece.name) != 0))
            j++;
        if (j == n)
            return false;
    }
    return true;
}

/* A term in the spelling of its formula (returned, free); NULL without memory. */
static char *spell_term(const behov_formula *formula, size_t term)
{
    size_t n = behov_formula_n_components(formula, term), length = 1, index = 0;
    for (size_t i = 0; i < n; i++)
        length += strlen(behov_formula_component(formula, term, i).name) + 1;
    char *text = calloc(length, 1);
    for (size_t i = 0; i < n && text; i++)
        index += (size_t)snprintf(text + index, length - index, "%s%s", i ? ":" : "",
                                  behov_formula_component(formula, term, i).name);
    return text;
}

/* What a text is as a formula of one term without factors; NULL when it is none. */
static behov_status parse_term(const char *text, size_t length, behov_formula **formula, behov_error *err)
{
    behov_error inner;
    char *whole = malloc(length + 5);
    *formula = NULL;
    if (!whole)
        return out_of_memory("", err);
    snprintf(whole, length + 5, "y ~ %.*s", (int)length, text);
    behov_status status = behov_formula_parse(whole, formula, &inner);
    free(whole);
    if (status == BEHOV_E_MEMORY)
        return behov_error_forward(err, status, inner.place, &inner);
    bool is_one = !status && behov_formula_n_terms(*formula) == 1 && behov_formula_has_intercept(*formula);
    for (size_t i = 0; is_one && i < behov_formula_n_components(*formula, 0); i++)
        is_one = !behov_formula_component(*formula, 0, i).is_factor;
    if (!is_one) {
        behov_formula_free(*formula);
        *formula = NULL;
    }
    return BEHOV_OK;
}

/* A key that arithmetic spells otherwise than the formula: log(x/2), z:x. *spelled NULL when it is no term. */
static behov_status spell_arithmetic(const behov_formula *formula, const char *key, char **spelled, behov_error *err)
{
    behov_formula *parsed_formula;
    behov_status status = parse_term(key, strlen(key), &parsed_formula, err);
    for (size_t t = 0; parsed_formula && !status && !*spelled && t < behov_formula_n_terms(formula); t++)
        if (is_same_term(parsed_formula, 0, formula, t) && !(*spelled = spell_term(formula, t)))
            status = out_of_memory("", err);
    behov_formula_free(parsed_formula);
    return status;
}

/* A product of arithmetic and levels, where the arithmetic stands before or behind: log(x/2):year=2013. */
static behov_status spell_product(const behov_formula *formula, const char *key, char **spelled, behov_error *err)
{
    size_t length = strlen(key);
    behov_status status = BEHOV_OK;
    for (const char *colon = strchr(key, ':'); colon && !*spelled && !status; colon = strchr(colon + 1, ':'))
        for (int is_behind = 0; is_behind < 2 && !*spelled && !status; is_behind++) {
            const char *part = is_behind ? colon + 1 : key;
            size_t n_part = is_behind ? length - (size_t)(part - key) : (size_t)(colon - key);
            behov_formula *parsed_formula;
            behov_regressor regressor;
            status = parse_term(part, n_part, &parsed_formula, err);
            char *arithmetic = parsed_formula && !status ? spell_term(parsed_formula, 0) : NULL;
            if (parsed_formula && !status && !arithmetic)
                status = out_of_memory("", err);
            behov_formula_free(parsed_formula);
            if (!arithmetic)
                continue;
            size_t room = strlen(arithmetic) + length + 2;
            char *whole = malloc(room);
            if (!whole)
                status = out_of_memory("", err);
            else if (is_behind)
                snprintf(whole, room, "%.*s:%s", (int)(colon - key), key, arithmetic);
            else
                snprintf(whole, room, "%s%s", arithmetic, colon);
            free(arithmetic);
            if (whole && behov_regressor_read(formula, whole, &regressor))
                *spelled = whole;
            else
                free(whole);
        }
    return status;
}

/* The spelling of the formula (returned, free), NULL when the key names no term, level or column. */
static behov_status spell(const behov_model *model, const behov_formula *formula, const char *key, bool may_be_column,
                          char **spelled, behov_error *err)
{
    behov_regressor regressor;
    bool is_known = strcmp(key, "(Intercept)") == 0 || behov_regressor_read(formula, key, &regressor);
    behov_status status = BEHOV_OK;
    *spelled = NULL;
    if (!is_known && may_be_column)
        is_known = strcmp(key, behov_formula_outcome_name(formula)) == 0;
    if (!is_known && may_be_column)
        status = model_names(model, formula, key, &is_known, err);
    if (is_known && !status)
        return (*spelled = strdup(key)) ? BEHOV_OK : out_of_memory("", err);
    if (!status && strlen(key) <= LONGEST_KEY)
        status = spell_arithmetic(formula, key, spelled, err);
    if (!status && !*spelled && strlen(key) <= LONGEST_KEY)
        status = spell_product(formula, key, spelled, err);
    return status;
}

/* ---- sections ------------------------------------------------------------------------------------------------------
 */

typedef struct section_keys {
    const char *name;
    behov_model_pair *pairs;
    size_t n;
    enum { TERMS, PRINTED_TERMS, COLUMNS_OF_FORMULA, COLUMNS } are;
} section_keys;

static behov_status unknown(const section_keys *section, const behov_model_pair *pair, const behov_formula *formula,
                            const char *path, behov_error *err)
{
    char where[BEHOV_PLACE_SIZE];
    const char *text = behov_formula_text(formula);
    behov_phrase_into(where, sizeof where, SAY_MODEL_KEYS_LINE, behov_letters_clip(path, 120), path,
                      (unsigned long)pair->line);
    int n_key = behov_letters_clip(pair->key, 80), n_text = behov_letters_clip(text, 100);
    int n_value = behov_letters_clip(pair->value, 80);
    switch (section->are) {
    case PRINTED_TERMS: /* what a printed name stands for; a printed row that the formula lacks is named nowhere */
        return behov_error_say(err, BEHOV_E_NAME, where, SAY_MODEL_KEYS_PRINTED_UNKNOWN, section->name, n_key,
                               pair->key, n_value, pair->value, n_text, text);
    case COLUMNS_OF_FORMULA:
        return behov_error_say(err, BEHOV_E_NAME, where, SAY_MODEL_KEYS_PROXY_UNKNOWN, section->name, n_key, pair->key);
    case COLUMNS:
        return behov_error_say(err, BEHOV_E_NAME, where, SAY_MODEL_KEYS_COLUMN_UNKNOWN, section->name, n_key, pair->key,
                               n_text, text);
    default:
        return behov_error_say(err, BEHOV_E_NAME, where, SAY_MODEL_KEYS_TERM_UNKNOWN, section->name, n_key, pair->key,
                               n_text, text);
    }
}

/* Brings a key, or what [terms] says that it means, into the spelling of the formula. */
static behov_status check_pair(const behov_model *model, const section_keys *section, behov_model_pair *pair,
                               const behov_formula *formula, const char *path, behov_error *err)
{
    bool is_printed = section->are == PRINTED_TERMS, is_known = false;
    if (section->are == COLUMNS_OF_FORMULA || section->are == COLUMNS) {
        const char *bare =
            pair->key; /* a column of several words may be written as in the formula, or as in the file */
        size_t length = behov_model_bare_name(&bare);
        if (bare != pair->key) {
            memmove(pair->key, bare, length);
            pair->key[length] = '\0';
        }
        is_known = formula_names(formula, pair->key);
        behov_status status = BEHOV_OK;
        if (!is_known && section->are == COLUMNS)
            status = model_names(model, formula, pair->key, &is_known, err);
        return status ? status : is_known ? BEHOV_OK : unknown(section, pair, formula, path, err);
    }
    char *spelled, **text = is_printed ? &pair->value : &pair->key;
    behov_status status = spell(model, formula, *text, !is_printed, &spelled, err);
    if (status)
        return status;
    if (!spelled)
        return unknown(section, pair, formula, path, err);
    free(*text);
    *text = spelled;
    return BEHOV_OK;
}

static behov_status check_section(const behov_model *model, const section_keys *section, const behov_formula *formula,
                                  const char *path, behov_error *err)
{
    behov_dictionary *keys = NULL;
    behov_status status = section->n ? behov_dictionary_new(&keys, err) : BEHOV_OK;
    for (size_t i = 0; i < section->n && !status; i++) {
        behov_model_pair *pair = &section->pairs[i];
        int32_t code = 0;
        status = check_pair(model, section, pair, formula, path, err);
        if (!status)
            status = behov_dictionary_intern(keys, pair->key, strlen(pair->key), &code, err);
        if (status || (size_t)code == i)
            continue;
        char where[BEHOV_PLACE_SIZE];
        behov_phrase_into(where, sizeof where, SAY_MODEL_KEYS_LINE, behov_letters_clip(path, 120), path,
                          (unsigned long)pair->line);
        status =
            behov_error_say(err, BEHOV_E_SYNTAX, where, SAY_MODEL_KEYS_TWICE, section->name,
                            behov_letters_clip(pair->key, 80), pair->key, (unsigned long)section->pairs[code].line);
    }
    behov_dictionary_free(keys);
    return status;
}

behov_status behov_model_keys_show_bare(behov_model *model, const behov_formula *formula, behov_error *err)
{
    behov_status status = behov_model_show_bare(model, behov_formula_outcome_name(formula), err);
    for (size_t t = 0; t < behov_formula_n_terms(formula) && !status; t++) {
        char *term = spell_term(formula, t);
        status = term ? behov_model_show_bare(model, term, err) : out_of_memory("", err);
        free(term);
    }
    return status;
}

behov_status behov_model_keys_check(behov_model *model, const behov_formula *formula, const char *path,
                                    behov_error *err)
{
    const section_keys sections[] = {
        {"terms", model->terms, model->n_terms, PRINTED_TERMS},
        {"labels_nb", model->labels[BEHOV_LANGUAGE_NB], model->n_labels[BEHOV_LANGUAGE_NB], TERMS},
        {"labels_en", model->labels[BEHOV_LANGUAGE_EN], model->n_labels[BEHOV_LANGUAGE_EN], TERMS},
        {"proxies_nb", model->proxies[BEHOV_LANGUAGE_NB], model->n_proxies[BEHOV_LANGUAGE_NB], COLUMNS_OF_FORMULA},
        {"proxies_en", model->proxies[BEHOV_LANGUAGE_EN], model->n_proxies[BEHOV_LANGUAGE_EN], COLUMNS_OF_FORMULA},
        {"units_nb", model->units[BEHOV_LANGUAGE_NB], model->n_units[BEHOV_LANGUAGE_NB], COLUMNS},
        {"units_en", model->units[BEHOV_LANGUAGE_EN], model->n_units[BEHOV_LANGUAGE_EN], COLUMNS},
        {"limits", model->limits, model->n_limits, COLUMNS}};
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < sizeof sections / sizeof *sections && !status; i++)
        status = check_section(model, &sections[i], formula, path, err);
    return status;
}
