/* vcov_scores.c - see vcov_scores.h.
 *
 * The score of a cluster is the sum of those of its rows in the first half of the rows, plus the sum of those in the
 * second, whatever the number of threads; of few rows there is one part alone. In which order clusters are gone through
 * makes no difference to that, so that a file in the order of its clusters is scored piece by piece. */
#include "vcov_scores.h"

#include <behov/parallel.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "design_parts.h"
#include "fit_parts.h"
#include "influence.h"

/* What every part needs. */
typedef struct scorer {
    const behov_fit *fit;
    const behov_design *design;
    const uint32_t *of_rows;
    size_t n_groups, n_rows, n_halves;
    double *blocks; /* of each part (BEHOV_DESIGN_BLOCK + 1) x n_regressors */
} scorer;

static size_t block_room(const scorer *scorer)
{
    return (BEHOV_DESIGN_BLOCK + 1) * scorer->fit->n_regressors;
}

/* The first row of the second half; past the last where there is one part. */
static size_t middle_row(const scorer *scorer)
{
    return scorer->n_halves == 2 ? scorer->n_rows / 2 : scorer->n_rows;
}

/* Adds the scores of rows first .. end - 1, each to that of its cluster; `scores` begins with the cluster `base`, and the
 * cluster `apart` (n_groups = none) has its rows from the middle on in `apart_score`. */
static void add_rows(const scorer *scorer, size_t part, size_t first, size_t end, double *scores, size_t base,
                     size_t apart, double *apart_score)
{
    const behov_fit *fit = scorer->fit;
    size_t rank = fit->rank, n = fit->n_regressors, middle = middle_row(scorer);
    double *block = scorer->blocks + part * block_room(scorer), *scales = block + BEHOV_DESIGN_BLOCK * n;
    double outcome[BEHOV_DESIGN_BLOCK];
    for (size_t p = 0; p < rank; p++)
        scales[p] = ldexp(1, -fit->exponents[fit->kept_positions[p]]);
    for (; first < end; first += BEHOV_DESIGN_BLOCK) {
        size_t count = end - first < BEHOV_DESIGN_BLOCK ? end - first : BEHOV_DESIGN_BLOCK;
        behov_design_fill_weighted(scorer->design, first, count, block, n, outcome);
        for (size_t i = 0; i < count; i++) {
            const double *x = block + i * n;
            size_t group = scorer->of_rows[first + i];
            double residual = outcome[i];
            double *score = group == apart && first + i >= middle ? apart_score : scores + (group - base) * rank;
            for (size_t k = 0; k < n; k++)
                residual -= fit->rounded_values[k] * x[k];
            residual = fit_times_power(residual, -fit->outcome_exponent);
            for (size_t p = 0; p < rank; p++)
                score[p] += residual * (x[fit->kept_positions[p]] * scales[p]);
        }
    }
}

/* ---- any order: the scores of all clusters, of each half ---------------------------------------------------------- */

typedef struct halves {
    scorer scorer;
    double *scores; /* n_halves x n_groups x rank */
} halves;

static void score_half(void *context, size_t half)
{
    const halves *halves = context;
    const scorer *scorer = &halves->scorer;
    size_t middle = middle_row(scorer);
    add_rows(scorer, half, half ? middle : 0, half ? scorer->n_rows : middle,
             halves->scores + half * scorer->n_groups * scorer->fit->rank, 0, scorer->n_groups, NULL);
}

static behov_status score_halves(const scorer *scorer, vcov_take_score *take, void *context, behov_error *err)
{
    size_t rank = scorer->fit->rank, n_groups = scorer->n_groups, n_halves = scorer->n_halves;
    halves halves = {*scorer, behov_alloc(n_halves * n_groups, rank * sizeof *halves.scores)};
    halves.scorer.blocks = behov_alloc(n_halves, block_room(scorer) * sizeof *halves.scorer.blocks);
    bool has_room = halves.scores && halves.scorer.blocks;
    if (has_room)
        behov_parallel(behov_design_n_threads(scorer->design), n_halves, score_half, &halves);
    for (size_t g = 0; g < n_groups && has_room; g++) {
        double *score = halves.scores + g * rank;
        for (size_t p = 0; p < rank && n_halves == 2; p++)
            score[p] += halves.scores[(n_groups + g) * rank + p];
        take(context, score);
    }
    free(halves.scores), free(halves.scorer.blocks);
    return has_room ? BEHOV_OK : behov_out_of_memory(err, PHRASE_MEMORY_FOR_CLUSTER_SCORES);
}

/* ---- clusters in order: piece by piece --------------------------------------------------------------------------- */

enum { PIECE_ROWS = 4096, PIECES_A_THREAD = 4, PIECES_MAX = 32 };

/* Rows of whole clusters. */
typedef struct piece {
    size_t first, end, n_groups;
    double *scores; /* PIECE_ROWS + 1 of them, the last for the rows apart */
} piece;

/* Pieces that are scored at once, while those before them are handed out. */
typedef struct round {
    piece pieces[PIECES_MAX];
    size_t n_pieces;
} round_of_pieces;

