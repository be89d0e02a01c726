/* statistics_file.c - see statistics_file.h.
 *
 * A file is handed to ReadStat up to three times: once with its texts as raw bytes, where the character set has to be
 * found; once for variables and value labels, without the rows; once for the rows, by read_statistics.c. Stata's files
 * below version 14 (format 118) do not say their character set, and SPSS' may say one that is not so. */
#include "statistics_file.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "statistics_kind.h"

enum {
    BLOCK = 64 * 1024,
    /* Stata's file has at least this many bytes of each variable in its descriptors, format 104 and later: a type, a
     * name of 9, 2 of sorting, a display format of 7, a value label of 9, a label of 32. */
    LEAST_VARIABLE_BYTES = 60,
    FIRST_FORMAT = 104,
    LAST_FORMAT = 119,
    LABELS_TO_END = 110,  /* Stata 7; files of foreign for 6 have some bytes behind the labels */
    XML_FORMAT = 117,     /* Stata 13 */
    UNICODE_FORMAT = 118, /* Stata 14 */
    LONGEST_SET_NAME = 128,
    /* where the head of SPSS says how it is laid out (2 or 3), compressed, and how many cases it has, -1 = unknown */
    SPSS_LAYOUT = 64,
    SPSS_COMPRESSION = 72,
    SPSS_CASES = 80,
    SPSS_HEAD = 84
};

static const char windows_1252[] = "WINDOWS-1252";

/* ---- what it is -------------------------------------------------------------------------------------------------- */

static const char *name_of(const statistics_file *file)
{
    return text_source_name(file->bytes.source);
}

static behov_status out_of_memory(const statistics_file *file, behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, name_of(file), SAY_STATISTICS_NO_MEMORY);
}

/* A number of 2 or 4 bytes in either order. */
static unsigned long long whole_number(const unsigned char *bytes, size_t n, bool is_big_endian)
{
    unsigned long long number = 0;
    for (size_t i = 0; i < n; i++)
        number = number << 8 | bytes[is_big_endian ? i : n - 1 - i];
    return number;
}

/* The format, and whether the variables that it says to have can be in it: ReadStat makes room for them before it reads
 * any. Formats without an XML head say their variables in bytes 4 and 5, those with one behind "<K>". */
static behov_status look_at_stata(statistics_file *file, const unsigned char *head, size_t n_head, behov_error *err)
{
    enum { ORDER = 52, VARIABLES = 70 };
    bool is_xml = n_head >= 31 && memcmp(head, STATISTICS_XML_START, sizeof STATISTICS_XML_START - 1) == 0;
    unsigned long long n_variables;
    if (is_xml) {
        file->version = 0;
        for (size_t i = sizeof STATISTICS_XML_START - 1;
             i < sizeof STATISTICS_XML_START + 2 && head[i] >= '0' && head[i] <= '9'; i++)
            file->version = 10 * file->version + (head[i] - '0');
        n_variables = n_head < VARIABLES + 4 ? 0
                                             : whole_number(head + VARIABLES, file->version >= LAST_FORMAT ? 4 : 2,
                                                            memcmp(head + ORDER, "MSF", 3) == 0);
    } else {
        file->version = head[0];
        n_variables = n_head < 6 ? 0 : whole_number(head + 4, 2, head[1] == 1);
    }
    bool is_known = file->version >= FIRST_FORMAT && file->version <= LAST_FORMAT && file->version != 106 &&
                    file->version != 107 && file->version != 109;
    if (!is_known)
        return behov_error_say(err, BEHOV_E_DATA, name_of(file), SAY_STATISTICS_VERSION, file->version);
    size_t n_bytes = text_source_n_bytes(file->bytes.source);
    if (n_variables > n_bytes / LEAST_VARIABLE_BYTES)
        return behov_error_say(err, BEHOV_E_DATA, name_of(file), SAY_STATISTICS_DAMAGED_SIZE, n_variables, n_bytes);
    return BEHOV_OK;
}

static int32_t signed_number(const unsigned char *bytes, bool is_big_endian)
{
    unsigned long long number = whole_number(bytes, 4, is_big_endian);
    return (int32_t)(number > INT32_MAX ? (long long)number - (1LL << 32) : (long long)number);
}

