#!/bin/sh
# results.sh PROGRAM - the pages that the program writes (-o FILE.html) as axe-core sees them, in both languages, narrow and wide:
# no barrier of WCAG 2.2 AA, nothing wider than the window, no request but the file. Exit 77 (skipped) without the browser.
set -eu
# shellcheck source=tests/web/browser.sh
. "$(dirname -- "$0")/browser.sh"
program=$(absolute "$1")
begin_work
cat >accounts.csv <<'END'
municipality_code,municipality,year,function,expenditure_1000kr,recipients,months,population
1860,Vestvågøy,2013,242,7794,,,10890
1860,Vestvågøy,2013,281,12605,240,4.6,10890
1865,Vågan,2013,242,5100,,,9100
1865,Vågan,2013,281,6200,190,4.2,9100
END
cat >criteria.csv <<'END'
kommunenr;kommune;år;innbyggere;Innbyggere 16-22;innbyggere_23_24;innbyggere 25–66;aleneboende 30-66;flyktninger uten integreringstilskudd;rus og psykiatri;opphopningsindeks
4601;Bergen;2026;5000;500;150;2600;400;50;60;0,8
0301;Oslo;2026;10000;800;300;6000;1200;200;150;1,5
1833;Rana;2026;1000;90;20;500;70;5;10;0,6
END
cat >faults.csv <<'END'
municipality_code;municipality;year;net_expenditure;population;upper_secondary_completion
0101;Halden <script>;2015;3,1;30000;861
0101;Halden;2016;-1e9;30000;70
END
for lang in nb en; do
    "$program" fit -q --lang $lang -o fit-$lang.html >/dev/null
    "$program" fit -q --full --lang $lang --profile 1865 -o full.xlsx -o full-$lang.html >/dev/null
    "$program" rank -q --lang $lang --top 30 -o rank-$lang.html >/dev/null
    "$program" profile 1865,1939 -q --lang $lang --group size -o profile-$lang.html >/dev/null
    "$program" peers 1865 -q --lang $lang -o peers-$lang.html >/dev/null
    "$program" check faults.csv -q --lang $lang -o check-$lang.html >/dev/null || :
    "$program" key criteria.csv -q --lang $lang -o key-$lang.html >/dev/null
    "$program" tree 1860 accounts.csv -q --lang $lang -o tree-$lang.html >/dev/null
done
node "$here/results.js" ./*.html
