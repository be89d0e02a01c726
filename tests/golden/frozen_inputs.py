"""frozen_inputs.py DATASETS FOLDER - the files that the calls of frozen.calls read, from the bundled panel and a few lines of
arithmetic; the same bytes each time."""
import csv
import pathlib
import sys

datasets, folder = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
with open(datasets / 'simulated/panel.csv', encoding='utf-8', newline='') as file:
    rows = list(csv.reader(file))
header, rows = rows[0], rows[1:]
year, code = header.index('year'), header.index('municipality_code')


def write(name, lines, separator=',', encoding='utf-8', decimal='.'):
    with open(folder / name, 'w', encoding=encoding, newline='') as file:
        for line in lines:
            file.write(separator.join(str(cell).replace('.', decimal) if i > 1 else str(cell) for i, cell in enumerate(line)) + '\n')


some = [row for row in rows if row[code][:2] in ('01', '11', '12', '18')]
write('norsk.csv', [header] + some, ';', 'utf-8-sig', ',')
write('latin1.csv', [header] + some, ';', 'iso-8859-1', ',')
write('one_year.csv', [header] + [row for row in rows if row[year] == '2014'])
later = [list(row) for row in some if row[year] in ('2015', '2016')]
for row in later:
    row[year] = str(int(row[year]) + 1)
write('later.csv', [header] + later)


def changed(column, change, where):
    lines = [list(row) for row in some]
    for i, row in enumerate(lines):
        if where(i, row):
            row[header.index(column)] = change(row[header.index(column)])
    return [header] + lines


write('bad_year.csv', changed('year', lambda text: '20l3', lambda i, row: i == 7))
write('text_in_share.csv', changed('new_refugees', lambda text: 'ukjent', lambda i, row: i == 11))
write('per_cent_scale.csv', changed('population_16_66', lambda text: str(float(text) / 100), lambda i, row: row[year] == '2014'))
write('double_row.csv', [header] + some + [some[3]])
total = list(some[0])
total[code], total[1] = 'Landet', 'I alt'
write('total_row.csv', [header] + some + [total])
write('few.csv', [['county', 'y', 'x']] + [[f'k{i % 6}', round(3 + 0.5 * i + (i * 7919 % 13) / 3, 4), i] for i in range(48)])
write('exact.csv', [['y', 'x']] + [[3 + 2 * i, i] for i in range(20)])
write('recipients.csv', [['municipality_code', 'municipality', 'recipients', 'poor', 'young', 'population']] +
      [[f'{1101 + i:04d}', f'By {i}', round(2 + (i * 31 % 17) / 5 + i / 40, 3), round(5 + (i * 13 % 11) / 2, 2), 10 + i % 9, 1500 + 90 * i] for i in range(60)])
write('groups.csv', [['municipality_code', 'group']] + [[c, 'øst' if c < '1200' else 'vest'] for c in sorted({row[code] for row in some})])
write('list.csv', [['code', 'name']] + sorted({(row[code], row[1]) for row in some}))
(folder / 'small.ini').write_text('[model]\ntitle = Liten\nformula = net_expenditure ~ disabled_18_49 + new_refugees + factor(year)\n'
                                  'cluster = municipality_code\noutcome_unit = 1000kr_per_inhabitant\n\n[labels_nb]\ndisabled_18_49 = Uføre\n\n'
                                  '[labels_en]\ndisabled_18_49 = Disabled\n', encoding='utf-8')
(folder / 'large.ini').write_text('[model]\ntitle = Stor\nformula = net_expenditure ~ disabled_18_49 + new_refugees + clustering_index\n'
                                  '    + population_16_66 + factor(year)\ncluster = municipality_code\n', encoding='utf-8')
(folder / 'bad.json').write_text('{"formula": "y ~ x", "coefficients": [1, 2')
(folder / 'ratios.csv').write_bytes((datasets / 'proba-2017-08/ratios.csv').read_bytes())
