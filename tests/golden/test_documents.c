/* test_documents.c - the same sections as a workbook, LaTeX, Markdown, HTML, Word and plain text: read back and compared cell
 * by cell (compare_documents.py), and what happens when they cannot be written.
 *
 *     test_documents                  the tests
 *     test_documents --write FOLDER   only writes nb.* and en.* of every kind, for documents.sh */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "document.h"
#include "failing_malloc.h"

static behov_error err;
static char folder[] = "/tmp/behov-documents-XXXXXX";
static const char *const endings[] = {"xlsx", "tex", "md", "html", "txt", "docx"};
enum { N_ENDINGS = sizeof endings / sizeof endings[0] };

/* ---- sections that have everything ----------------------------------------------------------------------------- */

enum { N_TERMS = 16, N_MODELS = 2, N_COMPARED = 9, N_PLACES = 60, N_FACTS = 4, N_NARROW = 45 };

static const char *const terms[N_TERMS] = {
    "Konstantledd",
    "Andel uføre 18–49 år, ÆØÅ æøå",
    "I(population^1.2)",
    "a & b % c $ d # e _f_ {g} ~h~ ^i^ \\j",
    "<b>k</b> \"l\" 'm' | n > o `p`",
    "[q](r) *s* **t** [^u] @v :smile:",
    "-- w --- ... ,, <<x>> ?` !`",
    "1. ikke en liste",
    "- heller ikke",
    "# ingen overskrift",
    "$y^2$ &amp; http://z.no/_a_?b=c#d",
    "R² × 10³ − 5 ± 2 ≥ 1 · χ² → β̂",
    "Kárášjohka Porsáŋgu Guovdageaidnu čđŋšž «é» §",
    "to\nlinjer\tog tab \x01",
    "* stjerne først",
    "[klamme først]",
};
static double coefficients[N_TERMS] = {-2.45,   0.276, -2.05e-07, 1234.5,  0.99996, -0.0350, 12.34,  -1e-300,
                                       123456., 7,     -0.5,      3.14159, 2e15,    NAN,     0.0001, 5e-324};
static const char *const stars[N_TERMS] = {"***", "***", "**", "", "*", "", "", "***",
                                           "*",   "",    "**", "", "",  "", "", "*"};
static double standard_errors[N_TERMS] = {0.8,   0.035, 8.76e-08, 0.029, 0, 1e-300, 3, 4e-5,
                                          1e-12, 2.5,   0.1,      0.2,   1, 0.3,    1, 1};
static double t_values[N_TERMS] = {
    -3.0625, 7.8857142857142861, -2.34, 0.333333333333333315, NAN, INFINITY, -0.001, 1234.5, 1, 2, 3, 4, 5, 6, 7, 8};
static double p_values[N_TERMS] = {0.0022, 3e-15, 0.0193, 1,   0.001, 0,   0.00099, 0.9995,
                                   0.1,    0.2,   0.3,    0.4, 0.5,   0.6, 0.7,     0.8};
static double freedom[N_TERMS] = {1800, 1800, 12.5, 386, 386, 386, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10};

/* Two models side by side: coefficient, its error beneath, then N and R2. */
static const char *const compared_terms[N_COMPARED] = {
    "Andel uføre", "", "Urbanitetskriteriet", "", "Opphopningsindeks", "", "Standardfeil", "N", "Justert R²"};
static double compared[N_MODELS][N_COMPARED] = {{0.276, 0.035, -2.05e-07, 8.76e-08, -0.153, 0.036, NAN, 1935, 0.3349},
                                                {1.5, 0.25, -1.99e-07, 9.1e-08, NAN, NAN, NAN, 2120, 0.41}};
static const char *const compared_stars[N_MODELS][N_COMPARED] = {{"***", "", "**", "", "***", "", "", "", ""},
                                                                 {"***", "", "**", "", "", "", "", "", ""}};

static char place_names[N_PLACES][32];
static char place_codes[N_PLACES][8];
static double place[8][N_PLACES];

