/* peers_tables.h - like municipalities, and a municipality against its peers, as tables. */
#ifndef BEHOV_PEERS_TABLES_H
#define BEHOV_PEERS_TABLES_H

#include <stdbool.h>

#include "error.h"
#include "peer_accounts.h"
#include "peer_comparison.h"
#include "peers.h"
#include "picture.h"
#include "report.h"
#include "section.h"
#include "wording.h"

#ifdef __cplusplus
extern "C" {
#endif

/// What a page is of (all borrowed).
typedef struct behov_peers_page {
    const behov_peers *peers;
    const behov_peer_comparison *comparison;
    const behov_peer_accounts *accounts; /* NULL = none were given */
} behov_peers_page;

/// The peers, what distances rest on, outcome, need and ratio against every base, and the accounts: a section each.
BEHOV_API behov_status behov_peers_add(const behov_peers_page *page, bool is_workbook, behov_section_list *list,
                                       behov_error *err) BEHOV_MUST_CHECK;
/// The municipality (place 0) and its peers with code, group, distance and what it is made of: a file that is a grouping
/// too (behov/groups.h). Returned, free with behov_report_free.
BEHOV_API behov_status behov_peers_rows(const behov_peers_page *page, behov_report **report,
                                        behov_error *err) BEHOV_MUST_CHECK;
/// "municipalities like 1860 Vestvågøy", in the place of what was said: what their group is called.
BEHOV_API void behov_peers_group_name(const behov_peers *peers, behov_language lang, behov_wording *words);
/// What each of them spends and is expected to, in the order of their distance, the municipality first; as the pictures of
/// plots.h.
BEHOV_API behov_status behov_plot_peers(const behov_peers_page *page, behov_picture *out,
                                        behov_error *err) BEHOV_MUST_CHECK;
/// What a base is called: "like municipalities", "Nordland", "below 2 000 inhabitants", "the country".
BEHOV_API void behov_peers_base_name(const behov_peers_page *page, const behov_peer_base *base, behov_wording *words);
/// The base that a programme knows: "like", "group", "county", "size", "chosen", "country".
BEHOV_API const char *behov_peers_base_key(behov_peer_base_kind kind);
/// "need", "weighted", "mahalanobis".
BEHOV_API const char *behov_peers_distance_key(behov_distance distance);

#ifdef __cplusplus
}
#endif
#endif
