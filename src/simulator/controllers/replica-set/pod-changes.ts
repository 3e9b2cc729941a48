import { EventRecorder } from "../../api/event-recorder.ts";
import { isStatus } from "../../api/status-error.ts";
import type { ReplicaSet } from "../../api/types.ts";
import type { Spread } from "../../kernel/random.ts";
import type { ClientRateLimit } from "../client-rate-limit.ts";
import { controllerRef } from "../controller-ref.ts";
import type { Expectations } from "../expectations.ts";
import type { ControllerContext } from "../kube-controller-manager.ts";
import { nextBatch, slowStart, type SlowStart } from "./slow-start.ts";
import type { PodCounts } from "./status.ts";

/** Creations or deletions that a worker is at: plain data, by key of the ReplicaSet. */
export interface PodChangesState {
  jobs: Map<string, Job>;
  /** When the last call made so far comes back. */
  lastCallMs: number;
}

interface Job {
  readonly replicaSet: ReplicaSet;
  /** Its pods as they were when the sync began: the status that it ends with. */
  readonly counts: PodCounts;
  slowStart: SlowStart;
  /** Calls of the present batch that have not come back. */
  inFlight: number;
  failed: number;
  error: string | undefined;
}

/** What a sync works on. */
export interface Sync {
  readonly key: string;
  readonly replicaSet: ReplicaSet;
  readonly counts: PodCounts;
}

/** Called when all calls of a sync have come back, with the first error. */
export type Done = (sync: Sync, error: string | undefined) => void;

/** Some calls of a batch that come back at the same moment. */
interface Creations {
  readonly key: string;
  readonly count: number;
}

interface Deletions {
  readonly key: string;
  readonly pods: readonly string[];
}

/** How long a call takes until it has changed something. */
export const CALL_DELAY: Spread = { min: 2, median: 6, max: 14 };

/**
 * Creates and deletes the pods of ReplicaSets (pkg/controller/controller_utils.go RealPodControl): creations in batches that double,
 * deletions all at once, both as fast as the client's rate limit lets them. Meanwhile the worker is busy.
 */
export class PodChanges {
  private readonly context: ControllerContext;
  private readonly actor: string;
  private readonly client: ClientRateLimit;
  private readonly expectations: Expectations;
  private readonly events: EventRecorder;
  private readonly stateOf: () => PodChangesState;
  private readonly done: Done;

  constructor(
    context: ControllerContext,
    options: {
      actor: string;
      client: ClientRateLimit;
      expectations: Expectations;
      stateOf: () => PodChangesState;
      done: Done;
    },
  ) {
    this.context = context;
    this.actor = options.actor;
    this.client = options.client;
    this.expectations = options.expectations;
    this.stateOf = options.stateOf;
    this.done = options.done;
    this.events = new EventRecorder(context.kernel, context.api, options.actor);
  }

  static emptyState(): PodChangesState {
    return { jobs: new Map(), lastCallMs: 0 };
  }

  /** Starts to create pods. */
  create(sync: Sync, count: number): void {
    this.expectations.expectCreations(sync.key, count, this.context.kernel.now);
    this.startBatch(sync.key, this.start(sync, slowStart(count)));
  }

  /** Starts to delete pods, given by their keys. */
  delete(sync: Sync, pods: readonly string[]): void {
    const { key } = sync;
    this.expectations.expectDeletions(key, pods, this.context.kernel.now);
    const job = this.start(sync, slowStart(0));
    job.inFlight = pods.length;
    const groups = this.waits(pods.length);
    let first = 0;
    for (const { count, delayMs } of groups) {
      const data: Deletions = { key, pods: pods.slice(first, first + count) };
      this.context.kernel.schedule(delayMs, this.actor, "podsDeleted", data);
      first += count;
    }
  }

  /** Handler `podsCreated` of the owning actor. */
  onCreated({ key, count }: Creations): void {
    const job = this.stateOf().jobs.get(key)!;
    for (let i = 0; i < count; i += 1) this.createPod(job);
    job.inFlight -= count;
    if (job.inFlight > 0) return;
    job.slowStart = nextBatch(job.slowStart, job.failed);
    // What was never asked for is not to be expected, nor what failed.
    const unasked = job.slowStart.batch === 0 ? job.slowStart.remaining : 0;
    for (let i = job.failed + unasked; i > 0; i -= 1) this.expectations.creationObserved(key);
    job.failed = 0;
    if (job.slowStart.batch > 0) this.startBatch(key, job);
    else this.finish(key, job);
  }

