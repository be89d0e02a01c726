/* plausibility_findings.c - the list of findings: its order, what is listed and what is counted. */
#include <behov/plausibility.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "plausibility_parts.h"

/* Mended first, then errors, then warnings, then information. */
static int order_of(behov_severity severity)
{
    return severity == BEHOV_MENDED ? 0 : severity == BEHOV_ERROR ? 1 : severity == BEHOV_WARNING ? 2 : 3;
}

static bool is_alike(const behov_oddity *a, const behov_oddity *b)
{
    return a->kind == b->kind && a->severity == b->severity && a->column == b->column;
}

/* A copy that the plausibility owns. */
static behov_status keep_detail(behov_plausibility *plausibility, const char **detail, behov_error *err)
{
    if (plausibility->n_details == plausibility->details_room) {
        size_t room = plausibility->details_room ? 2 * plausibility->details_room : 16;
        char **details = behov_realloc(plausibility->details, room, sizeof *details);
        if (!details)
            return behov_out_of_memory(err, PHRASE_MEMORY_FOR_PANEL_FINDINGS);
        plausibility->details = details;
        plausibility->details_room = room;
    }
    size_t size = strlen(*detail) + 1;
    char *copy = behov_alloc(size, 1);
    if (!copy)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_PANEL_FINDINGS);
    plausibility->details[plausibility->n_details++] = memcpy(copy, *detail, size);
    *detail = copy;
    return BEHOV_OK;
}

behov_status behov_plausibility_add(behov_plausibility *plausibility, behov_oddity finding, behov_error *err)
{
    /* The new one goes behind the last of its severity; those that are alike stand together there. */
    size_t place = plausibility->n, n_alike = 0;
    while (place > 0 && order_of(plausibility->findings[place - 1].severity) > order_of(finding.severity))
        place--;
    while (n_alike < place && n_alike <= plausibility->listed_most &&
           is_alike(&plausibility->findings[place - 1 - n_alike], &finding))
        n_alike++;
    if (n_alike > plausibility->listed_most) {
        plausibility->findings[place - 1].count += finding.count;
        return BEHOV_OK;
    }
    if (n_alike == plausibility->listed_most) {
        finding.is_rest = true;
        finding.row = finding.other_row = -1;
        finding.detail = NULL;
    }
    if (finding.detail && keep_detail(plausibility, &finding.detail, err))
        return BEHOV_E_MEMORY;
    if (plausibility->n == plausibility->room) {
        size_t room = plausibility->room ? 2 * plausibility->room : 16;
        behov_oddity *oddity = behov_realloc(plausibility->findings, room, sizeof *oddity);
        if (!oddity)
            return behov_out_of_memory(err, PHRASE_MEMORY_FOR_PANEL_FINDINGS);
        plausibility->findings = oddity;
        plausibility->room = room;
    }
    memmove(&plausibility->findings[place + 1], &plausibility->findings[place],
            (plausibility->n - place) * sizeof *plausibility->findings);
    plausibility->findings[place] = finding;
    plausibility->n++;
    return BEHOV_OK;
}

const behov_oddity *behov_plausibility_findings(const behov_plausibility *plausibility, size_t *n_findings)
{
    *n_findings = plausibility->n;
    return plausibility->findings;
}

size_t behov_plausibility_count(const behov_plausibility *plausibility, behov_oddity_kind kind, behov_severity severity)
{
    size_t count = 0;
    for (size_t i = 0; i < plausibility->n; i++)
        if (plausibility->findings[i].kind == kind && plausibility->findings[i].severity == severity)
            count += plausibility->findings[i].count;
    return count;
}

void behov_plausibility_free(behov_plausibility *plausibility)
{
    if (!plausibility)
        return;
    for (size_t i = 0; i < plausibility->n_details; i++)
        free(plausibility->details[i]);
    free(plausibility->details);
    free(plausibility->findings);
    free(plausibility);
}

behov_oddity behov_oddity_new(behov_oddity_kind kind, behov_severity severity, int cause, ptrdiff_t row,
                              ptrdiff_t column)
{
    return (behov_oddity){.kind = kind,
                          .severity = severity,
                          .cause = cause,
                          .row = row,
                          .other_row = -1,
                          .column = column,
                          .value = NAN,
                          .low = NAN,
                          .high = NAN,
                          .count = 1};
}
