/* rounded.c - see behov/rounded.h. */
#include <behov/rounded.h>

#include <math.h>
#include <string.h>

#include <behov/number.h>

behov_rounded behov_rounded_new(double value, int n_decimals)
{
    double half = n_decimals < 0 ? 0 : 0.5 * pow(10, -n_decimals);
    return (behov_rounded){value, value - half, value + half};
}

int behov_rounded_printed_decimals(behov_rounded figure)
{
    double half = figure.high - figure.value;
    return half > 0 ? (int)lround(-log10(2 * half)) : -1;
}

behov_rounded behov_rounded_not_below_zero(behov_rounded figure)
{
    if (figure.low < 0)
        figure.low = 0;
    return figure;
}

int behov_rounded_decimals(const double *figures, size_t n)
{
    int most = 0;
    for (size_t i = 0; i < n; i++) {
        char text[BEHOV_NUMBER_SIZE];
        if (!isfinite(figures[i]))
            continue;
        behov_number_shortest(figures[i], text);
        const char *mark = strchr(text, '.');
        int n_decimals = mark ? (int)strspn(mark + 1, "0123456789") : 0;
        most = n_decimals > most ? n_decimals : most;
    }
    return most;
}

int behov_rounded_table_decimals(const behov_table *table, size_t column, size_t first, size_t n)
{
    const double *figures = behov_table_numbers(table, column);
    int most = 0;
    for (size_t row = first; row < first + n; row++) {
        int told = behov_table_decimals(table, column, row);
        int n_decimals = told >= 0 ? told : behov_rounded_decimals(figures + row, 1);
        most = n_decimals > most ? n_decimals : most;
    }
    return most;
}

bool behov_rounded_is_count(const behov_table *table, size_t column, size_t row)
{
    enum { THOUSAND = 1000, DIGITS_BEHIND_A_THOUSAND = 3 };
    double figure = behov_table_numbers(table, column)[row];
    bool may_be_thousands = behov_table_decimals(table, column, row) == DIGITS_BEHIND_A_THOUSAND && fabs(figure) >= 1 &&
                            fabs(figure) < THOUSAND;
    return isnan(figure) || (figure == floor(figure) && !may_be_thousands);
}

bool behov_rounded_meet(behov_rounded first, behov_rounded second)
{
    return first.low <= second.high && second.low <= first.high;
}

/* The ends are widened to one more value. */
static void reach(behov_rounded *figure, double value)
{
    figure->low = isnan(figure->low) || value < figure->low ? value : figure->low;
    figure->high = isnan(figure->high) || value > figure->high ? value : figure->high;
}

behov_rounded behov_rounded_part(behov_rounded part, behov_rounded rest)
{
    double sum = part.value + rest.value;
    bool is_nothing = fabs(sum) <= BEHOV_ROUNDED_NOTHING * (fabs(part.value) + fabs(rest.value));
    behov_rounded share = {is_nothing ? NAN : part.value / sum, NAN, NAN};
    if (!(part.low + rest.low > 0) && !(part.high + rest.high < 0))
        return share;
    const double parts[] = {part.low, part.high}, rests[] = {rest.low, rest.high};
    for (int i = 0; i < 2; i++)
        for (int j = 0; j < 2; j++)
            reach(&share, parts[i] / (parts[i] + rests[j]));
    return share;
}

static double mean(const behov_rounded *figures, const behov_rounded *weights, size_t n)
{
    double sum = 0, weight = 0;
    for (size_t i = 0; i < n; i++) {
        sum += weights[i].value > 0 ? weights[i].value * figures[i].value : 0;
        weight += weights[i].value;
    }
    return weight > 0 ? sum / weight : NAN;
}

/* One end; the weights that are not certain lean to where the mean goes. */
static double end_of_mean(const behov_rounded *figures, const behov_rounded *weights, size_t n, bool is_high,
                          double start)
{
    double reached = start;
    for (size_t turn = 0; turn <= n; turn++) {
        double sum = 0, weight = 0;
        for (size_t i = 0; i < n; i++) {
            double figure = is_high ? figures[i].high : figures[i].low;
            bool pulls = is_high ? figure > reached : figure < reached;
            double share = pulls ? weights[i].high : weights[i].low;
            sum += share > 0 ? share * figure : 0;
            weight += share;
        }
        double next = weight > 0 ? sum / weight : reached;
        if (is_high ? !(next > reached) : !(next < reached))
            break;
        reached = next;
    }
    return reached;
}

behov_rounded behov_rounded_mean(const behov_rounded *figures, const behov_rounded *weights, size_t n)
{
    behov_rounded out = {mean(figures, weights, n), NAN, NAN};
    if (isnan(out.value))
        return out;
    out.low = end_of_mean(figures, weights, n, false, out.value);
    out.high = end_of_mean(figures, weights, n, true, out.value);
    return out;
}
