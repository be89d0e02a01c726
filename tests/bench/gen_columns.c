/* gen_columns.c - a panel of many regressors: gen_columns ROWS COLUMNS ROWS_OF_A_CLUSTER SEED > FILE.csv
 *
 * Columns code (so many rows each), y, x1 ... xk of six decimals; y is the sum of the regressors and noise. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static uint64_t state;

/* splitmix64; uniform in (-1, 1) */
static double draw(void)
{
    uint64_t z = state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return (double)((z ^ (z >> 31)) >> 11) * 0x1p-52 - 1;
}

int main(int n_arguments, char **arguments)
{
    enum { MOST = 1000 };
    long n_rows = n_arguments == 5 ? atol(arguments[1]) : 0, n_columns = n_arguments == 5 ? atol(arguments[2]) : 0,
         n_together = n_arguments == 5 ? atol(arguments[3]) : 0;
    if (n_rows < 1 || n_together < 1 || n_columns < 1 || n_columns > MOST) {
        fprintf(stderr, "gen_columns ROWS COLUMNS ROWS_OF_A_CLUSTER SEED\n");
        return 2;
    }
    state = strtoull(arguments[4], NULL, 10);
    printf("code,y");
    for (long j = 1; j <= n_columns; j++)
        printf(",x%ld", j);
    for (long i = 0; i < n_rows; i++) {
        double x[MOST], y = draw();
        for (long j = 0; j < n_columns; j++)
            y += x[j] = draw();
        printf("\n%ld,%.6f", 1000001 + i / n_together, y);
        for (long j = 0; j < n_columns; j++)
            printf(",%.6f", x[j]);
    }
    putchar('\n');
    return 0;
}
