/* markdown_text.c - see markdown_text.h. Marks are escaped with a backslash, which all dialects of markdown take before
 * punctuation; < and & as HTML. A dollar would begin a formula in Jupyter even behind a backslash: it stands apart in a
 * tag. */
#include "markdown_text.h"

#include <string.h>

void html_text(behov_wording *out, const char *line, size_t length)
{
    for (size_t i = 0; i < length; i++)
        switch (line[i]) {
        case '&': behov_wording_add(out, "&amp;"); break;
        case '<': behov_wording_add(out, "&lt;"); break;
        case '>': behov_wording_add(out, "&gt;"); break;
        case '"': behov_wording_add(out, "&quot;"); break;
        default: behov_wording_add_letter(out, line[i]);
        }
}

void markdown_text(behov_wording *out, const char *line, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        char letter = line[i];
        bool is_first = i == 0 || strspn(line, " ") >= i;
        if (letter == '&' || letter == '<' || letter == '>')
            html_text(out, line + i, 1);
        else if (letter == '$')
            behov_wording_add(out, "<span>&#36;</span>");
        else if ((unsigned char)letter < ' ')
            behov_wording_add(out, " ");
        else if (strchr("\\`*_[]{}|~", letter) || (is_first && strchr("#+-=!", letter)) ||
                 (letter == '.' && i > 0 && strspn(line, "0123456789") == i) || (letter == '!' && i + 1 < length)) {
            behov_wording_add_letter(out, '\\');
            behov_wording_add_letter(out, letter);
        } else
            behov_wording_add_letter(out, letter);
    }
}
