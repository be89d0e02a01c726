/* factor_file.c - a part's factors as bytes and back; factor_file.h has every byte. */
#include <behov/factor_file.h>

#include <behov/number.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "checksum.h"
#include "factor_part_inner.h"
#include "linalg.h"

enum { VERSION = 1, HEAD = 24, TAIL = 4, LONGEST_TEXT = 1 << 20, MOST_EXPONENT = 1100 };
enum {
    FLAG_RESTS = 1,
    FLAG_TEXT_KEYS = 2,
    FLAG_DEFAULT_CLUSTER = 4,
    FLAG_SIMULATED = 8,
    FLAG_BUNDLED_MODEL = 16,
    FLAGS = 31
};
static const unsigned char magic[8] = {'B', 'E', 'H', 'O', 'V', 'F', 'A', 'C'};

/* ---- writing ------------------------------------------------------------------------------------------------------- */

/* Bytes, or (bytes NULL) only their number. */
typedef struct byte_writer {
    unsigned char *bytes;
    size_t n;
} byte_writer;

static void put_whole(byte_writer *writer, uint64_t value, size_t n_bytes)
{
    for (size_t i = 0; i < n_bytes; i++, writer->n++)
        if (writer->bytes)
            writer->bytes[writer->n] = (unsigned char)(value >> (8 * i));
}

static void put_figure(byte_writer *writer, double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    put_whole(writer, bits, 8);
}

static void put_text(byte_writer *writer, const char *text)
{
    size_t n = strlen(text);
    put_whole(writer, n, 4);
    if (writer->bytes)
        memcpy(writer->bytes + writer->n, text, n);
    writer->n += n;
}

static void put_part(byte_writer *writer, const behov_factor_part *part, size_t n_bytes)
{
    size_t width = part->n_columns + 1, n_values = part->starts[part->n_clusters] * width;
    for (size_t i = 0; i < sizeof magic; i++)
        put_whole(writer, magic[i], 1);
    put_whole(writer, VERSION, 4);
    put_whole(writer,
              (part->rests ? FLAG_RESTS : 0u) | (part->is_text_cluster ? FLAG_TEXT_KEYS : 0u) |
                  (part->is_default_cluster ? FLAG_DEFAULT_CLUSTER : 0u) | (part->is_simulated ? FLAG_SIMULATED : 0u) |
                  (part->is_bundled_model ? FLAG_BUNDLED_MODEL : 0u),
              4);
    put_whole(writer, n_bytes, 8);
    for (size_t i = 0; i < BEHOV_N_PART_TEXTS; i++)
        put_text(writer, part->texts[i] ? part->texts[i] : "");
    put_whole(writer, part->n_names, 4);
    for (size_t i = 0; i < part->n_names; i++)
        put_text(writer, part->names[i].section), put_text(writer, part->names[i].key),
            put_text(writer, part->names[i].value);
    put_whole(writer, part->n_columns, 4);
    for (size_t k = 0; k < part->n_columns; k++)
        put_text(writer, part->columns[k]);
    for (size_t k = 0; k < width; k++)
        put_whole(writer, (uint32_t)part->exponents[k], 4);
    put_whole(writer, part->n_levels, 4);
    for (size_t l = 0; l < part->n_levels; l++) {
        put_text(writer, part->levels[l].factor), put_text(writer, part->levels[l].level);
        put_whole(writer, part->levels[l].is_text, 1);
    }
    put_whole(writer, part->n_rows, 8), put_whole(writer, part->n_estimated, 8);
    put_whole(writer, part->n_predicted, 8);
    put_figure(writer, part->n_observations), put_figure(writer, part->weight_sum);
    put_whole(writer, part->n_reasons, 4);
    for (size_t i = 0; i < part->n_reasons; i++) {
        const behov_part_reason *kept = &part->reasons[i];
        put_whole(writer, (uint64_t)kept->reason.kind, 1), put_whole(writer, (uint64_t)kept->reason.fate, 1);
        put_whole(writer, (uint64_t)kept->reason.mark, 1);
        put_text(writer, kept->reason.subject);
        put_whole(writer, kept->reason.n_rows, 8);
        put_whole(writer, kept->n_levels, 4);
        for (size_t l = 0; l < kept->n_levels; l++)
            put_text(writer, kept->levels[l].factor), put_text(writer, kept->levels[l].level);
    }
    put_whole(writer, part->n_counts, 4);
    for (size_t i = 0; i < part->n_counts; i++)
        put_text(writer, part->counts[i].subject), put_whole(writer, part->counts[i].n, 8);
    put_whole(writer, part->n_notes, 4);
    for (size_t i = 0; i < part->n_notes; i++)
        put_text(writer, part->notes[i].nb), put_text(writer, part->notes[i].en);
    put_whole(writer, part->n_clusters, 8);
    for (size_t g = 0; g < part->n_clusters; g++) {
        put_text(writer, part->keys[g]);
        put_whole(writer, part->sizes[g], 8);
        put_whole(writer, part->starts[g + 1] - part->starts[g], 4);
    }
    for (size_t i = 0; i < n_values; i++)
        put_figure(writer, part->values[i]);
    for (size_t i = 0; i < n_values && part->rests; i++)
        put_figure(writer, part->rests[i]);
}