/* ReadStat reads no further than the number of cases in the head, so it is read here and ReadStat is served -1: the
 * rows that are there can then be counted against it. */
static void look_at_spss(statistics_file *file, const unsigned char *head, size_t n_head)
{
    if (n_head < SPSS_HEAD)
        return;
    bool is_big_endian = head[SPSS_LAYOUT] == 0;
    file->is_compressed = signed_number(head + SPSS_COMPRESSION, is_big_endian) != 0;
    file->n_rows = signed_number(head + SPSS_CASES, is_big_endian);
    file->bytes.hides_count = true;
}

static behov_status look_at_head(statistics_file *file, const char *path, behov_error *err)
{
    unsigned char head[SPSS_HEAD] = {0};
    size_t n_head;
    behov_status status = text_source_read_at(file->bytes.source, 0, head, sizeof head, &n_head, err);
    if (status)
        return status;
    file->is_spss = statistics_is_spss(head, n_head);
    if (file->is_spss) {
        look_at_spss(file, head, n_head);
        return BEHOV_OK;
    }
    if (statistics_is_stata(head, n_head))
        return look_at_stata(file, head, n_head, err);
    return statistics_is_called_stata(path)
               ? behov_error_say(err, BEHOV_E_DATA, name_of(file), SAY_STATISTICS_NOT_STATA)
               : behov_error_say(err, BEHOV_E_DATA, name_of(file), SAY_STATISTICS_NOT_SPSS);
}

/* ---- bytes for ReadStat ------------------------------------------------------------------------------------------ */

static int open_bytes(const char *path, void *context)
{
    (void)path;
    ((statistics_bytes *)context)->offset = 0;
    return 0;
}

static int close_bytes(void *context)
{
    (void)context;
    return 0;
}

static readstat_off_t seek_bytes(readstat_off_t offset, readstat_io_flags_t whence, void *context)
{
    statistics_bytes *bytes = context;
    readstat_off_t start = whence == READSTAT_SEEK_SET   ? 0
                           : whence == READSTAT_SEEK_CUR ? (readstat_off_t)bytes->offset
                                                         : (readstat_off_t)text_source_n_bytes(bytes->source);
    if (offset < -start || (offset > 0 && start > INT64_MAX - offset))
        return -1;
    bytes->offset = (size_t)(start + offset);
    return start + offset;
}

/* 0xFF in place of the bytes of the number of cases: -1 in either order of bytes. */
static void hide_count(char *target, size_t offset, size_t n)
{
    for (size_t i = offset < SPSS_CASES ? SPSS_CASES - offset : 0; i < n && offset + i < SPSS_HEAD; i++)
        target[i] = (char)0xFF;
}

static ssize_t read_bytes(void *target, size_t size, void *context)
{
    statistics_bytes *bytes = context;
    size_t n_done = 0, first = bytes->offset;
    while (n_done < size && !bytes->status) {
        if (bytes->offset < bytes->first || bytes->offset >= bytes->first + bytes->n) {
            bytes->first = bytes->offset;
            bytes->n = 0;
            bytes->status =
                text_source_read_at(bytes->source, bytes->first, bytes->block, BLOCK, &bytes->n, bytes->err);
            if (bytes->status || !bytes->n)
                break;
        }
        size_t start = bytes->offset - bytes->first, n = bytes->n - start;
        n = n < size - n_done ? n : size - n_done;
        memcpy((char *)target + n_done, bytes->block + start, n);
        n_done += n;
        bytes->offset += n;
    }
    if (bytes->hides_count)
        hide_count(target, first, n_done);
    if (n_done < size)
        bytes->is_cut = n_done > 0;
    return bytes->status ? -1 : (ssize_t)n_done;
}

static readstat_error_t no_progress(long file_size, readstat_progress_handler handler, void *user, void *context)
{
    (void)file_size, (void)handler, (void)user, (void)context; /* the text source draws it, byte by byte */
    return READSTAT_OK;
}

