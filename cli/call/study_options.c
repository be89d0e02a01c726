/* study_options.c - from a call to a panel in memory with its formula and conditions bound. */
#include "study_options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <behov/build_remarks.h>
#include <behov/column_labels.h>
#include <behov/panel_findings.h>
#include <behov/panel_merge.h>
#include "convention_options.h"
#include "datasets.h"
#include "findings_options.h"
#include "read_manifest.h"
#include "read_model.h"
#include "read_municipality_history.h"
#include "read_table.h"
#include "verb.h"
#include "system.h"

/* More of them gain nothing: the passes over the rows wait for memory. */
enum { MOST_THREADS = 8 };

bool is_quiet(const command_line *line)
{
    return option_given(line, "quiet");
}

bool study_language(const command_line *line, behov_language *language)
{
    const char *name = option_value(line, "lang");
    *language = messages_language(); /* --lang as far as it is one, else BEHOV_LANG */
    if (!name || behov_language_find(name, language))
        return true;
    wrong_value(line->verb, "lang", name, SAY_STUDY_LANG, name);
    return false;
}

int study_only_panel(const command_line *line, const char **panel)
{
    *panel = line->n_operands ? line->operands[0] : NULL;
    if (line->n_operands > 1)
        return wrong_call(line->verb, SAY_STUDY_ONE_PANEL, line->operands[0], line->operands[1]);
    return 0;
}

/* ---- the model -------------------------------------------------------------------------------------------------- */

/* The model file of the call, or the bundled one where it names neither a file nor a formula. */
static int read_model_file(const command_line *line, bool has_formula, behov_study *study)
{
    behov_error err;
    const char *path = option_value(line, "model");
    if (path && !(study->model_path = strdup(path))) {
        behov_error_say(&err, BEHOV_E_MEMORY, path, SAY_MODEL_FILE_NO_MEMORY);
        return print_failure(&err);
    }
    if (!path && !has_formula && datasets_path("models/proba-2017-08.ini", &study->model_path, &err))
        return print_failure(&err);
    study->is_bundled_model = !path && study->model_path;
    if (study->model_path && read_model(study->model_path, &study->model, &err))
        return print_failure(&err);
    return 0;
}

static int read_weight_kind(const command_line *line, behov_model_request *request)
{
    const char *name = option_value(line, "weight-kind");
    if (name && !request->weights)
        return wrong_call(line->verb, SAY_STUDY_WEIGHT_KIND_NEEDS_WEIGHTS, name);
    if (name && strcmp(name, "frequency") == 0)
        request->weight_kind = BEHOV_WEIGHT_FREQUENCY;
    else if (name && strcmp(name, "precision") != 0)
        return wrong_call(line->verb, SAY_STUDY_WEIGHT_KIND, name);
    return 0;
}

static int read_working(const command_line *line, behov_model_request *request)
{
    const char *name = option_value(line, "cv2-working"), *se = option_value(line, "se");
    if (name && !(se && (strcmp(se, "cv2") == 0 || strcmp(se, "all") == 0)))
        return wrong_call(line->verb, SAY_STUDY_WORKING_NEEDS_CV2, name);
    if (name && strcmp(name, "identity") == 0)
        request->working = BEHOV_WORKING_EQUAL;
    else if (name && strcmp(name, "inverse") != 0)
        return wrong_call(line->verb, SAY_STUDY_WORKING, name);
    return 0;
}

static int read_unit(const command_line *line, const saved_model *saved_model, behov_study *study)
{
    behov_error err;
    const char *unit = option_value(line, "outcome-unit");
    study->unit = study->model.unit;
    if (saved_model && saved_model->has_unit)
        study->unit = saved_model->unit; /* the saved fit knows what its outcome was */
    if (unit && behov_read_outcome_unit(unit, "--outcome-unit", &study->unit, &err)) {
        print_failure(&err);
        return 2;
    }
    return 0;
}

/* A model file has its own. The formula of an option may be another than that of the fit, and have none of its terms. */
static void take_saved_names(behov_study *study, behov_model *names)
{
    for (int lang = 0; lang < BEHOV_N_LANGUAGES; lang++) {
        if (!study->model.labels[lang]) {
            study->model.labels[lang] = names->labels[lang];
            study->model.n_labels[lang] = names->n_labels[lang];
            names->labels[lang] = NULL;
            names->n_labels[lang] = 0;
        }
        if (!study->model.units[lang]) {
            study->model.units[lang] = names->units[lang];
            study->model.n_units[lang] = names->n_units[lang];
            names->units[lang] = NULL;
            names->n_units[lang] = 0;
        }
    }
}

