/* study.c - from options to a panel in memory with its formula and conditions bound.
 *
 * Only the columns that the formula, the conditions, the clustering and the roles need are read; the others cost
 * nothing and cannot fail. */
#include "study.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "country.h"
#include "datasets.h"
#include "findings.h"
#include "model_keys.h"
#include "read_csv.h"
#include "roles.h"
#include "visible.h"

int fail_with(const behov_error *err)
{
    print_visible(stderr, "behov: %s%s%s\n", err->where, err->where[0] ? ": " : "", err->what);
    return err->code == BEHOV_E_ARGUMENT ? 2 : 1;
}

static bool is_silent; /* --quiet of the call */

void note_silence(bool silent) { is_silent = silent; }

void note_beside(void *context, const char *message)
{
    (void)context;
    note("%s", message);
}

void note(const char *format, ...)
{
    if (is_silent)
        return;
    fputs("behov: note: ", stderr);
    va_list arguments;
    va_start(arguments, format);
    print_visible_list(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
}

void title_mark_simulated(language lang, char *title, size_t size)
{
    size_t length = strlen(title);
    snprintf(title + length, size - length, " – %s", label(lang, "profile_simulated"));
}

void study_mark_title(const study *of, char *title, size_t size)
{
    if (of->is_simulated)
        title_mark_simulated(of->lang, title, size);
}

void study_mark_sentence(const study *of, char *text, size_t size)
{
    size_t length = strlen(text);
    if (of->is_simulated && length)
        snprintf(text + length, size - length, " %s.", label(of->lang, "profile_simulated"));
}

bool study_language(const command_line *line, language *lang)
{
    const char *wanted = option_value(line, "lang");
    *lang = LANGUAGE_NB;
    if (!wanted || strcmp(wanted, "nb") == 0)
        return true;
    *lang = LANGUAGE_EN;
    if (strcmp(wanted, "en") == 0)
        return true;
    wrong_call(line->of, "--lang %s: the languages are nb (bokmål) and en", wanted);
    return false;
}

static char *copy(const char *text)
{
    char *made = malloc(strlen(text) + 1);
    if (made)
        strcpy(made, text);
    return made;
}

/* ---- which columns are read, and how ---------------------------------------------------------------------------- */

typedef struct wanted {
    const study *of;
    const char **names;                   /* by role, from the options */
    behov_expression **expressions;       /* outcome, conditions, cluster keys that are arithmetic */
    size_t n_expressions;
    const char *const *cluster_keys;
    size_t n_cluster_keys;
    bool collects; /* does not stop at what is wrong with rows */
} wanted;

/* Whether an expression names this column: by its name, or by the name of its role. */
static bool names_column(const behov_expression *expression, const char *name, const char *role_name, bool *as_number)
{
    for (size_t i = 0; i < behov_expression_n_columns(expression); i++) {
        const char *column = behov_expression_column(expression, i);
        if (strcmp(column, name) == 0 || (role_name && strcmp(column, role_name) == 0)) {
            *as_number = *as_number || behov_expression_wants_number(expression, i);
            return true;
        }
    }
    return false;
}

static behov_role role_of(const wanted *what, const char *name)
{
    for (int role = 0; role < BEHOV_N_ROLES; role++)
        if (what->names[role] && strcmp(what->names[role], name) == 0)
            return (behov_role)role;
    behov_role role = behov_role_of_name(name);
    return role < BEHOV_N_ROLES && !what->names[role] ? role : BEHOV_N_ROLES;
}

static read_kind choose(void *context, const char *name)
{
    wanted *what = context;
    const char *population = what->of->model.population;
    if (population && !what->names[BEHOV_ROLE_POPULATION] && strcmp(population, name) == 0 &&
        strcmp(population, behov_role_name(BEHOV_ROLE_POPULATION)) != 0) /* which the role has by itself, and others beside it */
        what->names[BEHOV_ROLE_POPULATION] = population; /* the model's own name, where the file has it */
    behov_role role = role_of(what, name);
    if (role == BEHOV_ROLE_CODE) /* let through, codes are what stands there */
        return (what->of->allowed >> BEHOV_ODD_CODE) & 1u ? READ_AS_TEXT : READ_AS_CODE;
    if (role == BEHOV_ROLE_MUNICIPALITY)
        return READ_AS_TEXT;
    if (role < BEHOV_N_ROLES)
        return READ_AS_NUMBER;
    if (roles_gives_way(what->names, name))
        return READ_NOT;
    bool found = false, as_number = false, is_key = false;
    const behov_formula *formula = what->of->formula;
    for (size_t t = 0; t < behov_formula_n_terms(formula); t++)
        for (size_t i = 0; i < behov_formula_n_components(formula, t); i++) {
            behov_component piece = behov_formula_component(formula, t, i);
            bool number = false;
            if (names_column(piece.expression, name, NULL, &number)) {
                found = true;
                as_number = as_number || (number && !piece.is_factor); /* I(f == "u") compares a text */
                is_key = is_key || piece.is_factor;
            }
        }
    for (size_t i = 0; i < what->n_expressions; i++)
        found = names_column(what->expressions[i], name, NULL, &as_number) || found;
    for (size_t i = 0; i < what->n_cluster_keys; i++)
        is_key = is_key || strcmp(what->cluster_keys[i], name) == 0;
    if (found || is_key)
        return !as_number ? READ_AS_KEY : is_key ? READ_AS_BOTH : READ_AS_NUMBER;
    return strcmp(name, "source") == 0 ? READ_AS_TEXT : READ_NOT;
}

static void tell(void *context, const char *message)
{
    const wanted *what = context;
    if (!what->of->is_quiet)
        note("%s", message);
}

bool study_formula_names(const behov_formula *formula, const char *column)
{
    bool as_number = false, is_named = names_column(behov_formula_outcome(formula), column, NULL, &as_number);
    for (size_t t = 0; t < behov_formula_n_terms(formula) && !is_named; t++)
        for (size_t i = 0; i < behov_formula_n_components(formula, t) && !is_named; i++)
            is_named = names_column(behov_formula_component(formula, t, i).expression, column, NULL, &as_number);
    return is_named;
}

bool study_is_year(const study *of, const char *column)
{
    ptrdiff_t year = of->panel.columns[BEHOV_ROLE_YEAR];
    return strcmp(column, "year") == 0 || (year >= 0 && behov_table_find(of->table, column) == year);
}

/* ---- the model -------------------------------------------------------------------------------------------------- */

static int open_model(study *of, const command_line *line, const char *formula_text)
{
    behov_error err;
    const char *path = option_value(line, "model"), *text = option_value(line, "formula");
    if (path && text)
        return wrong_call(line->of, "--model and --formula exclude each other; give one");
    if (path && !(of->model_path = copy(path))) {
        behov_error_set(&err, BEHOV_E_MEMORY, path, "not enough memory for the model file");
        return fail_with(&err);
    }
    if (!path && !text && !formula_text && datasets_path("models/proba-2017-08.ini", &of->model_path, &err))
        return fail_with(&err);
    of->is_bundled_model = !path && of->model_path;
    if (of->model_path && read_model(of->model_path, &of->model, &err))
        return fail_with(&err);
    bool is_the_files = !text && !formula_text;
    if (behov_formula_parse(text ? text : formula_text ? formula_text : of->model.formula, &of->formula, &err)) {
        if (is_the_files) { /* the formula has a place of its own in the file */
            behov_error inner = err;
            char where[160];
            snprintf(where, sizeof where, "%.*s, %.*s", label_clip(of->model_path, 90), of->model_path,
                     label_clip(inner.where, 60), inner.where);
            behov_error_set(&err, inner.code, where, "%s", inner.what);
        }
        return fail_with(&err);
    }
    if (of->model_path && is_the_files && model_keys_check(&of->model, of->formula, of->model_path, &err))
        return fail_with(&err);
    if (model_keys_show_bare(&of->model, of->formula, &err))
        return fail_with(&err);
    if (of->model.encoding_is_guess && !of->is_quiet)
        note("%s: read as ISO-8859-1/Windows-1252, for it is no UTF-8 (found by looking)", of->model_path);
    of->unit = of->model.unit;
    const char *unit = option_value(line, "outcome-unit");
    if (unit && read_outcome_unit(unit, "--outcome-unit", &of->unit, &err)) {
        fail_with(&err);
        return 2;
    }
    return 0;
}

static int open_condition(const char *text, const char *what, behov_expression **condition)
{
    behov_error err;
    if (!text || !text[0])
        return 0;
    if (behov_expression_parse(text, strlen(text), what, condition, &err))
        return fail_with(&err);
    if (!behov_expression_is_condition(*condition)) {
        behov_error_set(&err, BEHOV_E_SYNTAX, what,
                        "\"%s\" is not a condition; write a comparison such as municipality_code == \"0301\"", text);
        return fail_with(&err);
    }
    return 0;
}

static int open_weights(study *of, const command_line *line)
{
    behov_error err;
    const char *weights = option_value(line, "weights"), *weight_kind = option_value(line, "weight-kind");
    if (weight_kind && !weights)
        return wrong_call(line->of, "--weight-kind %s needs --weights", weight_kind);
    if (weight_kind && strcmp(weight_kind, "frequency") == 0)
        of->weight_kind = BEHOV_WEIGHT_FREQUENCY;
    else if (weight_kind && strcmp(weight_kind, "precision") != 0)
        return wrong_call(line->of, "--weight-kind %s: there are precision and frequency", weight_kind);
    if (weights && behov_expression_parse(weights, strlen(weights), "--weights", &of->weights, &err))
        return fail_with(&err);
    return 0;
}

/* ---- reading ----------------------------------------------------------------------------------------------------- */

static int csv_marks(const command_line *line, read_csv_options *options)
{
    const char *separator = option_value(line, "separator"), *decimal = option_value(line, "decimal");
    if (separator) {
        static const struct {
            const char *name;
            char mark;
        } known[] = {{"comma", ','}, {"semicolon", ';'}, {"tab", '\t'}, {",", ','}, {";", ';'}, {"\t", '\t'}, {"\\t", '\t'}};
        for (size_t i = 0; i < sizeof known / sizeof *known; i++)
            if (strcmp(known[i].name, separator) == 0)
                options->separator = known[i].mark;
        if (!options->separator)
            return wrong_call(line->of, "--separator %s: the separators are comma, semicolon and tab", separator);
    }
    if (decimal) {
        if (strcmp(decimal, "point") == 0 || strcmp(decimal, ".") == 0)
            options->decimal_mark = '.';
        else if (strcmp(decimal, "comma") == 0 || strcmp(decimal, ",") == 0)
            options->decimal_mark = ',';
        else
            return wrong_call(line->of, "--decimal %s: the decimal marks are point and comma", decimal);
    }
    return 0;
}

/* Whether the panel says of itself that it is simulated. */
static bool says_simulated(const behov_table *table)
{
    ptrdiff_t column = behov_table_find(table, "source");
    if (column < 0 || behov_table_kind(table, (size_t)column) != BEHOV_COLUMN_TEXT)
        return false;
    const behov_dictionary *levels = behov_table_levels(table, (size_t)column);
    int32_t code = behov_dictionary_find(levels, "simulated", strlen("simulated"));
    for (size_t row = 0; code >= 0 && row < behov_table_n_rows(table); row++)
        if (behov_table_codes(table, (size_t)column)[row] == code)
            return true; /* one simulated row is enough to call the panel so */
    return false;
}

/* A condition that is the model's is not looked for on the command line. */
static behov_status bind_exclude(const study *of, const command_line *line, behov_error *err)
{
    behov_error inner;
    behov_status status = behov_expression_bind(of->exclude, of->table, &inner);
    if (!status)
        return BEHOV_OK;
    if (option_given(line, "exclude")) {
        *err = inner;
        return status;
    }
    return behov_error_set(err, status, inner.where, "%s; the model leaves rows out by it, with --exclude '' none are",
                           behov_cut(inner.what, 200).text);
}

static int read_panel(study *of, const command_line *line, wanted *what)
{
    behov_error err;
    read_csv_options options = {.choose = choose, .notice = tell, .context = what,
                                .encoding = option_value(line, "encoding")};
    int code = csv_marks(line, &options);
    if (code)
        return code;
    options.n_missing = option_count(line, "missing");
    const char **marks = calloc(options.n_missing + 1, sizeof *marks);
    if (!marks) {
        behov_error_set(&err, BEHOV_E_MEMORY, of->panel_path, "not enough memory for the marks of --missing");
        return fail_with(&err);
    }
    for (size_t i = 0; i < options.n_missing; i++)
        marks[i] = option_value_at(line, "missing", i);
    options.missing = marks;
    options.mending = &of->mending;
    of->missing_mark = options.n_missing == 1 ? marks[0] : NULL;
    char caption[200];
    snprintf(caption, sizeof caption, "%s", of->panel_path);
    options.progress = progress_new(caption);
    behov_status status = read_csv(of->panel_path, &options, &of->table, &err);
    progress_free(options.progress);
    free(marks);
    if (!status)
        status = behov_panel_find(of->table, what->names, &of->panel, &err);
    if (!status && !((of->allowed >> BEHOV_ODD_NO_MUNICIPALITY) & 1u))
        status = behov_plausibility_mark(of->table, &of->panel, &err);
    if (!status)
        status = roles_settle(of, line, what->names, &err);
    if (!status && !what->collects)
        status = behov_panel_check(&of->panel, &err);
    if (!status && of->exclude)
        status = bind_exclude(of, line, &err);
    if (!status && of->set_aside)
        status = behov_expression_bind(of->set_aside, of->table, &err);
    if (!status && of->weights)
        status = behov_expression_bind(of->weights, of->table, &err);
    if (study_is_transformed(of))
        of->unit = BEHOV_UNIT_UNKNOWN; /* its unit is that of no amount */
    if (!status)
        status = findings_look(of, &err);
    if (status)
        return fail_with(&err);
    code = what->collects ? 0 : findings_tell(of);
    if (code)
        return code;
    of->is_simulated = says_simulated(of->table);
    bool is_country;
    if (country_is_in(&of->panel, of->table, of->exclude, &is_country, &err))
        return fail_with(&err);
    if (!is_country) /* its own municipalities are spoken of where the country would be */
        of->lang = language_of_file(of->lang);
    return 0;
}

/* Whether a condition is true in any row. */
static bool meets_a_row(const behov_expression *condition, const behov_table *table)
{
    size_t n_rows = behov_table_n_rows(table);
    for (size_t first = 0; first < n_rows; first += BEHOV_EXPRESSION_BLOCK) {
        uint32_t rows[BEHOV_EXPRESSION_BLOCK];
        double values[BEHOV_EXPRESSION_BLOCK];
        size_t n = n_rows - first < BEHOV_EXPRESSION_BLOCK ? n_rows - first : BEHOV_EXPRESSION_BLOCK;
        for (size_t i = 0; i < n; i++)
            rows[i] = (uint32_t)(first + i);
        behov_expression_evaluate(condition, rows, n, values);
        for (size_t i = 0; i < n; i++)
            if (values[i] == 1)
                return true;
    }
    return false;
}

/* A condition that meets no row may be misspelt. The bundled model leaves Oslo out, which a panel may lack, and a saved
 * fit knows another panel: they alone are passed over in silence. */
static void tell_idle_conditions(const study *of, const command_line *line)
{
    bool is_given = option_given(line, "exclude"), is_own = of->model.exclude && !of->is_bundled_model;
    if (of->is_quiet)
        return;
    if (of->exclude && (is_given || is_own) && !meets_a_row(of->exclude, of->table))
        note("no row is left out by %s %s", is_given ? "--exclude" : "the model's exclude,",
             behov_expression_text(of->exclude));
    if (of->set_aside && !meets_a_row(of->set_aside, of->table))
        note("no row is set aside by --set-aside %s", behov_expression_text(of->set_aside));
}

/* ---- years of the panel and of the bundled model ------------------------------------------------------------------
 */

typedef struct panel_years {
    double first, last;
    bool has_reference;
} panel_years;

static panel_years years_of(const study *of, size_t column, double reference)
{
    const double *years = behov_table_numbers(of->table, column);
    panel_years found = {NAN, NAN, false};
    for (size_t row = 0; row < behov_table_n_rows(of->table); row++) {
        if (isnan(years[row]))
            continue;
        found.first = fmin(found.first, years[row]);
        found.last = fmax(found.last, years[row]);
        found.has_reference = found.has_reference || years[row] == reference;
    }
    return found;
}

/* The bundled model measures years against that of the report. A panel without it is measured against its first year,
 * and one of a single year has no effects of years; either is told. Models of the user are left as they are written. */
static int suit_reference_year(study *of, wanted *what)
{
    static const char term[] = "factor(year, ref = ";
    const char *formula = of->model.formula, *at = of->is_bundled_model && formula ? strstr(formula, term) : NULL;
    ptrdiff_t column = of->panel.columns[BEHOV_ROLE_YEAR];
    const char *end = at ? strchr(at, ')') : NULL;
    if (!end || column < 0)
        return 0;
    int reference = atoi(at + strlen(term));
    panel_years found = years_of(of, (size_t)column, reference);
    if (isnan(found.first) || found.has_reference)
        return 0;
    bool is_one = found.first == found.last;
    size_t length = (size_t)(at - formula);
    while (is_one && length && strchr(" \t\n+", formula[length - 1]))
        length--;
    size_t size = strlen(formula) + 1;
    char *text = malloc(size), message[200];
    behov_formula *made = NULL;
    behov_error err;
    if (!text) {
        behov_error_set(&err, BEHOV_E_MEMORY, of->panel_path, "not enough memory for the formula");
        return fail_with(&err);
    }
    snprintf(text, size, "%.*s%s%s", (int)length, formula, is_one ? "" : "factor(year)", end + 1);
    behov_status status = behov_formula_parse(text, &made, &err);
    free(text);
    if (status)
        return fail_with(&err);
    behov_formula_free(of->formula);
    of->formula = made;
    if (is_one)
        snprintf(message, sizeof message, "all rows are of %.0f, so the model has no effects of years", found.first);
    else
        snprintf(message, sizeof message,
                 "the model's reference year %d is not in the panel; years are measured against the first, %.0f",
                 reference, found.first);
    tell(what, message);
    return 0;
}

int study_open(study *of, const command_line *line, const char *const *cluster_keys, size_t n_cluster_keys,
               const saved_model *saved)
{
    const char *panel;
    int code = study_only_panel(line, &panel);
    return code ? code : study_open_panel(of, line, panel, cluster_keys, n_cluster_keys, saved);
}

int study_only_panel(const command_line *line, const char **panel)
{
    *panel = line->n_operands ? line->operands[0] : NULL;
    if (line->n_operands > 1)
        return wrong_call(line->of, "one panel at a time: %s and %s were given", line->operands[0], line->operands[1]);
    return 0;
}

int study_open_model(study *of, const command_line *line, const saved_model *saved)
{
    *of = (study){.is_quiet = option_given(line, "quiet"), .shows_names = option_given(line, "names")};
    if (saved) {
        of->saved_columns = saved->columns;
        of->n_saved_columns = saved->n_columns;
    }
    if (!study_language(line, &of->lang) || !findings_read_allowed(line, &of->allowed))
        return 2;
    int code = open_model(of, line, saved ? saved->formula : NULL);
    of->exclude_text = option_given(line, "exclude") ? option_value(line, "exclude")
                       : of->model.exclude            ? of->model.exclude
                       : saved                        ? saved->exclude
                                                      : NULL;
    if (of->exclude_text && !of->exclude_text[0])
        of->exclude_text = NULL;
    of->model_excludes = of->exclude_text && !option_given(line, "exclude");
    if (!code && saved && saved->has_unit && !option_given(line, "outcome-unit"))
        of->unit = saved->unit; /* the saved fit knows what its outcome was */
    if (!code)
        code = open_condition(of->exclude_text, option_given(line, "exclude") ? "--exclude" : "exclude of the model",
                              &of->exclude);
    if (!code)
        code = open_condition(option_value(line, "set-aside"), "--set-aside", &of->set_aside);
    return code ? code : open_weights(of, line);
}

static int open_panel(study *of, const command_line *line, const char *panel, const char *const *cluster_keys,
                      size_t n_cluster_keys, const saved_model *saved, bool collects)
{
    behov_error err;
    int code = study_open_model(of, line, saved);
    if (code)
        return code;
    const char *key_of_model = of->model.cluster;
    if (n_cluster_keys == 0 && key_of_model && !option_given(line, "cluster")) {
        cluster_keys = &key_of_model;
        n_cluster_keys = 1;
    }
    of->is_bundled = !panel;
    if (of->is_bundled) {
        if (datasets_path("simulated/panel.csv", &of->panel_path, &err))
            return fail_with(&err);
    } else if (!(of->panel_path = copy(panel))) {
        behov_error_set(&err, BEHOV_E_MEMORY, panel, "not enough memory for its name");
        return fail_with(&err);
    }

    const char *names[BEHOV_N_ROLES] = {
        [BEHOV_ROLE_CODE] = option_value(line, "code"),
        [BEHOV_ROLE_MUNICIPALITY] =
            option_value(line, verb_has_option(line->of, "name-column") ? "name-column" : "municipality"),
        [BEHOV_ROLE_YEAR] = option_value(line, verb_has_option(line->of, "year-column") ? "year-column" : "year"),
        [BEHOV_ROLE_POPULATION] = option_value(line, "population"),
    };
    wanted what = {.of = of,
                   .names = names,
                   .cluster_keys = cluster_keys,
                   .n_cluster_keys = n_cluster_keys,
                   .collects = collects};
    const size_t n_conditions = 4; /* the outcome, two conditions, the weights */
    what.expressions = calloc(n_conditions + n_cluster_keys + 1, sizeof *what.expressions);
    if (!what.expressions) {
        behov_error_set(&err, BEHOV_E_MEMORY, "", "not enough memory for the formula");
        return fail_with(&err);
    }
    what.expressions[what.n_expressions++] = behov_formula_outcome(of->formula);
    if (of->exclude)
        what.expressions[what.n_expressions++] = of->exclude;
    if (of->set_aside)
        what.expressions[what.n_expressions++] = of->set_aside;
    if (of->weights)
        what.expressions[what.n_expressions++] = of->weights;
    if (n_cluster_keys == 0 && of->model.cluster) {
        what.cluster_keys = cluster_keys = (const char *const *)&of->model.cluster;
        what.n_cluster_keys = n_cluster_keys = 1;
    }
    /* A key that is arithmetic names its columns inside; one that does not parse may be a column with odd letters. */
    size_t first_key = what.n_expressions;
    for (size_t i = 0; i < n_cluster_keys && !code; i++) {
        behov_expression *key = NULL;
        behov_status status = behov_expression_parse(cluster_keys[i], strlen(cluster_keys[i]), "--cluster", &key, &err);
        if (status == BEHOV_E_MEMORY)
            code = fail_with(&err);
        if (!status) {
            if (behov_expression_n_columns(key) == 1 && strcmp(behov_expression_column(key, 0), cluster_keys[i]) == 0)
                behov_expression_free(key); /* a plain column may be text */
            else
                what.expressions[what.n_expressions++] = key;
        }
    }
    if (!code)
        code = read_panel(of, line, &what);
    for (size_t i = first_key; i < what.n_expressions; i++)
        behov_expression_free(what.expressions[i]);
    free(what.expressions);
    if (!code && !saved) /* given coefficients are those of the formula as it is */
        code = suit_reference_year(of, &what);
    if (code)
        return code;

    tell_idle_conditions(of, line);
    /* A panel may set rows aside by itself: column estimated_on with 0. */
    if (!of->set_aside && of->panel.columns[BEHOV_ROLE_ESTIMATED_ON] >= 0) {
        if (behov_expression_parse("estimated_on == 0", 17, "estimated_on", &of->set_aside, &err) ||
            behov_expression_bind(of->set_aside, of->table, &err))
            return fail_with(&err);
    }
    return 0;
}

int study_open_panel(study *of, const command_line *line, const char *panel, const char *const *cluster_keys,
                     size_t n_cluster_keys, const saved_model *saved)
{
    return open_panel(of, line, panel, cluster_keys, n_cluster_keys, saved, false);
}

int study_open_to_check(study *of, const command_line *line, const char *const *cluster_keys, size_t n_cluster_keys)
{
    const char *panel;
    int code = study_only_panel(line, &panel);
    return code ? code : open_panel(of, line, panel, cluster_keys, n_cluster_keys, NULL, true);
}

bool study_is_transformed(const study *of)
{
    return of->formula && behov_expression_is_transformed(behov_formula_outcome(of->formula));
}

void study_close(study *of)
{
    behov_plausibility_free(of->found);
    free(of->assumed_reference);
    for (size_t i = 0; i < of->n_cautions; i++)
        free(of->cautions[i]);
    behov_formula_free(of->formula);
    behov_expression_free(of->exclude);
    behov_expression_free(of->set_aside);
    behov_expression_free(of->weights);
    behov_table_free(of->table);
    model_free(&of->model);
    free(of->panel_path);
    free(of->model_path);
    *of = (study){0};
}

const char *study_term(const study *of, const char *term)
{
    return of->shows_names ? term : model_label(&of->model, of->lang, term);
}

const char *study_term_in_sentence(const study *of, const char *term, char text[STUDY_TERM])
{
    const char *shown = study_term(of, term), *unit = model_unit(&of->model, of->lang, term);
    snprintf(text, STUDY_TERM, "%.*s", label_clip(shown, STUDY_TERM - 1), shown);
    if (!of->shows_names)
        model_label_without_unit(text, unit);
    return text;
}

void study_say_term(const study *of, const char *term, wording *words)
{
    wording_clear(words);
    wording_add(words, study_term(of, term));
    if (of->shows_names || !words->length)
        return;
    model_label_without_unit(words->text, model_unit(&of->model, of->lang, term));
    words->length = strlen(words->text);
}

const char *const *study_skipped_terms(const study *of)
{
    static const char *const names[] = {"variable", NULL}, *const labels[] = {"term", NULL};
    return of->shows_names ? names : labels;
}

behov_quantity study_amount_quantity(const study *of)
{
    return of->unit == BEHOV_UNIT_KR_PER_INHABITANT ? BEHOV_Q_GAP : BEHOV_Q_OUTCOME;
}

const char *study_key_in_sentence(const study *of, const char *key)
{
    if (of->shows_names || !key[0])
        return key;
    if (strcmp(key, "municipality_code") == 0)
        return label(of->lang, "key_municipality");
    return strcmp(key, "year") == 0 ? label(of->lang, "key_year") : key;
}
