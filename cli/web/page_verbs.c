/* page_verbs.c - the verbs that the page calls: its program has no others, which leaves out a fifth of the code that a browser would have
 * to unpack. It stands in the place of cli/verbs/verbs.c; assemble.py holds page.js to it. */
#include "verbs.h"

const verb *const all_verbs[] = {&verb_fit,    &verb_check, &verb_apply,    &verb_rank,  &verb_profile,
                                 &verb_report, &verb_plot,  &verb_template, &verb_panel, NULL};
