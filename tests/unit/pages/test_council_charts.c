/* test_council_charts.c - the pictures of a council's page: places computed by hand, texts that keep apart and within the
 * narrowest page, figures that are not there, names that are markup, and without memory.
 *
 * With BEHOV_COUNCIL_CHARTS=FILE it writes a page of them all, to be looked at. Its figures are simulated. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "effort.h"
#include "failing_malloc.h"
#include "font_advances.h"
#include <behov/council_charts.h>

enum { N = 424, FRAME = 288, SERIES_PLOT = 142, SERIES_NAMES = 112, LONG = 4000 };

static behov_error err;

/* ---- a picture as a tree ------------------------------------------------------------------------------------------ */

typedef struct tree {
    xmlDoc *document;
    xmlXPathContext *paths;
    char *text;
    size_t length;
} tree;

static tree parsed(behov_wording *words)
{
    tree parts = {.length = words->length};
    assert_int_equal(behov_wording_status(words, &err), BEHOV_OK);
    behov_wording whole = {0};
    behov_wording_print(&whole, "<div>%s</div>", behov_wording_text(words));
    parts.text = strdup(behov_wording_text(&whole));
    parts.document = xmlReadMemory(whole.text, (int)whole.length, "picture", "UTF-8", XML_PARSE_NONET);
    assert_non_null(parts.document);
    parts.paths = xmlXPathNewContext(parts.document);
    assert_null(strstr(parts.text, "nan"));
    assert_null(strstr(parts.text, "inf\""));
    assert_null(strstr(parts.text, "inf%"));
    assert_null(strstr(parts.text, "-0%"));
    assert_null(strstr(parts.text, " style="));
    behov_wording_free(&whole);
    behov_wording_free(words);
    return parts;
}

static void tree_free(tree *parts)
{
    xmlXPathFreeContext(parts->paths);
    xmlFreeDoc(parts->document);
    free(parts->text);
}

static xmlXPathObject *found(const tree *parts, const char *path)
{
    xmlXPathObject *answer = xmlXPathEvalExpression((const xmlChar *)path, parts->paths);
    assert_non_null(answer);
    return answer;
}

static size_t count(const tree *parts, const char *path)
{
    xmlXPathObject *answer = found(parts, path);
    size_t n = answer->nodesetval ? (size_t)answer->nodesetval->nodeNr : 0;
    xmlXPathFreeObject(answer);
    return n;
}

/* string(PATH) in a buffer of its own */
static const char *string(const tree *parts, const char *path)
{
    static char text[20000];
    char whole[400];
    snprintf(whole, sizeof whole, "string(%s)", path);
    xmlXPathObject *answer = found(parts, whole);
    snprintf(text, sizeof text, "%s", (const char *)answer->stringval);
    xmlXPathFreeObject(answer);
    return text;
}

static void is(const tree *parts, const char *path, const char *expected)
{
    assert_string_equal(string(parts, path), expected);
}

/* ---- where texts stand ------------------------------------------------------------------------------------------- */

typedef struct box {
    double left, right, top, bottom;
    char text[60];
} box;

static double attribute(xmlNode *node, const char *name, double whole)
{
    xmlChar *text = xmlGetProp(node, (const xmlChar *)name);
    if (!text)
        return 0;
    double value = strtod((const char *)text, NULL);
    if (strchr((const char *)text, '%'))
        value = value / 100 * whole;
    xmlFree(text);
    return value;
}

static bool has_class(xmlNode *node, const char *name)
{
    char *text = (char *)xmlGetProp(node, (const xmlChar *)"class"), padded[80], wanted[20];
    snprintf(padded, sizeof padded, " %s ", text ? text : "");
    snprintf(wanted, sizeof wanted, " %s ", name);
    xmlFree(text);
    return strstr(padded, wanted) != NULL;
}

static box box_of(xmlNode *node, double width, double height)
{
    char *text = (char *)xmlNodeGetContent(node);
    double size = has_class(node, "x") ? 22 : has_class(node, "l") ? 15 : 13;
    bool is_bold = has_class(node, "s") || has_class(node, "x");
    double wide = behov_font_advances_measure(NULL, text, size, is_bold);
    double x = attribute(node, "x", width) + attribute(node, "dx", width);
    double y = attribute(node, "y", height) + attribute(node, "dy", height);
    double left = has_class(node, "e") ? x - wide : has_class(node, "m") ? x - wide / 2 : x;
    box place = {left, left + wide, y - 0.75 * size, y + 0.2 * size, ""};
    snprintf(place.text, sizeof place.text, "%s", text);
    xmlFree(text);
    return place;
}

/* No two texts of a picture cover each other, and all are within its width and `beyond` more, of those that are shown on
 * a page of 320 pixels. */
