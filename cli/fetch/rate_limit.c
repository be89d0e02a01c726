/* rate_limit.c - see rate_limit.h. */
#include "rate_limit.h"

#include <string.h>

#include <behov/number.h>

void rate_limit_start(rate_limit *limit)
{
    *limit = (rate_limit){.most_requests = 30, .window_s = 60};
}

/* The whole number that a text begins with, 0 to a million; -1 when there is none. */
static long whole(const char *text)
{
    long value = -1;
    while (text && (*text == ' ' || *text == '\t'))
        text++;
    for (; text && *text >= '0' && *text <= '9' && value < 1000000; text++)
        value = 10 * (value < 0 ? 0 : value) + (*text - '0');
    return value;
}

void rate_limit_hear(rate_limit *limit, const char *most, const char *remaining, const char *policy, double now_s)
{
    long n = whole(policy), n_most = whole(most), n_remaining = whole(remaining);
    const char *window = policy ? strstr(policy, "w=") : NULL;
    long seconds = window ? whole(window + 2) : -1;
    n = n > 0 ? n : n_most;
    if (n > 0)
        limit->most_requests = n < RATE_LIMIT_MOST_REMEMBERED ? (size_t)n : RATE_LIMIT_MOST_REMEMBERED;
    if (seconds > 0 && seconds <= 3600)
        limit->window_s = (double)seconds;
    if (n_remaining >= 0) {
        limit->is_used_up = n_remaining == 0;
        limit->heard_s = now_s;
    }
}

void rate_limit_note_sent(rate_limit *limit, double now_s)
{
    limit->sent_s[limit->n_sent++ % RATE_LIMIT_MOST_REMEMBERED] = now_s;
}

double rate_limit_wait_s(const rate_limit *limit, double now_s)
{
    double wait = 0;
    /* The oldest of the last `most_requests` has to lie outside the window. */
    if (limit->n_sent >= limit->most_requests) {
        size_t oldest = limit->n_sent - limit->most_requests;
        wait = limit->sent_s[oldest % RATE_LIMIT_MOST_REMEMBERED] + limit->window_s - now_s;
    }
    if (limit->is_used_up && limit->heard_s + limit->window_s - now_s > wait)
        wait = limit->heard_s + limit->window_s - now_s;
    return wait > 0 ? wait : 0;
}

static double uniform(backoff *backoff)
{
    uint64_t z = backoff->state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return (double)((z ^ z >> 31) >> 11) * 0x1p-53;
}

double backoff_wait_s(backoff *backoff, unsigned n_refusals, double asked_s)
{
    double random = uniform(backoff);
    if (asked_s >= 0)
        return asked_s * (1 + 0.1 * random);
    double wait = BACKOFF_FIRST_S;
    for (unsigned i = 1; i < n_refusals && wait < BACKOFF_LONGEST_S; i++)
        wait *= 2;
    wait = wait < BACKOFF_LONGEST_S ? wait : BACKOFF_LONGEST_S;
    return wait * (1 - 0.5 * random);
}

double retry_after_s(const char *header, long long date_s, long long now)
{
    double seconds;
    if (!header)
        return -1;
    if (behov_number_parse(header, strlen(header), '.', &seconds) == BEHOV_NUMBER_OK)
        return seconds >= 0 ? seconds : -1;
    if (date_s < 0)
        return -1;
    return date_s > now ? (double)(date_s - now) : 0;
}