/* A parser with these handlers; NULL without memory. */
static readstat_parser_t *new_parser(statistics_file *file, const readstat_callbacks_t *handlers, bool is_raw)
{
    readstat_parser_t *parser = readstat_parser_init();
    if (!parser)
        return NULL;
    readstat_set_open_handler(parser, open_bytes);
    readstat_set_close_handler(parser, close_bytes);
    readstat_set_seek_handler(parser, seek_bytes);
    readstat_set_read_handler(parser, read_bytes);
    readstat_set_update_handler(parser, no_progress);
    readstat_set_io_ctx(parser, &file->bytes);
    if (file->bytes.hides_count) /* of an unknown number of cases ReadStat reads as many as it is allowed */
        readstat_set_row_limit(parser, INT32_MAX);
    readstat_set_metadata_handler(parser, handlers->metadata);
    readstat_set_variable_handler(parser, handlers->variable);
    readstat_set_value_label_handler(parser, handlers->value_label);
    readstat_set_fweight_handler(parser, handlers->fweight);
    readstat_set_value_handler(parser, handlers->value);
    if (is_raw)
        readstat_set_handler_character_encoding(parser, NULL);
    else if (file->encoding)
        readstat_set_file_character_encoding(parser, file->encoding);
    return parser;
}

/* What ReadStat stopped at, in words. `row` is where, "" when that is not known. */
static behov_status say_refusal(const statistics_file *file, readstat_error_t code, const char *row, behov_error *err)
{
    const char *asked = file->options->encoding, *name = name_of(file);
    if (code == READSTAT_ERROR_MALLOC)
        return out_of_memory(file, err);
    if (code == READSTAT_ERROR_UNSUPPORTED_CHARSET)
        return asked ? behov_error_say(err, BEHOV_E_ARGUMENT, name, SAY_TEXT_SOURCE_ENCODING_UNKNOWN,
                                       behov_cut(asked, 60).text)
                     : behov_error_say(err, BEHOV_E_DATA, name, SAY_STATISTICS_CHARSET);
    if (code == READSTAT_ERROR_CONVERT_BAD_STRING)
        return behov_error_say(err, BEHOV_E_DATA, name, SAY_STATISTICS_BAD_LETTERS,
                               asked                        ? behov_cut(asked, 60).text
                               : file->declared_encoding[0] ? file->declared_encoding
                                                            : "UTF-8",
                               row);
    return behov_error_say(err, BEHOV_E_DATA, name, SAY_STATISTICS_DAMAGED, readstat_error_message(code), row);
}

static behov_status parse(statistics_file *file, const readstat_callbacks_t *handlers, void *context, bool is_raw,
                          const size_t *n_rows, behov_error *err)
{
    readstat_parser_t *parser = new_parser(file, handlers, is_raw);
    if (!parser)
        return out_of_memory(file, err);
    file->bytes.err = file->err = err;
    file->status = BEHOV_OK;
    file->is_enough = false;
    file->bytes.is_cut = false;
    readstat_error_t code =
        file->is_spss ? readstat_parse_sav(parser, "", context) : readstat_parse_dta(parser, "", context);
    readstat_parser_free(parser);
    if (file->bytes.status)
        return file->bytes.status;
    if (file->status)
        return file->status;
    if (code == READSTAT_OK || (code == READSTAT_ERROR_USER_ABORT && file->is_enough))
        return BEHOV_OK;
    behov_said row = {""};
    if (n_rows && *n_rows)
        row = behov_phrase(SAY_STATISTICS_DAMAGED_AFTER_ROW, *n_rows);
    return say_refusal(file, code, row.text, err);
}

behov_status statistics_file_parse(statistics_file *file, const readstat_callbacks_t *handlers, void *context,
                                   const size_t *n_rows, behov_error *err)
{
    return parse(file, handlers, context, false, n_rows, err);
}

/* ---- the character set ------------------------------------------------------------------------------------------- */

static int stop(statistics_file *file, behov_status status)
{
    file->status = status;
    return status ? READSTAT_HANDLER_ABORT : READSTAT_HANDLER_OK;
}

/* ReadStat gives nothing for an empty text. */
static const char *text_or_none(const char *text)
{
    return text ? text : "";
}

