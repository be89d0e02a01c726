/* fuzz_beside.c - any bytes as what stands beside a panel: a saved fit, coefficients, groups, lists, signs, notes,
 * ratios, a model. The first byte chooses the call, the others are the file. */
#include "fuzz_target.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "read_coefficients.h"
#include "whole_program.h"

static const char panel[] =
    "code;name;year;population;y;x\n"
    "0101;Halden;2012;3000;1,2;0,3\n0101;Halden;2013;3010;1,4;0,2\n0104;Moss;2012;9000;2,2;0,5\n"
    "0104;Moss;2013;9100;2,0;0,6\n0301;Oslo;2012;600000;3,2;1,1\n0301;Oslo;2013;610000;3,0;0,9\n"
    "1860;Vestvågøy;2012;11000;1,9;0,7\n1860;Vestvågøy;2013;11200;1,8;0,4\n"
    "1201;Bergen;2012;260000;2,6;0,8\n1201;Bergen;2013;265000;2,9;0,75\n";
static const char table[] = "term,coefficient,standard_error,stars\n(Intercept),1.20,0.35,***\nx,0.276,0.035,***\n";

#define MODEL "--formula", "y ~ x", "--code", "code"
#define NAMES "--municipality", "name"
#define NAMED "--name-column", "name"
#define QUICK "--draws", "100"

enum { SAVED_FIT }; /* the call whose file is read by itself too */

static const fuzz_call calls[] = {
    [SAVED_FIT] = {{"apply", "@panel.csv", "--code", "code", NAMES, "--coefficients", "@beside.json", NULL}},
    {{"apply", "@panel.csv", MODEL, NAMES, "--coefficients", "@beside.csv", NULL}},
    {{"rank", "@panel.csv", MODEL, NAMED, "--within", "@beside.csv", QUICK, NULL}},
    {{"rank", "@panel.csv", MODEL, NAMED, "--municipality", "@beside.csv", QUICK, NULL}},
    {{"tables", "@panel.csv", MODEL, NAMED, "--group", "@beside.csv", NULL}},
    {{"tables", "--ratios", "@beside.csv", NULL}},
    {{"tables", "--ratios", "@beside.csv", "--group", "@table.csv", "--table", "trend", NULL}},
    {{"select", "--ratios", "@beside.csv", NULL}},
    {{"audit", "@table.csv", "--signs", "@beside.csv", NULL}},
    {{"audit", "@table.csv", "--notes", "@beside.csv", NULL}},
    {{"audit", "@beside.csv", NULL}},
    {{"compare", "@panel.csv", MODEL, NAMES, "--with", "@beside.csv", NULL}},
    {{"fit", "@panel.csv", "--model", "@beside.ini", "-o", "@o.html", NULL}},
    {{"template", "--model", "@beside.ini", "--municipalities", "@panel.csv", "--code", "code", "--years", "2012", "-o",
      "@o.csv", NULL}},
    {{"template", "--formula", "y ~ x", "--municipalities", "@beside.csv", "--years", "2012", "-o", "@o.csv", NULL}},
};

static void read_saved_fit(void)
{
    behov_given_coefficients list;
    behov_error err = {.code = BEHOV_OK};
    const char *folder = getenv("TMPDIR");
    char path[160];
    snprintf(path, sizeof path, "%s/beside.json", folder);
    behov_status status = read_coefficients(path, NULL, &list, &err);
    if (status && !(err.code == status && err.what[0]))
        abort();
    behov_given_coefficients_free(&list);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    whole_program_begin();
    static bool is_there;
    if (!is_there) {
        whole_program_put("panel.csv", panel, sizeof panel - 1);
        whole_program_put("table.csv", table, sizeof table - 1);
        is_there = true;
    }
    static const char *const names[] = {"beside.json", "beside.csv", "beside.ini"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        whole_program_put(names[i], data + 1, size - 1);
    size_t call = data[0] % (sizeof calls / sizeof *calls);
    if (call == SAVED_FIT)
        read_saved_fit();
    whole_program_run(&calls[call]);
    return 0;
}
