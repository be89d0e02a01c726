/* write_levels.h - what levels are of and how they were told from chance, as JSON. */
#ifndef BEHOV_CLI_WRITE_LEVELS_H
#define BEHOV_CLI_WRITE_LEVELS_H

#include <behov/shrink.h>

struct json_t; /* jansson's */

/* chance, horizon_years (null under independence), method and variances, put into an object.
 * \param is_at_border  there is no level, for the variance of what lasts is estimated as 0 (behov/lasting.h) */
void write_json_levels(struct json_t *object, const behov_shrink *shrink,
                       const behov_shrink_variances *shrink_variances, bool is_at_border);

#endif
