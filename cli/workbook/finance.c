/* finance.c - one set of profiles, with the rankings in it, for all sheets that need them. */
#include "finance.h"

#include <stdlib.h>

#include "municipality_sheet.h"
#include "profile_tables.h"
#include "remarks.h"
#include "write_ranking.h"

void finance_free(finance *of)
{
    profiles_free(&of->profiles);
    free(of->pages);
    *of = (finance){0};
}

/* The positions of the listed municipalities among the profiles. */
static behov_status find_pages(finance *of, const char *list, behov_error *err)
{
    const directory *places = &of->profiles.country.places;
    behov_status status = directory_choose(places, list, "--profile", &of->pages, &of->n_pages, err);
    for (size_t i = 0; i < of->n_pages && !status; i++) {
        size_t place = of->pages[i];
        const profile *one = profiles_of_place(&of->profiles, place);
        if (!one && !(status = remark_refuse_left_out(&of->of, &places->all[place], "--profile", err)))
            status = behov_error_set(err, BEHOV_E_DATA, "--profile",
                                     "%s %s has no need in any year: a regressor is missing, or its rows are left out "
                                     "by a condition",
                                     places->all[place].code, places->all[place].name);
        else if (one)
            of->pages[i] = (size_t)(one - of->profiles.all);
    }
    return status;
}

behov_status finance_new(const results *of, const finance_choices *choices, finance *made, behov_error *err)
{
    bool has_population = of->of->panel.columns[BEHOV_ROLE_POPULATION] >= 0;
    *made = (finance){.of = *of, .has_all = choices->has_all};
    made->of.level_pct = choices->lasting.level_pct;
    profile_choices wanted = {.list = choices->has_all ? NULL : choices->list,
                              .group = choices->group                       ? choices->group
                                       : choices->has_all && has_population ? "size"
                                                                            : NULL,
                              .level = choices->lasting.level_pct / 100,
                              .n_draws = choices->lasting.n_draws,
                              .seed = choices->lasting.seed};
    behov_status status = profiles_new(&made->of, &wanted, &made->profiles, err);
    return !status && choices->list ? find_pages(made, choices->list, err) : status;
}

behov_status finance_add(const finance *of, section_list *list, section_list *tables, behov_error *err)
{
    behov_status status = BEHOV_OK;
    if (of->has_all) {
        status = ranking_add(&of->profiles.country, true, list, err);
        if (!status)
            status = municipality_sheet_add_tables(&of->profiles, tables, err);
        if (!status)
            status = municipality_sheet_add(&of->profiles, of->n_pages ? of->pages[0] : 0, tables, list, err);
    }
    for (size_t i = 0; i < of->n_pages && !status; i++)
        status = profiles_add_sheet(&of->profiles, of->pages[i], list, err);
    return status;
}