/* Those of --weights where it names a column; to `behov key` it names a file of the key's weights. */
static const char *weights_of_rows(const command_line *line)
{
    for (size_t i = 0; i < line->n_given; i++) {
        const option_text *option = line->parsed_option[i].option;
        if (strcmp(option->name, "weights") == 0 && option->argument == ARGUMENT(COLUMN))
            return line->parsed_option[i].value;
    }
    return NULL;
}

int study_begin(behov_study *study, const command_line *line)
{
    memset(study, 0, sizeof *study);
    study->notice.hear = print_note_beside;
    study->n_threads = system_processors() < MOST_THREADS ? system_processors() : MOST_THREADS;
    study->shows_names = option_given(line, "names");
    study->is_for_readers = (line->verb->needs & SPEAKS_TO_READERS) != 0;
    if (convention_options_read(line, &study->conventions))
        return 2;
    return study_language(line, &study->lang) && findings_read_allowed(line, &study->n_allowed) ? 0 : 2;
}

int study_open_model(behov_study *study, const command_line *line, const saved_model *saved_model)
{
    behov_error err;
    if (study_begin(study, line))
        return 2;
    if (saved_model) {
        study->saved_columns = saved_model->columns;
        study->n_saved_columns = saved_model->n_columns;
    }
    const char *text = option_value(line, "formula");
    if (text && option_given(line, "model"))
        return wrong_call(line->verb, SAY_STUDY_MODEL_AND_FORMULA);
    behov_model_request request = {.formula = text          ? text
                                              : saved_model ? saved_model->formula
                                                            : NULL,
                                   .set_aside = option_value(line, "set-aside"),
                                   .set_aside_origin = "--set-aside",
                                   .weights = weights_of_rows(line),
                                   .weights_origin = "--weights"};
    int code = read_model_file(line, request.formula != NULL, study);
    if (!code && saved_model && saved_model->names && !text)
        take_saved_names(study, saved_model->names);
    if (!code)
        code = read_unit(line, saved_model, study);
    if (!code)
        code = read_weight_kind(line, &request);
    if (!code)
        code = read_working(line, &request);
    if (code)
        return code;
    if (study->model.encoding_is_guess && !is_quiet(line))
        print_note(SAY_STUDY_MODEL_ENCODING, study->model_path);
    bool is_given = option_given(line, "exclude");
    request.exclude = is_given               ? option_value(line, "exclude")
                      : study->model.exclude ? study->model.exclude
                      : saved_model          ? saved_model->exclude
                                             : NULL;
    request.exclude_origin = is_given ? "--exclude" : PHRASE_STUDY_WHERE_EXCLUDE;
    study->model_excludes = request.exclude && request.exclude[0] && !is_given;
    return behov_study_set_model(study, &request, &err) ? print_failure(&err) : 0;
}

/* ---- reading ----------------------------------------------------------------------------------------------------- */

int study_marks(const command_line *line, char *separator_letter, char *decimal_mark)
{
    const char *separator = option_value(line, "separator"), *decimal = option_value(line, "decimal");
    if (separator) {
        static const struct {
            const char *name;
            char mark;
        } entry[] = {{"comma", ','}, {"semicolon", ';'}, {"tab", '\t'}, {",", ','},
                     {";", ';'},     {"\t", '\t'},       {"\\t", '\t'}};
        for (size_t i = 0; i < sizeof entry / sizeof *entry; i++)
            if (strcmp(entry[i].name, separator) == 0)
                *separator_letter = entry[i].mark;
        if (!*separator_letter)
            return wrong_value(line->verb, "separator", separator, SAY_STUDY_SEPARATOR, separator);
    }
    if (decimal) {
        if (strcmp(decimal, "point") == 0 || strcmp(decimal, ".") == 0)
            *decimal_mark = '.';
        else if (strcmp(decimal, "comma") == 0 || strcmp(decimal, ",") == 0)
            *decimal_mark = ',';
        else
            return wrong_value(line->verb, "decimal", decimal, SAY_STUDY_DECIMAL, decimal);
    }
    return 0;
}

typedef struct panel_reading {
    behov_panel_request *request;
    bool is_quiet;
    behov_study *study;      /* that it is read for */
    const char *code_column; /* that --code names, of a panel that is read whole; NULL = none */
} panel_reading;

