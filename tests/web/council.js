// council.js FILE.html... - each page of a council at 320, 768 and 1 280 pixels, light and dark, looked at by axe-core; what its
// script does with fields, and with sliders at both ends and at 200 drawn settings, against `behov scenario set` of
// $BEHOV_PROGRAM; which columns a telephone shows; and its two sheets of A4.
"use strict";
const fs = require("fs"), os = require("os"), path = require("path");
const {execFileSync} = require("child_process");
const {start, end, barriers, overflow, hold, finish} = require(path.join(__dirname, "browser.js"));

// Pages of a PDF: its page objects, or in a compressed file the count of its tree.
function sheets(pdf) {
    return (Buffer.from(pdf).toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g) || []).length;
}

// What is typed into a field, and what the page says of it.
function typed(page, index, text) {
    return page.evaluate((i, value) => {
        const field = document.getElementById("x" + i);
        field.value = value;
        field.dispatchEvent(new Event("change"));
        return {said: document.getElementById("w4").textContent, isInvalid: field.hasAttribute("aria-invalid"),
            all: document.querySelector(".res").textContent};
    }, index, text);
}

// ---- what if, against `behov scenario set` -------------------------------------------------------------------------------

// Numbers in a text as print has them: hard spaces between thousands, a true minus sign, the language's decimal mark.
function numbers(text, mark) {
    const plain = text.replace(/\u00a0/g, "").replace(/\u2212/g, "-").replace(mark === "," ? /(\d),(\d)/g : /(\d)\.(\d)/g, "$1.$2");
    return (plain.match(/[-+]?\d+(\.\d+)?/g) || []).map(Number);
}

// What the page reckons with, in the page: its figures, and its own function at the columns x.
function basis(page) {
    return page.evaluate(() => {
        const common = JSON.parse(document.getElementById("felles").textContent), own = JSON.parse(document.getElementById("d6").textContent);
        return {own, mark: common.mark, shown: common.shown, variables: common.whatif.variables};
    });
}

// Sliders moved to positions (index -> step), all others where they are; what a reader sees then, and the page put back.
function slid(page, steps) {
    return page.evaluate(moves => {
        const text = id => document.getElementById(id).textContent;
        document.getElementById("igjen").click();
        const fields = moves.map(([i, step]) => {
            const slider = document.getElementById("s" + i), field = document.getElementById("x" + i);
            slider.value = step === "min" || step === "max" ? slider[step] : step;
            slider.dispatchEvent(new Event("input"));
            return {i, step: +slider.value, last: +slider.max, field: field.value, spoken: slider.getAttribute("aria-valuetext"),
                limits: text("x" + i + "-o"), isInvalid: field.hasAttribute("aria-invalid"), label: text("x" + i + "-l")};
        });
        const seen = {fields, need: text("w1"), needInterval: text("w2"), ratio: text("w3"), outside: text("w4")};
        document.getElementById("igjen").click();
        return seen;
    }, steps);
}

// The columns of a setting: the figures in the fields.
function columns(known, seen) {
    const x = known.own.values.slice();
    for (const {i, field} of seen.fields)
        x[i] = numbers(field, known.mark)[0];
    return x;
}

// Three decimals alone could be thousands.
const unambiguous = value => String(value).replace(/\.\d{3}$/, digits => digits + "0");

// `behov scenario set` with the same figures, one scenario for each setting.
function scenarios(known, settings, folder) {
    const rows = ["scenario,municipality_code,column,change"];
    settings.forEach(({x}, k) => known.variables.forEach((variable, i) => {
        if (variable.slider && x[i] !== known.own.values[i] || variable.population)
            rows.push("S" + k + "," + known.own.code + "," + variable.name + ",\"" + unambiguous(x[i]) + "\"");
    }));
    const file = path.join(folder, "settings.csv");
    fs.writeFileSync(file, rows.join("\n") + "\n");
    return JSON.parse(execFileSync(process.env.BEHOV_PROGRAM, ["scenario", "set", "--scenario", file, "--allow", "limit", "--quiet", "--json"],
        {maxBuffer: 1 << 28})).scenarios;
}

