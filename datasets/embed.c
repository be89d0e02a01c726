/* embed.c - files as a C source: `embed OUT LIST NAME=PATH ...` writes the bytes of each under its name, as LIST_bytes and
 * n_LIST_bytes: the bundled data for datasets.c of the program, templates for the notebooks. Run by the build. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void fail(const char *subject, const char *path)
{
    fprintf(stderr, "embed: %s %s\n", subject, path);
    exit(1);
}

/* Writes the bytes as an array; returns how many there are. */
static size_t write_array(FILE *out, size_t i, const char *path)
{
    FILE *file = fopen(path, "rb");
    size_t n = 0;
    if (!file)
        fail("cannot open", path);
    fprintf(out, "static const unsigned char file_%lu[] = {", (unsigned long)i);
    for (int byte; (byte = getc(file)) != EOF; n++)
        fprintf(out, "%s%d,", n % 32 ? "" : "\n", byte);
    fprintf(out, "0};\n"); /* an empty file has an array too */
    if (ferror(file))
        fail("cannot read", path);
    fclose(file);
    return n;
}

int main(int n_arguments, char **arguments)
{
    if (n_arguments < 3)
        fail("usage:", "embed OUT NAME=PATH ...");
    FILE *out = fopen(arguments[1], "wb");
    size_t *sizes = calloc((size_t)n_arguments, sizeof *sizes);
    if (!out || !sizes)
        fail("cannot write", arguments[1]);
    fprintf(out,
            "/* Made by datasets/embed.c from files of the sources. */\n#include \"datasets.h\"\n"
            "extern const dataset_bytes %s_bytes[];\nextern const size_t n_%s_bytes;\n\n",
            arguments[2], arguments[2]);
    for (int i = 3; i < n_arguments; i++) {
        const char *equals = strchr(arguments[i], '=');
        if (!equals)
            fail("no NAME=PATH:", arguments[i]);
        sizes[i] = write_array(out, (size_t)i - 3, equals + 1);
    }
    fprintf(out, "\nconst dataset_bytes %s_bytes[] = {\n", arguments[2]);
    for (int i = 3; i < n_arguments; i++)
        fprintf(out, "    {\"%.*s\", file_%d, %lu},\n", (int)(strchr(arguments[i], '=') - arguments[i]), arguments[i],
                i - 3, (unsigned long)sizes[i]);
    fprintf(out, "};\nconst size_t n_%s_bytes = %d;\n", arguments[2], n_arguments - 3);
    free(sizes);
    if (fclose(out) != 0)
        fail("cannot write", arguments[1]);
    return 0;
}
