/* specification_sentences.c - see specification_sentences.h. A sentence claims what its test shows at 5 per cent, and
 * where the test shows nothing it says that this proves nothing. */
#include <behov/specification_sentences.h>

#include <math.h>
#include <string.h>

#include <behov/default_errors.h>
#include <behov/diagnose.h>
#include <behov/error_sentence.h>
#include <behov/format.h>
#include <behov/labels.h>
#include <behov/study_words.h>
#include "sentence_parts.h"

/* What a test has to reach before a sentence claims something. */
static const double significant = 0.05;

/* Figures of one sentence, which stand until the next. */
typedef struct sentence_figures {
    behov_language lang;
    char texts[12][BEHOV_NUMBER_SIZE + 4];
    size_t n;
} sentence_figures;

static behov_language language_of(const behov_specification *specification)
{
    return specification->fit_results->study->lang;
}

static const char *figure(sentence_figures *figures, behov_quantity quantity, double value)
{
    return behov_format_cell(quantity, value, figures->lang, figures->texts[figures->n++]);
}

/* "= 0.021" or "< 0.001" */
static const char *p_figure(sentence_figures *figures, double p)
{
    char number[BEHOV_NUMBER_SIZE], *text = figures->texts[figures->n++];
    behov_format_cell(BEHOV_Q_P, p, figures->lang, number);
    text[0] = '\0';
    if (number[0] != '<')
        strcpy(text, "= ");
    strcat(text, number);
    return text;
}

static behov_word unit_word(const behov_study *study)
{
    return study->unit == BEHOV_UNIT_1000KR_PER_INHABITANT ? BEHOV_WORD_UNIT_1000KR_PER_INHABITANT
           : study->unit == BEHOV_UNIT_KR_PER_INHABITANT   ? BEHOV_WORD_UNIT_KR_PER_INHABITANT
                                                           : BEHOV_WORD_UNIT_OF_OUTCOME;
}

const char *behov_specification_unit(const behov_specification *specification)
{
    return behov_label(language_of(specification), unit_word(specification->fit_results->study));
}

static behov_quantity amount(const behov_specification *specification)
{
    return behov_study_amount_quantity(specification->fit_results->study);
}

/* ---- pieces ------------------------------------------------------------------------------------------------------ */

void behov_specification_say_unit(const behov_specification *specification, size_t unit, behov_wording *words)
{
    const behov_panel *panel = &specification->fit_results->study->panel;
    size_t row = specification->first_rows[unit];
    behov_municipality municipality = {.code = behov_panel_code(panel, row),
                                       .name = behov_panel_municipality(panel, row)};
    if (municipality.code[0] || municipality.name[0])
        behov_sentence_municipality(words, &municipality);
    else {
        sentence_figures figures = {.lang = language_of(specification)};
        behov_wording_fill(words, figures.lang, BEHOV_WORD_SPEC_ROW, "n",
                           figure(&figures, BEHOV_Q_COUNT, (double)row + 1), NULL);
    }
}

/* What ratios are counted in. */
static const char *units_text(const behov_specification *specification)
{
    return behov_label(language_of(specification),
                       specification->n_clusters ? BEHOV_WORD_WORD_MUNICIPALITIES : BEHOV_WORD_WORD_ROWS);
}

void behov_specification_say_errors(const behov_specification *specification, behov_wording *words)
{
    behov_language lang = language_of(specification);
    if (specification->n_clusters)
        behov_wording_fill(words, lang, BEHOV_WORD_SPEC_CLUSTERED_BY, "key",
                           behov_study_key_in_sentence(specification->fit_results->study, specification->cluster),
                           NULL);
    else
        behov_wording_add(words, behov_label(lang, BEHOV_WORD_SPEC_ERRORS_CLASSICAL));
}

