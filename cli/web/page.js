// page.js - the browser edition: what is dropped, chosen and asked for becomes calls of behov in a worker, and what those write is
// shown or handed over as files. It computes no figure, asks the network for nothing and stores nothing.
"use strict";
(() => {
const WORDS = {{words}}, HAS_REPORT = {{has_report}};
const MOST_MB = 64, MOST_FINDINGS = 50;
const FORMATS = ["xlsx", "docx", "html", "csv", "json"];
// Options of the program that are choices of this page, and the choices' words.
const CHOICES = {"--allow": "allow", "--coefficients": "model_saved", "--formula": "model_formula", "--group": "group", "--outcome-unit": "unit",
    "--profile": "municipality", "--sheet": "sheet", "--year-effect": "year_effect"};
// A page of the program is copied element by element: what is not here is left out.
const ELEMENTS = new Set("SECTION H2 P DIV TABLE CAPTION THEAD TBODY TR TH TD SPAN B WBR TIME".split(" "));
const ATTRIBUTES = ["class", "scope", "role", "tabindex"];

const grouping = new Intl.NumberFormat("nb-NO"); // as the program groups thousands in both languages
const $ = id => document.getElementById(id);
let lang = "nb";
let panel = null; // {name, bytes}; no bytes: the simulated one of the program
let candidate = null; // what shall be the panel when it is read; it stands unread only where there is no panel
let saved = null; // {name, bytes} of a fit
let columns = [], rows = [{}], placed = []; // the form: its columns, what is filled in, findings by row and column
let municipalities = [];
const kept = new Map(); // results of this panel by their arguments
let view = "", picture = "rank", address = "";
let orders = null; // downloads that were pressed and are under way: steps of work()
let narrowest = 90; // millimetres that a chart has on a telephone

function say(key, values = {}) {
    return WORDS[key][lang].replace(/\{(\w+)\}/g, (whole, name) => name in values ? values[name] : whole);
}

// Characters that turn the direction of a line, or that nobody sees, are shown as what they are: foreign.
function plain(text) {
    return text.replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g, "\ufffd");
}

function put(name, properties = {}, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(properties))
        key in element ? element[key] = value : element.setAttribute(key, value);
    element.append(...children);
    return element;
}

// ---- the program in its worker ------------------------------------------------------------------------------------------

let program, number = 0, waiting = null, job = 0;
class Refusal extends Error {} // a sentence for the user
class Stopped extends Error {} // by the user, or by a newer job

function listen() {
    worker.onmessage = ({data}) => waiting && data.number === waiting.number && waiting.resolve(data);
    worker.onerror = event => waiting && waiting.resolve({stopped: event.message || "worker"});
}

function renewWorker() {
    worker.terminate();
    worker = new Worker(source);
    listen();
    worker.postMessage({program});
}

// The first worker, which begin.js began, unpacks and compiles the program; this page keeps it for those that come after.
async function start() {
    const answer = await begun;
    program = answer.program;
    listen();
    $("version").textContent = answer.version.replace(/^behov /, "");
    document.documentElement.dataset.ready = Math.round(performance.now());
}

const started = start().catch(error => { throw new Refusal(say("fault_start", {text: plain(String(error && error.message || error))})); });

// Runs one command: its outputs as bytes, its standard output as text and its messages as lines. Throws those when an output is not
// there, for then it refused.
async function run(args, outputs, files = []) {
    const own = job;
    await started;
    if (own !== job)
        throw new Stopped();
    const answer = await new Promise((resolve, reject) => {
        waiting = {number: ++number, resolve, reject};
        worker.postMessage({number, args: [...args, "--lang", lang], outputs,
            files: Object.fromEntries(files.filter(file => file && file.bytes).map(file => [file.name, file.bytes]))});
    });
    waiting = null;
    if (own !== job)
        throw new Stopped();
    if (answer.stopped) {
        renewWorker();
        throw new Refusal(say("fault_program", {text: plain(answer.stopped)}));
    }
    const lines = answer.messages.split("\n").map(line => plain(line.replace(/^behov: /, "")))
        .filter(line => line && !outputs.some(name => line === say("wrote", {name})));
    if (outputs.some(name => !answer.files[name]))
        throw new Refusal(lines.join("\n") || say("fault_no_output"));
    return {status: answer.status, out: answer.out, lines, files: answer.files, text: name => new TextDecoder().decode(answer.files[name])};
}

