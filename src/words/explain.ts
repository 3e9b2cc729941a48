import type { Decision, PodRecord, RequestRecord, Timeline } from "../simulator/record.ts";
import { EXPLAIN } from "./explain-words.ts";
import { CAUSES, outcomeWords } from "./causes.ts";
import { decisionRule, decisionSentence } from "./decisions/sentence.ts";
import { failedAtMs, listeningOf } from "./findings.ts";
import { duration, instant, podSuffix } from "./format.ts";
import { outcomeCounts, requestsById, span, subjectLabel, type TimelineIndex } from "./labels.ts";
import type { Language } from "./language.ts";
import { PHASES } from "./phases.ts";
import type { Subject } from "./subject.ts";
import { CAUSE_FIELDS } from "./tell-run.ts";

/** A moment on the way to what happened. */
export interface Step {
  readonly atMs: number;
  readonly text: string;
  /** The decision's rule and where upstream has it. */
  readonly rule?: string;
  readonly actor?: string;
  readonly upstream?: string;
}

/** The answer to "why?". */
export interface Explanation {
  readonly title: string;
  /** What happened, with its numbers. */
  readonly what: string;
  readonly rule?: string;
  /** Names and numbers. */
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  /** What led there, in order of time. */
  readonly steps: readonly Step[];
  /** The manifest's field that governs it. */
  readonly field?: string;
  /** Where the playhead goes. */
  readonly atMs: number;
}

const STEPS_MAX = 12;

/** Answers "why?" for a mark of the picture. */
export function explain(subject: Subject, index: TimelineIndex, lang: Language): Explanation {
  switch (subject.kind) {
    case "phase":
      return explainPhase(subject, index, lang);
    case "route":
      return explainRoute(subject, index, lang);
    case "gap":
      return explainGap(subject, index, lang);
    case "requests":
      return explainRequests(subject, index, lang);
    case "decisions":
      return explainDecisions(subject, index, lang);
    case "input": {
      const input = index.timeline.inputs[subject.index];
      return {
        title: input?.label ?? "",
        what: input?.output ?? "",
        facts: [{ name: EXPLAIN[lang].exitStatus, value: String(input?.code ?? 0) }],
        steps: [],
        atMs: input?.atMs ?? 0,
      };
    }
  }
}

type Of<K extends Subject["kind"]> = Extract<Subject, { kind: K }>;

function podOf({ timeline, podIndex }: TimelineIndex, name: string): PodRecord | undefined {
  return timeline.pods[podIndex.get(name) ?? -1];
}

function podFacts(pod: PodRecord | undefined, name: string, lang: Language): Explanation["facts"] {
  const words = EXPLAIN[lang];
  return [
    { name: words.pod, value: name },
    ...(pod?.node === undefined ? [] : [{ name: words.node, value: pod.node }]),
    ...(pod === undefined ? [] : [{ name: words.image, value: pod.image }]),
  ];
}

/** Whether the decision is about the pod: made on it, or a router's change of it. */
function concerns({ object, values }: Decision, pod: string): boolean {
  if (object === `pod/${pod}`) return true;
  const names = [values.added, values.removed, values.pods];
  return names.some((list) => typeof list === "string" && list.split(", ").includes(pod));
}

/** The decision as a step. */
function decisionStep(decision: Decision, lang: Language): Step {
  const rule = decisionRule(decision.code, lang);
  return {
    atMs: decision.atMs,
    text: decisionSentence(decision, lang),
    actor: decision.actor,
    ...(rule === undefined ? {} : { rule }),
    ...(decision.upstream === "" ? {} : { upstream: decision.upstream }),
  };
}

function stepsAbout(
  { decisions }: Timeline,
  pod: string,
  fromMs: number,
  toMs: number,
  lang: Language,
): Step[] {
  return decisions
    .filter((d) => d.atMs >= fromMs && d.atMs <= toMs && concerns(d, pod))
    .slice(0, STEPS_MAX)
    .map((decision) => decisionStep(decision, lang));
}

function explainPhase(subject: Of<"phase">, index: TimelineIndex, lang: Language): Explanation {
  const pod = podOf(index, subject.pod);
  const i = pod?.phases.findIndex(({ fromMs }) => fromMs === subject.fromMs) ?? -1;
  const phase = pod?.phases[i]?.phase ?? "pending";
  const toMs = pod?.phases[i + 1]?.fromMs ?? pod?.goneMs ?? index.timeline.endMs;
  const words = PHASES[phase][lang];
  return {
    title: `${podSuffix(subject.pod)}: ${words.name}`,
    what: words.sentence,
    rule: words.rule,
    facts: [
      { name: EXPLAIN[lang].when, value: span(subject.fromMs, toMs, lang) },
      ...podFacts(pod, subject.pod, lang),
    ],
    steps: stepsAbout(index.timeline, subject.pod, subject.fromMs, toMs, lang),
    atMs: subject.fromMs,
  };
}

function explainRoute(subject: Of<"route">, index: TimelineIndex, lang: Language): Explanation {
  const { timeline } = index;
  const words = EXPLAIN[lang];
  const { router, pod, fromMs } = subject;
  const route = timeline.routes.find(
    (r) => r.router === router && r.pod === pod && r.fromMs === fromMs,
  );
  const toMs = route?.toMs ?? timeline.endMs;
  return {
    title: subjectLabel(subject, index, lang),
    what: words.routeWhat,
    rule: words.routeRule,
    facts: [
      { name: words.router, value: router },
      { name: words.when, value: span(fromMs, toMs, lang) },
      ...podFacts(podOf(index, pod), pod, lang),
    ],
    steps: timeline.decisions
      .filter((d) => d.actor === router && concerns(d, pod))
      .slice(0, STEPS_MAX)
      .map((decision) => decisionStep(decision, lang)),
    atMs: fromMs,
  };
}

