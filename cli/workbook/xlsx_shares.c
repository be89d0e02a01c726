/* xlsx_shares.c - see xlsx_shares.h. Both files are unpacked and looked at by processes of their own, at the same time. */
#include "xlsx_shares.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "own_process.h"
#include "xlsx.h"
#include "zip_check.h"
#include "zip_join.h"

static bool is_large(const behov_section *sheet)
{
    return sheet->table && xlsx_is_large(sheet->table);
}

static double n_places(const behov_section *sheet)
{
    return (double)behov_report_n_rows(sheet->table) * (double)behov_report_n_columns(sheet->table);
}

behov_status xlsx_shares_new(const char *path, const behov_section *sheets, size_t n_sheets, xlsx_shares *out,
                             behov_error *err)
{
    *out = (xlsx_shares){.sheets = sheets, .n_sheets = n_sheets};
    for (size_t s = 0; s < n_sheets; s++)
        out->n_large += is_large(&sheets[s]);
    if (!out->n_large)
        return BEHOV_OK;
    out->process = malloc(n_sheets);
    if (!out->process)
        return behov_error_say(err, BEHOV_E_MEMORY, path, SAY_WORKBOOK_NO_MEMORY);
    memset(out->process, XLSX_PROCESSES, n_sheets);
    double load[XLSX_PROCESSES] = {0};
    for (size_t n = 0; n < out->n_large; n++) {
        size_t largest = n_sheets;
        for (size_t s = 0; s < n_sheets; s++)
            if (is_large(&sheets[s]) && out->process[s] == XLSX_PROCESSES &&
                (largest == n_sheets || n_places(&sheets[s]) > n_places(&sheets[largest])))
                largest = s;
        out->process[largest] = load[1] < load[0];
        load[out->process[largest]] += n_places(&sheets[largest]);
    }
    return BEHOV_OK;
}

void xlsx_shares_free(xlsx_shares *shares)
{
    free(shares->process);
    *shares = (xlsx_shares){0};
}

bool xlsx_shares_is_elsewhere(const xlsx_shares *shares, size_t sheet, size_t process)
{
    return shares->process && shares->process[sheet] != XLSX_PROCESSES && shares->process[sheet] != process;
}

/* ---- whether what was written is whole --------------------------------------------------------------------------- */

enum { PART_NAME = 48 };

static void part_name(size_t sheet, char name[PART_NAME])
{
    snprintf(name, PART_NAME, "xl/worksheets/sheet%lu.xml", (unsigned long)sheet + 1);
}

/* Cells of the rows of a table: those that have a text or a figure. */
static size_t count_cells(const behov_report *table)
{
    size_t n_rows = behov_report_n_rows(table), n_columns = behov_report_n_columns(table), n = 0;
    for (size_t j = 0; j < n_columns; j++) {
        bool is_text = behov_report_is_text(table, j);
        for (size_t i = 0; i < n_rows; i++)
            n += behov_report_text(table, j, i)[0] || (!is_text && isfinite(behov_report_number(table, j, i)));
    }
    return n;
}

/* Where the rows of the table belong in a frame: before the first row below the header, or at the end of all rows. */
static size_t split_of(const char *frame)
{
    static const char row[] = "<row r=\"";
    for (const char *cursor = frame; (cursor = strstr(cursor, row)); cursor += sizeof row - 1)
        if (strtoul(cursor + sizeof row - 1, NULL, 10) > BEHOV_WORKBOOK_HEADER_ROW + 1)
            return (size_t)(cursor - frame);
    const char *end = strstr(frame, "</sheetData>");
    return end ? (size_t)(end - frame) : 0;
}

/* What a process that looks at one of the files is given. */
typedef struct look {
    const xlsx_shares *shares;
    const char *path, *written, *written_elsewhere;
    size_t process;
} look;

