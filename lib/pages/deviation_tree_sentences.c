/* deviation_tree_sentences.c - the sentences of behov/deviation_tree_pages.h. */
#include <behov/deviation_tree_pages.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include <behov/format.h>
#include <behov/result_sentences.h>
#include "deviation_tree_rows.h"
#include "sentence_parts.h"

static const behov_municipality *municipality_of(const behov_tree_page *page)
{
    return &page->tree->figures->places.all[page->tree->municipality];
}

static const char *amount(const behov_tree_page *page, double value, char text[BEHOV_NUMBER_SIZE])
{
    return behov_format_fixed(page->lang, value, 0, text);
}

void behov_tree_title(const behov_tree_page *page, behov_wording *words)
{
    behov_wording name = {0};
    behov_wording_clear(words);
    behov_sentence_municipality(&name, municipality_of(page));
    behov_wording_fill(words, page->lang, BEHOV_WORD_TREE_TITLE, "name", behov_wording_text(&name), (const char *)NULL);
    behov_wording_spend(words, &name);
    behov_sentence_years(words, ", ", page->tree->year, page->tree->year);
    if (page->tree->figures->is_simulated)
        behov_sentence_simulated_title(words, page->lang);
}

/* ---- answers ------------------------------------------------------------------------------------------------------- */

static void say_against(const behov_tree_page *page, behov_wording *words)
{
    if (page->group)
        behov_wording_fill(words, page->lang, BEHOV_WORD_TREE_AGAINST_GROUP, "group", page->group, (const char *)NULL);
    else
        behov_wording_add(words, behov_label(page->lang, BEHOV_WORD_TREE_AGAINST_ALL));
}

static void say_all(const behov_tree_page *page, behov_wording *words)
{
    const behov_deviation_tree *tree = page->tree;
    char own[BEHOV_NUMBER_SIZE], reference[BEHOV_NUMBER_SIZE], size[BEHOV_NUMBER_SIZE], rate[BEHOV_NUMBER_SIZE];
    behov_wording name = {0}, against = {0};
    behov_sentence_municipality_name_first(&name, municipality_of(page));
    say_against(page, &against);
    behov_wording_fill(words, page->lang, tree->deviation_1000kr < 0 ? BEHOV_WORD_TREE_BELOW : BEHOV_WORD_TREE_ABOVE,
                       "name", behov_wording_text(&name), "against", behov_wording_text(&against), "own",
                       amount(page, tree->own_1000kr, own), "reference",
                       amount(page, tree->reference_1000kr, reference), "size",
                       amount(page, fabs(tree->deviation_1000kr), size), "rate",
                       amount(page, fabs(1000 * tree->deviation_1000kr / tree->population), rate), (const char *)NULL);
    behov_wording_spend(words, &against);
    behov_wording_spend(words, &name);
}

/* The part without parts of its own that is largest. */
static behov_tree_row largest_part(const behov_deviation_tree *tree)
{
    behov_tree_row largest = {NULL, -1};
    double most = -1;
    for (size_t row = 0; row < behov_tree_n_rows(tree); row++) {
        behov_tree_row at = behov_tree_row_at(tree, row);
        if (!at.function)
            continue;
        double size = fabs(behov_tree_row_deviation_1000kr(tree, at));
        bool has_parts = at.factor < 0 && at.function->depth != BEHOV_TREE_FUNCTION;
        if (!has_parts && size > most) {
            largest = at;
            most = size;
        }
    }
    return largest;
}

static void say_largest(const behov_tree_page *page, behov_wording *words)
{
    behov_tree_row largest = largest_part(page->tree);
    char size[BEHOV_NUMBER_SIZE];
    if (behov_tree_n_rows(page->tree) < 2) /* nothing is taken apart */
        return;
    double deviation = behov_tree_row_deviation_1000kr(page->tree, largest);
    if (fabs(deviation) < 0.5) /* 0 as it is printed */
        return;
    bool has_function = largest.function->function[0];
    behov_wording_fill(words, page->lang,
                       largest.factor < 0 ? BEHOV_WORD_TREE_LARGEST_FUNCTION
                       : has_function     ? BEHOV_WORD_TREE_LARGEST_FACTOR
                                          : BEHOV_WORD_TREE_LARGEST_FACTOR_ALONE,
                       "function", largest.function->function, "factor",
                       largest.factor < 0 ? "" : behov_tree_factor_words(largest.function, largest.factor, page->lang),
                       "size", amount(page, deviation, size), (const char *)NULL);
}

