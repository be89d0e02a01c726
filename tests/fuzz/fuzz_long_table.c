/* fuzz_long_table.c - any bytes as a file of a statistical office, through the one door and as changes of municipalities.
 *
 * Whatever comes out: a failure says what, with a code; a long table has as many values and missing cells as rows (or no
 * values at all), its codes lie inside the dictionaries. A filing is summed too. */
#include "fuzz_target.h"

#include "read_long_table.h"

#include "read_municipality_history.h"
#include <behov/kostra_filing.h>
#include <behov/table.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void check_table(const behov_long_table *long_table)
{
    const behov_table *table = long_table->table;
    size_t n_rows = behov_table_n_rows(table), n_marked = 0;
    if (behov_table_find(table, "value") >= 0)
        require(long_table->n_values + long_table->n_missing == n_rows, "every cell has a value or has none");
    for (int mark = 0; mark < BEHOV_N_MISSING; mark++)
        n_marked += long_table->n_marked[mark];
    require(n_marked == long_table->n_missing, "every missing cell has a mark");
    fuzz_check_codes(table);
}

static void sum_filing(const behov_long_table *long_table)
{
    static const char *const functions[] = {"242", "281"};
    behov_kostra_net net;
    behov_error err = {.code = BEHOV_OK};
    behov_status status = behov_kostra_net_compute(long_table->table, functions, 2, &net, &err);
    require(!status || err.what[0] != '\0', "a failure says what");
    for (size_t i = 0; i < net.n && !status; i++)
        require(net.filings[i].total.n_records ==
                    net.filings[i].functions[0].n_records + net.filings[i].functions[1].n_records,
                "functions add up");
    behov_kostra_net_free(&net);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const long_table_choices choices = {.has_labels = true};
    char path[] = "/tmp/behov-fuzz-XXXXXX";
    behov_notice notice = {fuzz_take_notice, NULL};
    fuzz_write_file(path, 0, data, size);
    behov_long_table table;
    behov_error err = {.code = BEHOV_OK};
    behov_status status = read_long_table(path, &choices, &notice, &table, &err);
    require(!status || (err.code == status && err.what[0] != '\0'), "a failure says what");
    if (!status) {
        check_table(&table);
        sum_filing(&table);
    }
    behov_long_table_free(&table);
    behov_municipality_history *history = NULL;
    status = read_municipality_history(path, &notice, &history, &err);
    require(!status || (err.code == status && err.what[0] != '\0' && !history), "a failure says what");
    behov_municipality_history_free(history);
    unlink(path);
    return 0;
}
