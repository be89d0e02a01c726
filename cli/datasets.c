/* datasets.c - finding the bundled files. */
#include "datasets.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const dataset list[] = {
    {"norway/counties.csv", "fylkenes navn etter de to første sifrene i kommunenummeret",
     "names of counties by the first two digits of the municipality code"},
    {"simulated/panel.csv", "SIMULERT panel: 424 kommuner 2012–2016, ikke virkelige tall",
     "SIMULATED panel: 424 municipalities 2012–2016, not real figures"},
    {"models/proba-2017-08.ini", "modellen i Proba-rapport 2017-08", "the model of Proba report 2017-08"},
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

/* folder/beside/name when it can be read, else NULL */
static char *readable(const char *folder, const char *beside, const char *name)
{
    size_t size = strlen(folder) + strlen(beside) + strlen(name) + 3;
    char *path = malloc(size);
    if (!path)
        return NULL;
    snprintf(path, size, "%s%s/%s", folder, beside, name);
    if (access(path, R_OK) == 0)
        return path;
    free(path);
    return NULL;
}

behov_status datasets_path(const char *name, char **path, behov_error *err)
{
    const char *chosen = getenv("BEHOV_DATASETS");
    if (chosen && chosen[0]) {
        *path = readable(chosen, "", name);
        return *path ? BEHOV_OK
                     : behov_error_set(err, BEHOV_E_FILE, "", "the bundled file %s is not in %s, which BEHOV_DATASETS names",
                                       name, chosen);
    }
    char program[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    char *found = NULL;
    if (length > 0) {
        program[length] = '\0';
        char *slash = strrchr(program, '/');
        if (slash)
            *slash = '\0';
        found = readable(program, "/../../datasets", name); /* build/cli/behov */
        if (!found)
            found = readable(program, "/../share/behov/datasets", name);
    }
    if (!found)
        found = readable(BEHOV_DATA_DIR, "", name);
    *path = found;
    return found ? BEHOV_OK
                 : behov_error_set(err, BEHOV_E_FILE, "",
                                   "the bundled file %s was not found beside the program or in %s; set BEHOV_DATASETS to "
                                   "the folder that holds it",
                                   name, BEHOV_DATA_DIR);
}
