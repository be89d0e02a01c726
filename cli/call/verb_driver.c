/* verb_driver.c - the one way in which every verb runs: its call is looked at, what it needs is opened, it computes, its
 * page or its JSON is printed, its files are written, and all is closed. */
#include "verb.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <behov/clustering.h>

#include "datasets.h"
#include "estimation_options.h"
#include "factors_options.h"
#include "files_read.h"
#include "inputs.h"
#include "lasting_options.h"
#include "like_options.h"
#include "messages.h"
#include "municipality_hint.h"
#include "progress.h"
#include "ratio_table_options.h"
#include "study_options.h"
#include "system.h"

enum {
    FITS_PANEL = NEEDS_FIT | NEEDS_RESULTS | NEEDS_RESIDUALS | NEEDS_RATIOS,
    READS_PANEL = NEEDS_COEFFICIENTS | NEEDS_PANEL | NEEDS_FINDINGS | FITS_PANEL
};

bool verb_has_option(const verb *verb, const char *name)
{
    for (size_t i = 0; i < verb->n_options; i++)
        if (strcmp(verb->options[i].name, name) == 0)
            return true;
    return false;
}

/* ---- looking at the call ----------------------------------------------------------------------------------------- */

/* The last of two values would win without a word. An option that stands alone says the same twice. */
static int check_once(const command_line *line)
{
    static const char *const everywhere = "allow missing";
    for (size_t i = 0; i < line->n_given; i++) {
        const option_text *option = line->parsed_option[i].option;
        if (option->argument && option_count(line, option->name) > 1 && !option_is_listed(everywhere, option->name) &&
            !option_is_listed(line->verb->repeatable, option->name))
            return wrong_call(line->verb, SAY_OPTION_TWICE, option->name, option_value_at(line, option->name, 0),
                              option_value_at(line, option->name, 1));
    }
    return 0;
}

static int check_operands(verb_call *call)
{
    const command_line *line = call->line;
    size_t n_others = call->needs & NAMES_ITS_PANEL ? 1 : 0; /* operands before the panel */
    if ((call->needs & NEEDS_RATIOS) && option_given(line, "ratios") && line->n_operands > n_others)
        return wrong_call(line->verb, SAY_SELECT_RATIOS_OR_PANEL, line->operands[n_others]);
    if ((call->needs & NEEDS_RATIOS) && ratio_table_options_check(line))
        return 2;
    if (!(call->needs & READS_PANEL) || (call->needs & NAMES_ITS_PANEL))
        return 0;
    return study_only_panel(line, &call->panel);
}

/* All that is wrong with a call by its words alone. */
static int look_at_call(verb_call *call)
{
    const command_line *line = call->line;
    const verb *verb = line->verb;
    if (!cluster_options_read(line, &call->clusters))
        return 2;
    for (size_t i = 0; i < call->clusters.n; i++)
        call->keys[call->n_keys++] = call->clusters.keys[i];
    call->municipality_list = option_value(line, "municipality");
    call->grouping = option_value(line, "group");
    int code = factors_options_check(call);
    if (!code && verb->read)
        code = verb->read(call);
    if (!code && (call->needs & NEEDS_MUNICIPALITIES))
        code = like_options_check(call);
    if (!code && (call->needs & NEEDS_LASTING)) {
        if (!lasting_options_read(line, 100 * call->fit_choices.level, &call->lasting))
            return 2;
        call->fit_choices.level = call->lasting.level_pct / 100;
        call->fit_choices.floor = call->lasting.floor;
    }
    if (!code)
        code = check_operands(call);
    if (!code && call->writers)
        code = outputs_check(line, call->writers);
    if (!code && verb_has_option(verb, "date")) {
        if (!outputs_date(line, &call->date))
            return 2;
        outputs_date_text(call->date, call->day);
    }
    return code;
}

/* ---- opening ----------------------------------------------------------------------------------------------------- */

