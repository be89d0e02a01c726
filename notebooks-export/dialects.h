/* dialects.h - the languages, each in its own file. */
#ifndef BEHOV_EXPORT_DIALECTS_H
#define BEHOV_EXPORT_DIALECTS_H

#include "dialect.h"

extern const dialect dialect_gretl, dialect_microdata, dialect_python, dialect_r, dialect_sql, dialect_stata;

#endif
