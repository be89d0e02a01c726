/* datasets.c - see datasets.h. */
#include "datasets.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "system.h"

static const dataset list[] = {
    {"borders/borders_2011.txt", "kommunegrenser 2011, forenklet, © Kartverket, CC BY 4.0",
     "borders of municipalities 2011, simplified, © Kartverket, CC BY 4.0"},
    {"borders/borders_2020.txt", "kommunegrenser 2020, forenklet, © Kartverket, CC BY 4.0",
     "borders of municipalities 2020, simplified, © Kartverket, CC BY 4.0"},
    {"borders/borders_2024.txt", "kommunegrenser 2024, forenklet, © Kartverket, CC BY 4.0",
     "borders of municipalities 2024, simplified, © Kartverket, CC BY 4.0"},
    {"norway/counties.csv", "fylkenes navn etter de to første sifrene i kommunenummeret",
     "names of counties by the first two digits of the municipality code"},
    {"norway/municipality_changes.csv", "kommuners endringer fra 1838, etter SSBs kommunestandard (KLASS 131)",
     "changes of municipalities since 1838, after Statistics Norway's standard (KLASS 131)"},
    {"simulated/panel.csv", "SIMULERT panel: 424 kommuner 2012–2016, ikke virkelige tall",
     "SIMULATED panel: 424 municipalities 2012–2016, not real figures"},
    {"models/proba-2017-08.ini", "modellen i Proba-rapport 2017-08", "the model of Proba report 2017-08"},
    {"recipes/proba-2017-08.ini", "oppskrift: panelet til modellen av det som SSB, IMDi og departementet publiserer",
     "recipe: the model's panel from what Statistics Norway, IMDi and the ministry publish"},
    {"cost-keys/weights.csv", "vekter i kostnadsnøkler: sosiale tjenester 2026, helse- og sosialtjenester 2004",
     "weights of cost keys: social services 2026, health and social services 2004"},
    {"proba-2017-08/regression.csv", "vedlegg 1: trykte koeffisienter, stjerner og standardfeil",
     "annex 1: printed coefficients, stars and standard errors"},
    {"proba-2017-08/regression_notes.csv", "vedlegg 1: noter", "annex 1: notes"},
    {"proba-2017-08/ratios.csv", "vedlegg 2: faktisk utgift i prosent av beregnet behov",
     "annex 2: actual in per cent of expected expenditure"},
    {"proba-2017-08/case_municipalities.csv", "tabell 6-1: nivå og endring i ni kommuner",
     "table 6-1: level and change in nine municipalities"},
    {"proba-2017-08/expected_signs.csv", "tabell 5-4: fortegn", "table 5-4: signs"},
    {"proba-2017-08/expenditure_growth.csv", "kapittel 3: vekst i utgiftene", "chapter 3: growth of expenditure"},
    {"proba-2017-08/recipients_by_family.csv", "tabell 3-1: mottakere etter familietype",
     "table 3-1: recipients by family"},
    {"proba-2017-08/recipients_by_background.csv", "tabell 3-2: mottakere etter innvandringskategori",
     "table 3-2: recipients by background"},
};

const dataset *datasets_list(size_t *n)
{
    *n = sizeof list / sizeof *list;
    return list;
}

static const char scheme[] = "bundled:";

bool datasets_is_bundled(const char *path)
{
    return strncmp(path, scheme, strlen(scheme)) == 0;
}

const char *datasets_find(const char *path, size_t *n_bytes)
{
    for (size_t i = 0; datasets_is_bundled(path) && i < n_datasets_bytes; i++)
        if (strcmp(datasets_bytes[i].name, path + strlen(scheme)) == 0) {
            *n_bytes = datasets_bytes[i].n;
            return (const char *)datasets_bytes[i].bytes;
        }
    return NULL;
}

bool datasets_path_is_there(const char *path)
{
    size_t n_bytes;
    return datasets_is_bundled(path) ? datasets_find(path, &n_bytes) != NULL : system_is_there(path);
}

behov_status datasets_path(const char *name, char **path, behov_error *err)
{
    const char *folder = system_environment("BEHOV_DATASETS");
    bool is_own = folder != NULL;
    size_t size = (is_own ? strlen(folder) : strlen(scheme)) + strlen(name) + 2;
    if (!(*path = malloc(size)))
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_DATASETS_NO_MEMORY);
    snprintf(*path, size, "%s%s%s", is_own ? folder : scheme, is_own ? "/" : "", name);
    size_t n_bytes;
    if (is_own ? system_may_read(*path) == 0 : datasets_find(*path, &n_bytes) != NULL)
        return BEHOV_OK;
    free(*path);
    *path = NULL;
    return is_own ? behov_error_say(err, BEHOV_E_FILE, "", SAY_DATASETS_NOT_IN_FOLDER, name, folder)
                  : behov_error_say(err, BEHOV_E_FILE, "", SAY_DATASETS_NO_BUNDLED, name);
}
