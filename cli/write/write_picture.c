/* write_picture.c - a picture into a file: its ending says by which writer. */
#include "write_picture.h"

#include <errno.h>
#include <string.h>
#include <strings.h>

#include "font_advances.h"
#include "own_process.h"
#include "picture_page.h"
#include "target.h"

static const char *ending(const char *path)
{
    const char *slash = strrchr(path, '/'), *dot = strrchr(slash ? slash : path, '.');
    return dot ? dot : "";
}

bool write_picture_is_known(const char *path)
{
    const char *kind = ending(path);
    return strcasecmp(kind, ".svg") == 0 || strcasecmp(kind, ".png") == 0 || strcasecmp(kind, ".pdf") == 0;
}

/* What a picture is laid out and drawn from. */
typedef struct picture_job {
    const behov_picture *picture;
    long long date;
    const char *path;
    FILE *out;
} picture_job;

static behov_status finish(const picture_job *job, behov_error *err)
{
    if (fflush(job->out) == 0 && !ferror(job->out))
        return BEHOV_OK;
    return behov_error_say(err, BEHOV_E_FILE, job->path, SAY_TARGET_CANNOT_BE_WRITTEN_OLD, target_reason(errno));
}

static behov_status draw_svg(FILE *out, const void *context, behov_error *err)
{
    picture_job job = *(const picture_job *)context;
    behov_drawing drawing = {0};
    job.out = out;
    behov_status status =
        behov_picture_lay_out(job.picture, &(behov_drawing_ruler){behov_font_advances_measure, NULL}, &drawing, err);
    if (!status)
        status = write_svg(out, &(picture_page){job.picture, &drawing, job.date, job.path}, err);
    behov_drawing_free(&drawing);
    return status ? status : finish(&job, err);
}

#ifdef BEHOV_WITH_CAIRO
static behov_status draw_with_cairo(void *context, behov_error *err)
{
    const picture_job *job = context;
    behov_drawing drawing = {0};
    behov_status status = write_cairo_lay_out(job->picture, job->path, &drawing, err);
    picture_page page = {job->picture, &drawing, job->date, job->path};
    if (!status)
        status = (strcasecmp(ending(job->path), ".png") == 0 ? write_cairo_png : write_cairo_pdf)(job->out, &page, err);
    behov_drawing_free(&drawing);
    if (!status && write_cairo_has_lost_words())
        status = behov_error_say(err, BEHOV_E_MEMORY, job->path, SAY_PICTURE_NO_MEMORY);
    return status ? status : finish(job, err);
}

/* Fontconfig ends without memory in the middle, so Cairo is called in a process of its own; the file is this one's too.
 */
static behov_status draw_apart(FILE *out, const void *context, behov_error *err)
{
    picture_job job = *(const picture_job *)context;
    own_process process;
    job.out = out;
    behov_status status = write_cairo_open(err); /* once for all pictures of a call */
    if (!status)
        status = own_process_start(job.path, draw_with_cairo, &job, &process, err);
    return status ? status : own_process_finish(job.path, &process, NULL, err);
}
#else
static behov_status draw_apart(FILE *out, const void *context, behov_error *err)
{
    (void)out;
    return behov_error_say(err, BEHOV_E_ARGUMENT, ((const picture_job *)context)->path, SAY_PICTURE_NO_CAIRO);
}
#endif

behov_status write_picture(const char *path, const behov_picture *picture, long long date, behov_error *err)
{
    picture_job job = {.picture = picture, .date = date, .path = path};
    return target_write(path, strcasecmp(ending(path), ".svg") == 0 ? draw_svg : draw_apart, &job, err);
}
