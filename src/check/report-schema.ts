import type { JsonSchema } from "../scenario/schema/shape.ts";
import { LEVERS } from "./remedy/levers.ts";

const text = (description: string): JsonSchema => ({ type: "string", description });
const whole = (description: string): JsonSchema => ({ type: "integer", description });
const number = (description: string): JsonSchema => ({ type: "number", description });
const oneOf = (description: string, values: readonly string[]): JsonSchema => ({
  enum: values,
  description,
});
const list = (description: string, items: JsonSchema): JsonSchema => ({
  type: "array",
  description,
  items,
});

/** A mapping; names that end in `?` may be left out. */
function record(description: string, fields: Readonly<Record<string, JsonSchema>>): JsonSchema {
  const entries = Object.entries(fields);
  return {
    type: "object",
    description,
    properties: Object.fromEntries(
      entries.map(([name, schema]) => [name.replace("?", ""), schema]),
    ),
    required: entries.flatMap(([name]) => (name.endsWith("?") ? [] : [name])),
    additionalProperties: false,
  };
}

const ref = (name: string): JsonSchema => ({ $ref: `#/$defs/${name}` });

const counts = (description: string): JsonSchema => ({
  type: "object",
  description,
  additionalProperties: { type: "integer" },
});

const spread = record("A number over many runs", {
  median: number("as many runs have less as have more"),
  p95: number("95 of 100 runs have no more"),
  worst: number("the most in any run"),
});

const distribution = record("Many runs of one scenario, one for each seed from 1 up", {
  seeds: whole("how many"),
  failed: ref("spread"),
  worstSeed: whole("the seed with the most failed requests, the smallest of equals"),
  runsWithFailures: whole("runs in which a request failed"),
  requests: whole("requests in all runs together"),
  failedInAll: whole("failed requests in all runs together"),
  byOutcome: counts("requests by what the client saw"),
  byVersion: counts("answered requests by the image that answered"),
  byCause: counts("failed requests by cause"),
  retried: whole("requests of all runs that were answered at a later try only"),
  failedBefore: whole("runs in which requests failed before the update already"),
  complete: whole("runs in which every rollout came to its end"),
  "rolloutSeconds?": ref("spread"),
  "rollbackSeconds?": ref("spread"),
  mixedSeconds: ref("spread"),
  lowestReady: whole("fewest ready pods at any time from the update on, in any run"),
  peakPods: ref("spread"),
  extraPodSeconds: ref("spread"),
  closedGapMs: whole("longest that a router went on choosing a pod whose port had closed"),
  earlyGapMs: whole("longest that a router chose a pod whose port did not listen yet"),
  longestAnswerMs: whole("longest answer at the first try"),
  hooksFailed: whole("runs in which a preStop hook failed"),
  hooksCut: whole("runs in which a preStop hook was cut off by the end of the grace period"),
  killed: whole("runs in which a process was killed by SIGKILL"),
});

const race = {
  type: "object",
  description:
    "The two facts that raced: kind says which; times are milliseconds of the run, left out where they lie beyond it",
  properties: {
    kind: oneOf(
      "closed: a pod had closed its port; gone: its network was taken down; early: its port did not listen yet; idle: its process closed an idle connection; cut: its process ended; none-left: no pod could be chosen; late: no answer in time; answered: it answered with an error; unrouted: the proxy had no place to send it to",
      ["closed", "gone", "early", "idle", "cut", "none-left", "late", "answered", "unrouted"],
    ),
  },
  required: ["kind"],
};

const failure = record("A failed request; times are milliseconds of the run", {
  id: whole("its number in the order of sending"),
  sentMs: whole("when it was sent"),
  doneMs: whole("when the client had its error"),
  failedMs: whole("when its fate was decided"),
  source: text("who sent it"),
  road: text("the way it took"),
  outcome: text("what the client saw: a status, or what became of the connection"),
  cause: text("why it failed"),
  "pod?": text("the pod that it was sent to"),
  "version?": text("that pod's image"),
  "router?": text("who chose the pod"),
  race,
});

const ledger = record("One run: what its requests met, and what the update cost", {
  seed: whole("its seed"),
  total: whole("requests"),
  byOutcome: counts("requests by what the client saw"),
  byVersion: counts("answered requests by the image that answered"),
  byCause: counts("failed requests by cause"),
  failures: list("every failed request, in the order of sending", failure),
  mixedMs: whole("how long new requests met more than one version"),
  lowestReady: whole("fewest ready pods from the update on"),
  peakPods: whole("most pods at a time, those that terminate included"),
  extraPodSeconds: whole("pods beyond those before the update, times seconds"),
  rolloutMs: whole("to the end of the rollout; -1 when it did not end"),
  rollbackMs: whole("to the end of the way back; -1 when there was none"),
});

