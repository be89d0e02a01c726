/* inputs.c - see inputs.h. */
#include "messages.h"
#include "inputs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "datasets.h"
#include "files_read.h"
#include "system.h"
#include "target.h"

/* ---- what the call names -------------------------------------------------------------------------------------------
 */

typedef struct written_file {
    const command_line *line;
    const char *name;  /* "-o out.xlsx", "standard output" */
    system_file about; /* of a file that is there */
} written_file;

static bool is_output(const option_text *option)
{
    return strcmp(option->name, "output") == 0;
}

static int against_words(const written_file *out)
{
    const command_line *line = out->line;
    system_file found;
    for (size_t i = 0; i < line->n_operands; i++)
        if (system_look(line->operands[i], &found) == 0 && system_is_same_file(&found, &out->about))
            return wrong_call(out->line->verb, SAY_INPUTS_LOSE_INPUT, out->name, line->operands[i]);
    for (size_t i = 0; i < line->n_given; i++) {
        const parsed_option *parsed_option = &line->parsed_option[i];
        if (!is_output(parsed_option->option) && parsed_option->value &&
            system_look(parsed_option->value, &found) == 0 && system_is_same_file(&found, &out->about))
            return wrong_call(out->line->verb, SAY_INPUTS_LOSE_OPTION_FILE, out->name, parsed_option->option->name);
    }
    if (system_look_at_stream(stdin, &found) == 0 && system_is_same_file(&found, &out->about))
        return wrong_call(out->line->verb, SAY_INPUTS_LOSE_STANDARD_INPUT, out->name);
    return 0;
}

static int against_bundled(const written_file *out)
{
    size_t n;
    const dataset *list = datasets_list(&n);
    for (size_t i = 0; i < n; i++) {
        char *path = NULL;
        behov_error err;
        system_file found;
        bool is_one = !datasets_path(list[i].name, &path, &err) && system_look(path, &found) == 0 &&
                      system_is_same_file(&found, &out->about);
        free(path);
        if (is_one)
            return wrong_call(out->line->verb, SAY_INPUTS_LOSE_BUNDLED, out->name, list[i].name);
    }
    return 0;
}

static int against_inputs(const written_file *out)
{
    if (out->about.kind != SYSTEM_REGULAR)
        return 0;
    int code = against_words(out);
    if (!code)
        code = against_bundled(out);
    return !code && files_read_hold(&out->about) ? wrong_call(out->line->verb, SAY_INPUTS_LOSE_READ, out->name) : code;
}

/* ---- outputs against each other ------------------------------------------------------------------------------------
 */

/* Two names for a file that is there, or for one that is not yet. A path that cannot be followed is reported when it is
 * opened. */
static bool is_one_file(const char *a, const char *b)
{
    system_file about_a, about_b;
    if (strcmp(a, b) == 0)
        return true;
    if (system_look(a, &about_a) == 0 && system_look(b, &about_b) == 0)
        return system_is_same_file(&about_a, &about_b);
    char *whole_a = target_whole_path(a), *whole_b = target_whole_path(b);
    bool is_one = whole_a && whole_b && strcmp(whole_a, whole_b) == 0;
    free(whole_a);
    free(whole_b);
    return is_one;
}

static int against_outputs(const written_file *out, size_t i)
{
    const char *path = option_value_at(out->line, "output", i);
    for (size_t j = 0; j < i; j++) {
        const char *other = option_value_at(out->line, "output", j);
        if (strcmp(other, path) == 0)
            return wrong_call(out->line->verb, SAY_INPUTS_GIVEN_TWICE, path);
        if (is_one_file(other, path))
            return wrong_call(out->line->verb, SAY_INPUTS_TWO_OUTPUTS, other, path);
    }
    return 0;
}

/* Standard output and error that go to files are outputs, too: `>>` spares what it finds. */
static int check_streams(const command_line *line)
{
    static const struct {
        bool is_error;
        const char *name;
    } streams[] = {{false, PHRASE_INPUTS_STANDARD_OUTPUT}, {true, PHRASE_INPUTS_STANDARD_ERROR}};
    for (size_t s = 0; s < sizeof streams / sizeof *streams; s++) {
        written_file out = {.line = line, .name = streams[s].name};
        if (system_look_at_stream(streams[s].is_error ? stderr : stdout, &out.about) != 0 ||
            out.about.kind != SYSTEM_REGULAR)
            continue;
        /* The sentence about standard error itself would go into the input: it is said on standard output. */
        int kept = streams[s].is_error ? system_error_stream_to_output() : -1;
        int code = against_inputs(&out);
        if (kept >= 0 && !code)
            system_error_stream_back(kept);
        else if (kept >= 0)
            system_close(kept);
        for (size_t i = 0; !code && i < option_count(line, "output"); i++) {
            const char *path = option_value_at(line, "output", i);
            system_file found;
            if (!target_is_open_stream(path) && system_look(path, &found) == 0 &&
                system_is_same_file(&found, &out.about))
                code = wrong_call(line->verb, SAY_INPUTS_OUTPUT_AND_STREAM, path, streams[s].name);
        }
        if (code)
            return code;
    }
    return 0;
}

int inputs_check(const command_line *line)
{
    for (size_t i = 0; i < option_count(line, "output"); i++) {
        const char *path = option_value_at(line, "output", i);
        size_t size = strlen(path) + sizeof "-o ";
        char *name = malloc(size);
        if (!name) {
            print_line(SAY_INPUTS_NO_MEMORY);
            return 1;
        }
        snprintf(name, size, "-o %s", path);
        written_file out = {.line = line, .name = name};
        int code = against_outputs(&out, i);
        if (!code && !target_is_open_stream(path) && system_look(path, &out.about) == 0)
            code = against_inputs(&out);
        free(name);
        if (code)
            return code;
    }
    return check_streams(line);
}