function explainGap(subject: Of<"gap">, index: TimelineIndex, lang: Language): Explanation {
  const { timeline } = index;
  const words = EXPLAIN[lang];
  const { pod, fromMs, toMs } = subject;
  const kind = index.gaps.find((gap) => gap.pod === pod && gap.fromMs === fromMs)?.kind;
  const length = duration(toMs - fromMs, lang);
  const lost = timeline.requests.filter(
    (r) =>
      r.pod === pod && r.cause !== undefined && failedAtMs(r) >= fromMs && failedAtMs(r) <= toMs,
  );
  const what = kind === "not-yet" ? words.gapNotYet(length) : words.gapClosed(length);
  return {
    title: subjectLabel(subject, index, lang),
    what: lost.length > 0 ? `${what} ${words.lost(outcomeCounts(lost, lang))}` : what,
    rule: words.gapRule,
    facts: [
      { name: words.when, value: span(fromMs, toMs, lang) },
      ...podFacts(podOf(index, pod), pod, lang),
    ],
    steps: podMoments(index, pod, fromMs, lang),
    field: kind === "not-yet" ? "readinessProbe" : "lifecycle.preStop",
    atMs: fromMs,
  };
}

/** The instants of the race around a pod's end, or its start: port, endpoint, routers, network. */
function podMoments(index: TimelineIndex, name: string, aroundMs: number, lang: Language): Step[] {
  const { timeline } = index;
  const words = EXPLAIN[lang];
  const pod = podOf(index, name);
  const steps: Step[] = [];
  for (const { fromMs, toMs } of pod === undefined ? [] : listeningOf(pod, Infinity)) {
    if (fromMs > aroundMs) steps.push({ atMs: fromMs, text: words.listenerOpen });
    if (toMs !== Infinity) steps.push({ atMs: toMs, text: words.listenerClosed });
  }
  for (const { code, object, atMs } of timeline.decisions) {
    if (code === "endpointslice.not-ready" && object === `pod/${name}`) {
      steps.push({ atMs, text: words.endpointNotReady });
    }
  }
  for (const route of timeline.routes) {
    if (route.pod !== name || route.toMs === undefined) continue;
    steps.push({ atMs: route.toMs, text: words.dropped(route.router) });
  }
  if (pod?.networkGoneMs !== undefined) {
    steps.push({ atMs: pod.networkGoneMs, text: words.networkGone });
  }
  return steps.sort((a, b) => a.atMs - b.atMs).slice(0, STEPS_MAX);
}

function explainRequests(
  subject: Of<"requests">,
  index: TimelineIndex,
  lang: Language,
): Explanation {
  const words = EXPLAIN[lang];
  const requests = requestsById(index, subject.ids);
  const [first] = requests;
  if (first === undefined) return { title: "", what: "", facts: [], steps: [], atMs: 0 };
  const { cause } = first;
  const what = cause === undefined ? "" : CAUSES[cause][lang].sentence;
  return {
    title: subjectLabel(subject, index, lang),
    what: requests.length > 1 ? `${what} ${words.many(requests.length)}` : what,
    ...(cause === undefined
      ? {}
      : { rule: CAUSES[cause][lang].remedy, field: CAUSE_FIELDS[cause] }),
    facts: [
      ...(cause === undefined ? [] : [{ name: words.cause, value: CAUSES[cause][lang].name }]),
      ...(first.pod === undefined ? [] : podFacts(podOf(index, first.pod), first.pod, lang)),
    ],
    steps: wayOf(first, index, lang),
    atMs: failedAtMs(first),
  };
}

/** A request's way from client over router and pod to its answer, among the moments of the pod's end. */
function wayOf(request: RequestRecord, index: TimelineIndex, lang: Language): Step[] {
  const words = EXPLAIN[lang];
  const { sentMs, doneMs, source, router, pod, outcome } = request;
  const way: Step[] = [{ atMs: sentMs, text: words.sent(source) }];
  if (router !== undefined && pod !== undefined) {
    way.push({ atMs: sentMs, text: words.chosen(router, podSuffix(pod)) });
  } else if (request.cause === "no-endpoint") {
    way.push({ atMs: sentMs, text: words.noEndpoint });
  }
  const took = duration(doneMs - sentMs, lang);
  way.push({ atMs: doneMs, text: words.answered(outcomeWords(outcome, lang), took) });
  const moments = pod === undefined ? [] : podMoments(index, pod, sentMs, lang);
  // Stable: where two fall on one millisecond, the pod's moment comes first.
  return [...moments, ...way].sort((a, b) => a.atMs - b.atMs);
}

function explainDecisions(
  subject: Of<"decisions">,
  { timeline }: TimelineIndex,
  lang: Language,
): Explanation {
  const decisions = subject.indexes.flatMap((i) => timeline.decisions[i] ?? []);
  const [first] = decisions;
  if (first === undefined) return { title: "", what: "", facts: [], steps: [], atMs: 0 };
  const rule = decisionRule(first.code, lang);
  const single = decisions.length === 1;
  return {
    title: single
      ? `${first.actor}, ${instant(first.atMs, lang)}`
      : `${EXPLAIN[lang].decisions(decisions.length)}, ${instant(first.atMs, lang)}`,
    what: single ? decisionSentence(first, lang) : "",
    ...(single && rule !== undefined ? { rule } : {}),
    facts: [],
    steps: decisions.slice(0, STEPS_MAX).map((decision) => decisionStep(decision, lang)),
    atMs: first.atMs,
  };
}
