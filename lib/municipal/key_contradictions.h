/* key_contradictions.h - criteria that contradict one another: a part larger than what it is a part of, age groups larger
 * than the population, an index that is far from that of every other municipality. */
#ifndef BEHOV_KEY_CONTRADICTIONS_H
#define BEHOV_KEY_CONTRADICTIONS_H

#include <behov/key_criteria.h>

#include "key_columns.h"

/* BEHOV_E_DATA for the first, with its place. A count of which the call says that it is one is not looked at. */
behov_status key_contradictions_check(const behov_key_criteria *criteria, const key_columns *columns,
                                      behov_error *err) BEHOV_MUST_CHECK;

#endif