function stop() {
    job++;
    orders = null;
    if (waiting) {
        const {reject} = waiting;
        waiting = null;
        renewWorker();
        reject(new Stopped());
    }
    $("working").hidden = true;
}

// One job at a time; a newer one ends the one before it. steps: [[key of its name, function]...]; file: what they shall make the panel.
async function work(steps, file = panel ? null : candidate) {
    stop();
    candidate = file;
    const own = job;
    $("fault").textContent = "";
    $("working").hidden = false;
    try {
        for (const [i, [key, step]] of steps.entries()) { // more may come while it goes
            $("progress").max = steps.length;
            $("progress").value = i + 0.5;
            $("doing").textContent = say("doing", {what: say(key), n: i + 1, m: steps.length});
            await step();
            if (own !== job)
                throw new Stopped();
        }
    } catch (error) {
        if (!(error instanceof Stopped))
            refuse(error instanceof Refusal ? error.message : say("fault_program", {text: plain(String(error.message || error))}));
    }
    if (own === job) {
        $("working").hidden = true;
        orders = null;
    }
}

// A fault ends what was said before it.
function refuse(sentence) {
    state("");
    $("fault").textContent = [sentence, ...optionsSaid(sentence)].join("\n");
    $("fault").scrollIntoView({block: "nearest"});
}

// The program's sentences name options. Which of them are choices of this page is said, and that the others are not.
function optionsSaid(words) {
    const named = [...new Set(words.match(/(?<![\w-])--[a-z][a-z-]*/g))], others = named.filter(option => !CHOICES[option]);
    return [...named.filter(option => CHOICES[option]).map(option => say("option_here", {option, choice: say(CHOICES[option])})),
        ...(others.length ? [say("option_elsewhere", {options: others.join(", ")})] : [])];
}

// ---- what is asked for ----------------------------------------------------------------------------------------------------

const chosenModel = () => document.querySelector("input[name=model]:checked").value;
const isLent = () => ["printed", "saved"].includes(chosenModel());
const municipality = () => $("municipality").value;
const inputs = (file = panel) => [file, chosenModel() === "saved" ? saved : null];

function common({hasFormula = true, file = panel} = {}) {
    const args = file && file.bytes ? [file.name] : [];
    if (hasFormula && chosenModel() === "formula") {
        if (!$("formula").value.trim())
            throw new Refusal(say("fault_no_formula"));
        args.push("--formula", $("formula").value);
    }
    if ($("sheet").value.trim())
        args.push("--sheet", $("sheet").value.trim());
    if ($("unit").value)
        args.push("--outcome-unit", $("unit").value);
    for (const box of file === panel ? document.querySelectorAll("#allow-kinds input:checked") : []) // another file has its own faults
        args.push("--allow", box.value);
    return args;
}

function lent() {
    const args = common({hasFormula: false});
    if (chosenModel() === "saved") {
        if (!saved)
            throw new Refusal(say("fault_no_saved"));
        args.push("--coefficients", saved.name);
    }
    return $("year-effect").value ? [...args, "--year-effect", $("year-effect").value] : args;
}

const grouped = () => $("group").value ? ["--group", $("group").value] : [];
const VIEWS = {
    fit: {args: () => ["fit", ...common()], formats: ["full", ...FORMATS.slice(1)]},
    rank: {args: () => ["rank", ...common()], formats: FORMATS},
    profile: {args: () => ["profile", municipality(), ...common(), ...grouped()], formats: FORMATS, asks: ["municipality"]},
    report: {args: () => ["report", ...common(), "--profile", municipality(), ...grouped()], formats: ["html"], asks: ["municipality"]},
    plot: {args: plotArgs, formats: ["svg"], asks: ["picture", "municipality"]},
    check: {args: () => ["panel", "check", ...common({hasFormula: false})], formats: FORMATS},
    apply: {args: () => ["apply", ...lent()], formats: FORMATS}};
