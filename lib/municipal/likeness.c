/* likeness.c - see behov/likeness.h. Every distance is Euclidean between rows of scores: of standardised columns times
 * the roots of their weights, or of Q. */
#include <behov/likeness.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double LEAST_DEVIATION = 1e-12, LEAST_REST = 1e-8;

struct behov_likeness {
    size_t n, n_columns, rank;
    behov_distance distance;
    double *standard;           /* n x n_columns: z */
    double *scores;             /* n x rank */
    double *triangle;           /* rank x rank, R of the columns that count; Mahalanobis alone */
    double *means, *deviations; /* of the columns */
    double *weights;            /* of squared standardised differences */
    size_t *used;               /* rank columns */
    behov_column_use *uses;
};

static behov_status out_of_memory(behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_PEERS_NO_MEMORY);
}

void behov_likeness_free(behov_likeness *likeness)
{
    if (!likeness)
        return;
    free(likeness->standard), free(likeness->scores), free(likeness->triangle);
    free(likeness->means), free(likeness->deviations), free(likeness->weights);
    free(likeness->used), free(likeness->uses);
    free(likeness);
}

/* ---- columns ----------------------------------------------------------------------------------------------------- */

/* Mean, deviation and z of a column; its use. */
static void standardise(const behov_likeness_data *data, behov_likeness *likeness, size_t column)
{
    size_t width = data->n_columns;
    double sum = 0, squares = 0, largest = 0;
    for (size_t i = 0; i < data->n; i++)
        sum += data->values[i * width + column];
    double mean = sum / (double)data->n, rest = 0;
    for (size_t i = 0; i < data->n; i++) {
        double value = data->values[i * width + column], difference = value - mean;
        rest += difference;
        squares += difference * difference;
        largest = fabs(value) > largest ? fabs(value) : largest;
    }
    /* two passes, with what the rounded mean leaves over (Chan, Golub & LeVeque 1983) */
    double n = (double)data->n, deviation = sqrt(fmax(0, squares - rest * rest / n) / (n - 1));
    bool varies = deviation > LEAST_DEVIATION * largest;
    mean += rest / n;
    likeness->means[column] = mean;
    likeness->deviations[column] = varies ? deviation : 0;
    likeness->uses[column] = varies ? BEHOV_COLUMN_USED : BEHOV_COLUMN_DOES_NOT_VARY;
    for (size_t i = 0; i < data->n; i++)
        likeness->standard[i * width + column] = varies ? (data->values[i * width + column] - mean) / deviation : 0;
}

static behov_status standardise_all(const behov_likeness_data *data, behov_likeness *likeness, behov_error *err)
{
    size_t n = data->n, width = data->n_columns;
    likeness->standard = calloc(n + 1, (width + 1) * sizeof *likeness->standard);
    likeness->scores = calloc(n + 1, (width + 1) * sizeof *likeness->scores);
    likeness->triangle = calloc(width + 1, (width + 1) * sizeof *likeness->triangle);
    likeness->means = calloc(width + 1, sizeof *likeness->means);
    likeness->deviations = calloc(width + 1, sizeof *likeness->deviations);
    likeness->weights = calloc(width + 1, sizeof *likeness->weights);
    likeness->used = calloc(width + 1, sizeof *likeness->used);
    likeness->uses = calloc(width + 1, sizeof *likeness->uses);
    if (!likeness->standard || !likeness->scores || !likeness->triangle || !likeness->means || !likeness->deviations ||
        !likeness->weights || !likeness->used || !likeness->uses)
        return out_of_memory(err);
    for (size_t j = 0; j < width; j++)
        standardise(data, likeness, j);
    return BEHOV_OK;
}

/* ---- scores ------------------------------------------------------------------------------------------------------ */

static void weigh(const behov_likeness_data *data, behov_likeness *likeness)
{
    for (size_t j = 0; j < data->n_columns; j++) {
        double scale = data->distance == BEHOV_DISTANCE_NEED ? data->coefficients[j] * likeness->deviations[j] : 1;
        likeness->weights[j] = (data->weights ? data->weights[j] : 1) * scale * scale;
        if (likeness->uses[j] == BEHOV_COLUMN_USED && likeness->weights[j] > 0)
            likeness->used[likeness->rank++] = j;
    }
    for (size_t i = 0; i < data->n; i++)
        for (size_t k = 0; k < likeness->rank; k++) {
            size_t j = likeness->used[k];
            likeness->scores[i * likeness->rank + k] =
                sqrt(likeness->weights[j]) * likeness->standard[i * data->n_columns + j];
        }
}

