/* behov.h - the whole library, its headers in the order in which they depend on each other. */
#ifndef BEHOV_H
#define BEHOV_H

#include "behov/error.h"
#include "behov/number.h"
#include "behov/printed.h"
#include "behov/rank.h"
#include "behov/code.h"
#include "behov/dictionary.h"
#include "behov/table.h"
#include "behov/expression.h"
#include "behov/formula.h"
#include "behov/panel.h"
#include "behov/cluster.h"
#include "behov/fate.h"
#include "behov/design.h"
#include "behov/factor.h"
#include "behov/fit.h"
#include "behov/vcov.h"
#include "behov/inference.h"
#include "behov/test.h"
#include "behov/boot.h"
#include "behov/need.h"
#include "behov/driver.h"
#include "behov/shrink.h"
#include "behov/ratio.h"
#include "behov/select.h"
#include "behov/diagnose.h"
#include "behov/plausibility.h"
#include "behov/audit.h"
#include "behov/report.h"

#endif