static const char *const facts[N_FACTS][3] = {
    {"Modell", "Proba 2017-08", ""},
    {"Formel",
     "net_expenditure ~ disabled_18_49 + I(population^1.2) + clustering_index + population_16_66 + "
     "non_western_immigrants + new_refugees + upper_secondary_completion + factor(year, ref = 2012)",
     ""},
    {"Faktisk", "Netto driftsutgifter per innbygger i regnskapet; 100 % av \"utgiftene\" & alt annet_med_streker.",
     "1000 kr per innbygger"},
    {"Tomt", "", ""},
};

static double narrow[N_NARROW];

typedef struct book {
    behov_report *reports[5];
    behov_section sections[5];
    const char *notes[8];
} book;

static void ok(behov_status status)
{
    if (status)
        fail_msg("%s: %s", err.where, err.what);
}

static void add_numbers(behov_report *report, const char *key, const char *words, behov_quantity quantity,
                        double *numbers)
{
    ok(behov_report_add_numbers(report, (behov_report_column){key, words, quantity}, numbers, false, &err));
}

static void add_texts(behov_report *report, const char *key, const char *words, behov_quantity quantity,
                      const char *const *texts, size_t n, size_t stride)
{
    ok(behov_report_add_texts(report, (behov_report_column){key, words, quantity}, &err));
    for (size_t i = 0; i < n; i++)
        ok(behov_report_set_text(report, behov_report_n_columns(report) - 1, i, texts[i * stride], &err));
}

static behov_report *make_regression(void)
{
    behov_report *report;
    ok(behov_report_new("regression", N_TERMS, NULL, &report, &err));
    add_texts(report, "term", "Ledd | [i] *formelen*", BEHOV_Q_TEXT, terms, N_TERMS, 1);
    add_numbers(report, "coefficient", "b_1 (100 %)", BEHOV_Q_COEFFICIENT, coefficients);
    add_texts(report, "stars", NULL, BEHOV_Q_STARS, stars, N_TERMS, 1);
    add_numbers(report, "standard_error", "Standardfeil", BEHOV_Q_STANDARD_ERROR, standard_errors);
    add_numbers(report, "t", "t-verdi", BEHOV_Q_T, t_values);
    add_numbers(report, "p", "p-verdi", BEHOV_Q_P, p_values);
    add_numbers(report, "dof", "Frihetsgrader", BEHOV_Q_DOF, freedom);
    ok(behov_report_set_strong(report, 1, 2, &err));
    ok(behov_report_set_strong(report, 3, 0, &err));
    ok(behov_report_set_strong(report, 0, 4, &err));
    return report;
}

static behov_report *make_comparison(void)
{
    behov_report *report;
    ok(behov_report_new("comparison", N_COMPARED, NULL, &report, &err));
    add_texts(report, "term", "Ledd", BEHOV_Q_TEXT, compared_terms, N_COMPARED, 1);
    static const char *const keys[N_MODELS][2] = {{"m1", "s1"}, {"m2", "s2"}};
    for (size_t m = 0; m < N_MODELS; m++) {
        add_numbers(report, keys[m][0], m ? "Klynger etter kommune" : "Klynger etter innbyggertall",
                    BEHOV_Q_COEFFICIENT, compared[m]);
        add_texts(report, keys[m][1], NULL, BEHOV_Q_STARS, compared_stars[m], N_COMPARED, 1);
        ok(behov_report_set_words(report, 1 + 2 * m, 6, m ? "CV3 & jackkniv" : "CV1", &err));
    }
    for (size_t i = 1; i < 6; i += 2)
        ok(behov_report_set_quantity(report, i, BEHOV_Q_ERROR_BENEATH, &err));
    ok(behov_report_set_quantity(report, 7, BEHOV_Q_COUNT, &err));
    ok(behov_report_set_quantity(report, 8, BEHOV_Q_SHARE, &err));
    ok(behov_report_set_strong(report, 1, 2, &err));
    ok(behov_report_set_strong(report, 3, 7, &err));
    ok(behov_report_set_strong(report, 0, 7, &err));
    return report;
}