/* ---- what is not there --------------------------------------------------------------------------------------------- */

static void say_others(const behov_tree_page *page, behov_wording *words)
{
    char number[BEHOV_NUMBER_SIZE];
    behov_wording list = {0};
    for (size_t i = 0; i < page->tree->n_others; i++) {
        const behov_tree_other *other = &page->tree->others[i];
        behov_wording_add_after(&list, ", ", other->function);
        if (isnan(other->own_1000kr))
            continue;
        behov_wording_add(&list, " (");
        behov_wording_fill(&list, page->lang, BEHOV_WORD_TREE_AMOUNT, "amount", amount(page, other->own_1000kr, number),
                           (const char *)NULL);
        behov_wording_add(&list, ")");
    }
    if (page->tree->n_others)
        behov_wording_fill(words, page->lang, BEHOV_WORD_TREE_OTHERS, "functions", behov_wording_text(&list),
                           (const char *)NULL);
    behov_wording_spend(words, &list);
}

static void say_list(const behov_tree_page *page, const char *const *functions, size_t n, behov_word word,
                     behov_wording *words)
{
    behov_wording list = {0};
    for (size_t i = 0; i < n; i++)
        behov_wording_add_after(&list, ", ", functions[i]);
    if (n)
        behov_wording_fill(words, page->lang, word, "functions", behov_wording_text(&list), (const char *)NULL);
    behov_wording_spend(words, &list);
}

static void say_missing(const behov_tree_page *page, behov_wording *words)
{
    say_list(page, page->tree->missing, page->tree->n_missing, BEHOV_WORD_TREE_MISSING, words);
}

static void say_without_reference(const behov_tree_page *page, behov_wording *words)
{
    say_list(page, page->tree->without_reference, page->tree->n_without_reference, BEHOV_WORD_TREE_NOT_COMPARED, words);
}

/* "281 (uten tall for mottakere eller måneder: 2)" */
static void add_left_out(const behov_tree_page *page, const behov_tree_function *function, behov_wording *list)
{
    char n[BEHOV_NUMBER_SIZE];
    const struct {
        size_t n;
        behov_word word;
    } reasons[] = {{function->n_without_figures, BEHOV_WORD_TREE_LEFT_OUT_FIGURES},
                   {function->n_contradicting, BEHOV_WORD_TREE_LEFT_OUT_CONTRADICTING}};
    bool is_first = true;
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
        if (!reasons[i].n)
            continue;
        behov_wording_add(list, !is_first ? ", " : list->length ? "; " : "");
        if (is_first && function->function[0])
            behov_wording_print(list, "%s ", function->function);
        behov_wording_fill(list, page->lang, reasons[i].word, "n",
                           behov_format_count(page->lang, (double)reasons[i].n, n), (const char *)NULL);
        is_first = false;
    }
}

static void say_left_out(const behov_tree_page *page, behov_wording *words)
{
    behov_wording list = {0};
    for (size_t i = 0; i < page->tree->n; i++)
        add_left_out(page, &page->tree->functions[i], &list);
    if (list.length)
        behov_wording_fill(words, page->lang, BEHOV_WORD_TREE_LEFT_OUT, "list", behov_wording_text(&list),
                           (const char *)NULL);
    behov_wording_spend(words, &list);
}

static void say_rows_left_out(const behov_tree_page *page, behov_wording *words)
{
    char n[BEHOV_NUMBER_SIZE];
    if (page->tree->figures->n_left_out)
        behov_wording_fill(words, page->lang, BEHOV_WORD_GROWTH_ROWS_LEFT_OUT, "n",
                           behov_format_count(page->lang, (double)page->tree->figures->n_left_out, n),
                           (const char *)NULL);
}

/* ---- explanations -------------------------------------------------------------------------------------------------- */