/* Takes column k of q (n x width, by columns) off the column, and adds what was taken to *taken. */
static void take_off(const double *q, double *column, size_t n, double *taken)
{
    double product = 0;
    for (size_t i = 0; i < n; i++)
        product += q[i] * column[i];
    for (size_t i = 0; i < n; i++)
        column[i] -= product * q[i];
    *taken += product;
}

static double length(const double *column, size_t n)
{
    double squares = 0;
    for (size_t i = 0; i < n; i++)
        squares += column[i] * column[i];
    return sqrt(squares);
}

/* Z = QR, column by column in their order; scores are sqrt(n - 1) Q. */
static behov_status orthogonalise(behov_likeness *likeness, behov_error *err)
{
    size_t n = likeness->n, width = likeness->n_columns, rank = 0;
    double *q = calloc(width + 1, n * sizeof *q); /* by columns */
    if (!q)
        return out_of_memory(err);
    for (size_t j = 0; j < width; j++) {
        double *column = q + rank * n;
        likeness->weights[j] = NAN;
        if (likeness->uses[j] != BEHOV_COLUMN_USED)
            continue;
        for (size_t i = 0; i < n; i++)
            column[i] = likeness->standard[i * width + j];
        double whole = length(column, n);
        for (size_t k = 0; k < rank; k++)
            likeness->triangle[k * width + rank] = 0;
        for (int pass = 0; pass < 2; pass++)
            for (size_t k = 0; k < rank; k++)
                take_off(q + k * n, column, n, &likeness->triangle[k * width + rank]);
        double rest = length(column, n);
        if (!(rest > LEAST_REST * whole)) {
            likeness->uses[j] = BEHOV_COLUMN_IS_COLLINEAR;
            continue;
        }
        for (size_t i = 0; i < n; i++)
            column[i] /= rest;
        likeness->triangle[rank * width + rank] = rest;
        likeness->used[rank++] = j;
    }
    likeness->rank = rank;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < rank; k++)
            likeness->scores[i * rank + k] = sqrt((double)(n - 1)) * q[k * n + i];
    free(q);
    return BEHOV_OK;
}

behov_status behov_likeness_new(const behov_likeness_data *data, behov_likeness **likeness, behov_error *err)
{
    if (data->n < 3)
        return behov_error_say(err, BEHOV_E_TOO_FEW, "", SAY_PEERS_TOO_FEW, (unsigned long)data->n);
    behov_likeness *new_likeness = calloc(1, sizeof *new_likeness);
    if (!new_likeness)
        return out_of_memory(err);
    new_likeness->n = data->n;
    new_likeness->n_columns = data->n_columns;
    new_likeness->distance = data->distance;
    behov_status status = standardise_all(data, new_likeness, err);
    if (!status && data->distance == BEHOV_DISTANCE_MAHALANOBIS)
        status = orthogonalise(new_likeness, err);
    else if (!status)
        weigh(data, new_likeness);
    if (!status && new_likeness->rank == 0)
        status = behov_error_say(err, BEHOV_E_DATA, "", SAY_PEERS_NOTHING_VARIES);
    if (!status && data->distance == BEHOV_DISTANCE_MAHALANOBIS && data->n <= new_likeness->rank + 1)
        status = behov_error_say(err, BEHOV_E_DATA, "", SAY_PEERS_MAHALANOBIS_TOO_FEW, (unsigned long)data->n,
                                 (unsigned long)new_likeness->rank);
    if (status)
        behov_likeness_free(new_likeness);
    else
        *likeness = new_likeness;
    return status;
}

/* ---- distances --------------------------------------------------------------------------------------------------- */

double behov_likeness_squared(const behov_likeness *likeness, size_t a, size_t b)
{
    const double *left = likeness->scores + a * likeness->rank, *right = likeness->scores + b * likeness->rank;
    double sum = 0;
    for (size_t k = 0; k < likeness->rank; k++)
        sum += (left[k] - right[k]) * (left[k] - right[k]);
    return sum;
}

