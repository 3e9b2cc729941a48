import { objectKey } from "../../simulator/api/server.ts";
import type { Event, Pod, ReplicaSet } from "../../simulator/api/types.ts";
import { controllerOf } from "../../simulator/controllers/informer.ts";
import { isPodActive, isPodReady } from "../../simulator/controllers/pod-status.ts";
import { compareForDeletion } from "../../simulator/controllers/replica-set/deletion-order.ts";
import { podFacts } from "../../simulator/controllers/replica-set/pod-facts.ts";
import type { Result } from "../result.ts";
import { isTyped } from "./attribution.ts";
import { decide } from "./decide.ts";
import { decisionsIn, type ChangeOf, type DecisionFact } from "./decision-facts.ts";
import { History, versionIn, type View } from "./history.ts";
import type { Change, Recording } from "./recording.ts";

/** How long before a decision a component may have last heard of changes. */
const WATCH_LAG_MS = 1500;

/** Who writes events that take no part in these decisions. */
const OTHER_COMPONENTS: Readonly<Record<string, string>> = {
  kubelet: "the kubelet's events are held against recordings of a real node",
  "endpoint-controller": "Endpoints are written when somebody asks for them, which never fails",
  "endpoint-slice-controller": "the controller's events about refused updates hang on timing alone",
  "taint-eviction-controller": "nodes were not recorded",
  "node-controller": "nodes were not recorded",
};

/**
 * Is every decision that a recording shows one that our controllers make? For each the harness looks for a state of their caches, not
 * older than the watch lag, in which they make it, where nothing that the recording shows in between speaks against it:
 *
 * - an update is made on the version that stood (another one is refused by the API server); only a ReplicaSet's status is written
 *   again on a newer version;
 * - of pods created or deleted, no more are recorded since that state than are asked for in it;
 * - of pods that no rule sets apart any may be deleted.
 */
export function checkDecisions(recording: Recording): Result {
  const search = new Search(recording);
  const messages: string[] = [];
  const notes = new Map<string, number>();
  let compared = 0;
  for (const change of recording.changes) {
    if (change.type === "INITIAL") continue;
    const other = otherComponent(change);
    if (other !== undefined) {
      notes.set(other, (notes.get(other) ?? 0) + 1);
      continue;
    }
    if (isBinding(change)) {
      compared += 1;
      const wrong = wrongBinding(change, search.history);
      if (wrong !== undefined) messages.push(`${at(change)} ${wrong}`);
      continue;
    }
    const facts = search.factsOf(change, change.version - 1);
    facts.forEach(({ kind, text }, i) => {
      if (kind !== "event" && isTyped(change, recording)) return;
      compared += 1;
      if (!search.isMade(change, i)) messages.push(`${at(change)} no rule makes it: ${text}`);
    });
  }
  for (const { change, extra } of search.unrecorded()) {
    messages.push(`${at(change)} our rules also make, and nothing like it is recorded: ${extra}`);
  }
  const left = [...notes].map(([why, count]) => `${count} events left out: ${why}`);
  const name = `traces/${recording.name}/decisions`;
  if (recording.changes.length === 0) messages.push("nothing is recorded");
  return { name, pass: messages.length === 0, compared, messages, notes: left };
}

function at({ t }: Change): string {
  return `at ${t} ms:`;
}

function componentOf(change: Change): string | undefined {
  if (change.resource !== "events") return undefined;
  const { source, reportingComponent } = change.object as Event;
  return source?.component || reportingComponent;
}

function otherComponent(change: Change): string | undefined {
  return OTHER_COMPONENTS[componentOf(change) ?? ""];
}

function isBinding(change: Change): boolean {
  return componentOf(change) === "default-scheduler" && change.type !== "DELETED";
}