static void say_reference(const behov_tree_page *page, behov_wording *words)
{
    char n[BEHOV_NUMBER_SIZE], inhabitants[BEHOV_NUMBER_SIZE];
    behov_wording_fill(words, page->lang, BEHOV_WORD_TREE_REFERENCE, "n",
                       behov_format_count(page->lang, (double)page->tree->n_most, n), "inhabitants",
                       behov_format_count(page->lang, page->tree->population, inhabitants), (const char *)NULL);
}

static void explain(const behov_tree_page *page, behov_wording *words)
{
    behov_wording_add(words, behov_label(page->lang, BEHOV_WORD_TREE_METHOD));
}

static void say_file(const behov_tree_page *page, behov_wording *words)
{
    behov_wording_fill(words, page->lang, BEHOV_WORD_GROWTH_OF_FILE, "file",
                       strcmp(page->path, "-") == 0 ? behov_label(page->lang, BEHOV_WORD_STANDARD_INPUT) : page->path,
                       (const char *)NULL);
}

static void say_like_panel(const behov_tree_page *page, behov_wording *words)
{
    behov_wording data = {0};
    if (!page->like)
        return;
    behov_fit_results_data_name(page->like, &data);
    behov_wording_fill(words, page->lang, BEHOV_WORD_TREE_LIKE_PANEL, "data", behov_wording_text(&data),
                       (const char *)NULL);
    behov_wording_spend(words, &data);
}

static void say_no_verdict(const behov_tree_page *page, behov_wording *words)
{
    behov_wording_add(words, behov_label(page->lang, BEHOV_WORD_TREE_NO_VERDICT));
}

static void say_summed(const behov_tree_page *page, behov_wording *words)
{
    char n[BEHOV_NUMBER_SIZE];
    if (page->tree->figures->n_summed)
        behov_wording_fill(words, page->lang, BEHOV_WORD_GROWTH_SUMMED_ROWS, "n",
                           behov_format_count(page->lang, (double)page->tree->figures->n_summed, n),
                           (const char *)NULL);
}

static void say_large(const behov_tree_page *page, behov_wording *words)
{
    char n[BEHOV_NUMBER_SIZE];
    if (page->tree->figures->n_large)
        behov_wording_fill(words, page->lang, BEHOV_WORD_GROWTH_AMOUNTS_LARGE, "n",
                           behov_format_count(page->lang, (double)page->tree->figures->n_large, n), (const char *)NULL);
}

static void say_small(const behov_tree_page *page, behov_wording *words)
{
    char n[BEHOV_NUMBER_SIZE];
    if (page->tree->figures->n_small)
        behov_wording_fill(words, page->lang, BEHOV_WORD_GROWTH_AMOUNTS_SMALL, "n",
                           behov_format_count(page->lang, (double)page->tree->figures->n_small, n), (const char *)NULL);
}

/* Like municipalities of a panel that the file has no rows of. */
static void say_like_missing(const behov_tree_page *page, behov_wording *words)
{
    char missing[BEHOV_NUMBER_SIZE], n[BEHOV_NUMBER_SIZE];
    if (page->n_like_missing)
        behov_wording_fill(words, page->lang, BEHOV_WORD_LIKE_MISSING, "missing",
                           behov_format_count(page->lang, (double)page->n_like_missing, missing), "n",
                           behov_format_count(page->lang, (double)page->n_like, n), (const char *)NULL);
}

static void say_simulated(const behov_tree_page *page, behov_wording *words)
{
    if (page->tree->figures->is_simulated)
        behov_wording_add(words, behov_label(page->lang, BEHOV_WORD_SIMULATED_EXPLAINED));
}

bool behov_tree_sentence(const behov_tree_page *page, size_t i, behov_wording *words)
{
    static void (*const all[])(const behov_tree_page *, behov_wording *) = {
        say_all,       say_largest,      say_others,        say_missing, say_without_reference,
        say_left_out,  say_like_missing, say_rows_left_out, say_summed,  say_large,
        say_small,     say_reference,    explain,           say_file,    say_like_panel,
        say_simulated, say_no_verdict};
    behov_wording_clear(words);
    if (i >= sizeof all / sizeof *all)
        return false;
    all[i](page, words);
    return true;
}
