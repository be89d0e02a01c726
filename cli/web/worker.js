// worker.js - one command of behov at a time, each in an instance of its own whose files are in memory. It stands behind behov.js
// (emscripten's, which defines behovModule) and the functions of unpack.js, in the worker that begin.js and page.js make of them.
"use strict";
let program;

// The bytes of a stream as text. As devices of their own the streams are no terminals, so no bar of progress is drawn in them.
function stream() {
    const bytes = [];
    return {take: byte => byte === null || bytes.push(byte & 255), text: () => new TextDecoder().decode(Uint8Array.from(bytes))};
}

async function run({args, files, outputs}) {
    const out = stream(), messages = stream(), read = {};
    const module = await behovModule({
        noInitialRun: true, stdin: () => null, stdout: out.take, stderr: messages.take,
        instantiateWasm: (imports, receive) => {
            WebAssembly.instantiate(program, imports).then(instance => receive(instance, program));
            return {};
        },
        quit: (status, error) => { throw error; }});
    module.FS.ignorePermissions = true; // one user, and a umask that says nothing
    module.FS.mkdir("/panel");
    module.FS.chdir("/panel");
    for (const [name, bytes] of Object.entries(files))
        module.FS.writeFile(name, bytes);
    let status;
    try {
        status = module.callMain(args);
    } catch (error) {
        if (typeof error.status !== "number")
            throw error;
        status = error.status;
    }
    for (const name of outputs)
        if (module.FS.analyzePath(name).exists)
            read[name] = module.FS.readFile(name);
    return {status, out: out.text(), messages: messages.text(), files: read};
}

self.onmessage = async ({data}) => {
    if (data.program) {
        program = data.program;
        return;
    }
    try {
        if (data.packed) {
            self.postMessage({begins: true});
            program = await WebAssembly.compile(unpacked(data.unpacker, data.packed));
            self.postMessage({program});
            await run({args: ["--version"], files: {}, outputs: []}); // what the first command would wait for
            return;
        }
        self.postMessage({number: data.number, ...await run(data)});
    } catch (error) {
        self.postMessage({number: data.number, stopped: String(error && error.message || error).slice(0, 200)});
    }
};
self.postMessage({listens: true});
