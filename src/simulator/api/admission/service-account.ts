/* The admission plugin ServiceAccount: plugin/pkg/admission/serviceaccount/admission.go. */
import { withField } from "../defaults/fill.ts";
import type { Pod, PodSpec, ServiceAccount } from "../types.ts";
import { refusePod } from "./refuse-pod.ts";
import type { Stored } from "./stored.ts";

/** The account of pods that name none; its controller makes it in each namespace. */
export const DEFAULT_ACCOUNT = "default";

type PullSecrets = ServiceAccount["imagePullSecrets"];

/** Specs with the pull secrets of their account: pods of one template share them. */
const made = new WeakMap<PodSpec, { readonly secrets: PullSecrets; readonly spec: PodSpec }>();

/**
 * Admit: the pod's account has to be there, and gives it its pull secrets. Throws Forbidden.
 * Simplified: an account called default that is missing counts as there, where upstream waits for up to two seconds until its controller has made it;
 * accounts have no tokens, and limit no secrets.
 */
export function admitServiceAccount(pod: Pod, stored: Stored): Pod {
  const { spec } = pod;
  const name = accountOf(spec);
  const namespace = pod.metadata.namespace ?? "";
  const account = stored.find("serviceaccounts", namespace, name);
  if (account === undefined && name !== DEFAULT_ACCOUNT) {
    const why = `error looking up service account ${namespace}/${name}: serviceaccount "${name}" not found`;
    throw refusePod(pod, why);
  }
  const secrets = account?.imagePullSecrets ?? [];
  if (secrets.length === 0 || (spec.imagePullSecrets ?? []).length > 0) return pod;
  const last = made.get(spec);
  if (last?.secrets === secrets) return withField(pod, "spec", last.spec);
  const filled = { ...spec, imagePullSecrets: secrets };
  made.set(spec, { secrets, spec: filled });
  return withField(pod, "spec", filled);
}

/** The name of a pod's account; a client may still give it in the field that was named `serviceAccount` (core/v1/conversion.go). */
export function accountOf({ serviceAccountName, serviceAccount }: PodSpec): string {
  return serviceAccountName || serviceAccount || DEFAULT_ACCOUNT;
}
