import { timestamp } from "../../simulator/api/time.ts";
import type { DaemonSet, IntOrString, Node, Pod, Toleration } from "../../simulator/api/types.ts";
import { fencepostsOf } from "../../simulator/controllers/daemon-set/fenceposts.ts";
import { placementOf, type Situation } from "../../simulator/controllers/daemon-set/manage.ts";
import { newDaemonPod, podsByNode } from "../../simulator/controllers/daemon-set/placement.ts";
import { rollingUpdateStep } from "../../simulator/controllers/daemon-set/rolling-update.ts";
import { isPodReady } from "../../simulator/controllers/pod-status.ts";
import { same, unknownFunction, type Verdict } from "./verdict.ts";

interface Case {
  readonly function: string;
  readonly input: {
    readonly nodes: number;
    readonly maxUnavailable: IntOrString;
    readonly maxSurge: IntOrString | null;
    readonly template?: string;
  };
  readonly expected: {
    readonly maxUnavailable?: number;
    readonly maxSurge?: number;
    readonly desired?: number;
    readonly syncs?: readonly Step[];
  };
}

interface Step {
  readonly create?: number;
  readonly delete?: number;
  /** Seconds at which the sync happens. */
  readonly clock?: number;
  /** `all`, `all 5` or `2 updated pods` */
  readonly makeReady?: string;
  readonly makeUnready?: string;
  /** Seconds at which pods became ready. */
  readonly at?: number;
  readonly update?: string;
}

export function run(given: unknown): Verdict {
  const { function: name, input, expected } = given as Case;
  switch (name) {
    case "updatedDesiredNodeCounts": {
      const { maxUnavailable, maxSurge } = input;
      const daemonSet = daemonSetOf({ maxUnavailable, maxSurge: maxSurge ?? undefined });
      return same({ ...fencepostsOf(daemonSet, input.nodes), desired: input.nodes }, expected);
    }
    case "rollingUpdate": {
      const steps = expected.syncs ?? [];
      return same(walk(new FakeDaemons(input), input.template ?? "", steps), steps);
    }
    default:
      return unknownFunction(name);
  }
}

/** What each sync did, told as the case tells it. */
function walk(daemons: FakeDaemons, template: string, steps: readonly Step[]): Step[] {
  const changeAfter = changeOf(template);
  return steps.map((step, i) => {
    const done = carryOut(daemons, step);
    if (i === changeAfter) daemons.changeTemplate(undefined);
    return done;
  });
}

/** The step behind which the template changes: the first sync, or that by which the pods of it have become ready. */
function changeOf(template: string): number | undefined {
  if (/not changed|unchanged|no change/.test(template)) return undefined;
  if (!/changed|removed/.test(template)) throw new Error(`no rule for template "${template}"`);
  return /never made ready|not ready/.test(template) ? 0 : 1;
}

function carryOut(daemons: FakeDaemons, step: Step): Step {
  if (step.update !== undefined) {
    const seconds = /minReadySeconds (\d+)/.exec(step.update)?.[1];
    daemons.changeTemplate(seconds === undefined ? undefined : Number(seconds));
    return step;
  }
  if (step.makeReady !== undefined) {
    const some = /^(\d+) updated/.exec(step.makeReady);
    daemons.makeReady(some === null ? undefined : Number(some[1]), step.at ?? 0);
    return step;
  }
  if (step.makeUnready !== undefined) {
    daemons.makeOneUnready();
    return step;
  }
  return { ...step, ...daemons.sync((step.clock ?? 0) * 1000) };
}

function daemonSetOf(rollingUpdate: {
  readonly maxUnavailable?: IntOrString;
  readonly maxSurge?: IntOrString;
}): DaemonSet {
  return {
    apiVersion: "apps/v1",
    kind: "DaemonSet",
    metadata: { name: "foo", uid: "foo", resourceVersion: "1", creationTimestamp: null },
    spec: {
      selector: {},
      template: { spec: { containers: [] } },
      updateStrategy: { type: "RollingUpdate", rollingUpdate },
    },
    status: {
      currentNumberScheduled: 0,
      numberMisscheduled: 0,
      desiredNumberScheduled: 0,
      numberReady: 0,
    },
  };
}

const TAINT = { key: "dedicated", effect: "NoSchedule" as const };

