/* lasting_panel.c - panels of residuals in the files of the reference for chance that lasts. */
#include "lasting_panel.h"

#include <stdlib.h>
#include <string.h>

enum { LINE = 4000, ROWS = 20000, WIDTH = 32, NAME = 16 };

size_t lasting_panel_find(const lasting_panel *panel, const char *name)
{
    size_t m = 0;
    while (m < panel->n_municipalities && strcmp(panel->names[m], name) != 0)
        m++;
    return m;
}

static void make_room(lasting_panel *panel)
{
    panel->municipalities = calloc(ROWS, sizeof *panel->municipalities);
    panel->years = calloc(ROWS, sizeof *panel->years);
    panel->residuals = calloc(ROWS, sizeof *panel->residuals);
    panel->populations = calloc(ROWS, sizeof *panel->populations);
    panel->regressors = calloc(ROWS, WIDTH * sizeof *panel->regressors);
    panel->root_weights = calloc(ROWS, sizeof *panel->root_weights);
    panel->is_estimated = calloc(ROWS, sizeof *panel->is_estimated);
    panel->names = calloc(ROWS, sizeof *panel->names);
}

/* The field that `rest` begins with, ended; `rest` goes on to the next, NULL after the last. */
static char *take_field(char **rest)
{
    char *field = *rest, *end = field ? strchr(field, ',') : NULL;
    if (end)
        *end++ = 0;
    *rest = end;
    return field;
}

static void read_row(lasting_panel *panel, char *line, char columns[WIDTH][16], size_t n_columns)
{
    char *rest = line;
    panel->root_weights[panel->n] = 1;
    panel->is_estimated[panel->n] = true;
    for (size_t c = 0, k = 0; c < n_columns; c++) {
        char *field = take_field(&rest);
        double number = atof(field);
        if (strcmp(columns[c], "municipality") == 0) {
            size_t m = lasting_panel_find(panel, field);
            if (m == panel->n_municipalities)
                snprintf(panel->names[panel->n_municipalities++], NAME, "%.15s", field);
            panel->municipalities[panel->n] = (uint32_t)m;
        } else if (strcmp(columns[c], "year") == 0) {
            panel->years[panel->n] = (int32_t)number;
        } else if (strcmp(columns[c], "population") == 0) {
            panel->populations[panel->n] = number;
        } else if (strcmp(columns[c], "residual") == 0) {
            panel->residuals[panel->n] = number;
        } else if (strcmp(columns[c], "root_weight") == 0) {
            panel->root_weights[panel->n] = number;
        } else if (strcmp(columns[c], "estimated") == 0) {
            panel->is_estimated[panel->n] = number != 0;
        } else {
            panel->regressors[panel->n * panel->n_regressors + k++] = number;
        }
    }
    panel->n++;
}

bool lasting_panel_read(const char *path, lasting_panel *panel)
{
    FILE *file = fopen(path, "r");
    char line[LINE], columns[WIDTH][16] = {{0}};
    size_t n_columns = 0;
    *panel = (lasting_panel){0};
    if (!file)
        return false;
    make_room(panel);
    while (fgets(line, sizeof line, file)) {
        line[strcspn(line, "\r\n")] = 0;
        if (n_columns == 0) {
            for (char *rest = line, *field; (field = take_field(&rest)) != NULL; n_columns++) {
                snprintf(columns[n_columns], NAME, "%.15s", field);
                panel->n_regressors += field[0] == 'x';
            }
        } else if (line[0]) {
            read_row(panel, line, columns, n_columns);
        }
    }
    fclose(file);
    return true;
}

void lasting_panel_free(lasting_panel *panel)
{
    free(panel->municipalities), free(panel->years), free(panel->residuals), free(panel->populations);
    free(panel->regressors), free(panel->root_weights), free(panel->is_estimated), free(panel->names);
}

behov_shrink_data lasting_panel_data(const lasting_panel *panel)
{
    return (behov_shrink_data){.n_rows = panel->n,
                               .n_municipalities = panel->n_municipalities,
                               .n_regressors = panel->n_regressors,
                               .municipalities = panel->municipalities,
                               .residuals = panel->residuals,
                               .populations = panel->populations,
                               .regressors = panel->n_regressors ? panel->regressors : NULL,
                               .is_estimated = panel->is_estimated,
                               .root_weights = panel->root_weights,
                               .chance = BEHOV_CHANCE_AR1,
                               .years = panel->years};
}
