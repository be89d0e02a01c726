/* fuzz_model.c - any bytes as a model file.
 *
 * A failure names a code and a sentence. A model has a formula; its limits are in order, and those of a column are what
 * the file was accepted for; its proxies end. Anything else aborts. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include "read_model.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(int is_true)
{
    if (!is_true)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[] = "/tmp/behov-fuzz-model-XXXXXX";
    int file = mkstemp(path);
    require(file >= 0 && write(file, data, size) == (ssize_t)size);
    close(file);
    model read;
    behov_error err = {.code = BEHOV_OK};
    behov_status status = read_model(path, &read, &err);
    unlink(path);
    if (status) {
        require(err.code == status && err.what[0]);
        model_free(&read);
        return 0;
    }
    require(read.formula != NULL);
    for (size_t i = 0; i < read.n_limits; i++) {
        model_limits limits = model_limits_of(&read, read.limits[i].key);
        require(!(limits.low > limits.high) && !isinf(limits.low) && !isinf(limits.high));
        require(limits.is_whole || !isnan(limits.low) || !isnan(limits.high) || read.limits[i].value[0] == '.');
    }
    for (behov_language lang = LANGUAGE_NB; lang <= LANGUAGE_EN; lang++) {
        size_t n = 0;
        for (; model_proxy(&read, lang, n); n++)
            require(model_proxy(&read, lang, n)->value != NULL);
        require(n <= read.n_proxies[0] + read.n_proxies[1]);
        for (size_t i = 0; i < read.n_units[lang]; i++)
            require(model_unit(&read, lang, read.units[lang][i].key) == read.units[lang][i].value);
    }
    model_free(&read);
    return 0;
}
