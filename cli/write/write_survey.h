/* write_survey.h - traits of offices against ratios as a page, as sections and as JSON. */
#ifndef BEHOV_WRITE_SURVEY_H
#define BEHOV_WRITE_SURVEY_H

#include "output_writers.h"
#include <behov/survey_tables.h>

/* Their context is a behov_survey_page. */
extern const output_writers survey_writers;

#endif
