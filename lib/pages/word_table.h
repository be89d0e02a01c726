/* word_table.h - the table behind labels.h, made by words.py from words.txt: nobody else reads it. */
#ifndef BEHOV_WORD_TABLE_H
#define BEHOV_WORD_TABLE_H

#include <behov/language.h>
#include <behov/word.h>
#include <stdbool.h>

typedef struct behov_word_entry {
    const char *key, *texts[BEHOV_N_LANGUAGES]; /* by language */
    behov_word word_of_file, word_other;  /* the word "KEY@file", "KEY_other"; BEHOV_NO_WORD where there is none */
    behov_word word_of_program, word_one; /* the words "KEY@cli", "KEY_one" */
    bool is_message;                      /* a format of printf */
} behov_word_entry;

/* Of each word, sorted by key from 1 on. */
extern const behov_word_entry behov_word_table[BEHOV_N_WORDS];

#endif
