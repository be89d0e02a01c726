/* sentence_parts.c - see sentence_parts.h. */
#include "sentence_parts.h"

#include <behov/labels.h>

void behov_sentence_years(behov_wording *words, const char *mark, int first, int last)
{
    if (!first)
        return;
    behov_wording_print(words, "%s%d", mark, first);
    if (last != first)
        behov_wording_print(words, "–%d", last);
}

void behov_sentence_municipality(behov_wording *words, const behov_municipality *municipality)
{
    behov_wording_add(words, municipality->code);
    behov_wording_add(words, municipality->code[0] && municipality->name[0] ? " " : "");
    behov_wording_add(words, municipality->name);
}

void behov_sentence_municipality_name_first(behov_wording *words, const behov_municipality *municipality)
{
    bool has_both = municipality->code[0] && municipality->name[0];
    behov_wording_add(words, municipality->name);
    behov_wording_add(words, has_both ? " (" : "");
    behov_wording_add(words, municipality->code);
    behov_wording_add(words, has_both ? ")" : "");
}

void behov_sentence_simulated_title(behov_wording *words, behov_language lang)
{
    behov_wording_add(words, " – ");
    behov_wording_add(words, behov_label(lang, BEHOV_WORD_PROFILE_SIMULATED));
}

void behov_sentence_simulated_sentence(behov_wording *words, behov_language lang)
{
    if (!words->length)
        return;
    behov_wording_add(words, " ");
    behov_wording_add(words, behov_label(lang, BEHOV_WORD_PROFILE_SIMULATED));
    behov_wording_add(words, ".");
}