/** The scheduler's events tell of the node that the pod was bound to. */
function wrongBinding(change: Change, history: History): string | undefined {
  const { reason, message, involvedObject } = change.object as Event;
  if (reason !== "Scheduled") return undefined;
  const bound = history.recording.changes.find(
    ({ object }) => object.metadata.uid === involvedObject.uid && (object as Pod).spec.nodeName,
  );
  const node = (bound?.object as Pod | undefined)?.spec.nodeName;
  const { namespace, name } = involvedObject;
  const wanted = `Successfully assigned ${namespace}/${name} to ${node}`;
  return message === wanted ? undefined : `wanted ${wanted}, recorded ${message}`;
}

class Search {
  readonly history: History;
  private readonly recording: Recording;
  private readonly decided = new Map<string, readonly ChangeOf[]>();
  private readonly created: readonly (Named & {
    readonly key: string;
    readonly resource: string;
    readonly version: number;
  })[];
  private readonly podNames: readonly { name: string; placeholder: string }[];

  constructor(recording: Recording) {
    this.recording = recording;
    this.history = new History(recording);
    const added = recording.changes.filter(({ type }) => type === "ADDED");
    this.created = added.flatMap(({ object, resource, version }) => {
      const placeholder = placeholderOf(object);
      if (placeholder === undefined) return [];
      const key = objectKey(object);
      return [{ name: object.metadata.name, key, resource, version, placeholder }];
    });
    this.podNames = recording.changes.flatMap(({ object, resource, type }) => {
      if (type !== "INITIAL" && type !== "ADDED") return [];
      const owner = controllerOf(object);
      return resource === "pods" && owner !== undefined && placeholderOf(object) !== undefined
        ? [{ name: object.metadata.name, placeholder: `${owner.name}-new` }]
        : [];
    });
  }

  /** The decisions in a change, with what came after that version named by placeholders. */
  factsOf(change: ChangeOf, since: number): DecisionFact[] {
    const names = change.resource === "events" ? this.podNames : [];
    const fresh = this.created.filter(
      ({ key, resource, version }) => version > since && !this.history.at(resource, since).has(key),
    );
    const rename = renamer([...names, ...fresh]);
    return decisionsIn(change, rename);
  }

  /** Is the decision of that number, of those in the change, one that our controllers make? */
  isMade(change: Change, index: number): boolean {
    // A decision is made somewhat before it is heard of, and some rules go by the time that has passed.
    const { kind } = this.factsOf(change, change.version - 1)[index]!;
    const goesByTime = kind === "delete" || kind === "status";
    for (const earlierMs of goesByTime ? [0, 150, 400, 900] : [0]) {
      const nowMs = this.recording.startMs + change.t - earlierMs;
      for (const view of this.views(change)) {
        if (this.isMadeFrom(view, change, index, nowMs)) return true;
      }
    }
    return false;
  }

  /**
   * What our controllers decide where the real ones came to rest: in a state that stood for longer than the watch lag they may decide
   * nothing but what is recorded right after it.
   */
  *unrecorded(): Generator<{ change: Change; extra: string }> {
    const changes = this.recording.changes.filter(
      ({ resource, type }) => resource !== "events" && type !== "INITIAL",
    );
    for (const [i, change] of changes.entries()) {
      const next = changes[i + 1];
      if (next === undefined || next.t - change.t < WATCH_LAG_MS) continue;
      const following = changes
        .slice(i + 1)
        .filter(({ t }) => t < next.t + WATCH_LAG_MS)
        .flatMap((c) => this.factsOf(c, change.version));
      const made = this.decide(
        { all: change.version },
        this.recording.startMs + change.t + WATCH_LAG_MS,
      );
      const rename = renamer(made.flatMap(placeholders));
      for (const fact of made.flatMap((m) => decisionsIn(m, rename))) {
        if (fact.kind === "event" || fact.kind === "endpoints") continue;
        if (!following.some(({ text }) => text === fact.text)) yield { change, extra: fact.text };
      }
    }
  }

