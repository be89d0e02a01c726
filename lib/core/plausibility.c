/* plausibility.c - all looks at a panel: each is a task of its own, and what they find is put together in their order. */
#include <behov/plausibility.h>

#include <behov/parallel.h>
#include <stdlib.h>

#include "alloc.h"
#include "plausibility_parts.h"

enum { LISTED_MAX = 50 };

typedef behov_status whole_look(const panel_look *look, behov_error *err);
typedef behov_status part_look(const panel_look *look, size_t index, behov_error *err);

/* How long a look may take, beside others. */
typedef enum look_weight { LIGHT, MIDDLING, HEAVY, HEAVIEST, N_WEIGHTS } look_weight;

/* A look at the panel, or at one of its columns or limits: each has a list of its own, so that several may be at work. */
typedef struct look_task {
    whole_look *look_at;
    part_look *look_at_part;
    size_t index; /* of the column or limit */
    look_weight weight;
    behov_plausibility *plausibility;
    behov_status status;
    behov_error err;
} look_task;

typedef struct look_tasks {
    const panel_look *look;
    look_task *tasks;
    size_t *order; /* heavy ones first, so that no thread has one before it when the others are done */
    size_t n, n_workers;
    double *work; /* of each worker */
} look_tasks;

static void run_task(void *context, size_t part, size_t worker)
{
    const look_tasks *all = context;
    look_task *task = &all->tasks[all->order[part]];
    panel_look look = *all->look;
    look.work = all->work + worker * plausibility_room(&look.groups);
    look.plausibility = task->plausibility = behov_alloc(1, sizeof *task->plausibility);
    if (!look.plausibility) {
        task->status = behov_out_of_memory(&task->err, PHRASE_MEMORY_FOR_PANEL_FINDINGS);
        return;
    }
    look.plausibility->listed_most = all->look->plausibility->listed_most;
    task->status =
        task->look_at ? task->look_at(&look, &task->err) : task->look_at_part(&look, task->index, &task->err);
}

static void add_task(look_tasks *all, look_task task)
{
    all->tasks[all->n++] = task;
}

static void add_whole(look_tasks *all, whole_look *look_at)
{
    add_task(all, (look_task){.look_at = look_at, .weight = MIDDLING});
}

static look_weight weight_of_units(const panel_look *look, size_t column)
{
    const behov_plausibility_options *options = look->options;
    bool is_outcome = options->outcome && behov_table_find(look->table, options->outcome) == (ptrdiff_t)column;
    bool is_in_per_cent = plausibility_is_share(look, column) || (options->is_per_cent && options->is_per_cent[column]);
    return is_outcome || is_in_per_cent ? HEAVIEST : HEAVY;
}

static void add_columns(look_tasks *all, part_look *look_at_column)
{
    const panel_look *look = all->look;
    const ptrdiff_t *roles = look->panel->columns;
    for (size_t column = 0; column < behov_table_n_columns(look->table); column++) {
        look_weight weight = look_at_column == plausibility_look_at_units ? weight_of_units(look, column) : LIGHT;
        if (behov_table_kind(look->table, column) == BEHOV_COLUMN_NUMBER &&
            roles[BEHOV_ROLE_YEAR] != (ptrdiff_t)column && roles[BEHOV_ROLE_ESTIMATED_ON] != (ptrdiff_t)column)
            add_task(all, (look_task){.look_at_part = look_at_column, .index = column, .weight = weight});
    }
}

enum { N_WHOLE = 10 };

static void add_looks(look_tasks *all)
{
    add_whole(all, plausibility_tell_marks);
    add_whole(all, plausibility_look_at_sums);
    add_whole(all, plausibility_look_at_codes);
    add_whole(all, plausibility_look_at_rows);
    add_whole(all, plausibility_look_at_years);
    for (size_t i = 0; i < all->look->options->n_limits; i++)
        add_task(all, (look_task){.look_at_part = plausibility_look_at_limit, .index = i});
    add_whole(all, plausibility_look_at_sizes);
    add_columns(all, plausibility_look_for_missing_codes);
    add_whole(all, plausibility_look_at_inhabitants);
    add_columns(all, plausibility_look_at_units);
    add_whole(all, plausibility_look_at_names);
    add_whole(all, plausibility_look_at_crossed_names);
}

static void put_in_order(look_tasks *all)
{
    size_t n = 0;
    for (int weight = N_WEIGHTS - 1; weight >= 0; weight--)
        for (size_t i = 0; i < all->n; i++)
            if ((int)all->tasks[i].weight == weight)
                all->order[n++] = i;
}

/* What the looks have found, in their order: the list is the one that they would have made one after the other. */
static behov_status gather_findings(const look_tasks *all, behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < all->n && !status; i++) {
        const look_task *task = &all->tasks[i];
        for (size_t k = 0; task->plausibility && k < task->plausibility->n && !status; k++)
            status = behov_plausibility_add(all->look->plausibility, task->plausibility->findings[k], err);
        if (!status && task->status) {
            status = task->status;
            if (err)
                *err = task->err;
        }
    }
    return status;
}

static behov_status take_looks(const panel_look *look, behov_error *err)
{
    look_tasks all = {.look = look, .n_workers = look->options->n_threads};
    if (!all.n_workers || look->groups.n_rows < BEHOV_PART_ROWS)
        all.n_workers = 1;
    all.n_workers = all.n_workers > BEHOV_THREADS_MAX ? BEHOV_THREADS_MAX : all.n_workers;
    size_t n_most = N_WHOLE + look->options->n_limits + 2 * behov_table_n_columns(look->table);
    all.tasks = behov_alloc(n_most, sizeof *all.tasks);
    all.order = behov_alloc(n_most, sizeof *all.order);
    /* the calling thread's, which has it back: what a thread frees may stay with it */
    all.work = behov_alloc(plausibility_room(&look->groups), all.n_workers * sizeof *all.work);
    behov_status status =
        all.tasks && all.order && all.work ? BEHOV_OK : behov_out_of_memory(err, PHRASE_MEMORY_FOR_PANEL_FINDINGS);
    if (!status) {
        add_looks(&all);
        put_in_order(&all);
        behov_parallel_by_worker(all.n_workers, all.n, run_task, &all);
        status = gather_findings(&all, err);
    }
    for (size_t i = 0; i < all.n; i++)
        behov_plausibility_free(all.tasks[i].plausibility);
    free(all.tasks);
    free(all.order);
    free(all.work);
    return status;
}

behov_status behov_plausibility_new(const behov_panel *panel, const behov_plausibility_options *options,
                                    behov_plausibility **plausibility, behov_error *err)
{
    static const behov_plausibility_options defaults = {0};
    panel_look look = {.panel = panel, .table = panel->table, .options = options ? options : &defaults};
    look.plausibility = behov_alloc(1, sizeof *look.plausibility);
    behov_status status = look.plausibility ? plausibility_group_rows(&look, err)
                                            : behov_out_of_memory(err, PHRASE_MEMORY_FOR_PANEL_FINDINGS);
    if (look.plausibility)
        look.plausibility->listed_most = look.options->listed_most ? look.options->listed_most : LISTED_MAX;
    if (!status)
        status = take_looks(&look, err);
    free(look.groups.rows);
    free(look.groups.first);
    if (status)
        behov_plausibility_free(look.plausibility);
    else
        *plausibility = look.plausibility;
    return status;
}