behov_status behov_factor_file_write(const behov_factor_part *part, unsigned char **bytes, size_t *n_bytes,
                                     behov_error *err)
{
    byte_writer measure = {0}, writer = {0};
    put_part(&measure, part, 0);
    size_t n = measure.n + TAIL;
    if (!(writer.bytes = behov_alloc(n, 1)))
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_FACTOR_PART);
    put_part(&writer, part, n);
    put_whole(&writer, behov_checksum(0, writer.bytes, writer.n), TAIL);
    *bytes = writer.bytes;
    *n_bytes = n;
    return BEHOV_OK;
}

/* ---- reading ------------------------------------------------------------------------------------------------------- */

/* Bytes between the head and the checksum. Once something is wrong all that follows is zero. */
typedef struct byte_reader {
    const unsigned char *bytes;
    size_t n, next;
    bool is_wrong, has_no_memory;
} byte_reader;

static bool is_sound(const byte_reader *reader)
{
    return !reader->is_wrong && !reader->has_no_memory;
}

static uint64_t take_whole(byte_reader *reader, size_t n_bytes)
{
    uint64_t value = 0;
    reader->is_wrong = reader->is_wrong || reader->n - reader->next < n_bytes;
    for (size_t i = 0; i < n_bytes && !reader->is_wrong; i++)
        value |= (uint64_t)reader->bytes[reader->next++] << (8 * i);
    return value;
}

/* A number that rows can give. */
static double take_figure(byte_reader *reader)
{
    uint64_t bits = take_whole(reader, 8);
    double value;
    memcpy(&value, &bits, sizeof value);
    reader->is_wrong = reader->is_wrong || !isfinite(value);
    return reader->is_wrong ? 0 : value;
}

/* How many of something follow, each of at least `least` bytes: none that the bytes have no room for. */
static size_t take_count(byte_reader *reader, size_t n_bytes, size_t least)
{
    uint64_t count = take_whole(reader, n_bytes);
    reader->is_wrong = reader->is_wrong || count > (reader->n - reader->next) / least;
    return reader->is_wrong ? 0 : (size_t)count;
}

static uint64_t take_at_most(byte_reader *reader, size_t n_bytes, uint64_t most)
{
    uint64_t value = take_whole(reader, n_bytes);
    reader->is_wrong = reader->is_wrong || value > most;
    return reader->is_wrong ? 0 : value;
}

static char *take_text(byte_reader *reader)
{
    size_t n = take_count(reader, 4, 1);
    const char *text = (const char *)reader->bytes + reader->next;
    /* Texts get into messages: what could be taken for another sentence there is none that a writer has written. */
    reader->is_wrong =
        reader->is_wrong || n > LONGEST_TEXT || (n && memchr(text, 0, n)) || behov_phrase_is_forged(text, n);
    char *copy = is_sound(reader) ? behov_copy_text(text, n) : NULL;
    reader->has_no_memory = reader->has_no_memory || (is_sound(reader) && !copy);
    reader->next += is_sound(reader) ? n : 0;
    return copy;
}

static void *take_room(byte_reader *reader, size_t count, size_t size)
{
    void *room = is_sound(reader) ? behov_alloc(count, size) : NULL;
    reader->has_no_memory = reader->has_no_memory || (is_sound(reader) && !room);
    return room;
}

static void take_names(byte_reader *reader, behov_factor_part *part)
{
    size_t n = take_count(reader, 4, 12);
    part->names = take_room(reader, n, sizeof *part->names);
    for (size_t i = 0; i < n && is_sound(reader); i++) {
        behov_part_name *name = &part->names[part->n_names++];
        name->section = take_text(reader);
        name->key = take_text(reader);
        name->value = take_text(reader);
    }
}