const near = (a, b, digits) => Math.abs(a - b) <= Math.pow(10, -digits) * Math.max(Math.abs(a), Math.abs(b));
const prints = (text, value, decimals) => Math.abs(text - value) <= (0.5 + 1e-9) * Math.pow(10, -decimals);

// A setting as it is shown, to the last digit, and as the page reckons it, to 12, against the scenario.
function holdSetting(name, known, seen, reckoned, scenario) {
    const after = scenario.after, printed = text => numbers(text, known.mark), [low, high] = printed(seen.needInterval);
    for (const [key, want] of [["need", after.need], ["low", after.need_low], ["high", after.need_high], ["ratio", after.ratio],
        ["ratioLow", after.ratio_low], ["ratioHigh", after.ratio_high]])
        hold(want === null ? reckoned[key] === null : near(reckoned[key], want, 12),
            name + " " + key + ": " + reckoned[key] + ", scenario set has " + want);
    hold(prints(printed(seen.need)[0], known.shown * after.need, 0), name + " shows the need " + seen.need + " of " + after.need);
    hold(prints(low, known.shown * after.need_low, 0) && prints(high, known.shown * after.need_high, 0),
        name + " shows the interval " + seen.needInterval + " of " + after.need_low + " to " + after.need_high);
    const figures = printed(seen.ratio), want = [after.ratio, after.ratio_low, after.ratio_high].filter(value => value !== null);
    hold(figures.length === want.length && figures.every((figure, k) => prints(figure, want[k], 0)),
        name + " shows the ratio " + seen.ratio + " of " + want);
    const change = printed(seen.needInterval).slice(2);
    hold(!change.length || prints(change[0], known.shown * scenario.need_change, 0) &&
        (/tusen kr|thousand kr/.test(seen.needInterval) ? prints(change[1], scenario.need_change_1000kr, Math.abs(scenario.need_change_1000kr) < 10 ? 1 : 0) && Math.abs(scenario.need_change_1000kr) < 1000
            : prints(change[1], scenario.need_change_1000kr / 1000, 1) && Math.abs(scenario.need_change_1000kr) >= 1000),
        name + " shows the change " + seen.needInterval + " of " + scenario.need_change + ", " + scenario.need_change_1000kr);
}

// At both ends of a slider the field, and what is spoken, is the end that stands beneath the slider; it is in the year's figures,
// which the model is estimated on, and so nothing is said of it.
function holdEnd(name, known, seen) {
    const {i, step, last, field, spoken, limits, isInvalid, label} = seen.fields[0], end = step === 0 ? 0 : 1;
    const beneath = limits.split("\u2013").map(text => numbers(text, known.mark)[0]), shown = numbers(field, known.mark)[0];
    hold(step === 0 || step === last, name + " is at no end: " + step);
    hold(field === spoken && !isInvalid, name + " shows " + field + " and speaks " + spoken);
    hold(shown === beneath[end], name + " shows " + field + " of " + limits);
    hold(beneath[0] <= known.variables[i].low && beneath[1] >= known.variables[i].high, name + " has all of the column between " + limits);
    hold(!seen.outside.includes(label), name + ": " + seen.outside);
}

// Steps of sliders that are drawn anew each time the test runs, and always the same.
function* drawn(sliders, n) {
    let state = 20261130;
    const next = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 4294967296;
    for (let k = 0; k < n; k++) {
        const moved = sliders.filter(() => next() < 0.5);
        yield (moved.length ? moved : [sliders[k % sliders.length]]).map(i => [i, Math.floor(401 * next())]);
    }
}

