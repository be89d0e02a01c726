/* survey.c - see survey.h. */
#include <behov/survey.h>

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <behov/holm.h>

#include "decimal_mean.h"
#include "missing_numbers.h"

/* A narrower interval makes nothing clearer. */
static const double LARGEST_CLEAR_P = 0.05;

static behov_status out_of_memory(behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_SURVEY_NO_MEMORY);
}

/* ---- units --------------------------------------------------------------------------------------------------------- */

/* Which places and offices hang together: a forest over places first, offices behind them. */
typedef struct forest {
    size_t *parents;
    size_t n_places, n_offices;
    size_t *n_offices_of; /* of each place */
} forest;

static size_t root_of(forest *forest, size_t node)
{
    while (forest->parents[node] != node)
        node = forest->parents[node] = forest->parents[forest->parents[node]];
    return node;
}

static behov_status take_municipalities(behov_survey *survey, forest *forest, size_t office, behov_error *err)
{
    const behov_survey_office *from_answers = &survey->answers->offices[office];
    size_t *seen_positions = calloc(from_answers->municipalities.n + 1, sizeof *seen_positions), n_seen = 0;
    behov_status status = seen_positions ? BEHOV_OK : out_of_memory(err);
    for (size_t i = 0; i < from_answers->municipalities.n && !status; i++) {
        const behov_municipality_name *name = &from_answers->municipalities.all[i];
        size_t place = 0, k = 0;
        behov_error not_found;
        behov_status found =
            behov_municipality_list_find(&survey->ratios->places, name->text, name->where, &place, &not_found);
        if (found == BEHOV_E_MEMORY) {
            status = out_of_memory(err);
        } else if (found) {
            status = behov_municipality_names_add(&survey->unknown, name->text, strlen(name->text), name->where, err);
        } else {
            while (k < n_seen && seen_positions[k] != place)
                k++;
            if (k < n_seen)
                continue;
            seen_positions[n_seen++] = place;
            forest->n_offices_of[place]++;
            forest->parents[root_of(forest, place)] = root_of(forest, forest->n_places + office);
        }
    }
    survey->n_shared_offices += n_seen > 1;
    survey->n_offices_left_out += n_seen == 0;
    free(seen_positions);
    return status;
}

/* Numbers the units in the order of their first offices. */
static behov_status number_units(behov_survey *survey, forest *forest, behov_error *err)
{
    size_t n_nodes = forest->n_places + forest->n_offices, *unit_of_root = calloc(n_nodes + 1, sizeof *unit_of_root);
    bool *has_place = calloc(n_nodes + 1, sizeof *has_place);
    survey->units = calloc(forest->n_offices + 1, sizeof *survey->units);
    survey->unit_of_office = calloc(forest->n_offices + 1, sizeof *survey->unit_of_office);
    behov_status status =
        unit_of_root && has_place && survey->units && survey->unit_of_office ? BEHOV_OK : out_of_memory(err);
    for (size_t place = 0; place < forest->n_places && !status; place++)
        if (forest->n_offices_of[place])
            has_place[root_of(forest, place)] = true;
    for (size_t i = 0; i < forest->n_offices && !status; i++) {
        size_t root = root_of(forest, forest->n_places + i);
        if (!has_place[root]) {
            survey->unit_of_office[i] = SIZE_MAX;
            continue;
        }
        if (!unit_of_root[root]) {
            survey->units[survey->n_units] = (behov_survey_unit){.first_office = i, .ratio = NAN};
            unit_of_root[root] = ++survey->n_units;
        }
        survey->unit_of_office[i] = unit_of_root[root] - 1;
        survey->units[unit_of_root[root] - 1].n_offices++;
    }
    for (size_t i = 0; i < forest->n_offices && !status; i++)
        if (survey->unit_of_office[i] == SIZE_MAX)
            survey->unit_of_office[i] = survey->n_units;
    free(unit_of_root);
    free(has_place);
    return status;
}

/* ---- ratios of units ----------------------------------------------------------------------------------------------- */

