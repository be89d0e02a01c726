/* deviation_tree.c - see behov/deviation_tree.h. */
#include <behov/deviation_tree.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const behov_tree_functions[] = {"242", "243", "276", "281", NULL};

static behov_status out_of_memory(behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_TREE_NO_MEMORY);
}

void behov_deviation_tree_free(behov_deviation_tree *tree)
{
    free(tree->functions);
    free(tree->others);
    free((void *)tree->missing);
    *tree = (behov_deviation_tree){0};
}

void behov_tree_take_populations(behov_service_figures *figures, int year)
{
    for (size_t i = 0; i < figures->places.n; i++)
        figures->places.all[i].population = NAN;
    for (size_t i = 0; i < figures->n; i++)
        if (figures->cells[i].year == year)
            figures->places.all[figures->cells[i].municipality].population = figures->cells[i].population;
}

/* ---- one function -------------------------------------------------------------------------------------------------- */

/* Sums over municipalities; months are those of all recipients. */
typedef struct sums {
    double expenditure_1000kr, recipients, months, population;
    size_t n;
} sums;

static bool has_figures(const behov_service_cell *cell, behov_tree_depth depth)
{
    return !isnan(cell->expenditure_1000kr) && cell->population > 0 &&
           (depth < BEHOV_TREE_RECIPIENTS || !isnan(cell->recipients)) &&
           (depth < BEHOV_TREE_MONTHS || cell->recipients == 0 || !isnan(cell->months));
}

/* Why figures that are there have no parts. */
static behov_tree_stop contradiction_of(const behov_service_cell *cell, behov_tree_depth depth)
{
    behov_growth_year year = {cell->expenditure_1000kr, cell->recipients, cell->months};
    if (depth == BEHOV_TREE_FUNCTION || !behov_growth_year_contradicts(year, depth == BEHOV_TREE_MONTHS))
        return BEHOV_TREE_NO_STOP;
    return cell->expenditure_1000kr < 0 ? BEHOV_TREE_NEGATIVE : BEHOV_TREE_ZERO_RECIPIENTS;
}

/* Figures that contradict each other would change the others' kr per recipient: they count at the first level alone. */
static bool reaches(const behov_service_cell *cell, behov_tree_depth depth)
{
    return has_figures(cell, depth) && !contradiction_of(cell, depth);
}

static sums sums_of(const behov_service_cell *cell)
{
    double months = cell->recipients > 0 ? cell->recipients * cell->months : 0;
    return (sums){cell->expenditure_1000kr, cell->recipients, months, cell->population, 1};
}

static bool is_reference(const behov_deviation_tree *tree, const behov_groups *groups, size_t municipality)
{
    return !groups || groups->values[municipality] == groups->values[tree->municipality];
}

static bool is_reference_cell(const behov_deviation_tree *tree, const behov_groups *groups, const char *function,
                              const behov_service_cell *cell)
{
    return cell->year == tree->year && strcmp(cell->function, function) == 0 &&
           is_reference(tree, groups, cell->municipality);
}

/* The reference of a function with the figures that a depth takes. */
static sums add_up(const behov_deviation_tree *tree, const behov_groups *groups, const char *function,
                   behov_tree_depth depth)
{
    sums total = {0, 0, 0, 0, 0};
    for (size_t i = 0; i < tree->figures->n; i++) {
        const behov_service_cell *cell = &tree->figures->cells[i];
        if (!is_reference_cell(tree, groups, function, cell) || !reaches(cell, depth))
            continue;
        sums own = sums_of(cell);
        total.expenditure_1000kr += own.expenditure_1000kr;
        total.recipients += own.recipients;
        total.months += own.months;
        total.population += own.population;
        total.n++;
    }
    return total;
}

static void set_levels(const sums *sums, behov_tree_depth depth, double levels[BEHOV_N_GROWTH_FACTORS])
{
    double shared = depth == BEHOV_TREE_MONTHS ? sums->months : sums->recipients;
    for (int k = 0; k < BEHOV_N_GROWTH_FACTORS; k++)
        levels[k] = NAN;
    if (depth == BEHOV_TREE_FUNCTION)
        return;
    levels[BEHOV_GROWTH_RECIPIENTS] = 1000 * sums->recipients / sums->population;
    levels[BEHOV_GROWTH_MONTHS] =
        depth == BEHOV_TREE_MONTHS && sums->recipients > 0 ? sums->months / sums->recipients : NAN;
    levels[BEHOV_GROWTH_AMOUNT] = shared > 0 ? 1000 * sums->expenditure_1000kr / shared : NAN;
}

/* Who has expenditure, but not what the depth takes. */
static void count_left_out(const behov_deviation_tree *tree, const behov_groups *groups, behov_tree_function *out)
{
    for (size_t i = 0; i < tree->figures->n; i++) {
        const behov_service_cell *cell = &tree->figures->cells[i];
        if (!is_reference_cell(tree, groups, out->function, cell) || !has_figures(cell, BEHOV_TREE_FUNCTION))
            continue;
        bool is_there = has_figures(cell, out->depth);
        out->n_without_figures += !is_there;
        out->n_contradicting += is_there && contradiction_of(cell, out->depth);
    }
}

