/* extra_fits_options.h - what a call of `behov fit` asks for beside the fit: --by, --compare-clusters, --absorb and
 * --se all. */
#ifndef BEHOV_CLI_EXTRA_FITS_OPTIONS_H
#define BEHOV_CLI_EXTRA_FITS_OPTIONS_H

#include <behov/extra_fits.h>
#include "verb.h"

/* Reads them, and adds the columns that they cluster or group by to call->keys. Prints what is wrong and returns the
 * exit code. */
int extra_fits_options_read(verb_call *call, behov_extra_fits *out);
/* Clusters and kind of errors of the fit itself, once the model is known. The same. */
int extra_fits_options_choose(verb_call *call, behov_extra_fits *extra_fits);

#endif
