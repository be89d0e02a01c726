#!/usr/bin/env python3
"""What a browser makes of pages; called by html_pages.sh.

    html_pages.py prepare PAGE.html...    measured-PAGE.html: the page, which measures itself and writes what it found
    html_pages.py look PAGE.html...       looks at PAGE-telephone.txt, PAGE-desk.txt and PAGE-paper.txt
    html_pages.py gather PICTURE.svg...   gathered.html: all pictures, which measure their words
    html_pages.py edges gathered.txt      looks at what they found"""
import json
import os
import re
import sys

SCRIPT = """<script>
addEventListener("load", function () {
  var found = {window: innerWidth, page: document.documentElement.scrollWidth, cut: [], boxes: [], warnings: []};
  document.querySelectorAll("h1, h2, p, a, li, .scroll, footer").forEach(function (one) {
    var at = one.getBoundingClientRect();
    if (at.right > innerWidth + 0.5 || at.left < -0.5 || (!one.closest(".scroll") && one.scrollWidth > one.clientWidth + 1
        && getComputedStyle(one).display != "inline"))
      found.cut.push(one.tagName + ": " + one.textContent.slice(0, 60));
  });
  document.querySelectorAll("table").forEach(function (table) {
    var box = table.closest(".scroll");
    found.boxes.push({table: table.scrollWidth, reach: box ? Math.max(box.scrollWidth, box.clientWidth) : 0,
                      top: table.getBoundingClientRect().top + scrollY,
                      rows: Math.max.apply(null, [].map.call(table.tBodies[0].rows, function (row) {
                        return row.getBoundingClientRect().height; }))});
  });
  document.querySelectorAll(".warning").forEach(function (one) {
    found.warnings.push(one.getBoundingClientRect().bottom + scrollY);
  });
  document.body.innerHTML = "<pre>found " + JSON.stringify(found).replace(/&/g, "&amp;").replace(/</g, "&lt;") + "</pre>";
});
</script></head>"""


def prepare(pages):
    for page in pages:
        with open(page, encoding="utf-8") as file:
            text = file.read()
        assert "</head>" in text, page
        with open(f"measured-{os.path.basename(page)}", "w", encoding="utf-8") as file:
            file.write(text.replace("</head>", SCRIPT, 1))


def measured(name, kind):
    with open(f"{name}-{kind}.txt", encoding="utf-8") as file:
        text = re.search("found ({.*})</pre>", file.read()).group(1)
    return json.loads(text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))


def look(pages):
    faults = []
    for name in (re.sub(r"\.html$", "", os.path.basename(page)) for page in pages if "measured-" not in page):
        with open(f"{name}.html", encoding="utf-8") as file:
            text = file.read()
        for kind in ("telephone", "desk"):
            found = measured(name, kind)
            if found["page"] > found["window"]:
                faults.append(f"{name}, {kind}: the page is {found['page']} wide in a window of {found['window']}")
            faults += [f"{name}, {kind}: cut: {one}" for one in found["cut"]]
            for box in found["boxes"]:
                if box["reach"] < box["table"]:
                    faults.append(f"{name}, {kind}: a table of {box['table']} in a box that reaches {box['reach']}")
                if box["rows"] > 160:
                    faults.append(f"{name}, {kind}: a row is {box['rows']} high")
            if not found["boxes"]:
                faults.append(f"{name}, {kind}: no table")
            if "SIMUL" in text and not found["warnings"]:
                faults.append(f"{name}, {kind}: no warning")
            if found["warnings"] and max(found["warnings"]) > found["boxes"][0]["top"]:
                faults.append(f"{name}, {kind}: a warning below the first table")
        for words in ("SIMULERTE DATA: ", "SIMULATED DATA: ", "ikke en dom", "not a verdict"):
            if text.count(words) > 1:
                faults.append(f"{name}: \"{words}\" stands {text.count(words)} times")
        with open(f"{name}-paper.txt", encoding="utf-8") as file:
            papers = file.read().rstrip("\f").split("\f")
        first = re.sub("<[^>]*>", "", re.search(r"<tbody>\n(<tr[^>]*>.*?</tr>)", text, re.S).group(1).split("</t")[0])
        if first.split()[0] not in papers[0]:
            faults.append(f"{name}: the first page of paper has no row of the first table")
        faults += [f"{name}: page {i + 1} of paper is empty" for i, paper in enumerate(papers) if not paper.strip()]
    for fault in faults[:30]:
        print(fault)
    print(f"{len(pages) // 2} pages in a browser, {len(faults)} faults")
    return len(faults) > 0


EDGES = """<script>
addEventListener("load", function () {
  var found = [];
  document.querySelectorAll("svg").forEach(function (picture) {
    var room = picture.viewBox.baseVal, words = picture.querySelectorAll("text");
    found.push({name: picture.parentNode.id, n: words.length, over: []});
    words.forEach(function (one) {
      var at = one.getBoundingClientRect(), frame = picture.getBoundingClientRect();
      if (at.left < frame.left - 0.5 || at.right > frame.right + 0.5 || at.top < frame.top - 0.5 ||
          at.bottom > frame.bottom + 0.5)
        found[found.length - 1].over.push(one.textContent);
    });
  });
  document.body.innerHTML = "<pre>found " + JSON.stringify({pictures: found}).replace(/&/g, "&amp;")
      .replace(/</g, "&lt;") + "</pre>";
});
</script>"""


def gather(pictures):
    with open("gathered.html", "w", encoding="utf-8") as out:
        out.write(f"<!DOCTYPE html><html><head><meta charset=\"utf-8\">{EDGES}</head><body>\n")
        for picture in pictures:
            with open(picture, encoding="utf-8") as file:
                text = file.read()
            out.write(f"<div id=\"{os.path.basename(picture)}\">{text[text.index('<svg'):]}</div>\n")
        out.write("</body></html>\n")


def edges(files):
    with open(files[0], encoding="utf-8") as file:
        text = re.search("found ({.*})</pre>", file.read()).group(1)
    pictures = json.loads(text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))["pictures"]
    faults = [f"{one['name']}: over the edge: {words}" for one in pictures for words in one["over"]]
    faults += [f"{one['name']}: no words" for one in pictures if one["n"] < 10]
    for fault in faults[:30]:
        print(fault)
    print(f"{sum(one['n'] for one in pictures)} words of {len(pictures)} pictures, {len(faults)} faults")
    return len(faults) > 0 or not pictures


if __name__ == "__main__":
    sys.exit({"prepare": prepare, "look": look, "gather": gather, "edges": edges}[sys.argv[1]](sys.argv[2:]))