static void keeps_apart(const tree *parts, const char *path, double width, double height, double beyond)
{
    box boxes[200];
    size_t n = 0;
    char texts[400];
    snprintf(texts, sizeof texts, "%s//text", path);
    xmlXPathObject *answer = found(parts, texts);
    for (int i = 0; answer->nodesetval && i < answer->nodesetval->nodeNr; i++) {
        xmlNode *node = answer->nodesetval->nodeTab[i];
        if (has_class(node, "wd"))
            continue;
        assert_true(n < 200);
        boxes[n] = box_of(node, width, height);
        if (boxes[n].left < -beyond - 0.6 || boxes[n].right > width + beyond + 0.6)
            fail_msg("\"%s\" from %g to %g in %g", boxes[n].text, boxes[n].left, boxes[n].right, width);
        for (size_t j = 0; j < n; j++) {
            double across = fmin(boxes[n].right, boxes[j].right) - fmax(boxes[n].left, boxes[j].left),
                   down = fmin(boxes[n].bottom, boxes[j].bottom) - fmax(boxes[n].top, boxes[j].top);
            if (across > 0.5 && down > 0.5)
                fail_msg("\"%s\" (%g-%g, %g-%g) covers \"%s\" (%g-%g, %g-%g)", boxes[n].text, boxes[n].left,
                         boxes[n].right, boxes[n].top, boxes[n].bottom, boxes[j].text, boxes[j].left, boxes[j].right,
                         boxes[j].top, boxes[j].bottom);
        }
        n++;
    }
    xmlXPathFreeObject(answer);
}

/* ---- figures ------------------------------------------------------------------------------------------------------ */

static behov_council_figure figure_of(const char *id, const char *title)
{
    return (behov_council_figure){.id = id,
                                  .title = title,
                                  .unit = "Forholdstall, 100 = som beregnet",
                                  .description = "Hele bildet i ord.",
                                  .source = "90 % intervaller · behov",
                                  .is_simulated = true};
}

/* Those of the design's page: Vestvågøy 2016, simulated. */
static behov_council_interval usual_interval(void)
{
    return (behov_council_interval){.figure = figure_of("svar", "Året 2016 ligger under 100"),
                                    .year = {"Bare 2016", 80, 77, 84},
                                    .level = {"Nivået framover, trolig mellom 79 og 103", 91, 79, 103},
                                    .country = {"Landet, 2016", 102, NAN, NAN},
                                    .group = {"Nordland, 2016", 107, NAN, NAN}};
}

static void interval_by_hand(void **state)
{
    (void)state;
    behov_wording out = {0};
    behov_council_interval chart = usual_interval();
    behov_council_interval_add(&chart, &out);
    tree parts = parsed(&out);
    /* the axis stays 60 to 140: 77 lies at 17/80, 84 - 77 are 7/80, 80 lies at 20/80, 79 at 19/80, 24/80 wide; 91 at 31/80;
     * 102 at 42/80, 107 at 47/80 */
    is(&parts, "//rect[@class='br'][1]/@x", "21.25%");
    is(&parts, "//rect[@class='br'][1]/@width", "8.75%");
    is(&parts, "//circle[@class='own']/@cx", "25%");
    is(&parts, "//rect[@class='br'][2]/@x", "23.75%");
    is(&parts, "//rect[@class='br'][2]/@width", "30%");
    is(&parts, "//rect[@class='own']/@x", "38.75%");
    is(&parts, "//circle[@class='oth']/@cx", "52.5%");
    is(&parts, "//svg/svg/@x", "58.75%");
    is(&parts, "//line[@class='h']/@x1", "50%");
    is(&parts, "//text[.='80'][1]/@x", "30%"); /* after 84 */
    is(&parts, "//text[@class='x e']", "79");
    is(&parts, "//text[@class='x']", "103");
    assert_int_equal(count(&parts, "//figure[@class='ch ch-i'][@id='svar']/figcaption/h3[@id='svar-title']"), 1);
    is(&parts, "//svg[@role='img']/@aria-labelledby", "svar-title");
    is(&parts, "//*[@id=//svg[@role='img']/@aria-describedby]", "Hele bildet i ord.");
    is(&parts, "//p[@class='ch-s']", "Simulerte tall · 90 % intervaller · behov");
    keeps_apart(&parts, "//svg[@role='img']", FRAME, 300, 0);
    tree_free(&parts);
}

static void interval_at_its_limits(void **state)
{
    (void)state;
    char name[LONG + 1];
    memset(name, 'W', LONG);
    memcpy(name, "<script>", 8);
    name[LONG] = '\0';
    const double ratios[] = {-40, 0, 3, 59, 60, 75, 99.6, 100, 101, 125, 140, 180, 249, 900, 1e7, NAN, INFINITY};
    const double halves[] = {0, 0.4, 6, 30, 90, 450, NAN};
    const size_t n = sizeof ratios / sizeof *ratios, n_halves = sizeof halves / sizeof *halves;
    const size_t stride = n / effort(n);
    for (size_t i = 0; i < n; i++)
        for (size_t j = i % stride; j < n; j += stride)
            for (size_t k = 0; k < n_halves; k++)
                for (int kind = 0; kind < 3; kind++) {
                    behov_council_interval chart = usual_interval();
                    double half = halves[k];
                    chart.year = (behov_council_level){kind == 1 ? name : "Bare 2016", ratios[i], ratios[i] - half,
                                                       ratios[i] + half};
                    chart.level = (behov_council_level){kind == 1 ? name : chart.level.name, ratios[j],
                                                        ratios[j] - half, ratios[j] + half};
                    chart.country.ratio = ratios[j];
                    chart.group = (behov_council_level){kind == 2   ? NULL
                                                        : kind == 1 ? name
                                                                    : "Møre og Romsdal, 2016",
                                                        ratios[i], NAN, NAN};
                    behov_wording out = {0};
                    behov_council_interval_add(&chart, &out);
                    tree parts = parsed(&out);
                    keeps_apart(&parts, "//svg[@role='img']", FRAME, 300, 0);
                    assert_null(strstr(parts.text, "<script"));
                    tree_free(&parts);
                }
}