/* Sums over the municipalities of a unit. */
typedef struct ratio_sums {
    double actual, need, persons; /* of a fit: levels times inhabitants, inhabitants */
    decimal_mean weighted, plain; /* of ratios that were read, each municipality the mean of its years */
    double plain_sum;             /* of a fit: ratios of municipalities */
    size_t n, n_missing, n_weightless;
} ratio_sums;

static bool is_chosen(const behov_survey *survey, size_t t)
{
    return !survey->options.year || survey->ratios->years[t] == survey->options.year;
}

/* What all numbers of years up to n divide, so that a year's share of its municipality is whole; 1 where it is too large. */
static double common_multiple(size_t n)
{
    size_t multiple = 1;
    for (size_t k = 2; k <= n && multiple < 1000000; k++) {
        size_t a = multiple, b = k;
        while (b) {
            size_t rest = a % b;
            a = b, b = rest;
        }
        multiple *= k / a;
    }
    return multiple < 1000000 ? (double)multiple : 1;
}

/* A municipality is the mean of its years, as where needs are known, and counts by its weight however many years it has. */
static void add_printed(const behov_survey *survey, size_t place, ratio_sums *sums)
{
    const behov_ratio_table *ratios = survey->ratios;
    double weight = ratios->weights ? ratios->weights[place] : NAN;
    size_t n = 0;
    for (size_t t = 0; t < ratios->n_years; t++)
        n += is_chosen(survey, t) && !isnan(behov_ratio_table_at(ratios, place, t));
    double share = n ? common_multiple(ratios->n_years) / (double)n : NAN;
    for (size_t t = 0; t < ratios->n_years; t++) {
        double ratio = behov_ratio_table_at(ratios, place, t);
        if (!is_chosen(survey, t))
            continue;
        if (isnan(ratio)) {
            sums->n_missing++;
            continue;
        }
        decimal_mean_add(&sums->plain, ratio, share);
        if (weight > 0)
            decimal_mean_add(&sums->weighted, ratio, weight * share);
    }
    sums->n += n > 0;
    sums->n_weightless += n && !(weight > 0);
}

/* A municipality's years as a ranking takes them: the means of the years that have an outcome. */
static void add_levels(const behov_survey *survey, size_t place, ratio_sums *sums)
{
    const behov_ratio_table *ratios = survey->ratios;
    double actual = 0, need = 0, persons = 0, n = 0;
    for (size_t t = 0; t < ratios->n_years; t++) {
        size_t cell = place * ratios->n_years + t;
        if (!is_chosen(survey, t))
            continue;
        if (isnan(ratios->levels[BEHOV_RATIO_ACTUAL][cell])) {
            sums->n_missing++;
            continue;
        }
        actual += ratios->levels[BEHOV_RATIO_ACTUAL][cell];
        need += ratios->levels[BEHOV_RATIO_NEED][cell];
        persons += ratios->populations[cell];
        n++;
    }
    double ratio = behov_ratio_of_levels(actual / n, need / n, ratios->floor);
    if (isnan(ratio)) {
        sums->n_missing += n > 0;
        return;
    }
    sums->n++;
    sums->plain_sum += ratio;
    sums->n_weightless += !(persons > 0);
    sums->actual += persons / n * (actual / n);
    sums->need += persons / n * (need / n);
    sums->persons += persons / n;
}

/* One municipality has its own ratio, whatever its inhabitants. */
static double unit_ratio(const behov_survey *survey, const ratio_sums *sums)
{
    bool is_plain = sums->n <= 1 || sums->n_weightless;
    if (!survey->ratios->levels[BEHOV_RATIO_ACTUAL])
        return decimal_mean_value(is_plain ? &sums->plain : &sums->weighted);
    if (is_plain)
        return sums->n ? sums->plain_sum / (double)sums->n : NAN;
    return behov_ratio_of_levels(sums->actual / sums->persons, sums->need / sums->persons, survey->ratios->floor);
}

