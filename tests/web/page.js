// page.js BEHOV.html PROGRAM WORK [SHOTS] - the browser edition driven from file://, in a folder WORK with the files that page.sh made;
// pictures of it go to SHOTS.
"use strict";
const fs = require("fs"), path = require("path"), {execFileSync} = require("child_process");
const {start, end, barriers, overflow, hold, finish} = require(path.join(__dirname, "browser.js"));

const [edition, program, work, shots] = process.argv.slice(2);
// Milliseconds on a machine that nobody shares; tests that run beside others may take several times as long.
const SLACK = Number(process.env.BEHOV_WEB_SLACK || 6);
// Mail and slow networks carry no more of one file gladly.
const MOST_BYTES = 1200000;
const downloads = path.join(work, "downloads");
let page;

const text = id => page.$eval("#" + id, element => element.innerText);
const isShown = id => page.$eval("#" + id, element => element.checkVisibility());
const settle = () => new Promise(resolve => setTimeout(resolve, 50));

// Until no command runs.
async function idle(what) {
    for (let i = 0; i < 1200; i++) {
        if (await page.$eval("#working", element => element.hidden) && await page.evaluate(() => "ready" in document.documentElement.dataset))
            return;
        await settle();
    }
    hold(false, what + " took more than a minute");
}

async function click(id) {
    await page.$eval("#" + id, element => element.click());
    await settle();
    await idle(id);
}

// Files as if they were dropped: [[name, bytes]...]; a number stands for so many bytes.
async function drop(files) {
    await page.evaluate(given => {
        const transfer = new DataTransfer();
        for (const [name, bytes] of given)
            transfer.items.add(new File([typeof bytes === "number" ? new Uint8Array(bytes) : Uint8Array.from(atob(bytes), c => c.charCodeAt(0))], name));
        document.querySelector("#drop").dispatchEvent(new DragEvent("drop", {dataTransfer: transfer, bubbles: true, cancelable: true}));
    }, files.map(([name, bytes]) => [name, typeof bytes === "number" ? bytes : Buffer.from(bytes).toString("base64")]));
    await settle();
    await idle("a drop");
}

// The file that a button hands over.
async function download(id) {
    const before = new Set(fs.readdirSync(downloads));
    await click(id);
    for (let i = 0; i < 200; i++) {
        const name = fs.readdirSync(downloads).find(one => !before.has(one) && !one.endsWith(".crdownload"));
        if (name) {
            await settle();
            return path.join(downloads, name);
        }
        await settle();
    }
    hold(false, "nothing was downloaded by " + id + "; the page says: " + await text("fault"));
    return null;
}

async function look(name, widths = [320, 768, 1280]) {
    for (const width of widths) {
        await page.setViewport({width, height: 900});
        const wider = await overflow(page);
        hold(wider <= 0, name + " at " + width + " is " + wider + " pixels wider than the window");
        for (const found of await barriers(page))
            hold(false, name + " at " + width + ": " + found);
        if (shots)
            await page.screenshot({path: path.join(shots, name + "-" + width + ".png"), fullPage: true, captureBeyondViewport: true});
    }
    await page.setViewport({width: 1280, height: 900});
}

async function open() {
    await page.goto("file://" + path.resolve(edition), {waitUntil: "load"});
    await idle("the start");
}

// What is pressed before the program is unpacked is done when it is; and a page whose program was changed by one letter says so.
async function hasty() {
    await page.goto("file://" + path.resolve(edition), {waitUntil: "domcontentloaded"});
    await page.waitForSelector("#simulated", {visible: true});
    await page.$eval("#simulated", button => button.click());
    await idle("a press before the program is there");
    hold((await text("findings-body")).includes("Ingenting å bemerke"), "a press before the program is there is not lost: " + await text("fault"));
    const broken = path.join(work, "broken.html"), whole = fs.readFileSync(edition, "utf16le"), middle = whole.indexOf('id="packed-program"') + 50000;
    fs.writeFileSync(broken, whole.slice(0, middle) + (whole[middle] === "a" ? "b" : "a") + whole.slice(middle + 1), "utf16le");
    await page.goto("file://" + broken, {waitUntil: "load"});
    for (let i = 0; i < 200 && !await text("fault"); i++)
        await settle();
    hold((await text("fault")).includes("lot seg ikke starte"), "a file that was cut or changed says that it cannot start: " + await text("fault"));
}

