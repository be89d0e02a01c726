/* regressor.c - from the name of a regressor back to its term and levels.
 *
 * The components of a term are looked for one after another, each up to a colon, the last up to the end. The level of a
 * factor may hold colons, so every colon is tried as its end. Not here: other spellings of arithmetic. */
#include <behov/regressor.h>

#include <string.h>

/* A name of many colons against a term of many factors has more readings than anyone waits for. */
enum { MOST_STEPS = 10000 };

typedef struct reader {
    const behov_formula *formula;
    const char *name;
    behov_regressor regressor;
    size_t n_steps;
} reader;

/* Whether the components from `part` on are what stands from byte `index` on. */
static bool read_from(reader *r, size_t part, size_t index)
{
    behov_component piece = behov_formula_component(r->formula, r->regressor.term, part);
    size_t length = strlen(piece.name);
    bool is_last = part + 1 == r->regressor.n_parts;
    const char *text = r->name + index;
    if (r->n_steps++ > MOST_STEPS || strncmp(text, piece.name, length) != 0)
        return false;
    r->regressor.starts[part] = r->regressor.lengths[part] = 0;
    if (!piece.is_factor)
        return is_last ? text[length] == '\0' : text[length] == ':' && read_from(r, part + 1, index + length + 1);
    if (text[length] != '=')
        return false;
    size_t start = index + length + 1;
    if (is_last) {
        r->regressor.starts[part] = start;
        r->regressor.lengths[part] = strlen(r->name + start);
        return r->regressor.lengths[part] > 0;
    }
    for (const char *end = strchr(r->name + start, ':'); end; end = strchr(end + 1, ':')) {
        size_t n = (size_t)(end - r->name) - start;
        if (n && read_from(r, part + 1, start + n + 1)) {
            r->regressor.starts[part] = start;
            r->regressor.lengths[part] = n;
            return true;
        }
    }
    return false;
}

bool behov_regressor_read(const behov_formula *formula, const char *name, behov_regressor *regressor)
{
    reader r = {.formula = formula, .name = name};
    for (size_t term = behov_formula_n_terms(formula); term-- > 0;) { /* those of most components come last */
        r.regressor.term = term;
        r.regressor.n_parts = behov_formula_n_components(formula, term);
        if (r.regressor.n_parts > BEHOV_REGRESSOR_PARTS || !read_from(&r, 0, 0))
            continue;
        *regressor = r.regressor;
        return true;
    }
    return false;
}
