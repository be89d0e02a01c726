/* write_split.h - a split cost as a page, as sections and as JSON. */
#ifndef BEHOV_WRITE_SPLIT_H
#define BEHOV_WRITE_SPLIT_H

#include "output_writers.h"
#include <behov/split_tables.h>

/* Their context is a behov_split_page. */
extern const output_writers split_writers;

#endif
