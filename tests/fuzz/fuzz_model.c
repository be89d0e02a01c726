/* fuzz_model.c - any bytes as a model file.
 *
 * A failure names a code and a sentence. A model has a formula; its limits are in order, and those of a column are what
 * the file was accepted for; its proxies end. Anything else aborts. */
#include "fuzz_target.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include "read_model.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[] = "/tmp/behov-fuzz-model-XXXXXX";
    fuzz_write_file(path, 0, data, size);
    behov_model model;
    behov_error err = {.code = BEHOV_OK};
    behov_status status = read_model(path, &model, &err);
    unlink(path);
    if (status) {
        REQUIRE(err.code == status && err.what[0]);
        behov_model_free(&model);
        return 0;
    }
    REQUIRE(model.formula != NULL);
    for (size_t i = 0; i < model.n_limits; i++) {
        behov_model_limits limits = behov_model_limits_of(&model, model.limits[i].key);
        REQUIRE(!(limits.low > limits.high) && !isinf(limits.low) && !isinf(limits.high));
        REQUIRE(limits.is_whole || !isnan(limits.low) || !isnan(limits.high) || model.limits[i].value[0] == '.');
    }
    for (behov_language lang = BEHOV_LANGUAGE_NB; lang <= BEHOV_LANGUAGE_EN; lang++) {
        size_t n = 0;
        for (; behov_model_proxy(&model, lang, n); n++)
            REQUIRE(behov_model_proxy(&model, lang, n)->value != NULL);
        REQUIRE(n <= model.n_proxies[0] + model.n_proxies[1]);
        for (size_t i = 0; i < model.n_units[lang]; i++)
            REQUIRE(behov_model_unit(&model, lang, model.units[lang][i].key) == model.units[lang][i].value);
    }
    behov_model_free(&model);
    return 0;
}