/* What of a name of a set is its own: in a damaged file it may not end, and Stata's formats keep 8, 32 or 128 bytes. */
static size_t set_name_length(const statistics_file *file, const char *name)
{
    size_t most = file->is_spss || file->version >= UNICODE_FORMAT ? LONGEST_SET_NAME : file->version > 108 ? 32 : 8;
    return strnlen(name, most);
}

static void look_at_text(statistics_file *file, const char *text, size_t length)
{
    bool is_ascii = true;
    for (size_t i = 0; i < length && is_ascii; i++)
        is_ascii = (unsigned char)text[i] < 0x80;
    if (is_ascii)
        return;
    if (text_source_is_utf8(text, length))
        file->has_utf8 = true;
    else
        file->has_bad_utf8 = true;
}

static int look_at_metadata(readstat_metadata_t *metadata, void *context)
{
    statistics_file *file = context;
    const char *encoding = readstat_get_file_encoding(metadata);
    if (file->is_spss && encoding && strlen(encoding) < sizeof file->declared_encoding)
        strcpy(file->declared_encoding, encoding);
    if (readstat_get_var_count(metadata) <= 0)
        return stop(file, behov_error_say(file->err, BEHOV_E_DATA, name_of(file), SAY_STATISTICS_NO_VARIABLES));
    bool says_utf8 = strcasecmp(file->declared_encoding, "UTF-8") == 0;
    bool is_believed = says_utf8 || (file->declared_encoding[0] && strcasecmp(file->declared_encoding, windows_1252));
    file->is_enough = is_believed;
    return is_believed ? READSTAT_HANDLER_ABORT : READSTAT_HANDLER_OK;
}

static int look_at_variable(int index, readstat_variable_t *variable, const char *set, void *context)
{
    (void)index, (void)set;
    const char *name = text_or_none(readstat_variable_get_name(variable)),
               *label = text_or_none(readstat_variable_get_label(variable));
    look_at_text(context, name, strlen(name));
    look_at_text(context, label, strlen(label));
    return READSTAT_HANDLER_OK;
}

static int look_at_label(const char *set, readstat_value_t value, const char *label, void *context)
{
    (void)set, (void)value;
    look_at_text(context, text_or_none(label), strlen(text_or_none(label)));
    return READSTAT_HANDLER_OK;
}

static int look_at_value(int row, readstat_variable_t *variable, readstat_value_t value, void *context)
{
    (void)row, (void)variable;
    const char *text =
        readstat_value_type_class(value) == READSTAT_TYPE_CLASS_STRING ? readstat_string_value(value) : NULL;
    if (text)
        look_at_text(context, text, strlen(text));
    return READSTAT_HANDLER_OK;
}

/* Texts that are all UTF-8 are that, for other bytes would hardly be so by chance; else Windows-1252. */
static behov_status find_encoding(statistics_file *file, behov_error *err)
{
    static const readstat_callbacks_t handlers = {.metadata = look_at_metadata,
                                                  .variable = look_at_variable,
                                                  .value_label = look_at_label,
                                                  .value = look_at_value};
    file->encoding = file->options->encoding;
    if (file->encoding || file->version >= UNICODE_FORMAT)
        return BEHOV_OK;
    behov_status status = parse(file, &handlers, file, true, NULL, err);
    if (status || file->is_enough)
        return status;
    if (file->has_utf8 && file->has_bad_utf8)
        return behov_error_say(err, BEHOV_E_DATA, name_of(file), SAY_STATISTICS_MIXED_TEXT);
    file->encoding = file->has_bad_utf8 ? windows_1252 : "UTF-8";
    file->is_guess = file->has_utf8 || (file->has_bad_utf8 && !file->declared_encoding[0]);
    return BEHOV_OK;
}

/* ---- variables and value labels ---------------------------------------------------------------------------------- */

static char *copy_text(const char *text, size_t length)
{
    char *copy = malloc(length + 1);
    if (copy) {
        memcpy(copy, text, length);
        copy[length] = '\0';
    }
    return copy;
}