void behov_likeness_contributions(const behov_likeness *likeness, size_t a, size_t b, double *each)
{
    size_t width = likeness->n_columns, rank = likeness->rank;
    const double *left = likeness->scores + a * rank, *right = likeness->scores + b * rank;
    for (size_t j = 0; j < width; j++)
        each[j] = 0;
    for (size_t k = rank; k-- > 0;) {
        size_t column = likeness->used[k];
        double difference = left[k] - right[k];
        if (likeness->distance != BEHOV_DISTANCE_MAHALANOBIS) {
            each[column] = difference * difference;
            continue;
        }
        /* S^-1 (z_a - z_b) = sqrt(n - 1) R^-1 (score_a - score_b), solved from below; `each` holds it at first */
        difference *= sqrt((double)(likeness->n - 1));
        for (size_t l = k + 1; l < rank; l++)
            difference -= likeness->triangle[k * width + l] * each[likeness->used[l]];
        each[column] = difference / likeness->triangle[k * width + k];
    }
    for (size_t j = 0; j < width && likeness->distance == BEHOV_DISTANCE_MAHALANOBIS; j++)
        each[j] *= likeness->standard[a * width + j] - likeness->standard[b * width + j];
}

behov_column_use behov_likeness_use(const behov_likeness *likeness, size_t column)
{
    return likeness->uses[column];
}

double behov_likeness_mean(const behov_likeness *likeness, size_t column)
{
    return likeness->means[column];
}

double behov_likeness_deviation(const behov_likeness *likeness, size_t column)
{
    return likeness->deviations[column];
}

double behov_likeness_weight(const behov_likeness *likeness, size_t column)
{
    return likeness->weights[column];
}

size_t behov_likeness_rank(const behov_likeness *likeness)
{
    return likeness->rank;
}

/* ---- the nearest ------------------------------------------------------------------------------------------------- */

typedef struct far_row {
    double squared;
    size_t row;
} far_row;

/* The `count` nearest rows in order, of equally far ones the earlier; how many there are. */
static size_t find_nearest(const behov_likeness *likeness, size_t row, const bool *is_candidate, size_t count,
                           far_row *rows)
{
    size_t n = 0;
    for (size_t i = 0; i < likeness->n && count; i++) {
        if (i == row || (is_candidate && !is_candidate[i]))
            continue;
        double squared = behov_likeness_squared(likeness, row, i);
        size_t at = n < count ? n++ : count; /* behind all of them */
        for (; at > 0 && squared < rows[at - 1].squared; at--)
            if (at < count)
                rows[at] = rows[at - 1];
        if (at < count)
            rows[at] = (far_row){squared, i};
    }
    return n;
}

size_t behov_likeness_nearest(const behov_likeness *likeness, size_t row, const bool *is_candidate, size_t count,
                              size_t *rows, behov_error *err)
{
    count = count < likeness->n ? count : likeness->n;
    far_row *nearest = malloc((count + 1) * sizeof *nearest);
    if (!nearest) {
        (void)out_of_memory(err);
        return 0;
    }
    size_t n = find_nearest(likeness, row, is_candidate, count, nearest);
    for (size_t i = 0; i < n; i++)
        rows[i] = nearest[i].row;
    free(nearest);
    return n;
}

static int compare_figures(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

behov_status behov_likeness_typical(const behov_likeness *likeness, size_t count, double *typical, behov_error *err)
{
    size_t n = likeness->n;
    far_row *nearest = malloc((count + 1) * sizeof *nearest);
    double *distances = malloc((n * count + 1) * sizeof *distances); /* by place among the nearest */
    if (!nearest || !distances) {
        free(nearest), free(distances);
        return out_of_memory(err);
    }
    for (size_t row = 0; row < n; row++) {
        (void)find_nearest(likeness, row, NULL, count, nearest);
        for (size_t k = 0; k < count; k++)
            distances[k * n + row] = sqrt(nearest[k].squared);
    }
    for (size_t k = 0; k < count; k++) {
        double *of_place = distances + k * n;
        qsort(of_place, n, sizeof *of_place, compare_figures);
        typical[k] = n % 2 ? of_place[n / 2] : (of_place[n / 2 - 1] + of_place[n / 2]) / 2;
    }
    free(nearest), free(distances);
    return BEHOV_OK;
}
