/* growth.c - see behov/growth.h. */
#include <behov/growth.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

static behov_status out_of_memory(behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_GROWTH_NO_MEMORY);
}

/* b x / log1p(x) with x = (a - b) / b keeps its digits where a and b are near each other. */
double behov_log_mean(double first, double second)
{
    if (first <= 0 || second <= 0)
        return 0;
    double relative = (first - second) / second;
    return relative == 0 ? first : second * relative / log1p(relative);
}

/* ---- two years ----------------------------------------------------------------------------------------------------- */

static behov_growth_reason reason_of_year(behov_growth_year figures, bool has_months)
{
    if (isnan(figures.expenditure_1000kr) || isnan(figures.recipients))
        return BEHOV_GROWTH_MISSING;
    if (figures.expenditure_1000kr < 0)
        return BEHOV_GROWTH_NEGATIVE;
    if (figures.recipients == 0 || (has_months && figures.months == 0)) /* nobody has no months either */
        return BEHOV_GROWTH_NO_RECIPIENTS;
    if (has_months && isnan(figures.months))
        return BEHOV_GROWTH_MISSING;
    return figures.expenditure_1000kr == 0 ? BEHOV_GROWTH_NO_EXPENDITURE : BEHOV_GROWTH_COMPLETE;
}

static void set_levels(behov_growth_factors *out, int t)
{
    const behov_growth_year *year = &out->years[t];
    double months = year->recipients * (out->has_months ? year->months : 1);
    out->levels[t][BEHOV_GROWTH_RECIPIENTS] = year->recipients;
    out->levels[t][BEHOV_GROWTH_MONTHS] = out->has_months ? year->months : NAN;
    out->levels[t][BEHOV_GROWTH_AMOUNT] = months > 0 ? 1000 * year->expenditure_1000kr / months : NAN;
}

void behov_growth_factors_compute(behov_growth_year start, behov_growth_year end, bool has_months,
                                  behov_growth_factors *out)
{
    *out = (behov_growth_factors){.has_months = has_months, .years = {start, end}, .total = NAN};
    behov_growth_reason reasons[] = {reason_of_year(start, has_months), reason_of_year(end, has_months)};
    out->reason = reasons[0] ? reasons[0] : reasons[1];
    out->change_1000kr = end.expenditure_1000kr - start.expenditure_1000kr;
    for (int t = 0; t < 2; t++)
        set_levels(out, t);
    for (int k = 0; k < BEHOV_N_GROWTH_FACTORS; k++)
        out->factors[k] = out->log_shares_pct[k] = out->parts_1000kr[k] = NAN;
    if (out->reason)
        return;
    out->total = end.expenditure_1000kr / start.expenditure_1000kr;
    double log_mean = behov_log_mean(end.expenditure_1000kr, start.expenditure_1000kr), log_sum = 0, log_length = 0;
    for (int k = 0; k < BEHOV_N_GROWTH_FACTORS; k++) {
        if (k == BEHOV_GROWTH_MONTHS && !has_months)
            continue;
        out->factors[k] = out->levels[1][k] / out->levels[0][k];
        log_sum += log(out->factors[k]);
        log_length += fabs(log(out->factors[k]));
        out->parts_1000kr[k] = log_mean * log(out->factors[k]);
    }
    if (fabs(log_sum) <=
        BEHOV_ROUNDED_NOTHING * (1 + log_length)) /* 12345.6 + 2345.7 is not 12345.7 + 2345.6 in doubles */
        return;
    for (int k = 0; k < BEHOV_N_GROWTH_FACTORS; k++)
        out->log_shares_pct[k] = 100 * log(out->factors[k]) / log_sum;
}

/* ---- municipalities ------------------------------------------------------------------------------------------------ */

void behov_growth_places_free(behov_growth_places *places)
{
    free(places->all);
    *places = (behov_growth_places){0};
}

static behov_status choose_years(const behov_service_figures *figures, behov_growth_places *out, behov_error *err)
{
    const char *source = behov_table_source(figures->table);
    if (figures->n_years < 2)
        return behov_error_say(err, BEHOV_E_DATA, source, SAY_GROWTH_ONE_YEAR);
    out->start = out->start ? out->start : figures->years[0];
    out->end = out->end ? out->end : figures->years[figures->n_years - 1];
    behov_status status = behov_service_figures_check_year(figures, out->start, err);
    if (!status)
        status = behov_service_figures_check_year(figures, out->end, err);
    if (!status && out->start >= out->end)
        status = behov_error_say(err, BEHOV_E_ARGUMENT, "", SAY_GROWTH_YEARS_BACKWARDS, out->start, out->end);
    return status;
}

static bool find_year(const behov_service_figures *figures, size_t municipality, int year, behov_growth_year *out)
{
    const behov_service_cell *cell = behov_service_figures_find(figures, municipality, year, NULL);
    if (cell)
        *out = (behov_growth_year){cell->expenditure_1000kr, cell->recipients, cell->months};
    return cell != NULL;
}

/* Sums of years, with months of all recipients in place of a recipient's. */
static void add_to_sum(behov_growth_year *sum, behov_growth_year figures)
{
    sum->expenditure_1000kr += figures.expenditure_1000kr;
    sum->recipients += figures.recipients;
    sum->months += figures.recipients > 0 ? figures.recipients * figures.months : 0;
}

bool behov_growth_year_contradicts(behov_growth_year year, bool has_months)
{
    bool has_nobody = year.recipients == 0 || (has_months && year.months == 0);
    return year.expenditure_1000kr < 0 || has_nobody != (year.expenditure_1000kr == 0);
}

