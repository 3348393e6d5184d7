#!/usr/bin/env node
// Runs the binary that the package for this system holds.
"use strict";

const { spawn } = require("node:child_process");
const { constants } = require("node:os");

const name = process.platform === "win32" ? "bantin.exe" : "bantin";
const system = `${process.platform}-${process.arch}`;
let binary;
try {
  binary = require.resolve(`@bantin/${system}/${name}`);
} catch {
  console.error(`bantin: there is no package for ${system}, or it was left out (npm install without --omit=optional)`);
  process.exit(1);
}

const child = spawn(binary, process.argv.slice(2), { stdio: "inherit" });
// The terminal sends Ctrl-C to both: it is for the child to say what comes of it. What others send is passed on.
process.on("SIGINT", () => {});
for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("error", (error) => {
  console.error(`bantin: ${error.message}`);
  process.exit(1);
});
child.on("exit", (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
