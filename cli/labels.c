/* labels.c - the words of the output in Norwegian (bokmål) and English, sorted by key.
 *
 * Keys are found by bisection, so the table must stay sorted by strcmp; tests/unit/test_labels.c checks that, and that
 * both languages have the same placeholders. What users wrote themselves (file names, column names without an entry
 * here) is not translated. Formatting of numbers is not here. */
#include "labels.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

typedef struct entry {
    const char *key, *words[2]; /* by language */
} entry;

/* clang-format off */
static const entry entries[] = {
    {"(Intercept)", {"Konstantledd", "Constant"}},
    {"I(population^1.2)", {"Urbanitetskriteriet (innbyggere^1,2)", "Urbanity criterion (inhabitants^1.2)"}},
    {"actual", {"Faktisk utgift (per innbygger)", "Actual expenditure (per inhabitant)"}},
    {"actual_explained",
     {"Faktisk: netto driftsutgifter per innbygger i regnskapet, 1000 kr.",
      "Actual: net operating expenditure per inhabitant in the accounts, 1000 kr."}},
    {"actual_other", {"Faktisk nivå", "Actual level"}},
    {"adj_r2", {"Justert R²", "Adjusted R²"}},
    {"bundled_data", {"simulert panel (følger med; ikke virkelige tall)", "simulated panel (bundled; not real data)"}},
    {"caption_coefficients", {"Koeff.", "Coeff."}},
    {"caption_data", {"Data", "Data"}},
    {"caption_errors", {"Std.feil", "Errors"}},
    {"caption_model", {"Modell", "Model"}},
    {"caution", {"Forbehold", "Caution"}},
    {"ci_high", {"{level} % intervall, øvre", "{level} % interval, upper"}},
    {"ci_low", {"{level} % intervall, nedre", "{level} % interval, lower"}},
    {"cluster", {"Klynger", "Clusters"}},
    {"clustering_index", {"Opphopningsindeks", "Clustering index"}},
    {"coefficient", {"Koeffisient", "Coefficient"}},
    {"coefficients_from", {"Koeffisienter fra", "Coefficients from"}},
    {"column", {"Kolonne", "Column"}},
    {"condition_number", {"Kondisjonstall", "Condition number"}},
    {"content", {"Innhold", "Content"}},
    {"created_at", {"Laget", "Made on"}},
    {"data_file", {"Datafil", "Data file"}},
    {"degree_of_freedom", {"frihetsgrad", "degree of freedom"}},
    {"degrees_of_freedom", {"frihetsgrader", "degrees of freedom"}},
    {"disabled_18_49", {"Andel uføre 18–49 år (pst.)", "Disabled aged 18–49 (per cent)"}},
    {"dof", {"Frihetsgrader", "Degrees of freedom"}},
    {"empty_cell", {"Tom celle", "Empty cell"}},
    {"errors_classical", {"klassiske; t-fordeling med {dof} {degrees}", "classical; t with {dof} {degrees}"}},
    {"errors_clustered",
     {"klyngerobuste ({kind}), {n} klynger etter {key}; t-fordeling med {dof} {degrees}",
      "cluster-robust ({kind}), {n} clusters of {key}; t with {dof} {degrees}"}},
    {"errors_robust",
     {"heteroskedastisitetsrobuste ({kind}); t-fordeling med {dof} {degrees}",
      "heteroskedasticity-robust ({kind}); t with {dof} {degrees}"}},
    {"estimated", {"inngår i estimeringen", "used in the estimation"}},
    {"estimated_on", {"Grunnlag", "Basis"}},
    {"estimated_on_rows", {"estimert på {n} rader", "estimated on {n} rows"}},
    {"estimator", {"Estimeringsmetode", "Estimator"}},
    {"excluded", {"Utelatt", "Left out"}},
    {"f", {"F", "F"}},
    {"formula", {"Formel", "Formula"}},
    {"gap", {"Avvik", "Gap"}},
    {"gap_1000kr", {"Avvik (1000 kr)", "Gap (1000 kr)"}},
    {"gap_explained",
     {"Avvik: faktisk utgift minus utgiftsbehov, ganget med innbyggertallet. Positivt avvik betyr at kommunen bruker mer enn beregnet behov.",
      "Gap: actual expenditure less expected need, times the number of inhabitants. A positive gap means that the municipality spends more than its expected need."}},
    {"how_to_read", {"Slik leses tallene", "How to read the figures"}},
    {"index", {"Indeks for utgiftsbehov (landet = 100)", "Index of need (country = 100)"}},
    {"index_explained",
     {"Indeks: utgiftsbehov per innbygger i forhold til landet, der landet er 100.",
      "Index: expected need per inhabitant against the country, where the country is 100."}},
    {"intercept", {"Konstantledd", "Constant"}},
    {"is_simulated", {"simulerte data, ikke virkelige tall", "simulated data, not real figures"}},
    {"item", {"Punkt", "Item"}},
    {"left_out", {"utelatt", "left out"}},
    {"left_out_collinear", {"utelatt: kollineær", "left out: collinear"}},
    {"limit_floor", {"eller under grensen", "the floor"}},
    {"limit_zero", {"null eller lavere", "zero"}},
    {"line", {"Linje", "Line"}},
    {"made_on", {"Laget {date} med behov {version}.", "Made on {date} with behov {version}."}},
    {"mark_empty", {"tom celle", "empty"}},
    {"mark_of_the_user", {"merke fra --missing", "a mark of --missing"}},
    {"missing_explained",
     {"Tom celle: tallet mangler eller kan ikke beregnes.",
      "Empty cell: the figure is missing or cannot be computed."}},
    {"model_source", {"Kilde for modellen", "Source of the model"}},
    {"model_title", {"Modell", "Model"}},
    {"municipality", {"Kommune", "Municipality"}},
    {"municipality_code", {"Kommunenr.", "Municipality code"}},
    {"n_clusters", {"Antall klynger", "Number of clusters"}},
    {"n_estimated", {"Antall observasjoner (N)", "Number of observations (N)"}},
    {"n_left_out", {"Rader utelatt", "Rows left out"}},
    {"n_predicted", {"Rader beregnet", "Rows predicted"}},
    {"n_predicted_only", {"Bare beregnet", "Predicted only"}},
    {"n_regressors", {"Antall koeffisienter", "Number of coefficients"}},
    {"n_rows", {"Rader i filen", "Rows in the file"}},
    {"names_told_apart",
     {"Kolonner med samme navn har fått et tall i parentes, fordi Excel krever ulike navn i en tabell.",
      "Columns of the same name were given a number in brackets, since Excel wants different names in a table."}},
    {"need", {"Utgiftsbehov (per innbygger)", "Expected need (per inhabitant)"}},
    {"need_below_floor",
     {"utgiftsbehovet er på eller under grensen, så forholdstallet er utelatt",
      "expected need is at or below the floor, so there is no ratio"}},
    {"need_explained",
     {"Utgiftsbehov: utgiften modellen beregner ut fra kommunens kjennetegn.",
      "Expected need: the expenditure that the model computes from the traits of the municipality."}},
    {"need_explained_other",
     {"Beregnet nivå: det modellen beregner ut fra kommunens kjennetegn.",
      "Expected level: what the model computes from the traits of the municipality."}},
    {"need_not_positive",
     {"utgiftsbehovet er null eller negativt, så forholdstallet er utelatt",
      "expected need is zero or negative, so there is no ratio"}},
    {"need_other", {"Beregnet nivå", "Expected level"}},
    {"need_too_low",
     {"{n} rad har et utgiftsbehov på {limit}: forholdstallet er utelatt.",
      "{n} row has a need at or below {limit}: there is no ratio."}},
    {"needs_too_low",
     {"{n} rader har et utgiftsbehov på {limit}: forholdstallet er utelatt.",
      "{n} rows have a need at or below {limit}: there is no ratio."}},
    {"net_expenditure",
     {"Netto driftsutgifter til sosialhjelp (1000 kr per innbygger)",
      "Net operating expenditure on social assistance (1000 kr per inhabitant)"}},
    {"new_refugees", {"Andel nybosatte flyktninger (pst.)", "Newly settled refugees (per cent)"}},
    {"no", {"nei", "no"}},
    {"no_population",
     {"innbyggertallet mangler, så avviket i kroner er utelatt",
      "the population is missing, so there is no gap in kroner"}},
    {"no_population_column",
     {"Panelet har ingen kolonne for innbyggertall (population, folketall): indeks og avvik i kroner er utelatt.",
      "The panel has no column of population: there is no index and no gap in kroner."}},
    {"non_western_immigrants", {"Andel ikke-vestlige innvandrere (pst.)", "Non-western immigrants (per cent)"}},
    {"not_a_verdict",
     {"Forholdstallet er ikke en dom: det rommer også regnskapspraksis, felles tjenester, kvalitet og tilfeldigheter.",
      "A ratio is not a verdict: it also holds accounting practice, shared offices, quality and chance."}},
    {"note", {"Merknad", "Note"}},
    {"note_coefficients_from",
     {"Koeffisientene er ikke estimert her, men hentet fra {from}.",
      "The coefficients were not estimated here but taken from {from}."}},
    {"note_estimator",
     {"Metode: {estimator}. Standardfeil: {errors}.",
      "Method: {estimator}. Standard errors: {errors}."}},
    {"note_n_and_r2", {"N = {n}. Justert R² = {r2}.", "N = {n}. Adjusted R² = {r2}."}},
    {"note_outcome", {"Utfallsvariabel: {outcome}.", "Outcome: {outcome}."}},
    {"note_reference_level", {"Referanse for {column}: {level}.", "Reference for {column}: {level}."}},
    {"note_reference_year", {"Referanseår: {level}.", "Reference year: {level}."}},
    {"number", {"Nr", "No."}},
    {"ols", {"minste kvadraters metode (OLS)", "ordinary least squares (OLS)"}},
    {"ols_extended",
     {"minste kvadraters metode (OLS), regnet med dobbel presisjon ganger to (om lag 32 siffer) og avrundet én gang",
      "ordinary least squares (OLS), computed in double-double arithmetic (about 32 digits) and rounded once"}},
    {"outcome", {"Utfallsvariabel", "Outcome"}},
    {"outcome_label", {"Utfallsvariabelen måler", "The outcome measures"}},
    {"p", {"p-verdi", "p-value"}},
    {"page_of", {"Side &P av &N", "Page &P of &N"}},
    {"population", {"Innbyggere", "Inhabitants"}},
    {"population_16_66", {"Andel innbyggere 16–66 år (pst.)", "Inhabitants aged 16–66 (per cent)"}},
    {"predicted_only", {"bare beregnet", "predicted only"}},
    {"predicted_rows", {"beregnet for {n} rader", "computed for {n} rows"}},
    {"program", {"Program", "Program"}},
    {"r2", {"R²", "R²"}},
    {"rank", {"Plass etter behovsindeks", "Rank by need index"}},
    {"rank_explained",
     {"Plass: 1 er kommunen med høyest utgiftsbehov per innbygger. Like verdier deler plass.",
      "Rank: 1 is the municipality with the highest need per inhabitant. Equal values share a rank."}},
    {"ratio", {"Forholdstall (pst. av behov)", "Ratio (per cent of need)"}},
    {"ratio_colours",
     {"Farge: blå for 50 og lavere, hvit for 100, oransje for 200 og høyere. Fargen sier det samme som tallet.",
      "Colour: blue for 50 and below, white for 100, orange for 200 and above. The colour says the same as the figure."}},
    {"ratio_explained",
     {"Forholdstall: faktisk utgift i prosent av utgiftsbehovet. 100 betyr at kommunen bruker det modellen tilsier.",
      "Ratio: actual expenditure in per cent of expected need. 100 means that the municipality spends what the model implies."}},
    {"ratio_explained_other",
     {"Forholdstall: faktisk nivå i prosent av det modellen beregner. 100 betyr at kommunen ligger der modellen tilsier.",
      "Ratio: the actual level in per cent of what the model computes. 100 means that the municipality lies where the model implies."}},
    {"ratio_pct", {"Forholdstall (pst. av behov)", "Ratio (per cent of need)"}},
    {"reason", {"Årsak", "Reason"}},
    {"reason_excluded", {"utelatt fordi {subject}", "excluded because {subject}"}},
    {"reason_level_unknown", {"ingen koeffisient for {subject}", "no coefficient for {subject}"}},
    {"reason_missing", {"{subject} mangler ({mark})", "{subject} missing ({mark})"}},
    {"reason_set_aside", {"satt til side fordi {subject}", "set aside because {subject}"}},
    {"reason_set_aside_by_panel",
     {"panelet setter raden til side (estimated_on = 0)",
      "set aside by the panel (estimated_on = 0)"}},
    {"reason_weight_zero", {"vekten {subject} er 0", "the weight {subject} is 0"}},
    {"reference_level_is", {"referanse {column} = {level}", "reference {column} = {level}"}},
    {"reference_year", {"Referanseår", "Reference year"}},
    {"reference_year_is", {"referanseår {level}", "reference year {level}"}},
    {"rmse", {"Residualenes standardavvik", "Root mean squared error"}},
    {"row_number", {"Rad", "Row"}},
    {"rows", {"Rader", "Rows"}},
    {"se_kind", {"Standardfeil", "Standard errors"}},
    {"sheet_about", {"Om", "About"}},
    {"sheet_data", {"Data", "Data"}},
    {"sheet_municipalities", {"Kommuner", "Municipalities"}},
    {"sheet_ratios", {"Forhold", "Ratios"}},
    {"sheet_regression", {"Regresjon", "Regression"}},
    {"simulated_explained",
     {"SIMULERTE DATA: kovariater og innbyggertall er laget av en generator. Bare kommunenavn, kommunenumre og de trykte forholdstallene er virkelige. Tallene sier ingenting om den enkelte kommune.",
      "SIMULATED DATA: covariates and populations were made by a generator. Only the names and codes of the municipalities and the printed ratios are real. The figures say nothing about any municipality."}},
    {"standard_error", {"Standardfeil", "Standard error"}},
    {"standard_input", {"standard inn", "standard input"}},
    {"stars", {"Signifikans", "Significance"}},
    {"stars_explained",
     {"Stjerner: * signifikant på 10 prosents nivå, ** på 5 prosents nivå, *** på 1 prosents nivå.",
      "Stars: * significant at the 10 per cent level, ** at the 5 per cent level, *** at the 1 per cent level."}},
    {"subtitle_about",
     {"Arket sier hva som er beregnet, av hvilke tall, og hvordan resultatene skal leses.",
      "This sheet tells what was computed, from which figures, and how to read the results."}},
    {"subtitle_data",
     {"Radene som er brukt, én per kommune og år, med kolonnene i modellen under navnene i filen.",
      "The rows that were used, one per municipality and year, with the model's columns under their names in the file."}},
    {"subtitle_municipalities",
     {"Faktisk nivå, beregnet nivå, forholdstall, indeks og avvik i det siste året, én rad per kommune.",
      "Actual and expected level, ratio, index and gap in the last year, one row per municipality."}},
    {"subtitle_ratios",
     {"Én rad per kommune og én kolonne per år; 100 er det modellen beregner.",
      "One row per municipality and one column per year; 100 is what the model computes."}},
    {"subtitle_regression",
     {"Sammenhengen mellom kommunenes kjennetegn og utfallsvariabelen.",
      "How the traits of the municipalities go together with the outcome."}},
    {"t", {"t-verdi", "t-value"}},
    {"table_about", {"Om", "About"}},
    {"table_data", {"Data", "Data"}},
    {"table_municipalities", {"Kommuner", "Municipalities"}},
    {"table_ratios", {"Forhold", "Ratios"}},
    {"table_regression", {"Regresjon", "Regression"}},
    {"term", {"Ledd i formelen", "Term"}},
    {"texts_cut",
     {"Tekster på mer enn 32 767 tegn er kortet, fordi en celle i Excel ikke rommer mer.",
      "Texts of more than 32 767 characters were cut, since a cell of Excel holds no more."}},
    {"title_about", {"Om beregningen", "About the computation"}},
    {"title_data", {"Grunnlagsdata", "Data"}},
    {"title_indices", {"Indeks for utgiftsbehov (landet = 100)", "Index of need (country = 100)"}},
    {"title_municipalities", {"Utgiftsbehov og forholdstall{year}", "Expected need and ratio{year}"}},
    {"title_municipalities_other", {"Beregnet nivå og forholdstall{year}", "Expected level and ratio{year}"}},
    {"title_needs", {"Beregnet utgiftsbehov", "Expected need"}},
    {"title_ratios", {"Faktisk utgift i prosent av utgiftsbehovet", "Actual expenditure in per cent of expected need"}},
    {"title_ratios_other",
     {"Faktisk nivå i prosent av beregnet nivå",
      "Actual level in per cent of the expected level"}},
    {"title_regression", {"Regresjon: {outcome}", "Regression: {outcome}"}},
    {"unit", {"Enhet", "Unit"}},
    {"unit_1000kr", {"1000 kr", "1000 kr"}},
    {"unit_1000kr_per_inhabitant", {"1000 kr per innbygger", "1000 kr per inhabitant"}},
    {"unit_index", {"indeks, landet = 100", "index, country = 100"}},
    {"unit_inhabitants", {"innbyggere", "inhabitants"}},
    {"unit_kr_per_inhabitant", {"kr per innbygger", "kr per inhabitant"}},
    {"unit_pct", {"prosent", "per cent"}},
    {"unit_pct_of_need", {"prosent av utgiftsbehovet", "per cent of expected need"}},
    {"upper_secondary_completion",
     {"Andel elever gjennomført videregående (pst.)",
      "Pupils who completed upper secondary (per cent)"}},
    {"value", {"Verdi", "Value"}},
    {"variable", {"Variabel", "Variable"}},
    {"version", {"Programversjon", "Version of the program"}},
    {"warning", {"Merk", "Note"}},
    {"warning_few_clusters",
     {"Bare {n} klynger etter {key}: standardfeil og stjerner er usikre med så få klynger.",
      "Only {n} clusters of {key}: standard errors and stars are unreliable with so few clusters."}},
    {"warning_hardly_clustered",
     {"Klyngene etter {key} har {n} rader hver: dette er nær ingen klynging i det hele tatt.",
      "Clusters of {key} hold {n} rows each: this is close to no clustering at all."}},
    {"what", {"Hva", "What"}},
    {"word_municipalities", {"kommuner", "municipalities"}},
    {"word_rows", {"rader", "rows"}},
    {"workbook_title", {"Utgiftsbehov og faktiske utgifter", "Expected need and actual expenditure"}},
    {"year", {"År", "Year"}},
    {"yes", {"ja", "yes"}},
};
/* clang-format on */

