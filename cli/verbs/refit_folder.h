/* refit_folder.h - a folder of files that change together: made in a folder inside it, and moved out when all are there. */
#ifndef BEHOV_CLI_REFIT_FOLDER_H
#define BEHOV_CLI_REFIT_FOLDER_H

#include <behov/error.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct refit_folder {
    const char *path;            /* borrowed */
    const char *const *names;    /* of the files, borrowed, ended by NULL */
    char *whole, *work, *before; /* owned: the folder, that inside it, the one in which the call was made */
    bool is_new;                 /* the folder was not there */
    bool has_leftovers;          /* of a call that was ended in the middle: they were put back, or removed */
    int lock;                    /* the folder is this call's alone; below 0: not yet */
} refit_folder;

/* Makes the folder where it is not there, keeps other calls out of it, and makes one inside it (.refit, empty of these files) in
 * which the process works from then on: a file without a folder before its name lies there. What a call that was killed had
 * set aside is put back. refit_folder_end has to follow, also after a failure.
 * BEHOV_E_FILE with the path: another call is at work in it, .refit is a link, or a file cannot be replaced. */
behov_status refit_folder_begin(const char *path, const char *const *names, refit_folder *folder,
                                behov_error *err) BEHOV_MUST_CHECK;
/* Goes back. Where all is well the files take the places of those of an earlier call: those are set aside first, and put back
 * when one file cannot take its place. Else what was made is removed, and the folder is as it was. BEHOV_E_FILE. */
behov_status refit_folder_end(refit_folder *folder, bool is_well, behov_error *err) BEHOV_MUST_CHECK;

#endif