const PICTURES = ["rank", "fit", "ratios", "coefficients", "funnel", "places", "profile"];

function plotArgs() {
    const isOne = picture === "profile", isMarked = ["funnel", "places"].includes(picture);
    const width = Math.min(260, Math.max(narrowest, Math.floor(document.querySelector("main").clientWidth * 25.4 / 96))); // millimetres
    return ["plot", picture, ...(isOne ? [municipality()] : []), ...common(), ...(isMarked && municipality() ? ["--municipality", municipality()] : []),
        ...(isOne ? grouped() : []), "--width", String(width)];
}

function shownViews() {
    return isLent() ? ["apply"] : ["fit", "rank", "profile", ...(HAS_REPORT ? ["report"] : []), "plot", ...(chosenModel() === "formula" ? [] : ["check"])];
}

function fileName(what, ending) {
    const base = panel && panel.bytes ? panel.name.replace(/\.[^.]*$/, "") : say("simulated_name");
    return [...base.replace(/[\\/:*?"<>|]/g, "_")].slice(0, 60).join("") + "-" + what + "." + ending;
}

// ---- the panel ------------------------------------------------------------------------------------------------------------

async function bytesFrom(file) {
    const name = plain(file.name);
    if (file.size > MOST_MB * 1e6)
        throw new Refusal(say("fault_large", {name, n: Math.round(file.size / 1e6), m: MOST_MB}));
    try {
        return {name: name.replace(/^-/, "_").replace(/[\\/]/g, "_"), bytes: new Uint8Array(await file.arrayBuffer())};
    } catch {
        throw new Refusal(say("fault_unreadable", {name}));
    }
}

async function take(files) {
    stop();
    $("fault").textContent = "";
    if (!panel)
        about("", false); // the name of a file that was not read
    if (files.length !== 1)
        return files.length ? refuse(say("fault_two", {n: files.length})) : undefined;
    try {
        const own = job, file = await bytesFrom(files[0]);
        if (own !== job)
            return undefined;
        if (/\.json$/i.test(file.name))
            return useSaved(file);
        return usePanel(file);
    } catch (error) {
        return refuse(error.message);
    }
}

// A file becomes the saved fit when the program has read it; until then all is as it was. `behov apply` reads coefficients before the
// panel, and there is none here: what it says of the file is what is wrong with that.
function useSaved(file) {
    return work([["task_check", async () => {
        try {
            await run(["apply", "/none/panel.csv", "--coefficients", file.name, "-q", "-o", "read.json"], ["read.json"], [file]);
        } catch (error) {
            if (!(error instanceof Refusal))
                throw error;
            if (!error.message.startsWith("/none/"))
                throw new Refusal(error.message + "\n" + say("saved_stands"));
        }
        keepSaved(file);
    }]]);
}

function keepSaved(file) {
    saved = file;
    kept.clear();
    document.querySelector("input[name=model][value=saved]").checked = true;
    $("saved-name").textContent = file.name;
    modelChanged();
}

// A file becomes the panel when the program has read it; until then the one before it stands with its fit and results.
function usePanel(file) {
    $("compute").disabled = false;
    return work([["task_check", () => check(file)]], file);
}

function replacePanel(file) {
    panel = file;
    candidate = null;
    kept.clear();
    municipalities = [];
    hideResults();
    $("allow-kinds").replaceChildren();
}

const panelName = file => file.bytes ? file.name : say("simulated_panel");

// `behov check`: the findings as the program prints them, those of the form beside its fields.
async function check(file = candidate || panel) {
    let answer;
    try {
        answer = await run(["check", ...common({hasFormula: chosenModel() === "formula" && $("formula").value.trim(), file}), "-o", "check.html", "-o", "check.json"],
            ["check.html", "check.json"], inputs(file));
    } catch (error) {
        if (!(error instanceof Refusal))
            throw error;
        if (panel && file !== panel) {
            candidate = null;
            throw new Refusal(error.message + "\n" + say("panel_stands", {name: panelName(panel)}));
        }
        $("findings").hidden = true;
        about(say("panel_unread", {name: panelName(file)}), false);
        throw error;
    }
    if (file !== panel)
        replacePanel(file);
    const result = JSON.parse(answer.text("check.json"));
    const values = {name: panelName(panel), n: grouping.format(result.n_rows)};
    about(say("panel_is", values) + (result.is_simulated ? " " + say("is_simulated") : ""), result.is_simulated);
    freeHeight();
    state(say("done", {what: say("findings")}));
    $("findings-title").textContent = say("findings");
    $("findings-body").replaceChildren(messageFirst(adopted(answer.text("check.html"), "check-")), notes(answer.lines));
    $("findings-body").append(notes(optionsSaid($("findings-body").textContent)));
    $("findings").hidden = false;
    offerKinds(result.findings);
    $("findings-body").append(...await rowsWithFindings(result.findings));
    placed = panel.isForm ? result.findings : [];
    if (panel.isForm)
        drawForm();
}

// Rows of delimited text as the program writes it.
function cellsOf(text) {
    return [...text.replace(/^\ufeff/, "").matchAll(/((?:"(?:[^"]|"")*"|[^",\r\n]*)(?:,(?:"(?:[^"]|"")*"|[^",\r\n]*))*)\r?\n/g)].map(line =>
        [...line[1].matchAll(/(?:^|,)("(?:[^"]|"")*"|[^",]*)/g)].map(cell => cell[1].startsWith('"') ? cell[1].slice(1, -1).replace(/""/g, '"') : cell[1]));
}

