/* specification_summary.c - the figures of every check in one table. */
#include <behov/specification_tables.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include <behov/format.h>
#include <behov/labels.h>
#include <behov/specification_sentences.h>
#include <behov/study_words.h>
#include "specification_cells.h"
#include "table_columns.h"

static behov_language language_of(const behov_specification *specification)
{
    return specification->fit_results->study->lang;
}

/* A key figure of a check. */
typedef struct key_figure {
    behov_check check;
    behov_word measure;
    const char *detail; /* after the measure; "" = nothing */
    behov_quantity quantity;
    double value, p;
} key_figure;

enum { MOST_FIGURES = 24 };

static size_t form_figures(const behov_specification *specification, behov_check check, const behov_form_check *form,
                           const char *other, key_figure *out)
{
    const char *own = behov_label(language_of(specification), BEHOV_WORD_SPEC_FORM_OWN);
    behov_quantity amount = behov_study_amount_quantity(specification->fit_results->study);
    out[0] = (key_figure){check, BEHOV_WORD_LEFT_OUT_RMSE, own, amount, form->left_out_rmse[0], NAN};
    out[1] = (key_figure){check, BEHOV_WORD_LEFT_OUT_RMSE, other, amount, form->left_out_rmse[1], NAN};
    return 2;
}

/* The figures of one check; returns how many. */
static size_t figures_of_check(const behov_specification *specification, behov_check check, key_figure *out)
{
    behov_language lang = language_of(specification);
    behov_quantity amount = behov_study_amount_quantity(specification->fit_results->study);
    const behov_breusch_pagan *spread_test = &specification->spread_tests[BEHOV_SPREAD_BY_REGRESSORS].test,
                              *size_test = &specification->spread_tests[BEHOV_SPREAD_BY_LOG_POPULATION].test;
    const behov_last_columns *powers = &specification->reset.test;
    const behov_size_spread *classes = specification->spread.classes;
    switch (check) {
    case BEHOV_CHECK_BREUSCH_PAGAN:
        out[0] = (key_figure){check,     BEHOV_WORD_STUDENTISED_CHI2, behov_label(lang, BEHOV_WORD_SPEC_ON_REGRESSORS),
                              BEHOV_Q_T, spread_test->studentised,    spread_test->studentised_p};
        if (specification->spread_tests[BEHOV_SPREAD_BY_LOG_POPULATION].absence)
            return 1;
        out[1] =
            (key_figure){check,     BEHOV_WORD_STUDENTISED_CHI2, behov_label(lang, BEHOV_WORD_SPEC_ON_LOG_POPULATION),
                         BEHOV_Q_T, size_test->studentised,      size_test->studentised_p};
        return 2;
    case BEHOV_CHECK_SPREAD:
        out[0] = (key_figure){check,  BEHOV_WORD_RESIDUAL_SD, behov_label(lang, BEHOV_WORD_SIZE_CLASS_1),
                              amount, classes[0].sd,          NAN};
        out[1] = (key_figure){check,
                              BEHOV_WORD_RESIDUAL_SD,
                              behov_label(lang, BEHOV_WORD_SIZE_CLASS_6),
                              amount,
                              classes[BEHOV_SIZE_CLASSES - 1].sd,
                              NAN};
        return 2;
    case BEHOV_CHECK_RESET:
        out[0] = (key_figure){check,     BEHOV_WORD_F, behov_label(lang, BEHOV_WORD_SPEC_ERRORS_CLASSICAL),
                              BEHOV_Q_T, powers->f,    powers->p};
        out[1] = (key_figure){check, BEHOV_WORD_F, "CV1", BEHOV_Q_T, powers->f_robust, powers->p_robust};
        return isnan(powers->f_robust) ? 1 : 2;
    case BEHOV_CHECK_LOGS:
        return form_figures(specification, check, &specification->logs, behov_label(lang, BEHOV_WORD_SPEC_FORM_LOGS),
                            out);
    case BEHOV_CHECK_POPULATION:
        return form_figures(specification, check, &specification->population.form, specification->population.new_term,
                            out);
    case BEHOV_CHECK_COUNTY:
        out[0] = (key_figure){
            check, BEHOV_WORD_F, "", BEHOV_Q_T, specification->county.means.f, specification->county.means.p};
        out[1] = (key_figure){
            check, BEHOV_WORD_SHARE_ADJUSTED_PCT, "", BEHOV_Q_INDEX, 100 * specification->county.means.adjusted_share,
            NAN};
        return 2;
    case BEHOV_CHECK_AUTOCORRELATION:
        out[0] = (key_figure){check, BEHOV_WORD_CORRELATION, "", BEHOV_Q_SHARE, specification->lags.lags[0].correlation,
                              NAN};
        return 1;
    case BEHOV_CHECK_WITHOUT:
        out[0] = (key_figure){check,     BEHOV_WORD_SPEC_WITHOUT_MOVED,          "",
                              BEHOV_Q_T, specification->without[0].change_in_se, NAN};
        return 1;
    case BEHOV_CHECK_FORWARD:
        out[0] = (key_figure){check, BEHOV_WORD_PREDICTION_ERROR, "", amount, specification->forward.all.rmse, NAN};
        out[1] = (key_figure){check, BEHOV_WORD_NET_RMSE, "", amount, specification->forward.all.net_rmse, NAN};
        out[2] =
            (key_figure){check, BEHOV_WORD_LEFT_OUT_RMSE, "", amount, specification->forward.all.left_out_rmse, NAN};
        return 3;
    case BEHOV_CHECK_EQUALITY:
        out[0] = (key_figure){check,
                              BEHOV_WORD_F,
                              behov_label(lang, BEHOV_WORD_SPEC_ALL_TERMS),
                              BEHOV_Q_T,
                              specification->equality.by_year.joint.wald.f,
                              specification_joint_p(&specification->equality.by_year.joint.wald)};
        return 1;
    case BEHOV_N_CHECKS: break;
    }
    return 0;
}