enum { MOST_YEARS = 30 };

static void fill_years(behov_council_year years[MOST_YEARS], size_t n)
{
    for (size_t i = 0; i < n; i++)
        years[i] = (behov_council_year){.year = 2016 + 1 - (int)n + (int)i,
                                        .ratio = 80 + 10 * sin((double)i),
                                        .low = 76 + 10 * sin((double)i),
                                        .high = 84 + 10 * sin((double)i),
                                        .level = 91,
                                        .level_low = 79,
                                        .level_high = 103,
                                        .country = 100 + (double)(i % 3),
                                        .group = 104 + 3 * cos((double)i)};
}

static behov_council_series usual_series(const behov_council_year *years, size_t n)
{
    return (behov_council_series){.figure = figure_of("aar", "Forholdstallet falt"),
                                  .years = years,
                                  .n = n,
                                  .own_name = "Vestvågøy",
                                  .level_name = "Nivået framover",
                                  .country_name = "Landet",
                                  .group_name = "Nordland"};
}

static void series_by_hand(void **state)
{
    (void)state;
    const behov_council_year years[] = {{2015, 90, 85, 95, 91, 80, 104, 100, 108},
                                        {2016, 80, 77, 84, 91, 80, 104, 102, 107}};
    behov_wording out = {0};
    behov_council_series chart = usual_series(years, 2);
    behov_council_series_add(&chart, &out);
    tree parts = parsed(&out);
    /* 77 to 108: steps of 10, so 70 to 110; two years stand at 3 and 97 per cent; (110 - 90) / 40 = 50 %, (110 - 80) / 40 =
     * 75 %; the band from (110 - 104) / 40 = 0.15 to 0.75 */
    is(&parts, "//circle[1]/@cx", "3%");
    is(&parts, "//circle[1]/@cy", "50%");
    is(&parts, "//circle[2]/@cx", "97%");
    is(&parts, "//circle[2]/@cy", "75%");
    is(&parts, "//path[@class='bnd']/@d", "M30 150L970 150L970 750L30 750Z");
    is(&parts, "//path[@class='ol']/@d", "M30 500L970 750");
    is(&parts, "//path[@class='eb']/@d", "M30 625V375M970 825V650");
    is(&parts, "//line[@class='h']/@y1", "25%");
    is(&parts, "//svg[1]/text[@class='s e']", "100");
    assert_int_equal(count(&parts, "//svg[1]/text"), 5); /* 70, 80 ... 110 */
    is(&parts, "//svg[3]/text[@class='s']", "Vestvågøy 80");
    tree_free(&parts);
}

static void series_at_its_limits(void **state)
{
    (void)state;
    char name[LONG + 1];
    memset(name, 'W', LONG);
    name[LONG] = '\0';
    const size_t lengths[] = {0, 1, 2, 3, 5, 6, 8, 13, 30};
    const double odd[] = {NAN, 900, -60, 1e9, 80};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++)
        for (size_t j = 0; j < sizeof odd / sizeof *odd; j++)
            for (int kind = 0; kind < 5; kind++) {
                behov_council_year years[MOST_YEARS];
                size_t n = lengths[i];
                fill_years(years, n);
                if (n)
                    years[n / 2].ratio = years[n / 2].low = years[n / 2].high = odd[j];
                for (size_t k = 0; kind == 2 && k < n; k++) /* all equal */
                    years[k] = (behov_council_year){2000 + (int)k, 100, 100, 100, 100, 100, 100, 100, 100};
                for (size_t k = 0; kind == 3 && k < n; k++) /* nothing at all */
                    years[k] = (behov_council_year){0, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN};
                behov_council_series chart = usual_series(years, n);
                chart.own_name = kind == 1 ? name : chart.own_name;
                chart.group_name = kind == 1 ? name : kind == 4 ? NULL : "Møre og Romsdal fylkeskommune";
                behov_wording out = {0};
                behov_council_series_add(&chart, &out);
                tree parts = parsed(&out);
                bool is_wide = count(&parts, "//div[@class='ch-y ch-y4']");
                keeps_apart(&parts, "//div/figure/div/svg[1]", is_wide ? 44 : 34, 230, 0);
                keeps_apart(&parts, "//div/figure/div/svg[2]", SERIES_PLOT - (is_wide ? 10 : 0), 230, 18);
                keeps_apart(&parts, "//div/figure/div/svg[3]", SERIES_NAMES, 230, 0);
                tree_free(&parts);
            }
}

