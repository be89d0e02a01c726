/* audit_results.c - see audit_results.h. */
#include <behov/audit_results.h>

#include <stdlib.h>

static void file_free(behov_audit_file *audit_file)
{
    free(audit_file->path);
    free(audit_file->name);
}

void behov_audit_results_free(behov_audit_results *audit_results)
{
    behov_audit_free(audit_results->audit);
    behov_printed_signs_free(&audit_results->signs);
    behov_printed_notes_free(&audit_results->notes);
    behov_printed_table_free(&audit_results->table);
    file_free(&audit_results->signs_file);
    file_free(&audit_results->notes_file);
    file_free(&audit_results->table_file);
}

behov_status behov_audit_results_compute(behov_audit_results *audit_results, behov_error *err)
{
    if (audit_results->notes.has_legend && audit_results->legend_from != BEHOV_LEGEND_OF_OPTION) {
        audit_results->legend = audit_results->notes.legend;
        audit_results->legend_from = BEHOV_LEGEND_OF_NOTES;
    }
    behov_audit_row *rows = calloc(audit_results->table.n_rows, sizeof *rows);
    if (!rows)
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_AUDIT_NO_MEMORY);
    for (size_t i = 0; i < audit_results->table.n_rows; i++)
        rows[i] =
            (behov_audit_row){audit_results->table.rows[i].coefficient, audit_results->table.rows[i].standard_error,
                              audit_results->table.rows[i].n_stars, 0};
    for (size_t i = 0; i < audit_results->signs.n; i++) {
        size_t row = behov_printed_table_find(&audit_results->table, audit_results->signs.signs[i].term);
        if (row == audit_results->table.n_rows)
            continue;
        rows[row].expected_sign = audit_results->signs.signs[i].sign;
        audit_results->n_signs_used++;
    }
    behov_status status = behov_audit_new(rows, audit_results->table.n_rows,
                                          &(behov_audit_options){.legend = audit_results->legend,
                                                                 .dof_low = audit_results->dof,
                                                                 .dof_high = audit_results->dof,
                                                                 .n_observations = audit_results->notes.n_observations,
                                                                 .n_years = audit_results->notes.n_years},
                                          &audit_results->audit, err);
    free(rows);
    return status;
}