static behov_report *make_places(void)
{
    const char *codes[N_PLACES], *names[N_PLACES];
    for (size_t i = 0; i < N_PLACES; i++) {
        snprintf(place_codes[i], sizeof place_codes[i], "%04zu", 101 + 31 * i);
        snprintf(place_names[i], sizeof place_names[i], "Bø & %zu_Våler", i);
        codes[i] = place_codes[i];
        names[i] = place_names[i];
        double x = (double)i;
        place[0][i] = 2016;
        place[1][i] = 208 + 1373 * x * x;
        place[2][i] = 0.75 + x / 64;
        place[3][i] = 0.5 + x / 128 - x * x / 4096;
        place[4][i] = i % 7 == 3 ? NAN : 90 + 37.25 * x;
        place[5][i] = i % 5 == 2 ? NAN : 100.04 - x / 16;
        place[6][i] = (x - 30) * 4321.75;
        place[7][i] = x + 1;
    }
    behov_report *report;
    ok(behov_report_new("municipalities", N_PLACES, NULL, &report, &err));
    add_texts(report, "municipality_code", NULL, BEHOV_Q_CODE, codes, N_PLACES, 1);
    add_texts(report, "municipality", NULL, BEHOV_Q_TEXT, names, N_PLACES, 1);
    add_numbers(report, "year", NULL, BEHOV_Q_YEAR, place[0]);
    add_numbers(report, "population", NULL, BEHOV_Q_COUNT, place[1]);
    add_numbers(report, "need", NULL, BEHOV_Q_OUTCOME, place[2]);
    add_numbers(report, "value", NULL, BEHOV_Q_VALUE, place[3]);
    add_numbers(report, "ratio_pct", NULL, BEHOV_Q_RATIO, place[4]);
    add_numbers(report, "index", "Indeks, landet = 100", BEHOV_Q_INDEX, place[5]);
    add_numbers(report, "gap_1000kr", NULL, BEHOV_Q_GAP, place[6]);
    add_numbers(report, "rank", "Rang", BEHOV_Q_RANK, place[7]);
    return report;
}

static behov_report *make_about(void)
{
    behov_report *report;
    ok(behov_report_new("about", N_FACTS, NULL, &report, &err));
    add_texts(report, "what", NULL, BEHOV_Q_TEXT, &facts[0][0], N_FACTS, 3);
    add_texts(report, "value", NULL, BEHOV_Q_TEXT, &facts[0][1], N_FACTS, 3);
    add_texts(report, "unit", NULL, BEHOV_Q_TEXT, &facts[0][2], N_FACTS, 3);
    return report;
}

/* Long, narrow, with a title wider than itself. */
static behov_report *make_narrow(void)
{
    for (size_t i = 0; i < N_NARROW; i++)
        narrow[i] = (double)i - 3.5;
    behov_report *report;
    ok(behov_report_new("narrow", N_NARROW, NULL, &report, &err));
    add_numbers(report, "x", "x", BEHOV_Q_VALUE, narrow);
    return report;
}