static behov_status take_ratios(behov_survey *survey, forest *forest, behov_error *err)
{
    const behov_ratio_table *ratios = survey->ratios;
    ratio_sums *sums = calloc(survey->n_units + 1, sizeof *sums);
    if (!sums)
        return out_of_memory(err);
    double scale = ratios->ratios ? decimal_scale(ratios->ratios, ratios->places.n * ratios->n_years) : 0,
           weight_scale = ratios->weights ? decimal_scale(ratios->weights, ratios->places.n) : 0;
    for (size_t unit = 0; unit < survey->n_units; unit++) {
        sums[unit].plain.scale = sums[unit].weighted.scale = scale;
        sums[unit].plain.weight_scale = 1;
        sums[unit].weighted.weight_scale = weight_scale;
    }
    for (size_t place = 0; place < forest->n_places; place++) {
        if (!forest->n_offices_of[place])
            continue;
        size_t root = root_of(forest, place), office = 0;
        while (root_of(forest, forest->n_places + office) != root)
            office++;
        size_t unit = survey->unit_of_office[office];
        survey->n_municipalities++;
        survey->n_municipalities_with_several += forest->n_offices_of[place] > 1;
        survey->units[unit].n_municipalities++;
        if (survey->ratios->levels[BEHOV_RATIO_ACTUAL])
            add_levels(survey, place, &sums[unit]);
        else
            add_printed(survey, place, &sums[unit]);
    }
    for (size_t unit = 0; unit < survey->n_units; unit++) {
        const ratio_sums *sum = &sums[unit];
        survey->units[unit].ratio = unit_ratio(survey, sum);
        survey->units[unit].is_partial = sum->n && sum->n_missing;
        survey->n_units_with_ratio += sum->n > 0;
        survey->n_partial_units += survey->units[unit].is_partial;
        survey->n_unweighted_units += sum->n > 1 && sum->n_weightless;
    }
    free(sums);
    return BEHOV_OK;
}

static behov_status find_units(behov_survey *survey, behov_error *err)
{
    forest forest = {.n_places = survey->ratios->places.n, .n_offices = survey->answers->n_offices};
    size_t n_nodes = forest.n_places + forest.n_offices;
    forest.parents = calloc(n_nodes + 1, sizeof *forest.parents);
    forest.n_offices_of = calloc(forest.n_places + 1, sizeof *forest.n_offices_of);
    behov_status status = forest.parents && forest.n_offices_of ? BEHOV_OK : out_of_memory(err);
    for (size_t node = 0; node < n_nodes && !status; node++)
        forest.parents[node] = node;
    for (size_t i = 0; i < forest.n_offices && !status; i++)
        status = take_municipalities(survey, &forest, i, err);
    if (!status)
        status = number_units(survey, &forest, err);
    if (!status)
        status = take_ratios(survey, &forest, err);
    free(forest.parents);
    free(forest.n_offices_of);
    return status;
}

/* ---- answers of units ---------------------------------------------------------------------------------------------- */

static double scale_of_weights(const behov_survey_answers *answers)
{
    double scale = 1;
    for (size_t i = 0; i < answers->n_offices && scale > 0; i++) {
        double own = decimal_scale(&answers->offices[i].weight, 1);
        scale = own > 0 ? fmax(scale, own) : 0;
    }
    return scale;
}

static behov_status average_answers(behov_survey *survey, behov_error *err)
{
    size_t n = survey->n_units;
    survey->values = behov_missing_numbers(survey->answers->n_questions * n);
    decimal_mean *means = calloc(n + 1, sizeof *means);
    double weight_scale = scale_of_weights(survey->answers);
    behov_status status = survey->values && means ? BEHOV_OK : out_of_memory(err);
    for (size_t k = 0; k < survey->answers->n_questions && !status; k++) {
        const double *answers = survey->answers->questions[k].answers;
        double scale = decimal_scale(answers, survey->answers->n_offices);
        for (size_t unit = 0; unit < n; unit++)
            means[unit] = (decimal_mean){.scale = scale, .weight_scale = weight_scale};
        for (size_t i = 0; i < survey->answers->n_offices; i++) {
            size_t unit = survey->unit_of_office[i];
            if (unit == n || isnan(answers[i]))
                continue;
            decimal_mean_add(&means[unit], answers[i], survey->answers->offices[i].weight);
        }
        for (size_t unit = 0; unit < n; unit++)
            survey->values[k * n + unit] = decimal_mean_value(&means[unit]);
        /* offices that agree give their very answer, whatever rounding makes of it */
        for (size_t i = 0; i < survey->answers->n_offices; i++) {
            size_t unit = survey->unit_of_office[i];
            if (unit < n && fabs(survey->values[k * n + unit] - answers[i]) < 1e-12 * fmax(1, fabs(answers[i])))
                survey->values[k * n + unit] = answers[i];
        }
    }
    free(means);
    return status;
}