  /** Handler `podsDeleted` of the owning actor. */
  onDeleted({ key, pods }: Deletions): void {
    const job = this.stateOf().jobs.get(key)!;
    for (const pod of pods) this.deletePod(key, job, pod);
    job.inFlight -= pods.length;
    if (job.inFlight === 0) this.finish(key, job);
  }

  private start({ key, replicaSet, counts }: Sync, batches: SlowStart): Job {
    const job = {
      replicaSet,
      counts,
      slowStart: batches,
      inFlight: 0,
      failed: 0,
      error: undefined,
    };
    this.stateOf().jobs.set(key, job);
    return job;
  }

  private startBatch(key: string, job: Job): void {
    const { batch, remaining } = job.slowStart;
    job.inFlight = batch;
    if (remaining > 1) {
      this.context.decisions.decide({
        actor: this.actor,
        object: `replicaset/${job.replicaSet.metadata.name}`,
        code: "replicaset.slow-start",
        values: { batch, left: remaining - batch },
        upstream: "pkg/controller/replicaset/replica_set.go slowStartBatch",
      });
    }
    for (const { count, delayMs } of this.waits(batch)) {
      const data: Creations = { key, count };
      this.context.kernel.schedule(delayMs, this.actor, "podsCreated", data);
    }
  }

  /**
   * When calls made now come back: together, but for those that wait for the rate limit. All calls go over one connection to one server, and
   * take effect in the order in which they were made: no creation overtakes a deletion that was asked for before it.
   */
  private waits(calls: number): { count: number; delayMs: number }[] {
    const { kernel } = this.context;
    const state = this.stateOf();
    const call = kernel.random(`calls/${this.actor}`).spread(CALL_DELAY);
    const groups: { count: number; delayMs: number }[] = [];
    for (let i = 0; i < calls; i += 1) {
      const free = call + this.client.reserve(kernel.now);
      const delayMs = Math.max(free, state.lastCallMs - kernel.now);
      state.lastCallMs = kernel.now + delayMs;
      const last = groups.at(-1);
      if (last?.delayMs === delayMs) last.count += 1;
      else groups.push({ count: 1, delayMs });
    }
    return groups;
  }

  private createPod(job: Job): void {
    const { api } = this.context;
    const { metadata, spec } = job.replicaSet;
    const { labels, annotations } = spec.template.metadata ?? {};
    try {
      const pod = api.create("pods", {
        apiVersion: "v1",
        kind: "Pod",
        metadata: {
          generateName: `${metadata.name}-`,
          namespace: metadata.namespace,
          ...(labels === undefined ? {} : { labels }),
          ...(annotations === undefined ? {} : { annotations }),
          ownerReferences: [controllerRef(job.replicaSet)],
        },
        spec: spec.template.spec,
        status: {},
      });
      const message = `Created pod: ${pod.metadata.name}`;
      this.events.event(job.replicaSet, "Normal", "SuccessfulCreate", message);
    } catch (error) {
      if (!isStatus(error)) throw error;
      job.failed += 1;
      job.error ??= error.message;
      const message = `Error creating: ${error.message}`;
      this.events.event(job.replicaSet, "Warning", "FailedCreate", message);
    }
  }

  private deletePod(key: string, job: Job, podKey: string): void {
    const [namespace = "", name = ""] = podKey.split("/");
    try {
      this.context.api.delete("pods", namespace, name);
      this.events.event(job.replicaSet, "Normal", "SuccessfulDelete", `Deleted pod: ${name}`);
    } catch (error) {
      if (!isStatus(error)) throw error;
      this.expectations.deletionObserved(key, podKey);
      if (error.reason === "NotFound") return;
      job.error ??= error.message;
      const message = `Error deleting: ${error.message}`;
      this.events.event(job.replicaSet, "Warning", "FailedDelete", message);
    }
  }

  private finish(key: string, job: Job): void {
    this.stateOf().jobs.delete(key);
    this.done({ key, replicaSet: job.replicaSet, counts: job.counts }, job.error);
  }
}
