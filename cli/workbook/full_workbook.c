/* full_workbook.c - one set of profiles, with the rankings in it, for all sheets that need them. */
#include "full_workbook.h"

#include <stdlib.h>

#include <behov/left_out.h>
#include <behov/model_labels.h>
#include "municipality_sheet.h"
#include <behov/profile_tables.h>
#include <behov/ranking_tables.h>
#include "progress.h"

void full_workbook_free(full_workbook *workbook)
{
    behov_profiles_free(&workbook->profiles);
    free(workbook->pages);
    *workbook = (full_workbook){0};
}

/* The positions of the listed municipalities among the profiles. */
static behov_status find_pages(full_workbook *full_workbook, const behov_municipality_names *list, behov_error *err)
{
    const behov_municipality_list *places = &full_workbook->profiles.country.places;
    behov_status status =
        behov_municipality_list_choose(places, list, "--profile", &full_workbook->pages, &full_workbook->n_pages, err);
    for (size_t i = 0; i < full_workbook->n_pages && !status; i++) {
        size_t place = full_workbook->pages[i];
        const behov_profile *profile = behov_profiles_of_place(&full_workbook->profiles, place);
        if (!profile &&
            !(status = behov_left_out_refuse(&full_workbook->fit_results, &places->all[place], "--profile", err)))
            status = behov_error_say(err, BEHOV_E_DATA, "--profile", SAY_FINANCE_NO_NEED, places->all[place].code,
                                     places->all[place].name);
        else if (profile)
            full_workbook->pages[i] = (size_t)(profile - full_workbook->profiles.all);
    }
    return status;
}

behov_status full_workbook_new(const behov_fit_results *fit_results, const full_workbook_choices *choices,
                               full_workbook *workbook, behov_error *err)
{
    bool has_population = fit_results->study->panel.columns[BEHOV_ROLE_POPULATION] >= 0;
    *workbook = (full_workbook){.fit_results = *fit_results, .has_all = choices->has_all};
    workbook->fit_results.level_pct = choices->lasting.level_pct;
    behov_profile_choices wanted_choices = {.list = choices->has_all ? NULL : choices->list,
                                            .group = choices->group,
                                            .level = choices->lasting.level_pct / 100,
                                            .n_draws = choices->lasting.n_draws,
                                            .seed = choices->lasting.seed,
                                            .lasting = choices->lasting.choices,
                                            .label = behov_model_label};
    if (!wanted_choices.group.kind && choices->has_all && has_population)
        wanted_choices.group.kind = "size";
    progress *bar = progress_new("draws");
    wanted_choices.progress = (behov_progress){progress_step, bar};
    behov_status status = behov_profiles_new(&workbook->fit_results, &wanted_choices, &workbook->profiles, err);
    progress_free(bar);
    return !status && choices->list ? find_pages(workbook, choices->list, err) : status;
}

behov_status full_workbook_add(const full_workbook *full_workbook, full_workbook_sheets wanted,
                               behov_section_list *list, behov_section_list *tables, behov_error *err)
{
    behov_status status = BEHOV_OK;
    if (full_workbook->has_all && wanted.has_ranking)
        status = behov_ranking_add(&full_workbook->profiles.country, true, list, err);
    if (full_workbook->has_all && wanted.has_municipality) {
        if (!status)
            status = municipality_sheet_add_tables(&full_workbook->profiles, tables, err);
        if (!status)
            status = municipality_sheet_add(&full_workbook->profiles,
                                            full_workbook->n_pages ? full_workbook->pages[0] : 0, tables, list, err);
    }
    for (size_t i = 0; i < full_workbook->n_pages && !status; i++)
        status = behov_profiles_add_sheet(&full_workbook->profiles, full_workbook->pages[i], list, err);
    return status;
}
