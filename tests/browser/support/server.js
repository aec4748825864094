// The server under test: the real binary, on a free port, over a new index of the made-up corpus.

import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";

import { documents as simple } from "./corpus.js";

const project = resolve(import.meta.dirname, "../../..");
const binary = process.env.RCP_SEARCH_BINARY ?? join(project, "target/debug/rcp-search");

/** A value as TOML writes it: as JSON does, but for tables. */
const toml = (value) => Object.getPrototypeOf(value) === Object.prototype
  ? `{ ${Object.entries(value).map(([key, inner]) => `${key} = ${toml(inner)}`).join(", ")} }`
  : JSON.stringify(value);

/** Starts it over documents; answers its address without a slash at the end, and how to stop it. */
export async function startServer(documents = simple) {
  const folder = mkdtempSync(join(tmpdir(), "rcp-search-browser-"));
  const corpus = join(folder, "corpus");
  mkdirSync(corpus);
  for (const { text, ...metadata } of documents) {
    writeFileSync(join(corpus, `${metadata.id}.txt`), text);
    const lines = Object.entries(metadata).map(([key, value]) => `${key} = ${toml(value)}\n`);
    writeFileSync(join(corpus, `${metadata.id}.meta.toml`), lines.join(""));
  }
  const places = ["--index", join(folder, "index"), "--config", join(project, "index-config")];
  execFileSync(binary, ["index", corpus, ...places], { stdio: "pipe" });
  const server = spawn(binary, ["serve", "--listen", "127.0.0.1:0", ...places], { stdio: ["ignore", "pipe", "ignore"] });
  const ended = new Promise((done) => server.once("exit", done));
  const stop = async () => {
    server.kill("SIGTERM");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  for await (const line of createInterface({ input: server.stdout })) {
    const address = line.match(/http:\/\/[0-9.:]+/)?.[0];
    if (address) {
      server.stdout.resume();
      return { address, stop };
    }
  }
  throw new Error("the server ended before it answered");
}