double behov_survey_words_level(const behov_survey *survey)
{
    return fmax(survey->options.level, 1 - LARGEST_CLEAR_P);
}

double behov_survey_value_of(const behov_survey *survey, size_t trait, size_t unit)
{
    return survey->values[trait * survey->n_units + unit];
}

/* ---- a trait ------------------------------------------------------------------------------------------------------- */

/* Answers and ratios of the units that have both. */
typedef struct unit_pairs {
    double *answers, *ratios; /* n; answers owns both */
    size_t n;
} unit_pairs;

static behov_status pair_units(const behov_survey *survey, size_t trait_index, unit_pairs *pairs, size_t *n_missing,
                               behov_error *err)
{
    *pairs = (unit_pairs){calloc(2 * survey->n_units + 1, sizeof *pairs->answers), NULL, 0};
    if (!pairs->answers)
        return out_of_memory(err);
    pairs->ratios = pairs->answers + survey->n_units;
    for (size_t unit = 0; unit < survey->n_units; unit++) {
        double answer = behov_survey_value_of(survey, trait_index, unit), ratio = survey->units[unit].ratio;
        if (isnan(ratio))
            continue;
        if (isnan(answer)) {
            ++*n_missing;
            continue;
        }
        pairs->answers[pairs->n] = answer;
        pairs->ratios[pairs->n++] = ratio;
    }
    return BEHOV_OK;
}

static int compare_levels(const void *a, const void *b)
{
    double x = ((const behov_survey_level *)a)->answer, y = ((const behov_survey_level *)b)->answer;
    return (x > y) - (x < y);
}

/* The units by their answers, sums of ratios made means. */
static behov_status list_levels(behov_survey_trait *trait, const unit_pairs *pairs, behov_error *err)
{
    if (!(trait->levels = calloc(pairs->n + 1, sizeof *trait->levels)))
        return out_of_memory(err);
    for (size_t i = 0; i < pairs->n; i++) {
        size_t k = 0;
        while (k < trait->n_levels && trait->levels[k].answer != pairs->answers[i])
            k++;
        if (k == trait->n_levels)
            trait->levels[trait->n_levels++] = (behov_survey_level){pairs->answers[i], 0, 0};
        trait->levels[k].n_units++;
        trait->levels[k].mean_ratio += pairs->ratios[i];
    }
    for (size_t k = 0; k < trait->n_levels; k++)
        trait->levels[k].mean_ratio /= (double)trait->levels[k].n_units;
    if (trait->n_levels)
        qsort(trait->levels, trait->n_levels, sizeof *trait->levels, compare_levels);
    return BEHOV_OK;
}

/* Ratios of yes first, of no behind them, without those that are mixed. */
static behov_status compare_groups(behov_survey_trait *trait, const unit_pairs *pairs, double level, behov_error *err)
{
    double *groups = calloc(2 * pairs->n + 1, sizeof *groups), *others = groups ? groups + pairs->n : NULL;
    if (!groups)
        return out_of_memory(err);
    for (size_t i = 0; i < pairs->n; i++)
        if (pairs->answers[i] == 1)
            groups[trait->n_yes++] = pairs->ratios[i];
        else if (pairs->answers[i] == 0)
            others[trait->n_no++] = pairs->ratios[i];
        else
            trait->n_mixed++;
    trait->welch = behov_welch(groups, trait->n_yes, others, trait->n_no, level);
    free(groups);
    return BEHOV_OK;
}

static bool is_flat(const double *values, size_t n)
{
    for (size_t i = 1; i < n; i++)
        if (values[i] != values[0])
            return false;
    return true;
}

