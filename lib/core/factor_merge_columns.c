/* factor_merge_columns.c - the columns of merged parts, with the levels of them all, and the counts of their rows. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "design_inner.h"
#include "factor_merge_parts.h"

static behov_status no_memory(behov_error *err)
{
    return behov_out_of_memory(err, PHRASE_MEMORY_FOR_MERGING_FACTORS);
}

/* ---- the columns of the whole -------------------------------------------------------------------------------------- */

static bool has_level(const levels *level_set, const char *level)
{
    for (size_t i = 0; i < level_set->n; i++)
        if (strcmp(level_set->list[i].text, level) == 0)
            return true;
    return false;
}

static behov_status take_levels(behov_design *design, const behov_factor_part *part, behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t l = 0; l < part->n_levels && !status; l++)
        for (size_t c = 0; c < design->n_components && !status; c++) {
            levels *level_set = &design->components[c].levels;
            const behov_part_level *level = &part->levels[l];
            if (!design->components[c].is_factor || strcmp(design->components[c].name, level->factor) != 0)
                continue;
            if (!has_level(level_set, level->level))
                status = levels_add(level_set, level->level, strlen(level->level), err);
        }
    return status;
}

/* The levels of all parts, not in order yet. */
static behov_status gather_levels(behov_design *design, const behov_factor_part *parts, size_t n_parts,
                                  behov_error *err)
{
    behov_status status = design_collect_components(design, err);
    for (size_t i = 0; i < n_parts && !status; i++)
        status = take_levels(design, &parts[i], err);
    return status;
}

/* The formula's terms with those levels. */
static behov_status make_columns(behov_design *design, behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t c = 0; c < design->n_components && !status; c++)
        if (design->components[c].is_factor)
            status = levels_finish(&design->components[c].levels, design_reference(design, c), err);
    if (!status)
        status = design_make_columns(design, NULL, err);
    return status ? status : design_write_references(design, err);
}

/* ---- rows left out ------------------------------------------------------------------------------------------------- */

static int compare_reasons(const void *a, const void *b)
{
    const behov_reason *x = a, *y = b;
    int order = x->kind != y->kind ? (x->kind < y->kind ? -1 : 1) : strcmp(x->subject, y->subject);
    if (!order && x->mark != y->mark)
        order = x->mark < y->mark ? -1 : 1;
    return order ? order : (int)x->fate - (int)y->fate;
}

/* The first of the levels that the whole lacks too, NULL = it has them all. */
static const behov_part_level *lacking_level(const behov_design *design, const behov_part_reason *reason)
{
    for (size_t l = 0; l < reason->n_levels; l++)
        for (size_t c = 0; c < design->n_components; c++)
            if (design->components[c].is_factor && strcmp(design->components[c].name, reason->levels[l].factor) == 0 &&
                !has_level(&design->components[c].levels, reason->levels[l].level))
                return &reason->levels[l];
    return NULL;
}

/* What becomes of rows in the whole; the subject is a copy, NULL without memory. */
static behov_reason judge(const behov_design *design, const behov_part_reason *reason)
{
    const behov_part_level *level = lacking_level(design, reason);
    behov_reason out = reason->reason;
    size_t size = level ? strlen(level->factor) + strlen(level->level) + sizeof "=" : strlen(out.subject) + 1;
    char *subject = behov_alloc(size, 1);
    if (subject && level)
        snprintf(subject, size, "%s=%s", level->factor, level->level);
    else if (subject)
        memcpy(subject, out.subject, size);
    if (level)
        out = (behov_reason){BEHOV_REASON_LEVEL_UNKNOWN, BEHOV_ROW_LEFT_OUT, NULL, BEHOV_PRESENT, out.n_rows};
    out.subject = subject;
    return out;
}

/* Equal reasons of several parts are one; the order is theirs, for no part is the first. Returns in *n_lost the rows that a
 * part takes for predicted and the whole has no coefficient for. */
static behov_status take_reasons(behov_design *design, const behov_factor_part *parts, size_t n_parts, uint64_t *n_lost,
                                 behov_error *err)
{
    size_t n = 0, n_all = 0;
    fates *fates = &design->fates;
    *n_lost = 0;
    for (size_t i = 0; i < n_parts; i++)
        n_all += parts[i].n_reasons;
    if (!(fates->reasons = behov_alloc(n_all, sizeof *fates->reasons)))
        return no_memory(err);
    for (size_t i = 0; i < n_parts; i++)
        for (size_t r = 0; r < parts[i].n_reasons; r++) {
            behov_reason reason = judge(design, &parts[i].reasons[r]);
            if (!reason.subject)
                return no_memory(err);
            if (reason.fate != parts[i].reasons[r].reason.fate)
                *n_lost += reason.n_rows;
            fates->reasons[fates->n_reasons++] = reason;
        }
    if (fates->n_reasons > 1)
        qsort(fates->reasons, fates->n_reasons, sizeof *fates->reasons, compare_reasons);
    for (size_t i = 0; i < fates->n_reasons; i++) {
        if (n && compare_reasons(&fates->reasons[n - 1], &fates->reasons[i]) == 0) {
            fates->reasons[n - 1].n_rows += fates->reasons[i].n_rows;
            free((char *)fates->reasons[i].subject);
        } else {
            fates->reasons[n++] = fates->reasons[i];
        }
    }
    fates->n_reasons = n;
    return BEHOV_OK;
}

static behov_status count(behov_design *design, const behov_factor_part *parts, size_t n_parts, behov_error *err)
{
    uint64_t n_estimated = 0, n_predicted = 0, n_lost;
    for (size_t i = 0; i < n_parts; i++) {
        n_estimated += parts[i].n_estimated;
        n_predicted += parts[i].n_predicted;
        design->n_observations += parts[i].n_observations;
    }
    design->weight_kind = strcmp(parts[0].texts[BEHOV_PART_WEIGHT_KIND], "frequency") == 0 ? BEHOV_WEIGHT_FREQUENCY
                                                                                           : BEHOV_WEIGHT_PRECISION;
    behov_status status = take_reasons(design, parts, n_parts, &n_lost, err);
    if (status)
        return status;
    n_predicted -= n_lost < n_predicted - n_estimated ? n_lost : n_predicted - n_estimated;
    design->n_estimated = (size_t)n_estimated, design->n_predicted = (size_t)n_predicted;
    status = design_check_counts(design, &(behov_design_options){0}, err);
    design->n_estimated = design->n_predicted = 0;
    if (!status && !(design->merged = behov_alloc(1, sizeof *design->merged)))
        return no_memory(err);
    if (!status)
        design->merged->n_estimated = (size_t)n_estimated, design->merged->n_predicted = (size_t)n_predicted;
    return status;
}

behov_status factor_merge_columns(behov_design *design, const behov_factor_part *parts, size_t n_parts,
                                  behov_error *err)
{
    behov_status status = gather_levels(design, parts, n_parts, err);
    if (!status) /* which rows have no coefficient hangs on the levels */
        status = count(design, parts, n_parts, err);
    return status ? status : make_columns(design, err);
}