static behov_council_waterfall usual_waterfall(const behov_council_step *steps, size_t n)
{
    return (behov_council_waterfall){.figure = figure_of("hvorfor", "Beregnet behov er 213 kroner høyere enn i landet"),
                                     .steps = steps,
                                     .n = n,
                                     .name_heading = "Kjennetegn",
                                     .kr_heading = "Kr",
                                     .own_heading = "Vestvågøy",
                                     .country_heading = "Landet"};
}

static void waterfall_by_hand(void **state)
{
    (void)state;
    const behov_council_step steps[] = {{"Landet", 2300, true, NULL, NULL},
                                        {"Uføre 18–49 år", -170, false, "0,96 %", "1,57 %"},
                                        {"Flyktninger", 337, false, "0,44 %", "0,26 %"},
                                        {"Uendret", 0.2, false, "1", "1"},
                                        {"Vestvågøy", 2467, true, NULL, NULL}};
    behov_wording out = {0};
    behov_council_waterfall chart = usual_waterfall(steps, 5);
    behov_council_waterfall_add(&chart, &out);
    tree parts = parsed(&out);
    /* 2130 to 2467.2: steps of 100, so 2100 to 2500; 2130 lies at 30/400, 170/400 wide; 337/400 wide */
    is(&parts, "//tbody/tr[1]//circle/@cx", "50%");
    is(&parts, "//tbody/tr[2]//rect[@class='dn']/@x", "7.5%");
    is(&parts, "//tbody/tr[2]//rect[@class='dn']/@width", "42.5%");
    is(&parts, "//tbody/tr[3]//rect[@class='up']/@x", "7.5%");
    is(&parts, "//tbody/tr[3]//rect[@class='up']/@width", "84.25%");
    is(&parts, "//tbody/tr[2]//path[@class='ax']/@d", "M500 0v500M75 500v500");
    is(&parts, "//tbody/tr[2]/td[2]", "−170");
    is(&parts, "//tbody/tr[3]/td[2]", "+337");
    is(&parts, "//tbody/tr[4]/td[2]", "0");
    is(&parts, "//tbody/tr[5]/td[2]", "2\u00a0467");
    is(&parts, "//tbody/tr[2]/th[@scope='row']", "Uføre 18–49 år");
    is(&parts, "//tbody/tr[2]/td[3][@class='wide']", "0,96 %");
    assert_int_equal(count(&parts, "//thead//th[@scope='col']"), 5);
    assert_int_equal(count(&parts, "//tbody/tr"), 5);
    keeps_apart(&parts, "//thead//svg", 84, 16, 0);
    tree_free(&parts);
}

static void waterfall_at_its_limits(void **state)
{
    (void)state;
    char name[LONG + 1];
    memset(name, '&', LONG);
    name[LONG] = '\0';
    const behov_council_step steps[] = {{name, 0, true, NULL, NULL},      {name, NAN, false, name, name},
                                        {"a", 0, false, NULL, NULL},      {"b", -90000, false, NULL, NULL},
                                        {"c", 250000, false, NULL, NULL}, {"d", INFINITY, true, NULL, NULL}};
    const size_t starts[] = {0, 0, 0, 1, 2, 3, 4, 5}, ends[] = {0, 1, 6, 2, 3, 6, 5, 6};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        behov_wording out = {0};
        behov_council_waterfall chart = usual_waterfall(steps + starts[i], ends[i] - starts[i]);
        chart.own_heading = chart.country_heading = NULL;
        behov_council_waterfall_add(&chart, &out);
        tree parts = parsed(&out);
        assert_int_equal(count(&parts, "//tbody/tr"), ends[i] - starts[i]);
        keeps_apart(&parts, "//thead//svg", 84, 16, 0);
        tree_free(&parts);
    }
}

/* ---- many municipalities ---------------------------------------------------------------------------------------- */

static double next_uniform(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (double)(*state >> 11) / 9007199254740992.0;
}

/* s0^2 = 0.01, s1^2 = 40 per person, lasting 0.04; need 1: chance alone has 100 sqrt(0.01 + 40 / population). */
static behov_funnel usual_funnel(behov_funnel_point *points, size_t n, bool is_flat)
{
    uint64_t seed = 1;
    behov_funnel funnel = {
        .choices = {.level = 0.9},
        .variances = {.row = 0.01, .person = is_flat ? 0 : 40, .lasting = 0.04, .has_person = !is_flat},
        .is_flat = is_flat,
        .country_need = 1,
        .points = points,
        .n_points = n};
    for (size_t i = 0; i < n; i++) {
        double sum = 0;
        for (int k = 0; k < 12; k++)
            sum += next_uniform(&seed);
        points[i] = (behov_funnel_point){.population = pow(10, 2.3 + 3.5 * next_uniform(&seed)), .need = 1};
        points[i].ratio = 100 + 25 * (sum - 6);
        points[i].limits = behov_funnel_limits_at(&funnel, points[i].population, 1);
        const behov_funnel_limits *limits = &points[i].limits;
        points[i].side = points[i].ratio < limits->spread.low    ? BEHOV_BEYOND_BELOW
                         : points[i].ratio > limits->spread.high ? BEHOV_BEYOND_ABOVE
                         : points[i].ratio >= limits->chance.low && points[i].ratio <= limits->chance.high
                             ? BEHOV_WITHIN_CHANCE
                             : BEHOV_WITHIN_SPREAD;
        funnel.n_of_side[points[i].side]++;
    }
    return funnel;
}