/* Makes room for one more of `size` bytes; false without memory. */
static bool make_room(void *array, size_t n, size_t *room, size_t size)
{
    if (n < *room)
        return true;
    size_t next_room = *room ? 2 * *room : 32;
    void *memory = realloc(*(void **)array, next_room * size);
    if (!memory)
        return false;
    *(void **)array = memory;
    *room = next_room;
    return true;
}

/* A text of the file that may get into messages: valid, and no phrase of ours. */
static behov_status check_text(const statistics_file *file, const char *text, size_t length)
{
    if (!text_source_is_utf8(text, length))
        return behov_error_say(file->err, BEHOV_E_DATA, name_of(file), SAY_STATISTICS_BAD_TEXT);
    if (behov_phrase_is_forged(text, length))
        return behov_error_say(file->err, BEHOV_E_DATA, name_of(file), SAY_DICTIONARY_CONTROL_CHARACTER);
    return BEHOV_OK;
}

static int find_set(statistics_file *file, const char *name, size_t length, ptrdiff_t *set)
{
    int32_t code;
    behov_status status = behov_dictionary_intern(file->set_names, name, length, &code, file->err);
    if (!status)
        *set = code;
    return stop(file, status);
}

static int take_metadata(readstat_metadata_t *metadata, void *context)
{
    statistics_file *file = context;
    int n_variables = readstat_get_var_count(metadata);
    if (n_variables <= 0)
        return stop(file, behov_error_say(file->err, BEHOV_E_DATA, name_of(file), SAY_STATISTICS_NO_VARIABLES));
    if (!file->bytes.hides_count)
        file->n_rows = readstat_get_row_count(metadata);
    file->n_variables = (size_t)n_variables;
    return READSTAT_HANDLER_OK;
}

static int take_variable(int index, readstat_variable_t *variable, const char *set, void *context)
{
    statistics_file *file = context;
    const char *name = text_or_none(readstat_variable_get_name(variable)),
               *label = text_or_none(readstat_variable_get_label(variable)),
               *format = text_or_none(readstat_variable_get_format(variable));
    (void)index;
    behov_status status = check_text(file, name, strlen(name));
    if (!status)
        status = check_text(file, label, strlen(label));
    if (status)
        return stop(file, status);
    if (!make_room(&file->variables, file->n, &file->room, sizeof *file->variables))
        return stop(file, out_of_memory(file, file->err));
    statistics_variable *next = &file->variables[file->n++];
    *next = (statistics_variable){
        .name = copy_text(name, strlen(name)), .label = copy_text(label, strlen(label)), .set = -1};
    if (!next->name || !next->label)
        return stop(file, out_of_memory(file, file->err));
    for (size_t i = 0; format[i] > ' ' && format[i] < 0x7F && i + 1 < sizeof next->format; i++)
        next->format[i] = format[i];
    next->is_text = readstat_variable_get_type_class(variable) == READSTAT_TYPE_CLASS_STRING;
    return set && set[0] ? find_set(file, set, set_name_length(file, set), &next->set) : READSTAT_HANDLER_OK;
}

static int take_label(const char *set, readstat_value_t value, const char *label, void *context)
{
    statistics_file *file = context;
    bool is_text = readstat_value_type_class(value) == READSTAT_TYPE_CLASS_STRING;
    const char *key = is_text ? readstat_string_value(value) : NULL;
    if (!set || readstat_value_is_system_missing(value) || readstat_value_is_tagged_missing(value) ||
        (is_text && !key) || !label)
        return READSTAT_HANDLER_OK;
    behov_status status = check_text(file, label, strlen(label));
    if (!status && is_text)
        status = check_text(file, key, strlen(key));
    ptrdiff_t number = 0;
    if (status)
        return stop(file, status);
    if (find_set(file, set, set_name_length(file, set), &number))
        return READSTAT_HANDLER_ABORT;
    if (!make_room(&file->labels, file->n_labels, &file->label_room, sizeof *file->labels))
        return stop(file, out_of_memory(file, file->err));
    statistics_label *next = &file->labels[file->n_labels++];
    *next = (statistics_label){.set = (size_t)number,
                               .number = is_text ? NAN : readstat_double_value(value),
                               .key = is_text ? copy_text(key, strlen(key)) : NULL,
                               .text = copy_text(label, strlen(label))};
    return next->text && (next->key || !is_text) ? READSTAT_HANDLER_OK : stop(file, out_of_memory(file, file->err));
}