static void make_book(book *workbook)
{
    static const char *const notes[8] = {
        "Stjerner: * 10 %, ** 5 %, *** 1 %. |t*| > |t|; F(4, 12) = 2,5 & p < 0,001. \"Svakt\" -- 'uklart' ...",
        ("Table: ikke en overskrift, men en merknad som er så lang at den må brytes i flere linjer når den står i ren "
         "tekst, for linjer på over hundre tegn leses dårlig, og noen har smale skjermer."),
        "- en strek først; a) b) c)",
        "a) bokstav først",
        ": kolon først",
        "(1) tall i klammer",
        "+ pluss | strek ~ tilde ^ hatt # kors $ dollar $ @navn [lenke](mål) <ikke en merkelapp> &lt; {æ} \\slutt",
        "2016. Et tall med punktum.",
    };
    memcpy(workbook->notes, notes, sizeof notes);
    workbook->reports[0] = make_about();
    workbook->reports[1] = make_regression();
    workbook->reports[2] = make_comparison();
    workbook->reports[3] = make_places();
    workbook->reports[4] = make_narrow();
    static const struct {
        const char *name, *title, *subtitle;
        size_t n_frozen, n_notes;
        bool landscape;
    } plan[5] = {
        {"Om", "Om & hvordan_tallene er til", "Hva som er gjort.", 0, 0, false},
        {"Regresjon", "Regresjon: net_expenditure {#x} 100 % #", "Én linje <om> *leddene* & deres $feil$", 1, 8, true},
        {"Sammenligning", "Hva stjernene henger på", NULL, 1, 1, false},
        {"Kommuner", "Forhold mellom faktisk utgift og behov, æøå", "Én rad per kommune; 2016.", 2, 2, true},
        {"Små_tall",
         "En smal tabell med en overskrift som er mye bredere enn tabellen selv noen gang kan bli, for å se",
         "Og en undertittel.", 0, 2, false},
    };
    for (size_t i = 0; i < 5; i++)
        workbook->sections[i] = (behov_section){.name = plan[i].name,
                                                .title = plan[i].title,
                                                .subtitle = plan[i].subtitle,
                                                .table = workbook->reports[i],
                                                .table_name = plan[i].name,
                                                .n_frozen_columns = plan[i].n_frozen,
                                                .landscape = plan[i].landscape,
                                                .notes = workbook->notes,
                                                .n_notes = plan[i].n_notes};
}

static void free_book(book *workbook)
{
    for (size_t i = 0; i < 5; i++)
        behov_report_free(workbook->reports[i]);
}

static const behov_document_properties properties = {.title = "Utgiftsbehov & <utgifter>",
                                                     .subject = "Prøve \"2016\"",
                                                     .comments = "behov, til testing",
                                                     .created = 1795305600};

static behov_status write_to(const char *path, const book *workbook, behov_language lang)
{
    return document_write(path, workbook->sections, 5, &properties, lang, &err);
}

static void write_all(const char *out)
{
    book workbook;
    make_book(&workbook);
    for (size_t i = 0; i < N_ENDINGS; i++)
        for (int lang = 0; lang < 2; lang++) {
            char path[512];
            snprintf(path, sizeof path, "%s/%s.%s", out, lang ? "en" : "nb", endings[i]);
            ok(write_to(path, &workbook, (behov_language)lang));
        }
    free_book(&workbook);
}

/* ---- helpers ----------------------------------------------------------------------------------------------------- */

static void in_folder(const char *name, char path[128])
{
    snprintf(path, 128, "%s/%s", folder, name);
}

static void run(const char *command)
{
    if (system(command) != 0)
        fail_msg("failed: %s", command);
}

static char *read_bytes(const char *source, size_t *length)
{
    FILE *file = fopen(source, "rb");
    assert_non_null(file);
    fseek(file, 0, SEEK_END);
    *length = (size_t)ftell(file);
    rewind(file);
    char *bytes = malloc(*length + 1);
    assert_non_null(bytes);
    assert_int_equal(fread(bytes, 1, *length, file), *length);
    bytes[*length] = '\0';
    fclose(file);
    return bytes;
}

static void put_old(const char *cursor)
{
    FILE *file = fopen(cursor, "w");
    assert_non_null(file);
    fputs("old", file);
    fclose(file);
}

static void assert_old(const char *cursor)
{
    size_t length;
    char *bytes = read_bytes(cursor, &length);
    assert_string_equal(bytes, "old");
    free(bytes);
}

static int count_files(const char *input_text)
{
    int n = 0;
    DIR *opened = opendir(input_text);
    assert_non_null(opened);
    while (readdir(opened))
        n++;
    closedir(opened);
    return n - 2;
}

/* ---- tests ------------------------------------------------------------------------------------------------------- */

static void every_kind_has_the_same_cells(void **state)
{
    (void)state;
    write_all(folder);
    const char *source = getenv("BEHOV_SOURCE");
    char command[512];
    snprintf(command, sizeof command, "python3 '%s/tests/golden/compare_documents.py' --made '%s/nb' '%s/en'",
             source ? source : ".", folder, folder);
    run(command);
}

