/* rate_limit.h - how long to wait before a server is asked again. Nothing here waits or looks at a clock: the caller gives
 * the seconds of its stopwatch. */
#ifndef BEHOV_CLI_RATE_LIMIT_H
#define BEHOV_CLI_RATE_LIMIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { RATE_LIMIT_MOST_REMEMBERED = 128 };

/* Requests in a window of time. Statistics Norway's documentation says 30 a minute, its header of September 2026 said 40;
 * what the server says counts, and without a word from it 30 a minute. */
typedef struct rate_limit {
    size_t most_requests; /* in a window */
    double window_s;
    bool is_used_up;                           /* the server said that none is left */
    double heard_s;                            /* when it did */
    double sent_s[RATE_LIMIT_MOST_REMEMBERED]; /* the last requests, request i in sent_s[i % size] */
    size_t n_sent;
} rate_limit;

void rate_limit_start(rate_limit *limit);
/* Takes in what a response's headers say: x-ratelimit-limit ("40"), -remaining ("0") and -policy ("40;w=60s"); NULL for one
 * that is not there. What is no number is passed over. */
void rate_limit_hear(rate_limit *limit, const char *most, const char *remaining, const char *policy, double now_s);
/* A request has been sent. */
void rate_limit_note_sent(rate_limit *limit, double now_s);
/* Seconds to wait before the next request, 0 = none. */
double rate_limit_wait_s(const rate_limit *limit, double now_s);

/* Tries of one request. */
enum { BACKOFF_MOST_TRIES = 6 };
#define BACKOFF_FIRST_S 2.0
#define BACKOFF_LONGEST_S 60.0
/* A server that asks for more is told to the user instead. */
#define BACKOFF_LONGEST_ASKED_S 300.0

/* A seeded generator (splitmix64, Steele, Lea & Flood 2014): programs that were refused at the same time do not come back at
 * the same time. */
typedef struct backoff {
    uint64_t state;
} backoff;

/* Seconds to wait after the n-th refusal (from 1): what the server asks for (below 0 = it does not say), with up to a tenth
 * more; else 2, 4, 8 ... 60 s, of which a random half is taken off. */
double backoff_wait_s(backoff *backoff, unsigned n_refusals, double asked_s);
/* The seconds of a Retry-After header: whole seconds, or a date; below 0 when it says nothing that is understood.
 * \param date_s  its date in seconds since 1970, below 0 = it is none
 * \param now     seconds since 1970 */
double retry_after_s(const char *header, long long date_s, long long now);

#endif