void behov_specification_note_errors(const behov_specification *specification, behov_wording *words)
{
    bool is_few = specification->n_clusters > 0 && specification->n_clusters < BEHOV_JACKKNIFE_BELOW;
    char limit[BEHOV_NUMBER_SIZE];
    behov_wording errors = {0};
    behov_specification_say_errors(specification, &errors);
    behov_wording_fill(words, language_of(specification),
                       is_few ? BEHOV_WORD_SPEC_ERRORS_FEW_NOTE : BEHOV_WORD_SPEC_ERRORS_NOTE, "errors",
                       behov_wording_text(&errors), "limit",
                       behov_format_count(language_of(specification), BEHOV_JACKKNIFE_BELOW, limit), NULL);
    behov_wording_spend(words, &errors);
}

void behov_specification_say_population(const behov_specification *specification, behov_wording *words)
{
    const behov_population_check *check = &specification->population;
    const char *term = behov_design_regressor(specification->fit_results->design, check->first_regressor);
    sentence_figures figures = {.lang = language_of(specification)};
    if (check->n_terms > 1)
        behov_wording_fill(words, figures.lang, BEHOV_WORD_SPEC_POPULATION_TERMS, "term", term, "n",
                           figure(&figures, BEHOV_Q_COUNT, (double)check->n_terms - 1), NULL);
    else
        behov_wording_add(words, term);
}

/* ", mest i 1103 Stavanger (fra 120 til 140)", nothing when no ratio changes by as much as counts. */
static void say_most(const behov_specification *specification, const behov_ratio_shifts *shifts, behov_wording *words)
{
    sentence_figures figures = {.lang = language_of(specification)};
    behov_wording name = {0};
    if (!shifts->n_moved)
        return;
    behov_specification_say_unit(specification, shifts->listed[0].unit, &name);
    behov_wording_fill(words, figures.lang, BEHOV_WORD_SPEC_MOST, "name", behov_wording_text(&name), "before",
                       figure(&figures, BEHOV_Q_RATIO, shifts->listed[0].before), "after",
                       figure(&figures, BEHOV_Q_RATIO, shifts->listed[0].after), NULL);
    behov_wording_spend(words, &name);
}

/* A sentence that names a municipality says itself that the data are simulated. */
static void mark_simulated(const behov_specification *specification, const behov_ratio_shifts *shifts,
                           behov_wording *words)
{
    if (specification->fit_results->study->is_simulated && shifts->n_moved)
        behov_sentence_simulated_sentence(words, language_of(specification));
}

void behov_specification_say_group(const behov_specification *specification, size_t group, behov_wording *words)
{
    const behov_without_group *without = &specification->without[group];
    sentence_figures figures = {.lang = language_of(specification)};
    behov_wording names = {0}, name = {0};
    if (without->condition) {
        behov_wording_add(words, without->condition);
        return;
    }
    for (size_t i = 0; i < without->n_units && i < sizeof without->units / sizeof *without->units; i++) {
        behov_wording_clear(&name);
        behov_specification_say_unit(specification, without->units[i], &name);
        behov_wording_add_after(&names, ", ", behov_wording_text(&name));
    }
    behov_wording_fill(words, figures.lang, BEHOV_WORD_SPEC_WITHOUT_LARGEST, "n",
                       figure(&figures, BEHOV_Q_COUNT, (double)without->n_units), "names", behov_wording_text(&names),
                       NULL);
    behov_wording_spend(words, &name);
    behov_wording_spend(words, &names);
}

/* ---- why not ----------------------------------------------------------------------------------------------------- */

