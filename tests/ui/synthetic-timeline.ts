import type {
  Decision,
  PodRecord,
  ReadyRecord,
  RequestRecord,
  RouteRecord,
  Timeline,
} from "../../src/simulator/record.ts";

export interface SyntheticOptions {
  readonly replicas?: number;
  readonly rps?: number;
  readonly preStopMs?: number;
  readonly startMs?: number;
  readonly endMs?: number;
  /** From one wave of new pods to the next. */
  readonly waveMs?: number;
  readonly surge?: number;
  readonly startupMs?: number;
}

type PodDraft = { -readonly [K in keyof PodRecord]: PodRecord[K] };

const ROUTER = "kube-proxy/node-1";
const V1 = "shop-web:1.0";
const V2 = "shop-web:1.1";

/**
 * A timeline that looks like a rollout, made without a simulator: for tests and looks of what draws it. Old pods go one by one as new ones
 * come; a pod's listener closes 138 ms after its deletion (and preStop), routers drop it a second after the deletion, its network is
 * gone 0.9 s after the listener.
 */
export function syntheticTimeline(options: SyntheticOptions = {}): Timeline {
  const {
    replicas = 3,
    rps = 50,
    preStopMs = 0,
    startMs = 0,
    endMs = 30_000,
    waveMs = 2000,
    surge = 1,
    startupMs = 800,
  } = options;
  const random = generator(7);
  const updateMs = 10_000;
  const pods: PodDraft[] = [];
  const routes: RouteRecord[] = [];
  const decisions: Decision[] = [];
  const suffix = () =>
    Array.from({ length: 5 }, () => "bcdfghjklmnpqrstvwxz2456789"[Math.floor(random() * 27)]).join(
      "",
    );
  const decide = (atMs: number, actor: string, code: string, object: string, values = {}) =>
    decisions.push({ atMs, actor, code, object, values, upstream: "pkg/example.go example" });

  const old: PodDraft[] = [];
  for (let i = 0; i < replicas; i++) {
    const name = `web-5958b5bcc6-${suffix()}`;
    const pod: PodDraft = {
      uid: `old-${i}`,
      name,
      namespace: "default",
      ip: `10.244.0.${i + 2}`,
      node: "node-1",
      owner: "web-5958b5bcc6",
      image: V1,
      createdMs: startMs,
      phases: [
        { phase: "pending", fromMs: startMs },
        { phase: "starting", fromMs: startMs + 30 },
        { phase: "not-ready", fromMs: startMs + 820 },
        { phase: "ready", fromMs: startMs + 1200 },
      ],
      listening: [{ fromMs: startMs + 820 }],
    };
    pods.push(pod);
    old.push(pod);
  }

  const waves = Math.ceil(replicas / surge);
  for (let wave = 0; wave < waves; wave++) {
    const t = updateMs + wave * waveMs;
    const count = Math.min(surge, replicas - wave * surge);
    decide(t, "deployment-controller", "deployment.scale-up-new", "deployment/web", {
      replicaSet: "web-674f77b85f",
      from: wave * surge,
      to: wave * surge + count,
      total: replicas,
      max: replicas + surge,
    });
    for (let i = 0; i < count; i++) {
      const jitter = Math.floor(random() * 200);
      const readyMs = t + waveMs - 100 - jitter;
      const name = `web-674f77b85f-${suffix()}`;
      pods.push({
        uid: `new-${wave}-${i}`,
        name,
        namespace: "default",
        node: "node-1",
        owner: "web-674f77b85f",
        image: V2,
        createdMs: t + 20,
        phases: [
          { phase: "pending", fromMs: t + 20 },
          { phase: "starting", fromMs: t + 60 },
          { phase: "not-ready", fromMs: t + startupMs },
          { phase: "ready", fromMs: readyMs },
        ],
        listening: [{ fromMs: t + startupMs }],
      });
      routes.push({ router: ROUTER, pod: name, fromMs: readyMs + 190 });

      const victim = old[wave * surge + i]!;
      const deletedMs = readyMs + 60;
      const closedMs = deletedMs + preStopMs + 138;
      const exitMs = closedMs + 40;
      const networkGoneMs = closedMs + 900;
      const droppedMs = deletedMs + (wave === 0 ? 216 : 1010 + jitter);
      victim.deletedMs = deletedMs;
      victim.phases = [
        ...victim.phases,
        ...(preStopMs > 0 ? [{ phase: "pre-stop" as const, fromMs: deletedMs }] : []),
        { phase: "stopping", fromMs: deletedMs + preStopMs + 10 },
        { phase: "exited", fromMs: exitMs },
      ];
      victim.listening = [{ fromMs: victim.listening[0]!.fromMs, toMs: closedMs }];
      victim.networkGoneMs = networkGoneMs;
      victim.exit = { atMs: exitMs, code: 0, bySigkill: false };
      victim.goneMs = networkGoneMs + 950;
      routes.push({ router: ROUTER, pod: victim.name, fromMs: startMs + 1300, toMs: droppedMs });
      const object = `pod/${victim.name}`;
      decide(deletedMs, "api-server", "api.delete-accepted", object, { graceSeconds: 30 });
      decide(deletedMs + 52, "endpointslice-controller", "endpointslice.not-ready", object, {
        service: "web",
        serving: 1,
        terminating: 1,
      });
      decide(deletedMs + preStopMs + 10, "kubelet/node-1", "kubelet.stop-signal", object, {
        container: "web",
        signal: "SIGQUIT",
        graceSeconds: 30,
        hookMs: preStopMs,
        remainingSeconds: Math.max(2, 30 - Math.floor(preStopMs / 1000)),
        floored: 0,
      });
      decide(closedMs, "app", "app.listener-closed", object, {
        container: "web",
        mode: "graceful",
        signal: "SIGQUIT",
        afterMs: 128,
      });
      decide(droppedMs, ROUTER, "kube-proxy.sync", "service/web", {
        added: "",
        removed: victim.name,
        waitedMs: droppedMs - deletedMs - 52,
        rule: "interval",
      });
    }
    const after = t + waveMs - 30;
    decide(after, "deployment-controller", "deployment.scale-down-old", "deployment/web", {
      replicaSet: "web-5958b5bcc6",
      from: replicas - wave * surge,
      to: replicas - wave * surge - count,
      available: replicas + count,
      min: replicas,
    });
  }
  const completeMs = updateMs + waves * waveMs + 100;
  decide(completeMs, "deployment-controller", "deployment.complete", "deployment/web", {
    replicaSet: "web-674f77b85f",
    replicas,
  });
  decisions.sort((a, b) => a.atMs - b.atMs);

  return {
    startMs,
    endMs,
    pods,
    routes,
    routers: [ROUTER],
    requests: requestsOf(pods, routes, { rps, fromMs: startMs + 2000, toMs: endMs, random }),
    scales: [],
    ready: readyOf(pods, replicas, surge),
    rollouts: [
      {
        object: "deployment/web",
        revision: 2,
        startMs: updateMs,
        completeMs,
        minReady: replicas,
        maxPods: replicas + surge,
        result: "complete",
      },
    ],
    decisions,
    events: [],
    inputs: [
      { atMs: startMs, label: "apply v1/", code: 0, output: "deployment.apps/web created" },
      {
        atMs: updateMs,
        label: "kubectl set image deployment/web web=shop-web:1.1",
        code: 0,
        output: "deployment.apps/web image updated",
      },
    ],
  };
}

