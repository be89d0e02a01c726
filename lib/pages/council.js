/* council.js - the script of a council's page (council_page.c): sorts and filters the table of all, marks one municipality
 * in the pictures, reckons what changed columns do to a need, saves tables as files, and shows another municipality out of
 * the packed ones. Without it the page has everything but these. It computes no figure but those of "what if", by the
 * formula of behov/council.h, and asks for nothing beside the page. ASCII alone: the build makes a C string of it. */
'use strict';
/* ---- what if: plain functions, which a test runs by themselves ---- */
/* A regressor at columns x: postfix nodes as council_data.c writes them. */
function councilValue(nodes, x) {
  var s = [];
  nodes.forEach(function (node) {
    var op = node, more = [], a, b;
    if (typeof node === 'number') { s.push(node); return; }
    if (typeof node !== 'string') {
      if (typeof node[0] === 'number') { s.push(x[node[0]]); return; }
      op = node[0]; more = node.slice(1);
    }
    a = s.pop();
    switch (op) {
      case 'neg': s.push(-a); return;
      case '!': s.push(a ? 0 : 1); return;
      case 'log': s.push(Math.log(a)); return;
      case 'log10': s.push(Math.log10(a)); return;
      case 'exp': s.push(Math.exp(a)); return;
      case 'sqrt': s.push(Math.sqrt(a)); return;
      case 'abs': s.push(Math.abs(a)); return;
      case 'in': s.push(more.indexOf(a) < 0 ? 0 : 1); return;
      case 'cut': s.push(more.filter(function (limit) { return a >= limit; }).length); return;
    }
    b = a; a = s.pop();
    switch (op) {
      case '^': s.push(Math.pow(a, b)); break;
      case '*': s.push(a * b); break;
      case '/': s.push(a / b); break;
      case '+': s.push(a + b); break;
      case '-': s.push(a - b); break;
      case 'lt': s.push(+(a < b)); break;
      case 'le': s.push(+(a <= b)); break;
      case 'gt': s.push(+(a > b)); break;
      case 'ge': s.push(+(a >= b)); break;
      case 'eq': s.push(+(a === b)); break;
      case 'ne': s.push(+(a !== b)); break;
      case 'and': s.push(+(a && b ? 1 : 0)); break;
      default: s.push(+(a || b ? 1 : 0));
    }
  });
  return s[0];
}
/* Need, its interval, the ratio of the actual figure to it and what it changes, with columns x instead of the page's. */
function councilWhatIf(whatif, page, x) {
  var need = page.need, variance = page.variance, leverage = page.leverage, half, population = page.population, change = 0;
  var d = whatif.regressors.map(function (r) { return councilValue(r.f, x) - councilValue(r.f, page.values); });
  d.forEach(function (di, i) {
    change += whatif.regressors[i].b * di;
    variance += 2 * di * page.covariances[i];
    leverage += 2 * di * page.spreads[i];
    d.forEach(function (dj, j) { variance += di * dj * whatif.covariance[i][j]; leverage += di * dj * whatif.spread[i][j]; });
  });
  need += change;
  half = whatif.t === null ? NaN : whatif.t * Math.sqrt(Math.max(variance, 0));
  whatif.variables.forEach(function (v, i) { if (v.population && v.slider) population = x[i]; });
  var has = need > whatif.floor && page.actual !== null && page.actual >= 0;
  return {need: need, low: need - half, high: need + half, change: change,
    isStretched: d.some(Boolean) && leverage > whatif.leverageMost * (1 + 1e-9),
    changeAll: page.population === null ? NaN : population * need - page.population * page.need,
    ratio: has ? 100 * page.actual / need : NaN,
    ratioLow: has && need - half > 0 ? 100 * page.actual / (need + half) : NaN,
    ratioHigh: has && need - half > 0 ? 100 * page.actual / (need - half) : NaN};
}
/* ---- numbers ---- */
/* No-break spaces between thousands and a true minus sign. */
function councilNumber(value, decimals, mark, sign) {
  var s = Math.abs(value).toFixed(decimals), p = s.split('.');
  p[0] = p[0].replace(/\B(?=(\d{3})+$)/g, '\u00a0');
  return (value < 0 && +s !== 0 ? '\u2212' : sign && +s !== 0 ? '+' : '') + p.join(mark);
}
/* Both readings of a text as `1.250` and `150,000`, whose mark may part thousands as well as decimals; null for others. */
function councilReadings(text) {
  var t = text.replace(/[\s\u00a0]/g, '').replace(/\u2212/g, '-');
  return /^[+-]?[1-9]\d{0,2}[.,]\d{3}$/.test(t) ? [+t.replace(',', '.'), +t.replace(/[.,]/, '')] : null;
}
/* Ends of an interval, printed outwards: what lies between them as computed lies between them as printed. */
function councilOutwards(low, high, decimals) {
  var k = Math.pow(10, decimals), near = 1e-9;
  return [Math.floor(low * k + near) / k, Math.ceil(high * k - near) / k];
}
/* How many decimals a column is shown with: a hundred steps from end to end at least, and the own value to half a per cent. */
function councilDecimals(v, low, high, value) {
  var w = high - low, d = v.population || w >= 1000 ? 0 : w >= 50 ? 1 : w >= 1 ? 2 : 4, most = v.population ? 0 : 8;
  while (d < most && (w > 0 && w * Math.pow(10, d) < 99.5 || Math.abs(+value.toFixed(d) - value) > 0.005 * Math.abs(value))) d++;
  return d === 3 ? 4 : d; /* three may be thousands, when they are typed (councilReadings) */
}
/* Ends of a slider as they are shown; those of the model where it allows no more. */
function councilEnds(v, value, decimals) {
  var ends = councilOutwards(Math.min(v.low, value), Math.max(v.high, value), decimals);
  return [v.least === null ? ends[0] : Math.max(ends[0], Math.min(v.least, value)),
    v.most === null ? ends[1] : Math.min(ends[1], Math.max(v.most, value))];
}
/* Why a text in the field of variable v cannot be taken: the key of what is said, or '' when it can. */
function councilRefusal(text, v) {
  var value = councilParse(text);
  if (!text.replace(/[\s\u00a0]/g, '')) return 'empty';
  if (!isFinite(value)) return 'noNumber';
  if (councilReadings(text)) return 'ambiguous';
  if (v.population && !(value > 0)) return 'population';
  if (v.population && value !== Math.floor(value)) return 'whole';
  return v.least !== null && value < v.least || v.most !== null && value > v.most ? 'limits' : '';
}
/* A figure with its interval where it has one: names of the words' text are value, low and high. */
function councilBetween(words, text, low, high, decimals, mark) {
  return !isFinite(low) || !isFinite(high) ? text : words.replace(/\{(\w+)\}/g, function (whole, name) {
    return {value: text, low: councilNumber(low, decimals, mark), high: councilNumber(high, decimals, mark)}[name]; });
}
/* A number as it is typed, with point or comma; NaN for none. */
function councilParse(text) {
  var t = text.replace(/[\s\u00a0]/g, '').replace(/\u2212/g, '-').replace(',', '.');
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(t) ? +t : NaN;
}
/* ---- files ---- */
/* A cell of a file that Excel opens: decimal comma; text that it would take for a formula begins with an apostrophe. */
function councilCell(cell) {
  if (typeof cell === 'number') return isNaN(cell) ? '' : String(cell).replace('.', ',');
  if (/^[=+\-@\t\r\n]/.test(cell)) cell = "'" + cell;
  return /[;"\r\n]/.test(cell) ? '"' + cell.replace(/"/g, '""') + '"' : cell;
}
/* Rows as a file: semicolons, CRLF, a byte order mark; what the figures rest on in every row. */
function councilFile(rows, heading, source) {
  return '\ufeff' + rows.map(function (row, i) {
    return row.concat(i ? source : heading).map(councilCell).join(';');
  }).join('\r\n') + '\r\n';
}
/* ---- the page ---- */
function councilStart() {
  var $ = function (id) { return document.getElementById(id); };
  var all = function (selector, root) { return [].slice.call((root || document).querySelectorAll(selector)); };
  var D = JSON.parse($('felles').textContent), P = JSON.parse($('d6').textContent), W = D.words, mark = D.mark;
  function fill(text, names) {
    return text.replace(/\{(\w+)\}/g, function (whole, name) { return name in names ? names[name] : whole; });
  }
  function compare(a, b) { return a.localeCompare(b, D.lang); }
  document.documentElement.classList.remove('nojs');

  /* The table of all is the only store of the municipalities. */
  var table = $('alletall'), heads = all('thead th', table), body = table.tBodies[0];
  var column = {};
  heads.forEach(function (th, i) { column[th.getAttribute('data-n')] = i; });
  /* A cell: text or a number. */
  function cell(td, isFigure) {
    var v = td.getAttribute('data-v'), text = td.textContent.trim();
    return v ? +v : v === null && !isFigure ? text : councilParse(text);
  }
  function cells(tr, ths) {
    return [].map.call(tr.cells, function (td, i) { return cell(td, ths[i] && ths[i].getAttribute('data-s') === 'n'); });
  }
  /* Of the table of all; level and place are [estimate, low, high]. */
  function rowCells(tr) {
    var c = cells(tr, heads), v = tr.getAttribute('data-v').split(';').map(function (t) { return t === '' ? NaN : +t; });
    c[column.ratio] = v[0]; c[column.level] = v.slice(1, 4);
    c[column.place] = isNaN(v[4]) ? [NaN, NaN, NaN] : [v[4]].concat(c[column.place].split('\u2013').map(councilParse));
    return c;
  }
  var rows = all('tbody tr', table).map(function (tr) {
    var c = rowCells(tr);
    return {tr: tr, code: tr.getAttribute('data-k') || c[column.code], name: c[0], cells: c};
  });
  var by = {};
  rows.forEach(function (r) { by[r.code] = r; });
  function option(select, value, text) {
    var o = document.createElement('option');
    o.value = value; o.textContent = text; select.appendChild(o);
  }
  function names(list) { return list.slice().sort(function (a, b) { return compare(a.name, b.name); }); }

  /* ---- filter and sort ---- */
  var search = $('sok'), area = $('omr'), sure = $('vur'), sorted = '';
  function choices(select, c) {
    var count = {};
    rows.forEach(function (r) { if (r.cells[c]) count[r.cells[c]] = (count[r.cells[c]] || 0) + 1; });
    Object.keys(count).sort(compare).forEach(function (k) { option(select, k, k + ' (' + count[k] + ')'); });
  }
  if (area) choices(area, column.group);
  choices(sure, column.certainty);
  function filter() {
    var text = search.value.trim().toLowerCase(), n = 0;
    rows.forEach(function (r) {
      var is = (!text || r.name.toLowerCase().indexOf(text) >= 0 || r.code.indexOf(text) === 0) &&
        (!area || !area.value || r.cells[column.group] === area.value) && (!sure.value || r.cells[column.certainty] === sure.value);
      r.tr.hidden = !is; n += is ? 1 : 0;
    });
    $('vis').textContent = fill(W.shown, {n: n, all: rows.length}) + (isOwnFirst ? ' ' + fill(W.ownFirst, {name: P.name}) : '') +
      (sorted ? ' ' + sorted : '');
    everyone.hidden = n === rows.length;
  }
  /* Until something is chosen the rows are those of the municipality's own group: all of them are many windows of a phone. */
  var isOwnFirst = false, isChosen = false, everyone = document.createElement('button');
  everyone.type = 'button'; everyone.textContent = fill(W.showAll, {all: rows.length}); everyone.className = 'js';
  $('vis').parentNode.insertBefore(everyone, $('vis').nextSibling);
  everyone.addEventListener('click', function () {
    isChosen = true; isOwnFirst = false; search.value = sure.value = ''; if (area) area.value = '';
    filter();
    heads[0].querySelector('button').focus();
  });
  function ownFirst() {
    var own = by[P.code];
    if (isChosen || !area || rows.length < 60) return;
    area.value = own && own.cells[column.group] || '';
    isOwnFirst = area.value !== '';
    filter();
  }
  function chosen() { isChosen = true; isOwnFirst = false; filter(); }
  [search, area, sure].forEach(function (e) { if (e) e.addEventListener('input', chosen); });
  function key(cell) { return Array.isArray(cell) ? cell[0] : cell; }
  function sortBy(th, c) {
    var isText = th.getAttribute('data-s') === 't';
    var up = th.getAttribute('aria-sort') ? th.getAttribute('aria-sort') !== 'ascending' : isText;
    heads.forEach(function (h) { h.removeAttribute('aria-sort'); });
    th.setAttribute('aria-sort', up ? 'ascending' : 'descending');
    rows.sort(function (x, y) {
      var a = key(x.cells[c]), b = key(y.cells[c]);
      if (!isText && (isNaN(a) || isNaN(b))) return (isNaN(a) ? 1 : 0) - (isNaN(b) ? 1 : 0) || compare(x.name, y.name);
      var d = isText ? compare(a, b) : a - b;
      return (up ? d : -d) || compare(x.name, y.name);
    });
    var f = document.createDocumentFragment();
    rows.forEach(function (r) { f.appendChild(r.tr); });
    body.appendChild(f);
    sorted = fill(isText ? W.sortedText : up ? W.sortedUp : W.sortedDown, {column: th.textContent}) +
      (isText ? '' : ' ' + W.noList);
    filter();
  }
  heads.forEach(function (th, i) {
    if (!th.hasAttribute('data-s')) return;
    var b = document.createElement('button');
    b.type = 'button'; b.textContent = th.textContent; th.textContent = '';
    th.appendChild(b);
    b.addEventListener('click', function () { sortBy(th, i); });
  });
  filter();

  /* ---- marks in the pictures ---- */
  function place(id, values) {
    var e = $(id);
    if (!e) return;
    if (!values) { e.setAttribute('visibility', 'hidden'); return; }
    Object.keys(values).forEach(function (k) { e.setAttribute(k, values[k]); });
    e.setAttribute('visibility', 'visible');
  }
  function funnelAt(r) {
    var e = $('trakt-pick'), svg = e && e.parentNode, population = r && r.cells[column.population], ratio = r && r.cells[column.ratio];
    if (!e || !r || !(population > 0) || isNaN(ratio)) return null;
    var g = function (k) { return +svg.getAttribute('data-' + k); };
    var x = (Math.log10(population) - g('x-low')) / (g('x-high') - g('x-low'));
    var y = (g('y-high') - ratio) / (g('y-high') - g('y-low'));
    return {cx: 100 * Math.max(0, Math.min(1, x)) + '%', cy: 100 * Math.max(0, Math.min(1, y)) + '%'};
  }
  function ranksAt(r) {
    var e = $('plasser-pick'), n = e && +e.parentNode.getAttribute('data-n'), p = r && r.cells[column.place];
    if (!e || !p || isNaN(p[1]) || n < 2) return null;
    var y = 100 * (p[0] - 0.5) / n + '%';
    return {x1: 100 * (p[1] - 1) / n + '%', x2: 100 * p[2] / n + '%', y1: y, y2: y};
  }
  function mapTo(id, c) {
    var use = $(id), path = c && $('m' + c);
    if (use) { if (path) use.setAttribute('href', '#m' + c); else use.removeAttribute('href'); }
  }
  rows.forEach(function (r) {
    var area = $('m' + r.code), title;
    if (!area || area.tagName !== 'path') return;
    title = document.createElementNS(area.namespaceURI, 'title');
    title.textContent = r.name; area.appendChild(title);
  });
  /* Marks are the chosen one's; without a choice, on a page of several, that of the municipality on the page. */
  var pick = $('mot'), several = D.pages.length > 1;
  names(rows).forEach(function (r) { option(pick, r.code, r.name); });
  function interval(v) { return councilNumber(Math.max(v[1], 0), 0, mark) + '\u2013' + councilNumber(Math.max(v[2], 0), 0, mark); }
  function showPick() {
    var r = by[pick.value], shown = r || (several ? by[P.code] : null), own = by[P.code], text = '';
    place('trakt-pick', funnelAt(shown)); place('plasser-pick', ranksAt(shown));
    mapTo('map-pick', r ? r.code : '');
    $('merke').textContent = shown ? fill(W.marked, {name: shown.name}) : '';
    if (r && !isNaN(r.cells[column.level][1])) {
      var o = own && own.cells[column.level], v = r.cells[column.level];
      text = fill(W.picked, {name: r.name, ratio: isNaN(r.cells[column.ratio]) ? '\u2013' : councilNumber(r.cells[column.ratio], 0, mark),
        it: W.it, interval: interval(v)});
      if (o && own !== r && !isNaN(o[1]))
        text += ' ' + fill(v[1] <= o[2] && v[2] >= o[1] ? W.overlap : W.apart, {name: P.name, interval: interval(o)});
    }
    $('motsvar').textContent = text;
  }
  pick.addEventListener('change', showPick);

  /* ---- what if ---- */
  var V = D.whatif.variables, X = P.values.slice(), refused = {}; /* what fields refused, by their place, until they hold a figure */
  function decimals(v, i) { return councilDecimals(v, Math.min(v.low, P.values[i]), Math.max(v.high, P.values[i]), P.values[i]); }
  /* As it is shown: what it is compared by. */
  function shown(v, i) { return +X[i].toFixed(decimals(v, i)); }
  function reckon() {
    if (!$('w1')) return;
    var r = councilWhatIf(D.whatif, P, X), amount = function (v, sign) {
      return fill(W.amount, {n: councilNumber(v * D.shown, D.decimals, mark, sign)}); };
    var between = function (text, low, high, d) { return councilBetween(W.between, text, low, high, d, mark); };
    if (!isFinite(r.need)) {
      $('w1').textContent = '\u2013'; $('w2').textContent = W.noNeed; $('w3').textContent = '\u2013';
      warn('');
      return;
    }
    var still = Math.abs(r.change * D.shown) < 0.5 * Math.pow(10, -D.decimals);
    $('w1').textContent = amount(r.need);
    $('w2').textContent = (between('', r.low * D.shown, r.high * D.shown, D.decimals) + ' ' +
      (still && !(Math.abs(r.changeAll) > 0) ? W.asIs : fill(W.change, {change: amount(r.change, true)}) +
        (D.inAll === null || isNaN(r.changeAll) ? '' : ' ' + inAll(r.changeAll * D.inAll)))).trim();
    $('w3').textContent = isNaN(r.ratio) ? W.noRatio : between(councilNumber(r.ratio, 0, mark), r.ratioLow, r.ratioHigh, 0);
    warn([isHeld() && D.inAll !== null && !isNaN(r.ratio) ? W.held : '', r.isStretched ? W.stretched : ''].filter(String).join(' '));
  }
  /* Million kroner; thousand where a million has no digit to show it with. */
  function inAll(n) {
    var k = 1000 * n;
    return Math.abs(n) < 1 ? fill(W.changeSmall, {n: councilNumber(k, Math.abs(k) < 10 ? 1 : 0, mark, true)}) :
      fill(W.changeAll, {n: councilNumber(n, 1, mark, true)});
  }
  function isHeld() { return V.some(function (v, i) { return v.population && v.slider && X[i] !== P.values[i]; }); }
  function warn(stretched) {
    $('w4').textContent = Object.keys(refused).map(function (i) { return refused[i]; }).concat(outside(), stretched).filter(String).join(' ');
  }
  function outside() {
    return V.map(function (v, i) {
      var d = decimals(v, i), ends = councilOutwards(v.estimatedLow, v.estimatedHigh, d);
      return v.slider && (shown(v, i) < ends[0] || shown(v, i) > ends[1])
        ? fill(W.outside, {name: label(i), low: councilNumber(ends[0], d, mark), high: councilNumber(ends[1], d, mark)}) : '';
    }).filter(String).join(' ');
  }
  function label(i) { return $('x' + i + '-l').textContent; }
  /* The slider has 400 steps between its ends, so that both can be reached. */
  var STEPS = 400;
  function ends(v, i) { return councilEnds(v, P.values[i], decimals(v, i)); }
  function slideTo(v, i, slider) {
    var e = ends(v, i);
    slider.value = e[1] > e[0] ? Math.round(STEPS * (X[i] - e[0]) / (e[1] - e[0])) : 0;
    slider.setAttribute('aria-valuetext', councilNumber(X[i], decimals(v, i), mark));
  }
  function accept(i, field) { delete refused[i]; field.removeAttribute('aria-invalid'); }
  function eachSlider(f) { V.forEach(function (v, i) { if (v.slider && $('s' + i)) f(v, i, $('s' + i), $('x' + i)); }); }
  function reset() {
    X = P.values.slice();
    eachSlider(function (v, i, slider, field) {
      var e = ends(v, i), d = decimals(v, i);
      slider.min = 0; slider.max = STEPS; slider.step = 1;
      slideTo(v, i, slider);
      field.value = councilNumber(X[i], d, mark);
      accept(i, field);
      $('x' + i + '-o').textContent = councilNumber(e[0], d, mark) + ' \u2013 ' + councilNumber(e[1], d, mark);
    });
    reckon();
  }
  eachSlider(function (v, i, slider, field) {
    slider.addEventListener('input', function () {
      var d = decimals(v, i), e = ends(v, i), step = +slider.value;
      X[i] = +Math.min(e[1], e[0] + (e[1] - e[0]) * step / STEPS).toFixed(d);
      field.value = councilNumber(X[i], d, mark);
      slider.setAttribute('aria-valuetext', field.value);
      accept(i, field);
      reckon();
    });
    field.addEventListener('change', function () {
      var refusal = councilRefusal(field.value, v), both = councilReadings(field.value) || [0, 0];
      if (refusal) {
        field.setAttribute('aria-invalid', 'true');
        refused[i] = fill(W[refusal], {name: label(i), text: field.value.trim(), a: String(both[0]).replace('.', mark),
          b: councilNumber(both[1], 0, mark)});
        reckon();
        return;
      }
      accept(i, field);
      X[i] = councilParse(field.value);
      if (X[i] === +P.values[i].toFixed(decimals(v, i))) X[i] = P.values[i]; /* the own value, as it is shown */
      slideTo(v, i, slider); reckon();
    });
  });
  if ($('igjen')) $('igjen').addEventListener('click', reset);

  /* ---- files ---- */
  function save(blob, name) {
    var a = document.createElement('a');
    a.href = URL.createObjectURL(blob); a.download = name; a.click();
    setTimeout(function () { URL.revokeObjectURL(a.href); }, 1000);
    $('lastet').textContent = fill(W.download, {name: name});
  }
  function tableRows(t) {
    var head = [];
    all('thead th, thead td', t).forEach(function (th) {
      if (th.hasAttribute('data-c')) head = head.concat(th.getAttribute('data-c').split('|'));
      else head.push(th.textContent.trim());
    });
    return [head].concat(all('tbody tr', t).map(function (tr) {
      return [].concat.apply([], t === table ? rowCells(tr) : cells(tr, all('thead th', t)));
    }));
  }
  all('button[data-t]').forEach(function (b) {
    b.addEventListener('click', function () {
      var name = b.getAttribute('data-f') + (b.getAttribute('data-t') === 'alletall' ? '' : '-' + P.code.replace(/[^\w]/g, '')) +
        (D.year ? '-' + D.year : '') + (D.simulated ? '-simulert' : '') + '.csv';
      save(new Blob([councilFile(tableRows($(b.getAttribute('data-t'))), W.basis, D.source)], {type: 'text/csv;charset=utf-8'}), name);
    });
  });
  function bytes(id) {
    var s = atob($(id).textContent), b = new Uint8Array(s.length);
    for (var i = 0; i < s.length; i++) b[i] = s.charCodeAt(i);
    return b;
  }
  if ($('bok')) $('bok').addEventListener('click', function () {
    save(new Blob([bytes('bokdata')], {type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'}), $('bok').getAttribute('data-f'));
  });

  /* ---- another municipality ---- */
  var who = $('hvem'), unpacked = {};
  function show() {
    all('tr.me', table).forEach(function (tr) { tr.classList.remove('me'); });
    if (by[P.code]) by[P.code].tr.classList.add('me');
    mapTo('map-own', P.code);
    showPick(); reset(); ownFirst();
  }
  /* Rows that a packed piece names by their municipality: those of the table of all, and of the nearest places. */
  function unfold() {
    all('#like tr[data-k]').forEach(function (tr) {
      var r = by[tr.getAttribute('data-k')], more = r.tr.cloneNode(true);
      ['place', 'group', 'code'].map(function (name) { return name in column ? column[name] : -1; })
        .sort(function (a, b) { return b - a; }).forEach(function (c) { if (c >= 0) more.deleteCell(c); });
      more.hidden = false; more.removeAttribute('data-k'); more.removeAttribute('data-v'); more.className = tr.className;
      tr.parentNode.replaceChild(more, tr);
    });
    all('#naermest tr[data-k]').forEach(function (tr) {
      var r = by[tr.getAttribute('data-k')], p = r.cells[column.place], n = +tr.parentNode.getAttribute('data-n');
      var text = r.tr.cells[column.place], th = document.createElement('th'), bar = tr.cells[0], rect = bar.querySelector('rect');
      th.scope = 'row'; th.textContent = r.name; tr.insertBefore(th, bar);
      rect.setAttribute('x', Math.round(100 * (p[1] - 1) / n) + '%');
      rect.setAttribute('width', Math.max(1, Math.round(100 * (p[2] - p[1] + 1) / n)) + '%');
      tr.appendChild(text.cloneNode(true));
      tr.removeAttribute('data-k');
    });
  }
  function take(text, i, n) {
    var parts = text.split('\u001e');
    for (var piece = 0; piece < 6; piece++) $('d' + piece).innerHTML = parts[piece * n + i];
    P = JSON.parse(parts[6 * n + i]);
    unfold();
    document.title = P.title;
    $('ark2').textContent = P.name;
    $('hvemsvar').textContent = fill(W.showing, {name: P.name});
    show();
  }
  function go(c) {
    var i = D.pages.indexOf(c), pack = Math.floor(i / D.each), first = pack * D.each;
    var n = Math.min(D.each, D.pages.length - first);
    if (i < 0) return;
    if (unpacked[pack]) { take(unpacked[pack], i - first, n); return; }
    if (typeof DecompressionStream === 'undefined') { $('hvemsvar').textContent = W.noPacking; return; }
    new Response(new Blob([bytes('pakke' + pack)]).stream().pipeThrough(new DecompressionStream('deflate-raw'))).text()
      .then(function (text) { unpacked[pack] = text; if (who.value === c) take(text, i - first, n); })
      .catch(function () { $('hvemsvar').textContent = W.noPacking; });
  }
  if (who) {
    names(D.pages.map(function (c) { return by[c]; }).filter(Boolean)).forEach(function (r) { option(who, r.code, r.name); });
    who.value = P.code;
    who.addEventListener('change', function () { go(who.value); });
    var asked = decodeURIComponent(location.hash.slice(1));
    if (by[asked] && D.pages.indexOf(asked) >= 0) { who.value = asked; go(asked); }
  }
  show();
}
if (typeof document !== 'undefined') councilStart();
