/* write_remarks.c - see write_remarks.h. */
#include "write_remarks.h"

#include "text_lines.h"

behov_status write_remarks(const behov_fit_results *fit_results, unsigned which, FILE *out, behov_error *err)
{
    behov_wording words = {0};
    behov_status status = BEHOV_OK;
    for (int i = 0; i < BEHOV_N_REMARKS && !status; i++) {
        if (!((which >> i) & 1u))
            continue;
        behov_remark_say(fit_results, (behov_remark)i, &words);
        status = behov_wording_status(&words, err);
        if (!status)
            text_line(behov_wording_text(&words), 0, out);
    }
    behov_wording_free(&words);
    return status;
}