/* Its large sheets, with the frames that the other process wrote. */
static behov_status fill_rows(const look *look, zip_check_rows *rows, char (*names)[PART_NAME], char **frames,
                              size_t *n_rows, behov_error *err)
{
    const xlsx_shares *shares = look->shares;
    behov_status status = BEHOV_OK;
    for (size_t s = 0; s < shares->n_sheets && !status; s++) {
        if (shares->process[s] != look->process)
            continue;
        size_t n = *n_rows;
        part_name(s, names[n]);
        status = zip_join_read(look->written_elsewhere, names[n], look->path, &frames[n], &rows[n].frame_length, err);
        if (status)
            return status;
        rows[n].part = names[n];
        rows[n].frame = frames[n];
        rows[n].split = split_of(frames[n]);
        rows[n].n_cells = count_cells(shares->sheets[s].table);
        *n_rows = n + 1;
    }
    return status;
}

static behov_status look_at(void *context, behov_error *err)
{
    const look *look = context;
    size_t n = look->shares->n_large, n_rows = 0;
    zip_check_rows *rows = calloc(n, sizeof *rows);
    char(*names)[PART_NAME] = calloc(n, sizeof *names);
    char **frames = calloc(n, sizeof *frames);
    behov_status status = BEHOV_OK;
    if (!rows || !names || !frames)
        status = behov_error_say(err, BEHOV_E_MEMORY, look->path, SAY_WORKBOOK_NO_MEMORY_CHECK);
    if (!status)
        status = fill_rows(look, rows, names, frames, &n_rows, err);
    if (!status)
        status = zip_check_sheets(look->written, look->path, look->shares->n_sheets, rows, n_rows, err);
    for (size_t i = 0; frames && i < n; i++)
        free(frames[i]);
    free(frames);
    free(names);
    free(rows);
    return status;
}

static behov_status look_at_both(const xlsx_shares *shares, const char *path,
                                 const char *const written[XLSX_PROCESSES], behov_error *err)
{
    own_process process[XLSX_PROCESSES];
    look looks[XLSX_PROCESSES];
    behov_status status = BEHOV_OK;
    size_t n_started = 0;
    for (size_t i = 0; i < XLSX_PROCESSES && !status; i++) {
        looks[i] = (look){shares, path, written[i], written[1 - i], i};
        status = own_process_start(path, look_at, &looks[i], &process[i], err);
        n_started += !status;
    }
    for (size_t i = 0; i < n_started; i++) {
        behov_status ended = own_process_finish(path, &process[i], NULL, status ? NULL : err);
        status = status ? status : ended;
    }
    return status;
}

/* ---- the workbook of both ------------------------------------------------------------------------------------------ */

behov_status xlsx_shares_join(const xlsx_shares *shares, const char *path, const char *const written[XLSX_PROCESSES],
                              const char *joined, behov_error *err)
{
    behov_status status = look_at_both(shares, path, written, err);
    if (status)
        return status;
    zip_join_part *parts = calloc(shares->n_large, sizeof *parts);
    zip_check_rows *rows = calloc(shares->n_large, sizeof *rows);
    char(*names)[PART_NAME] = calloc(shares->n_large, sizeof *names);
    if (!parts || !rows || !names)
        status = behov_error_say(err, BEHOV_E_MEMORY, path, SAY_WORKBOOK_NO_MEMORY);
    for (size_t s = 0, n = 0; s < shares->n_sheets && !status; s++) {
        if (shares->process[s] == XLSX_PROCESSES)
            continue;
        part_name(s, names[n]);
        rows[n].part = parts[n].part = names[n];
        parts[n++].is_in_second = shares->process[s] == 1;
    }
    if (!status)
        status = zip_join_write(written[0], written[1], parts, shares->n_large, joined, path, err);
    /* The large sheets have been unpacked where they come from, and lie where the directory says. */
    if (!status)
        status = zip_check_sheets(joined, path, shares->n_sheets, rows, shares->n_large, err);
    free(names);
    free(rows);
    free(parts);
    return status;
}
