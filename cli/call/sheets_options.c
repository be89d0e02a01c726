/* sheets_options.c - see sheets_options.h. */
#include "sheets_options.h"

#include <stdlib.h>
#include <string.h>

#include <behov/labels.h>
#include "fit_outputs.h"
#include "full_workbook_options.h"
#include "messages.h"
#include "workbook.h"

typedef struct known_sheet {
    behov_word word;
    unsigned bit;
    bool is_of_full;
} known_sheet;

/* In the order of the workbook. */
static const known_sheet known_sheets[] = {{BEHOV_WORD_SHEET_ABOUT, FIT_SHEET_ABOUT, false},
                                           {BEHOV_WORD_SHEET_REGRESSION, FIT_SHEET_REGRESSION, false},
                                           {BEHOV_WORD_SHEET_RATIOS, FIT_SHEET_RATIOS, false},
                                           {BEHOV_WORD_SHEET_MUNICIPALITIES, FIT_SHEET_MUNICIPALITIES, false},
                                           {BEHOV_WORD_SHEET_RANKING, FIT_SHEET_RANKING, true},
                                           {BEHOV_WORD_SHEET_MUNICIPALITY, FIT_SHEET_MUNICIPALITY, true},
                                           {BEHOV_WORD_SHEET_FIGURES, FIT_SHEET_FIGURES, true},
                                           {BEHOV_WORD_SHEET_DIAGNOSIS, FIT_SHEET_DIAGNOSIS, true},
                                           {BEHOV_WORD_SHEET_SPECIFICATION, FIT_SHEET_SPECIFICATION, true},
                                           {BEHOV_WORD_SHEET_DATA, FIT_SHEET_DATA, false}};

enum { N_KNOWN = sizeof known_sheets / sizeof *known_sheets };

static bool is_called(const known_sheet *sheet, const char *name)
{
    return behov_workbook_same_name(name, behov_label(BEHOV_LANGUAGE_NB, sheet->word)) ||
           behov_workbook_same_name(name, behov_label(BEHOV_LANGUAGE_EN, sheet->word));
}

static int add_sheet(const command_line *line, const char *name, unsigned *sheets)
{
    for (size_t i = 0; i < N_KNOWN; i++) {
        if (!is_called(&known_sheets[i], name))
            continue;
        if (known_sheets[i].is_of_full && !option_given(line, "full"))
            return wrong_call(line->verb, SAY_FIT_SHEET_NEEDS_FULL, name);
        *sheets |= known_sheets[i].bit;
        return 0;
    }
    return wrong_call(line->verb, SAY_FIT_NO_SUCH_SHEET, name);
}

int sheets_options_read(const command_line *line, unsigned *sheets)
{
    *sheets = 0;
    const char *value = option_value(line, "sheets");
    if (!value)
        return 0;
    if (!full_workbook_options_writes_workbook(line))
        return wrong_call(line->verb, SAY_FIT_NEEDS_WORKBOOK, "sheets");
    char *names = strdup(value);
    if (!names) {
        print_line(SAY_VERB_NO_MEMORY);
        return 1;
    }
    int code = 0;
    for (char *name = names, *next; name && !code; name = next) {
        if ((next = strchr(name, ',')))
            *next++ = '\0';
        name += strspn(name, " ");
        for (size_t n = strlen(name); n && name[n - 1] == ' ';)
            name[--n] = '\0';
        code = add_sheet(line, name, sheets);
    }
    free(names);
    return code;
}
