/* council_data.c - what the page's script reckons with and says, as JSON: `behov-council/1`, and of each municipality an
 * object of its own. Figures read back as they were computed. `<`, `>` and `&` never stand in it as they are. */
#include <math.h>
#include <string.h>

#include <behov/format.h>
#include <behov/labels.h>
#include <behov/model_labels.h>
#include <behov/plausibility.h>
#include <behov/result_sentences.h>
#include "council_page_parts.h"
#include "page_table.h"

static void put_key(const char *key, behov_wording *out)
{
    behov_wording_print(out, "\"%s\":", key);
}

static void put_numbers(const double *values, size_t n, behov_wording *out)
{
    behov_wording_add_letter(out, '[');
    for (size_t i = 0; i < n; i++) {
        behov_wording_add(out, i ? "," : "");
        council_put_exact(values[i], out);
    }
    behov_wording_add_letter(out, ']');
}

static void put_matrix(const double *values, size_t n, behov_wording *out)
{
    for (size_t i = 0; i < n; i++) {
        behov_wording_add(out, i ? "," : "");
        put_numbers(values + i * n, n, out);
    }
}

/* ---- a municipality ---------------------------------------------------------------------------------------------- */

behov_status council_put_data(const behov_council *council, size_t page, behov_wording *out, behov_error *err)
{
    const behov_council_page *own = &council->pages[page];
    const behov_municipality *who = council_municipality(council, own->profile->place);
    const behov_profile_year *now = council_year(council, page);
    behov_wording title = {0}, year = {0};
    council_add_year(council, &year);
    behov_wording_fill(&title, council_language(council), council_word(council, BEHOV_WORD_COUNCIL_TITLE), "name",
                       council_name(council, own->profile->place), "year", behov_wording_text(&year), NULL);
    behov_wording_add_letter(out, '{');
    put_key("code", out);
    council_put_string(who->code[0] ? who->code : who->name, out);
    behov_wording_add(out, ",\"name\":");
    council_put_string(council_name(council, own->profile->place), out);
    behov_wording_add(out, ",\"title\":");
    council_put_string(behov_wording_text(&title), out);
    behov_wording_add(out, ",\"actual\":");
    council_put_exact(now->actual, out);
    behov_wording_add(out, ",\"population\":");
    council_put_exact(now->population, out);
    behov_wording_add(out, ",\"need\":");
    council_put_exact(own->need, out);
    behov_wording_add(out, ",\"variance\":");
    council_put_exact(own->variance, out);
    behov_wording_add(out, ",\"covariances\":");
    put_numbers(own->covariances, council->whatif.n_regressors, out);
    behov_wording_add(out, ",\"leverage\":");
    council_put_exact(own->leverage, out);
    behov_wording_add(out, ",\"spreads\":");
    put_numbers(own->spreads, council->whatif.n_regressors, out);
    behov_wording_add(out, ",\"values\":");
    put_numbers(own->values, council->whatif.n_variables, out);
    behov_wording_add_letter(out, '}');
    behov_wording_spend(out, &title);
    behov_wording_spend(out, &year);
    return behov_wording_status(out, err);
}

/* ---- what if ----------------------------------------------------------------------------------------------------- */

static const char *const operations[BEHOV_N_OPERATIONS] = {
    [BEHOV_OPERATION_NUMBER_IN] = "in",  [BEHOV_OPERATION_NEGATE] = "neg",  [BEHOV_OPERATION_NOT] = "!",
    [BEHOV_OPERATION_LOG] = "log",       [BEHOV_OPERATION_LOG10] = "log10", [BEHOV_OPERATION_EXP] = "exp",
    [BEHOV_OPERATION_SQRT] = "sqrt",     [BEHOV_OPERATION_ABS] = "abs",     [BEHOV_OPERATION_CUT] = "cut",
    [BEHOV_OPERATION_POWER] = "^",       [BEHOV_OPERATION_MULTIPLY] = "*",  [BEHOV_OPERATION_DIVIDE] = "/",
    [BEHOV_OPERATION_ADD] = "+",         [BEHOV_OPERATION_SUBTRACT] = "-",  [BEHOV_OPERATION_LESS] = "lt",
    [BEHOV_OPERATION_LESS_EQUAL] = "le", [BEHOV_OPERATION_GREATER] = "gt",  [BEHOV_OPERATION_GREATER_EQUAL] = "ge",
    [BEHOV_OPERATION_EQUAL] = "eq",      [BEHOV_OPERATION_UNEQUAL] = "ne",  [BEHOV_OPERATION_AND] = "and",
    [BEHOV_OPERATION_OR] = "or"};