static void take_columns(byte_reader *reader, behov_factor_part *part)
{
    size_t n = take_count(reader, 4, 8);
    reader->is_wrong = reader->is_wrong || n == 0 || n >= BEHOV_WIDTH_MAX;
    part->columns = take_room(reader, n, sizeof *part->columns);
    part->exponents = take_room(reader, n + 1, sizeof *part->exponents);
    for (; part->n_columns < n && is_sound(reader); part->n_columns++)
        part->columns[part->n_columns] = take_text(reader);
    reader->is_wrong = reader->is_wrong || (is_sound(reader) && strcmp(part->columns[0], "(Intercept)") != 0);
    for (size_t k = 0; k <= n && is_sound(reader); k++) {
        int64_t exponent = (int64_t)take_whole(reader, 4);
        exponent -= exponent >= INT64_C(0x80000000) ? INT64_C(0x100000000) : 0;
        reader->is_wrong = reader->is_wrong || exponent > MOST_EXPONENT || exponent < -MOST_EXPONENT;
        part->exponents[k] = reader->is_wrong ? 0 : (int)exponent;
    }
}

static void take_levels(byte_reader *reader, behov_factor_part *part)
{
    size_t n = take_count(reader, 4, 9);
    part->levels = take_room(reader, n, sizeof *part->levels);
    for (size_t l = 0; l < n && is_sound(reader); l++) {
        behov_part_level *level = &part->levels[part->n_levels++];
        level->factor = take_text(reader);
        level->level = take_text(reader);
        level->is_text = take_at_most(reader, 1, 1);
    }
}

static void take_counts(byte_reader *reader, behov_factor_part *part)
{
    part->n_rows = take_at_most(reader, 8, UINT32_MAX);
    part->n_predicted = 0;
    part->n_estimated = take_at_most(reader, 8, part->n_rows);
    part->n_predicted = take_at_most(reader, 8, part->n_rows);
    part->n_observations = take_figure(reader);
    part->weight_sum = take_figure(reader);
    reader->is_wrong = reader->is_wrong || part->n_observations < 0 || part->weight_sum < 0 ||
                       (part->n_estimated > 0 && !(part->weight_sum > 0)) || part->n_predicted < part->n_estimated;
    size_t n = take_count(reader, 4, 19);
    uint64_t n_left = part->n_rows - part->n_estimated;
    part->reasons = take_room(reader, n, sizeof *part->reasons);
    for (size_t i = 0; i < n && is_sound(reader); i++) {
        behov_part_reason *kept = &part->reasons[part->n_reasons++];
        behov_reason *reason = &kept->reason;
        reason->kind = (behov_reason_kind)take_at_most(reader, 1, BEHOV_REASON_LEVEL_UNKNOWN);
        reason->fate = (behov_row_fate)take_at_most(reader, 1, BEHOV_ROW_LEFT_OUT);
        reason->mark = (behov_missing)take_at_most(reader, 1, BEHOV_MISSING_OTHER);
        reason->subject = take_text(reader);
        reason->n_rows = (size_t)take_at_most(reader, 8, n_left);
        n_left -= reason->n_rows;
        size_t n_levels = take_count(reader, 4, 8);
        kept->levels = take_room(reader, n_levels, sizeof *kept->levels);
        while (kept->n_levels < n_levels && is_sound(reader)) {
            behov_part_level *level = &kept->levels[kept->n_levels++];
            level->factor = take_text(reader);
            level->level = take_text(reader);
        }
    }
    reader->is_wrong = reader->is_wrong || n_left > 0;
}

static void take_words(byte_reader *reader, behov_factor_part *part)
{
    size_t n = take_count(reader, 4, 12);
    part->counts = take_room(reader, n, sizeof *part->counts);
    for (size_t i = 0; i < n && is_sound(reader); i++) {
        behov_part_count *count = &part->counts[part->n_counts++];
        count->subject = take_text(reader);
        count->n = take_whole(reader, 8);
    }
    n = take_count(reader, 4, 8);
    part->notes = take_room(reader, n, sizeof *part->notes);
    for (size_t i = 0; i < n && is_sound(reader); i++) {
        behov_part_note *note = &part->notes[part->n_notes++];
        note->nb = take_text(reader);
        note->en = take_text(reader);
    }
}

/* A key as the clusters have it: a number where keys are numbers, none where there are no clusters. */
static bool is_key(const behov_factor_part *part, const char *key)
{
    double number;
    return !part->texts[BEHOV_PART_CLUSTER][0] ? !key[0]
           : part->is_text_cluster             ? true
                                               : behov_number_parse(key, strlen(key), '.', &number) == BEHOV_NUMBER_OK;
}

