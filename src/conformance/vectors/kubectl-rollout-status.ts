import { rolloutStatus } from "../../kubectl/rollout-status.ts";
import type { KubernetesObject } from "../../simulator/api/types.ts";
import { same, type Verdict } from "./verdict.ts";

interface Case {
  readonly input: {
    readonly kind: string;
    readonly name: string;
    readonly generation?: number | null;
    readonly specReplicas?: number | null;
    readonly strategy?: object | null;
    readonly status: object;
  };
  /** Null where upstream does not say. */
  readonly expected: {
    readonly message: string | null;
    readonly done: boolean | null;
    readonly error: string | boolean | null;
  };
}

/** Holds one look of `rollout status` against upstream's. */
export function run(given: unknown): Verdict {
  const { input, expected } = given as Case;
  const got = rolloutStatus(objectOf(input));
  if (got.error !== undefined) {
    return same(got.error, expected.error === true ? got.error : expected.error);
  }
  return same(
    { ...got, error: null },
    {
      message: expected.message ?? got.message,
      done: expected.done ?? got.done,
      error: expected.error,
    },
  );
}

function objectOf({ kind, name, generation, specReplicas, strategy, status }: Case["input"]) {
  const object = {
    apiVersion: "apps/v1",
    kind,
    metadata: {
      name,
      namespace: "bar",
      uid: "uid",
      resourceVersion: "1",
      creationTimestamp: null,
      generation: generation ?? 0,
    },
    spec: {
      ...(specReplicas == null ? {} : { replicas: specReplicas }),
      ...(strategy == null ? {} : { updateStrategy: strategy }),
    },
    status,
  };
  return object as KubernetesObject;
}
