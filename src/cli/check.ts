import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import {
  checkManifests,
  DEFAULT_SEEDS,
  type CheckedFile,
  type CheckReport,
  type ImageDocument,
} from "../check/index.ts";
import { readScenario } from "../scenario/read.ts";
import { manifestsAt } from "../scenario/read-files.ts";
import { describe } from "../scenario/schema/diagnostic.ts";
import type { Language } from "../words/language.ts";
import { reportText } from "./check-text.ts";
import {
  parseArguments,
  print,
  STATUS,
  UnusableInput,
  wholeNumber,
  type Command,
} from "./command.ts";
import { filesBeside, readPath, readText } from "./files.ts";
import { progressBar } from "./progress-bar.ts";
import { createRunPool } from "./run-pool.ts";

const LANGUAGES: readonly Language[] = ["en", "ko"];

export const checkCommand: Command = {
  name: "check",
  usage:
    "FILE.yaml… [--from OLD.yaml]… [--seeds N] [--rps N] [--road R] [--images FILE] [--save FOLDER] [--lang en|ko] [--json]",
  summary:
    "play an update over many seeds and say whether users would notice, and what to change if so",
  help: `FILE is a manifest or a folder of manifests, as a team has them: several documents, Helm's output, kinds
that are not simulated. Each workload gets a new image while requests come to the Service that leads
to it. Exit status 0: users would not notice; 1: they would, or the update is refused or does not come
to its end.

  --from OLD     the manifests that stand before: the update is from OLD to FILE
  --seeds N      how many runs; ${DEFAULT_SEEDS} when left out
  --rps N        requests a second; 50 when left out
  --road R       the way requests take: direct, proxy, ingress-nginx, gateway, mesh, alb-ip, node-port; when
                 left out gateway for an HTTPRoute, ingress-nginx or alb-ip for an Ingress by its class, else
                 proxy
  --images FILE  how images behave: a Scenario document of which "images" is used; others are guessed
  --save FOLDER  write each update as a scenario that simulate plays, and the patched manifests
  --lang en|ko   language of the report
  --json         print the report as one JSON object (schema/check.json of the site)`,
  async run(args) {
    const { values, positionals } = parseArguments(this, args, {
      from: { type: "string", multiple: true, default: [] },
      seeds: { type: "string" },
      rps: { type: "string" },
      road: { type: "string" },
      images: { type: "string" },
      save: { type: "string" },
      lang: { type: "string", default: "en" },
      json: { type: "boolean", default: false },
    });
    if (positionals.length === 0) {
      throw new UnusableInput(["wanted a manifest", `usage: rollout-lab check ${this.usage}`]);
    }
    const lang = LANGUAGES.find((language) => language === values.lang);
    if (lang === undefined) {
      throw new UnusableInput([`--lang: wanted ${LANGUAGES.join(" or ")}, got "${values.lang}"`]);
    }
    const seeds = wholeNumber("--seeds", values.seeds, { min: 1, max: 10_000 }) ?? DEFAULT_SEEDS;
    const rps = wholeNumber("--rps", values.rps, { min: 1, max: 10_000 });
    if (values.road !== undefined) refuseUnknownRoad(values.road);
    const report = await check({
      files: positionals.flatMap(manifestFiles),
      from: values.from.flatMap(manifestFiles),
      images: values.images === undefined ? [] : imagesIn(values.images),
      seeds,
      ...(rps === undefined ? {} : { rps }),
      ...(values.road === undefined ? {} : { road: values.road }),
    });
    if (values.save !== undefined) save(report, values.save);
    print(values.json ? JSON.stringify(report, null, 2) : reportText(report, lang));
    const good = report.verdict === "safe" || report.verdict === "nothing-to-check";
    return good ? STATUS.good : STATUS.no;
  },
};

type Options = Parameters<typeof checkManifests>[0];

async function check(options: Options): Promise<CheckReport> {
  const bar = progressBar(options.seeds ?? DEFAULT_SEEDS);
  const pool = createRunPool(undefined, bar.add);
  pool.warm(options.seeds ?? DEFAULT_SEEDS);
  try {
    const result = await checkManifests(options, pool.runMany);
    if (result.kind === "unusable") throw new UnusableInput(result.diagnostics.map(describe));
    return result.report;
  } finally {
    bar.clear();
    await pool.close();
  }
}

function manifestFiles(file: string): CheckedFile[] {
  const found = manifestsAt(file, readPath);
  if ("problem" in found) {
    const { at, problem } = found;
    throw new UnusableInput([at === undefined ? problem : `${at}:1:1: ${problem}`]);
  }
  const inFolder = found.files.some(({ path: name }) => name !== file);
  return found.files.map(({ path: name, text }) => ({ name, text, inFolder }));
}

/** `images` of a Scenario document, which is read as a whole so that a mistake in it is told with its place. */
function imagesIn(file: string): readonly ImageDocument[] {
  const text = readText(file);
  const { scenario, diagnostics } = readScenario(text, { file, readFile: filesBeside(file) });
  if (scenario === undefined) throw new UnusableInput(diagnostics.map(describe));
  const { spec } = parse(text) as { spec: { images?: ImageDocument[] } };
  return spec.images ?? [];
}

function refuseUnknownRoad(road: string): void {
  const document = {
    apiVersion: "rollout-lab/v1",
    kind: "Scenario",
    spec: { traffic: [{ to: "service/web:80", road }] },
  };
  const { diagnostics } = readScenario(JSON.stringify(document), {
    file: "",
    readFile: () => undefined,
  });
  if (diagnostics.length > 0) throw new UnusableInput([`--road: ${diagnostics[0]!.message}`]);
}

/** Writes each unit's scenario and the patched manifests. */
function save({ units }: CheckReport, folder: string): void {
  for (const { objects, namespace, scenario, patch } of units) {
    if (scenario === undefined) continue;
    const own = path.join(folder, `${namespace}-${objects[0]!.replace("/", "-")}`);
    mkdirSync(own, { recursive: true });
    writeFileSync(path.join(own, "scenario.yaml"), scenario.document);
    for (const [name, text] of Object.entries(scenario.manifests)) {
      writeFileSync(path.join(own, name), text);
    }
    if (patch === undefined) continue;
    writeFileSync(path.join(own, "mended.diff"), patch.diff);
    for (const { object, patch: text } of patch.strategicMerge) {
      writeFileSync(path.join(own, `patch-${object.replace("/", "-")}.yaml`), text);
    }
  }
}