static behov_read_kind choose(void *context, const char *name)
{
    panel_reading *reading = context;
    behov_read_kind kind = behov_panel_request_column(reading->request, name);
    if (kind != BEHOV_READ_NOT || !name[0])
        return kind;
    if (reading->request->reads_all)
        return BEHOV_READ_AS_FOUND;
    behov_error err; /* without memory the note is shorter */
    (void)!behov_study_note_unread(reading->study, name, &err);
    return BEHOV_READ_NOT;
}

static bool is_wanted(void *context, const char *column)
{
    return behov_panel_request_column(((panel_reading *)context)->request, column) != BEHOV_READ_NOT;
}

/* A column that no part of the model names may be called by the label of one that it names. */
static behov_status know_label(void *context, const char *label, const char **name, behov_error *err)
{
    const behov_panel_request *request = ((panel_reading *)context)->request;
    if (is_wanted(context, label))
        return BEHOV_OK;
    return behov_column_of_label(request->study, label, is_wanted, context, name, err);
}

static void print_notice(void *context, const char *message)
{
    if (!((panel_reading *)context)->is_quiet)
        print_note(SAY_MESSAGE, message);
}

static behov_status read_panel_table(const command_line *line, behov_study *study, read_csv_options *options,
                                     behov_table **table, behov_error *err)
{
    options->n_missing = option_count(line, "missing");
    const char **marks = calloc(options->n_missing + 1, sizeof *marks);
    if (!marks)
        return behov_error_say(err, BEHOV_E_MEMORY, study->panel_path, SAY_STUDY_NO_MEMORY_MISSING);
    for (size_t i = 0; i < options->n_missing; i++)
        marks[i] = option_value_at(line, "missing", i);
    options->missing_text = marks;
    options->mending = &study->mending;
    study->missing_mark = options->n_missing == 1 ? marks[0] : NULL;
    options->progress = progress_new(study->panel_path);
    behov_status status = read_table(study->panel_path, options, table, err);
    progress_free(options->progress);
    free(marks);
    return status;
}

/* As --separator, --decimal, --encoding and --missing say. */
static int read_as_asked(const command_line *line, behov_study *study, read_csv_options *options, behov_table **table)
{
    behov_error err;
    options->encoding = option_value(line, "encoding");
    options->sheet = option_value(line, "sheet");
    int code = study_marks(line, &options->separator, &options->decimal_mark);
    return !code && read_panel_table(line, study, options, table, &err) ? print_failure(&err) : code;
}

static int read_panel(const command_line *line, behov_study *study, behov_panel_request *request)
{
    behov_error err;
    panel_reading errors_reading = {request, is_quiet(line), study, NULL};
    read_csv_options options = {.choose = choose,
                                .know = know_label,
                                .notice = print_notice,
                                .context = &errors_reading,
                                .may_be_empty = study->is_part};
    behov_table *table = NULL;
    int code = read_as_asked(line, study, &options, &table);
    if (code)
        return code;
    /* Read only where codes are held against it; without the file of it codes are taken as they are. */
    behov_municipality_history *history = NULL;
    size_t n_rows = behov_table_n_rows(table);
    bool is_asked_for = n_rows >= BEHOV_BESIDE_FIT_LEAST_CODES && n_rows <= BEHOV_BESIDE_FIT_MOST_ROWS;
    behov_status status = is_asked_for ? read_municipality_history(NULL, NULL, &history, &err) : BEHOV_OK;
    if (status == BEHOV_E_MEMORY) {
        behov_table_free(table);
        return print_failure(&err);
    }
    request->history = history;
    status = behov_study_set_table(study, request, table, &err);
    request->history = NULL;
    behov_municipality_history_free(history);
    if (status)
        return print_failure(&err);
    return request->collects ? 0 : findings_print(study, is_quiet(line));
}

/* A condition that meets no row may be misspelt. The bundled model leaves Oslo out, which a panel may lack, and a saved
 * fit knows another panel: they alone are passed over in silence. */
static void print_idle_conditions(const behov_study *study, const command_line *line)
{
    bool is_given = option_given(line, "exclude"), is_own = study->model.exclude && !study->is_bundled_model;
    const char *set_aside = option_value(line, "set-aside");
    if (study->exclude && (is_given || is_own) && !behov_study_meets_a_row(study, study->exclude)) {
        if (is_given)
            print_note(SAY_STUDY_IDLE_EXCLUDE, behov_expression_text(study->exclude));
        else
            print_note(SAY_STUDY_IDLE_EXCLUDE_OF_MODEL, behov_expression_text(study->exclude));
    }
    if (set_aside && set_aside[0] && !behov_study_meets_a_row(study, study->set_aside))
        print_note(SAY_STUDY_IDLE_SET_ASIDE, behov_expression_text(study->set_aside));
}