static void say_absence(const behov_specification *specification, behov_absence absence, const behov_error *why,
                        behov_wording *words)
{
    static const behov_word absences[] = {
        [BEHOV_ABSENT_FREQUENCIES] = BEHOV_WORD_SPEC_ABSENT_FREQUENCIES,
        [BEHOV_ABSENT_POPULATION] = BEHOV_WORD_SPEC_ABSENT_POPULATION,
        [BEHOV_ABSENT_POPULATION_TERM] = BEHOV_WORD_SPEC_ABSENT_POPULATION_TERM,
        [BEHOV_ABSENT_MUNICIPALITY] = BEHOV_WORD_SPEC_ABSENT_MUNICIPALITY,
        [BEHOV_ABSENT_COUNTY] = BEHOV_WORD_SPEC_ABSENT_COUNTY,
        [BEHOV_ABSENT_YEARS] = BEHOV_WORD_SPEC_ABSENT_YEARS,
        [BEHOV_ABSENT_YEAR_PRODUCTS] = BEHOV_WORD_SPEC_ABSENT_YEAR_PRODUCTS,
        [BEHOV_ABSENT_TRANSFORMED] = BEHOV_WORD_SPEC_ABSENT_TRANSFORMED,
        [BEHOV_ABSENT_POSITIVE] = BEHOV_WORD_SPEC_ABSENT_POSITIVE,
        [BEHOV_ABSENT_DUMMIES] = BEHOV_WORD_SPEC_ABSENT_DUMMIES,
        [BEHOV_ABSENT_NO_ROW] = BEHOV_WORD_SPEC_ABSENT_NO_ROW,
        [BEHOV_ABSENT_FAILED] = BEHOV_WORD_SPEC_ABSENT_FAILED,
    };
    behov_language lang = language_of(specification);
    behov_wording reason = {0};
    if (absence == BEHOV_ABSENT_FAILED && why)
        behov_error_what(why, lang, &reason);
    behov_wording_fill(words, lang, absences[absence], "why", behov_wording_text(&reason), NULL);
    behov_wording_spend(words, &reason);
}

static const behov_form_check *form_of(const behov_specification *specification, behov_check check)
{
    return check == BEHOV_CHECK_LOGS ? &specification->logs : &specification->population.form;
}

behov_absence behov_specification_absence(const behov_specification *specification, behov_check check)
{
    switch (check) {
    case BEHOV_CHECK_BREUSCH_PAGAN: return specification->spread_tests[BEHOV_SPREAD_BY_REGRESSORS].absence;
    case BEHOV_CHECK_SPREAD: return specification->spread.absence;
    case BEHOV_CHECK_RESET: return specification->reset.absence;
    case BEHOV_CHECK_LOGS:
    case BEHOV_CHECK_POPULATION: return form_of(specification, check)->absence;
    case BEHOV_CHECK_COUNTY: return specification->county.absence;
    case BEHOV_CHECK_AUTOCORRELATION: return specification->lags.absence;
    case BEHOV_CHECK_WITHOUT: return specification->without[0].absence;
    case BEHOV_CHECK_FORWARD: return specification->forward.absence;
    case BEHOV_CHECK_EQUALITY: return specification->equality.absence;
    case BEHOV_N_CHECKS: break;
    }
    return BEHOV_ABSENT_FAILED;
}

static const behov_error *why_of(const behov_specification *specification, behov_check check)
{
    return check == BEHOV_CHECK_BREUSCH_PAGAN ? &specification->spread_tests[BEHOV_SPREAD_BY_REGRESSORS].why
           : check == BEHOV_CHECK_RESET       ? &specification->reset.why
           : check == BEHOV_CHECK_LOGS || check == BEHOV_CHECK_POPULATION ? &form_of(specification, check)->why
           : check == BEHOV_CHECK_EQUALITY                                ? &specification->equality.why
                                                                          : NULL;
}

/* ---- sentences --------------------------------------------------------------------------------------------------- */

static void say_breusch_pagan(const behov_specification *specification, behov_wording *words)
{
    const behov_breusch_pagan *test = &specification->spread_tests[BEHOV_SPREAD_BY_REGRESSORS].test;
    sentence_figures figures = {.lang = language_of(specification)};
    behov_wording_fill(words, figures.lang,
                       test->studentised_p < significant ? BEHOV_WORD_SPEC_BP_FOUND : BEHOV_WORD_SPEC_BP_NOT_FOUND,
                       "dof", figure(&figures, BEHOV_Q_COUNT, (double)test->dof), "chi2",
                       figure(&figures, BEHOV_Q_INDEX, test->studentised), "p", p_figure(&figures, test->studentised_p),
                       NULL);
}