static void endings_are_read_without_case(void **state)
{
    (void)state;
    static const char *const known_text[] = {"a.xlsx", "a.TEX",    "b/a.Md",   "a.html",
                                             "a.htm",  ".x/a.txt", "a.b.XLSX", "a.DocX"};
    static const char *const unknown_text[] = {"a",  "a.csv", "a.json",  "a.tex/b", "a.tex ", "tex",
                                               "a.", "",      "a.latex", "a.doc",   "a.docm"};
    for (size_t i = 0; i < sizeof known_text / sizeof known_text[0]; i++)
        assert_true(document_is_known(known_text[i]));
    for (size_t i = 0; i < sizeof unknown_text / sizeof unknown_text[0]; i++)
        assert_false(document_is_known(unknown_text[i]));
    book workbook;
    make_book(&workbook);
    char path[128];
    in_folder("a.csv", path);
    assert_int_equal(write_to(path, &workbook, BEHOV_LANGUAGE_NB), BEHOV_E_ARGUMENT);
    assert_non_null(strstr(err.what, ".xlsx, .html, .docx, .tex, .md or .txt"));
    assert_int_not_equal(access(path, F_OK), 0);
    in_folder("a.htm", path);
    assert_int_equal(document_write(path, workbook.sections, 0, NULL, BEHOV_LANGUAGE_NB, &err), BEHOV_E_ARGUMENT);
    ok(document_write(path, workbook.sections, 1, NULL, BEHOV_LANGUAGE_NB,
                      &err)); /* without properties the title is the section's */
    size_t length;
    char *bytes = read_bytes(path, &length);
    assert_non_null(strstr(bytes, "<title>Om &amp; hvordan_tallene er til</title>"));
    assert_null(strstr(bytes, "<nav"));
    assert_null(strstr(bytes, "<footer"));
    free(bytes);
    unlink(path);
    behov_report *empty;
    ok(behov_report_new("empty", 0, NULL, &empty, &err));
    behov_section nothing = {.name = "Tom", .title = "Tom", .table = empty, .table_name = "Tom"};
    assert_int_equal(document_write(path, &nothing, 1, NULL, BEHOV_LANGUAGE_NB, &err), BEHOV_E_ARGUMENT);
    assert_string_equal(err.what, "the table has no columns");
    behov_report_free(empty);
    free_book(&workbook);
}

static void a_table_without_rows_is_a_table(void **state)
{
    (void)state;
    behov_report *empty;
    ok(behov_report_new("empty", 0, NULL, &empty, &err));
    add_numbers(empty, "x", "En kolonne", BEHOV_Q_VALUE, narrow);
    behov_section nothing = {.name = "Tom", .title = "Tom", .table = empty, .table_name = "Tom"};
    for (size_t i = 1; i < N_ENDINGS; i++) {
        char path[128], name[32];
        snprintf(name, sizeof name, "tom.%s", endings[i]);
        in_folder(name, path);
        ok(document_write(path, &nothing, 1, NULL, BEHOV_LANGUAGE_NB, &err));
        size_t length;
        char *bytes = read_bytes(path, &length);
        if (strcmp(endings[i], "docx") != 0) /* it is packed; compare_documents.py reads it */
            assert_non_null(strstr(bytes, "En kolonne"));
        free(bytes);
        unlink(path);
    }
    behov_report_free(empty);
}

static void anchors_are_ascii_and_unique(void **state)
{
    (void)state;
    book workbook;
    make_book(&workbook);
    workbook.sections[0].table_name = "Å";
    workbook.sections[1].table_name = "a";
    workbook.sections[2].table_name = "Små_kommuner_Æ.Ø";
    workbook.sections[3].table_name = "_";
    char path[128];
    in_folder("anchors.tex", path);
    ok(write_to(path, &workbook, BEHOV_LANGUAGE_NB));
    size_t length;
    char *bytes = read_bytes(path, &length);
    assert_non_null(strstr(bytes, "\\label{tab:a}"));
    assert_non_null(strstr(bytes, "\\label{tab:a--2}"));
    assert_non_null(strstr(bytes, "\\label{tab:sma-kommuner-ae-o}"));
    assert_non_null(strstr(bytes, "\\label{tab:section}"));
    free(bytes);
    unlink(path);
    in_folder("anchors.html", path);
    ok(write_to(path, &workbook, BEHOV_LANGUAGE_NB));
    bytes = read_bytes(path, &length);
    assert_non_null(strstr(bytes, "<section id=\"a--2\""));
    assert_non_null(strstr(bytes, "<a href=\"#a--2\">"));
    free(bytes);
    unlink(path);
    free_book(&workbook);
}