static void print_reference_change(const behov_reference_change *change)
{
    if (change->is_changed && change->is_one_year)
        print_note(SAY_STUDY_ONE_YEAR, change->first_year);
    else if (change->is_changed)
        print_note(SAY_STUDY_REFERENCE_YEAR, change->reference, change->first_year);
}

/* ---- opening ------------------------------------------------------------------------------------------------------
 */

static int name_panel(behov_study *study, const char *panel)
{
    behov_error err;
    study->is_bundled = !panel;
    if (study->is_bundled)
        return datasets_path("simulated/panel.csv", &study->panel_path, &err) ? print_failure(&err) : 0;
    if ((study->panel_path = strdup(panel)))
        return 0;
    behov_error_say(&err, BEHOV_E_MEMORY, panel, SAY_STUDY_NO_MEMORY_NAME);
    return print_failure(&err);
}

/* A column that the model counts with is figures in the whole panel too: a cell that a fit refuses is refused. */
static behov_read_kind choose_by_model(const panel_reading *reading, const char *name)
{
    if (!reading->study->formula)
        return BEHOV_READ_AS_FOUND;
    behov_expression *outcome = behov_formula_outcome(reading->study->formula);
    behov_panel_request request = {.study = reading->study, .expressions = &outcome, .n_expressions = 1};
    return behov_panel_request_column(&request, name) == BEHOV_READ_AS_NUMBER ? BEHOV_READ_AS_NUMBER
                                                                              : BEHOV_READ_AS_FOUND;
}

/* Codes are mended, years and populations are figures, the rest is read as it is found. */
static behov_read_kind choose_by_role(void *context, const char *name)
{
    const panel_reading *reading = context;
    if (reading->code_column && strcmp(name, reading->code_column) == 0)
        return BEHOV_READ_AS_CODE;
    switch (behov_role_of_name(name)) {
    case BEHOV_ROLE_CODE: return BEHOV_READ_AS_CODE;
    case BEHOV_ROLE_MUNICIPALITY: return BEHOV_READ_AS_TEXT;
    case BEHOV_ROLE_YEAR:
    case BEHOV_ROLE_POPULATION: return BEHOV_READ_AS_NUMBER;
    default: return choose_by_model(context, name);
    }
}

/* Whether the model has a word for a column: then its labels are known too. */
static bool is_in_model(void *context, const char *column)
{
    const behov_model *model = &((const behov_study *)context)->model;
    return behov_role_of_name(column) < BEHOV_N_ROLES ||
           behov_model_find_pair(model->merging, model->n_merging, column) ||
           behov_model_find_pair(model->labels[BEHOV_LANGUAGE_NB], model->n_labels[BEHOV_LANGUAGE_NB], column) ||
           behov_model_find_pair(model->labels[BEHOV_LANGUAGE_EN], model->n_labels[BEHOV_LANGUAGE_EN], column);
}

static behov_status know_label_of_model(void *context, const char *label, const char **name, behov_error *err)
{
    behov_study *study = ((panel_reading *)context)->study;
    return is_in_model(study, label) ? BEHOV_OK : behov_column_of_label(study, label, is_in_model, study, name, err);
}

static behov_status take_caution(void *context, const char *sentence, behov_error *err)
{
    return behov_study_add_caution(context, sentence, err);
}

/* What the making of a panel left open is said by every output that rests on it. */
behov_status study_add_remarks_of_making(behov_study *study, behov_error *err)
{
    behov_build_remarks remarks;
    behov_status status = read_manifest_remarks(study->panel_path, &remarks, err);
    if (!status)
        status = behov_build_remarks_each(&remarks, study->lang, take_caution, study, err);
    behov_build_remarks_free(&remarks);
    return status;
}

static int add_remarks_of_making(behov_study *study)
{
    behov_error err;
    return study_add_remarks_of_making(study, &err) ? print_failure(&err) : 0;
}

int study_read_whole_panel(behov_study *study, const command_line *line, const char *panel, behov_table **table)
{
    panel_reading reading = {NULL, is_quiet(line), study, option_value(line, "code")};
    read_csv_options options = {
        .choose = choose_by_role, .know = know_label_of_model, .notice = print_notice, .context = &reading};
    int code = name_panel(study, panel);
    if (!code)
        code = read_as_asked(line, study, &options, table);
    return code ? code : add_remarks_of_making(study);
}