/* Neither recipients nor expenditure: the limit of the formula exists. */
static bool is_nothing(const sums *sums)
{
    return sums->recipients == 0 && sums->expenditure_1000kr == 0;
}

static bool has_logs(const sums *sums, behov_tree_depth depth)
{
    return sums->expenditure_1000kr > 0 && sums->recipients > 0 && (depth < BEHOV_TREE_MONTHS || sums->months > 0);
}

static behov_tree_stop stop_of(const sums *own, const sums *reference, behov_tree_depth depth)
{
    if (own->expenditure_1000kr < 0 || reference->expenditure_1000kr < 0)
        return BEHOV_TREE_NEGATIVE;
    bool is_told = (has_logs(own, depth) || is_nothing(own)) && (has_logs(reference, depth) || is_nothing(reference));
    return is_told ? BEHOV_TREE_NO_STOP : BEHOV_TREE_ZERO_RECIPIENTS;
}

/* What rounding leaves over is the largest part's: parts add up to the deviation. */
static void settle_parts(behov_tree_function *out)
{
    double sum = 0;
    int largest = -1;
    for (int k = 0; k < BEHOV_N_GROWTH_FACTORS; k++) {
        if (isnan(out->parts_1000kr[k]))
            continue;
        sum += out->parts_1000kr[k];
        largest = largest < 0 || fabs(out->parts_1000kr[k]) > fabs(out->parts_1000kr[largest]) ? k : largest;
    }
    if (largest >= 0)
        out->parts_1000kr[largest] += out->deviation_1000kr - sum;
}

static void set_parts(behov_tree_function *out, const sums *own, const sums *reference)
{
    double log_mean = behov_log_mean(out->own_1000kr, out->reference_1000kr);
    bool is_limit = is_nothing(own) || is_nothing(reference);
    for (int k = 0; k < BEHOV_N_GROWTH_FACTORS; k++) {
        bool is_part =
            out->depth == BEHOV_TREE_MONTHS || (out->depth == BEHOV_TREE_RECIPIENTS && k != BEHOV_GROWTH_MONTHS);
        if (!is_part)
            out->parts_1000kr[k] = NAN;
        else if (is_limit)
            out->parts_1000kr[k] = k == BEHOV_GROWTH_RECIPIENTS ? out->deviation_1000kr : 0;
        else
            out->parts_1000kr[k] = log_mean * log(out->levels[0][k] / out->levels[1][k]);
    }
    settle_parts(out);
}

/* The deepest level that the municipality and at least one other have figures for; the first where its own figures
 * contradict each other. */
static behov_tree_depth depth_of(const behov_deviation_tree *tree, const behov_groups *groups,
                                 const behov_service_cell *own, behov_tree_stop *stop)
{
    *stop = BEHOV_TREE_NO_STOP;
    behov_tree_depth depth = BEHOV_TREE_MONTHS;
    for (; depth > BEHOV_TREE_FUNCTION; depth--) {
        behov_tree_stop contradiction = has_figures(own, depth) ? contradiction_of(own, depth) : BEHOV_TREE_NO_STOP;
        if (contradiction) {
            *stop = contradiction;
            return BEHOV_TREE_FUNCTION;
        }
        if (has_figures(own, depth) && add_up(tree, groups, own->function, depth).n > 1)
            return depth;
        *stop = depth == BEHOV_TREE_MONTHS ? BEHOV_TREE_NO_MONTH_FIGURES : BEHOV_TREE_NO_RECIPIENT_FIGURES;
    }
    return depth;
}

static bool compare_function(const behov_deviation_tree *tree, const behov_groups *groups,
                             const behov_service_cell *cell, behov_tree_function *out)
{
    *out = (behov_tree_function){.function = cell->function};
    out->depth = depth_of(tree, groups, cell, &out->stop);
    sums own = sums_of(cell), reference = add_up(tree, groups, cell->function, out->depth);
    behov_tree_stop stop = out->depth ? stop_of(&own, &reference, out->depth) : BEHOV_TREE_NO_STOP;
    if (stop) {
        out->depth = BEHOV_TREE_FUNCTION;
        out->stop = stop;
        reference = add_up(tree, groups, cell->function, out->depth); /* who reaches the first level alone, too */
    }
    if (reference.n < 2)
        return false;
    out->n_reference = reference.n;
    count_left_out(tree, groups, out);
    out->own_1000kr = own.expenditure_1000kr;
    out->reference_1000kr = own.population * reference.expenditure_1000kr / reference.population;
    out->deviation_1000kr = out->own_1000kr - out->reference_1000kr;
    set_levels(&own, out->depth, out->levels[0]);
    set_levels(&reference, out->depth, out->levels[1]);
    set_parts(out, &own, &reference);
    return true;
}