// The rows that findings are about, each finding in its cell. The cells are those that `behov panel read` reads; where it reads none, the
// list of findings stands alone.
async function rowsWithFindings(findings) {
    const own = findings.filter(finding => finding.line && finding.year && finding.municipality_code).slice(0, MOST_FINDINGS);
    if (!own.length || !panel.bytes || panel.isForm)
        return [];
    let cells;
    try {
        const sheet = $("sheet").value.trim() ? ["--sheet", $("sheet").value.trim()] : [];
        cells = cellsOf((await run(["panel", "read", panel.name, ...sheet, "-q", "-o", "cells.csv"], ["cells.csv"], inputs())).text("cells.csv")).slice(1);
    } catch (error) {
        if (error instanceof Refusal)
            return [];
        throw error;
    }
    const table = new Map(); // line -> its cells by column, and its findings
    for (const finding of own) {
        const names = [finding.municipality_code, String(finding.year)];
        if (!table.has(finding.line))
            table.set(finding.line, {names, found: [], row: new Map(cells.filter(cell => names.every(name => cell.slice(0, -2).includes(name))).map(cell => cell.slice(-2)))});
        table.get(finding.line).found.push(finding);
    }
    const all = new Set([...table.values()].flatMap(({row}) => [...row.keys()])), isFound = column => own.some(finding => finding.column === column);
    if (!all.size)
        return [];
    const columns = [...[...all].filter(isFound), ...[...all].filter(column => !isFound(column))];
    const number = text => lang === "nb" && /^-?\d*\.\d+(e[-+]?\d+)?$/i.test(text) ? text.replace(".", ",") : text;
    const broken = text => plain(text).split(/(?<=_)/).flatMap(part => [part, put("wbr")]); // as the program's own headers are
    const head = put("tr", {}, ...[say("row_names"), ...columns].map(text => put("th", {scope: "col"}, ...broken(text))));
    const body = [...table].sort((a, b) => a[0] - b[0]).map(([line, {names, found, row}]) => put("tr", {},
        put("th", {scope: "row"}, plain(say("row_name", {line, code: names[0], year: names[1]}))),
        ...columns.map(column => {
            const here = found.filter(finding => finding.column === column);
            return put("td", here.length ? {className: "found"} : {className: "figure"}, number(row.get(column) || ""),
                ...here.map(finding => put("span", {className: "finding"}, plain(finding.message))));
        })));
    return [put("h4", {id: "rows-found"}, say("rows_found")), put("div", {className: "scroll", role: "region", tabIndex: 0, "aria-labelledby": "rows-found"},
        put("table", {}, put("caption", {}, say("rows_found")), put("thead", {}, head), put("tbody", {}, ...body)))];
}