/* The smallest and the largest size class with a spread; their numbers are equal when there are fewer than two. */
static void find_ends(const behov_spread_by_size *spread, size_t *low, size_t *high)
{
    *low = BEHOV_SIZE_CLASSES, *high = 0;
    for (size_t c = 0; c < BEHOV_SIZE_CLASSES; c++)
        if (spread->classes[c].n_rows > 1) {
            *low = *low == BEHOV_SIZE_CLASSES ? c : *low;
            *high = c;
        }
    if (*low == BEHOV_SIZE_CLASSES)
        *low = *high;
}

static const behov_word size_words[BEHOV_SIZE_CLASSES] = {BEHOV_WORD_SIZE_CLASS_1, BEHOV_WORD_SIZE_CLASS_2,
                                                          BEHOV_WORD_SIZE_CLASS_3, BEHOV_WORD_SIZE_CLASS_4,
                                                          BEHOV_WORD_SIZE_CLASS_5, BEHOV_WORD_SIZE_CLASS_6};

static void say_spread(const behov_specification *specification, behov_wording *words)
{
    const behov_size_spread *classes = specification->spread.classes;
    double p = specification->spread_tests[BEHOV_SPREAD_BY_LOG_POPULATION].test.studentised_p;
    sentence_figures figures = {.lang = language_of(specification)};
    size_t low, high;
    find_ends(&specification->spread, &low, &high);
    if (low == high) {
        behov_wording_add(words, behov_label(figures.lang, BEHOV_WORD_SPEC_SPREAD_UNKNOWN));
        return;
    }
    behov_wording_fill(words, figures.lang,
                       !(p < significant)                   ? BEHOV_WORD_SPEC_SPREAD_EVEN
                       : classes[low].sd > classes[high].sd ? BEHOV_WORD_SPEC_SPREAD_SMALL
                                                            : BEHOV_WORD_SPEC_SPREAD_LARGE,
                       "low", figure(&figures, BEHOV_Q_SHARE, classes[low].sd), "low_class",
                       behov_label(figures.lang, size_words[low]), "high",
                       figure(&figures, BEHOV_Q_SHARE, classes[high].sd), "high_class",
                       behov_label(figures.lang, size_words[high]), "unit", behov_specification_unit(specification),
                       "p", p_figure(&figures, p), NULL);
}

static void say_reset(const behov_specification *specification, behov_wording *words)
{
    const behov_last_columns *test = &specification->reset.test;
    bool is_robust = !isnan(test->f_robust);
    double p = is_robust ? test->p_robust : test->p;
    sentence_figures figures = {.lang = language_of(specification)};
    behov_wording errors = {0};
    if (is_robust)
        behov_specification_say_errors(specification, &errors);
    else
        behov_wording_add(&errors, behov_label(figures.lang, BEHOV_WORD_SPEC_ERRORS_CLASSICAL));
    bool in_kroner = specification->fit_results->study->unit != BEHOV_UNIT_UNKNOWN;
    behov_wording_fill(
        words, figures.lang,
        behov_word_by_unit(p < significant ? BEHOV_WORD_SPEC_RESET_FOUND : BEHOV_WORD_SPEC_RESET_NOT_FOUND, in_kroner),
        "errors", behov_wording_text(&errors), "dof1", figure(&figures, BEHOV_Q_COUNT, (double)test->n_tested), "dof2",
        figure(&figures, BEHOV_Q_COUNT, is_robust ? test->dof2_robust : test->dof2), "f",
        figure(&figures, BEHOV_Q_T, is_robust ? test->f_robust : test->f), "p", p_figure(&figures, p), NULL);
    behov_wording_spend(words, &errors);
}

