/* write_xlsx.c - result tables as an Excel workbook: the file.
 *
 * A sheet is: title in A1, one sentence in A2, an empty row, the header in row 4, the table, an empty row, the notes.
 * Cells are never merged; notes are broken here into lines as wide as the table, because wrapped text in a narrow
 * column A would be forty lines high. Cells are numbers with a number format, or text; formulas are in forms
 * (xlsx_input.c).
 *
 * What libxlsxwriter 1.1.4 leaves to its caller, and what is done about it:
 * - NaN and infinities become text that Excel rejects: such cells stay empty.
 * - Numbers are written with the locale's decimal mark: the C locale is lent to the thread meanwhile.
 * - Without `created` the clock enters the file: it is always set.
 * - Each cell costs about 100 bytes and 2 us. Of a table that is not small (xlsx_rows_beside) the library writes all
 *   but the rows, which are packed beside the workbook (xlsx_rows.c) and then put into their sheets (xlsx_join.c).
 * - Errors of its temporary files go unseen, and a full disk would give a cut workbook: the room is checked before
 *   and after. A disk quota that ends meanwhile is not seen.
 * - Without memory it crashes, or prints a line and goes on without what it had no room for, or goes on without a word:
 *   it is used in a process of its own (own_process.h), what prints anything has failed, and it writes twice.
 * - The file is looked at again when it is closed (zip_check.h).
 *
 * Not here: sheets (xlsx_sheet.c), columns (xlsx_columns.c), formats (xlsx_format.c), charts (xlsx_chart.c), several
 * tables on a sheet. */
#include "write_xlsx.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <behov/format.h>
#include <behov/number.h>
#include "own_process.h"
#include "system.h"
#include "target.h"
#include "xlsx.h"
#include "xlsx_join.h"
#include "zip_check.h"

/* 1980-01-01, the first date that a zip archive can hold. */
static const long long earliest_date = 315532800;

/* Upper estimates of the bytes that the library puts in temporary files: of the largest sheet, and at once. */
typedef struct room_needed {
    double largest, at_once;
} room_needed;

static room_needed estimate_room(const behov_section *sheets, size_t n_sheets)
{
    room_needed room_needed = {0, 0};
    for (size_t s = 0; s < n_sheets; s++) {
        const behov_report *table = sheets[s].table;
        if (!table) {
            room_needed.largest = fmax(room_needed.largest, 20e3 + 400.0 * (double)sheets[s].input_sheet->n_cells);
            continue;
        }
        size_t n_columns = behov_report_n_columns(table), n_rows = behov_report_n_rows(table),
               n_beside = xlsx_rows_beside(sheets, n_sheets, &sheets[s]);
        n_rows -= n_beside;
        double bytes = 20e3 + 60.0 * (double)n_rows;
        for (size_t j = 0; j < n_columns; j++) {
            if (!behov_report_is_text(table, j)) {
                bytes += 60.0 * (double)n_rows;
                continue;
            }
            bytes += 80.0 * (double)n_rows;
            for (size_t i = n_beside; i < n_beside + n_rows; i++)
                bytes += 1.2 * (double)strlen(behov_report_text(table, j, i));
        }
        room_needed.largest = bytes > room_needed.largest ? bytes : room_needed.largest;
    }
    room_needed.at_once += room_needed.largest;
    return room_needed;
}

static behov_status no_room(const char *path, const char *folder, double needed_value, behov_error *err)
{
    return behov_error_say(err, BEHOV_E_FILE, path, SAY_WORKBOOK_NO_ROOM, folder,
                           (unsigned long)(needed_value / 1e6) + 1);
}

