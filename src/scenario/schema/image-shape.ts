import { PROFILE_NAMES } from "../../simulator/profiles.ts";
import { delayMs } from "./delays.ts";
import { latency } from "./latency-shape.ts";
import {
  boolean,
  defaulted,
  integer,
  list,
  number,
  oneOf,
  optional,
  record,
  refined,
  required,
  text,
  type ValueOf,
} from "./shape.ts";

const onSigterm = refined(
  record({
    mode: required(
      oneOf(["fast", "graceful", "ignore"]),
      "fast: exits at once; graceful: closes its listener and finishes what is in flight; ignore: serves on until SIGKILL",
    ),
    drain: optional(delayMs, "graceful only: stays at least so long after it closed its listener"),
    closeAfter: optional(
      delayMs,
      "graceful only: goes on accepting connections for so long after the signal; 0 when left out",
    ),
    idleClose: optional(
      boolean(),
      "graceful only: whether it closes idle connections with its listener; true when left out",
    ),
  }),
  (value, at, report) => {
    if (value.mode === "graceful") return value;
    for (const field of ["drain", "closeAfter", "idleClose"] as const) {
      if (value[field] === undefined) continue;
      const what = field === "drain" ? "a drain" : field;
      report(at(field), `only mode graceful takes ${what}, and this is ${value.mode}`);
      return undefined;
    }
    return value;
  },
  "a mapping such as { mode: graceful, drain: 10s }",
);

const oom = refined(
  record({
    after: optional(delayMs, "process start until the kernel kills it"),
    requests: optional(integer(1, 10_000_000), "how many requests it takes until then: a leak"),
  }),
  (value, at, report) => {
    if ((value.after === undefined) !== (value.requests === undefined)) return value;
    report(at(), "wanted one of after and requests");
    return undefined;
  },
);

/** How an image behaves. */
export const image = refined(
  record({
    name: required(
      text("an image name such as shop-web:1.0", { pattern: "^\\S+$", max: 500 }),
      "as in the manifests",
    ),
    profile: optional(
      oneOf(PROFILE_NAMES),
      "a kind of program whose behaviour is known; the other fields say what differs from it",
    ),
    startup: optional(delayMs, "process start until the port listens; 25ms when left out"),
    ready: optional(
      delayMs,
      "process start until the health endpoint answers 200; as startup when left out",
    ),
    latency: optional(latency, "time to answer a request"),
    warmUp: optional(
      record({
        for: required(delayMs, "how long it takes, from when it is ready"),
        factor: defaulted(number(1, 1000), 5, "how many times as long its first answers take"),
      }),
      "answers are slower at first",
    ),
    concurrency: optional(
      integer(1, 100_000),
      "requests that it works on at the same time, others wait; any number when left out",
    ),
    queue: optional(
      integer(0, 1_000_000),
      "with concurrency: how many may wait, one more gets 503; 1000 when left out",
    ),
    keepAlive: optional(delayMs, "closes a connection that has been idle for so long"),
    onSigterm: optional(onSigterm, "what it does on its stop signal"),
    shell: optional(boolean(), "whether exec hooks find /bin/sh and sleep; true when left out"),
    programs: optional(
      list(text("a program's name or path", { max: 500 }), { max: 100 }),
      "programs it has besides those of its shell; when left out, whichever a command names",
    ),
    files: optional(
      list(text("an absolute path", { pattern: "^/", max: 500 }), { max: 100 }),
      "files that its program makes when its health endpoint answers: what exec probes look for",
    ),
    crash: optional(
      record({
        after: required(delayMs, "process start until it ends"),
        exitCode: defaulted(integer(0, 255), 1, "its exit code; 1 when left out"),
      }),
      "it ends by itself, after each start anew",
    ),
    oom: optional(oom, "it passes its memory limit and is killed, after each start anew"),
    errorRate: optional(number(0, 1), "share of its answers that are 500; 0 when left out"),
    pull: optional(delayMs, "time to pull it to a node; when left out it is on every node already"),
    ports: optional(
      list(integer(1, 65_535), { min: 1, max: 100 }),
      "ports it listens on; when left out, whichever it is asked on, except those that another container of its pod declares",
    ),
    passesOn: optional(
      text("a container's name", { max: 63 }),
      "the container of its pod that answers its requests; where that one does not listen it answers 502",
    ),
    missing: optional(boolean(), "true: the registry does not have it, and pulls fail"),
  }),
  (value, at, report) => {
    if (value.crash !== undefined && value.oom !== undefined) {
      report(at("oom"), "the process ends either by itself (crash) or by the kernel (oom)");
      return undefined;
    }
    if (value.queue !== undefined && value.concurrency === undefined) {
      report(at("queue"), "nothing waits where concurrency has no limit: name concurrency too");
      return undefined;
    }
    if (value.startup === undefined || value.ready === undefined || value.startup <= value.ready)
      return value;
    report(
      at("ready"),
      "the health endpoint cannot answer before the port listens: ready is shorter than startup",
    );
    return undefined;
  },
);

export type ImageSpec = ValueOf<typeof image>;
