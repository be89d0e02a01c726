/* comparison_notes.c - see comparison_notes.h. */
#include "comparison_notes.h"

#include "messages.h"
#include "write_printed_comparison.h"
#include <behov/wording.h>

static void print_terms(const behov_printed_comparison *comparison)
{
    behov_wording terms = {0};
    unsigned long line = 0;
    for (size_t i = 0; i < comparison->table.n_rows && comparison->n_unknown_terms; i++) {
        const behov_printed_row *row = comparison->matches[i].printed;
        if (comparison->matches[i].fitted)
            continue;
        line = line ? line : row->line;
        behov_wording_add_after(&terms, ", ", row->term);
    }
    if (terms.length)
        print_line(SAY_COMPARE_TERMS_NOT_IN_MODEL, comparison->table_name, line, behov_wording_text(&terms));
    behov_wording_free(&terms);
}

static void print_municipalities(const behov_printed_comparison *comparison)
{
    for (size_t i = 0; i < comparison->n_unknown && i < PRINTED_COMPARISON_SHOWN; i++) {
        const behov_municipality *place = &comparison->printed_ratios.places.all[comparison->unknown_positions[i]];
        const char *mark = place->code[0] && place->name[0] ? " " : "", *file = comparison->ratios_name;
        if (!place->code[0] && behov_printed_comparison_n_called(comparison, place->name) > 1)
            print_line(SAY_COMPARE_MUNICIPALITY_IN_PANEL_TWICE, file, place->code, mark, place->name);
        else
            print_line(SAY_COMPARE_MUNICIPALITY_NOT_IN_PANEL, file, place->code, mark, place->name);
    }
    unsigned long n_more =
        comparison->n_unknown > PRINTED_COMPARISON_SHOWN ? comparison->n_unknown - PRINTED_COMPARISON_SHOWN : 0;
    if (n_more == 1)
        print_line(SAY_COMPARE_ONE_MORE_NOT_IN_PANEL, comparison->ratios_name, n_more);
    else if (n_more)
        print_line(SAY_COMPARE_MUNICIPALITIES_NOT_IN_PANEL, comparison->ratios_name, n_more);
}

bool comparison_notes_print(const behov_printed_comparison *comparison)
{
    print_terms(comparison);
    print_municipalities(comparison);
    return comparison->n_unknown_terms || comparison->n_unknown;
}
