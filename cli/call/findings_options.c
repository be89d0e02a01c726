/* findings_options.c - see findings_options.h. */
#include "findings_options.h"

#include <stdio.h>
#include <string.h>

#include <behov/cautions.h>
#include <behov/far_sentences.h>
#include <behov/findings.h>
#include "letters.h"
#include "messages.h"
#include <behov/study_findings.h>
#include "visible.h"

bool findings_read_allowed(const command_line *line, unsigned *allowed_positions)
{
    *allowed_positions = 0;
    for (size_t i = 0; i < option_count(line, "allow"); i++) {
        const char *name = option_value_at(line, "allow", i);
        size_t kind = 0;
        while (kind < BEHOV_N_ODDITY_KINDS &&
               (kind == BEHOV_ODD_ROW || kind == BEHOV_ODD_MODEL || kind == BEHOV_ODD_EMPTY ||
                strcmp(behov_finding_kind_word((behov_oddity_kind)kind), name) != 0))
            kind++;
        if (kind == BEHOV_N_ODDITY_KINDS) {
            if (strcmp(name, "row") == 0)
                wrong_call(line->verb, SAY_FINDINGS_ALLOW_ROW, name);
            else if (strcmp(name, "model") == 0)
                wrong_call(line->verb, SAY_FINDINGS_ALLOW_MODEL, name);
            else
                wrong_value(line->verb, "allow", name, SAY_FINDINGS_ALLOW_UNKNOWN, name);
            return false;
        }
        *allowed_positions |= 1u << kind;
    }
    return true;
}

/* The file, with the finding's line and column where it has them. */
static void place_of_column(const behov_study *study, const behov_oddity *finding, char where[BEHOV_PLACE_SIZE])
{
    const char *source = behov_table_source(study->table),
               *name = finding->column < 0 ? "" : behov_table_name(study->table, (size_t)finding->column);
    behov_said whole, column = {""};
    if (finding->column >= 0)
        column = behov_phrase(SAY_WHERE_COLUMN_CUT, behov_letters_clip(name, 60), name);
    behov_phrase_list(&whole, behov_phrase(SAY_WHERE_CUT, behov_letters_clip(source, 80), source).text, column.text,
                      NULL);
    behov_phrase_copy(whole.text, BEHOV_PLACE_SIZE, where);
}

static void find_place(const behov_study *study, const behov_oddity *finding, char where[BEHOV_PLACE_SIZE])
{
    if (finding->row >= 0)
        behov_table_where(study->table, (size_t)finding->row, finding->column, where);
    else
        place_of_column(study, finding, where);
}

static void print_error(const behov_study *study, const behov_oddity *finding)
{
    char where[BEHOV_PLACE_SIZE];
    behov_wording text = {0};
    find_place(study, finding, where);
    behov_finding_sentence(study, finding, messages_language(), &text);
    print_line(SAY_MESSAGE_OF_PLACE, where, behov_wording_text(&text));
    behov_wording_free(&text);
}

static void print_more_errors(size_t n, const char *path)
{
    if (n == 1)
        print_line(SAY_FINDINGS_ONE_MORE_ERROR, (unsigned long)n, path);
    else
        print_line(SAY_FINDINGS_MORE_ERRORS, (unsigned long)n, path);
}

static size_t print_errors(const behov_study *study)
{
    enum { PRINTED_MAX = 3 };
    size_t n, n_printed = 0, n_more = 0;
    const behov_oddity *findings = behov_plausibility_findings(study->plausibility, &n);
    for (size_t i = 0; i < n; i++) {
        if (findings[i].severity != BEHOV_ERROR || behov_finding_is_allowed(study, &findings[i]) ||
            behov_finding_is_of_unit(&findings[i]) || behov_caution_is_of_part(study, &findings[i]))
            continue;
        if (n_printed < PRINTED_MAX && !findings[i].is_rest) {
            print_error(study, &findings[i]);
            n_printed++;
        } else {
            n_more += findings[i].is_rest ? findings[i].count : 1;
        }
    }
    if (n_more)
        print_more_errors(n_more, study->is_bundled ? "" : study->panel_path);
    return n_printed;
}

/* One note for each kind that was mended by leaving rows out, and one for each kind of warning. */
static void print_notes(const behov_study *study)
{
    size_t n, counts[BEHOV_N_ODDITY_KINDS] = {0};
    const behov_oddity *findings = behov_plausibility_findings(study->plausibility, &n),
                       *first[BEHOV_N_ODDITY_KINDS] = {NULL};
    behov_wording text = {0};
    for (size_t i = 0; i < n; i++) {
        const behov_oddity *oddity = &findings[i];
        bool is_row_left_out = oddity->severity == BEHOV_MENDED && oddity->kind == BEHOV_ODD_NO_MUNICIPALITY;
        if ((oddity->severity == BEHOV_ERROR && !behov_caution_is_of_part(study, oddity)) ||
            behov_finding_is_allowed(study, oddity) || (oddity->severity == BEHOV_MENDED && !is_row_left_out))
            continue; /* codes that were mended have been reported by the reader */
        counts[oddity->kind] += oddity->is_rest ? oddity->count : 1;
        if (!first[oddity->kind])
            first[oddity->kind] = oddity;
    }
    for (size_t kind = 0; kind < BEHOV_N_ODDITY_KINDS; kind++) {
        if (!first[kind])
            continue;
        char where[BEHOV_PLACE_SIZE];
        find_place(study, first[kind], where);
        behov_finding_sentence(study, first[kind], messages_language(), &text);
        if (counts[kind] > 1)
            print_note(SAY_FINDINGS_MORE_LIKE_IT, where, behov_wording_text(&text), (unsigned long)counts[kind] - 1);
        else
            print_note(SAY_MESSAGE_OF_PLACE, where, behov_wording_text(&text));
    }
    behov_wording_free(&text);
}

int findings_print(behov_study *study, bool is_quiet)
{
    behov_error err;
    if (behov_cautions_say(study, &err))
        return print_failure(&err);
    if (print_errors(study))
        return 1;
    if (!is_quiet)
        print_notes(study);
    return 0;
}

int findings_refuse_unit(const behov_study *study)
{
    const behov_oddity *doubt = behov_findings_unit_doubt(study);
    if (doubt)
        print_error(study, doubt);
    return doubt ? 1 : 0;
}

behov_status findings_tell_reference(behov_study *study, const char *source, behov_error *err)
{
    if (study->assumed_reference)
        print_note(SAY_GIVEN_LEVELS_ASSUMED, source, study->assumed_reference);
    return behov_cautions_say_reference(study, source, err);
}

behov_status findings_tell_far(behov_study *study, const behov_far_figures *far_figures, behov_error *err)
{
    behov_wording text = {0};
    for (size_t i = 0; i < far_figures->n; i++) {
        char where[BEHOV_PLACE_SIZE];
        const behov_far_column *column = &far_figures->columns[i];
        behov_table_where(study->table, column->named[0], (ptrdiff_t)column->column, where);
        behov_far_say(far_figures, i, messages_language(), &text);
        print_note(SAY_MESSAGE_OF_PLACE, where, behov_wording_text(&text));
    }
    behov_wording_free(&text);
    return behov_cautions_say_far(study, far_figures, err);
}
