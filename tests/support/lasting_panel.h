/* lasting_panel.h - panels of residuals in the files of the reference for chance that lasts. */
#ifndef BEHOV_TESTS_LASTING_PANEL_H
#define BEHOV_TESTS_LASTING_PANEL_H

#include <behov/shrink.h>
#include <stdio.h>

typedef struct lasting_panel {
    size_t n, n_municipalities, n_regressors;
    uint32_t *municipalities;
    int32_t *years;
    double *residuals, *populations, *regressors, *root_weights;
    bool *is_estimated;
    char (*names)[16]; /* of municipalities, in the order in which they are met */
} lasting_panel;

/// Reads columns municipality, year, population, residual, x1 .. and, where there are any, weight and estimated.
/// \return false when the file is not there
bool lasting_panel_read(const char *path, lasting_panel *panel);
void lasting_panel_free(lasting_panel *panel);
/// Data of AR(1) with the panel's rows; change what is to be another.
behov_shrink_data lasting_panel_data(const lasting_panel *panel);
/// Position of a municipality by name; n_municipalities when it is not there.
size_t lasting_panel_find(const lasting_panel *panel, const char *name);

#endif
