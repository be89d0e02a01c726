/* test_system_reason.c - what the system refused is said in words that have a language; English is the C library's. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <behov/phrase.h>
#include <errno.h>
#include <string.h>

#include "system_reason.h"

static void english_is_what_the_library_says(void **state)
{
    static const int codes[] = {EACCES, EAGAIN,       EBUSY,  EEXIST,    EINVAL,  EIO,     EISDIR,    ELOOP,
                                EMFILE, ENAMETOOLONG, ENFILE, ENOENT,    ENOMEM,  ENOTDIR, ENOTEMPTY, ENXIO,
                                EPERM,  ESPIPE,       ESTALE, ETIMEDOUT, ETXTBSY, EXDEV};
    (void)state;
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        char english[200];
        behov_phrase_parts parts;
        assert_true(behov_phrase_begins(system_reason(codes[i]), &parts));
        behov_phrase_english(system_reason(codes[i]), sizeof english, english);
        assert_string_equal(english, strerror(codes[i]));
    }
}

static void a_code_without_a_word_is_the_systems(void **state)
{
    (void)state;
    assert_string_equal(system_reason(EILSEQ), strerror(EILSEQ));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(english_is_what_the_library_says),
        cmocka_unit_test(a_code_without_a_word_is_the_systems),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
