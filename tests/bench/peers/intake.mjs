// Takes a bulk RTI file in as a short Node.js program would: saxes for XML, better-sqlite3 for the
// store. It matches employees by NINO, keeps each payment of a registered person with the file's
// hash, tests this month's pay against the figure in force, and writes triggers into a durable
// outbox. It does less than the gateway: no IRmark, no check of structure or values, no history, no
// year to date, no child process, no reasons.
//
//   node intake.mjs prepare FOLDER   reads FOLDER/cases.ndjson into FOLDER/peer.db
//   node intake.mjs run FOLDER       takes FOLDER/bench.xml in; prints the microseconds that took

import { createHash } from "node:crypto";
import { createReadStream, copyFileSync, existsSync, readFileSync, rmSync } from "node:fs";
import Database from "better-sqlite3";
import { SaxesParser } from "saxes";

const [, , task, folder] = process.argv;
const prepared = `${folder}/peer.db`;
const BATCH = 1000;

function open(file) {
  const db = new Database(file);
  db.pragma("journal_mode = WAL");
  db.pragma("synchronous = FULL");
  return db;
}

function prepare() {
  if (existsSync(prepared)) return;
  const db = open(prepared);
  db.exec(`CREATE TABLE person (person INTEGER PRIMARY KEY, nino TEXT UNIQUE, weekly INTEGER);
    CREATE TABLE payment (payment INTEGER PRIMARY KEY, person INTEGER, document TEXT, body TEXT);
    CREATE TABLE outbox (trigger INTEGER PRIMARY KEY, person INTEGER, body TEXT);`);
  const add = db.prepare("INSERT OR IGNORE INTO person (nino, weekly) VALUES (?, ?)");
  db.transaction((lines) => {
    for (const line of lines) {
      if (line === "") continue;
      const one = JSON.parse(line);
      add.run(one.person.nino.slice(0, 8), one.in_force?.weekly_pence ?? null);
    }
  })(readFileSync(`${folder}/cases.ndjson`, "utf8").split("\n"));
  db.pragma("wal_checkpoint(TRUNCATE)");
  db.close();
}

function pence(text) {
  const match = /^(-?)(\d+)\.(\d\d)$/.exec(text);
  if (!match) throw new Error("not money");
  const whole = Number(match[2]) * 100 + Number(match[3]);
  return match[1] ? -whole : whole;
}

const KEPT = new Set(["NINO", "Sur", "BirthDate", "Gender", "PayId", "PayFreq", "PmtDate", "MonthNo",
  "PeriodsCovered", "TaxCode", "TaxablePay", "TotalTax", "TaxDeductedOrRefunded", "HoursWorked"]);

async function run() {
  const file = `${folder}/peer-round.db`;
  for (const tail of ["", "-wal", "-shm"]) rmSync(file + tail, { force: true });
  copyFileSync(prepared, file);
  const db = open(file);
  const people = new Map();
  for (const row of db.prepare("SELECT person, nino, weekly FROM person").iterate()) {
    people.set(row.nino, row);
  }
  const keep = db.prepare("INSERT INTO payment (person, document, body) VALUES (?, ?, ?)");
  const raise = db.prepare("INSERT INTO outbox (person, body) VALUES (?, ?)");
  const document = `${folder}/bench.xml`;
  const started = process.hrtime.bigint();

  let batch = [];
  let employees = 0;
  const flush = db.transaction((rows) => {
    for (const { person, body, trigger } of rows) {
      keep.run(person, document, body);
      if (trigger) raise.run(person, trigger);
    }
  });
  let employee = null;
  let inPayment = false;
  let text = "";
  const parser = new SaxesParser({ xmlns: true });
  parser.on("opentag", (tag) => {
    text = "";
    if (tag.local === "Employee") employee = {};
    if (tag.local === "Payment") inPayment = true;
  });
  parser.on("text", (piece) => { text += piece; });
  parser.on("closetag", (tag) => {
    if (tag.local === "Payment") inPayment = false;
    if (employee && KEPT.has(tag.local)) {
      employee[inPayment || tag.local !== "TaxablePay" ? tag.local : "TaxablePayToDate"] = text;
    }
    if (tag.local !== "Employee") return;
    ++employees;
    const known = employee.NINO && people.get(employee.NINO.slice(0, 8));
    if (known) {
      const weekly = Math.trunc(pence(employee.TaxablePay) * 12 * 7 / 365);
      const apart = known.weekly !== null && Math.abs(weekly - known.weekly) * 4 >= known.weekly;
      batch.push({ person: known.person, body: JSON.stringify(employee),
        trigger: apart ? JSON.stringify({ kind: "IN_YEAR_INCOME", weekly, was: known.weekly }) : null });
      if (batch.length === BATCH) { flush(batch); batch = []; }
    }
    employee = null;
  });
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(document, { highWaterMark: 1 << 20 })) {
    hash.update(chunk);
    parser.write(chunk.toString("utf8"));  // the file is ASCII: no letter is cut in two
  }
  parser.close();
  flush(batch);
  hash.digest("hex");
  db.close();
  process.stdout.write(`${(process.hrtime.bigint() - started) / 1000n} ${employees}\n`);
}

if (task === "prepare") prepare(); else await run();