static int take_weight(readstat_variable_t *variable, void *context)
{
    statistics_file *file = context;
    const char *name = text_or_none(readstat_variable_get_name(variable));
    behov_status status = check_text(file, name, strlen(name));
    free(file->weight);
    file->weight = status ? NULL : copy_text(name, strlen(name));
    return stop(file, status ? status : !file->weight ? out_of_memory(file, file->err) : BEHOV_OK);
}

static int compare_labels(const void *a, const void *b)
{
    const statistics_label *first = a, *second = b;
    if (first->set != second->set)
        return first->set < second->set ? -1 : 1;
    if (!first->key != !second->key)
        return first->key ? 1 : -1;
    if (first->key)
        return strcmp(first->key, second->key);
    return (first->number > second->number) - (first->number < second->number);
}

behov_status statistics_file_look(text_source *source, const char *path, const read_csv_options *options,
                                  statistics_file *file, behov_error *err)
{
    static const readstat_callbacks_t handlers = {
        .metadata = take_metadata, .variable = take_variable, .value_label = take_label, .fweight = take_weight};
    *file = (statistics_file){.options = options, .bytes = {.source = source, .block = malloc(BLOCK)}, .n_rows = -1};
    if (!file->bytes.block)
        return out_of_memory(file, err);
    behov_status status = behov_dictionary_new(&file->set_names, err);
    if (!status)
        status = look_at_head(file, path, err);
    if (!status)
        status = find_encoding(file, err);
    if (!status)
        status = parse(file, &handlers, file, false, NULL, err);
    if (!status && file->n != file->n_variables)
        status = behov_error_say(err, BEHOV_E_DATA, name_of(file), SAY_STATISTICS_DAMAGED,
                                 readstat_error_message(READSTAT_ERROR_COLUMN_COUNT_MISMATCH), "");
    /* Formats 110 to 115 hold rows, then value labels to the end of the file. What is left over, fewer bytes than
     * the head of a label, is what rows were miscounted by. */
    if (!status && file->version >= LABELS_TO_END && file->version < XML_FORMAT && file->bytes.is_cut)
        status = behov_error_say(err, BEHOV_E_DATA, name_of(file), SAY_STATISTICS_DAMAGED,
                                 readstat_error_message(READSTAT_ERROR_ROW_COUNT_MISMATCH), "");
    if (!status && file->n_labels)
        qsort(file->labels, file->n_labels, sizeof *file->labels, compare_labels);
    return status;
}

void statistics_file_clear(statistics_file *file)
{
    for (size_t j = 0; j < file->n; j++) {
        free(file->variables[j].name);
        free(file->variables[j].label);
    }
    for (size_t i = 0; i < file->n_labels; i++) {
        free(file->labels[i].key);
        free(file->labels[i].text);
    }
    free(file->variables);
    free(file->labels);
    behov_dictionary_free(file->set_names);
    free(file->weight);
    free(file->bytes.block);
}

const char *statistics_file_label(const statistics_file *file, ptrdiff_t set, double number, const char *key)
{
    if (set < 0 || !file->n_labels || (!key && isnan(number)))
        return NULL;
    statistics_label wanted = {.set = (size_t)set, .number = number, .key = (char *)key};
    const statistics_label *label = bsearch(&wanted, file->labels, file->n_labels, sizeof wanted, compare_labels);
    return label ? label->text : NULL;
}

const statistics_label *statistics_file_set(const statistics_file *file, ptrdiff_t set, size_t *n)
{
    size_t first = 0, last;
    while (first < file->n_labels && (ptrdiff_t)file->labels[first].set != set)
        first++;
    for (last = first; last < file->n_labels && (ptrdiff_t)file->labels[last].set == set; last++)
        ;
    *n = last - first;
    return *n ? &file->labels[first] : NULL;
}
