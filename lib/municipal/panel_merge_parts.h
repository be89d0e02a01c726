/* panel_merge_parts.h - what the files of panel_merge share: where each row goes, before any figure is summed. */
#ifndef BEHOV_PANEL_MERGE_PARTS_H
#define BEHOV_PANEL_MERGE_PARTS_H

#include <behov/panel_merge.h>

typedef struct behov_merge_part {
    size_t row;
    double share;  /* of the row that goes here, 1 = all of it */
    double before; /* of the row that has gone to those before it: whole figures are divided into whole ones */
} behov_merge_part;

/* One row of the outcome: a municipality of the asked-for year, in one year of the panel. */
typedef struct behov_merge_group {
    size_t variant;
    const char *code; /* of the variant (borrowed) */
    int year;
    behov_merge_part *parts; /* in the order of their codes */
    size_t n_parts;
    bool is_left_out;
} behov_merge_group;

typedef struct behov_merging {
    const behov_panel *panel;
    const behov_municipality_history *history;
    const behov_merge_options *options;
    behov_panel_merge *out;
    behov_error *err;
    int date, first_year, n_years;
    ptrdiff_t origin;            /* the column of what an earlier merging made rows of; -1 = there was none */
    int origin_date;             /* of which all codes of such a panel are */
    ptrdiff_t *variants;         /* of each row, -1 = left out */
    bool *is_outside_life;       /* of each row */
    behov_variant_list *targets; /* of each variant that a row has, all = NULL where not asked yet */
    size_t *groups_index;        /* variant x year, 0 = none, else the position + 1 */
    behov_merge_group *groups;
    size_t n_groups, groups_room;
} behov_merging;

behov_status behov_merging_out_of_memory(behov_error *err);
/* One more fact of a subject and a detail (copied), or one more row and year of it. */
behov_status behov_merging_fact(behov_merging *merging, behov_merge_fact_kind kind, const char *subject,
                                const char *detail, int year);
/* "0720 Stokke" into 300 bytes; returns them. */
const char *behov_merging_variant_name(const behov_merging *merging, size_t variant, char name[300]);
/* Places every row, settles splits, and leaves out what has no exact figure. The members from `variants` on are filled;
 * free with behov_merging_free in any case. */
behov_status behov_merging_place(behov_merging *merging);
void behov_merging_free(behov_merging *merging);

#endif
