/* panel_findings_parts.h - a whole panel in the order of municipalities and of years: what the looks at it share. */
#ifndef BEHOV_PANEL_FINDINGS_PARTS_H
#define BEHOV_PANEL_FINDINGS_PARTS_H

#include <behov/panel_findings.h>

#include <stddef.h>
#include <stdint.h>

/* Two rows of one municipality in years that follow each other among those of the panel. */
typedef struct panel_pair {
    uint32_t old_row, row;
    size_t year; /* position of the later */
} panel_pair;

/* A column of figures that is neither code, year nor estimated_on. */
typedef struct panel_column {
    size_t column;
    const double *values;
    bool is_outcome, is_of_model, is_population;
    bool is_still;  /* does not change from year to year */
    bool is_sorted; /* in the order of municipalities: told, and no shift */
} panel_column;

typedef struct whole_panel {
    behov_study *study;
    const behov_panel_findings_options *options;
    bool is_beside_fit; /* what would be an error of a whole panel is a warning, and nothing else is told */
    uint32_t *rows;     /* those that are municipalities, by municipality, then by year */
    size_t n_rows;
    size_t *first; /* n_groups + 1 positions in rows: a municipality each */
    size_t n_groups;
    int *years; /* in order */
    size_t n_years;
    size_t *year_at;     /* by row of the table: the position of its year */
    uint32_t *year_rows; /* the rows again, by year, then by municipality */
    size_t *year_first;  /* n_years + 1 positions in year_rows */
    panel_pair *pairs;   /* by municipality, then by year */
    size_t n_pairs;
    panel_column *columns;
    size_t n_columns;
    size_t n_table_rows;
    double *work; /* room for a figure of each row of the table, three times */
} whole_panel;

/* Adds a finding to those of the study; beside a fit, if it is one for it. */
behov_status whole_panel_add(const whole_panel *panel, behov_oddity finding, behov_error *err) BEHOV_MUST_CHECK;
/* A warning that becomes an error in a column that the model uses. */
behov_severity whole_panel_severity(const panel_column *column);
/* Sorts n figures, and returns their middle one, the mean of two; NaN of none. */
double whole_panel_median(double *values, size_t n);
void whole_panel_sort(double *values, size_t n);

behov_status whole_panel_look_at_changes(const whole_panel *panel, behov_error *err) BEHOV_MUST_CHECK;
behov_status whole_panel_look_at_codes(const whole_panel *panel, behov_error *err) BEHOV_MUST_CHECK;
behov_status whole_panel_look_at_copies(const whole_panel *panel, behov_error *err) BEHOV_MUST_CHECK;
behov_status whole_panel_look_at_columns(const whole_panel *panel, behov_error *err) BEHOV_MUST_CHECK;
behov_status whole_panel_look_at_country(const whole_panel *panel, behov_error *err) BEHOV_MUST_CHECK;
behov_status whole_panel_look_at_order(const whole_panel *panel, behov_error *err) BEHOV_MUST_CHECK;
behov_status whole_panel_look_at_shifts(const whole_panel *panel, behov_error *err) BEHOV_MUST_CHECK;
behov_status whole_panel_look_at_lives(const whole_panel *panel, behov_error *err) BEHOV_MUST_CHECK;

#endif
