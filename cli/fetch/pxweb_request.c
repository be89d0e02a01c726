/* pxweb_request.c - see pxweb_request.h. */
#include "pxweb_request.h"

#include <string.h>

#include "json_build.h"

/* ---- the question ------------------------------------------------------------------------------------------------------ */

static json_t *codes_of(const pxweb_codes *codes, size_t first, size_t n)
{
    json_t *list = json_array();
    for (size_t i = 0; i < n; i++)
        json_add(list, json_text(codes->codes[first + i]));
    return list;
}

/* {"variableCode": "Tid", "valueCodes": ["2020", ...]} */
static json_t *selection_of_v2(const pxweb_codes *codes, size_t first, size_t n)
{
    json_t *object = json_object();
    json_put(object, "variableCode", json_text(codes->variable->code));
    if (codes->code_list)
        json_put(object, "codelist", json_text(codes->code_list));
    json_put(object, "valueCodes", codes_of(codes, first, n));
    return object;
}

/* {"code": "Tid", "selection": {"filter": "item", "values": ["2020", ...]}} */
static json_t *selection_of_v0(const pxweb_codes *codes, size_t first, size_t n)
{
    json_t *object = json_object(), *selection = json_object();
    json_put(selection, "filter", json_text(codes->code_list ? codes->code_list : "item"));
    json_put(selection, "values", codes_of(codes, first, n));
    json_put(object, "code", json_text(codes->variable->code));
    json_put(object, "selection", selection);
    return object;
}

static int append(const char *bytes, size_t n, void *context)
{
    behov_wording_add_bytes(context, bytes, n);
    return 0;
}

behov_status pxweb_request_body(const pxweb_selection *selection, const pxweb_part *part, bool is_v0,
                                behov_wording *body, behov_error *err)
{
    json_t *object = json_object(), *list = json_array();
    for (size_t i = 0; i < selection->n; i++)
        json_add(list,
                 (is_v0 ? selection_of_v0 : selection_of_v2)(&selection->variables[i], part->first[i], part->n[i]));
    json_put(object, is_v0 ? "query" : "selection", list);
    if (is_v0) {
        json_t *response = json_object();
        json_put(response, "format", json_text("json-stat2"));
        json_put(object, "response", response);
    }
    bool is_whole = json_build_is_whole() && json_dump_seen(object, append, body, JSON_COMPACT) == 0;
    json_decref(object);
    return is_whole ? behov_wording_status(body, err) : behov_error_say(err, BEHOV_E_MEMORY, "", SAY_FETCH_NO_MEMORY);
}

/* ---- the answer -------------------------------------------------------------------------------------------------------- */

static const json_stat_dimension *dimension_of(const json_stat_cube *cube, const char *code)
{
    for (size_t i = 0; i < cube->n_dimensions; i++)
        if (pxweb_is_same_code(cube->dimensions[i].id, code))
            return &cube->dimensions[i];
    return NULL;
}

/* A code of the answer that was not asked for; NULL when there is none. */
static const char *foreign_code(const json_stat_dimension *dimension, const pxweb_codes *codes, size_t first, size_t n)
{
    for (size_t i = 0; i < dimension->size; i++) {
        const char *code = dimension->categories[i].code;
        bool is_asked = i < n && pxweb_is_same_code(codes->codes[first + i], code);
        for (size_t j = 0; j < n && !is_asked; j++)
            is_asked = pxweb_is_same_code(codes->codes[first + j], code);
        if (!is_asked)
            return code;
    }
    return NULL;
}

static behov_status check_dimensions(const json_stat_cube *cube, const char *address, const pxweb_selection *selection,
                                     const pxweb_part *part, behov_error *err)
{
    for (size_t i = 0; i < selection->n; i++) {
        const pxweb_codes *codes = &selection->variables[i];
        const json_stat_dimension *dimension = dimension_of(cube, codes->variable->code);
        behov_excerpt name = behov_cut(codes->variable->code, 80);
        if (!dimension)
            return behov_error_say(err, BEHOV_E_DATA, address, SAY_FETCH_LACKS_VARIABLE, name.text);
        const char *foreign = foreign_code(dimension, codes, part->first[i], part->n[i]);
        if (foreign)
            return behov_error_say(err, BEHOV_E_DATA, address, SAY_FETCH_FOREIGN_CODE, name.text,
                                   behov_cut(foreign, 80).text);
        if (dimension->size != part->n[i])
            return behov_error_say(err, BEHOV_E_DATA, address, SAY_FETCH_OTHER_NUMBER, name.text, part->n[i],
                                   dimension->size);
    }
    return BEHOV_OK;
}

behov_status pxweb_check_answer(const json_t *document, const char *address, const pxweb_selection *selection,
                                const pxweb_part *part, behov_error *err)
{
    json_stat_cube cube = {0};
    size_t n_cells = pxweb_n_cells(part->n, selection->n);
    behov_status status = json_stat_is_it(document) && json_stat_n_datasets(document) == 1
                              ? json_stat_open(document, address, 0, &cube, err)
                              : behov_error_say(err, BEHOV_E_DATA, address, SAY_FETCH_IS_NO_CUBE);
    if (!status)
        status = check_dimensions(&cube, address, selection, part, err);
    if (!status && cube.n_cells != n_cells)
        status = behov_error_say(err, BEHOV_E_DATA, address, SAY_FETCH_OTHER_CELLS, n_cells, cube.n_cells);
    json_stat_free(&cube);
    return status;
}
