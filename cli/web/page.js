// page.js - the browser edition: what is dropped, chosen and asked for becomes calls of behov in a worker, and what those write is
// shown or handed over as files. It computes no figure, asks the network for nothing and stores nothing.
"use strict";
(() => {
const WORDS = {{words}}, HAS_REPORT = {{has_report}};
// Kinds of findings that the program lets through, and its words for them.
const LET_THROUGH = {{let_through}};
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
let refused = null; // a file that was not read beside a panel: another sheet or unit reads it again
let saved = null; // {name, bytes} of a fit
let columns = [], rows = [{}], placed = []; // the form: its columns, what is filled in, findings by row and column
let isFormWanted = false; // its rows shall be the panel: "compute" takes them as they stand
let municipalities = [];
const kept = new Map(); // answers about this panel by their arguments
let shown = null; // the result that stands on the page, and the choices that it was made for: {name, municipality, picture, group, language, args, files}
let checked = {sheet: "", allowed: []}; // the choices of the findings that stand on the page
let settled = "nb"; // the language of what stands on the page
let picture = "rank", address = "";
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

let program, number = 0, waiting = null;
class Refusal extends Error {} // a sentence for the user
class Stopped extends Error {} // by the user, or to begin again with other choices

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
    program = await begun;
    listen();
    document.documentElement.dataset.ready = Math.round(performance.now());
}

const started = start().catch(error => { throw new Refusal(say("fault_start", {text: plain(String(error && error.message || error))})); });

// Runs one command: its outputs as bytes, its standard output as text and its messages as lines. Throws those when an output is not
// there, for then it refused.
async function run(args, outputs, files = [], language = lang) {
    const own = job;
    await started;
    if (own !== job)
        throw new Stopped();
    const answer = await new Promise((resolve, reject) => {
        waiting = {number: ++number, resolve, reject};
        worker.postMessage({number, args: [...args, "--lang", language], outputs,
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

// An answer about the panel that stands, kept for the next time it is asked for.
async function recall(args, outputs) {
    const key = JSON.stringify([args, lang]);
    if (!kept.has(key))
        kept.set(key, await run(args, outputs, inputs()));
    return kept.get(key);
}

// ---- what is under way ------------------------------------------------------------------------------------------------------

// Tasks that are not done, in the order they are done in: {slot, rank, key, step}. Of those with the same slot the last that was asked for
// counts. What is asked for while one is under way, or chosen otherwise, ends that command, and all that is not done begins again with the
// choices as they stand then: no result is of other choices, and nothing that was asked for is lost.
let queue = [], job = 0, isRunning = false;

function interrupt() {
    job++;
    isRunning = false;
    if (waiting) {
        const {reject} = waiting;
        waiting = null;
        renewWorker();
        reject(new Stopped());
    }
    $("working").hidden = true;
}

function drop(...slots) {
    queue = queue.filter(task => !slots.includes(task.slot));
}

function add(...tasks) {
    for (const task of tasks) {
        if (task.slot)
            drop(task.slot);
        queue.push(task);
    }
    queue.sort((a, b) => a.rank - b.rank);
}

function ask(...tasks) {
    add(...tasks);
    $("fault").textContent = "";
    return work();
}

async function work() {
    interrupt();
    const own = job;
    isRunning = true;
    for (let nDone = 0; queue.length; nDone++) { // more may come while it goes
        const task = queue[0];
        $("working").hidden = false;
        $("progress").max = nDone + queue.length;
        $("progress").value = nDone + 0.5;
        $("doing").textContent = say("doing", {what: say(task.key), n: nDone + 1, m: nDone + queue.length});
        try {
            await task.step();
        } catch (error) {
            if (own !== job || error instanceof Stopped)
                return;
            refuse(error instanceof Refusal ? error.message : say("fault_program", {text: plain(String(error.message || error))}));
            if (task.slot)
                queue = queue.filter(other => !other.slot); // files of what stands on the page need nothing of this
            chooseShown();
        }
        if (own !== job)
            return;
        queue = queue.filter(other => other !== task);
    }
    isRunning = false;
    settled = lang;
    if (shown && shown.language !== lang)
        hideResults();
    $("working").hidden = true;
}

const TEMPLATE = {slot: "template", rank: 2, key: "task_template", step: () => loadColumns()};
const CHECK = {slot: "check", rank: 3, key: "task_check", step: () => check()};
const showing = (name, focus) => ({slot: "show", rank: 4, key: "view_" + name, name, step: () => show(name, focus)});
// What "compute" asks for is of the model that stands when it is done.
const COMPUTE = [{slot: "show", rank: 4, get key() { return isLent() ? "view_apply" : "view_fit"; }, step: () => show(isLent() ? "apply" : "fit")},
    {slot: "list", rank: 5, key: "view_rank", step: async () => isLent() || listMunicipalities()}];
const pendingShow = () => queue.find(task => task.slot === "show");

// A fault ends what was said before it.
function refuse(sentence) {
    state("");
    $("fault").textContent = [sentence, ...optionsSaid(sentence)].join("\n");
    $("fault").scrollIntoView({block: "nearest"});
}

// The program's sentences name options. Which of them are choices of this page is said, and that the others are not.
function optionsSaid(words) {
    const named = [...new Set(words.match(/(?<![\w-])--[a-z][a-z-]*/g))], others = named.filter(option => !CHOICES[option]);
    if (named.some(option => document.querySelector("details [data-word=" + CHOICES[option] + "]")))
        document.querySelector("details").open = true; // the choice is there
    return [...named.filter(option => CHOICES[option]).map(option => say("option_here", {option, choice: say(CHOICES[option])})),
        ...(others.length ? [say("option_elsewhere", {options: others.join(", ")})] : [])];
}

// ---- what is asked for ----------------------------------------------------------------------------------------------------

const chosenModel = () => document.querySelector("input[name=model]:checked").value;
const isLent = () => ["printed", "saved"].includes(chosenModel());
const municipality = () => $("municipality").value;
const inputs = (file = panel) => [file, chosenModel() === "saved" ? saved : null];

const allowedKinds = () => [...document.querySelectorAll("#allow-kinds input:checked")].map(box => box.value);
// Another file has its own faults; the rows of the form are the same when one of them is mended.
const isSameSource = file => file === panel || panel && panel.isForm && file.isForm;

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
    for (const kind of isSameSource(file) ? allowedKinds() : [])
        args.push("--allow", kind);
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

// The name of a file with what is shown: which result, and of which municipality or chart.
function fileName({name, municipality: code, picture: chart}, ending) {
    const base = panel && panel.bytes ? panel.name.replace(/\.[^.]*$/, "") : say("simulated_name");
    const isChart = name === "plot", hasCode = code && (isChart ? ["funnel", "places", "profile"].includes(chart) : VIEWS[name].asks);
    return [...base.replace(/[\\/:*?"<>|]/g, "_")].slice(0, 60).join("") + "-" + name + (isChart ? "-" + chart : "") +
        (hasCode ? "-" + code.replace(/[^\w]/g, "_") : "") + "." + ending;
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

let nTaken = 0;
async function take(files) {
    const own = ++nTaken;
    $("fault").textContent = "";
    if (!panel)
        about("", false); // the name of a file that was not read
    if (files.length !== 1)
        return files.length ? refuse(say("fault_two", {n: files.length})) : undefined;
    try {
        const file = await bytesFrom(files[0]);
        if (own !== nTaken)
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
    return ask({slot: "saved", rank: 1, key: "task_check", step: async () => {
        try {
            await run(["apply", "/none/panel.csv", "--coefficients", file.name, "-q", "-o", "read.json"], ["read.json"], [file]);
        } catch (error) {
            if (!(error instanceof Refusal))
                throw error;
            if (!error.message.startsWith("/none/"))
                throw new Refusal(error.message + "\n" + say("saved_stands"));
        }
        drop("saved");
        keepSaved(file);
    }});
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
    candidate = file;
    return ask(CHECK);
}

// The refused file is to be read with what is chosen now.
const readAgain = () => { candidate = candidate || refused; };

function replacePanel(file) {
    const isSame = isSameSource(file);
    panel = file;
    candidate = refused = null;
    isFormWanted = !!file.isForm;
    kept.clear();
    municipalities = [];
    hideResults();
    if (pendingShow())
        add(...COMPUTE); // what was asked for of the panel before
    if (!isSame)
        $("allow-kinds").replaceChildren();
}

const panelName = file => file.bytes ? file.name : say("simulated_panel");

// `behov check`: the findings as the program prints them, those of the form beside its fields.
async function check() {
    const file = candidate || panel, outputs = ["check.html", "check.json"];
    const args = ["check", ...common({hasFormula: chosenModel() === "formula" && $("formula").value.trim(), file}), ...outputs.flatMap(name => ["-o", name])];
    const choices = {sheet: $("sheet").value, allowed: isSameSource(file) ? allowedKinds() : []};
    let answer;
    try {
        answer = await (file === panel ? recall(args, outputs) : run(args, outputs, inputs(file)));
    } catch (error) {
        if (!(error instanceof Refusal))
            throw error;
        if (panel && file !== panel) {
            candidate = null;
            refused = file.isForm ? null : file;
            throw new Refusal(error.message + "\n" + (file.isForm ? say("form_refused") : say("panel_stands", {name: panelName(panel)})));
        }
        $("findings").hidden = true;
        about(say("panel_unread", {name: panelName(file)}), false);
        throw error;
    }
    if (file !== panel) {
        replacePanel(file);
        kept.set(JSON.stringify([args, lang]), answer);
    }
    checked = choices;
    const result = JSON.parse(answer.text("check.json"));
    const values = {name: panelName(panel), n: grouping.format(result.n_rows)};
    about(say("panel_is", values) + (result.is_simulated ? " " + say("is_simulated") : ""), result.is_simulated);
    freeHeight();
    state(say("done", {what: say("findings")}));
    $("findings-title").textContent = say("findings");
    $("findings-body").replaceChildren(headed(messageFirst(adopted(answer.text("check.html"), "check-")), say("check_quick")), notes([...answer.lines, ...(shownViews().includes("check") ? [say("check_more")] : [])]));
    $("findings-body").append(notes(optionsSaid($("findings-body").textContent)));
    $("findings").hidden = false;
    offerKinds(result.findings);
    $("findings-body").append(...await rowsWithFindings(result.findings));
    placed = panel.isForm && panel.text === formText().text ? result.findings : [];
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
        cells = cellsOf((await recall(["panel", "read", panel.name, ...sheet, "-q", "-o", "cells.csv"], ["cells.csv"])).text("cells.csv")).slice(1);
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

// The two looks at a panel have the same heading in the program; here each says which it is.
function headed(page, words) {
    for (const heading of [page.querySelector("h4"), page.querySelector("caption")])
        if (heading)
            heading.textContent = words;
    return page;
}

function offerKinds(findings) {
    const chosen = new Set(allowedKinds());
    const counts = new Map();
    for (const finding of findings)
        if (LET_THROUGH[finding.kind] && (finding.severity === "error" || finding.is_allowed))
            counts.set(finding.kind, (counts.get(finding.kind) || 0) + 1);
    $("allow").hidden = !counts.size;
    $("allow-kinds").replaceChildren(...[...counts].map(([kind, n]) => put("p", {}, put("label", {},
        put("input", {type: "checkbox", value: kind, checked: chosen.has(kind)}), " " + say("allow_kind", {kind: LET_THROUGH[kind][lang], n})))));
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
                oninput: () => {
                    row[column.column] = input.value;
                    placed = placed.filter(finding => !found.includes(finding));
                    if (found.length && $(id + "-found")) {
                        $(id + "-found").remove();
                        input.removeAttribute("aria-invalid");
                        input.setAttribute("aria-describedby", id + "-hint");
                    }
                    formChanged();
                }});
            if (found.length)
                input.setAttribute("aria-invalid", found.some(finding => finding.severity === "error"));
            return put("div", {}, put("label", {htmlFor: id}, column.content + (column.unit ? " (" + column.unit + ")" : "")), input,
                put("span", {className: "hint", id: id + "-hint"}, column.allowed),
                ...(found.length ? [put("span", {className: "finding", id: id + "-found"}, found.map(finding => plain(finding.message)).join(" "))] : []));
        });
        const remove = put("button", {type: "button", onclick: () => { rows.splice(i, 1); placed = []; drawForm(); formChanged(); $("add-row").focus(); }},
            say("remove_row", {n: i + 1}));
        return put("fieldset", {}, put("legend", {}, say("row", {n: i + 1})), put("div", {className: "fields"}, ...fields),
            ...(rows.length > 1 ? [put("p", {className: "buttons"}, remove)] : []));
    }));
}

// The rows as a file, and what in them cannot be taken: findings as those of the program.
function formText() {
    const faults = [], cell = text => /[;"\r\n]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
    const lines = [columns.map(column => cell(column.column)), ...rows.map((row, i) => columns.map(column => {
        const typed = (row[column.column] || "").trim(), {text, key, a, b} = column.is_number ? typedNumber(typed, column) : {text: typed};
        if (key === "form_either" || key === "form_whole")
            faults.push({line: i + 2, column: column.column, severity: "error", message: say(key === "form_either" ? "form_either" : "form_whole", {text, a, b}),
                where: say("form_where", {n: i + 1, name: column.content})});
        return cell(text);
    }))];
    return {text: lines.map(line => line.join(";")).join("\r\n") + "\r\n", faults};
}

// The rows as a panel; null where one cannot be taken, which is said beside its field and above.
function formFile() {
    const {text, faults} = formText();
    if (!faults.length)
        return {name: say("form_name"), bytes: new TextEncoder().encode("\ufeff" + text), text, isForm: true};
    placed = faults;
    drawForm();
    refuse([...faults.map(fault => plain(fault.where + ": " + fault.message)), say("form_refused")].join("\n"));
    return null;
}

// Results of other rows than those that stand in the form are not shown, nor made.
function formChanged() {
    if (!(candidate && candidate.isForm || panel && panel.isForm))
        return;
    hideResults();
    if (!pendingShow())
        return;
    drop("show", "list");
    state(say("results_hidden"));
    work();
}

// The rows shall be the panel; false where they cannot be.
function takeForm() {
    isFormWanted = true;
    const file = formFile();
    if (file && !(panel && panel.text === file.text))
        candidate = file;
    else if (file)
        candidate = null; // they are it already
    return file !== null;
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

function compute() {
    if (!columns.length && isFormWanted) // they are on their way
        return;
    if (isFormWanted || (candidate || panel || {}).isForm) {
        if (!takeForm())
            return;
    } else if (!panel && !candidate) {
        return;
    }
    ask(...(candidate ? [CHECK] : []), ...COMPUTE);
}

// A result, and the arguments that it was made with.
async function result(name) {
    const args = VIEWS[name].args();
    const files = name === "plot" ? ["page.svg"] : name === "rank" ? ["page.html", "rank.json"] : ["page.html"];
    try {
        return {args, ...await recall([...args, ...files.flatMap(file => ["-o", file])], files)};
    } catch (error) {
        if (!(error instanceof Refusal) || name !== "plot" || narrowest > 90)
            throw error;
        narrowest = 120; // names that are long want more than a telephone has
        return result(name);
    }
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
async function show(name, focus = "view-title") {
    const choices = {name, municipality: municipality(), picture, group: $("group").value, language: lang, files: inputs(), args: VIEWS[name].args()};
    let answer;
    try {
        answer = await result(name);
    } catch (error) {
        if (error instanceof Refusal && shown && name === shown.name) {
            shown = choices;
            $("view").replaceChildren(put("p", {className: "fault"}, error.message));
            $("notes").replaceChildren();
        }
        throw error;
    }
    const file = name === "plot" ? "page.svg" : "page.html";
    shown = {...choices, args: answer.args};
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
        $("view").replaceChildren(name === "check" ? headed(adopted(answer.text(file), "view-"), say("check_thorough")) : adopted(answer.text(file), "view-"));
    $("notes").replaceChildren(notes([...answer.lines, ...optionsSaid([...answer.lines, $("view").textContent].join("\n"))]));
    $("view-title").textContent = say("view_" + name);
    $(focus).focus();
    state(say("done", {what: say("view_" + name)}));
}

// The result that stands, or is under way, with the choices as they are now.
function showAgain(names = Object.keys(VIEWS)) {
    const task = pendingShow();
    if (task && names.includes(task.name))
        ask(task);
    else if (!task && shown && names.includes(shown.name))
        ask(showing(shown.name));
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

// A file of what is shown as the button is pressed; where the same is about to be shown for other choices, of that.
function download(format) {
    const named = () => ({...shown, file: fileName(shown, format === "full" ? "xlsx" : format)}), pressed = named(), pending = pendingShow();
    const isLate = pending && pending.name === pressed.name;
    add({rank: isLate ? 6 : 0, key: "view_" + pressed.name, step: async () => {
        const {args, files, language, file: name} = isLate && shown && shown.name === pressed.name ? named() : pressed;
        const extra = [...(format === "full" ? ["--full"] : []), ...(format === "csv" && language === "nb" ? ["--csv-style", "excel-nb"] : [])];
        hand(name, (await run([...args, ...extra, "-o", name], [name], files, language)).files[name]);
    }});
    if (!isRunning)
        ask();
}

function hand(name, bytes) {
    const link = put("a", {href: URL.createObjectURL(new Blob([bytes], {type: "application/octet-stream"})), download: name});
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    state(say("saved_as", {name}));
}

// ---- the page ---------------------------------------------------------------------------------------------------------------

function drawViews() {
    const names = shownViews(), isListed = municipalities.length > 0, view = shown ? shown.name : "", asks = view && VIEWS[view].asks || [];
    // Buttons that stand already are kept, for one of them may have the focus.
    for (const name of Object.keys(VIEWS)) {
        let button = $("view-" + name);
        if (!button) {
            button = put("button", {type: "button", id: "view-" + name, onclick: () => ask(showing(name))});
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
    shown = null;
    if ($("results").hidden)
        return;
    document.body.style.minHeight = document.documentElement.scrollHeight + "px";
    $("results").hidden = true;
    state(say("results_hidden"));
}
const freeHeight = () => { document.body.style.minHeight = ""; };

// Of another model or unit nothing is shown that was made before. What is about to be shown is made of it instead.
function choiceChanged(...tasks) {
    const isAsked = pendingShow();
    hideResults();
    if (isAsked)
        tasks.push(...COMPUTE);
    if (tasks.length || queue.length)
        ask(...tasks);
}

const modelChanged = () => choiceChanged(...($("form").hidden ? [] : [TEMPLATE]));

function languageChanged() {
    lang = lang === "nb" ? "en" : "nb";
    drawWords();
    return ask(...($("form").hidden ? [] : [TEMPLATE]), ...(candidate || panel ? [CHECK] : []), ...(shown && !pendingShow() ? [showing(shown.name, "language")] : []));
}

// What stands on the page, and the menus above it, are of the same choices also when others were not carried out.
function chooseShown() {
    const asks = shown && VIEWS[shown.name].asks || [];
    if (asks.includes("municipality")) {
        $("municipality").value = shown.municipality;
        $("group").value = shown.group;
    }
    if (asks.includes("picture"))
        $("picture").value = picture = shown.picture;
}

// Choices that were made for what is not done go back to those of what stands on the page.
async function cancel() {
    interrupt();
    queue = [];
    candidate = null;
    isFormWanted = !!(panel && panel.isForm);
    $("compute").disabled = !panel;
    chooseShown();
    $("sheet").value = checked.sheet;
    for (const box of document.querySelectorAll("#allow-kinds input"))
        box.checked = checked.allowed.includes(box.value);
    if (lang !== settled)
        await languageChanged();
    state(say("cancelled"));
    $("compute").focus();
}

$("language").onclick = languageChanged;
$("cancel").onclick = cancel;
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
    if ($("form").hidden)
        isFormWanted = !!(panel && panel.isForm);
    else if (!columns.length)
        await ask(TEMPLATE);
};
$("add-row").onclick = () => {
    if (!columns.length) // they are on their way
        return;
    rows.push({});
    drawForm();
    formChanged();
    $("field-" + (rows.length - 1) + "-" + columns[0].column).focus();
};
$("save-form").onclick = () => {
    const file = formFile();
    if (file)
        hand(file.name, file.bytes);
};
$("form").onsubmit = event => {
    event.preventDefault();
    if (!columns.length)
        return;
    $("fault").textContent = "";
    if (chosenModel() === "report")
        document.querySelector("input[name=model][value=printed]").checked = true;
    $("compute").disabled = false;
    if (takeForm())
        ask(CHECK);
};
$("allow-kinds").onchange = () => { hideResults(); ask(CHECK); };
document.addEventListener("click", freeHeight);
document.addEventListener("keyup", freeHeight);
$("unit").onchange = () => { readAgain(); choiceChanged(...(candidate ? [CHECK] : [])); };
$("year-effect").onchange = () => choiceChanged();
$("group").onchange = () => showAgain(["profile", "report", "plot"]);
for (const radio of document.querySelectorAll("input[name=model]"))
    radio.onchange = modelChanged;
$("formula").oninput = () => {
    if (chosenModel() !== "formula")
        return;
    if (pendingShow())
        interrupt(); // until the formula is whole
    hideResults();
};
$("formula").onchange = () => { document.querySelector("input[name=model][value=formula]").checked = true; modelChanged(); };
$("formula").onkeydown = event => {
    if (event.key === "Enter") {
        event.target.blur(); // its change comes first
        event.target.focus();
        compute();
    }
};
$("municipality").onchange = () => showAgain();
$("picture").onchange = event => { picture = event.target.value; showAgain(); };
$("sheet").onchange = () => { readAgain(); hideResults(); return (panel || candidate) && ask(CHECK); };
document.addEventListener("dragover", event => { event.preventDefault(); $("drop").classList.add("over"); });
document.addEventListener("dragleave", event => event.relatedTarget || $("drop").classList.remove("over"));
document.addEventListener("drop", event => { event.preventDefault(); $("drop").classList.remove("over"); take([...event.dataTransfer.files]); });

drawWords();
started.catch(error => refuse(error.message));
})();
