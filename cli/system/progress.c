/* progress.c - a progress bar on standard error.
 *
 *     reading panel.csv  [##########..............]  41 % */
#include "progress.h"

#include <behov/error.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

enum { CELLS = 24, BESIDE_CAPTION = CELLS + 12, LONGEST_LINE = 512 };

struct progress {
    char *caption;
    struct timespec started, time_left;
    bool is_drawn;
};

static double seconds_between(const struct timespec *source, const struct timespec *out)
{
    return (double)(out->tv_sec - source->tv_sec) + 1e-9 * (double)(out->tv_nsec - source->tv_nsec);
}

progress *progress_new(const char *caption)
{
    if (!isatty(STDERR_FILENO))
        return NULL;
    progress *bar = calloc(1, sizeof *bar);
    size_t size = 3 * strlen(caption) + 1; /* a byte that cannot be shown becomes a mark of three */
    char *copy = malloc(size);
    if (!bar || !copy) {
        free(bar);
        free(copy);
        return NULL;
    }
    behov_show(caption, size - 1, copy);
    bar->caption = copy;
    clock_gettime(CLOCK_MONOTONIC, &bar->started);
    bar->time_left = bar->started;
    return bar;
}

/* The bytes of the caption that fit: a line that wraps could not be drawn over. */
static int caption_bytes(const char *caption)
{
    struct winsize window;
    size_t width = ioctl(STDERR_FILENO, TIOCGWINSZ, &window) == 0 && window.ws_col ? window.ws_col : 80;
    size_t room = width > BESIDE_CAPTION ? width - BESIDE_CAPTION : 0, n = 0;
    while (caption[n] && n < LONGEST_LINE / 2) {
        if (((unsigned char)caption[n] & 0xC0) != 0x80 && room-- == 0)
            break;
        n++;
    }
    while (n && ((unsigned char)caption[n] & 0xC0) == 0x80)
        n--;
    return (int)n;
}

void progress_set(progress *bar, double part)
{
    if (!bar)
        return;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (seconds_between(&bar->started, &now) < 1 || seconds_between(&bar->time_left, &now) < 0.1)
        return;
    bar->time_left = now;
    bar->is_drawn = true;
    part = part > 0 ? part < 1 ? part : 1 : 0;
    char cells[CELLS + 1], line[LONGEST_LINE];
    memset(cells, '.', CELLS);
    memset(cells, '#', (size_t)(part * CELLS));
    cells[CELLS] = '\0';
    int length = snprintf(line, sizeof line, "\r%.*s  [%s] %3d %%", caption_bytes(bar->caption), bar->caption, cells,
                          (int)(100 * part));
    /* One write: another process's line cannot come in between, and nothing stays in a buffer. */
    if (length > 0 && write(STDERR_FILENO, line, (size_t)length) < 0)
        bar->is_drawn = false;
}

void progress_step(void *bar, double part)
{
    progress_set(bar, part);
}

void progress_free(progress *bar)
{
    if (!bar)
        return;
    if (bar->is_drawn && write(STDERR_FILENO, "\r\033[K", 4) < 0)
        bar->is_drawn = false; /* the terminal is gone: nothing left to wipe */
    free(bar->caption);
    free(bar);
}