static behov_council_funnel usual_funnel_chart(const behov_funnel *funnel, size_t own)
{
    return (behov_council_funnel){.figure = figure_of("trakt", "80 er innenfor det tilfeldigheter kan gi"),
                                  .funnel = funnel,
                                  .own = own,
                                  .own_name = "Vestvågøy"};
}

static void funnel_by_hand(void **state)
{
    (void)state;
    /* two municipalities of 100 and 10 000: two decades, 3 per cent of them more at each side: 1.94 to 4.06; 100 lies at
     * 0.06 / 2.12 = 2.83 %, 10 000 at 97.17 % */
    behov_funnel_point points[] = {{.population = 100, .need = 1, .ratio = 150},
                                   {.population = 10000, .need = 1, .ratio = 50}};
    behov_funnel funnel = {.choices = {.level = 0.9},
                           .variances = {.row = 0.01, .lasting = 0.03},
                           .is_flat = true,
                           .country_need = 1,
                           .points = points,
                           .n_points = 2,
                           .n_of_side = {1, 0, 1, 0}};
    behov_wording out = {0};
    behov_council_funnel chart = usual_funnel_chart(&funnel, 0);
    behov_council_funnel_add(&chart, &out);
    tree parts = parsed(&out);
    /* ratios and limits: 50 to 150, 4 per cent more: 46 to 154; 150 lies 4 / 108 down, 50 lies 104 / 108 */
    is(&parts, "//circle[@class='own']/@cx", "2.83%");
    is(&parts, "//circle[@class='own']/@cy", "3.7%");
    is(&parts, "//path[@class='pts']/@d", "M972 963h.01");
    is(&parts, "//svg[@role='img']/@data-x-low", "1.94");
    is(&parts, "//svg[@role='img']/@data-y-high", "154");
    /* chance: 100 -+ 1.6449 * 10 = 83.55 and 116.45, so 37.55 / 108 = 348 and 70.45 / 108 = 652 thousandths; with lasting
     * differences 100 -+ 1.6449 * 20 = 67.10 and 132.90: 195 and 805 */
    is(&parts, "//path[@class='bnd lt']/@d", "M0 348L1000 348L1000 652L0 652Z");
    is(&parts, "//path[@class='gl da2']/@d", "M0 195L1000 195M0 805L1000 805");
    assert_non_null(strstr(string(&parts, "//ul/li[1]"), "(1 av 2 kommuner innenfor)"));
    assert_non_null(strstr(string(&parts, "//ul/li[2]"), "(1 av 2 innenfor, 1 under, 0 over)"));
    assert_int_equal(count(&parts, "//circle[@id='trakt-pick'][@visibility='hidden']"), 1);
    keeps_apart(&parts, "//svg[@role='img']", FRAME, 300, 0);
    tree_free(&parts);
}

/* The limits narrow with population as the formula says, at both edges and in the middle. */
static void funnel_narrows(void **state)
{
    (void)state;
    static behov_funnel_point points[N];
    behov_funnel funnel = usual_funnel(points, N, false);
    behov_wording out = {0};
    behov_council_funnel chart = usual_funnel_chart(&funnel, 7);
    behov_council_funnel_add(&chart, &out);
    size_t length = out.length;
    tree parts = parsed(&out);
    assert_true(length <= 10000);
    double low = strtod(string(&parts, "//svg[@role='img']/@data-x-low"), NULL),
           high = strtod(string(&parts, "//svg[@role='img']/@data-x-high"), NULL),
           y_low = strtod(string(&parts, "//svg[@role='img']/@data-y-low"), NULL),
           y_high = strtod(string(&parts, "//svg[@role='img']/@data-y-high"), NULL);
    const char *path = string(&parts, "//path[@class='gl da2']/@d");
    for (int k = 0; k < 33; k++) { /* the upper of the outer limits comes first */
        char *next;
        double x = strtod(path + 1, &next), y = strtod(next, &next);
        double population = pow(10, low + x / 1000 * (high - low));
        double limit = 100 + 1.6448536 * 100 * sqrt(0.01 + 40 / population + 0.04);
        assert_true(fabs((y_high - limit) / (y_high - y_low) * 1000 - y) < 4); /* of x in thousandths */
        path = next;
    }
    tree_free(&parts);
}