/* What shares are of, by --rate and --mean and by the model, of a verb that makes shares anew (malloc); their number. */
static size_t list_weights(const command_line *line, const behov_study *study, const char ***weights)
{
    static const char *const options[] = {"rate", "mean"};
    size_t n = 0;
    *weights = NULL;
    if (!verb_has_option(line->verb, "rate"))
        return 0;
    *weights = malloc((study->model.n_merging + option_count(line, "rate") + option_count(line, "mean") + 1) *
                      sizeof **weights);
    for (size_t i = 0; *weights && i < sizeof options / sizeof *options; i++)
        for (size_t k = 0; k < option_count(line, options[i]); k++) {
            const char *slash = strrchr(option_value_at(line, options[i], k), '/');
            if (slash)
                (*weights)[n++] = slash + 1;
        }
    for (size_t i = 0; *weights && i < study->model.n_merging; i++) {
        behov_merge_rule rule;
        if (!behov_merge_rule_parse("", study->model.merging[i].value, &rule, NULL) && rule.weight)
            (*weights)[n++] = rule.weight;
    }
    return n;
}

static int open_panel(behov_study *study, const command_line *line, const char *panel, const char *const *cluster_keys,
                      size_t n_cluster_keys, const saved_model *saved_model, bool collects)
{
    behov_error err;
    int code = study_open_model(study, line, saved_model);
    study->is_part = line->verb->needs & NEEDS_PART;
    if (!code)
        code = name_panel(study, panel);
    if (code)
        return code;
    const char **weights;
    size_t n_weights = list_weights(line, study, &weights);
    const char *name_column = verb_has_option(line->verb, "name-column") ? "name-column" : "municipality";
    const char *year_column = verb_has_option(line->verb, "year-column") ? "year-column" : "year";
    behov_panel_request request = {
        .study = study,
        .role_columns = {[BEHOV_ROLE_CODE] = option_value(line, "code"),
                         [BEHOV_ROLE_MUNICIPALITY] = option_value(line, name_column),
                         [BEHOV_ROLE_YEAR] = option_value(line, year_column),
                         [BEHOV_ROLE_POPULATION] = option_value(line, "population")},
        .cluster_keys = cluster_keys,
        .n_cluster_keys = n_cluster_keys,
        .more_numbers = weights,
        .n_more_numbers = n_weights,
        .role_options = {[BEHOV_ROLE_CODE] = "--code",
                         [BEHOV_ROLE_MUNICIPALITY] =
                             verb_has_option(line->verb, "name-column") ? "--name-column" : "--municipality",
                         [BEHOV_ROLE_YEAR] = verb_has_option(line->verb, "year-column") ? "--year-column" : "--year",
                         [BEHOV_ROLE_POPULATION] = "--population"},
        .collects = collects,
        .reads_all = verb_has_option(line->verb, "all-columns") && option_given(line, "all-columns"),
        .keeps_formula = saved_model != NULL || (line->verb->needs & NEEDS_PART),
        .exclude_hint = option_given(line, "exclude") ? NULL : PHRASE_STUDY_EXCLUDE_HINT,
    };
    code = behov_panel_request_prepare(&request, &err) ? print_failure(&err) : read_panel(line, study, &request);
    behov_panel_request_free(&request);
    free(weights);
    if (!code)
        code = add_remarks_of_making(study);
    if (code || is_quiet(line))
        return code;
    print_reference_change(&study->reference_change);
    print_idle_conditions(study, line);
    return 0;
}

int study_open(behov_study *study, const command_line *line, const char *const *cluster_keys, size_t n_cluster_keys,
               const saved_model *saved_model)
{
    const char *panel;
    int code = study_only_panel(line, &panel);
    return code ? code : study_open_panel(study, line, panel, cluster_keys, n_cluster_keys, saved_model);
}

int study_open_panel(behov_study *study, const command_line *line, const char *panel, const char *const *cluster_keys,
                     size_t n_cluster_keys, const saved_model *saved_model)
{
    return open_panel(study, line, panel, cluster_keys, n_cluster_keys, saved_model, false);
}

int study_open_to_check(behov_study *study, const command_line *line, const char *const *cluster_keys,
                        size_t n_cluster_keys)
{
    const char *panel;
    int code = study_only_panel(line, &panel);
    return code ? code : open_panel(study, line, panel, cluster_keys, n_cluster_keys, NULL, true);
}
