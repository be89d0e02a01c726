/* factor_part_reasons.c - why rows of a part are not estimated on, with the levels that the whole alone can judge. */
#include <behov/factor_part.h>

#include <behov/number.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "design_inner.h"
#include "factor_part_inner.h"

static behov_status no_memory(behov_error *err)
{
    return behov_out_of_memory(err, PHRASE_MEMORY_FOR_FACTOR_PART);
}

void factor_part_reason_free(behov_part_reason *reason)
{
    for (size_t l = 0; reason->levels && l < reason->n_levels; l++)
        free(reason->levels[l].factor), free(reason->levels[l].level);
    free(reason->levels);
    free((char *)reason->reason.subject);
}

/* A row's level of a component as text, of a component whose levels do not have it; NULL where they do. */
static const char *unknown_level(const component *factor, uint32_t row, char text[BEHOV_NUMBER_SIZE])
{
    const levels *level_set = &factor->levels;
    if (!factor->is_factor || levels_position(level_set, row) >= 0)
        return NULL;
    if (level_set->of_code)
        return behov_dictionary_text(behov_table_levels(level_set->table, level_set->column),
                                     behov_table_codes(level_set->table, level_set->column)[row]);
    behov_number_shortest(behov_table_numbers(level_set->table, level_set->column)[row], text);
    return text;
}

/* Whether the row is left out for this reason and has none but these unknown levels. */
static bool is_of_reason(const behov_design *design, uint32_t row, const behov_part_reason *reason,
                         const behov_reason *why)
{
    char text[BEHOV_NUMBER_SIZE];
    size_t n = 0;
    if (reason->reason.kind != why->kind || reason->reason.fate != why->fate || reason->reason.mark != why->mark ||
        strcmp(reason->reason.subject, why->subject) != 0)
        return false;
    for (size_t c = 0; c < design->n_components && why->fate != BEHOV_ROW_LEFT_OUT; c++) {
        const char *level = unknown_level(&design->components[c], row, text);
        if (!level)
            continue;
        if (n == reason->n_levels || strcmp(reason->levels[n].factor, design->components[c].name) != 0 ||
            strcmp(reason->levels[n].level, level) != 0)
            return false;
        n++;
    }
    return n == reason->n_levels;
}

static behov_status add_reason(const behov_design *design, uint32_t row, const behov_reason *why,
                               behov_factor_part *part, behov_error *err)
{
    char text[BEHOV_NUMBER_SIZE];
    behov_part_reason *reasons = behov_realloc(part->reasons, part->n_reasons + 1, sizeof *reasons);
    if (!reasons)
        return no_memory(err);
    part->reasons = reasons;
    behov_part_reason *reason = &reasons[part->n_reasons++];
    *reason = (behov_part_reason){.reason = *why};
    reason->reason.n_rows = 1;
    reason->reason.subject = behov_copy_text(why->subject, strlen(why->subject));
    reason->levels = behov_alloc(design->n_components, sizeof *reason->levels);
    if (!reason->reason.subject || !reason->levels)
        return no_memory(err);
    for (size_t c = 0; c < design->n_components && why->fate != BEHOV_ROW_LEFT_OUT; c++) {
        const char *level = unknown_level(&design->components[c], row, text);
        if (!level)
            continue;
        behov_part_level *kept = &reason->levels[reason->n_levels++];
        *kept = (behov_part_level){behov_copy_text(design->components[c].name, strlen(design->components[c].name)),
                                   behov_copy_text(level, strlen(level)), design->components[c].levels.of_code != NULL};
        if (!kept->factor || !kept->level)
            return no_memory(err);
    }
    return BEHOV_OK;
}

behov_status factor_part_take_reasons(const behov_design *design, behov_factor_part *part, behov_error *err)
{
    size_t n_rows = behov_table_n_rows(design->table), last = 0;
    if (!(part->reasons = behov_alloc(1, sizeof *part->reasons)))
        return no_memory(err);
    for (size_t row = 0; row < n_rows; row++) {
        uint16_t code = fates_code(&design->fates, row);
        if (!code)
            continue;
        const behov_reason *why = &design->fates.reasons[code - 1];
        size_t i = last; /* rows of one reason follow each other as often as not */
        bool is_known = i < part->n_reasons && is_of_reason(design, (uint32_t)row, &part->reasons[i], why);
        for (i = is_known ? i : 0; !is_known && i < part->n_reasons; i++)
            if ((is_known = is_of_reason(design, (uint32_t)row, &part->reasons[i], why)))
                break;
        last = i;
        if (is_known) {
            part->reasons[i].reason.n_rows++;
            continue;
        }
        behov_status status = add_reason(design, (uint32_t)row, why, part, err);
        if (status)
            return status;
    }
    return BEHOV_OK;
}