  /** What the caches may have held, likeliest first: all at one version; one resource behind; one resource ahead; pods anywhere. */
  private *views(change: Change): Generator<View> {
    const { changes } = this.recording;
    const heard = changes.filter(
      ({ t, version, resource }) =>
        resource !== "events" && version < change.version && t >= change.t - WATCH_LAG_MS,
    );
    const last = change.version - 1;
    const versions = heard.map(({ version }) => version).toReversed();
    const oldest = changes.findLast(
      ({ version, t }) => version < change.version && t < change.t - WATCH_LAG_MS,
    );
    if (oldest !== undefined) versions.push(oldest.version);
    if (versions[0] !== last) versions.unshift(last);
    for (const all of versions) yield { all };
    for (const resource of this.history.resources) {
      if (resource === "events") continue;
      const own = heard.filter((h) => h.resource === resource).map(({ version }) => version - 1);
      for (const behind of own.toReversed()) yield { all: last, of: { [resource]: behind } };
    }
    for (const resource of this.history.resources) {
      if (resource === "events") continue;
      for (const all of versions.slice(1)) yield { all, of: { [resource]: last } };
    }
    if (change.resource === "events" || change.resource === "pods") return;
    const heardOf = (resource: string) =>
      heard.filter((h) => h.resource === resource).map(({ version }) => version);
    for (const all of heardOf(change.resource)) {
      for (const pods of heardOf("pods")) yield { all, of: { pods } };
    }
  }

  private isMadeFrom(view: View, change: Change, index: number, nowMs: number): boolean {
    const since = Math.min(view.all, ...Object.values(view.of ?? {}));
    const made = this.decide(view, nowMs);
    const names = change.resource === "events" ? this.podNames : [];
    const rename = renamer([...names, ...made.flatMap(placeholders)]);
    const facts = made.flatMap((m) => decisionsIn(m, rename));
    const wanted = this.factsOf(change, since)[index]!;
    const matches = facts.some(({ text }) => text === wanted.text);
    if (wanted.kind === "delete" && change.resource === "pods") {
      return this.isDeletionMade(view, change, made, matches, nowMs);
    }
    if (!matches) return false;
    if (wanted.kind === "create-pod") return this.isWithinBatch(since, change, wanted, facts);
    const unversioned =
      UNVERSIONED.has(wanted.kind) ||
      (wanted.kind === "status" && change.resource === "replicasets");
    return unversioned || this.isOnStandingVersion(view, change, facts);
  }

  private isWithinBatch(
    since: number,
    change: Change,
    wanted: DecisionFact,
    facts: readonly DecisionFact[],
  ): boolean {
    const asked = facts.filter(({ text }) => text === wanted.text).length;
    const recorded = this.history
      .between(since, change.version)
      .flatMap((c) => (c.resource === "pods" ? this.factsOf(c, since) : []))
      .filter(({ text }) => text === wanted.text).length;
    return recorded <= asked;
  }

  private isDeletionMade(
    view: View,
    change: Change,
    made: readonly ChangeOf[],
    exact: boolean,
    nowMs: number,
  ): boolean {
    const owner = controllerOf(change.object)?.uid;
    const chosen = made.filter(
      ({ resource, object, old, type }) =>
        resource === "pods" &&
        type !== "ADDED" &&
        old?.metadata.deletionTimestamp === undefined &&
        controllerOf(object)?.uid === owner,
    );
    const since = versionIn(view, "pods");
    const gone = this.history
      .between(since, change.version)
      .filter(
        ({ resource, object, old }) =>
          resource === "pods" &&
          controllerOf(object)?.uid === owner &&
          old?.metadata.deletionTimestamp === undefined &&
          object.metadata.deletionTimestamp !== undefined,
      );
    if (gone.length > chosen.length) return false;
    return exact || this.isAmongFirst(view, change.object as Pod, chosen, nowMs);
  }

