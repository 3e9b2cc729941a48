import type { Verb } from "../command/verb.ts";
import { PLUGINS } from "../plugins.ts";
import { apply } from "./apply.ts";
import { create } from "./create.ts";
import { deleteVerb } from "./delete.ts";
import { describe } from "./describe.ts";
import { diff } from "./diff.ts";
import { cordon, drain, uncordon } from "./drain.ts";
import { edit } from "./edit.ts";
import { events } from "./events.ts";
import { exec } from "./exec.ts";
import { explain } from "./explain.ts";
import { autoscale, expose } from "./expose.ts";
import { get } from "./get.ts";
import { apiResources, apiVersions, auth, clusterInfo, config, version } from "./info.ts";
import { annotate, label } from "./label.ts";
import { logs } from "./logs.ts";
import { patch } from "./patch.ts";
import { replace } from "./replace.ts";
import { rollout } from "./rollout.ts";
import { run } from "./run.ts";
import { scale } from "./scale.ts";
import { set } from "./set.ts";
import { top } from "./top.ts";
import { wait } from "./wait.ts";

/** kubectl itself, with all that it can do. */
export const ROOT: Verb = {
  name: "kubectl",
  about: "Controls the Kubernetes cluster",
  usage: "[flags] [options]",
  intro: "kubectl controls the Kubernetes cluster manager, here a simulated one.",
  verbs: [
    annotate,
    apiResources,
    apiVersions,
    apply,
    auth,
    autoscale,
    clusterInfo,
    config,
    cordon,
    create,
    deleteVerb,
    describe,
    diff,
    drain,
    edit,
    events,
    exec,
    explain,
    expose,
    get,
    label,
    logs,
    patch,
    replace,
    rollout,
    run,
    scale,
    set,
    top,
    uncordon,
    version,
    wait,
    ...PLUGINS,
  ],
};