// The message of a finding beside its severity, for on a narrow screen the last column is out of sight.
function messageFirst(page) {
    for (const row of page.querySelectorAll("tr"))
        if (row.cells.length > 2)
            row.cells[0].after(row.cells[row.cells.length - 1]);
    return page;
}

function offerKinds(findings) {
    const chosen = new Set([...document.querySelectorAll("#allow-kinds input:checked")].map(box => box.value));
    const counts = new Map();
    for (const finding of findings)
        if (finding.severity === "error" || finding.is_allowed)
            counts.set(finding.kind, (counts.get(finding.kind) || 0) + 1);
    $("allow").hidden = !counts.size;
    $("allow-kinds").replaceChildren(...[...counts].map(([kind, n]) => put("p", {}, put("label", {},
        put("input", {type: "checkbox", value: kind, checked: chosen.has(kind)}), " " + say("allow_kind", {kind, n})))));
}

function state(sentence) {
    $("state").textContent = sentence;
}

// The panel that the results are of, and that it is simulated: it stands as long as they do.
function about(sentence, isSimulated) {
    $("about").textContent = sentence;
    $("about").classList.toggle("simulated", isSimulated);
}

// ---- the form ---------------------------------------------------------------------------------------------------------------

async function loadColumns() {
    const formula = chosenModel() === "formula" && $("formula").value.trim() ? ["--formula", $("formula").value] : [];
    await run(["template", ...formula, "--json", "-q"], []).then(answer => { columns = JSON.parse(answer.out).columns; });
    drawForm();
}

function drawForm() {
    $("rows").replaceChildren(...rows.map((row, i) => {
        const fields = columns.map(column => {
            const id = "field-" + i + "-" + column.column;
            const found = placed.filter(finding => finding.line === i + 2 && finding.column === column.column);
            const input = put("input", {type: "text", id, value: row[column.column] || "", autocomplete: "off", inputMode: column.is_number ? "decimal" : "text",
                "aria-describedby": id + "-hint" + (found.length ? " " + id + "-found" : ""),
                oninput: () => { row[column.column] = input.value; }});
            if (found.length)
                input.setAttribute("aria-invalid", found.some(finding => finding.severity === "error"));
            return put("div", {}, put("label", {htmlFor: id}, column.content + (column.unit ? " (" + column.unit + ")" : "")), input,
                put("span", {className: "hint", id: id + "-hint"}, column.allowed),
                ...(found.length ? [put("span", {className: "finding", id: id + "-found"}, found.map(finding => plain(finding.message)).join(" "))] : []));
        });
        const remove = put("button", {type: "button", onclick: () => { rows.splice(i, 1); placed = []; drawForm(); $("add-row").focus(); }},
            say("remove_row", {n: i + 1}));
        return put("fieldset", {}, put("legend", {}, say("row", {n: i + 1})), put("div", {className: "fields"}, ...fields),
            ...(rows.length > 1 ? [put("p", {className: "buttons"}, remove)] : []));
    }));
}