  /**
   * Do the rules set fewer pods before this one than are deleted? Then it may be among them: the order of pods of which no rule decides is
   * open. So is that of pods whose ages have the same logarithm: their uids set them apart, but not where their ages are equal to the
   * second, which is not transitive, so that the way of sorting has a say.
   */
  private isAmongFirst(view: View, pod: Pod, chosen: readonly ChangeOf[], nowMs: number): boolean {
    if (controllerOf(pod)?.kind === "DaemonSet") {
      return chosen.some(({ object }) => areAlikeOnNodes(pod, object as Pod));
    }
    const pods = [...this.history.at("pods", versionIn(view, "pods")).values()] as Pod[];
    const sets = [...this.history.at("replicasets", versionIn(view, "replicasets")).values()];
    const own = sets.find(({ metadata }) => metadata.uid === controllerOf(pod)?.uid);
    if (own === undefined) return false;
    const family = new Set(
      sets
        .filter((rs) => controllerOf(rs)?.uid === controllerOf(own)?.uid)
        .map(({ metadata }) => metadata.uid),
    );
    const active = pods.filter((p) => isPodActive(p) && family.has(controllerOf(p)?.uid ?? ""));
    const ranked = active
      .filter((p) => controllerOf(p)?.uid === own.metadata.uid)
      .map((p) => ({
        pod: { ...podFacts(p, p.metadata.uid, (own as ReplicaSet).spec.template), uid: "" },
        rank: active.filter(({ spec }) => spec.nodeName === p.spec.nodeName).length,
      }));
    const self = ranked.find((r) => r.pod.key === pod.metadata.uid);
    if (self === undefined) return false;
    const before = ranked.filter((other) => compareForDeletion(other, self, { nowMs }) < 0);
    return before.length < chosen.length;
  }

  /** Had the decider the version of the object that stood, but for what it wrote itself in the same go? */
  private isOnStandingVersion(view: View, change: Change, facts: readonly DecisionFact[]): boolean {
    const { uid } = change.object.metadata;
    const seen = versionIn(view, change.resource);
    return this.history
      .between(seen, change.version - 1)
      .filter(({ object }) => object.metadata.uid === uid)
      .every((between) => {
        const own = this.factsOf(between, seen);
        return own.length > 0 && own.every(({ text }) => facts.some((f) => f.text === text));
      });
  }

  private decide(view: View, nowMs: number): readonly ChangeOf[] {
    const key = `${view.all} ${JSON.stringify(view.of ?? {})} ${nowMs}`;
    const known = this.decided.get(key);
    if (known !== undefined) return known;
    const made = decide(this.history, view, nowMs);
    this.decided.set(key, made);
    return made;
  }
}

/**
 * A DaemonSet's controller walks a Go map of nodes, which has no order: of old pods that are as ready as each other any may be first
 * (pkg/controller/daemon/update.go rollingUpdate).
 */
function areAlikeOnNodes(a: Pod, b: Pod): boolean {
  const [left, right] = [a, b].map(
    (pod) => `${isPodReady(pod)} ${pod.metadata.labels?.["controller-revision-hash"]}`,
  );
  return left === right;
}

/** Decisions that do not replace an object's version, or that are written again when it has changed. */
const UNVERSIONED = new Set(["event", "create", "create-pod", "delete", "remove", "endpoints"]);

interface Named {
  readonly name: string;
  readonly placeholder: string;
}

/** For the name of what a controller has just made. */
function placeholders({ type, object }: ChangeOf): Named[] {
  const placeholder = type === "ADDED" ? placeholderOf(object) : undefined;
  return placeholder === undefined ? [] : [{ name: object.metadata.name, placeholder }];
}

/** The name without what is drawn at random or hashed; undefined when it is all decided. */
function placeholderOf(object: Change["object"]): string | undefined {
  const owner = controllerOf(object);
  if (owner === undefined) return undefined;
  const drawn =
    object.kind === "Pod"
      ? ["ReplicaSet", "DaemonSet"].includes(owner.kind)
      : object.kind !== "Event";
  return drawn ? `${owner.name}-new` : undefined;
}

/** Puts placeholders for names; longer names first, since a pod's name begins with its ReplicaSet's. */
function renamer(names: readonly Named[]): (text: string) => string {
  const sorted = names.toSorted((a, b) => b.name.length - a.name.length);
  return (text) => {
    let result = text;
    for (const { name, placeholder } of sorted) {
      if (result.includes(name)) result = result.replaceAll(name, placeholder);
    }
    return result;
  };
}