/** A DaemonSet whose pods are created and gone at once. A first template that tolerates a taint is told in words, as is its change. */
class FakeDaemons {
  private daemonSet: DaemonSet;
  private readonly nodes: readonly Node[];
  private readonly pods = new Map<string, Pod>();
  private template = 1;
  private created = 0;

  constructor({ nodes, maxUnavailable, maxSurge, template = "" }: Case["input"]) {
    this.daemonSet = daemonSetOf({ maxUnavailable, maxSurge: maxSurge ?? undefined });
    const tainted = template.includes("toleration");
    if (tainted) this.setTolerations([{ ...TAINT, operator: "Exists" }]);
    this.nodes = Array.from({ length: nodes }, (_, i) => ({
      apiVersion: "v1",
      kind: "Node",
      metadata: { name: `node-${i}`, uid: "", resourceVersion: "1", creationTimestamp: null },
      spec: tainted && i === 0 ? { taints: [TAINT] } : {},
      status: {},
    }));
  }

  changeTemplate(minReadySeconds: number | undefined): void {
    this.template += 1;
    this.setTolerations([]);
    const { spec } = this.daemonSet;
    const seconds = minReadySeconds ?? spec.minReadySeconds ?? 0;
    this.daemonSet = { ...this.daemonSet, spec: { ...spec, minReadySeconds: seconds } };
  }

  private setTolerations(tolerations: readonly Toleration[]): void {
    const { spec } = this.daemonSet;
    const template = { spec: { ...spec.template.spec, tolerations } };
    this.daemonSet = { ...this.daemonSet, spec: { ...spec, template } };
  }

  /** One sync: manage, then rollingUpdate on what that has left behind. */
  sync(nowMs: number): { readonly create: number; readonly delete: number } {
    const { create, extra, surged, ended } = placementOf(this.situation(nowMs));
    const unwanted = [...extra, ...surged, ...ended.map(({ pod }) => pod)];
    this.carryOut(create, unwanted);
    const order = this.nodes.map((node) => node.metadata.name);
    const step = rollingUpdateStep(this.situation(nowMs), order);
    this.carryOut(step.create, step.delete);
    return {
      create: create.length + step.create.length,
      delete: unwanted.length + step.delete.length,
    };
  }

  /** Makes pods ready that are not: all, or so many of the present template. */
  makeReady(updatedOnly: number | undefined, atSeconds: number): void {
    const waiting = [...this.pods.values()].filter(
      (pod) => !isPodReady(pod) && (updatedOnly === undefined || this.isUpdated(pod)),
    );
    for (const pod of waiting.slice(0, updatedOnly)) this.setReady(pod, "True", atSeconds);
  }

  /** Makes an old pod unready whose node has no updated one. */
  makeOneUnready(): void {
    for (const pods of podsByNode([...this.pods.values()]).values()) {
      if (pods.some((pod) => this.isUpdated(pod))) continue;
      this.setReady(pods[0]!, "False", 0);
      return;
    }
  }

  private situation(nowMs: number): Situation {
    const { daemonSet, nodes, hash } = this;
    return { daemonSet, nodes, pods: podsByNode([...this.pods.values()]), hash, nowMs };
  }

  private get hash(): string {
    return `template-${this.template}`;
  }

  private isUpdated({ metadata }: Pod): boolean {
    return metadata.labels?.["controller-revision-hash"] === this.hash;
  }

  private setReady(pod: Pod, status: "True" | "False", atSeconds: number): void {
    const lastTransitionTime = timestamp(atSeconds * 1000);
    const conditions = [{ type: "Ready", status, lastTransitionTime }];
    this.pods.set(pod.metadata.name, { ...pod, status: { ...pod.status, conditions } });
  }

  private carryOut(nodes: readonly string[], gone: readonly Pod[]): void {
    for (const node of nodes) {
      this.created += 1;
      const { metadata, spec } = newDaemonPod(this.daemonSet, node, this.hash) as Pod;
      const name = `foo-${this.created}`;
      this.pods.set(name, {
        apiVersion: "v1",
        kind: "Pod",
        metadata: { ...metadata, name, uid: name },
        spec: { ...spec, nodeName: node },
        status: { phase: "Pending" },
      });
    }
    for (const { metadata } of gone) this.pods.delete(metadata.name);
  }
}
