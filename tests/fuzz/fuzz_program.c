/* fuzz_program.c - any bytes as the panel of the whole program: the first byte chooses the call, the others are the
 * panel. Every verb ends with 0, 1 or 2, whatever it was given; sanitizers see the rest. */
#include "fuzz_target.h"

#include <stdint.h>

#include "whole_program.h"

#define MODEL "--formula", "y ~ x + I(population^1.2) + factor(year)"
#define NAMES "--code", "code", "--municipality", "name"
#define NAMED "--code", "code", "--name-column", "name"
#define QUICK "--draws", "100"

static const fuzz_call calls[] = {
    {{"fit", "@panel.csv", MODEL, NAMES, "-o", "@o.csv", "-o", "@o.json", "-o", "@o.md", "-o", "@o.html", "-o",
      "@o.tex", "-o", "@o.txt", NULL}},
    {{"fit", "@panel.csv", MODEL, NAMES, "-o", "@o.xlsx", NULL}},
    {{"fit", "@panel.csv", MODEL, NAMES, "--full", QUICK, "-o", "@o.xlsx", NULL}},
    {{"fit", "@panel.csv", MODEL, NAMES, "--by", "year", "--lang", "en", NULL}},
    {{"fit", "@panel.csv", MODEL, NAMES, "--absorb", "code", NULL}},
    {{"fit", "@panel.csv", MODEL, NAMES, "--se", "all", "--cluster", "code", NULL}},
    {{"fit", "@panel.csv", MODEL, NAMES, "--weights", "population", "--weight-kind", "frequency", "--drop-collinear",
      "--json", NULL}},
    {{"fit", "@panel.csv", MODEL, NAMES, "--cluster", "code", "--cluster", "year", "--csv-style", "excel-nb", "-o",
      "@o.csv", NULL}},
    {{"check", "@panel.csv", MODEL, NAMES, "--json", NULL}},
    {{"tables", "@panel.csv", MODEL, NAMED, "-o", "@o.json", "-o", "@o.md", "-o", "@o.html", "-o", "@o.tex", NULL}},
    {{"tables", "@panel.csv", MODEL, NAMED, "--group", "county", NULL}},
    {{"rank", "@panel.csv", MODEL, NAMED, QUICK, "--within", "size", "-o", "@o.csv", "-o", "@o.json", "-o", "@o.html",
      NULL}},
    {{"profile", "1", "@panel.csv", MODEL, NAMED, "--group", "county", QUICK, "-o", "@o.html", NULL}},
    {{"select", "@panel.csv", MODEL, NAMED, "-o", "@o.json", NULL}},
    {{"diagnose", "@panel.csv", MODEL, "--code", "code", "--cluster", "name", "-o", "@o.json", NULL}},
    {{"test", "x = 0", "@panel.csv", MODEL, "--cluster", "code", "--bootstrap", "99", NULL}},
    {{"apply", "@panel.csv", "--formula", "y ~ x", NAMES, "--coefficients", "@panel.csv", NULL}},
    {{"compare", "@panel.csv", "--with", "@panel.csv", MODEL, NAMES, NULL}},
    {{"audit", "@panel.csv", NULL}},
    {{"tables", "--ratios", "@panel.csv", "-o", "@o.tex", NULL}},
    {{"plot", "rank", "@panel.csv", MODEL, NAMED, QUICK, "-o", "@o.svg", NULL}},
    {{"plot", "coefficients", "@panel.csv", MODEL, "-o", "@o.svg", NULL}},
    {{"plot", "fit", "@panel.csv", MODEL, NAMED, "-o", "@o.svg", NULL}},
    {{"plot", "ratios", "@panel.csv", MODEL, NAMED, "-o", "@o.svg", NULL}},
    {{"template", "--formula", "y ~ x", "--municipalities", "@panel.csv", "--years", "2020", "-o", "@o.csv", NULL}},
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    whole_program_begin();
    whole_program_put("panel.csv", data + 1, size - 1);
    whole_program_run(&calls[data[0] % (sizeof calls / sizeof *calls)]);
    return 0;
}
