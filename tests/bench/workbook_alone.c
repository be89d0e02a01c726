/* workbook_alone.c - the figures of a CSV file as a workbook by libxlsxwriter alone: its constant-memory mode, one sheet.
 *
 *     workbook_alone FILE.csv FILE.xlsx     prints the seconds that writing took: elapsed, and of the processor
 *
 * What the library needs for these cells, against which `behov fit -o FILE.xlsx` is measured (measure.py). The file is read
 * before the clock starts, and split at commas: it is one that behov has written. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <xlsxwriter.h>

static double seconds(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static char *read_whole(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END))
        return NULL;
    *length = (size_t)ftell(file);
    char *text = malloc(*length + 1);
    rewind(file);
    if (!text || fread(text, 1, *length, file) != *length)
        return NULL;
    text[*length] = '\0';
    fclose(file);
    return text;
}

/* A figure, and no code: 0301 is text. */
static bool is_figure(const char *text, double *value)
{
    char *end;
    *value = strtod(text, &end);
    return *text && !*end && !(text[0] == '0' && text[1] >= '0' && text[1] <= '9');
}

int main(int n_arguments, char **arguments)
{
    size_t length;
    char *text = n_arguments == 3 ? read_whole(arguments[1], &length) : NULL;
    if (!text) {
        fprintf(stderr, "workbook_alone FILE.csv FILE.xlsx\n");
        return 2;
    }
    double elapsed = seconds(CLOCK_MONOTONIC), processor = seconds(CLOCK_PROCESS_CPUTIME_ID);
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};
    lxw_workbook *book = workbook_new_opt(arguments[2], &options);
    lxw_worksheet *sheet = workbook_add_worksheet(book, "Data");
    lxw_format *figure = workbook_add_format(book), *words = workbook_add_format(book);
    format_set_num_format(figure, "0.000");
    format_set_num_format(words, "@");
    lxw_row_t row = 0;
    unsigned long n_cells = 0;
    for (char *line = text; line && *line; row++) {
        char *next = strchr(line, '\n');
        if (next)
            *next++ = '\0';
        lxw_col_t column = 0;
        for (char *cell = line; cell; column++) {
            char *after = strchr(cell, ',');
            if (after)
                *after++ = '\0';
            double value;
            if (is_figure(cell, &value))
                worksheet_write_number(sheet, row, column, value, figure);
            else if (*cell)
                worksheet_write_string(sheet, row, column, cell, words);
            n_cells += *cell != '\0';
            cell = after;
        }
        line = next;
    }
    if (workbook_close(book))
        return 1;
    printf("%.3f %.3f %lu\n", seconds(CLOCK_MONOTONIC) - elapsed, seconds(CLOCK_PROCESS_CPUTIME_ID) - processor,
           n_cells);
    return 0;
}
