import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { recordingsIn } from "../../src/conformance/check-traces.ts";
import { checkDecisions } from "../../src/conformance/traces/decisions.ts";
import { checkKubelet } from "../../src/conformance/traces/kubelet-run.ts";
import { isRealNode } from "../../src/conformance/traces/real-node.ts";
import {
  readRecording,
  type Change,
  type Recording,
} from "../../src/conformance/traces/recording.ts";
import { checkWholeRun } from "../../src/conformance/traces/whole-run.ts";
import type { Event, KubernetesObject, Pod, ReplicaSet } from "../../src/simulator/api/types.ts";

const recordings = [...recordingsIn(fileURLToPath(new URL("../facts/traces", import.meta.url)))];
const played = recordings.filter((recording) => !isRealNode(recording));
const real = recordings.filter(isRealNode);
const byName = (rows: Recording[]) => rows.map((recording) => [recording.name, recording] as const);

it("the open recordings are all there", () => {
  expect([played.length, real.length]).toEqual([24, 49]);
});

describe("every recorded decision is one that our controllers make", () => {
  it.each(byName(recordings))("%s", (_, recording) => {
    expect(checkDecisions(recording).messages).toEqual([]);
  });
});

describe("a run of the recorded scenario gives the recorded run", () => {
  it.each(byName(played))("%s", (_, recording) => {
    const { messages, compared } = checkWholeRun(recording);
    expect(messages).toEqual([]);
    expect(compared).toBeGreaterThan(5);
  });
});

describe("our kubelet tells of the recorded pods what the real one told", () => {
  it.each(byName(real))("%s", (_, recording) => {
    expect(checkKubelet(recording).messages).toEqual([]);
  });
});

describe("a recording that is not true is found out", () => {
  const rolling = played.find(({ name }) => name.endsWith("02-roll-10-default"))!;
  const scaling = played.find(({ name }) => name.endsWith("16-scale-down-order"))!;

  /** The recording with one change told otherwise, and what follows from it for `old`. */
  function changed(
    recording: Recording,
    is: (change: Change) => boolean,
    other: (object: KubernetesObject) => KubernetesObject,
  ): Recording {
    const index = recording.changes.findIndex(is);
    expect(index).toBeGreaterThan(0);
    const lines = recording.changes.map(({ t, type, resource, object }, i) => {
      return JSON.stringify({
        t,
        type,
        res: resource,
        object: i === index ? other(object) : object,
      });
    });
    const files = new Map(recording.files).set("full.jsonl", lines.join("\n"));
    return readRecording(recording.name, files);
  }

  it("a size that no rule gives", () => {
    const is = ({ resource, object, old }: Change) =>
      resource === "replicasets" && old !== undefined && (object as ReplicaSet).spec.replicas === 7;
    const lie = changed(rolling, is, (object) => {
      const set = object as ReplicaSet;
      return { ...set, spec: { ...set.spec, replicas: 2 } } as ReplicaSet;
    });
    expect(checkDecisions(lie).messages.join("\n")).toContain(
      "size replicasets/web-6c4c884666 8 to 2",
    );
  });

  it("a message in other words", () => {
    const is = ({ object }: Change) => (object as Event).reason === "ScalingReplicaSet";
    const lie = changed(
      rolling,
      is,
      (object) => ({ ...object, message: "Scaled web up" }) as Event,
    );
    expect(checkDecisions(lie).messages).toEqual([
      expect.stringContaining("event Deployment/web ScalingReplicaSet: Scaled web up"),
    ]);
  });

  it("a pod deleted before its turn", () => {
    const cost = "controller.kubernetes.io/pod-deletion-cost";
    const isKept = ({ object, resource }: Change) =>
      resource === "pods" && object.metadata.annotations?.[cost] === "100";
    const kept = scaling.changes.find(isKept)!.object;
    // Long after the pod got its cost, so that its controller has heard of it.
    const is = ({ object, resource, t }: Change) =>
      resource === "pods" && object.metadata.deletionTimestamp !== undefined && t > 25_000;
    const lie = changed(scaling, is, (object) => {
      const { deletionTimestamp, deletionGracePeriodSeconds, resourceVersion } = object.metadata;
      const times = { deletionTimestamp, deletionGracePeriodSeconds, resourceVersion };
      return { ...kept, metadata: { ...kept.metadata, ...times } } as Pod;
    });
    expect(checkDecisions(lie).messages.join("\n")).toContain(`delete pods/${kept.metadata.name}`);
  });
});