static void funnel_at_its_limits(void **state)
{
    (void)state;
    char name[LONG + 1];
    memset(name, '"', LONG);
    name[LONG] = '\0';
    static behov_funnel_point points[N];
    const double ratios[] = {80, 900, -40, NAN, 100, 1e6}, populations[] = {15000, 200, 1e7};
    for (size_t n = 0; n < 4; n++)
        for (size_t i = 0; i < sizeof ratios / sizeof *ratios; i++)
            for (size_t j = 0; j < sizeof populations / sizeof *populations; j++)
                for (int kind = 0; kind < 4; kind++) {
                    const size_t sizes[] = {0, 1, 2, 60};
                    behov_funnel funnel = usual_funnel(points, sizes[n], kind & 1);
                    if (n) {
                        points[0].ratio = ratios[i];
                        points[0].population = populations[j];
                    }
                    behov_council_funnel chart = usual_funnel_chart(&funnel, kind == 3 ? (size_t)-1 : 0);
                    chart.own_name = kind & 2 ? name : NULL;
                    behov_wording out = {0};
                    behov_council_funnel_add(&chart, &out);
                    tree parts = parsed(&out);
                    if (n) {
                        keeps_apart(&parts, "//svg[@role='img']", FRAME, 300, 0);
                        assert_int_equal(count(&parts, "//circle[@class='own']"), kind != 3 && isfinite(ratios[i]));
                    }
                    tree_free(&parts);
                }
}

static void fill_places(behov_council_place *places, size_t n)
{
    uint64_t seed = 3;
    for (size_t i = 0; i < n; i++) {
        double rank = (double)((i * 171) % n + 1),
               half = 80 * next_uniform(&seed) * sqrt(rank / (double)n * (1 - rank / (double)n));
        places[i] = (behov_council_place){rank, fmax(1, round(rank - half)), fmin((double)n, round(rank + half))};
    }
}

static behov_council_ranks usual_ranks(const behov_council_place *places, size_t n, size_t own)
{
    return (behov_council_ranks){.figure = figure_of("plass", "Plassen kan være alt fra 159 til 334 av 424"),
                                 .places = places,
                                 .n = n,
                                 .own = own,
                                 .own_name = "Vestvågøy"};
}

static void ranks_by_hand(void **state)
{
    (void)state;
    const behov_council_place places[] = {{3, 2, 4}, {1, 1, 2}, {4, 4, 4}, {NAN, 1, 4}, {2, 1, 3}};
    behov_wording out = {0};
    behov_council_ranks chart = usual_ranks(places, 5, 0);
    behov_council_ranks_add(&chart, &out);
    tree parts = parsed(&out);
    is(&parts, "//path[@class='all']/@d", "M1 1H2M1 2H3M2 3H4M3.6 4H4.4");
    is(&parts, "//svg[@class='st']/@viewBox", "0.5 0.5 4 4");
    /* four have a place: the third stands at 2.5 / 4, its interval from 1.5 / 4 to 3.5 / 4 */
    is(&parts, "//circle[@class='own']/@cx", "62.5%");
    is(&parts, "//circle[@class='own']/@cy", "62.5%");
    is(&parts, "//line[@class='ol rl']/@x1", "37.5%");
    is(&parts, "//line[@class='ol rl']/@x2", "87.5%");
    is(&parts, "//rect[@class='bnd lt']/@width", "50%");
    is(&parts, "//svg[@role='img']/@data-n", "4");
    assert_int_equal(count(&parts, "//line[@id='plass-pick']"), 1);
    keeps_apart(&parts, "//svg[@role='img']", FRAME, 300, 0);
    tree_free(&parts);

    chart.is_withheld = true;
    behov_council_ranks_add(&chart, &out);
    parts = parsed(&out);
    assert_int_equal(count(&parts, "//circle"), 0);
    assert_int_equal(count(&parts, "//line[@class='wh rl da2']"), 1);
    tree_free(&parts);
}

static void ranks_at_their_limits(void **state)
{
    (void)state;
    char name[LONG + 1];
    memset(name, 'W', LONG);
    name[LONG] = '\0';
    static behov_council_place places[N];
    const size_t sizes[] = {0, 1, 2, 3, 10, N};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        for (size_t own = 0; own <= sizes[i]; own += (sizes[i] + 1) / effort(sizes[i] + 1))
            for (int kind = 0; kind < 3; kind++) {
                size_t n = sizes[i];
                fill_places(places, n);
                for (size_t k = 0; kind == 2 && k < n; k++) /* all alike */
                    places[k] = (behov_council_place){1, 1, (double)n};
                behov_council_ranks chart = usual_ranks(places, n, own);
                chart.own_name = kind == 1 ? name : chart.own_name;
                behov_wording out = {0};
                behov_council_ranks_add(&chart, &out);
                size_t length = out.length;
                tree parts = parsed(&out);
                keeps_apart(&parts, "//svg[@role='img']", FRAME, 300, 0);
                assert_true(length <= 8000);
                assert_int_equal(count(&parts, "//circle"), own < n);
                tree_free(&parts);
            }
}