function formBytes() {
    const cell = text => /[;"\r\n]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
    const lines = [columns.map(column => cell(column.column)), ...rows.map(row => columns.map(column => cell((row[column.column] || "").trim())))];
    return new TextEncoder().encode("\ufeff" + lines.map(line => line.join(";")).join("\r\n") + "\r\n");
}

// ---- results ----------------------------------------------------------------------------------------------------------------

// A page of the program as elements of this one; ids get a prefix, and headings stand below the heading of the view.
function adopted(html, prefix) {
    const page = new DOMParser().parseFromString(html.replace(/<style>[^<]*<\/style>/, ""), "text/html"), all = document.createDocumentFragment();
    const copy = node => {
        if (node.nodeType === Node.TEXT_NODE)
            return document.createTextNode(node.data);
        if (node.nodeType !== Node.ELEMENT_NODE || !ELEMENTS.has(node.tagName))
            return document.createDocumentFragment();
        const element = document.createElement(node.tagName === "H2" ? "h4" : node.tagName);
        for (const name of ATTRIBUTES)
            if (node.hasAttribute(name))
                element.setAttribute(name, node.getAttribute(name));
        for (const name of ["id", "aria-labelledby"])
            if (node.hasAttribute(name) && (name === "id" || node.hasAttribute("role"))) // landmarks alone have names
                element.setAttribute(name, prefix + node.getAttribute(name));
        element.append(...[...node.childNodes].map(copy));
        return element;
    };
    for (const table of page.querySelectorAll("table"))
        if (table.tHead && ![...table.tBodies].some(body => body.rows.length)) // its note says that there is nothing
            (table.closest(".scroll") || table).remove();
    for (const node of page.querySelectorAll("body > header > p, body > main > section"))
        all.append(copy(node));
    return all;
}

function notes(lines) {
    const all = document.createDocumentFragment();
    all.append(...lines.map(line => put("p", {className: "note"}, line)));
    return all;
}

async function compute() {
    if (!panel && !candidate)
        return;
    view = "";
    await work([...(candidate ? [["task_check", () => check()]] : []),
        ...(isLent() ? [["view_apply", () => show("apply")]] : [["view_fit", () => show("fit")], ["view_rank", listMunicipalities]])], candidate);
}

// A result: the run's answer, kept for the next time it is looked at.
async function result(name) {
    const args = VIEWS[name].args(), key = JSON.stringify([args, lang]);
    const files = name === "plot" ? ["page.svg"] : name === "rank" ? ["page.html", "rank.json"] : ["page.html"];
    try {
        if (!kept.has(key))
            kept.set(key, await run([...args, ...files.flatMap(file => ["-o", file])], files, inputs()));
    } catch (error) {
        if (!(error instanceof Refusal) || name !== "plot" || narrowest > 90)
            throw error;
        narrowest = 120; // names that are long want more than a telephone has
        return result(name);
    }
    return kept.get(key);
}

// The ranking has the list that a municipality is chosen from.
async function listMunicipalities() {
    const answer = await result("rank"), before = municipality();
    municipalities = JSON.parse(answer.text("rank.json")).rows
        .map(one => ({code: one.municipality_code, name: one.municipality || ""})).sort((a, b) => a.code < b.code ? -1 : 1);
    $("municipality").replaceChildren(...municipalities.map(one => put("option", {value: one.code}, plain(one.code + " " + one.name))));
    if (municipalities.some(one => one.code === before))
        $("municipality").value = before;
    drawViews();
}

// What is shown is of what the menus say: where that is refused, the sentence stands in its place.
async function resultOrRefusal(name) {
    try {
        return await result(name);
    } catch (error) {
        if (error instanceof Refusal && name === view) {
            $("view").replaceChildren(put("p", {className: "fault"}, error.message));
            $("notes").replaceChildren();
        }
        throw error;
    }
}

async function show(name) {
    const answer = await resultOrRefusal(name), file = name === "plot" ? "page.svg" : "page.html";
    view = name;
    $("results").hidden = false;
    freeHeight();
    drawViews();
    if (address)
        URL.revokeObjectURL(address);
    address = "";
    if (name === "plot")
        showPicture(answer.files[file], answer.text(file));
    else if (name === "report")
        showReport(answer.files[file]);
    else
        $("view").replaceChildren(adopted(answer.text(file), "view-"));
    $("notes").replaceChildren(notes([...answer.lines, ...optionsSaid([...answer.lines, $("view").textContent].join("\n"))]));
    $("view-title").textContent = say("view_" + name);
    $("view-title").focus();
    state(say("done", {what: say("view_" + name)}));
}

function showPicture(bytes, text) {
    const drawing = new DOMParser().parseFromString(text, "image/svg+xml"), title = drawing.querySelector("title");
    address = URL.createObjectURL(new Blob([bytes], {type: "image/svg+xml"}));
    const words = [...drawing.querySelectorAll("text.title, text.answer, text.warning")].map(line => line.textContent).join(" ");
    $("view").replaceChildren(put("div", {className: "scroll", role: "region", tabIndex: 0, "aria-labelledby": "view-title"},
        put("img", {src: address, alt: plain(words || (title ? title.textContent : say("plot_" + picture)))})));
}

// The page for the council has a script of its own: it stands in a frame without an origin, under this page's policy and its own.
function showReport(bytes) {
    address = URL.createObjectURL(new Blob([bytes], {type: "text/html"}));
    $("view").replaceChildren(put("iframe", {src: address, title: say("frame"), sandbox: "allow-scripts allow-downloads"}));
}

// A file of what is shown as the button is pressed. Those that are pressed while it is made come after it, each with its file.
function download(format) {
    const ending = format === "full" ? "xlsx" : format, name = fileName(view, ending);
    const extra = [...(format === "full" ? ["--full"] : []), ...(format === "csv" && lang === "nb" ? ["--csv-style", "excel-nb"] : [])];
    let args;
    try {
        args = [...VIEWS[view].args(), ...extra, "-o", name];
    } catch (error) {
        return refuse(error.message);
    }
    const files = inputs(), order = ["view_" + view, async () => {
        try {
            hand(name, (await run(args, [name], files)).files[name]);
        } catch (error) {
            if (!(error instanceof Refusal))
                throw error;
            refuse(error.message);
        }
    }];
    if (orders)
        return orders.push(order);
    const steps = [order], working = work(steps);
    orders = steps;
    return working;
}

function hand(name, bytes) {
    const link = put("a", {href: URL.createObjectURL(new Blob([bytes], {type: "application/octet-stream"})), download: name});
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    state(say("saved_as", {name}));
}

// ---- the page ---------------------------------------------------------------------------------------------------------------

function drawViews() {
    const names = shownViews(), isListed = municipalities.length > 0, asks = view && VIEWS[view].asks || [];
    // Buttons that stand already are kept, for one of them may have the focus.
    for (const name of Object.keys(VIEWS)) {
        let button = $("view-" + name);
        if (!button) {
            button = put("button", {type: "button", id: "view-" + name, onclick: () => work([["view_" + name, () => show(name)]])});
            $("views").append(button);
        }
        button.textContent = say("view_" + name);
        button.hidden = !names.includes(name);
        button.disabled = (VIEWS[name].asks || []).includes("municipality") && !isListed;
        button.setAttribute("aria-pressed", name === view);
    }
    $("ask-municipality").hidden = !asks.includes("municipality") || !isListed;
    $("ask-picture").hidden = !asks.includes("picture");
    $("downloads").hidden = !view;
    $("formats").replaceChildren(...(view ? VIEWS[view].formats : []).map(format =>
        put("button", {type: "button", id: "format-" + format, onclick: () => download(format)}, say("format_" + format))));
}

function drawWords() {
    document.documentElement.lang = lang;
    for (const element of document.querySelectorAll("[data-word]"))
        element.textContent = say(element.dataset.word);
    $("language").textContent = lang === "nb" ? "English" : "Norsk";
    $("language").lang = lang === "nb" ? "en" : "nb";
    if (!saved)
        $("saved-name").textContent = say("saved_none");
    $("picture").replaceChildren(...PICTURES.map(name => put("option", {value: name, selected: name === picture}, say("plot_" + name))));
    drawViews();
}

// Results of other choices than those that stand on the page are not shown, for a download would have other figures than they.
// The page keeps its height until the button that took the focus from a changed field has been let go: it would move away beneath the pointer.
function hideResults() {
    view = "";
    if ($("results").hidden)
        return;
    document.body.style.minHeight = document.documentElement.scrollHeight + "px";
    $("results").hidden = true;
    state(say("results_hidden"));
}
const freeHeight = () => { document.body.style.minHeight = ""; };

function modelChanged() {
    hideResults();
    if (!$("form").hidden)
        work([["task_template", loadColumns]]);
}

async function changeLanguage() {
    const shown = view, file = candidate;
    lang = lang === "nb" ? "en" : "nb";
    drawWords();
    const steps = [...($("form").hidden ? [] : [["task_template", loadColumns]]), ...(file || panel ? [["task_check", () => check()]] : []),
        ...(shown ? [["view_" + shown, async () => { await show(shown); $("language").focus(); }]] : [])];
    stop();
    $("fault").textContent = "";
    if (steps.length)
        await work(steps, file);
}

$("language").onclick = changeLanguage;
$("cancel").onclick = () => { stop(); candidate = null; $("compute").disabled = !panel; state(say("cancelled")); $("compute").focus(); };
$("simulated").onclick = () => usePanel({name: ""});
$("file").onchange = event => { take([...event.target.files]); event.target.value = ""; };
$("saved").onchange = async event => {
    const files = [...event.target.files];
    event.target.value = "";
    await bytesFrom(files[0]).then(useSaved, error => refuse(error.message));
};
$("compute").onclick = compute;
$("by-hand").onclick = async () => {
    $("form").hidden = !$("form").hidden;
    $("by-hand").setAttribute("aria-expanded", !$("form").hidden);
    if (!$("form").hidden && !columns.length)
        await work([["task_template", loadColumns]]);
};
$("add-row").onclick = () => {
    if (!columns.length) // they are on their way
        return;
    rows.push({});
    drawForm();
    $("field-" + (rows.length - 1) + "-" + columns[0].column).focus();
};
$("save-form").onclick = () => hand(say("form_name"), formBytes());
$("form").onsubmit = event => {
    event.preventDefault();
    if (chosenModel() === "report")
        document.querySelector("input[name=model][value=printed]").checked = true;
    usePanel({name: say("form_name"), bytes: formBytes(), isForm: true});
};
$("allow-kinds").onchange = () => { hideResults(); work([["task_check", () => check()]]); };
document.addEventListener("click", freeHeight);
document.addEventListener("keyup", freeHeight);
$("unit").onchange = $("year-effect").onchange = hideResults;
$("group").onchange = () => ["profile", "report", "plot"].includes(view) && work([["view_" + view, () => show(view)]]);
for (const radio of document.querySelectorAll("input[name=model]"))
    radio.onchange = modelChanged;
$("formula").onchange = () => { document.querySelector("input[name=model][value=formula]").checked = true; modelChanged(); };
$("formula").onkeydown = event => {
    if (event.key === "Enter") {
        event.target.blur(); // its change comes first
        event.target.focus();
        compute();
    }
};
$("municipality").onchange = () => work([["view_" + view, () => show(view)]]);
$("picture").onchange = event => { picture = event.target.value; work([["view_plot", () => show("plot")]]); };
$("sheet").onchange = () => { hideResults(); return (panel || candidate) && work([["task_check", () => check()]]); };
document.addEventListener("dragover", event => { event.preventDefault(); $("drop").classList.add("over"); });
document.addEventListener("dragleave", event => event.relatedTarget || $("drop").classList.remove("over"));
document.addEventListener("drop", event => { event.preventDefault(); $("drop").classList.remove("over"); take([...event.dataTransfer.files]); });

drawWords();
started.catch(error => refuse(error.message));
})();
