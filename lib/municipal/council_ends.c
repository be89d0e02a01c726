/* council_ends.c - which municipalities of a council's pages are no more before the years that are told of are over. */
#include <behov/council.h>

#include <string.h>

/* The position of a successor that is the same municipality still: it kept its code, or is all of the new one. */
static ptrdiff_t find_same(const behov_municipality_history *history, size_t variant)
{
    size_t n, n_before;
    const size_t *next = behov_municipality_history_successors(history, variant, &n);
    const char *code = behov_municipality_history_variant(history, variant).code;
    for (size_t i = 0; i < n; i++)
        if (strcmp(behov_municipality_history_variant(history, next[i]).code, code) == 0)
            return (ptrdiff_t)next[i];
    if (n != 1)
        return -1;
    (void)behov_municipality_history_predecessors(history, next[0], &n_before);
    return n_before == 1 ? (ptrdiff_t)next[0] : -1;
}

static void note_end(const behov_municipality_history *history, size_t variant, behov_council_page *page)
{
    const size_t *next = behov_municipality_history_successors(history, variant, &page->n_into);
    page->end_date = behov_municipality_history_variant(history, variant).valid_to;
    for (size_t i = 0; i < page->n_into && i < BEHOV_COUNCIL_INTO; i++)
        page->into[i] = behov_municipality_history_variant(history, next[i]);
}

void behov_council_find_ends(behov_council *council, const behov_municipality_history *history)
{
    const behov_shrink_variances *variances = &council->ranking.variances;
    int last_year = variances->last_year > 0 ? (int)variances->last_year : council->year;
    int last = behov_municipality_history_date(last_year + (variances->horizon > 1 ? (int)variances->horizon : 1));
    for (size_t i = 0; i < council->n && council->year; i++) {
        behov_council_page *page = &council->pages[i];
        const char *code = council->ranking.places.all[page->profile->place].code;
        ptrdiff_t at = behov_municipality_history_find(history, code, behov_municipality_history_date(council->year)),
                  same = at;
        for (; same >= 0 && behov_municipality_history_variant(history, (size_t)same).valid_to <= last; at = same)
            if ((same = find_same(history, (size_t)at)) < 0) {
                note_end(history, (size_t)at, page);
                break;
            }
    }
}