/* A panel with the model that came with the coefficients; --model goes before it. */
static int open_coefficients(verb_call *call)
{
    behov_error err;
    const char *path = option_value(call->line, "coefficients");
    if ((!path && datasets_path("proba-2017-08/regression.csv", &call->bundled_coefficients, &err)) ||
        read_coefficients(path ? path : call->bundled_coefficients, &note_beside, &call->coefficients, &err))
        return print_failure(&err);
    const behov_given_coefficients *list = &call->coefficients;
    bool has_model = option_given(call->line, "model"); /* which is then that of the options */
    saved_model saved_model = {has_model ? NULL : list->formula,
                               has_model ? NULL : list->exclude,
                               list->has_unit,
                               list->unit,
                               list->columns,
                               list->n_columns,
                               has_model ? NULL : &call->coefficients.names};
    return study_open_panel(&call->study, call->line, call->panel, NULL, 0, &saved_model);
}

static int open_study(verb_call *call)
{
    if (factors_asked(call->line))
        return factors_options_open(call);
    if (call->needs & NEEDS_COEFFICIENTS)
        return open_coefficients(call);
    if (call->needs & NEEDS_MODEL)
        return study_open_model(&call->study, call->line, NULL);
    if (call->needs & NEEDS_FINDINGS)
        return study_open_to_check(&call->study, call->line, call->keys, call->n_keys);
    return study_open_panel(&call->study, call->line, call->panel, call->keys, call->n_keys, NULL);
}

/* The fit without its results. */
static behov_status fit_alone(verb_call *call, behov_error *err)
{
    behov_estimation *estimation = &call->estimation;
    behov_status status = behov_estimation_make(&call->study, &call->fit_choices, estimation, err);
    if (status)
        return status;
    bool is_clustered = behov_vcov_n_clusters(estimation->vcov) > 0;
    call->fit_results = (behov_fit_results){.study = &call->study,
                                            .design = estimation->design,
                                            .fit = estimation->fit,
                                            .vcov = estimation->vcov,
                                            .cluster = is_clustered ? call->fit_choices.cluster : NULL,
                                            .second_cluster = is_clustered ? call->fit_choices.second_cluster : NULL,
                                            .asked_cluster = call->fit_choices.asked_cluster,
                                            .level_pct = 100 * call->fit_choices.level};
    return behov_clustering_compare(&call->study, &call->fit_choices, estimation, &call->fit_results, err);
}

static int fit_panel(verb_call *call)
{
    behov_error err;
    if (call->factor_parts.n)
        return factors_options_fit(call);
    bool has_results = call->needs & (FITS_PANEL & ~NEEDS_FIT);
    behov_status status = has_results ? behov_estimation_results(&call->study, &call->fit_choices, &call->estimation,
                                                                 &call->fit_results, &err)
                                      : fit_alone(call, &err);
    if (status)
        return print_failure(&err);
    call->fit_results.made_on = call->day;
    estimation_print_notes_dropped(&call->estimation);
    if ((call->needs & NEEDS_RESIDUALS) && behov_estimation_has_residuals(&call->study, call->estimation.fit, &err))
        return print_failure(&err);
    return 0;
}

static int open_ratios(verb_call *call)
{
    return study_language(call->line, &call->study.lang) ? ratio_table_options_open(call->line, &call->ratios) : 2;
}

/* What decides the fit, once the panel is known. */
static int choose_fit(verb_call *call)
{
    int code = 0;
    behov_error err;
    const verb *verb = call->line->verb;
    if (call->needs & FITS_PANEL) {
        call->fit_choices.drop_collinear = option_given(call->line, "drop-collinear");
        if (!call->factor_parts.n && behov_clustering_choose(&call->clusters, &call->study, &call->fit_choices, &err))
            return print_failure(&err);
        if (!(call->needs & CHOOSES_ERRORS))
            code = estimation_choose_kind(call->line, &call->fit_choices);
    }
    return !code && verb->choose ? verb->choose(call) : code;
}

int verb_call_open(verb_call *call)
{
    behov_error err;
    if ((call->needs & NEEDS_RATIOS) && option_given(call->line, "ratios"))
        return open_ratios(call);
    if (!(call->needs & (READS_PANEL | NEEDS_MODEL)))
        return 0;
    int code = open_study(call);
    if (!code)
        code = choose_fit(call);
    if (!code && (call->needs & FITS_PANEL))
        code = fit_panel(call);
    if (code || !(call->needs & NEEDS_RATIOS))
        return code;
    call->has_fit = true;
    return behov_ratio_table_of_results(&call->fit_results, &call->ratios, &err) ? print_failure(&err) : 0;
}