static behov_survey_reason reason_of(const behov_survey_trait *trait, const unit_pairs *pairs)
{
    if (!pairs->n)
        return BEHOV_SURVEY_NO_ANSWERS;
    if (is_flat(pairs->answers, pairs->n))
        return BEHOV_SURVEY_ONE_VALUE;
    if (pairs->n < BEHOV_SURVEY_FEWEST_UNITS)
        return BEHOV_SURVEY_FEW_UNITS;
    bool is_small = trait->n_yes < BEHOV_SURVEY_FEWEST_IN_GROUP || trait->n_no < BEHOV_SURVEY_FEWEST_IN_GROUP;
    if (trait->question->is_yes_no && is_small)
        return BEHOV_SURVEY_SMALL_GROUP;
    bool has_no_spread = is_flat(pairs->ratios, pairs->n) || (trait->question->is_yes_no && isnan(trait->welch.p));
    return has_no_spread ? BEHOV_SURVEY_NO_SPREAD : BEHOV_SURVEY_TESTED;
}

/* A test that is not to be believed is not shown: means stay. */
static void forget_test(behov_survey_trait *trait)
{
    behov_welch_test *welch = &trait->welch;
    welch->se = welch->t = welch->dof = welch->p = welch->low = welch->high = NAN;
    trait->rho = trait->tau = trait->rho_for_words = (behov_rank_correlation){NAN, NAN, NAN, NAN, NAN, false};
    trait->p = NAN;
}

static behov_status test_trait(const behov_survey *survey, size_t trait_index, behov_survey_trait *trait,
                               behov_error *err)
{
    unit_pairs pairs;
    double level = survey->options.level;
    *trait = (behov_survey_trait){.question = &survey->answers->questions[trait_index],
                                  .welch = {NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN}};
    behov_status status = pair_units(survey, trait_index, &pairs, &trait->n_missing_units, err);
    if (!status)
        status = list_levels(trait, &pairs, err);
    if (!status && trait->question->is_yes_no)
        status = compare_groups(trait, &pairs, level, err);
    trait->n_units = pairs.n;
    trait->p = trait->p_holm = trait->p_bh = NAN;
    if (!status)
        trait->reason = reason_of(trait, &pairs);
    if (!status && !trait->reason)
        status = behov_spearman(pairs.answers, pairs.ratios, pairs.n, level, &trait->rho, err);
    if (!status && !trait->reason)
        status = behov_spearman(pairs.answers, pairs.ratios, pairs.n, behov_survey_words_level(survey),
                                &trait->rho_for_words, err);
    if (!status && !trait->reason)
        status = behov_kendall(pairs.answers, pairs.ratios, pairs.n, level, &trait->tau, err);
    if (!status && trait->reason)
        forget_test(trait);
    else if (!status)
        trait->p = trait->question->is_yes_no ? trait->welch.p : trait->rho.p;
    free(pairs.answers);
    return status;
}

/* ---- all traits ---------------------------------------------------------------------------------------------------- */

static behov_survey_verdict verdict_of(const behov_survey_trait *trait, double level)
{
    double low = trait->question->is_yes_no ? trait->welch.low : trait->rho_for_words.low,
           high = trait->question->is_yes_no ? trait->welch.high : trait->rho_for_words.high;
    if (trait->reason)
        return BEHOV_SURVEY_NOT_TESTED;
    double limit = fmin(LARGEST_CLEAR_P, 1 - level);
    if (!(trait->p < limit) || !(low > 0 || high < 0))
        return BEHOV_SURVEY_NOT_CLEAR;
    return trait->p_holm < limit ? BEHOV_SURVEY_CLEAR : BEHOV_SURVEY_SINGLE;
}

static behov_status adjust(behov_survey *survey, behov_error *err)
{
    size_t n = survey->n_traits;
    double *p = calloc(3 * n + 1, sizeof *p), *holm = p ? p + n : NULL, *bh = p ? p + 2 * n : NULL;
    if (!p)
        return out_of_memory(err);
    for (size_t k = 0; k < n; k++)
        p[k] = survey->traits[k].p;
    behov_status status = behov_holm(p, n, holm, err);
    if (!status)
        status = behov_benjamini_hochberg(p, n, bh, err);
    for (size_t k = 0; k < n && !status; k++) {
        survey->traits[k].p_holm = holm[k];
        survey->traits[k].p_bh = bh[k];
        survey->traits[k].verdict = verdict_of(&survey->traits[k], survey->options.level);
        survey->n_tested += !survey->traits[k].reason;
    }
    free(p);
    return status;
}