static void say_form(const behov_specification *specification, behov_check check, behov_wording *words)
{
    const behov_form_check *form = form_of(specification, check);
    bool is_left_out = !isnan(form->left_out_rmse[1]), is_logs = check == BEHOV_CHECK_LOGS;
    const double *errors = is_left_out ? form->left_out_rmse : form->rmse;
    sentence_figures figures = {.lang = language_of(specification)};
    behov_wording most = {0}, old = {0};
    say_most(specification, &form->changes, &most);
    if (!is_logs)
        behov_specification_say_population(specification, &old);
    behov_wording_fill(words, figures.lang, is_logs ? BEHOV_WORD_SPEC_LOGS : BEHOV_WORD_SPEC_POPULATION, "new",
                       is_logs ? "" : specification->population.new_term, "old", behov_wording_text(&old), "other",
                       figure(&figures, amount(specification), errors[1]), "own",
                       figure(&figures, amount(specification), errors[0]), "which",
                       behov_label(figures.lang, !is_left_out                ? BEHOV_WORD_SPEC_WHICH_IN_SAMPLE
                                                 : specification->n_clusters ? BEHOV_WORD_SPEC_WHICH_LEFT_OUT
                                                                             : BEHOV_WORD_SPEC_WHICH_ROWS_LEFT_OUT),
                       "unit", behov_specification_unit(specification), "moved",
                       figure(&figures, BEHOV_Q_COUNT, (double)form->changes.n_moved), "n",
                       figure(&figures, BEHOV_Q_COUNT, (double)form->changes.n), "units", units_text(specification),
                       "most", behov_wording_text(&most), NULL);
    mark_simulated(specification, &form->changes, words);
    behov_wording_spend(words, &most);
    behov_wording_spend(words, &old);
}

static void say_county(const behov_specification *specification, behov_wording *words)
{
    const behov_anova *means = &specification->county.means;
    sentence_figures figures = {.lang = language_of(specification)};
    behov_wording_fill(
        words, figures.lang, means->p < significant ? BEHOV_WORD_SPEC_COUNTY_FOUND : BEHOV_WORD_SPEC_COUNTY_NOT_FOUND,
        "dof1", figure(&figures, BEHOV_Q_COUNT, means->dof1), "dof2", figure(&figures, BEHOV_Q_COUNT, means->dof2), "f",
        figure(&figures, BEHOV_Q_T, means->f), "p", p_figure(&figures, means->p), "share",
        figure(&figures, BEHOV_Q_COUNT, 100 * fmax(0, means->adjusted_share)), NULL);
}

static void say_autocorrelation(const behov_specification *specification, behov_wording *words)
{
    const behov_lag_check *check = &specification->lags;
    sentence_figures figures = {.lang = language_of(specification)};
    double first = check->lags[0].correlation;
    size_t last = check->n_lags;
    behov_wording rest = {0};
    if (isnan(first)) {
        behov_wording_add(words, behov_label(figures.lang, BEHOV_WORD_SPEC_AUTOCORRELATION_NONE));
        return;
    }
    while (last > 1 && isnan(check->lags[last - 1].correlation))
        last--;
    if (last > 1) {
        behov_wording_add(&rest, " ");
        behov_wording_fill(&rest, figures.lang, BEHOV_WORD_SPEC_AUTOCORRELATION_REST, "last",
                           figure(&figures, BEHOV_Q_SHARE, check->lags[last - 1].correlation), "n",
                           figure(&figures, BEHOV_Q_COUNT, (double)last), NULL);
    }
    behov_wording_fill(words, figures.lang,
                       first >= 0.5   ? BEHOV_WORD_SPEC_AUTOCORRELATION_MUCH
                       : first >= 0.2 ? BEHOV_WORD_SPEC_AUTOCORRELATION_SOME
                                      : BEHOV_WORD_SPEC_AUTOCORRELATION_LITTLE,
                       "first", figure(&figures, BEHOV_Q_SHARE, first), "rest", behov_wording_text(&rest), NULL);
    behov_wording_spend(words, &rest);
}

