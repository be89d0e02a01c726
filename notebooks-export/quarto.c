/* quarto.c - see quarto.h. The head of the document is YAML, whose title Quarto reads as markdown: it is escaped twice. */
#include "quarto.h"

#include <stdlib.h>
#include <string.h>

#include "script.h"

/* Marks that mean something anywhere in pandoc's markdown or Quarto's shortcodes, or that become other letters there. */
static const char marks[] = "\\`*_{}[]#+-!|<>&\"'$~^@";

/* Whether a mark means something in its place alone: a list "1.", "...", ":::", "===". */
static bool means_something(const char *line, size_t length, size_t i)
{
    if (line[i] == '.')
        return strspn(line, "0123456789") == i || (i > 0 && line[i - 1] == '.') ||
               (i + 1 < length && line[i + 1] == '.');
    return (line[i] == ':' || line[i] == '=' || line[i] == ')') && strspn(line, "0123456789") == i;
}

static void add_markdown(behov_wording *out, const char *line, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (strchr(marks, line[i]) || means_something(line, length, i))
            behov_wording_add(out, "\\");
        behov_wording_add_letter(out, (unsigned char)line[i] < ' ' ? ' ' : line[i]);
    }
}

/* "..." of YAML */
static behov_status say_title(const void *context, behov_wording *out, behov_error *err)
{
    const char *title = ((const script *)context)->fit->title;
    behov_wording markdown = {0};
    add_markdown(&markdown, title, strlen(title));
    behov_wording_add(out, "\"");
    for (const char *letter = behov_wording_text(&markdown); *letter; letter++) {
        if (*letter == '"' || *letter == '\\')
            behov_wording_add(out, "\\");
        behov_wording_add_letter(out, *letter);
    }
    behov_wording_add(out, "\"");
    behov_wording_spend(out, &markdown);
    return behov_wording_status(out, err);
}

behov_status quarto_write(const export_fit *fit, const export_format *format, const export_choices *choices,
                          const char *path, behov_error *err)
{
    size_t n = 0;
    while (format->dialect->values[n].name)
        n++;
    template_value *values = malloc((n + 2) * sizeof *values);
    if (!values)
        return behov_error_say(err, BEHOV_E_MEMORY, path, SAY_EXPORT_NO_MEMORY);
    values[0] = (template_value){"yaml_title", TEMPLATE_CODE, say_title};
    memcpy(values + 1, format->dialect->values, (n + 1) * sizeof *values);
    dialect in_markdown = *format->dialect;
    in_markdown.comment = add_markdown;
    in_markdown.values = values;
    export_format quarto = *format;
    quarto.dialect = &in_markdown;
    behov_status status = script_write(fit, &quarto, choices, path, err);
    free(values);
    return status;
}