/* What the library refused, in words of our own. */
static behov_said reason_of(lxw_error code)
{
    switch (code) {
    case LXW_ERROR_CREATING_XLSX_FILE:
    case LXW_ERROR_ZIP_FILE_OPERATION:
    case LXW_ERROR_ZIP_PARAMETER_ERROR:
    case LXW_ERROR_ZIP_BAD_ZIP_FILE:
    case LXW_ERROR_ZIP_INTERNAL_ERROR:
    case LXW_ERROR_ZIP_FILE_ADD:
    case LXW_ERROR_ZIP_CLOSE: return behov_phrase(SAY_MESSAGE, PHRASE_WORKBOOK_ERROR_ZIP);
    case LXW_ERROR_SHEETNAME_LENGTH_EXCEEDED:
    case LXW_ERROR_INVALID_SHEETNAME_CHARACTER:
    case LXW_ERROR_SHEETNAME_START_END_APOSTROPHE:
    case LXW_ERROR_SHEETNAME_ALREADY_USED: return behov_phrase(SAY_MESSAGE, PHRASE_WORKBOOK_ERROR_SHEET);
    case LXW_ERROR_32_STRING_LENGTH_EXCEEDED:
    case LXW_ERROR_128_STRING_LENGTH_EXCEEDED:
    case LXW_ERROR_255_STRING_LENGTH_EXCEEDED:
    case LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED: return behov_phrase(SAY_MESSAGE, PHRASE_WORKBOOK_ERROR_LONG);
    default: return behov_phrase(SAY_WORKBOOK_ERROR_KNOWN, (int)code, lxw_strerror(code));
    }
}

/* The library's errors as sentences; errno is that of the failing call where there is one. */
static behov_status print_notes(const char *path, lxw_error code, int system_code, behov_error *err)
{
    switch (code) {
    case LXW_ERROR_MEMORY_MALLOC_FAILED: return behov_error_say(err, BEHOV_E_MEMORY, path, SAY_WORKBOOK_NO_MEMORY);
    case LXW_ERROR_CREATING_TMPFILE:
        return behov_error_say(err, BEHOV_E_FILE, path, SAY_WORKBOOK_NO_TEMPORARY,
                               system_code ? target_reason(system_code) : PHRASE_WORKBOOK_REASON_UNKNOWN);
    default: break;
    }
    bool is_full = system_code == ENOSPC;
#ifdef EDQUOT
    is_full = is_full || system_code == EDQUOT;
#endif
    if (is_full)
        return behov_error_say(err, BEHOV_E_FILE, path, SAY_WORKBOOK_DISK_FULL);
    if (system_code == EFBIG)
        return behov_error_say(err, BEHOV_E_FILE, path, SAY_WORKBOOK_FILE_TOO_LARGE);
    if (code == LXW_ERROR_CREATING_XLSX_FILE || code == LXW_ERROR_ZIP_FILE_OPERATION || code == LXW_ERROR_ZIP_CLOSE ||
        code == LXW_ERROR_ZIP_FILE_ADD)
        return behov_error_say(err, BEHOV_E_FILE, path, SAY_WORKBOOK_CANNOT_WRITE,
                               system_code ? target_reason(system_code) : reason_of(code).text);
    return behov_error_say(err, BEHOV_E_ARGUMENT, path, SAY_WORKBOOK_CANNOT_MAKE, reason_of(code).text);
}

/* What the file says about itself, clean, and as long as Excel shows it. */
static bool set_properties(xlsx_writer *w, const behov_document_properties *properties)
{
    enum { LONGEST = 255 };
    const char *texts[] = {properties ? properties->title : NULL, properties ? properties->subject : NULL,
                           properties ? properties->comments : NULL};
    char *clean[3] = {NULL, NULL, NULL};
    bool is_cut = false, is_done = true;
    for (size_t i = 0; i < 3; i++) {
        const char *text = texts[i] ? behov_workbook_text(&w->clean, texts[i], LONGEST, true, &is_cut) : NULL;
        clean[i] = text ? strdup(text) : NULL;
        is_done = is_done && (!texts[i] || clean[i]);
    }
    long long created = properties && properties->created ? properties->created : earliest_date;
    lxw_doc_properties told_properties = {.title = clean[0], /* copies are taken */
                                          .subject = clean[1],
                                          .comments = clean[2],
                                          .author = "behov",
                                          .created = (time_t)created};
    xlsx_trouble(w, workbook_set_properties(w->book, &told_properties));
    for (size_t i = 0; i < 3; i++)
        free(clean[i]);
    return is_done;
}

