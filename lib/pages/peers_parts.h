/* peers_parts.h - what the files about like municipalities share. */
#ifndef BEHOV_PEERS_PARTS_H
#define BEHOV_PEERS_PARTS_H

#include <behov/peers_tables.h>

behov_language peers_lang(const behov_peers_page *page);
/* Whether amounts are kroner; an amount in the outcome's unit as pages show it, in kr; what it measures there. */
bool peers_in_kroner(const behov_peers_page *page);
double peers_shown(const behov_peers_page *page, double amount);
behov_quantity peers_amount_quantity(const behov_peers_page *page);

/* A row for each base that is there. */
behov_status peers_measure_table(const behov_peers_page *page, behov_peer_measure measure, bool is_workbook,
                                 behov_report **out, behov_error *err) BEHOV_MUST_CHECK;
/* A row for each function and each yardstick, a column for each year. */
behov_status peers_accounts_table(const behov_peers_page *page, behov_report **out, behov_error *err) BEHOV_MUST_CHECK;
/* The same against each base that has figures in the accounts; whether any has. */
behov_status peers_account_bases_table(const behov_peers_page *page, behov_report **out,
                                       behov_error *err) BEHOV_MUST_CHECK;
bool peers_account_has_bases(const behov_peers_page *page);

#endif