static void latex_has_true_minus_powers_and_stars(void **state)
{
    (void)state;
    char path[128];
    size_t length;
    in_folder("nb.tex", path);
    char *nb = read_bytes(path, &length);
    in_folder("en.tex", path);
    char *en = read_bytes(path, &length);
    assert_non_null(strstr(nb, "& $-$2,45 & $^{***}$ &"));
    assert_non_null(strstr(nb, "\\textbf{\\boldmath $-2{,}05\\cdot 10^{-7}$} & $^{**}$ &"));
    assert_non_null(strstr(en, "\\textbf{\\boldmath $-2.05\\cdot 10^{-7}$} & $^{**}$ &"));
    assert_non_null(strstr(nb, "($8{,}76\\cdot 10^{-8}$\\rlap{)}"));
    assert_non_null(strstr(nb, "(0,0350\\rlap{)}"));
    assert_non_null(strstr(nb, "r@{}l"));
    assert_non_null(strstr(nb, "{@{}llrrrrrrrr@{}}")); /* 60 rows: a longtable, all figures at the right */
    assert_non_null(strstr(nb, "p{0."));
    assert_non_null(strstr(nb, "\\label{tab:sma-tall}"));
    free(nb);
    free(en);
}

static void same_input_gives_the_same_bytes_under_every_locale(void **state)
{
    (void)state;
    static const char *const locales[] = {"C", "nb_NO.UTF-8", "de_DE.UTF-8"};
    book workbook;
    make_book(&workbook);
    for (size_t i = 0; i < N_ENDINGS; i++)
        for (size_t l = 0; l < sizeof locales / sizeof locales[0]; l++) {
            if (!setlocale(LC_ALL, locales[l]))
                continue;
            char first[128], again[128], name[32];
            size_t length[2];
            snprintf(name, sizeof name, "nb.%s", endings[i]);
            in_folder(name, first);
            snprintf(name, sizeof name, "again.%s", endings[i]);
            in_folder(name, again);
            ok(write_to(again, &workbook, BEHOV_LANGUAGE_NB));
            char *bytes[2] = {read_bytes(first, &length[0]), read_bytes(again, &length[1])};
            assert_int_equal(length[0], length[1]);
            assert_memory_equal(bytes[0], bytes[1], length[0]);
            free(bytes[0]);
            free(bytes[1]);
            unlink(again);
        }
    setlocale(LC_ALL, "C");
    free_book(&workbook);
}

static void a_failing_write_leaves_the_old_file_whole(void **state)
{
    (void)state;
    book workbook;
    make_book(&workbook);
    for (size_t i = 0; i < N_ENDINGS; i++) {
        char path[128], inside[200], name[32], link[128];
        snprintf(name, sizeof name, "old.%s", endings[i]);
        in_folder(name, path);
        put_old(path);
        int previous_number = count_files(folder);
        snprintf(inside, sizeof inside, "%s/out.%s", path, endings[i]); /* a file as a folder */
        assert_int_equal(write_to(inside, &workbook, BEHOV_LANGUAGE_NB), BEHOV_E_FILE);
        assert_non_null(strstr(err.what, "is a file, not a folder"));
        snprintf(name, sizeof name, "full.%s", endings[i]);
        in_folder(name, link);
        assert_int_equal(symlink("/dev/full", link), 0);
        assert_int_equal(write_to(link, &workbook, BEHOV_LANGUAGE_NB), BEHOV_E_FILE);
        assert_non_null(strstr(err.what, "the disk is full"));
        unlink(link);
        assert_int_equal(count_files(folder), previous_number);
        if (geteuid() != 0) {
            assert_int_equal(chmod(folder, 0500), 0);
            assert_int_equal(write_to(path, &workbook, BEHOV_LANGUAGE_NB), BEHOV_E_FILE);
            assert_int_equal(chmod(folder, 0700), 0);
        }
        assert_old(path);
        unlink(path);
    }
    free_book(&workbook);
}