const lever = oneOf("the field that is changed", Object.keys(LEVERS));
const values: JsonSchema = {
  type: "object",
  description: "what it is set to, and the numbers behind it",
  additionalProperties: { type: ["string", "number"] },
};

const attempts = list(
  "what was tried and did not end the failures by itself",
  record("A change that was tried", {
    lever,
    values,
    from: number("failed requests a run before, median"),
    to: number("failed requests a run with it, median"),
  }),
);

const part = record("A change of one field", {
  lever,
  values,
  edit: record("What is changed", {
    object: text("Deployment/default/web"),
    path: list("keys and list indexes", { type: ["string", "integer"] }),
    value: { description: "the field's new value" },
  }),
  without: {
    description:
      "what happens without it: the API server refuses the rest, requests fail again, or the update does not end",
    anyOf: [
      { const: "refused" },
      record("Runs without it", {
        seeds: whole("how many"),
        failed: ref("spread"),
        runsWithFailures: whole("runs in which a request failed"),
        unfinished: whole("runs in which the update did not come to its end"),
      }),
    ],
  },
});

const remedy: JsonSchema = {
  description: "what ends the failures",
  anyOf: [
    record("The update after this one loses nothing as the manifests are", {
      kind: { const: "not-needed" },
      runs: ref("distribution"),
    }),
    record("The smallest change after which no request fails and the update comes to its end", {
      kind: { const: "patch" },
      parts: list("its parts; without any of them requests fail again", part),
      runs: ref("distribution"),
      "introduction?": ref("distribution"),
      attempts,
    }),
    record("Nothing in the manifests ends the failures", {
      kind: { const: "none" },
      runs: ref("distribution"),
      attempts,
    }),
  ],
};

const unit = record("Workloads that are updated together, mostly one", {
  objects: list("deployment/web", { type: "string" }),
  namespace: text("their namespace"),
  file: text("where the first of them stands"),
  line: whole("its line, from 1"),
  verdict: oneOf("whether users would notice", [
    "safe",
    "unsafe",
    "unfinished",
    "refused",
    "rollout-only",
    "unchanged",
    "new",
    "left-alone",
  ]),
  "traffic?": record("What users' requests go to", {
    to: text("service/web:80"),
    "host?": text("host that the requests name"),
    "path?": text("path that they ask for; / when left out"),
    "headers?": list(
      "headers that they carry",
      record("A header", { name: text("its name"), value: text("its value") }),
    ),
    road: text("the way they take"),
    rps: number("requests a second"),
  }),
  "unreachable?": text("why no requests were sent"),
  notes: list(
    "what was taken for granted, left out or noticed",
    record("A note", { code: text("which one"), values }),
  ),
  "runs?": ref("distribution"),
  "rollback?": ref("distribution"),
  "worst?": record("The run with the most failures", { seed: whole("its seed"), ledger }),
  "refused?": text("what kubectl says where the API server does not take the update"),
  "stuck?": record("What held the update up: the last warning of a run", {
    seed: whole("its seed"),
    object: text("pod/web-5958b5bcc6-hzhj6"),
    reason: text("FailedScheduling"),
    message: text("what the event says"),
  }),
  "scenario?": record("What simulate plays with any of the seeds", {
    document: text("scenario.yaml"),
    manifests: {
      type: "object",
      description: "the manifests that it applies, by name",
      additionalProperties: { type: "string" },
    },
  }),
  "remedy?": remedy,
  "patch?": record("The remedy as patches", {
    diff: text("unified, of all files that change"),
    files: list(
      "the changed files",
      record("A file", { name: text("its path"), text: text("all of it") }),
    ),
    strategicMerge: list(
      "for kubectl patch --patch-file",
      record("A patch of one object", { object: text("deployment/web"), patch: text("YAML") }),
    ),
  }),
});

/** The JSON Schema of what `check --json` prints. */
export const reportSchema: JsonSchema = {
  ...record("What rollout-lab check --json prints", {
    schema: { const: "rollout-lab/check/v1" },
    verdict: oneOf("the answer to all of it", [
      "safe",
      "unsafe",
      "refused",
      "unfinished",
      "nothing-to-check",
    ]),
    seeds: whole("runs of each update"),
    update: oneOf(
      "new-image: each workload gets a new image; manifests: from the old manifests to the new ones",
      ["new-image", "manifests"],
    ),
    units: list("one entry for each workload, or for several that one Service leads to", unit),
    ignored: list(
      "what stands in the manifests and is not simulated",
      record("An object, or a document that is none", {
        file: text("its file"),
        line: whole("its line, from 1"),
        apiVersion: text("empty where it has none"),
        kind: text("empty where it has none"),
        name: text("its name"),
        "field?": text("what of it is not simulated, where its kind is"),
      }),
    ),
  }),
  $defs: { spread, distribution },
};