static behov_status write_book(const char *path, const char *temporary_path, const behov_section *sheets,
                               size_t n_sheets, const behov_document_properties *properties, xlsx_writer *w,
                               behov_error *err)
{
    room_needed room_needed = estimate_room(sheets, n_sheets);
    char folder[512];
    snprintf(folder, sizeof folder, "%s", system_temporary_folder());
    double room = system_free_bytes(folder);
    if (room >= 0 && room < room_needed.at_once)
        return no_room(path, folder, room_needed.at_once, err);

    double largest = system_largest_file();
    if (largest < room_needed.largest)
        return behov_error_say(err, BEHOV_E_FILE, path, SAY_WORKBOOK_LIMIT_OF_ACCOUNT,
                               (unsigned long)(room_needed.largest / 1e3) + 1, (unsigned long)(largest / 1e3));

    lxw_workbook_options options = {.tmpdir = folder, .use_zip64 = room_needed.largest > 4e9};
    errno = 0;
    w->book = workbook_new_opt(temporary_path, &options);
    if (!w->book || !xlsx_make_common_formats(w) || !set_properties(w, properties))
        goto out_of_memory;
    for (size_t s = 0; s < n_sheets; s++)
        if (!(sheets[s].input_sheet ? xlsx_form(w, &sheets[s]) : xlsx_sheet(w, &sheets[s])))
            goto out_of_memory;
    xlsx_trouble(w, LXW_NO_ERROR);
    if (w->trouble || w->rows_trouble) {
        lxw_workbook_free(w->book);
        return print_notes(path, w->trouble ? w->trouble : LXW_ERROR_ZIP_FILE_ADD, w->rows_trouble, err);
    }
    own_process_print_notes(0.6);
    errno = 0;
    lxw_error code = workbook_close(w->book);
    int system_code = errno;
    if (system_code == ENOMEM)
        code = LXW_ERROR_MEMORY_MALLOC_FAILED;
    if (code)
        return print_notes(path, code, system_code, err);
    room = system_free_bytes(folder);
    if (room >= 0 && room < room_needed.largest)
        return no_room(path, folder, room_needed.at_once, err);
    return BEHOV_OK;

out_of_memory:
    if (w->book)
        lxw_workbook_free(w->book);
    return behov_error_say(err, BEHOV_E_MEMORY, path, SAY_WORKBOOK_NO_MEMORY);
}

/* What the child process is given. */
typedef struct book {
    const char *path, *temporary_path;
    const char
        *rows_path; /* where rows beside the workbook go; NULL = the other process writes them, or there are none */
    size_t n_beside;
    bool is_checked; /* looked at by the process that wrote it */
    const behov_section *sheets;
    size_t n_sheets;
    const behov_document_properties *properties;
    const xlsx_writer *writer; /* as it is before the first sheet */
} book;

static behov_status open_rows(const book *workbook, xlsx_writer *w, behov_error *err)
{
    if (!workbook->rows_path)
        return BEHOV_OK;
    w->packed_rows = calloc(workbook->n_beside, sizeof *w->packed_rows);
    w->rows_file = w->packed_rows ? fopen(workbook->rows_path, "wb") : NULL;
    if (w->rows_file)
        return BEHOV_OK;
    lxw_error code = w->packed_rows && errno != ENOMEM ? LXW_ERROR_ZIP_FILE_ADD : LXW_ERROR_MEMORY_MALLOC_FAILED;
    return print_notes(workbook->path, code, errno, err);
}

static behov_status close_rows(const book *workbook, xlsx_writer *w, behov_status status, behov_error *err)
{
    if (w->rows_file) {
        bool is_whole = status || xlsx_join_write_list(w->rows_file, w->packed_rows, w->n_packed_rows);
        is_whole = (fclose(w->rows_file) == 0 && is_whole) || status;
        if (!is_whole)
            status = print_notes(workbook->path, LXW_ERROR_ZIP_FILE_ADD, errno ? errno : ENOSPC, err);
    }
    free(w->packed_rows);
    return status;
}

static behov_status write_book_plainly(void *context, behov_error *err)
{
    const book *workbook = context;
    system_locale locale;
    if (!system_plain_numbers_begin(&locale))
        return print_notes(workbook->path, LXW_ERROR_MEMORY_MALLOC_FAILED, 0, err);
    xlsx_writer writer = *workbook->writer; /* both may write in one process (system_no_fork.c) */
    behov_status status = open_rows(workbook, &writer, err);
    if (!status)
        status = write_book(workbook->path, workbook->temporary_path, workbook->sheets, workbook->n_sheets,
                            workbook->properties, &writer, err);
    status = close_rows(workbook, &writer, status, err);
    if (!status && workbook->is_checked)
        status = zip_check_workbook(workbook->temporary_path, workbook->path, workbook->n_sheets, err);
    system_plain_numbers_end(&locale);
    free(writer.formats);
    free(writer.clean.bytes);
    return status;
}