/* ---- cells ------------------------------------------------------------------------------------------------------- */

static void bars_by_hand(void **state)
{
    (void)state;
    behov_wording out = {0};
    behov_council_bar_add(79, 103, false, &out); /* 39.5 and 51.5 of 100, in whole per cents */
    assert_string_equal(out.text, "<svg><rect x=40% width=12% /></svg>");
    behov_wording_clear(&out);
    behov_council_bar_add(44, 70, false, &out);
    assert_string_equal(out.text, "<svg class=u><rect x=22% width=13% /></svg>");
    behov_wording_clear(&out);
    behov_council_bar_add(150, 250, false, &out); /* beyond the scale: a gap before the edge */
    assert_string_equal(out.text, "<svg class=o><rect x=75% width=25% />"
                                  "<rect class=cut x=94% width=3% /></svg>");
    behov_wording_clear(&out);
    behov_council_bar_add(900, 901, true, &out); /* all beyond */
    assert_non_null(strstr(out.text, "class=own><rect x=99% width=1%"));
    behov_wording_clear(&out);
    behov_council_bar_add(-30, 20, false, &out);
    assert_non_null(strstr(out.text, "<rect x=0% width=10% /><rect class=cut x=3%"));
    behov_wording_clear(&out);
    behov_council_bar_add(NAN, 20, false, &out);
    behov_council_bar_add(20, INFINITY, false, &out);
    assert_string_equal(behov_wording_text(&out), "");
    behov_council_place_bar_add(159, 334, 424, true, &out); /* 158 / 424 and 334 / 424 */
    assert_string_equal(out.text, "<svg class=\"p own\"><rect x=37% width=42% /></svg>");
    behov_wording_clear(&out);
    behov_council_place_bar_add(1, 1, 1, false, &out);
    assert_string_equal(out.text, "<svg class=p><rect x=0% width=100% /></svg>");
    behov_wording_free(&out);
}

/* ---- texts ------------------------------------------------------------------------------------------------------- */

/* Markup, a mark of direction and a broken letter are shown, not obeyed. */
static void hostile_names(void **state)
{
    (void)state;
    const char *hostile = "<b>\"&\xe2\x80\xae\xff";
    behov_council_interval chart = usual_interval();
    chart.figure = (behov_council_figure){
        .id = "x\"y", .title = hostile, .unit = hostile, .description = hostile, .source = hostile, .heading = 2};
    chart.country.name = hostile;
    behov_wording out = {0};
    behov_council_interval_add(&chart, &out);
    tree parts = parsed(&out);
    is(&parts, "//h2", "<b>\"&\ufffd\ufffd");
    is(&parts, "//desc", "<b>\"&\ufffd\ufffd");
    assert_int_equal(count(&parts, "//b"), 0);
    assert_null(strstr(parts.text, "Simulerte"));
    tree_free(&parts);
}

static void speaks_english(void **state)
{
    (void)state;
    behov_council_interval chart = usual_interval();
    chart.figure.lang = BEHOV_LANGUAGE_EN;
    behov_wording out = {0};
    behov_council_interval_add(&chart, &out);
    tree parts = parsed(&out);
    assert_non_null(strstr(parts.text, "100 = as computed"));
    assert_non_null(strstr(parts.text, "<strong>Simulated figures</strong>"));
    tree_free(&parts);
}

static void the_style_is_plain(void **state)
{
    (void)state;
    const char *style = behov_council_charts_style();
    assert_non_null(strstr(style, "@media print{"));
    assert_non_null(strstr(style, "@media(prefers-contrast:more){"));
    assert_null(strstr(style, "/*"));
    assert_null(strstr(style, "url("));
    assert_null(strchr(style, '<'));
}

/* ---- all of them ------------------------------------------------------------------------------------------------- */

static void add_table(behov_wording *out, const behov_council_place *places)
{
    behov_wording_add(
        out, "<table class=\"demo\"><thead><tr><th>Kommune</th><th>Varig nivå</th><th>Bar</th><th>Plass</th></tr>"
             "</thead><tbody>\n");
    const double lows[] = {44, 102, 79, 95, -20, 160}, highs[] = {70, 137, 103, 116, 30, 320};
    for (size_t i = 0; i < 6; i++) {
        behov_wording_print(out, "<tr><th>Kommune %zu</th><td>%d–%d</td><td>", i, (int)lows[i], (int)highs[i]);
        behov_council_bar_add(lows[i], highs[i], i == 2, out);
        behov_wording_add(out, "</td><td>");
        behov_council_place_bar_add(places[i].low, places[i].high, N, i == 2, out);
        behov_wording_add(out, "</td></tr>\n");
    }
    behov_wording_add(out, "</tbody></table>\n");
}