void behov_specification_say_without(const behov_specification *specification, size_t group, behov_wording *words)
{
    const behov_without_group *without = &specification->without[group];
    const behov_study *study = specification->fit_results->study;
    sentence_figures figures = {.lang = study->lang};
    behov_wording name = {0}, term = {0}, most = {0};
    if (without->absence) {
        say_absence(specification, without->absence, &without->why, words);
        return;
    }
    behov_specification_say_group(specification, group, &name);
    behov_study_say_term(study, behov_design_regressor(specification->fit_results->design, without->mover), &term);
    say_most(specification, &without->changes, &most);
    behov_wording_fill(
        words, study->lang, BEHOV_WORD_SPEC_WITHOUT, "group", behov_wording_text(&name), "term",
        behov_wording_text(&term), "before",
        figure(&figures, BEHOV_Q_COEFFICIENT, behov_fit_coefficients(specification->fit_results->fit)[without->mover]),
        "after", figure(&figures, BEHOV_Q_COEFFICIENT, without->coefficients[without->mover]), "change",
        figure(&figures, BEHOV_Q_INDEX, without->change_in_se), "moved",
        figure(&figures, BEHOV_Q_COUNT, (double)without->changes.n_moved), "n",
        figure(&figures, BEHOV_Q_COUNT, (double)without->changes.n), "units", units_text(specification), "most",
        behov_wording_text(&most), NULL);
    if (without->condition)
        mark_simulated(specification, &without->changes, words);
    else if (study->is_simulated)
        behov_sentence_simulated_sentence(words, study->lang);
    behov_wording_spend(words, &name);
    behov_wording_spend(words, &term);
    behov_wording_spend(words, &most);
}

static void say_forward(const behov_specification *specification, behov_wording *words)
{
    const behov_forward_check *check = &specification->forward;
    sentence_figures figures = {.lang = language_of(specification)};
    if (!check->all.is_there) {
        behov_wording_add(words, behov_label(figures.lang, BEHOV_WORD_SPEC_FORWARD_NONE));
        return;
    }
    behov_wording_fill(words, figures.lang, BEHOV_WORD_SPEC_FORWARD, "forward",
                       figure(&figures, amount(specification), check->all.rmse), "net",
                       figure(&figures, amount(specification), check->all.net_rmse), "other",
                       figure(&figures, amount(specification), check->all.left_out_rmse), "which",
                       behov_label(figures.lang, specification->n_clusters ? BEHOV_WORD_SPEC_WHICH_LEFT_OUT
                                                                           : BEHOV_WORD_SPEC_WHICH_ROWS_LEFT_OUT),
                       "unit", behov_specification_unit(specification), NULL);
}

static void say_equality(const behov_specification *specification, behov_wording *words)
{
    const behov_equality_check *check = &specification->equality;
    const behov_study *study = specification->fit_results->study;
    sentence_figures figures = {.lang = study->lang};
    const behov_wald_result *joint = &check->by_year.joint.wald;
    behov_wording names = {0}, term = {0};
    double smallest = NAN;
    for (size_t i = 0; i < check->by_year.n_terms; i++) {
        smallest = fmin(smallest, check->adjusted[i]);
        if (!(check->adjusted[i] < significant))
            continue;
        behov_study_say_term(study, check->by_year.terms[i].term, &term);
        behov_wording_add_after(&names, ", ", behov_wording_text(&term));
    }
    bool is_joint = !isnan(joint->p) && !joint->is_unreliable;
    behov_wording_fill(words, study->lang,
                       check->n_equal_rejected  ? BEHOV_WORD_SPEC_EQUALITY_FOUND
                       : !is_joint              ? BEHOV_WORD_SPEC_EQUALITY_UNKNOWN
                       : joint->p < significant ? BEHOV_WORD_SPEC_EQUALITY_JOINTLY
                                                : BEHOV_WORD_SPEC_EQUALITY_NONE,
                       "dof1", figure(&figures, BEHOV_Q_COUNT, joint->dof1), "dof2",
                       figure(&figures, BEHOV_Q_COUNT, joint->dof2), "f", figure(&figures, BEHOV_Q_T, joint->f),
                       "joint", p_figure(&figures, joint->p), "n",
                       figure(&figures, BEHOV_Q_COUNT, (double)check->n_equal_rejected), "terms",
                       figure(&figures, BEHOV_Q_COUNT, (double)check->by_year.n_terms), "names",
                       behov_wording_text(&names), "p", p_figure(&figures, smallest), NULL);
    behov_wording_spend(words, &term);
    behov_wording_spend(words, &names);
}

