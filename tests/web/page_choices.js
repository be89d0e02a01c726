// page_choices.js - parts of page.js: choices that are made while the page computes, or after it: nothing stands under a choice that it was
// not made for, and a form is computed as it stands.
"use strict";
const fs = require("fs"), path = require("path");

module.exports = ({page, open, click, drop, download: take, downloads, text, isShown, settle, idle, native, readFile, work, hold}) => {

const VAGAN = {municipality_code: "1865", municipality: "Vågan", year: "2016", net_expenditure: "3,1", disabled_18_49: "5,1", population: "9600", clustering_index: "0,9",
    population_16_66: "64,2", non_western_immigrants: "4,1", new_refugees: "0,4", upper_secondary_completion: "70"};

// Fields as a user fills them.
async function fill(values) {
    for (const [column, value] of Object.entries(values)) {
        await page.$eval("#field-0-" + column, field => { field.focus(); field.select(); });
        await page.keyboard.press("Backspace");
        if (value)
            await page.keyboard.type(value);
    }
    await page.keyboard.press("Tab");
}

async function submit() {
    await page.$eval("#form", form => form.requestSubmit());
    await settle();
    await idle("the form");
}

// A file that a button hands over; one of the same name would be written over.
function download(id) {
    for (const name of fs.readdirSync(downloads))
        fs.rmSync(path.join(downloads, name));
    return take(id);
}

// Several things in one breath, so that the first has no time to end: [[id, value]...]; without a value it is pressed. =report is a model.
async function atOnce(...deeds) {
    await page.evaluate(all => {
        for (const [id, value] of all) {
            const element = id.startsWith("=") ? document.querySelector("input[name=model][value" + id + "]") : document.getElementById(id);
            if (value === undefined) {
                element.click();
            } else {
                element.value = value;
                element.dispatchEvent(new Event("change", {bubbles: true}));
            }
        }
    }, deeds);
    await settle();
    await idle(deeds.join(", "));
}

async function chosen() {
    return page.evaluate(() => ({municipality: document.getElementById("municipality").value, picture: document.getElementById("picture").value,
        group: document.getElementById("group").value, lang: document.documentElement.lang}));
}

async function formAsItStands() {
    await open();
    await click("by-hand");
    await fill(VAGAN);
    await submit();
    await click("compute");
    const before = await text("view");
    hold(before.includes("Vågan") && !await text("fault"), "the rows are computed: " + await text("fault"));
    await fill({net_expenditure: "6,2"});
    hold(!await isShown("results") && (await text("state")).includes("tatt bort"), "results of other rows than those of the form are gone: " + await text("state"));
    await click("compute");
    const after = await text("view");
    hold(await isShown("results") && after.includes("Vågan") && after !== before, "what stands in the form is computed: " + await text("fault"));
    fs.writeFileSync(path.join(work, "vagan.csv"), Object.keys(VAGAN).join(";") + "\n" + Object.values({...VAGAN, net_expenditure: "6,2"}).join(";") + "\n");
    const [own] = JSON.parse(fs.readFileSync(await download("format-json"))).rows, [other] = JSON.parse(native(["apply", "vagan.csv", "--json"])).rows;
    hold(Math.abs(own.ratio / other.ratio - 1) < 1e-12, "with the program's ratio: " + own.ratio + " and " + other.ratio);
    await fill({net_expenditure: "2.961"});
    await submit();
    const refusal = await text("fault");
    hold(refusal.includes("Rad 1") && refusal.includes("2,961") && refusal.includes("2961") && !refusal.includes("--"), "two readings are a sentence that can be followed here: " + refusal);
    hold(await page.$eval("#field-0-net_expenditure", field => field.getAttribute("aria-invalid") === "true"), "the field says so, too");
    await click("compute");
    hold(await text("fault") === refusal && !await isShown("results"), "what is refused is not computed as it was before: " + await text("fault"));
    await fill({net_expenditure: "2,961"});
    hold(await page.$$eval("#rows [aria-invalid=true]", fields => fields.length) === 0, "a field that is changed is no longer called wrong");
    await click("compute");
    hold(!await text("fault") && /Vågan\s+81\b/.test(await text("view")) && await isShown("results"), "a mended field is computed: " + await text("fault"));
    await fill({upper_secondary_completion: "861"});
    await click("compute");
    hold((await text("fault")).includes("861") && !await isShown("results"), "a figure that the program refuses: " + await text("fault"));
    await click("simulated");
    await click("compute");
    hold((await text("view")).includes("Trondheim") && !await text("fault"), "another panel is computed beside the form: " + await text("fault"));
    await fill({upper_secondary_completion: "70", net_expenditure: "2.961"});
    hold(await isShown("results"), "the form is not the panel then");
    await submit();
    await click("compute");
    hold((await text("fault")).includes("2961"), "a form that was refused is what is wanted: " + await text("fault"));
    await click("by-hand");
    await click("compute");
    hold(!await text("fault") && (await text("about")).includes("simulerte"), "a form that is closed is not: " + await text("fault"));
}

// What figures with points and commas are; null: a sentence.
async function typedFigures() {
    await open();
    const any = {is_whole: false, low: null, high: null}, percent = {is_whole: false, low: 0, high: 100}, index = {is_whole: false, low: 0, high: null},
        inhabitants = {is_whole: true, low: 1, high: null};
    for (const [column, typed, want] of [[any, "2,961", "2,9610"], [percent, "1,929", "1,9290"], [percent, "67.712", "67,7120"], [percent, "0.929", "0,9290"], [index, "1.202", null],
        [index, "1,202", "1,2020"], [index, "1.20", "1,20"], [any, "2.961", null], [any, "-2,961", "-2,9610"], [any, "\u22122,5", "-2,5"], [any, "1.234,5", "1234,5"],
        [any, "1,234.567", "1234,5670"], [any, ".5", "0,5"], [any, "12,", "12"], [any, "abc", "abc"], [any, "", ""], [inhabitants, "2 492", "2492"], [inhabitants, "2\u00a0492", "2492"],
        [inhabitants, "2.492", "2492"], [inhabitants, "2,492", null], [inhabitants, "2,000", null], [inhabitants, "1.234.567", "1234567"], [inhabitants, "2 49", "2 49"]]) {
        const {text: said, key} = await page.evaluate((...given) => window.typedNumber(...given), typed, column);
        hold(want === null ? key : said === want && !key, JSON.stringify(typed) + " in " + JSON.stringify(column) + " is " + said + " " + key);
    }
    await click("by-hand");
    const three = {net_expenditure: "2,961", disabled_18_49: "1,929", population: "2.492", clustering_index: "1,102", population_16_66: "67,712", non_western_immigrants: "2,937",
        new_refugees: "1,201", upper_secondary_completion: "71,934"};
    await fill({...VAGAN, ...three});
    await submit();
    hold(!await text("fault") && await page.$$eval("#rows [aria-invalid=true]", fields => fields.length) === 0, "three decimals are read: " + await text("fault"));
    await click("compute");
    const [own] = JSON.parse(fs.readFileSync(await download("format-json"))).rows;
    const plain = Object.fromEntries(Object.entries({...three, population: "2492"}).map(([column, value]) => [column, value.includes(",") ? value + "0" : value]));
    fs.writeFileSync(path.join(work, "three.csv"), Object.keys(VAGAN).join(";") + "\n" + Object.values({...VAGAN, ...plain}).join(";") + "\n");
    const [other] = JSON.parse(native(["apply", "three.csv", "--json"])).rows;
    hold(Math.abs(own.need / other.need - 1) < 1e-12 && Math.abs(own.ratio / other.ratio - 1) < 1e-12, "as what they are: " + own.need + " and " + other.need);
    const rows = await download("save-form");
    await drop([[path.basename(rows), fs.readFileSync(rows)]]);
    hold((await text("about")).includes(": 1.") && !await text("fault"), "the saved rows are read again: " + await text("fault"));
}

// After a cancel the menus are those of what is shown, and so are the files.
async function cancelled() {
    await open();
    await click("simulated");
    await click("compute");
    await click("view-profile");
    await atOnce(["municipality", "1865"], ["cancel"]);
    hold((await chosen()).municipality === "0101" && (await text("view")).includes("0101 Halden"), "the municipality is the one that is shown: " + (await chosen()).municipality);
    hold((await text("state")).includes("Avbrutt"), "a cancel says so: " + await text("state"));
    const file = await download("format-csv");
    hold(path.basename(file).endsWith("-profile-0101.csv") && fs.readFileSync(file, "utf8").includes("Halden"), "the file is of what is shown: " + path.basename(file));
    await atOnce(["group", "county"], ["cancel"]);
    hold((await chosen()).group === "" && !(await text("view")).includes("gruppen Østfold"), "the group is the one that is shown");
    await atOnce(["municipality", "1865"]);
    const other = await download("format-csv");
    hold(path.basename(other).endsWith("-profile-1865.csv"), "a file is named by its municipality: " + path.basename(other));
    await click("view-plot");
    await atOnce(["picture", "funnel"], ["cancel"]);
    hold((await chosen()).picture === "rank", "the chart is the one that is shown");
    hold(path.basename(await download("format-svg")).endsWith("-plot-rank.svg"), "and its file");
    await atOnce(["language"], ["cancel"]);
    hold((await chosen()).lang === "nb" && (await text("view-title")) === "Figurer" && (await text("findings-title")).includes("kontroll"), "the language is the one that is shown");
    hold((await text("state")).includes("Avbrutt") && await isShown("results"), "and what was shown stands: " + await text("state"));
    if (await isShown("view-report")) {
        await click("view-report");
        await atOnce(["municipality", "0101"], ["cancel"]);
        const page = await download("format-html");
        hold(path.basename(page).endsWith("-report-1865.html") && /<title>[^<]*Vågan/.test(fs.readFileSync(page, "utf8")), "the council page is of what is shown: " + path.basename(page));
    }
}

// A second choice while the first is computed: what stands is of both, and what was asked for first is there.
async function secondChoices() {
    await open();
    await click("simulated");
    await atOnce(["compute"], ["language"]);
    hold((await text("view")).includes("Disabled aged 18–49") && (await chosen()).lang === "en", "a language while the fit is computed: " + await text("fault"));
    hold(!await page.$eval("#view-profile", button => button.disabled), "the list of municipalities came, too");
    await atOnce(["view-rank"], ["group", "county"]);
    hold((await text("view-title")) === "Ranking", "a group takes no ranking away: " + await text("view-title"));
    await atOnce(["view-profile"], ["municipality", "1865"], ["group", "county"], ["language"]);
    hold((await text("view")).includes("1865 Vågan") && (await text("view")).includes("Nordland") && (await text("view-title")) === "Kommuneprofil",
        "a municipality, its group and a language: " + await text("view-title") + await text("fault"));
    await atOnce(["municipality", "0101"], ["format-csv"]);
    hold((await text("state")).includes("-profile-0101.csv"), "a file that is pressed for while another is computed is of that: " + await text("state"));
    await atOnce(["format-csv"], ["view-rank"]);
    hold((await text("view-title")) === "Rangering", "a ranking after a press for a file: " + await text("view-title"));
    await atOnce(["compute"], ["formula", "net_expenditure ~ disabled_18_49"]);
    hold((await isShown("results")) && !(await text("view")).includes("Opphopning") && /uføre 18–49/.test(await text("view")), "an own formula while the fit is computed: " + await text("fault"));
    await atOnce(["compute"], ["unit", "kr_per_inhabitant"]);
    hold(await isShown("results") || (await text("fault")).length > 10, "a unit while the fit is computed");
    await atOnce(["unit", ""], ["formula", ""], ["=report"], ["compute"], ["=formula"]);
    hold(!await isShown("results") && (await text("fault")).includes("formel"), "a formula that is not written yet leaves no results of another: " + await text("fault"));
    await page.$eval("input[value=report]", radio => radio.click());
    await page.$eval("#compute", button => button.click());
    await new Promise(resolve => setTimeout(resolve, 200));
    await atOnce(["language"]);
    hold((await text("view")).includes("Disabled aged 18–49"), "a language after 200 ms: " + await text("fault"));
}

// A file whose unit is asked for beside a panel that stands: the choice is shown, and the file is read again with it.
async function unitOfARefusedFile() {
    await open();
    await drop([["panel.csv", readFile("panel.csv")]]);
    await click("compute");
    const [head, ...lines] = readFile("panel.csv").toString().trimEnd().split(/\r?\n/), place = head.split(",").indexOf("net_expenditure");
    const kroner = lines.map(line => line.split(",").map((cell, i) => i === place ? String(Math.round(1000 * Number(cell))) : cell).join(","));
    const labelled = head.replace("net_expenditure", '"Netto driftsutgifter til sosialhjelp, kr per innbygger"');
    hold(!await isShown("unit"), "the unit is not asked for before it is needed");
    await drop([["kroner.csv", Buffer.from([labelled, ...kroner].join("\n") + "\n")]]);
    hold((await text("fault")).includes("Enheten til utfallsvariabelen") && (await text("fault")).includes("gjelder fortsatt: panel.csv"),
        "the sentence names the choice: " + await text("fault"));
    hold(await isShown("unit"), "the choice that it names is in sight");
    await atOnce(["unit", "kr_per_inhabitant"]);
    hold((await text("about")).includes("kroner.csv") && !await text("fault"), "the refused file is read with its unit: " + await text("about") + await text("fault"));
    await click("compute");
    hold(await isShown("results") && (await text("about")).includes("kroner.csv") && (await text("view")).includes("Uføre"), "and fitted: " + await text("fault"));
    const {outcome_unit: unit, data} = JSON.parse(fs.readFileSync(await download("format-json")));
    hold(unit === "kr_per_inhabitant" && data === "kroner.csv", "in its unit: " + unit + ", " + data);
}

// What is never let through is not offered, and what is has the program's words.
async function letThrough() {
    await open();
    const lines = readFile("panel.csv").toString().trimEnd().split("\n"), twice = [...lines, lines[lines.length - 1]];
    await drop([["dobbel.csv", Buffer.from(twice.join("\n") + "\n")]]);
    hold((await text("findings-body")).includes("enda en rad") && !await isShown("allow"), "a row twice is never let through, nor is that offered: " + await text("findings-body"));
    const faulty = readFile("faults.csv").toString().trimEnd().split(/\r?\n/);
    await drop([["begge.csv", Buffer.from([...faulty, faulty[faulty.length - 1]].join("\n") + "\n")]]);
    const labels = await page.$$eval("#allow-kinds label", all => all.map(label => label.innerText.trim()));
    hold(labels.length === 1 && labels[0] === "tall utenfor modellens grenser (1)", "what is offered is in words: " + labels.join(" | "));
    await click("language");
    hold((await page.$eval("#allow-kinds label", label => label.innerText)).includes("figures outside the model's limits"), "in both languages");
}

// The quick look at a file and the thorough one say which they are.
async function twoLooks() {
    await open();
    await click("simulated");
    const heading = await page.$eval("#findings-body h4", element => element.textContent);
    hold((await text("findings-title")).includes("Rask kontroll") && (await text("findings-body")).includes("Grundig kontroll"), "the first look says that it is the quick one: " + await text("findings-title"));
    await click("compute");
    await click("view-check");
    const thorough = await page.$eval("#view h4", element => element.textContent);
    hold(thorough.includes("grundige") && thorough !== heading, "the thorough one has a heading of its own: " + thorough);
}

return {formAsItStands, typedFigures, cancelled, secondChoices, unitOfARefusedFile, letThrough, twoLooks};
};
