/* forecast_tables.c - years to come as a table: a municipality's next year, the mean of the years ahead, and a new
 * municipality with the same figures. */
#include <behov/profile_tables.h>

#include <stdlib.h>

static behov_status out_of_memory(behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_PROFILE_NO_MEMORY);
}

static behov_status add_labels(const behov_profiles *profiles, behov_report *report, behov_error *err)
{
    behov_wording label = {0};
    behov_status status = behov_report_add_texts(report, (behov_report_column){"figure", NULL, BEHOV_Q_TEXT}, err);
    for (size_t i = 0, row = 0; i < behov_n_profile_figures && !status; i++) {
        const behov_profile_figure *figure = &behov_profile_figures[i];
        if (!behov_profile_figure_is_forecast(profiles, figure))
            continue;
        behov_profile_forecast_label(profiles, figure, &label);
        status = behov_wording_status(&label, err);
        if (!status)
            status = behov_report_set_text(report, 0, row, behov_wording_text(&label), err);
        if (!status)
            status = behov_report_set_quantity(report, row, behov_profile_figure_quantity(profiles, figure), err);
        row++;
    }
    behov_wording_free(&label);
    return status;
}

static behov_status add_forecast(const behov_profiles *profiles, const behov_profile_year *profile_year, size_t which,
                                 size_t n_rows, behov_report *report, behov_error *err)
{
    static const char *const keys[BEHOV_N_FORECASTS] = {"next_year", "coming_years", "new_municipality"};
    behov_wording name = {0};
    double *values = calloc(n_rows + 1, sizeof *values);
    if (!values)
        return out_of_memory(err);
    for (size_t i = 0, row = 0; i < behov_n_profile_figures; i++)
        if (behov_profile_figure_is_forecast(profiles, &behov_profile_figures[i]))
            values[row++] = behov_profile_forecast_shown(profiles, &behov_profile_figures[i], profile_year, which);
    behov_profile_forecast_name(profiles, which, &name);
    behov_status status = behov_wording_status(&name, err);
    if (!status)
        status = behov_report_add_numbers(
            report, (behov_report_column){keys[which], behov_wording_text(&name), BEHOV_Q_GAP}, values, true, err);
    if (status)
        free(values);
    behov_wording_free(&name);
    return status;
}

behov_status behov_profile_forecasts_table(const behov_profiles *profiles, const behov_profile *profile,
                                           behov_report **out, behov_error *err)
{
    const behov_profile_year *profile_year = &profile->years[profile->last_need];
    behov_report *report = NULL;
    size_t n_rows = 0;
    for (size_t i = 0; i < behov_n_profile_figures; i++)
        n_rows += behov_profile_figure_is_forecast(profiles, &behov_profile_figures[i]);
    behov_status status = behov_report_new("forecasts", n_rows, NULL, &report, err);
    if (!status)
        status = add_labels(profiles, report, err);
    for (size_t which = 0; which < BEHOV_N_FORECASTS && !status; which++)
        if (which != BEHOV_FORECAST_COMING || behov_profile_has_coming(profiles))
            status = add_forecast(profiles, profile_year, which, n_rows, report, err);
    if (status)
        behov_report_free(report);
    else
        *out = report;
    return status;
}
