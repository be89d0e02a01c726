/* dialects.h - the languages, each in its own file. */
#ifndef BEHOV_EXPORT_DIALECTS_H
#define BEHOV_EXPORT_DIALECTS_H

#include "dialect.h"

extern const dialect dialect_python;
extern const dialect dialect_r;

#endif
