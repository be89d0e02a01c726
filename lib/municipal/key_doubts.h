/* key_doubts.h - criteria that cannot be what they are taken for: shares, parts of thousands, more persons than there are. */
#ifndef BEHOV_KEY_DOUBTS_H
#define BEHOV_KEY_DOUBTS_H

#include <behov/key_criteria.h>

#include "key_columns.h"

/* BEHOV_E_DATA for the first that is doubted, with its place. A count of which the call says that it is one is believed in
 * all of these but the population's own. */
behov_status key_doubts_check(const behov_panel *panel, const behov_key_criteria *criteria, const key_columns *columns,
                              behov_error *err) BEHOV_MUST_CHECK;

#endif