static const size_t n_entries = sizeof entries / sizeof entries[0];

static int compare_key(const void *key, const void *at) { return strcmp(key, ((const entry *)at)->key); }

static const entry *find(const char *key) { return bsearch(key, entries, n_entries, sizeof entries[0], compare_key); }

const char *label(language lang, const char *key)
{
    const entry *found = find(key);
    return found ? found->words[lang == LANGUAGE_EN ? LANGUAGE_EN : LANGUAGE_NB] : key;
}

int label_exists(const char *key) { return find(key) != NULL; }

char label_decimal_mark(language lang) { return lang == LANGUAGE_EN ? '.' : ','; }

const char *label_group_mark(language lang)
{
    (void)lang; /* a thin or plain space breaks lines; U+00A0 is understood in both languages */
    return "\u00A0";
}

size_t label_fill(language lang, const char *key, char *text, size_t size, ...)
{
    size_t length = 0;
    for (const char *from = label(lang, key); *from && length + 1 < size;) {
        const char *value = NULL;
        size_t name_length = *from == '{' ? strcspn(from + 1, "}") : 0;
        va_list pairs;
        va_start(pairs, size);
        for (const char *name; name_length && !value && (name = va_arg(pairs, const char *));) {
            const char *meant = va_arg(pairs, const char *);
            if (strlen(name) == name_length && strncmp(name, from + 1, name_length) == 0)
                value = meant;
        }
        va_end(pairs);
        if (!value) {
            text[length++] = *from++;
            continue;
        }
        while (*value && length + 1 < size)
            text[length++] = *value++;
        from += name_length + 2;
    }
    text[length] = '\0';
    /* a cut text must still be UTF-8 */
    while (length > 0 && length + 1 == size && ((unsigned char)text[length - 1] & 0x80)) {
        bool is_lead = ((unsigned char)text[length - 1] & 0xC0) == 0xC0;
        text[--length] = '\0';
        if (is_lead)
            break;
    }
    return length;
}