static size_t variable_of(const behov_council_whatif *whatif, const char *name)
{
    size_t i = 0;
    while (i < whatif->n_variables && strcmp(whatif->variables[i].name, name) != 0)
        i++;
    return i;
}

/* A node: a number; [variable]; "operation"; ["operation", constant, ...]. */
static void put_node(const behov_council_whatif *whatif, const behov_expression *expression, size_t i,
                     behov_wording *out)
{
    behov_expression_node node = behov_expression_node_at(expression, i);
    if (node.operation == BEHOV_OPERATION_NUMBER) {
        council_put_exact(node.number, out);
    } else if (node.operation == BEHOV_OPERATION_COLUMN) {
        behov_wording_print(out, "[%lu]", (unsigned long)variable_of(whatif, node.column));
    } else if (node.n_constants) {
        behov_wording_print(out, "[\"%s\"", operations[node.operation]);
        for (size_t k = 0; k < node.n_constants; k++) {
            double constant = NAN;
            (void)behov_expression_node_constant(expression, i, k, &constant);
            behov_wording_add_letter(out, ',');
            council_put_exact(constant, out);
        }
        behov_wording_add_letter(out, ']');
    } else {
        behov_wording_print(out, "\"%s\"", operations[node.operation]);
    }
}

/* A regressor in postfix order: its components, multiplied. */
static void put_regressor(const behov_council *council, const behov_council_regressor *regressor, behov_wording *out)
{
    const behov_formula *formula = council->fit_results->study->formula;
    bool is_first = true;
    behov_wording_add(out, "{\"b\":");
    council_put_exact(regressor->coefficient, out);
    behov_wording_add(out, ",\"f\":[");
    for (size_t i = 0; i < behov_formula_n_components(formula, regressor->term); i++) {
        const behov_expression *expression = behov_formula_component(formula, regressor->term, i).expression;
        for (size_t k = 0; k < behov_expression_n_nodes(expression); k++, is_first = false) {
            behov_wording_add(out, is_first ? "" : ",");
            put_node(&council->whatif, expression, k, out);
        }
        behov_wording_add(out, i ? ",\"*\"" : "");
    }
    behov_wording_add(out, "]}");
}

/* A limit of the model; null where there is none. */
static void put_limit(const char *key, double limit, behov_wording *out)
{
    behov_wording_print(out, ",\"%s\":", key);
    council_put_exact(limit, out);
}

static void put_variable(const behov_council *council, const behov_council_variable *variable, behov_wording *out)
{
    behov_model_limits limits = behov_model_limits_of(&council->fit_results->study->model, variable->name);
    if (variable->is_population && !(limits.high < BEHOV_MOST_INHABITANTS))
        limits.high = BEHOV_MOST_INHABITANTS; /* as scenarios have it */
    behov_wording_add(out, "{\"name\":");
    council_put_string(variable->name, out);
    behov_wording_print(out, ",\"slider\":%s,\"population\":%s,\"low\":", variable->is_slider ? "true" : "false",
                        variable->is_population ? "true" : "false");
    council_put_exact(variable->low, out);
    behov_wording_add(out, ",\"high\":");
    council_put_exact(variable->high, out);
    behov_wording_add(out, ",\"estimatedLow\":");
    council_put_exact(variable->estimated_low, out);
    behov_wording_add(out, ",\"estimatedHigh\":");
    council_put_exact(variable->estimated_high, out);
    put_limit("least", limits.low, out);
    put_limit("most", limits.high, out);
    behov_wording_add_letter(out, '}');
}

