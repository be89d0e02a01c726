/* council_outputs.c - see council_outputs.h. The workbook is written as any other, into a file that is removed again: what
 * checks workbooks checks this one. */
#include "council_outputs.h"

#include <stdio.h>
#include <stdlib.h>

#include <behov/labels.h>
#include "target.h"
#include "write_council.h"
#include "write_text.h"
#include "write_xlsx.h"
#include "writers.h"

enum { SHOWN_ON_TERMINAL = 10 };

behov_status council_outputs_find_map(council_outputs *outputs, behov_error *err)
{
    behov_error *reason = &outputs->no_map;
    behov_status status = bundled_borders_read(&outputs->borders, reason);
    if (!status)
        status = behov_ratio_map_new(&outputs->council.ranking, outputs->borders.texts, BORDER_FILES,
                                     outputs->borders.history, NULL, &outputs->map, reason);
    outputs->has_map = !status;
    if (outputs->borders.history)
        behov_council_find_ends(&outputs->council, outputs->borders.history);
    return status == BEHOV_E_MEMORY ? behov_error_say(err, status, "", SAY_REPORT_NO_MEMORY) : BEHOV_OK;
}

void council_outputs_free(council_outputs *outputs)
{
    behov_ratio_map_free(&outputs->map);
    bundled_borders_free(&outputs->borders);
    behov_council_free(&outputs->council);
}

typedef struct file_bytes {
    unsigned char *bytes;
    size_t n;
} file_bytes;

static behov_status read_back(const char *path, const char *file, file_bytes *read, behov_error *err)
{
    FILE *in = fopen(file, "rb");
    long length = in && fseek(in, 0, SEEK_END) == 0 ? ftell(in) : -1;
    if (length > 0 && fseek(in, 0, SEEK_SET) == 0)
        read->bytes = malloc((size_t)length);
    if (read->bytes)
        read->n = fread(read->bytes, 1, (size_t)length, in);
    if (in)
        fclose(in);
    if (read->bytes && read->n == (size_t)length)
        return BEHOV_OK;
    return behov_error_say(err, BEHOV_E_FILE, path, SAY_REPORT_WORKBOOK_LOST);
}

/* The table of all, one sheet. */
static behov_status make_workbook(const council_outputs *outputs, const char *path, file_bytes *workbook,
                                  behov_error *err)
{
    const behov_study *study = outputs->council.fit_results->study;
    behov_section_list list = {0};
    target *beside = NULL;
    behov_document_properties properties = {
        .title = behov_label(study->lang, BEHOV_WORD_TITLE_REPORT),
        .comments = study->is_simulated ? behov_label(study->lang, BEHOV_WORD_IS_SIMULATED) : NULL,
        .created = outputs->date};
    behov_status status = behov_council_sheet_add(&outputs->council, &list, err);
    if (!status)
        status = target_open(path, &beside, err);
    if (!status)
        status = write_xlsx(target_path(beside), list.sections, list.n, &properties, study->lang, NULL, err);
    if (!status)
        status = read_back(path, target_path(beside), workbook, err);
    target_abandon(beside);
    behov_section_list_free(&list);
    return status;
}

static behov_status file(const void *context, const char *path, behov_error *err)
{
    const council_outputs *outputs = context;
    file_bytes workbook = {0};
    char name[64];
    bool is_simulated = outputs->council.fit_results->study->is_simulated;
    snprintf(name, sizeof name, "behov-alle-%d%s.xlsx", outputs->council.year, is_simulated ? "-simulert" : "");
    behov_status status = make_workbook(outputs, path, &workbook, err);
    if (!status)
        status = write_council(path, &outputs->council,
                               &(write_council_parts){.workbook = workbook.bytes,
                                                      .n_workbook_bytes = workbook.n,
                                                      .workbook_name = name,
                                                      .made_on = outputs->made_on,
                                                      .map = outputs->has_map ? &outputs->map : NULL,
                                                      .no_map = &outputs->no_map},
                               err);
    free(workbook.bytes);
    return status;
}

/* Headline and sentences of the first few: what the sheet answers. */
static behov_status page(const void *context, FILE *out, behov_error *err)
{
    const behov_council *council = &((const council_outputs *)context)->council;
    behov_wording words = {0};
    behov_status status = BEHOV_OK;
    if (council->fit_results->study->is_simulated && council->n <= SHOWN_ON_TERMINAL) {
        behov_wording_add(&words, behov_label(council->fit_results->study->lang, BEHOV_WORD_SIMULATED_EXPLAINED));
        status = write_text_say(&words, out, err);
        fputc('\n', out);
    }
    for (size_t i = 0; i < council->n && council->n <= SHOWN_ON_TERMINAL && !status; i++) {
        for (size_t k = 0; k < BEHOV_COUNCIL_SENTENCES && !status; k++) {
            behov_council_sentence(council, i, k, &words);
            status = write_text_say(&words, out, err);
        }
        fputc('\n', out);
    }
    const behov_study *study = council->fit_results->study;
    for (size_t i = 0; i < study->n_cautions - study->doubts_the_levels && !status; i++) {
        behov_wording_clear(&words);
        behov_wording_add(&words, study->cautions[i]);
        status = write_text_say(&words, out, err);
    }
    behov_wording_free(&words);
    return status;
}

const output_writers council_writers = {.file = file, .file_holds = HOLDS_COUNCIL, .page = page};