void behov_specification_say(const behov_specification *specification, behov_check check, behov_wording *words)
{
    behov_absence absence = behov_specification_absence(specification, check);
    behov_wording_clear(words);
    if (absence && check != BEHOV_CHECK_WITHOUT) {
        say_absence(specification, absence, why_of(specification, check), words);
        return;
    }
    switch (check) {
    case BEHOV_CHECK_BREUSCH_PAGAN: say_breusch_pagan(specification, words); break;
    case BEHOV_CHECK_SPREAD: say_spread(specification, words); break;
    case BEHOV_CHECK_RESET: say_reset(specification, words); break;
    case BEHOV_CHECK_LOGS:
    case BEHOV_CHECK_POPULATION: say_form(specification, check, words); break;
    case BEHOV_CHECK_COUNTY: say_county(specification, words); break;
    case BEHOV_CHECK_AUTOCORRELATION: say_autocorrelation(specification, words); break;
    case BEHOV_CHECK_WITHOUT: behov_specification_say_without(specification, 0, words); break;
    case BEHOV_CHECK_FORWARD: say_forward(specification, words); break;
    case BEHOV_CHECK_EQUALITY: say_equality(specification, words); break;
    case BEHOV_N_CHECKS: break;
    }
}

/* ---- notes ------------------------------------------------------------------------------------------------------- */

static bool note_logs(const behov_specification *specification, size_t i, behov_wording *words)
{
    const behov_form_check *form = &specification->logs;
    sentence_figures figures = {.lang = language_of(specification)};
    if (i == 0)
        behov_wording_fill(words, figures.lang, BEHOV_WORD_SPEC_LOGS_NOTE, "smearing",
                           figure(&figures, BEHOV_Q_OUTCOME, form->smearing), "difference",
                           figure(&figures, BEHOV_Q_INDEX, form->changes.need_difference_pct), "correlation",
                           figure(&figures, BEHOV_Q_OUTCOME, form->changes.need_correlation), NULL);
    else if (i == 1 && form->n_left_out)
        behov_wording_fill(words, figures.lang,
                           behov_word_by_count(BEHOV_WORD_SPEC_LOGS_LEFT_OUT, (double)form->n_left_out), "n",
                           figure(&figures, BEHOV_Q_COUNT, (double)form->n_left_out), NULL);
    return words->length > 0 || words->has_no_memory;
}

static bool note_county(const behov_specification *specification, size_t i, behov_wording *words)
{
    const behov_county_check *check = &specification->county;
    sentence_figures figures = {.lang = language_of(specification)};
    if (i == 0)
        behov_wording_fill(words, figures.lang,
                           !check->has_cv3      ? BEHOV_WORD_SPEC_COUNTY_CV3_ABSENT
                           : check->n_lost == 0 ? BEHOV_WORD_SPEC_COUNTY_LOST_NONE
                           : check->n_lost == 1 ? BEHOV_WORD_SPEC_COUNTY_LOST_ONE
                                                : BEHOV_WORD_SPEC_COUNTY_LOST,
                           "n", figure(&figures, BEHOV_Q_COUNT, (double)check->n_lost), NULL);
    else if (i == 1 && check->n_counties < BEHOV_FEW_CLUSTERS)
        behov_wording_fill(words, figures.lang,
                           check->has_cv3 ? BEHOV_WORD_SPEC_COUNTY_FEW : BEHOV_WORD_SPEC_COUNTY_FEW_WITHOUT_CV3, "n",
                           figure(&figures, BEHOV_Q_COUNT, (double)check->n_counties), NULL);
    return words->length > 0 || words->has_no_memory;
}