static void put_whatif(const behov_council *council, behov_wording *out)
{
    const behov_council_whatif *whatif = &council->whatif;
    behov_wording_add(out, "{\"t\":");
    council_put_exact(whatif->t, out);
    behov_wording_add(out, ",\"floor\":");
    council_put_exact(council->fit_results->floor, out);
    behov_wording_add(out, ",\"variables\":[");
    for (size_t i = 0; i < whatif->n_variables; i++) {
        behov_wording_add(out, i ? "," : "");
        put_variable(council, &whatif->variables[i], out);
    }
    behov_wording_add(out, "],\"regressors\":[");
    for (size_t i = 0; i < whatif->n_regressors; i++) {
        behov_wording_add(out, i ? "," : "");
        put_regressor(council, &whatif->regressors[i], out);
    }
    behov_wording_add(out, "],\"covariance\":[");
    put_matrix(whatif->covariance, whatif->n_regressors, out);
    behov_wording_add(out, "],\"spread\":[");
    put_matrix(whatif->spread, whatif->n_regressors, out);
    behov_wording_add(out, "],\"leverageMost\":");
    council_put_exact(whatif->leverage_most, out);
    behov_wording_add_letter(out, '}');
}

/* ---- of all ------------------------------------------------------------------------------------------------------ */

/* What the script says: names in braces are filled in by it. */
static void put_words(const behov_council *council, behov_wording *out)
{
    static const struct said {
        const char *key;
        behov_word word;
    } said[] = {{"shown", BEHOV_WORD_COUNCIL_SAY_SHOWN},
                {"sortedText", BEHOV_WORD_COUNCIL_SAY_SORTED_TEXT},
                {"sortedUp", BEHOV_WORD_COUNCIL_SAY_SORTED_UP},
                {"sortedDown", BEHOV_WORD_COUNCIL_SAY_SORTED_DOWN},
                {"noList", BEHOV_WORD_COUNCIL_SAY_NO_LIST},
                {"picked", BEHOV_WORD_COUNCIL_SAY_PICKED},
                {"overlap", BEHOV_WORD_COUNCIL_SAY_OVERLAP},
                {"apart", BEHOV_WORD_COUNCIL_SAY_APART},
                {"asIs", BEHOV_WORD_COUNCIL_SAY_AS_IS},
                {"change", BEHOV_WORD_COUNCIL_SAY_CHANGE},
                {"changeAll", BEHOV_WORD_COUNCIL_SAY_CHANGE_ALL},
                {"between", BEHOV_WORD_COUNCIL_SAY_BETWEEN},
                {"noRatio", BEHOV_WORD_COUNCIL_SAY_NO_RATIO},
                {"outside", BEHOV_WORD_COUNCIL_SAY_OUTSIDE},
                {"noNumber", BEHOV_WORD_COUNCIL_SAY_NO_NUMBER},
                {"noPacking", BEHOV_WORD_COUNCIL_SAY_NO_PACKING},
                {"showing", BEHOV_WORD_COUNCIL_SAY_SHOWING},
                {"download", BEHOV_WORD_COUNCIL_SAY_DOWNLOAD},
                {"ambiguous", BEHOV_WORD_COUNCIL_SAY_AMBIGUOUS},
                {"empty", BEHOV_WORD_COUNCIL_SAY_EMPTY},
                {"limits", BEHOV_WORD_COUNCIL_SAY_LIMITS},
                {"noNeed", BEHOV_WORD_COUNCIL_SAY_NO_NEED},
                {"ownFirst", BEHOV_WORD_COUNCIL_SAY_OWN_FIRST},
                {"population", BEHOV_WORD_COUNCIL_SAY_POPULATION},
                {"showAll", BEHOV_WORD_COUNCIL_SAY_SHOW_ALL},
                {"whole", BEHOV_WORD_COUNCIL_SAY_WHOLE},
                {"basis", BEHOV_WORD_COUNCIL_SAY_BASIS},
                {"marked", BEHOV_WORD_COUNCIL_SAY_MARKED},
                {"stretched", BEHOV_WORD_COUNCIL_SAY_STRETCHED},
                {"held", BEHOV_WORD_COUNCIL_SAY_PER_INHABITANT_HELD},
                {"changeSmall", BEHOV_WORD_COUNCIL_SAY_CHANGE_ALL_SMALL}};
    behov_wording it = {0};
    behov_level_name(&council->ranking.variances, BEHOV_LEVEL_DEFINITE, council_language(council), &it);
    behov_wording_add(out, "{\"it\":");
    council_put_string(behov_wording_text(&it), out);
    behov_wording_add(out, ",\"amount\":");
    council_put_string(behov_label(council_language(council), council_in_kroner(council)
                                                                  ? BEHOV_WORD_AMOUNT_KR_PER_INHABITANT
                                                                  : BEHOV_WORD_AMOUNT_OTHER),
                       out);
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        behov_wording_print(out, ",\"%s\":", said[i].key);
        council_put_string(council_label(council, said[i].word), out);
    }
    behov_wording_add_letter(out, '}');
    behov_wording_spend(out, &it);
}

