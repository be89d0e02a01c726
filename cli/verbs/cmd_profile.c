/* cmd_profile.c - `behov profile`: one municipality at a time, in words and figures. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "estimation_options.h"
#include "lasting_options.h"
#include "model_labels.h"
#include "municipality_options.h"
#include "outputs.h"
#include "progress.h"
#include "profile.h"
#include "study_options.h"
#include "system.h"
#include "verbs.h"
#include "write_profile.h"

static const option_text profile_options[] = {
    STUDY_OPTIONS_CHOOSING_YEAR,
    {"year", 0, "YEAR", "the year that the page is about; without it the last in which the municipality has a need"},
    {"group", 'g', "KIND",
     "compare with a group too: county, size or a file with the columns municipality_code and\ngroup"},
    LASTING_OPTIONS("", "90"),
    FITTING_OPTIONS,
    OUTPUT_OPTIONS,
};

static behov_status sections(const void *context, bool is_workbook, behov_section_list *list, behov_error *err)
{
    return behov_profiles_add(context, is_workbook, list, err);
}

static behov_status rows(const void *context, behov_report **report, behov_error *err)
{
    return behov_profiles_table(context, report, err);
}

static behov_status json(const void *context, const char *path, behov_error *err)
{
    return write_profiles_json(path, context, err);
}

static const output_writers writers = {sections, rows, json, BEHOV_WORD_TITLE_PROFILE};

/* Prints and returns 2 for a call that is wrong. */
static int read_choices(const command_line *line, behov_profile_choices *out, behov_lasting_options *sure)
{
    double year = 0;
    if (line->n_operands == 0)
        return wrong_call(line->verb, "which municipality? Give a code or a name, several separated by commas");
    if (line->n_operands == 1 && system_is_regular_file(line->operands[0]))
        return wrong_call(line->verb, "%s is a file: name the municipality before it, behov profile 1860 %s",
                          line->operands[0], line->operands[0]);
    if (line->n_operands > 2)
        return wrong_call(line->verb,
                          "%s is one too many: municipalities are separated by commas, 1860,1865, and one panel "
                          "follows them",
                          line->operands[2]);
    if (!lasting_options_read(line, 90, sure) || !whole_option(line, "year", 1, 9999, &year))
        return 2;
    *out = (behov_profile_choices){.year = (int)year,
                                   .level = sure->level_pct / 100,
                                   .n_draws = sure->n_draws,
                                   .seed = sure->seed,
                                   .label = behov_model_label};
    return 0;
}

static int run_profile(const command_line *line)
{
    behov_study study = {0};
    behov_estimation estimation = {0};
    behov_fit_results fit_results = {0};
    behov_profile_choices choices = {0};
    behov_lasting_options sure = {0};
    behov_profiles profiles = {0};
    municipality_options municipalities = {0};
    long long date = 0;
    char day[16];
    behov_error err;
    const char *panel = line->n_operands > 1 ? line->operands[1] : NULL;
    int code = read_choices(line, &choices, &sure);
    if (!code)
        code = outputs_check(line);
    if (!code && !outputs_date(line, &date))
        code = 2;
    if (!code)
        code =
            estimation_of_residuals(line, panel, sure.level_pct / 100, sure.floor, &study, &estimation, &fit_results);
    outputs_date_text(date, day);
    fit_results.made_on = day;
    if (!code)
        code = municipality_options_read(line->operands[0], option_value(line, "group"), &municipalities);
    choices.list = municipalities.list;
    choices.group = municipalities.grouping;
    progress *bar = progress_new("draws");
    choices.progress = (behov_progress){progress_step, bar};
    behov_status status = code ? BEHOV_OK : behov_profiles_new(&fit_results, &choices, &profiles, &err);
    progress_free(bar);
    if (status)
        code = print_failure(&err);
    if (!code && !is_quiet(line))
        lasting_print_notes_unsettled(&profiles.country.variances);
    if (!code && (option_given(line, "json") ? write_profiles_json(NULL, &profiles, &err)
                                             : write_profiles_page(&profiles, stdout, &err)))
        code = print_failure(&err);
    if (!code)
        code = outputs_write(line, &study, &writers, &profiles, date);
    behov_profiles_free(&profiles);
    municipality_options_free(&municipalities);
    behov_estimation_free(&estimation);
    behov_study_close(&study);
    return code;
}

const verb verb_profile = {
    .name = "profile",
    .usage = "MUNICIPALITY[,MUNICIPALITY]... [PANEL] [--year YEAR] [--group KIND] [-o FILE]...",
    .summary = "One page for a municipality: need, spending, kroner, reasons, and how sure.",
    .details =
        "MUNICIPALITY is a code or a name; several are separated by commas, or listed in a file. PANEL is a file of\n"
        "delimited text, - for standard input; without it the bundled, simulated panel is used.\n"
        "Drivers say what each regressor adds to the need against the country's mean, and the group's with --group; "
        "they\n"
        "add up to the difference. The lasting level is that of rank: chance of single years is taken out.\n"
        "\n"
        "Examples\n"
        "  behov profile 1860\n"
        "  behov profile 1860,1865 --group county -o profiles.xlsx\n"
        "  behov profile Moss panel.csv --year 2016 --json",
    .options = profile_options,
    .n_options = sizeof profile_options / sizeof *profile_options,
    .repeatable = "output cluster",
    .run = run_profile,
};
