/* write_page.c - see write_page.h. */
#include "write_page.h"

behov_status write_page(page_maker make, const behov_document *document, FILE *out, behov_error *err)
{
    behov_wording page = {0};
    behov_status status = make(document, &page, err);
    if (!status)
        status = behov_wording_status(&page, err);
    if (!status)
        fwrite(behov_wording_text(&page), 1, page.length, out);
    behov_wording_free(&page);
    return status;
}