const native = args => execFileSync(program, args, {cwd: work, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"]});
const readFile = name => fs.readFileSync(path.join(work, name));

// Figures of two JSON texts: the same keys and texts, and figures to 12 digits.
function sameFigures(one, other, where = "") {
    if (typeof one === "number" && typeof other === "number")
        return Math.abs(one - other) <= 1e-11 * Math.max(Math.abs(one), Math.abs(other), 1e-6) ? [] : [where + ": " + one + " and " + other];
    if (one === null || other === null || typeof one !== "object" || typeof other !== "object")
        return one === other ? [] : [where + ": " + one + " and " + other];
    const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
    return [...keys].flatMap(key => sameFigures(one[key], other[key], where + "/" + key));
}

async function simulatedFigures() {
    await new Promise(resolve => setTimeout(resolve, 3000)); // a browser that has just begun loads its own pages first
    await open();
    const ready = Number(await page.evaluate(() => document.documentElement.dataset.ready));
    console.log("ready after " + ready + " ms");
    hold(ready < 500 * SLACK, "ready after " + ready + " ms");
    await look("start");
    await click("simulated");
    hold((await text("about")).includes("SIMULERTE TALL"), "the simulated panel is called simulated");
    hold((await text("findings-body")).includes("Ingenting å bemerke"), "the check of the simulated panel has nothing to say");
    const before = Date.now();
    await click("compute");
    console.log("fit and ranking after " + (Date.now() - before) + " ms");
    hold(Date.now() - before < 1500 * SLACK, "fit and ranking took " + (Date.now() - before) + " ms");
    hold((await text("view")).includes("Uføre 18–49 år"), "the regression is shown");
    hold(await page.evaluate(() => document.activeElement.id) === "view-title", "the heading of the result has the focus");
    await look("fit");
    await click("view-rank");
    hold((await text("view")).includes("Nesseby"), "the ranking is shown");
    await look("rank");
    await page.select("#municipality", "1865");
    await click("view-profile");
    hold((await text("view")).includes("1865 Vågan, 2016 – SIMULERTE DATA"), "the profile of the chosen municipality is shown");
    await look("profile");
    for (const picture of ["rank", "fit", "ratios", "coefficients", "funnel", "places", "profile"]) {
        await page.select("#picture", picture);
        await settle();
        await click("view-plot");
        hold(await page.$eval("#view img", async image => (await image.decode(), image.naturalWidth > 100 && image.alt.length > 10)), "the chart " + picture + " is shown");
    }
    await page.setViewport({width: 390, height: 844});
    for (const picture of ["funnel", "rank"]) {
        await page.select("#picture", picture);
        await settle();
        await idle("a chart on a telephone");
        hold(await page.$eval("#view img", async image => (await image.decode(), image.naturalWidth > 100 && image.getBoundingClientRect().right <= innerWidth)), "the chart " + picture + " fits a telephone: " + await text("fault"));
    }
    await page.setViewport({width: 1280, height: 900});
    await page.select("#picture", "profile");
    await settle();
    await idle("a chart");
    await look("chart");
    if (await isShown("view-report"))
        await councilPage();
    await click("view-check");
    hold((await text("view")).includes("49 ganger"), "the thorough check is shown");
}

// The council page in its frame: its own script runs under this page's policy, and cannot reach this page.
async function councilPage() {
    await click("view-report");
    const frame = await (await page.waitForSelector("#view iframe")).contentFrame();
    for (let i = 0; i < 100 && !await frame.$("h1"); i++)
        await settle();
    hold((await frame.$eval("h1", heading => heading.innerText)).includes("Vågan"), "the council page is shown");
    hold(await frame.evaluate(() => !document.documentElement.classList.contains("nojs")), "its script runs");
    hold(await frame.evaluate(() => getComputedStyle(document.body).maxWidth !== "none" || document.styleSheets.length > 0), "its style is there");
    hold(await frame.evaluate(() => { try { return !window.parent.document; } catch { return true; } }), "it cannot reach the page around it");
    await look("council");
    hold((await fs.promises.stat(await download("format-html"))).size > 50000, "the council page is downloaded");
}

async function sameAsTheProgram() {
    await click("view-profile");
    const profile = await download("format-json");
    for (const found of sameFigures(JSON.parse(fs.readFileSync(profile)), JSON.parse(native(["profile", "1865", "--json"]))).slice(0, 5))
        hold(false, "profile as the program's: " + found);
    const html = await download("format-html"), day = new Date().toISOString().slice(0, 10);
    native(["profile", "1865", "--date", day, "-o", "own.html"]);
    // Levels are estimated by a search whose last digits hang on the C library's exp and log; what is printed does not.
    const printed = bytes => bytes.toString().replace(/ data-value="[^"]*"/g, "");
    hold(printed(fs.readFileSync(html)) === printed(readFile("own.html")), "the page of the profile is the program's to the letter");
    await click("view-fit");
    const before = Date.now(), workbook = await download("format-full");
    console.log("full workbook after " + (Date.now() - before) + " ms, " + fs.statSync(workbook).size + " bytes");
    hold(Date.now() - before < 3000 * SLACK, "the full workbook took " + (Date.now() - before) + " ms");
    hold(fs.readFileSync(workbook).subarray(0, 2).toString() === "PK", "the workbook is a workbook");
    for (const format of ["docx", "csv", "html"])
        hold(fs.statSync(await download("format-" + format)).size > 500, format + " is downloaded");
    const fit = await download("format-json");
    for (const found of sameFigures(JSON.parse(fs.readFileSync(fit)).coefficients, JSON.parse(native(["fit", "--json"])).coefficients).slice(0, 5))
        hold(false, "coefficients as the program's: " + found);
    return fit;
}

async function reopened(fit) {
    await open();
    await drop([["panel.csv", readFile("panel.csv")]]);
    await drop([["fit.json", fs.readFileSync(fit)]]);
    hold(await page.$eval("input[value=saved]", radio => radio.checked), "a dropped fit becomes the model");
    await click("compute");
    hold((await text("view")).includes("Halden"), "last year's fit gives the need of this year's panel: " + await text("fault"));
    hold(!await isShown("view-rank"), "what needs an estimation is not offered");
    const answer = await download("format-json");
    fs.copyFileSync(fit, path.join(work, "saved.json"));
    for (const found of sameFigures(JSON.parse(fs.readFileSync(answer)).rows, JSON.parse(native(["apply", "panel.csv", "--coefficients", "saved.json", "--json"])).rows).slice(0, 5))
        hold(false, "need as the program's: " + found);
}

async function files() {
    await open();
    for (const name of ["panel.ods", "panel.xlsx"]) {
        await drop([[name, readFile(name)]]);
        hold((await text("about")).includes(name) && /2.120/.test(await text("about")), name + " is read as it is: " + await text("fault"));
    }
    await click("compute");
    hold((await text("view")).includes("Uføre"), "a workbook is fitted: " + await text("fault"));
    await drop([["faults.csv", readFile("faults.csv")]]);
    hold((await text("findings-body")).includes("861"), "a share of 861 per cent is found");
    hold(await page.$$eval("#findings-body td.found", cells => cells.length === 1 && cells[0].innerText.startsWith("861") && cells[0].innerText.includes("0–100")),
        "the finding stands in its cell of its row");
    hold(await page.$eval("#findings-body td.found", cell => cell.parentElement.cells.length > 8), "with the other cells of the row");
    hold(await isShown("allow"), "kinds of faults can be let through");
    hold(!await isShown("results"), "results of another panel are gone");
    await look("findings");
    await click("compute");
    hold((await text("fault")).includes("861"), "a fault stops the computing with the program's sentence");
    await page.$eval("#allow-kinds input", box => box.click());
    await settle();
    await idle("allow");
    await click("compute");
    hold((await text("view")).length > 100 && !await text("fault"), "what is let through is computed: " + await text("fault"));
}

// What cannot be read takes nothing from the panel that stands, and a fault stands alone.
async function keepsThePanel() {
    await open();
    await drop([["tom.csv", Buffer.alloc(0)]]);
    hold((await text("about")).includes("tom.csv"), "a first file that is not read is named: " + await text("about"));
    await drop([["a.csv", readFile("panel.csv")], ["b.csv", readFile("panel.csv")]]);
    hold(!await text("about") && (await text("fault")).includes("ingen er lest"), "two files are not the one before them: " + await text("about"));
    await drop([["tall.csv", Buffer.from("a;b\n1;2\n")]]);
    hold((await text("fault")).includes("--code") && (await text("fault")).includes("hører til programmet på kommandolinjen"), "an option that the page lacks is said to be the program's: " + await text("fault"));
    hold(!(await text("fault")).includes("fortsatt"), "without a panel none stands");
    await drop([["panel.csv", readFile("panel.csv")]]);
    hold((await text("about")).includes("panel.csv") && !await text("fault"), "a file after it is read: " + await text("fault"));
    hold(!await page.$("#findings-body table") && (await text("findings-body")).includes("Ingenting å bemerke"), "a check without findings has no table: " + await text("findings-body"));
    await click("compute");
    const before = {about: await text("about"), view: await text("view"), "findings-body": await text("findings-body")};
    hold(before.view.includes("Uføre") && (await text("state")).includes("Estimering"), "the panel is fitted");
    for (const [name, bytes] of [["bilde.png", readFile("picture.png")], ["tall.csv", Buffer.from("a;b\n1;2\n")], ["tom.csv", Buffer.alloc(0)]]) {
        await drop([[name, bytes]]);
        hold((await text("fault")).includes(name) && (await text("fault")).includes("gjelder fortsatt: panel.csv"), name + ": the panel before it is said to stand: " + await text("fault"));
        hold(!await text("state"), name + ": nothing is called done above a fault: " + await text("state"));
        for (const [id, words] of Object.entries(before))
            hold(await isShown(id) && await text(id) === words, name + " takes nothing from " + id);
    }
    for (const [name, bytes, sentence] of [["cut.json", Buffer.from("{"), "gyldig JSON"], ["other.json", Buffer.from('{"a": 1}'), "ikke en lagret estimering"]]) {
        await drop([[name, bytes]]);
        hold((await text("fault")).startsWith(name) && (await text("fault")).includes(sentence) && (await text("fault")).includes("siden står som før"), name + " gets a sentence: " + await text("fault"));
        hold(await page.$eval("input[value=report]", radio => radio.checked) && (await text("saved-name")).startsWith("Ingen fil"), name + " does not become the model");
        for (const [id, words] of Object.entries(before))
            hold(await isShown(id) && await text(id) === words, name + " takes nothing from " + id);
    }
    await click("view-profile");
    hold((await text("view")).includes("0101 Halden") && !await text("fault"), "the panel is asked further: " + await text("fault"));
    await page.select("#group", "county");
    await settle();
    await idle("a group");
    hold((await text("view")).includes("gruppen Østfold") && await isShown("results"), "a group that is chosen is shown: " + await text("fault"));
    await page.select("#unit", "kr_per_inhabitant");
    hold(!await isShown("results"), "results in another unit than the one chosen are not shown");
    await page.select("#unit", "");
    await page.$eval("#sheet", input => { input.value = "Ark"; input.dispatchEvent(new Event("change")); });
    await settle();
    await idle("a sheet");
    hold((await text("fault")).includes("--sheet er valget") && !await isShown("results"), "a sheet that a file lacks: " + await text("fault"));
    await page.$eval("#sheet", input => { input.value = ""; input.dispatchEvent(new Event("change")); });
    await settle();
    await idle("a sheet");
    await click("compute");
    await click("language");
    hold((await text("about")).startsWith("Panel: panel.csv"), "the panel stands in the other language: " + await text("about"));
    await drop([["faults.csv", readFile("faults.csv")]]);
    hold((await text("findings-body")).includes("--allow is the choice “Let through”"), "an option that the page has is called by the page's name: " + await text("findings-body"));
    hold((await text("about")).includes("faults.csv") && !await isShown("results"), "a file that is read is the panel: " + await text("about"));
    hold(await page.$$eval("input[type=file]", inputs => inputs.every(input => input.getBoundingClientRect().width <= 1 && input.labels[0].getBoundingClientRect().height >= 44)),
        "the fields of files show the page's words, not the browser's");
}

async function badInput() {
    await open();
    const goesOn = async what => {
        hold((await text("fault")).length > 10, what + " gets a sentence");
        console.log(what + ": " + (await text("fault")).slice(0, 160));
        hold(!/undefined|\[object|\{\w+\}/.test(await text("fault")), what + ": a whole sentence");
    };
    await drop([["bilde.png", readFile("picture.png")]]);
    await goesOn("a picture");
    await drop([["stor.csv", 70e6]]);
    await goesOn("a large file");
    await drop([["a.csv", readFile("panel.csv")], ["b.csv", readFile("panel.csv")]]);
    await goesOn("two files");
    await drop([["beskyttet.xlsx", readFile("protected.xlsx")]]);
    await goesOn("a protected workbook");
    await drop([["tom.csv", Buffer.alloc(0)]]);
    await goesOn("an empty file");
    await drop([["odd.csv", Buffer.from([0, 255, 254, 0, 10, 13, 59, 0])]]);
    await goesOn("bytes that are no text");
    await drop([["fit.json", Buffer.from("{")]]);
    await goesOn("a saved fit that is none");
    await click("simulated");
    await page.$eval("input[value=formula]", radio => radio.click());
    await click("compute");
    await goesOn("an empty formula");
    await page.$eval("#formula", input => { input.value = "net_expenditure ~ nosuch + <b>"; });
    await click("compute");
    await goesOn("a formula that is none");
    await page.$eval("input[value=report]", radio => radio.click());
    await page.$eval("#compute", button => button.click());
    await new Promise(resolve => setTimeout(resolve, 30));
    await page.$eval("#cancel", button => button.click());
    await settle();
    hold((await text("state")).includes("Avbrutt"), "a cancelled job says so");
    hold(!await isShown("working"), "a cancelled job is over");
    await click("compute");
    hold((await text("view")).includes("Uføre") && !await text("fault"), "the page goes on after all of this");
}

async function hostileNames() {
    await open();
    const name = "=cmd|'x'!A1 \u202ecsv.<img src=x onerror=\"window.hit=1\">.csv";
    await drop([[name, readFile("hostile.csv")]]);
    const seen = await text("findings-body") + await text("about") + await text("state") + await text("fault");
    hold(!seen.includes("\u202e"), "a character that turns the line is not shown");
    await page.$eval("input[value=printed]", radio => radio.click());
    await click("compute");
    hold((await text("view")).includes("<script>"), "a name with a mark of HTML is shown as text: " + await text("fault"));
    hold(await page.evaluate(() => !window.hit && !document.querySelector("#view script, #view img")), "nothing of a name is run");
    const csv = await download("format-csv");
    hold(!path.basename(csv).includes("\u202e"), "the name of a download has no character that turns it");
    await look("hostile", [320]);
}

async function byHand() {
    await open();
    await click("by-hand");
    const fields = await page.$$eval("#rows input", inputs => inputs.map(input => input.id));
    hold(fields.length === 11, "the form has the model's columns: " + fields.length);
    const values = {municipality_code: "1865", municipality: "Vågan", year: "2016", net_expenditure: "3,1", disabled_18_49: "5,1", population: "9600", clustering_index: "0,9",
        population_16_66: "64,2", non_western_immigrants: "4,1", new_refugees: "0,4", upper_secondary_completion: "861"};
    for (const [column, value] of Object.entries(values))
        await page.type("#field-0-" + column, value);
    await page.$eval("#form", form => form.requestSubmit());
    await settle();
    await idle("the form");
    hold(await page.$eval("#field-0-upper_secondary_completion", input => input.getAttribute("aria-invalid") === "true"), "a finding stands beside its cell");
    await look("form");
    await page.$eval("#field-0-upper_secondary_completion", input => { input.value = ""; });
    await page.type("#field-0-upper_secondary_completion", "70");
    await page.$eval("#form", form => form.requestSubmit());
    await settle();
    await idle("the form");
    hold(await page.$$eval("#rows [aria-invalid=true]", inputs => inputs.length) === 0, "a mended cell has no finding");
    await click("compute");
    hold((await text("view")).includes("Vågan"), "a filled form gives a need with the printed coefficients: " + await text("fault"));
    const own = await download("save-form");
    await drop([[path.basename(own), fs.readFileSync(own)]]);
    hold((await text("about")).includes(": 1.") && !await text("fault"), "the saved rows are read again: " + await text("fault"));
}

// A formula is changed while results stand, and "compute" is pressed with a pointer: the button stays beneath it though the results go.
async function changedFormula() {
    await open();
    await page.setViewport({width: 1100, height: 800});
    await click("simulated");
    await page.$eval("input[value=formula]", radio => radio.click());
    await page.$eval("#formula", input => { input.value = "net_expenditure ~ disabled_18_49"; });
    await click("compute");
    for (const more of [" + population", " + new_refugees"]) {
        await page.$eval("#formula", input => { input.focus(); input.setSelectionRange(999, 999); });
        await page.keyboard.type(more);
        await page.$eval("#compute", button => button.scrollIntoView({block: "center"}));
        const box = await (await page.$("#compute")).boundingBox();
        await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
        await page.mouse.down();
        await settle();
        hold(!await isShown("results") && (await text("state")).includes("tatt bort"), "the results of the formula before are gone, and the page says so");
        await page.mouse.up();
        await settle();
        await idle("a changed formula");
        hold(await isShown("results") && !await text("fault"), "pressing the button after" + more + " computes: " + await text("fault"));
        hold(await page.$eval("body", body => body.style.minHeight === ""), "the page has its own height again");
    }
    await page.$eval("#formula", input => { input.focus(); input.setSelectionRange(999, 999); });
    await page.keyboard.type(" + clustering_index");
    await page.keyboard.press("Enter");
    await settle();
    await idle("Enter in the formula");
    hold(await isShown("results") && (await text("view")).includes("Opphopning"), "Enter in the formula computes");
    await page.setViewport({width: 1280, height: 900});
}

// Downloads pressed one upon another: each press gives its file.
async function quickDownloads() {
    await open();
    await click("simulated");
    await click("compute");
    for (const name of fs.readdirSync(downloads)) // the same names would be written over
        fs.rmSync(path.join(downloads, name));
    const formats = ["csv", "json", "docx", "html"];
    await page.evaluate(all => all.forEach(format => document.getElementById("format-" + format).click()), formats);
    await settle();
    await idle("four downloads");
    let n = 0;
    for (let i = 0; i < 100 && n < formats.length; i++) {
        await settle();
        n = fs.readdirSync(downloads).filter(name => !name.endsWith(".crdownload")).length;
    }
    hold(n === formats.length, formats.length + " presses gave " + n + " files: " + await text("fault"));
    await page.evaluate(() => { document.getElementById("format-csv").click(); document.getElementById("view-rank").click(); });
    await settle();
    await idle("a ranking after a press");
    hold((await text("view")).includes("Nesseby"), "what is asked for after a download is shown");
}

// What is shown is what the menus say: a municipality without a need in the last year has the sheet of its own last year, and
// where a choice is refused the sheet before it goes.
async function sheetOfTheChoice() {
    await open();
    const lines = readFile("panel.csv").toString().split("\n"), at = lines[0].split(",").indexOf("new_refugees");
    const without = lines.map(line => /^0104,[^,]*,2016,/.test(line) ? line.split(",").map((cell, i) => i === at ? "" : cell).join(",") : line);
    await drop([["uten.csv", Buffer.from(without.join("\n"))]]);
    await click("compute");
    await click("view-report");
    await page.select("#municipality", "0104");
    await settle();
    await idle("a municipality without a need in 2016");
    const frame = await (await page.waitForSelector("#view iframe")).contentFrame();
    for (let i = 0; i < 100 && !await frame.$("h1"); i++)
        await settle();
    hold(/Moss.*2015/s.test(await frame.$eval("main", main => main.innerText)) && (await text("notes")).includes("arket er for 2015"),
        "the sheet of its own last year: " + await text("notes") + await text("fault"));
    await page.$eval("#group", menu => menu.add(new Option("x", "finnes_ikke.csv")));
    await page.select("#group", "finnes_ikke.csv");
    await settle();
    await idle("a group that is refused");
    hold(!await page.$("#view iframe"), "the sheet of another choice is gone");
    hold((await text("fault")).length > 20 && (await text("view")).includes(await text("fault")), "the reason stands in its place: " + await text("view"));
    await page.select("#group", "");
    await settle();
    await idle("a group");
    hold(!await text("fault") && await page.$("#view iframe"), "a sheet is shown again");
}

// Tab, Enter and the arrows alone.
async function keyboard() {
    await open();
    const focus = () => page.evaluate(() => document.activeElement.id || document.activeElement.className || document.activeElement.tagName);
    const reach = async id => {
        for (let i = 0; i < 80; i++) {
            await page.keyboard.press("Tab");
            if (await focus() === id)
                return hold(await page.evaluate(() => {
                    const element = document.activeElement, box = element.getBoundingClientRect();
                    return element.checkVisibility() && box.width > 0 && getComputedStyle(element).outlineStyle !== "none";
                }), id + " shows that it has the focus");
        }
        return hold(false, "Tab does not reach " + id);
    };
    await page.keyboard.press("Tab");
    hold(await focus() === "skip", "the first stop is the way past the head: " + await focus());
    await reach("simulated");
    await page.keyboard.press("Enter");
    await settle();
    await idle("keyboard");
    await reach("compute");
    await page.keyboard.press("Enter");
    await settle();
    await idle("keyboard");
    hold(await focus() === "view-title", "the focus goes to the result");
    await page.keyboard.down("Shift");
    await reach("view-profile");
    await page.keyboard.up("Shift");
    await page.keyboard.press("Space");
    await settle();
    await idle("keyboard");
    hold((await text("view")).includes("0101 Halden"), "a profile by the keyboard");
    await page.keyboard.down("Shift");
    await reach("municipality");
    await page.keyboard.up("Shift");
    await page.keyboard.press("ArrowDown");
    await settle();
    await idle("keyboard");
    hold((await text("view")).includes("0104 Moss"), "the next municipality by the keyboard");
}

async function languages() {
    await open();
    await click("simulated");
    await click("compute");
    await click("language");
    hold(await page.evaluate(() => document.documentElement.lang) === "en", "the language of the page is said");
    hold((await text("view")).includes("Disabled aged 18–49") && (await text("state")).length > 0, "results are shown in English");
    const left = await page.evaluate(() => [...document.querySelectorAll("[data-word], button, option, legend, label")].map(element => element.textContent)
        .filter(words => /[æøåÆØÅ]/.test(words) && !/^\d{4} /.test(words)));
    hold(!left.length, "no Norwegian is left: " + left.join(" | "));
    await look("english");
    await page.emulateMediaFeatures([{name: "prefers-color-scheme", value: "dark"}]);
    await look("dark");
    await page.emulateMediaFeatures([]);
    await drop([["tom.csv", Buffer.alloc(0)]]);
    hold(/empty|no /i.test(await text("fault")), "the program's sentences are English: " + await text("fault"));
}

(async () => {
    console.log("the page has " + fs.statSync(edition).size + " bytes");
    hold(fs.statSync(edition).size <= MOST_BYTES, "the page has " + fs.statSync(edition).size + " bytes, more than " + MOST_BYTES);
    fs.mkdirSync(downloads, {recursive: true});
    const session = await start();
    const client = await session.browser.target().createCDPSession();
    await client.send("Browser.setDownloadBehavior", {behavior: "allow", downloadPath: downloads});
    page = await session.browser.newPage();
    const requested = new Set(), wrong = [];
    page.on("request", request => requested.add(request.url()));
    page.on("pageerror", error => wrong.push(String(error)));
    page.on("console", message => ["error", "warn"].includes(message.type()) && wrong.push(message.text()));
    await page.setViewport({width: 1280, height: 900});
    const choices = require(path.join(__dirname, "page_choices.js"))({page, open, click, drop, download, downloads, text, isShown, settle, idle, native, readFile, work, hold});
    const parts = {...choices, simulatedFigures, hasty, files, keepsThePanel, badInput, hostileNames, byHand, changedFormula, quickDownloads, sheetOfTheChoice, keyboard, languages};
    const only = process.env.BEHOV_WEB_ONLY;
    for (const [name, part] of Object.entries(parts)) {
        if (only && !only.split(",").includes(name))
            continue;
        console.log("== " + name);
        for (const old of fs.readdirSync(downloads)) // a file of the same name would be written over, and not be seen as new
            fs.rmSync(path.join(downloads, old));
        try {
            await part();
            if (name === "simulatedFigures")
                await reopened(await sameAsTheProgram());
        } catch (error) {
            hold(false, name + " went no further: " + (error.stack || error));
        }
    }
    const foreign = [...requested].filter(url => !/^(file|blob|data):/.test(url));
    hold(!foreign.length, "the page asked for " + foreign.join(", "));
    hold(!wrong.length, "the console has: " + [...new Set(wrong)].slice(0, 5).join(" | "));
    // The policy holds: a request that a script of the page would make is refused by it, and a script that is put in does not run.
    const refused = await page.evaluate(() => new Promise(resolve => {
        document.addEventListener("securitypolicyviolation", event => resolve(event.effectiveDirective), {once: true});
        fetch("https://example.org/").catch(() => 0);
        setTimeout(() => resolve("nothing"), 2000);
    }));
    hold(refused === "connect-src", "the policy refuses a request: " + refused);
    hold(await page.evaluate(() => {
        const script = document.createElement("script");
        script.textContent = "window.hit = 1";
        document.body.append(script);
        return !window.hit;
    }), "the policy runs no script but the page's own");
    const network = await end(session);
    hold(!network.asked.length, "the browser asked for " + network.asked.join(", "));
    finish();
})();
