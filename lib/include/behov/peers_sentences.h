/* peers_sentences.h - what is said of like municipalities and of a municipality against its peers. */
#ifndef BEHOV_PEERS_SENTENCES_H
#define BEHOV_PEERS_SENTENCES_H

#include "peers_tables.h"
#include "wording.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The notes of each section, from 0; one that does not hold is empty. What was said before is gone. */
enum {
    BEHOV_PEERS_NOTES = 7,
    BEHOV_PEERS_DISTANCE_NOTES = 5,
    BEHOV_PEERS_COMPARISON_NOTES = 8,
    BEHOV_PEERS_ACCOUNT_NOTES = 9
};

/// How the municipality stands against its peers: both ratios and their difference with its interval; "" without them.
BEHOV_API void behov_peers_answer(const behov_peers_page *page, behov_wording *words);
/// Whether the nearest are near, who is left out, how ties are broken.
BEHOV_API void behov_peers_note(const behov_peers_page *page, size_t i, behov_wording *words);
/// What a distance is, which regressors do not count.
BEHOV_API void behov_peers_distance_note(const behov_peers_page *page, size_t i, behov_wording *words);
/// Means, ranks and quartiles; which bases are not there.
BEHOV_API void behov_peers_comparison_note(const behov_peers_page *page, size_t i, behov_wording *words);
/// Yardsticks, functions that are left out, functions without a figure, inhabitants.
BEHOV_API void behov_peers_account_note(const behov_peers_page *page, size_t i, behov_wording *words);

#ifdef __cplusplus
}
#endif
#endif