void verb_call_close(verb_call *call)
{
    behov_ratio_table_free(&call->ratios);
    behov_estimation_free(&call->estimation);
    behov_given_coefficients_free(&call->coefficients);
    behov_study_close(&call->study);
    behov_factor_parts_free(&call->factor_parts);
    municipality_options_free(&call->municipalities);
    clusterings_free(&call->clusterings);
    free(call->bundled_coefficients);
}

/* Those that are named, and what they are grouped by. */
static int open_municipalities(verb_call *call)
{
    bool is_like = like_options_asked(call);
    int code = municipality_options_read(call->municipality_list, is_like ? NULL : call->grouping, call->study.lang,
                                         &call->municipalities);
    return !code && is_like ? like_options_open(call) : code;
}

/* ---- running ----------------------------------------------------------------------------------------------------- */

static behov_status compute(verb_call *call, behov_error *err)
{
    const verb *verb = call->line->verb;
    progress *bar = call->needs & NEEDS_LASTING ? progress_new("draws") : NULL;
    call->progress = (behov_progress){progress_step, bar};
    behov_status status = verb->compute ? verb->compute(call, err) : BEHOV_OK;
    progress_free(bar);
    return status;
}

static behov_status print_result(const verb_call *call, behov_error *err)
{
    const verb *verb = call->line->verb;
    if (!option_given(call->line, "json") && call->writers && call->writers->sections)
        outputs_begin_page(call->written_study);
    if (!option_given(call->line, "json"))
        return verb->page                             ? verb->page(call, err)
               : call->writers && call->writers->page ? call->writers->page(call->context, stdout, err)
                                                      : BEHOV_OK;
    return verb->json ? verb->json(call, err) : call->writers->json(call->context, NULL, err);
}

int verb_run_line(const command_line *line)
{
    const verb *verb = line->verb;
    behov_error err;
    verb_call call = {.line = line,
                      .state = calloc(1, verb->state_size + 1),
                      .needs = verb->needs,
                      .fit_choices = {.level = verb->level_pct / 100},
                      .writers = verb->writers};
    call.context = call.state;
    call.written_study = &call.study;
    if (!call.state) {
        print_line(SAY_VERB_NO_MEMORY);
        return 1;
    }
    int code = look_at_call(&call);
    if (!code && verb->open)
        code = verb->open(&call);
    if (!code)
        code = verb_call_open(&call);
    if (!code && (call.needs & NEEDS_MUNICIPALITIES))
        code = open_municipalities(&call);
    if (!code && (compute(&call, &err) || print_result(&call, &err))) {
        code = print_failure(&err);
        if (err.code == BEHOV_E_NAME && call.municipalities.list)
            municipality_hint_print(call.municipalities.list, &call.study.panel);
    }
    if (!code && call.writers)
        code = outputs_write(line, call.written_study, call.written_study == &call.study ? &call.fit_results : NULL,
                             call.writers, call.context, call.date);
    if (!code && verb->conclude)
        code = verb->conclude(&call);
    if (verb->close)
        verb->close(call.state);
    verb_call_close(&call);
    free(call.state);
    return code;
}

int verb_run(const verb *verb, int n_arguments, char **arguments)
{
    command_line line;
    bool helped;
    int code = 2;
    if (command_line_read(verb, n_arguments, arguments, &line, &helped)) {
        files_read_forget();
        print_note_silence(option_given(&line, "quiet"));
        code = inputs_check(&line);
        if (!code)
            code = check_once(&line);
        if (!code && option_given(&line, "output"))
            system_streams_let_page_go();
        if (!code)
            code = verb_run_line(&line);
    } else if (helped) {
        code = 0;
    } else if (!line.parsed_option || !line.operands) {
        code = 1; /* the call may be right */
    }
    command_line_free(&line);
    return code;
}