/* ---- all functions ------------------------------------------------------------------------------------------------- */

static bool is_among(const char *function)
{
    for (size_t i = 0; behov_tree_functions[i]; i++)
        if (strcmp(function, behov_tree_functions[i]) == 0)
            return true;
    return false;
}

static const char *name_of(const behov_deviation_tree *tree, char name[BEHOV_MUNICIPALITY_NAME])
{
    return behov_municipality_list_name(&tree->figures->places.all[tree->municipality], name, BEHOV_MUNICIPALITY_NAME);
}

static const char *source_of(const behov_deviation_tree *tree)
{
    return behov_table_source(tree->figures->table);
}

static void add_function(behov_deviation_tree *out, const behov_groups *groups, const behov_service_cell *cell)
{
    if (out->figures->has_function && !is_among(cell->function)) {
        out->others[out->n_others++] = (behov_tree_other){cell->function, cell->expenditure_1000kr};
        return;
    }
    if (isnan(cell->expenditure_1000kr))
        return;
    behov_tree_function *function = &out->functions[out->n];
    if (!compare_function(out, groups, cell, function)) {
        out->without_reference[out->n_without_reference++] = cell->function;
        return;
    }
    out->n++;
    out->own_1000kr += function->own_1000kr;
    out->reference_1000kr += function->reference_1000kr;
    out->deviation_1000kr += function->deviation_1000kr;
    out->n_most = function->n_reference > out->n_most ? function->n_reference : out->n_most;
}

static void list_missing(behov_deviation_tree *out, const char **missing)
{
    for (size_t i = 0; behov_tree_functions[i] && out->figures->has_function; i++) {
        const behov_service_cell *cell =
            behov_service_figures_find(out->figures, out->municipality, out->year, behov_tree_functions[i]);
        if (!cell || isnan(cell->expenditure_1000kr))
            missing[out->n_missing++] = behov_tree_functions[i];
    }
    out->missing = missing;
}

static behov_status check_group(behov_deviation_tree *out, const behov_groups *groups, behov_error *err)
{
    char name[BEHOV_MUNICIPALITY_NAME];
    if (!groups)
        return BEHOV_OK;
    int group = groups->values[out->municipality];
    if (group == BEHOV_WITHOUT_GROUP)
        return behov_error_say(err, BEHOV_E_DATA, source_of(out), SAY_TREE_NO_GROUP, name_of(out, name));
    out->group = groups->names[group];
    return BEHOV_OK;
}

static behov_status add_functions(behov_deviation_tree *out, const behov_groups *groups, behov_error *err)
{
    const behov_service_figures *figures = out->figures;
    char name[BEHOV_MUNICIPALITY_NAME];
    bool has_row = false;
    for (size_t i = 0; i < figures->n; i++) {
        const behov_service_cell *cell = &figures->cells[i];
        if (cell->municipality != out->municipality || cell->year != out->year)
            continue;
        has_row = true;
        out->population = cell->population;
        if (!(out->population > 0))
            return behov_error_say(err, BEHOV_E_DATA, source_of(out), SAY_TREE_NO_POPULATION, name_of(out, name));
        add_function(out, groups, cell);
    }
    if (!has_row)
        return behov_error_say(err, BEHOV_E_DATA, source_of(out), SAY_TREE_NO_ROW, name_of(out, name));
    if (!out->n && out->n_without_reference)
        return behov_error_say(err, BEHOV_E_DATA, source_of(out), SAY_TREE_NOBODY_ELSE, name_of(out, name));
    return out->n ? BEHOV_OK
                  : behov_error_say(err, BEHOV_E_DATA, source_of(out), SAY_TREE_NO_FUNCTION, name_of(out, name));
}

behov_status behov_deviation_tree_compute(const behov_service_figures *figures, size_t municipality, int year,
                                          const behov_groups *groups, behov_deviation_tree *out, behov_error *err)
{
    *out = (behov_deviation_tree){.figures = figures, .municipality = municipality, .year = year, .population = NAN};
    if (!figures->has_population)
        return behov_service_figures_lack(figures->table, "population", err);
    if (year) {
        behov_status status = behov_service_figures_check_year(figures, year, err);
        if (status)
            return status;
    } else if (figures->n_years) {
        out->year = figures->years[figures->n_years - 1];
    }
    behov_status status = check_group(out, groups, err);
    if (status)
        return status;
    out->functions = calloc(figures->n_functions + 1, sizeof *out->functions);
    out->others = calloc(figures->n_functions + 1, sizeof *out->others);
    const char **missing = calloc(sizeof behov_tree_functions / sizeof *behov_tree_functions, sizeof *missing);
    out->missing = missing;
    if (!out->functions || !out->others || !missing)
        return out_of_memory(err);
    status = add_functions(out, groups, err);
    if (!status)
        list_missing(out, missing);
    return status;
}
