/* build_remarks.c - see build_remarks.h. */
#include <behov/build_remarks.h>

#include <stdlib.h>
#include <string.h>

#include <behov/build_tables.h>
#include <behov/labels.h>
#include <behov/phrase.h>
#include <behov/wording.h>

/* A list that grew becomes a text (malloc) of its own, NULL when it is empty. */
static behov_status keep(behov_wording *list, char **text, behov_error *err)
{
    behov_status status = behov_wording_status(list, err);
    const char *words = behov_wording_text(list);
    if (!status && words[0]) {
        size_t size = strlen(words) + 1;
        *text = malloc(size);
        if (*text)
            memcpy(*text, words, size);
        else
            status = behov_error_say(err, BEHOV_E_MEMORY, "", SAY_BUILD_NO_MEMORY);
    }
    behov_wording_free(list);
    return status;
}

static void add_years(behov_wording *list, int first, int last)
{
    if (first && first < last)
        behov_wording_print(list, " (%d–%d)", first, last);
    else if (first)
        behov_wording_print(list, " (%d)", first);
}

/* Years that have rows, and none with a figure of the column. */
static bool is_empty(const behov_build_column_year *count)
{
    return count->n_rows > 0 && count->n_figures == 0;
}

static void list_empty_columns(const behov_panel_build *build, const behov_recipe *recipe, behov_wording *list)
{
    for (size_t i = 0; i < build->n_column_years; i++) {
        const behov_build_column_year *first = &build->column_years[i];
        if (!is_empty(first))
            continue;
        while (i + 1 < build->n_column_years && build->column_years[i + 1].column == first->column &&
               build->column_years[i + 1].year == build->column_years[i].year + 1 &&
               is_empty(&build->column_years[i + 1]))
            i++;
        behov_wording_add_after(list, ", ", recipe->columns[first->column].name);
        add_years(list, first->year, build->column_years[i].year);
    }
}

static bool takes_part(const behov_panel_build *build, size_t source)
{
    for (size_t i = 0; i < build->n_files; i++)
        if (build->files[i].source == source)
            return true;
    return false;
}

static void list_unconfirmed(const behov_panel_build *build, const behov_recipe *recipe, behov_wording *list)
{
    for (size_t i = 0; i < recipe->n_sources; i++)
        if (recipe->sources[i].unconfirmed && takes_part(build, i))
            behov_wording_add_after(list, ", ", recipe->sources[i].name);
    for (size_t i = 0; i < recipe->n_columns; i++) {
        const behov_recipe_column *column = &recipe->columns[i];
        bool is_of_years =
            !column->first_year || (column->first_year <= build->last_year && build->first_year <= column->last_year);
        if (column->unconfirmed && is_of_years)
            behov_wording_add_after(list, ", ", column->name);
    }
}

/* Those that a divided municipality went into, or of which a part has no row; all the years of one are together. */
void behov_merge_list_left_out(const behov_panel_merge *merge, behov_wording *list)
{
    for (size_t i = 0; i < merge->n_facts; i++) {
        const behov_merge_fact *fact = &merge->facts[i];
        if (fact->kind != BEHOV_MERGE_NOT_EXACT && fact->kind != BEHOV_MERGE_INCOMPLETE)
            continue;
        behov_wording_add_after(list, ", ", fact->subject);
        add_years(list, fact->first_year, fact->last_year);
    }
}

behov_status behov_build_remarks_make(const behov_panel_build *build, const behov_recipe *recipe,
                                      behov_build_remarks *remarks, behov_error *err)
{
    behov_wording list = {0};
    *remarks = (behov_build_remarks){0};
    behov_build_say_years(build, true, &list);
    behov_status status = keep(&list, &remarks->absent_years, err);
    if (status)
        return status;
    list_empty_columns(build, recipe, &list);
    status = keep(&list, &remarks->empty_columns, err);
    if (status)
        return status;
    list_unconfirmed(build, recipe, &list);
    status = keep(&list, &remarks->unconfirmed, err);
    if (status)
        return status;
    if (build->is_merged)
        behov_merge_list_left_out(&build->merge, &list);
    return keep(&list, &remarks->left_out, err);
}

behov_status behov_build_remarks_each(const behov_build_remarks *remarks, behov_language lang,
                                      behov_status (*take)(void *context, const char *sentence, behov_error *err),
                                      void *context, behov_error *err)
{
    const struct {
        const char *names;
        behov_word word;
    } all[] = {{remarks->absent_years, BEHOV_WORD_BUILD_REMARK_YEARS},
               {remarks->empty_columns, BEHOV_WORD_BUILD_REMARK_EMPTY},
               {remarks->left_out, BEHOV_WORD_BUILD_REMARK_LEFT_OUT},
               {remarks->unconfirmed, BEHOV_WORD_BUILD_REMARK_UNCONFIRMED}};
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < sizeof all / sizeof *all && !status; i++) {
        behov_wording sentence = {0};
        if (!all[i].names)
            continue;
        behov_wording_fill(&sentence, lang, all[i].word, "names", all[i].names, (const char *)NULL);
        status = behov_wording_status(&sentence, err);
        if (!status)
            status = take(context, behov_wording_text(&sentence), err);
        behov_wording_free(&sentence);
    }
    return status;
}
