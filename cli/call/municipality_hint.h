/* municipality_hint.h - which of a panel's municipalities a code of another time became, or came from. */
#ifndef BEHOV_CLI_MUNICIPALITY_HINT_H
#define BEHOV_CLI_MUNICIPALITY_HINT_H

#include <behov/municipality_list.h>
#include <behov/panel.h>

/* After a failure to find one of `names`: prints a note for each code of four digits that no row of the panel has but that
 * a municipality had at some time, with the codes of the panel that it became or came from. Prints nothing where there
 * is nothing to say, or where the history cannot be read. */
void municipality_hint_print(const behov_municipality_names *names, const behov_panel *panel);

/* The same of one name. */
void municipality_hint_print_one(const char *name, const behov_panel *panel);

#endif