static behov_status check_year(const behov_survey *survey, behov_error *err)
{
    const behov_ratio_table *ratios = survey->ratios;
    for (size_t t = 0; t < ratios->n_years; t++)
        if (!survey->options.year || ratios->years[t] == survey->options.year)
            return BEHOV_OK;
    return behov_error_say(err, BEHOV_E_ARGUMENT, "", SAY_SURVEY_NO_YEAR, survey->options.year,
                           ratios->n_years ? ratios->years[0] : 0,
                           ratios->n_years ? ratios->years[ratios->n_years - 1] : 0);
}

/* At least two units with different ratios. */
static behov_status check_ratios(const behov_survey *survey, behov_error *err)
{
    double first = NAN;
    bool has_spread = false;
    for (size_t unit = 0; unit < survey->n_units; unit++) {
        double ratio = survey->units[unit].ratio;
        has_spread = has_spread || (!isnan(first) && !isnan(ratio) && ratio != first);
        first = isnan(first) ? ratio : first;
    }
    if (isnan(first))
        return behov_error_say(err, BEHOV_E_DATA, "", SAY_SURVEY_NO_RATIOS);
    if (survey->n_units_with_ratio == 1)
        return behov_error_say(err, BEHOV_E_DATA, "", SAY_SURVEY_ONE_UNIT);
    return has_spread ? BEHOV_OK : behov_error_say(err, BEHOV_E_DATA, "", SAY_SURVEY_RATIOS_EQUAL);
}

behov_status behov_survey_new(const behov_ratio_table *ratios, const behov_survey_answers *answers,
                              const behov_survey_options *options, behov_survey *survey, behov_error *err)
{
    *survey = (behov_survey){.ratios = ratios, .answers = answers, .options = *options};
    if (survey->options.level == 0)
        survey->options.level = 0.95;
    behov_status status = check_year(survey, err);
    if (!status)
        status = find_units(survey, err);
    if (!status)
        status = check_ratios(survey, err);
    if (!status)
        status = average_answers(survey, err);
    if (status)
        return status;
    if (!(survey->traits = calloc(answers->n_questions + 1, sizeof *survey->traits)))
        return out_of_memory(err);
    for (size_t k = 0; k < answers->n_questions && !status; k++) {
        survey->n_traits++;
        status = test_trait(survey, k, &survey->traits[k], err);
    }
    return status ? status : adjust(survey, err);
}

void behov_survey_free(behov_survey *survey)
{
    for (size_t k = 0; k < survey->n_traits; k++)
        free(survey->traits[k].levels);
    free(survey->traits);
    free(survey->units);
    free(survey->unit_of_office);
    free(survey->values);
    behov_municipality_names_free(&survey->unknown);
    *survey = (behov_survey){.n_units = 0};
}

/* ---- strength ------------------------------------------------------------------------------------------------------ */

static behov_survey_strength strength_of(double size)
{
    return size < 0.1   ? BEHOV_SURVEY_NEGLIGIBLE
           : size < 0.3 ? BEHOV_SURVEY_WEAK
           : size < 0.5 ? BEHOV_SURVEY_MIDDLE
                        : BEHOV_SURVEY_STRONG;
}

behov_survey_strength behov_survey_least_strength(const behov_rank_correlation *correlation)
{
    bool holds_0 = !(correlation->low > 0) && !(correlation->high < 0);
    return holds_0 ? BEHOV_SURVEY_NEGLIGIBLE : strength_of(fmin(fabs(correlation->low), fabs(correlation->high)));
}

behov_survey_strength behov_survey_most_strength(const behov_rank_correlation *correlation)
{
    return strength_of(fmax(fabs(correlation->low), fabs(correlation->high)));
}