static void put_source(const behov_council *council, behov_wording *out)
{
    behov_wording name = {0};
    if (council->fit_results->study->is_simulated)
        behov_wording_add(&name, behov_label(council_language(council), BEHOV_WORD_COUNCIL_FILE_SIMULATED));
    else
        behov_fit_results_data_name(council->fit_results, &name);
    council_put_string(behov_wording_text(&name), out);
    behov_wording_spend(out, &name);
}

void council_put_common_data(const behov_council *council, const behov_council_extras *extras, behov_wording *out)
{
    const behov_study *study = council->fit_results->study;
    bool in_kroner = council_in_kroner(council);
    behov_wording_print(out,
                        "{\"schema\":\"behov-council/1\",\"simulated\":%s,\"program\":\"behov %s\",\"lang\":\"%s\","
                        "\"year\":%d,\"level\":",
                        study->is_simulated ? "true" : "false", behov_version(),
                        behov_language_name(council_language(council)), council->year);
    council_put_exact(council->choices.profile.level, out);
    behov_wording_add(out, ",\"formula\":");
    council_put_string(behov_formula_text(study->formula), out);
    behov_wording_add(out, ",\"source\":");
    put_source(council, out);
    /* an amount of the outcome times this is what is shown; times inhabitants and that, million kroner */
    behov_wording_print(out, ",\"shown\":%s,\"inAll\":%s,\"decimals\":%d,\"mark\":\"%c\",\"each\":%lu,\"pages\":[",
                        study->unit == BEHOV_UNIT_1000KR_PER_INHABITANT ? "1000" : "1",
                        !in_kroner                                        ? "null"
                        : study->unit == BEHOV_UNIT_1000KR_PER_INHABITANT ? "1e-3"
                                                                          : "1e-6",
                        in_kroner ? 0 : 3, behov_label_decimal_mark(council_language(council)),
                        (unsigned long)(extras->packed ? extras->n_each : 0));
    for (size_t i = 0; i < council->n; i++) {
        const behov_municipality *who = council_municipality(council, council->pages[i].profile->place);
        behov_wording_add(out, i ? "," : "");
        council_put_string(who->code[0] ? who->code : who->name, out);
    }
    behov_wording_add(out, "],\"whatif\":");
    put_whatif(council, out);
    behov_wording_add(out, ",\"words\":");
    put_words(council, out);
    behov_wording_add_letter(out, '}');
}