typedef struct rounds {
    scorer scorer;
    round_of_pieces rounds[2], *scored, *taken;
    vcov_take_score *take;
    void *context;
} rounds;

static void score_piece(const scorer *scorer, piece *piece, size_t part)
{
    size_t rank = scorer->fit->rank, middle = middle_row(scorer), base = scorer->of_rows[piece->first];
    bool has_middle = middle > piece->first && middle < piece->end;
    size_t apart = has_middle ? scorer->of_rows[middle] : scorer->n_groups;
    double *apart_score = piece->scores + piece->n_groups * rank;
    memset(piece->scores, 0, (piece->n_groups + 1) * rank * sizeof *piece->scores);
    add_rows(scorer, part, piece->first, piece->end, piece->scores, base, apart, apart_score);
    for (size_t p = 0; p < rank && has_middle; p++)
        piece->scores[(apart - base) * rank + p] += apart_score[p];
}

static void work(void *context, size_t index)
{
    const rounds *rounds = context;
    if (index) {
        score_piece(&rounds->scorer, &rounds->scored->pieces[index - 1], index - 1);
        return;
    }
    for (size_t i = 0; i < rounds->taken->n_pieces; i++)
        for (size_t g = 0; g < rounds->taken->pieces[i].n_groups; g++)
            rounds->take(rounds->context, rounds->taken->pieces[i].scores + g * rounds->scorer.fit->rank);
}

/* The next piece, from a row on; returns the first row behind it. */
static size_t cut_piece(const scorer *scorer, piece *piece, size_t first)
{
    const uint32_t *of_rows = scorer->of_rows;
    size_t end = scorer->n_rows - first < PIECE_ROWS ? scorer->n_rows : first + PIECE_ROWS;
    while (end < scorer->n_rows && of_rows[end] == of_rows[end - 1])
        end++;
    piece->first = first;
    piece->end = end;
    piece->n_groups = of_rows[end - 1] - of_rows[first] + 1;
    return end;
}

static void go_through(rounds *rounds, size_t most_pieces)
{
    const scorer *scorer = &rounds->scorer;
    size_t first = 0;
    do {
        round_of_pieces *scored = rounds->scored;
        for (scored->n_pieces = 0; scored->n_pieces < most_pieces && first < scorer->n_rows; scored->n_pieces++)
            first = cut_piece(scorer, &scored->pieces[scored->n_pieces], first);
        behov_parallel(behov_design_n_threads(scorer->design), 1 + scored->n_pieces, work, rounds);
        rounds->scored = rounds->taken;
        rounds->taken = scored;
    } while (rounds->taken->n_pieces);
}

static behov_status score_in_order(const scorer *scorer, vcov_take_score *take, void *context, behov_error *err)
{
    size_t n_threads = behov_design_n_threads(scorer->design), most = PIECES_A_THREAD * (n_threads ? n_threads : 1);
    size_t room = (PIECE_ROWS + 1) * scorer->fit->rank;
    most = most < PIECES_MAX ? most : PIECES_MAX;
    rounds rounds = {.scorer = *scorer, .take = take, .context = context};
    rounds.scored = &rounds.rounds[0];
    rounds.taken = &rounds.rounds[1];
    double *scores = behov_alloc(2 * most, room * sizeof *scores);
    rounds.scorer.blocks = behov_alloc(most, block_room(scorer) * sizeof *rounds.scorer.blocks);
    bool has_room = scores && rounds.scorer.blocks;
    for (size_t i = 0; i < most && has_room; i++) {
        rounds.rounds[0].pieces[i].scores = scores + 2 * i * room;
        rounds.rounds[1].pieces[i].scores = scores + (2 * i + 1) * room;
    }
    if (has_room)
        go_through(&rounds, most);
    free(scores), free(rounds.scorer.blocks);
    return has_room ? BEHOV_OK : behov_out_of_memory(err, PHRASE_MEMORY_FOR_CLUSTER_SCORES);
}

/* Many clusters, whose rows follow each other in their order. */
static bool is_in_order(const scorer *scorer)
{
    const uint32_t *of_rows = scorer->of_rows;
    bool is = scorer->n_groups >= PIECE_ROWS && of_rows[0] == 0 && of_rows[scorer->n_rows - 1] == scorer->n_groups - 1;
    for (size_t i = 1; i < scorer->n_rows && is; i++)
        is = of_rows[i] == of_rows[i - 1] || of_rows[i] == of_rows[i - 1] + 1;
    return is;
}

behov_status vcov_score_clusters(const behov_fit *fit, const behov_design *design, const uint32_t *of_rows,
                                 size_t n_groups, vcov_take_score *take, void *context, behov_error *err)
{
    scorer scorer = {fit, design, of_rows, n_groups, fit->n_rows, fit->n_rows > 2 * BEHOV_PART_ROWS ? 2 : 1, NULL};
    return is_in_order(&scorer) ? score_in_order(&scorer, take, context, err)
                                : score_halves(&scorer, take, context, err);
}
