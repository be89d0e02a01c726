/* write_deviation_tree.c - see write_deviation_tree.h. */
#include "write_deviation_tree.h"

#include <math.h>

#include <behov/labels.h>
#include "json_build.h"
#include "write_json.h"
#include "write_text.h"

static behov_status sections(const void *context, bool is_workbook, behov_section_list *list, behov_error *err)
{
    const behov_tree_page *page = &((const deviation_tree_results *)context)->page;
    behov_status status = behov_tree_add(page, list, err);
    return !status && is_workbook ? behov_tree_steps_add(page, list, err) : status;
}

static behov_status rows(const void *context, behov_report **report, behov_error *err)
{
    return behov_tree_table(&((const deviation_tree_results *)context)->page, report, err);
}

static behov_status page(const void *context, FILE *out, behov_error *err)
{
    return write_text_page(sections, context, ((const deviation_tree_results *)context)->page.lang, out, err);
}

static const behov_picture *picture(const void *context)
{
    return &((const deviation_tree_results *)context)->picture;
}

static behov_status draw(const void *results, behov_picture *out, behov_error *err)
{
    enum { WIDTH_OF_A_DOCUMENT = 470 }; /* points */
    out->width = WIDTH_OF_A_DOCUMENT;
    return behov_tree_draw(&((const deviation_tree_results *)results)->page, out, err);
}

static behov_status pictures(const void *context, picture_list *list, behov_error *err)
{
    return picture_list_add(list, draw, context, err);
}

/* ---- JSON ---------------------------------------------------------------------------------------------------------- */

static json_t *texts_json(const char *const *texts, size_t n)
{
    json_t *list = json_array();
    for (size_t i = 0; i < n; i++)
        json_add(list, json_text(texts[i]));
    return list;
}

static json_t *others_json(const behov_deviation_tree *tree)
{
    json_t *list = json_array();
    for (size_t i = 0; i < tree->n_others; i++) {
        json_t *other = json_object();
        json_put(other, "function", json_text(tree->others[i].function));
        json_put(other, "own_1000kr", json_figure(tree->others[i].own_1000kr));
        json_add(list, other);
    }
    return list;
}

/* How many each function is held against, and how many others with expenditure are not among them. */
static json_t *compared_json(const behov_deviation_tree *tree)
{
    json_t *list = json_array();
    for (size_t i = 0; i < tree->n; i++) {
        json_t *function = json_object();
        json_put(function, "function", json_text(tree->functions[i].function));
        json_put(function, "n_reference", json_count(tree->functions[i].n_reference));
        json_put(function, "n_without_figures", json_count(tree->functions[i].n_without_figures));
        json_put(function, "n_contradicting", json_count(tree->functions[i].n_contradicting));
        json_add(list, function);
    }
    return list;
}

static json_t *notes_json(const behov_tree_page *tree_page)
{
    json_t *notes = json_array();
    behov_wording words = {0};
    for (size_t i = 0; behov_tree_sentence(tree_page, i, &words); i++)
        if (words.length || words.has_no_memory)
            json_add(notes, json_said(&words));
    behov_wording_free(&words);
    return notes;
}

static behov_status json(const void *context, const char *path, behov_error *err)
{
    const behov_tree_page *tree_page = &((const deviation_tree_results *)context)->page;
    const behov_deviation_tree *tree = tree_page->tree;
    const behov_municipality *municipality = &tree->figures->places.all[tree->municipality];
    behov_report *report = NULL;
    behov_status status = behov_tree_table(tree_page, &report, err);
    if (status)
        return status;
    json_t *object = json_object();
    json_put(object, "behov_version", json_text(behov_version()));
    json_put(object, "data", json_text(tree_page->path));
    json_put(object, "is_simulated", json_boolean(tree->figures->is_simulated));
    json_put(object, "municipality_code", json_text(municipality->code));
    json_put(object, "municipality", municipality->name[0] ? json_text(municipality->name) : json_null());
    json_put(object, "year", tree->year ? json_integer(tree->year) : json_null());
    json_put(object, "population", json_figure(tree->population));
    json_put(object, "group", tree_page->group ? json_text(tree_page->group) : json_null());
    json_put(object, "own_1000kr", json_figure(tree->own_1000kr));
    json_put(object, "reference_1000kr", json_figure(tree->reference_1000kr));
    json_put(object, "deviation_1000kr", json_figure(tree->deviation_1000kr));
    json_put(object, "rows", write_json_rows(report));
    json_put(object, "functions_compared", compared_json(tree));
    json_put(object, "functions_left_out", others_json(tree));
    json_put(object, "functions_missing", texts_json(tree->missing, tree->n_missing));
    json_put(object, "functions_without_reference", texts_json(tree->without_reference, tree->n_without_reference));
    json_put(object, "notes", notes_json(tree_page));
    behov_report_free(report);
    return write_json_object(path, object, err);
}

const output_writers deviation_tree_writers = {.sections = sections,
                                               .rows = rows,
                                               .json = json,
                                               .title = BEHOV_WORD_TREE_SHEET,
                                               .page = page,
                                               .picture = picture,
                                               .pictures = pictures};