interface Traffic {
  readonly rps: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly random: () => number;
}

function requestsOf(
  pods: readonly PodRecord[],
  routes: readonly RouteRecord[],
  { rps, fromMs, toMs, random }: Traffic,
): RequestRecord[] {
  const byName = new Map(pods.map((pod) => [pod.name, pod]));
  const requests: RequestRecord[] = [];
  const stepMs = 1000 / rps;
  for (let i = 0; fromMs + i * stepMs < toMs; i++) {
    const sentMs = Math.round(fromMs + i * stepMs);
    const chosen = routes.filter((r) => r.fromMs <= sentMs && sentMs < (r.toMs ?? Infinity));
    const base = { id: i, source: "users", sentMs };
    const route = chosen[Math.floor(random() * chosen.length)];
    if (route === undefined) {
      requests.push({ ...base, doneMs: sentMs, outcome: "502", cause: "no-endpoint" });
      continue;
    }
    const pod = byName.get(route.pod)!;
    const to = { router: route.router, pod: pod.name };
    if ((pod.networkGoneMs ?? Infinity) <= sentMs) {
      requests.push({
        ...base,
        ...to,
        doneMs: sentMs + 3000,
        outcome: "504",
        cause: "connect-timeout",
      });
    } else if (!pod.listening.some((l) => l.fromMs <= sentMs && sentMs < (l.toMs ?? Infinity))) {
      requests.push({
        ...base,
        ...to,
        doneMs: sentMs + 1,
        outcome: "502",
        cause: "connection-refused",
      });
    } else {
      requests.push({
        ...base,
        ...to,
        doneMs: sentMs + 2 + Math.floor(random() * 20),
        outcome: "200",
        version: pod.image,
      });
    }
  }
  return requests;
}

function readyOf(pods: readonly PodRecord[], replicas: number, surge: number): ReadyRecord[] {
  const instants = new Set<number>();
  for (const pod of pods) {
    for (const { fromMs } of pod.phases) instants.add(fromMs);
    if (pod.goneMs !== undefined) instants.add(pod.goneMs);
  }
  return [...instants]
    .sort((a, b) => a - b)
    .map((atMs) => {
      const existing = pods.filter((p) => p.createdMs <= atMs && atMs < (p.goneMs ?? Infinity));
      const active = existing.filter((p) => atMs < (p.deletedMs ?? Infinity));
      const ready = active.filter(
        (p) => p.phases.findLast(({ fromMs }) => fromMs <= atMs)?.phase === "ready",
      ).length;
      return {
        atMs,
        object: "deployment/web",
        ready,
        available: ready,
        active: active.length,
        total: existing.length,
        min: replicas,
        max: replicas + surge,
      };
    });
}

/** A linear congruential generator: the same picture every time. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state / 2147483648;
  };
}
