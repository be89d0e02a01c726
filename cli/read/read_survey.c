/* read_survey.c - see read_survey.h. */
#include "read_survey.h"

#include "read_table.h"

/* What read_table hands back while it reads. */
typedef struct survey_reading {
    behov_survey_columns columns;
    const behov_notice *notice;
} survey_reading;

static behov_read_kind choose_column(void *context, const char *name)
{
    return behov_survey_answers_column(&((survey_reading *)context)->columns, name);
}

static void hear(void *context, const char *message)
{
    behov_notice_tell(((const survey_reading *)context)->notice, SAY_MESSAGE, message);
}

behov_status read_survey(const char *path, const behov_survey_columns *columns, const char *const *missing,
                         size_t n_missing, const behov_notice *notice, behov_table **table, behov_error *err)
{
    survey_reading reading = {*columns, notice};
    read_csv_options options = {.choose = choose_column,
                                .notice = hear,
                                .is_beside = true,
                                .context = &reading,
                                .missing_text = missing,
                                .n_missing = n_missing};
    return read_table(path, &options, table, err);
}