async function againstScenarios(page, file, sliders, nDrawn, folder) {
    const known = await basis(page), settings = [];
    const steps = sliders.flatMap(i => ["min", "max"].map(place => [[i, place]])).concat([...drawn(sliders, nDrawn)]);
    for (const moves of steps) {
        const seen = await slid(page, moves);
        settings.push({moves, seen, x: columns(known, seen)});
    }
    const reckoned = await page.evaluate(all => {
        const common = JSON.parse(document.getElementById("felles").textContent), own = JSON.parse(document.getElementById("d6").textContent);
        return all.map(x => window.councilWhatIf(common.whatif, own, x)).map(r => JSON.parse(JSON.stringify(r)));
    }, settings.map(setting => setting.x));
    const said = scenarios(known, settings, folder);
    hold(said.length === settings.length, file + ": " + said.length + " scenarios of " + settings.length + " settings");
    settings.forEach(({moves, seen}, k) => {
        const name = file + ": sliders " + moves.map(move => move.join(" at ")).join(", ");
        if (k < 2 * sliders.length)
            holdEnd(name, known, seen);
        holdSetting(name, known, seen, reckoned[k], said[k]);
    });
    return settings.length;
}

// What one field refuses takes no warning from what another holds, which the answer rests on.
async function warningsStay(page, file, sliders) {
    const far = (await typed(page, sliders[0], "99")).said;
    const both = (await typed(page, sliders[1], "abc")).said;
    hold(far && both.includes(far) && both.includes("abc"), file + ": a refusal beside what is outside the data: " + both);
    const mended = (await typed(page, sliders[1], "1")).said;
    hold(mended.includes(far.split(".")[0]) && !mended.includes("abc"), file + ": a figure takes the refusal away: " + mended);
    await page.evaluate(() => document.getElementById("igjen").click());
}

// With another population the page says that the year's expenditure per inhabitant is held; with the own one it does not.
async function saysWhatIsHeld(page, file) {
    const held = await page.evaluate(() => {
        const common = JSON.parse(document.getElementById("felles").textContent), i = common.whatif.variables.findIndex(variable => variable.population && variable.slider);
        if (i < 0 || common.inAll === null)
            return null;
        const text = () => document.getElementById("w4").textContent, slider = document.getElementById("s" + i), before = text();
        slider.value = +slider.value < 200 ? 300 : 100;
        slider.dispatchEvent(new Event("input"));
        const after = text();
        document.getElementById("igjen").click();
        return {before, after, last: text(), sentence: common.words.held};
    });
    hold(!held || held.sentence && held.after.includes(held.sentence) && !held.before.includes(held.sentence) && !held.last.includes(held.sentence),
        file + ": expenditure per inhabitant is held: " + JSON.stringify(held));
}

async function whatIf(page, file, nDrawn, folder) {
    const sliders = await page.evaluate(() => [...document.querySelectorAll("input[type=range]")].map(slider => slider.id.slice(1)));
    hold(sliders.length > 0, file + " has sliders");
    const shown = await page.evaluate(() => [document.getElementById("w2").textContent, document.getElementById("w3").textContent]);
    hold(/\d[^\d]+\d/.test(shown[0]), file + " prints the interval of the need: " + shown[0]);
    for (const i of sliders) {
        // what is shown, typed anew, is the figure that stood there
        const before = await page.evaluate(k => [document.getElementById("x" + k).value, document.getElementById("w2").textContent], i);
        await typed(page, i, "7");
        await typed(page, i, before[0]);
        const after = await page.evaluate(() => document.getElementById("w2").textContent);
        hold(after === before[1], file + ": field " + i + " with its own " + before[0] + " again: " + after);
        for (const text of ["150.000", "1,250", "", "x", "-7", "1e999"]) {
            const result = await typed(page, i, text);
            hold(result.isInvalid && result.said, file + ": field " + i + " refuses " + JSON.stringify(text) + ": " + result.said);
            hold(!/NaN|Infinity/.test(result.all), file + ": field " + i + " with " + JSON.stringify(text) + ": " + result.all);
        }
        await page.evaluate(() => document.getElementById("igjen").click());
    }
    await warningsStay(page, file, sliders);
    await saysWhatIsHeld(page, file);
    return againstScenarios(page, file, sliders, nDrawn, folder);
}

// ---- the table on a telephone -------------------------------------------------------------------------------------------

