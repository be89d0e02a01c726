/* write_extra_fits.h - what a fit has beside it, as the page and the object that stand in place of the fit's own. */
#ifndef BEHOV_CLI_WRITE_EXTRA_FITS_H
#define BEHOV_CLI_WRITE_EXTRA_FITS_H

#include <stdio.h>

#include <behov/extra_fits.h>

behov_status write_extra_fits_page(const behov_extra_fits *extra_fits, FILE *out, behov_error *err) BEHOV_MUST_CHECK;
/* To standard output. */
behov_status write_extra_fits_json(const behov_extra_fits *extra_fits, behov_error *err) BEHOV_MUST_CHECK;

#endif
