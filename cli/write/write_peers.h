/* write_peers.h - like municipalities and the comparison with them: page, sections, rows and JSON. */
#ifndef BEHOV_CLI_WRITE_PEERS_H
#define BEHOV_CLI_WRITE_PEERS_H

#include <behov/peers_tables.h>

#include "output_writers.h"

/* Their context is a behov_peers_page. */
extern const output_writers peers_writers;

#endif