// Without scrolling sideways a reader of 320 pixels sees the name, the ratio and the word of both tables, whole.
async function firstColumns(page, file) {
    const cut = await page.evaluate(() => ["like", "alletall"].flatMap(id => {
        const table = document.getElementById(id), box = table.parentNode.getBoundingClientRect();
        return [...table.querySelectorAll("tr")].filter(row => row.offsetParent && row.cells.length > 3).slice(0, 30)
            .filter(row => [0, 1, 2].some(c => row.cells[c].getBoundingClientRect().right > box.right + 0.5 || row.cells[c].scrollWidth > row.cells[c].clientWidth + 1))
            .map(row => id + ": " + [...row.cells].slice(0, 3).map(cell => cell.textContent.trim() + " to " + Math.round(cell.getBoundingClientRect().right)).join(" | ") + " of " + Math.round(box.right));
    }));
    hold(!cut.length, file + ": the first columns do not fit: " + cut.slice(0, 4).join("; "));
}

// A name stands whole on its line, as every word at the head of a row: a table that is wider scrolls in its own box.
async function wholeWords(page, file) {
    const broken = await page.evaluate(() => {
        for (const details of document.querySelectorAll("details"))
            details.open = true;
        const words = [], range = document.createRange();
        for (const head of document.querySelectorAll(".tw tbody th")) {
            const texts = document.createTreeWalker(head, NodeFilter.SHOW_TEXT);
            while (head.offsetParent && texts.nextNode())
                for (const word of texts.currentNode.data.matchAll(/\p{L}{2,}/gu)) {
                    range.setStart(texts.currentNode, word.index);
                    range.setEnd(texts.currentNode, word.index + word[0].length);
                    if (new Set([...range.getClientRects()].map(line => Math.round(line.top))).size > 1)
                        words.push(word[0] + " of " + head.closest("table").id);
                }
        }
        return words;
    });
    hold(!broken.length, file + ": words are broken: " + broken.slice(0, 5).join(", "));
    const wider = await overflow(page);
    hold(wider <= 0, file + " with all tables open is " + wider + " pixels wider than the window");
}

(async () => {
    const session = await start(), page = await session.browser.newPage(), folder = fs.mkdtempSync(path.join(os.tmpdir(), "behov-council-"));
    let nSettings = 0;
    page.setDefaultNavigationTimeout(120000); // tests share their machine
    for (const file of process.argv.slice(2)) {
        const requested = [];
        page.removeAllListeners("request");
        page.on("request", request => requested.push(request.url()));
        for (const width of [320, 768, 1280]) {
            for (const scheme of ["light", "dark"]) {
                await page.emulateMediaFeatures([{name: "prefers-color-scheme", value: scheme}]);
                await page.setViewport({width, height: 900});
                await page.goto("file://" + path.resolve(file), {waitUntil: "load"});
                for (const found of await barriers(page))
                    hold(false, file + " at " + width + ", " + scheme + ": " + found);
            }
            const wider = await overflow(page);
            hold(wider <= 0, file + " at " + width + " is " + wider + " pixels wider than the window");
            if (width === 320) {
                await firstColumns(page, file);
                await wholeWords(page, file);
            }
        }
        const rows = await page.evaluate(() => [...document.querySelectorAll("#alletall tbody tr")].filter(row => !row.hidden).length);
        hold(rows < 120, file + " opens with " + rows + " rows of all municipalities");
        nSettings += await whatIf(page, file, /one-nb/.test(file) ? 200 : 10, folder);
        const n = sheets(await page.pdf({preferCSSPageSize: true}));
        hold(n === 2, file + " is " + n + " sheets of paper");
        hold(requested.every(url => url.startsWith("file://")), file + " asked for " + requested.filter(url => !url.startsWith("file://")));
    }
    fs.rmSync(folder, {recursive: true, force: true});
    console.log(nSettings + " settings of sliders against scenario set");
    const network = await end(session);
    hold(!network.asked.length, "the browser asked for " + network.asked.join(", "));
    hold(network.bytes > 1000, "the network log has something in it");
    finish();
})();