static void add_all(behov_wording *out)
{
    static behov_funnel_point points[N], flat_points[N];
    static behov_council_place places[N];
    behov_council_year years[MOST_YEARS];
    const behov_council_step steps[] = {{"Landet", 2334, true, NULL, NULL},
                                        {"Uføre 18–49 år", -170, false, "0,96 %", "1,57 %"},
                                        {"Ikke-vestlige innvandrere", 168, false, "4,65 %", "3,42 %"},
                                        {"Nybosatte flyktninger", 137, false, "0,44 %", "0,26 %"},
                                        {"Fullført videregående opplæring", 80, false, "67,4 %", "72,4 %"},
                                        {"Opphopningsindeks", -63, false, "0,61", "1,02"},
                                        {"Urbanitetskriteriet", 54, false, "101 859", "365 441"},
                                        {"Vestvågøy", 2540, true, NULL, NULL}};
    fill_places(places, N);
    fill_years(years, 5);
    behov_council_interval interval = usual_interval();
    behov_council_series series = usual_series(years, 5);
    behov_council_waterfall waterfall = usual_waterfall(steps, sizeof steps / sizeof *steps);
    behov_funnel funnel = usual_funnel(points, N, false), flat = usual_funnel(flat_points, N, true);
    behov_council_funnel funnel_chart = usual_funnel_chart(&funnel, 7), flat_chart = usual_funnel_chart(&flat, 8);
    behov_council_ranks ranks = usual_ranks(places, N, 40);
    behov_council_interval_add(&interval, out);
    behov_council_series_add(&series, out);
    behov_council_waterfall_add(&waterfall, out);
    behov_council_funnel_add(&funnel_chart, out);
    behov_council_ranks_add(&ranks, out);
    add_table(out, places);
    interval.figure.id = "svar2", interval.year = (behov_council_level){"Bare 2016", 212, 180, 244};
    interval.level = (behov_council_level){"Nivået framover, trolig mellom 20 og 330", 175, 20, 330};
    interval.group.name = "Møre og Romsdal fylke og et langt navn, 2016";
    behov_council_interval_add(&interval, out);
    fill_years(years, MOST_YEARS);
    years[12].ratio = years[20].level_low = NAN;
    series = usual_series(years, MOST_YEARS);
    series.figure.id = "aar2", series.group_name = "Møre og Romsdal";
    behov_council_series_add(&series, out);
    flat_chart.figure.id = "trakt2", ranks.figure.id = "plass2", ranks.is_withheld = true;
    behov_council_funnel_add(&flat_chart, out);
    behov_council_ranks_add(&ranks, out);
}

static void a_page_to_look_at(void **state)
{
    (void)state;
    const char *path = getenv("BEHOV_COUNCIL_CHARTS");
    behov_wording out = {0};
    add_all(&out);
    assert_int_equal(behov_wording_status(&out, &err), BEHOV_OK);
    FILE *file = path ? fopen(path, "w") : NULL;
    if (file) {
        fprintf(
            file,
            "<!doctype html><html lang=\"nb\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
            "content=\"width=device-width\"><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
            "style-src 'unsafe-inline'\"><title>Simulerte tall</title><style>%s"
            "*{box-sizing:border-box}html{font:100%%/1.55 system-ui,sans-serif;background:var(--bg);color:var(--ink)}"
            "body{margin:0 auto;padding:16px;max-width:1120px;display:grid;gap:2rem}figure,table{min-width:0}"
            ".demo{width:100%%}.demo th,.demo td{text-align:left;font-weight:400;padding:.3rem}.demo td{width:30%%}"
            "@media(min-width:900px){body{grid-template-columns:1fr 1fr}}@media print{body{grid-template-columns:1fr "
            "1fr}}"
            "</style></head><body>\n%s</body></html>\n",
            behov_council_charts_style(), behov_wording_text(&out));
        fclose(file);
    }
    behov_wording_free(&out);
}

static void no_memory_is_told(void **state)
{
    (void)state;
    bool was_reached = true;
    for (size_t n = 1; was_reached; n++) {
        behov_wording out = {0};
        failing_malloc_start(n);
        add_all(&out);
        was_reached = failing_malloc_stop();
        behov_status status = behov_wording_status(&out, &err);
        behov_wording_free(&out);
        assert_int_equal(status, was_reached ? BEHOV_E_MEMORY : BEHOV_OK);
        n += n > 200 ? 7 : 0; /* the rest alike */
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(interval_by_hand),      cmocka_unit_test(interval_at_its_limits),
        cmocka_unit_test(series_by_hand),        cmocka_unit_test(series_at_its_limits),
        cmocka_unit_test(waterfall_by_hand),     cmocka_unit_test(waterfall_at_its_limits),
        cmocka_unit_test(funnel_by_hand),        cmocka_unit_test(funnel_narrows),
        cmocka_unit_test(funnel_at_its_limits),  cmocka_unit_test(ranks_by_hand),
        cmocka_unit_test(ranks_at_their_limits), cmocka_unit_test(bars_by_hand),
        cmocka_unit_test(hostile_names),         cmocka_unit_test(speaks_english),
        cmocka_unit_test(the_style_is_plain),    cmocka_unit_test(a_page_to_look_at),
        cmocka_unit_test(no_memory_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