static void add_count(sentence_figures *figures, behov_word word, size_t n, behov_wording *words)
{
    behov_wording_fill(words, figures->lang, behov_word_by_count(word, (double)n), "n",
                       figure(figures, BEHOV_Q_COUNT, (double)n), NULL);
}

/* Each group: what it is, what it does where the subtitle has not said it, and rows the condition does not decide. */
static bool note_without(const behov_specification *specification, size_t i, behov_wording *words)
{
    enum { NOTES = 3 };
    size_t group = i / NOTES;
    if (group >= specification->n_without)
        return false;
    const behov_without_group *without = &specification->without[group];
    sentence_figures figures = {.lang = language_of(specification)};
    behov_wording name = {0};
    const char *number = figure(&figures, BEHOV_Q_COUNT, (double)group + 1);
    if (i % NOTES == 0 && (without->condition || !without->absence)) {
        behov_wording units = {0}, rows = {0}, count = {0};
        if (specification->n_clusters) {
            add_count(&figures, BEHOV_WORD_COUNT_MUNICIPALITIES, without->n_units, &count);
            behov_wording_fill(&units, figures.lang, BEHOV_WORD_SPEC_WITHOUT_UNITS, "units", behov_wording_text(&count),
                               NULL);
        }
        add_count(&figures, BEHOV_WORD_COUNT_ROWS, without->n_rows, &rows);
        behov_specification_say_group(specification, group, &name);
        behov_wording_fill(words, figures.lang, BEHOV_WORD_SPEC_WITHOUT_GROUP, "n", number, "group",
                           behov_wording_text(&name), "rows", behov_wording_text(&rows), "units",
                           behov_wording_text(&units), NULL);
        behov_wording_spend(words, &units);
        behov_wording_spend(words, &rows);
        behov_wording_spend(words, &count);
    } else if (i % NOTES == 1 && group > 0) {
        behov_wording_print(words, "(%s) ", number);
        behov_specification_say_without(specification, group, words);
    } else if (i % NOTES == 2 && without->n_undecided) {
        behov_wording_fill(words, figures.lang,
                           behov_word_by_count(BEHOV_WORD_SPEC_WITHOUT_UNDECIDED, (double)without->n_undecided), "n",
                           number, "rows", figure(&figures, BEHOV_Q_COUNT, (double)without->n_undecided), NULL);
    }
    behov_wording_spend(words, &name);
    return true;
}

/* What errors the tests stand on, and what they test. */
static bool note_equality(const behov_specification *specification, size_t i, behov_wording *words)
{
    if (i == 0)
        behov_wording_add(words, behov_label(language_of(specification), BEHOV_WORD_SPEC_EQUALITY_NOTE));
    else if (i == 1)
        behov_specification_note_errors(specification, words);
    return i < 2;
}

bool behov_specification_note(const behov_specification *specification, behov_check check, size_t i,
                              behov_wording *words)
{
    behov_language lang = language_of(specification);
    behov_wording_clear(words);
    if (check == BEHOV_CHECK_WITHOUT && specification->without[0].absence != BEHOV_ABSENT_FREQUENCIES)
        return note_without(specification, i, words);
    if (behov_specification_absence(specification, check))
        return false;
    switch (check) {
    case BEHOV_CHECK_BREUSCH_PAGAN:
        behov_wording_add(words, i == 0 ? behov_label(lang, BEHOV_WORD_SPEC_BP_NOTE) : "");
        return i == 0;
    case BEHOV_CHECK_RESET:
        behov_wording_add(words, i == 0 ? behov_label(lang, BEHOV_WORD_SPEC_RESET_NOTE) : "");
        return i == 0;
    case BEHOV_CHECK_LOGS: return note_logs(specification, i, words);
    case BEHOV_CHECK_COUNTY: return note_county(specification, i, words);
    case BEHOV_CHECK_EQUALITY: return note_equality(specification, i, words);
    default: return false;
    }
}