static void take_clusters(byte_reader *reader, behov_factor_part *part)
{
    size_t n = take_count(reader, 8, 16), width = part->n_columns + 1;
    uint64_t n_rows = 0;
    behov_error err;
    reader->is_wrong = reader->is_wrong || (is_sound(reader) && !part->texts[BEHOV_PART_CLUSTER][0] && n > 1);
    if (!is_sound(reader))
        return;
    reader->has_no_memory = factor_part_reserve(part, n, &err) != BEHOV_OK;
    for (size_t g = 0; g < n && is_sound(reader); g++) {
        part->keys[g] = take_text(reader);
        part->sizes[g] = take_at_most(reader, 8, part->n_estimated - n_rows);
        n_rows += part->sizes[g];
        size_t kept = (size_t)take_at_most(reader, 4, part->sizes[g] < width ? part->sizes[g] : width);
        part->starts[g + 1] = part->starts[g] + kept;
        reader->is_wrong = reader->is_wrong || kept == 0 || (is_sound(reader) && !is_key(part, part->keys[g]));
    }
    reader->is_wrong = reader->is_wrong || n_rows != part->n_estimated;
}

static double *take_figures(byte_reader *reader, size_t n)
{
    reader->is_wrong = reader->is_wrong || n > (reader->n - reader->next) / 8;
    double *figures = take_room(reader, n, sizeof *figures);
    for (size_t i = 0; i < n && is_sound(reader); i++)
        figures[i] = take_figure(reader);
    return figures;
}

static void take_part(byte_reader *reader, uint64_t flags, behov_factor_part *part)
{
    part->is_text_cluster = flags & FLAG_TEXT_KEYS;
    part->is_default_cluster = flags & FLAG_DEFAULT_CLUSTER;
    part->is_simulated = flags & FLAG_SIMULATED;
    part->is_bundled_model = flags & FLAG_BUNDLED_MODEL;
    for (size_t i = 0; i < BEHOV_N_PART_TEXTS; i++)
        part->texts[i] = take_text(reader);
    take_names(reader, part);
    take_columns(reader, part);
    take_levels(reader, part);
    take_counts(reader, part);
    take_words(reader, part);
    take_clusters(reader, part);
    size_t n = is_sound(reader) ? part->starts[part->n_clusters] * (part->n_columns + 1) : 0;
    part->values = take_figures(reader, n);
    part->rests = flags & FLAG_RESTS ? take_figures(reader, n) : NULL;
    reader->is_wrong = reader->is_wrong || (is_sound(reader) && reader->next != reader->n);
}

behov_status behov_factor_file_read(const unsigned char *bytes, size_t n_bytes, const char *name,
                                    behov_factor_part *part, behov_error *err)
{
    *part = (behov_factor_part){0};
    byte_reader head = {.bytes = bytes, .n = n_bytes, .next = sizeof magic};
    if (n_bytes < sizeof magic || memcmp(bytes, magic, sizeof magic) != 0)
        return n_bytes ? behov_error_say(err, BEHOV_E_DATA, name, SAY_FACTOR_FILE_FOREIGN)
                       : behov_error_say(err, BEHOV_E_DATA, name, SAY_FACTOR_FILE_EMPTY);
    uint64_t version = take_whole(&head, 4), flags = take_whole(&head, 4), length = take_whole(&head, 8);
    if (n_bytes >= HEAD && version != VERSION)
        return behov_error_say(err, BEHOV_E_DATA, name, SAY_FACTOR_FILE_VERSION, (unsigned long)version, VERSION);
    if (n_bytes < HEAD + TAIL || length > n_bytes)
        return behov_error_say(err, BEHOV_E_DATA, name, SAY_FACTOR_FILE_CUT, (unsigned long)n_bytes);
    byte_reader tail = {.bytes = bytes, .n = n_bytes, .next = n_bytes - TAIL};
    if (length != n_bytes || take_whole(&tail, TAIL) != behov_checksum(0, bytes, n_bytes - TAIL))
        return behov_error_say(err, BEHOV_E_DATA, name, SAY_FACTOR_FILE_DAMAGED);
    byte_reader reader = {
        .bytes = bytes, .n = n_bytes - TAIL, .next = HEAD, .is_wrong = head.is_wrong || (flags & ~(uint64_t)FLAGS)};
    take_part(&reader, flags, part);
    if (is_sound(&reader))
        return BEHOV_OK;
    behov_factor_part_free(part);
    return reader.has_no_memory ? behov_out_of_memory(err, PHRASE_MEMORY_FOR_FACTOR_PART)
                                : behov_error_say(err, BEHOV_E_DATA, name, SAY_FACTOR_FILE_DAMAGED);
}