/* A real full disk: a memory disk of 8 kB, when this test may mount one. */
static void a_full_disk_leaves_the_old_file_whole(void **state)
{
    (void)state;
    char disk[128], command[512];
    in_folder("disk", disk);
    snprintf(command, sizeof command, "mkdir '%s' && mount -t tmpfs -o size=8k tmpfs '%s' 2>/dev/null", disk, disk);
    if (system(command) != 0) {
        rmdir(disk);
        print_message("skipped: no right to mount a small disk here\n");
        skip();
    }
    book workbook;
    make_book(&workbook);
    bool is_told = true, is_whole = true;
    for (size_t i = 0; i < N_ENDINGS; i++) {
        char cursor[200];
        size_t length;
        snprintf(cursor, sizeof cursor, "%s/old.%s", disk, endings[i]);
        put_old(cursor);
        is_told = is_told && write_to(cursor, &workbook, BEHOV_LANGUAGE_NB) == BEHOV_E_FILE &&
                  strstr(err.what, "the disk is full");
        char *bytes = read_bytes(cursor, &length);
        is_whole = is_whole && strcmp(bytes, "old") == 0 && count_files(disk) == 1;
        free(bytes);
        unlink(cursor);
    }
    free_book(&workbook);
    snprintf(command, sizeof command, "umount '%s' && rmdir '%s'", disk, disk);
    run(command);
    assert_true(is_told);
    assert_true(is_whole);
}

static void memory_may_end_anywhere(void **state)
{
    (void)state;
    book workbook;
    make_book(&workbook);
    for (size_t i = 1; i < N_ENDINGS; i++) { /* the workbook has a test of its own */
        char path[128], name[32];
        snprintf(name, sizeof name, "old.%s", endings[i]);
        in_folder(name, path);
        put_old(path);
        int previous_number = count_files(folder);
        size_t n = 1;
        for (;; n++) {
            failing_malloc_start(n);
            behov_status status = write_to(path, &workbook, BEHOV_LANGUAGE_NB);
            /* What fails in the process that makes a Word document is not counted here. */
            if (!failing_malloc_stop() && (strcmp(endings[i], "docx") != 0 || !status)) {
                ok(status);
                break;
            }
            assert_int_equal(status, BEHOV_E_MEMORY);
            assert_old(path);
            assert_int_equal(count_files(folder), previous_number);
        }
        assert_true(n > 5); /* each section asked for memory */
        unlink(path);
    }
    free_book(&workbook);
}

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : 1;
}

static int remove_folder(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_ENDINGS; i++)
        for (int lang = 0; lang < 2; lang++) {
            char path[128];
            snprintf(path, sizeof path, "%s/%s.%s", folder, lang ? "en" : "nb", endings[i]);
            unlink(path);
        }
    return rmdir(folder); /* fails when something was left */
}

int main(int n_arguments, char **arguments)
{
    if (n_arguments == 3 && strcmp(arguments[1], "--write") == 0) {
        write_all(arguments[2]);
        return 0;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_has_the_same_cells),
        cmocka_unit_test(endings_are_read_without_case),
        cmocka_unit_test(a_table_without_rows_is_a_table),
        cmocka_unit_test(anchors_are_ascii_and_unique),
        cmocka_unit_test(latex_has_true_minus_powers_and_stars),
        cmocka_unit_test(same_input_gives_the_same_bytes_under_every_locale),
        cmocka_unit_test(a_failing_write_leaves_the_old_file_whole),
        cmocka_unit_test(a_full_disk_leaves_the_old_file_whole),
        cmocka_unit_test(memory_may_end_anywhere),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