/* A check that is not there has a row without figures. */
static size_t collect_figures(const behov_specification *specification, key_figure figures[MOST_FIGURES])
{
    size_t n = 0;
    for (behov_check check = 0; check < BEHOV_N_CHECKS; check++) {
        if (behov_specification_absence(specification, check))
            figures[n++] = (key_figure){check, BEHOV_NO_WORD, "", BEHOV_Q_T, NAN, NAN};
        else
            n += figures_of_check(specification, check, figures + n);
    }
    return n;
}

behov_status behov_specification_summary(const behov_specification *specification, behov_report **report,
                                         behov_error *err)
{
    enum { CHECK, MEASURE, VALUE, AMOUNT, P, READING, N };
    behov_language lang = language_of(specification);
    const behov_report_column columns[N] = {
        {"check_of_specification", NULL, BEHOV_Q_TEXT},
        {"measure", NULL, BEHOV_Q_TEXT},
        {"value", NULL, BEHOV_Q_T},
        {"value_in_outcome_unit", behov_specification_unit(specification), BEHOV_Q_OUTCOME},
        {"p", NULL, BEHOV_Q_P},
        {"reading_of_ratio", NULL, BEHOV_Q_TEXT},
    };
    key_figure figures[MOST_FIGURES];
    size_t n = collect_figures(specification, figures);
    behov_quantity amount = behov_study_amount_quantity(specification->fit_results->study);
    specification_cells table = {0};
    behov_wording words = {0};
    behov_status status = specification_cells_new(specification, "specification", n, columns, N, &table, err);
    for (size_t row = 0; row < n && !status; row++) {
        const key_figure *figure = &figures[row];
        table.figures[figure->quantity == amount ? AMOUNT : VALUE][row] = figure->value;
        table.figures[P][row] = figure->p;
        behov_wording_clear(&words);
        behov_wording_add(&words, behov_label(lang, figure->measure));
        if (figure->detail[0])
            behov_wording_add_after(&words, ": ", figure->detail);
        status = specification_cells_set_said(&table, MEASURE, row, &words, err);
        if (!status)
            status = behov_report_set_text(table.report, CHECK, row,
                                           behov_label(lang, specification_title_of(figure->check)), err);
        if (status || (row > 0 && figures[row - 1].check == figure->check))
            continue;
        behov_specification_say(specification, figure->check, &words);
        status = specification_cells_set_said(&table, READING, row, &words, err);
    }
    behov_wording_free(&words);
    return behov_table_columns_return(status, table.report, report);
}

static behov_status note_summary(const behov_specification *specification, behov_section_list *list, behov_error *err)
{
    const behov_study *study = specification->fit_results->study;
    behov_wording words = {0};
    behov_specification_note_errors(specification, &words);
    behov_status status = behov_section_list_say(list, "", &words, err);
    behov_wording_free(&words);
    return !status && study->is_simulated
               ? behov_section_list_note(list, behov_label(study->lang, BEHOV_WORD_SIMULATED_EXPLAINED), err)
               : status;
}

behov_status behov_specification_add_summary(const behov_specification *specification, behov_section_list *list,
                                             behov_error *err)
{
    const behov_study *study = specification->fit_results->study;
    behov_report *table = NULL;
    behov_wording title = {0};
    behov_status status = behov_specification_summary(specification, &table, err);
    behov_study_say_title(study, behov_label(study->lang, BEHOV_WORD_TITLE_SPECIFICATION), &title);
    if (!status)
        status = behov_section_list_add_said(
            list,
            (behov_section){.name = behov_label(study->lang, BEHOV_WORD_SHEET_SPECIFICATION),
                            .subtitle = behov_label(study->lang, BEHOV_WORD_SUBTITLE_SPECIFICATION),
                            .table_name = behov_label(study->lang, BEHOV_WORD_SHEET_SPECIFICATION),
                            .n_frozen_columns = 2,
                            .landscape = true},
            &title, NULL, table, err);
    behov_wording_free(&title);
    return status ? status : note_summary(specification, list, err);
}