static void add_place(behov_growth_places *out, size_t municipality, behov_growth_year sums[2])
{
    const behov_growth_year none = {NAN, NAN, NAN};
    behov_growth_year years[2] = {none, none};
    bool has_start = find_year(out->figures, municipality, out->start, &years[0]);
    bool has_end = find_year(out->figures, municipality, out->end, &years[1]);
    behov_growth_municipality *place = &out->all[out->n++];
    place->municipality = municipality;
    behov_growth_factors_compute(years[0], years[1], out->has_months, &place->factors);
    if (!has_start || !has_end)
        place->factors.reason = BEHOV_GROWTH_NO_YEAR;
    out->n_for_reason[place->factors.reason]++;
    bool is_whole = place->factors.reason != BEHOV_GROWTH_NO_YEAR;
    for (int t = 0; t < 2; t++) /* months of nobody may be missing */
        is_whole = is_whole && !isnan(years[t].expenditure_1000kr) && !isnan(years[t].recipients) &&
                   (!out->has_months || years[t].recipients == 0 || !isnan(years[t].months));
    bool has_contradiction = false;
    for (int t = 0; t < 2; t++)
        has_contradiction = has_contradiction || behov_growth_year_contradicts(years[t], out->has_months);
    out->n_contradicting += is_whole && has_contradiction;
    is_whole = is_whole && !has_contradiction;
    for (int t = 0; t < 2 && is_whole; t++)
        add_to_sum(&sums[t], years[t]);
    out->n_in_sum += is_whole;
}

behov_status behov_growth_places_compute(const behov_service_figures *figures, int start, int end,
                                         behov_growth_places *out, behov_error *err)
{
    *out = (behov_growth_places){.figures = figures, .start = start, .end = end, .has_months = figures->has_months};
    behov_growth_year sums[2] = {{0, 0, 0}, {0, 0, 0}};
    const char *source = behov_table_source(figures->table);
    if (!figures->has_recipients)
        return behov_error_say(err, BEHOV_E_NAME, source, SAY_GROWTH_NO_RECIPIENTS_COLUMN);
    if (figures->n_functions > 1)
        return behov_error_say(err, BEHOV_E_DATA, source, SAY_GROWTH_SEVERAL_FUNCTIONS);
    behov_status status = choose_years(figures, out, err);
    if (status)
        return status;
    if (!(out->all = calloc(figures->places.n + 1, sizeof *out->all)))
        return out_of_memory(err);
    for (size_t i = 0; i < figures->places.n; i++)
        add_place(out, i, sums);
    for (int t = 0; t < 2; t++)
        sums[t].months = sums[t].recipients > 0 ? sums[t].months / sums[t].recipients : 0;
    if (!out->n_in_sum) /* sums of nobody are no figures */
        sums[0] = sums[1] = (behov_growth_year){NAN, NAN, NAN};
    behov_growth_factors_compute(sums[0], sums[1], out->has_months, &out->together);
    if (!out->n_in_sum)
        out->together.reason = BEHOV_GROWTH_NOBODY;
    return BEHOV_OK;
}

/* ---- growth as print has it ---------------------------------------------------------------------------------------- */

static behov_rounded factor_of(behov_rounded growth_pct)
{
    return (behov_rounded){1 + growth_pct.value / 100, 1 + growth_pct.low / 100, 1 + growth_pct.high / 100};
}

static behov_growth_position position_of(behov_rounded product, behov_rounded total)
{
    return isnan(total.value)         ? BEHOV_GROWTH_NOT_PRINTED
           : product.high < total.low ? BEHOV_GROWTH_BELOW
           : product.low > total.high ? BEHOV_GROWTH_ABOVE
                                      : BEHOV_GROWTH_MEETS;
}

behov_status behov_growth_printed_compute(const behov_growth_printed_factor *factors, size_t n,
                                          behov_rounded total_growth_pct, behov_growth_printed *out, behov_error *err)
{
    *out = (behov_growth_printed){
        .n = n, .total_growth_pct = total_growth_pct, .total = factor_of(total_growth_pct), .product = {1, 1, 1}};
    if (!n || n > BEHOV_GROWTH_PRINTED_MOST)
        return behov_error_say(err, BEHOV_E_ARGUMENT, "", SAY_GROWTH_N_FACTORS, BEHOV_GROWTH_PRINTED_MOST);
    behov_rounded logs[BEHOV_GROWTH_PRINTED_MOST];
    for (size_t k = 0; k < n; k++) {
        behov_growth_printed_factor *factor = &out->factors[k];
        *factor = factors[k];
        factor->factor = factor_of(factor->growth_pct);
        logs[k] = (behov_rounded){log(factor->factor.value), log(factor->factor.low), log(factor->factor.high)};
        out->product.value *= factor->factor.value;
        out->product.low *= factor->factor.low;
        out->product.high *= factor->factor.high;
    }
    for (size_t k = 0; k < n; k++) {
        behov_rounded rest = {0, 0, 0};
        for (size_t other = 0; other < n; other++)
            if (other != k)
                rest = (behov_rounded){rest.value + logs[other].value, rest.low + logs[other].low,
                                       rest.high + logs[other].high};
        behov_rounded share = behov_rounded_part(logs[k], rest);
        out->factors[k].log_share_pct = (behov_rounded){100 * share.value, 100 * share.low, 100 * share.high};
    }
    out->position = position_of(out->product, out->total);
    return BEHOV_OK;
}
