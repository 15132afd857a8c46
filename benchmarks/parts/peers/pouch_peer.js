// PouchDB and express-pouchdb, as `anki_peer.py`: a command per line in, a line of JSON out.
// `node pouch_peer.js MODULES FOLDER` is the client and starts `node pouch_peer.js MODULES FOLDER serve`, the server.
"use strict";
const { spawn } = require("child_process");
const { readFileSync } = require("fs");
const { createRequire } = require("module");
const readline = require("readline");
const [, , modules, folder, role] = process.argv;
const from = createRequire(modules + "/");
const PouchDB = from("pouchdb");

function serve() {
  const app = from("express")();
  const Kept = PouchDB.defaults({ prefix: folder + "/server-" });
  app.use("/", from("express-pouchdb")(Kept, { logPath: folder + "/log.txt", configPath: folder + "/config.json" }));
  const listening = app.listen(0, "127.0.0.1", () => console.log(listening.address().port));
}

function firstLine(stream) {
  return new Promise((resolve) => readline.createInterface({ input: stream }).once("line", resolve));
}

async function main() {
  const server = spawn(process.execPath, [__filename, modules, folder, "serve"], { stdio: ["ignore", "pipe", "inherit"] });
  const url = `http://127.0.0.1:${await firstLine(server.stdout)}/tickets`;
  const writes = new PouchDB(folder + "/writes");
  const reads = new PouchDB(folder + "/reads");
  await writes.replicate.to(url);
  await reads.replicate.from(url);
  let made = 0;
  const documents = (file) =>
    JSON.parse(readFileSync(file, "utf8")).map(([summary, details]) => ({ _id: `t${String(made++).padStart(8, "0")}`, summary, details }));
  const work = {
    load: async (file) => void (await writes.bulkDocs(documents(file))),
    push: async () => void (await writes.replicate.to(url, { batch_size: 500 })),
    pull: async () => void (await reads.replicate.from(url, { batch_size: 1000 })),
    one: async (file) => {
      for (const document of documents(file)) {
        await writes.put(document);
        await writes.replicate.to(url);
      }
    },
    live: (file) => live(url, documents(file)),
  };
  console.log(JSON.stringify({ ready: true }));
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const [what, file] = line.split(" ");
    const todo = what === "load" ? await work.load(file) : undefined;
    const begun = performance.now();
    const lags = what === "load" ? todo : await work[what](file);
    const seconds = (performance.now() - begun) / 1000;
    const info = await (what === "pull" ? reads : writes).info();
    console.log(JSON.stringify({ seconds, records: info.doc_count, lags }));
  }
  server.kill();
  process.exit(0);
}

// Seconds from putting each document at the server to the change's being in the other client's database.
async function live(url, documents) {
  const watches = new PouchDB(folder + "/watches-" + documents[0]._id);
  let seen = () => {};
  const sync = watches.sync(url, { live: true, retry: true, batch_size: 1000 });
  watches.changes({ live: true, since: "now" }).on("change", (change) => seen(change.id));
  await new Promise((resolve) => sync.once("paused", resolve));
  const lags = [];
  for (const document of documents) {
    await new Promise((resolve) => setTimeout(resolve, 60));
    const shown = new Promise((resolve) => (seen = (id) => id === document._id && resolve()));
    const sent = performance.now();
    const put = fetch(`${url}/${document._id}`, {
      method: "PUT",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(document),
    });
    await shown;
    lags.push((performance.now() - sent) / 1000);
    await (await put).text();
  }
  sync.cancel();
  return lags;
}

role === "serve" ? serve() : main();
