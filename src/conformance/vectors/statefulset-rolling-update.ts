import type { IntOrString, Pod, StatefulSet } from "../../simulator/api/types.ts";
import { ordinalOf, revisionOf } from "../../simulator/controllers/stateful-set/identity.ts";
import { placesOf } from "../../simulator/controllers/stateful-set/places.ts";
import {
  planStatefulSet,
  type PodCall,
  type Situation,
} from "../../simulator/controllers/stateful-set/plan.ts";
import { podsToUpdate } from "../../simulator/controllers/stateful-set/rolling-update.ts";
import { completeRollingUpdate } from "../../simulator/controllers/stateful-set/status.ts";
import { same, type Verdict } from "./verdict.ts";

interface Case {
  readonly input: {
    readonly updateStrategy: string;
    readonly partition?: number | null;
    readonly maxUnavailable?: IntOrString;
    readonly initialReplicas: number;
    readonly replicas: number;
    readonly podManagementPolicy: string;
    readonly terminatingOrdinals?: readonly number[];
    readonly gates?: { readonly MaxUnavailableStatefulSet?: boolean };
  };
  readonly expected: {
    readonly images?: readonly string[];
    readonly imagesAfterManualDelete?: readonly string[];
    readonly podsDeleted?: number;
    readonly podsLeft?: number;
    readonly steps?: readonly Step[];
  };
}

interface Step {
  readonly sync?: number;
  readonly podsAfter?: readonly number[];
  readonly podCountAfter?: number;
  readonly makeReady?: readonly number[];
}

const OLD = { name: "old", template: { spec: { containers: [] } } };
const NEW = { name: "new", template: { spec: { containers: [] } } };

/** More syncs than any case needs. */
const SYNCS_MAX = 100;

export function run(given: unknown): Verdict {
  const { input, expected } = given as Case;
  const cluster = new FakeSet(input);
  if (expected.steps !== undefined) return same(walk(cluster, expected.steps), expected.steps);
  if (expected.podsLeft !== undefined) {
    const podsDeleted = cluster.targets().length;
    const podsLeft = cluster.pods.size - podsDeleted;
    return same({ podsDeleted, podsLeft }, { podsDeleted, ...expected });
  }
  cluster.converge();
  const images = cluster.revisions();
  if (expected.imagesAfterManualDelete === undefined) return same({ images }, expected);
  cluster.pods.clear();
  cluster.converge();
  return same({ images, imagesAfterManualDelete: cluster.revisions() }, expected);
}

/** What became of each step, told as the case tells it. */
function walk(cluster: FakeSet, steps: readonly Step[]): Step[] {
  return steps.map((step) => {
    if (step.makeReady !== undefined) cluster.makeReady(step.makeReady);
    else cluster.sync();
    return {
      ...step,
      ...(step.podsAfter === undefined ? {} : { podsAfter: cluster.ordinals() }),
      ...(step.podCountAfter === undefined ? {} : { podCountAfter: cluster.pods.size }),
    };
  });
}

/** A StatefulSet whose template has just changed, with pods that are created and gone at once. */
class FakeSet {
  readonly pods = new Map<number, Pod>();
  private set: StatefulSet;
  private readonly maxUnavailableGate: boolean;

  constructor(input: Case["input"]) {
    const { initialReplicas, partition, maxUnavailable, updateStrategy: type } = input;
    this.maxUnavailableGate = input.gates?.MaxUnavailableStatefulSet === true;
    const rollingUpdate = { partition: partition ?? 0, maxUnavailable };
    this.set = {
      apiVersion: "apps/v1",
      kind: "StatefulSet",
      metadata: { name: "foo", uid: "foo", resourceVersion: "1", creationTimestamp: null },
      spec: {
        replicas: input.replicas,
        selector: {},
        template: NEW.template,
        podManagementPolicy: input.podManagementPolicy,
        updateStrategy: { type, ...(type === "OnDelete" ? {} : { rollingUpdate }) },
      },
      status: { replicas: initialReplicas, currentReplicas: initialReplicas },
    };
    for (let i = 0; i < initialReplicas; i += 1) this.add(i, OLD.name, true);
    for (const ordinal of input.terminatingOrdinals ?? []) {
      const { metadata, ...pod } = this.pods.get(ordinal)!;
      const deletionTimestamp = "2026-01-01T00:00:00Z";
      this.pods.set(ordinal, { ...pod, metadata: { ...metadata, deletionTimestamp } });
    }
  }

  ordinals(): number[] {
    return [...this.pods.keys()].toSorted((a, b) => a - b);
  }

  revisions(): string[] {
    return this.ordinals().map((ordinal) => revisionOf(this.pods.get(ordinal)!));
  }

  /** What a sync would delete for the update, all else being in order. */
  targets(): readonly Pod[] {
    return podsToUpdate(this.set, placesOf(this.situation()), NEW.name, this.maxUnavailableGate)
      .targets;
  }

  /** One sync; returns whether it did something. */
  sync(): boolean {
    const { calls, status } = planStatefulSet(this.situation());
    this.set = { ...this.set, status: completeRollingUpdate(this.set, status) };
    const all = calls.flat();
    for (const call of all) this.carryOut(call);
    return all.length > 0;
  }

  makeReady(ordinals: readonly number[]): void {
    for (const ordinal of ordinals) {
      const pod = this.pods.get(ordinal);
      if (pod !== undefined) this.add(ordinal, revisionOf(pod), true);
    }
  }

  /** Syncs until nothing is left to do, every pod being made ready in between. */
  converge(): void {
    for (let i = 0; i < SYNCS_MAX && this.sync(); i += 1) this.makeReady(this.ordinals());
  }

  private situation(): Situation {
    const { set, maxUnavailableGate } = this;
    const pods = [...this.pods.values()];
    const [current, update] = set.status.currentRevision === NEW.name ? [NEW, NEW] : [OLD, NEW];
    return { set, pods, current, update, collisionCount: 0, nowMs: 0, maxUnavailableGate };
  }

  private carryOut(call: PodCall): void {
    if (call.kind === "create") {
      const pod = call.pod as Pod;
      this.add(ordinalOf(pod), revisionOf(pod), false);
    } else if (call.kind === "delete") this.pods.delete(ordinalOf(call.pod));
  }

  private add(ordinal: number, revision: string, ready: boolean): void {
    const name = `foo-${ordinal}`;
    const labels = {
      "controller-revision-hash": revision,
      "statefulset.kubernetes.io/pod-name": name,
    };
    const condition = { type: "Ready", status: "True" as const, lastTransitionTime: null };
    this.pods.set(ordinal, {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name, labels, uid: name, resourceVersion: "1", creationTimestamp: null },
      spec: { containers: [] },
      status: ready ? { phase: "Running", conditions: [condition] } : { phase: "Pending" },
    });
  }
}
