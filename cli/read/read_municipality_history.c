/* read_municipality_history.c - see read_municipality_history.h. */
#include "read_municipality_history.h"

#include <stdlib.h>
#include <string.h>

#include "datasets.h"
#include "klass_changes.h"
#include "read_beside.h"

static behov_read_kind choose_change(void *context, const char *name)
{
    (void)context;
    if (strcmp(name, "old_code") == 0 || strcmp(name, "new_code") == 0)
        return BEHOV_READ_AS_CODE;
    return strcmp(name, "date") == 0 || strcmp(name, "new_name") == 0 ? BEHOV_READ_AS_TEXT : BEHOV_READ_NOT;
}

static behov_read_kind choose_share(void *context, const char *name)
{
    (void)context;
    if (strcmp(name, "old_code") == 0 || strcmp(name, "new_code") == 0)
        return BEHOV_READ_AS_CODE;
    return strcmp(name, "share") == 0 ? BEHOV_READ_AS_NUMBER : BEHOV_READ_NOT;
}

static behov_status add_file(const char *path, const behov_notice *notice, behov_municipality_history *history,
                             behov_error *err)
{
    behov_table *table = NULL;
    behov_status status = read_beside(path, choose_change, notice, &table, err);
    if (!status)
        status = behov_municipality_history_add(history, table, err);
    behov_table_free(table);
    return status;
}

/* A list of KLASS holds what is known too: only what comes after it is added. */
static behov_status add_klass(const char *path, const behov_notice *notice, behov_municipality_history *history,
                              behov_error *err)
{
    behov_table *list = NULL, *ahead = NULL;
    behov_changes_found found;
    behov_status status = klass_changes_read(path, notice, &list, err);
    if (!status)
        status = behov_municipality_changes_ahead(history, list, &ahead, &found, err);
    if (!status)
        status = behov_municipality_history_add(history, ahead, err);
    if (!status && notice)
        behov_notice_tell(notice, SAY_CHANGES_FOUND, path, (unsigned long)found.n_ahead, (unsigned long)found.n_known);
    behov_table_free(list);
    behov_table_free(ahead);
    return status;
}

static behov_status add_changes(const char *path, const behov_notice *notice, behov_municipality_history *history,
                                behov_error *err)
{
    bool is_klass = false;
    behov_status status = klass_changes_is_it(path, &is_klass, err);
    if (status)
        return status;
    return is_klass ? add_klass(path, notice, history, err) : add_file(path, notice, history, err);
}

behov_status read_municipality_history(const char *changes, const behov_notice *notice,
                                       behov_municipality_history **history, behov_error *err)
{
    char *path = NULL;
    behov_municipality_history *out = NULL;
    behov_status status = datasets_path("norway/municipality_changes.csv", &path, err);
    if (!status)
        status = behov_municipality_history_new(&out, err);
    if (!status)
        status = add_file(path, NULL, out, err);
    if (!status && changes)
        status = add_changes(changes, notice, out, err);
    free(path);
    if (status)
        behov_municipality_history_free(out);
    else
        *history = out;
    return status;
}

behov_status read_merge_shares(const char *path, const behov_notice *notice, behov_table **table, behov_error *err)
{
    return read_beside(path, choose_share, notice, table, err);
}
