/* municipality_hint.c - see municipality_hint.h. */
#include "municipality_hint.h"

#include <stdlib.h>
#include <string.h>

#include "messages.h"
#include "read_municipality_history.h"

static bool has_code(const behov_panel *panel, const char *code)
{
    for (size_t row = 0; row < behov_table_n_rows(panel->table); row++)
        if (strcmp(behov_panel_code(panel, row), code) == 0)
            return true;
    return false;
}

typedef struct relatives {
    const behov_municipality_history *history;
    bool *is_met;
    size_t *waiting, n;
} relatives;

static void meet(relatives *relatives, const size_t *variants, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!relatives->is_met[variants[i]]) {
            relatives->is_met[variants[i]] = true;
            relatives->waiting[relatives->n++] = variants[i];
        }
}

/* What a variant became, and that in turn; or what it came from. A walk forward and back would meet its neighbours. What
 * the panel has is the answer: what lies behind it gave a part of itself, long ago, and may be there beside it. */
static void walk(relatives *relatives, const behov_panel *panel, size_t variant, bool is_forward)
{
    size_t first = relatives->n, n;
    relatives->is_met[variant] = false;
    meet(relatives, &variant, 1);
    for (size_t i = first; i < relatives->n; i++) {
        if (has_code(panel, behov_municipality_history_variant(relatives->history, relatives->waiting[i]).code))
            continue;
        const size_t *next =
            is_forward ? behov_municipality_history_successors(relatives->history, relatives->waiting[i], &n)
                       : behov_municipality_history_predecessors(relatives->history, relatives->waiting[i], &n);
        meet(relatives, next, n);
    }
}

/* "3107 Fredrikstad": those met that the panel has, each code once. */
static void print_relatives(const relatives *relatives, const behov_panel *panel, const char *code)
{
    behov_said list = {""};
    for (size_t i = 0; i < relatives->n; i++) {
        behov_municipality_variant other =
            behov_municipality_history_variant(relatives->history, relatives->waiting[i]);
        bool is_listed = strcmp(other.code, code) == 0;
        for (size_t k = 0; k < i; k++)
            is_listed = is_listed ||
                        strcmp(other.code,
                               behov_municipality_history_variant(relatives->history, relatives->waiting[k]).code) == 0;
        if (is_listed || !has_code(panel, other.code))
            continue;
        behov_said before = list;
        behov_phrase_list(&list, before.text, list.text[0] ? ", " : "", other.code, " ", behov_cut(other.name, 80).text,
                          NULL);
    }
    if (list.text[0])
        print_note(SAY_MUNICIPALITY_HINT, code, list.text);
}

static void hint(const behov_municipality_history *history, const behov_panel *panel, const char *code)
{
    ptrdiff_t last = behov_municipality_history_nearest(history, code, BEHOV_NO_DATE - 1);
    ptrdiff_t first = behov_municipality_history_nearest(history, code, 0);
    size_t n = behov_municipality_history_n_variants(history);
    if (last < 0)
        return;
    /* Each of the two walks meets a variant at most once, but for the one it begins with. */
    relatives relatives = {.history = history,
                           .is_met = calloc(n, sizeof *relatives.is_met),
                           .waiting = malloc((2 * n + 2) * sizeof *relatives.waiting)};
    if (relatives.is_met && relatives.waiting) {
        walk(&relatives, panel, (size_t)last, true);
        walk(&relatives, panel, (size_t)first, false);
        print_relatives(&relatives, panel, code);
    }
    free(relatives.is_met);
    free(relatives.waiting);
}

void municipality_hint_print(const behov_municipality_names *names, const behov_panel *panel)
{
    behov_municipality_history *history = NULL;
    if (!panel->table || panel->columns[BEHOV_ROLE_CODE] < 0)
        return;
    for (size_t i = 0; i < names->n; i++) {
        const char *code = names->all[i].text;
        if (strlen(code) != 4 || strspn(code, "0123456789") != 4 || has_code(panel, code))
            continue;
        if (!history && read_municipality_history(NULL, NULL, &history, NULL))
            return;
        hint(history, panel, code);
    }
    behov_municipality_history_free(history);
}

void municipality_hint_print_one(const char *name, const behov_panel *panel)
{
    behov_municipality_names names = {0};
    if (!behov_municipality_names_add(&names, name, strlen(name), NULL, NULL))
        municipality_hint_print(&names, panel);
    behov_municipality_names_free(&names);
}