static behov_status compare_files(const char *path, const char *first, const char *second, behov_error *err)
{
    FILE *a = fopen(first, "rb"), *b = fopen(second, "rb");
    bool is_same = a && b;
    for (size_t n = 1; is_same && n;) {
        char bytes_a[1 << 15], bytes_b[1 << 15];
        n = fread(bytes_a, 1, sizeof bytes_a, a);
        is_same = fread(bytes_b, 1, sizeof bytes_b, b) == n && memcmp(bytes_a, bytes_b, n) == 0;
    }
    is_same = is_same && !ferror(a) && !ferror(b);
    if (a)
        fclose(a);
    if (b)
        fclose(b);
    return is_same ? BEHOV_OK : behov_error_say(err, BEHOV_E_MEMORY, path, SAY_WORKBOOK_TWO_WAYS);
}

/* Two processes write the same workbook at the same time, and what they wrote must be the same bytes: where memory ends
 * for a moment the library may leave out an attribute, a description or what a chart remembers of its cells, without a
 * word and with no trace but the missing bytes. The second is thrown away. Counts of elements are no cheaper proof:
 * what was seen to be lost are the points that a chart remembers (ptCount 0, or one point 0) and a selection's
 * activeCell, and errno, which reported every other loss, is set to 0 by the library at each part that it begins.
 *
 * Rows beside the workbook are written by the first alone: they are nearly all of the work, and each allocation and each
 * byte written is looked at there. Meanwhile the second looks whether its workbook is whole, which holds for both. */
static behov_status write_twice(const book *workbook, progress *bar, behov_error *err)
{
    enum { TWICE = 2, ROWS = TWICE, JOINED, N_FILES };
    target *out[N_FILES] = {NULL, NULL, NULL, NULL};
    own_process process[TWICE];
    book books[TWICE] = {*workbook, *workbook};
    behov_status status = BEHOV_OK;
    size_t n_started = 0, n_files = workbook->n_beside ? N_FILES : TWICE;
    for (size_t i = 0; i < n_files && !status; i++)
        status = target_open(workbook->path, &out[i], err);
    for (size_t i = 0; i < TWICE && !status; i++) {
        books[i].temporary_path = target_path(out[i]);
        books[i].rows_path = i == 0 && workbook->n_beside ? target_path(out[ROWS]) : NULL;
        books[i].is_checked = i == 1;
        status = own_process_start(workbook->path, write_book_plainly, &books[i], &process[i], err);
        n_started += !status;
    }
    for (size_t i = 0; i < n_started; i++) {
        behov_status ended = own_process_finish(workbook->path, &process[i], i == 0 ? bar : NULL, status ? NULL : err);
        status = status ? status : ended;
    }
    if (!status)
        status = compare_files(workbook->path, target_path(out[0]), target_path(out[1]), err);
    size_t kept = workbook->n_beside ? JOINED : 0;
    if (!status && kept == JOINED)
        status = xlsx_join(workbook->path, target_path(out[0]), target_path(out[ROWS]), target_path(out[JOINED]),
                           workbook->n_sheets, workbook->n_beside, err);
    for (size_t i = 0; i < n_files; i++)
        if (status || i != kept)
            target_abandon(out[i]);
    if (status)
        return status;
    progress_set(bar, 1);
    return target_commit(out[kept], err);
}

behov_status write_xlsx(const char *path, const behov_section *sheets, size_t n_sheets,
                        const behov_document_properties *properties, behov_language lang, progress *bar,
                        behov_error *err)
{
    if (n_sheets == 0)
        return behov_error_say(err, BEHOV_E_ARGUMENT, path, SAY_WORKBOOK_NO_SHEET);
    xlsx_writer w = {.lang = lang, .cells_total = 1, .sections = sheets, .n_sections = n_sheets};
    size_t n_beside = 0;
    for (size_t s = 0; s < n_sheets; s++) {
        behov_status status = behov_workbook_check_sheet(sheets, n_sheets, s, err);
        if (status)
            return status;
        if (!sheets[s].table)
            continue;
        w.cells_total += (double)behov_report_n_rows(sheets[s].table) * (double)behov_report_n_columns(sheets[s].table);
        n_beside += xlsx_rows_beside(sheets, n_sheets, &sheets[s]) > 0;
    }
    return write_twice(&(book){.path = path,
                               .n_beside = n_beside,
                               .sheets = sheets,
                               .n_sheets = n_sheets,
                               .properties = properties,
                               .writer = &w},
                       bar, err);
}
