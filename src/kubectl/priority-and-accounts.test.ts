/* PriorityClasses, ResourceQuotas, LimitRanges and ServiceAccounts, through the commands. */
import { expect, it } from "vitest";
import { ApiRouter, ApiServer, Kernel, systemPriorityClasses } from "../simulator/index.ts";
import { kubectl } from "./kubectl.ts";
import { runAtOnce } from "./program.ts";
import { splitWords } from "./split-words.ts";

const FILES: Readonly<Record<string, string>> = {
  "range.yaml": `
apiVersion: v1
kind: LimitRange
metadata: { name: amounts }
spec:
  limits:
    - type: Container
      max: { cpu: 2, memory: 1024Mi }
      defaultRequest: { cpu: 0.1 }
      maxLimitRequestRatio: { cpu: 20 }
    - type: Pod
      min: { cpu: 50m }`,
};

function terminal() {
  const api = new ApiServer(new Kernel(1));
  api.create("namespaces", { apiVersion: "v1", kind: "Namespace", metadata: { name: "default" } });
  for (const one of systemPriorityClasses) api.create("priorityclasses", one);
  const read = (path: string) => FILES[path];
  const world = { api: new ApiRouter(api), now: () => 0, read, hasEditor: false };
  return (command: string) => runAtOnce(kubectl(splitWords(command), world)).output;
}

it("classes of priority are made, listed and described", () => {
  const type = terminal();
  const made =
    'create priorityclass high --value=1000 --preemption-policy=Never --description="The shop"';
  expect(type(made)).toBe("priorityclass.scheduling.k8s.io/high created\n");
  expect(type("get pc")).toBe(
    [
      "NAME                      VALUE        GLOBAL-DEFAULT   AGE   PREEMPTIONPOLICY",
      "high                      1000         false            0s    Never",
      "system-cluster-critical   2000000000   false            0s    PreemptLowerPriority",
      "system-node-critical      2000001000   false            0s    PreemptLowerPriority",
      "",
    ].join("\n"),
  );
  expect(type("describe priorityclass high")).toBe(
    [
      "Name:              high",
      "Value:             1000",
      "GlobalDefault:     false",
      "PreemptionPolicy:  Never",
      "Description:       The shop",
      "Annotations:       <none>",
      "Events:            <none>",
      "",
    ].join("\n"),
  );
  expect(type("delete pc system-node-critical")).toContain(
    "this is a system priority class and cannot be deleted",
  );
  expect(type("api-resources --api-group=scheduling.k8s.io")).toContain(
    "priorityclasses   pc           scheduling.k8s.io/v1   false        PriorityClass",
  );
});

it("what create makes has short names, which its help tells", () => {
  const type = terminal();
  expect(type("create pc low --value=1")).toBe("priorityclass.scheduling.k8s.io/low created\n");
  expect(type("create sa till")).toBe("serviceaccount/till created\n");
  expect(type("create ns shop")).toBe("namespace/shop created\n");
  expect(type("create cm words")).toBe("configmap/words created\n");
  expect(type("create deploy web --image=nginx")).toBe("deployment.apps/web created\n");
  expect(type("create svc clusterip web --tcp=80")).toBe("service/web created\n");
  expect(type("create pdb web --selector=app=web --min-available=1")).toBe(
    "poddisruptionbudget.policy/web created\n",
  );
  expect(type("create sa -h")).toContain("\nAliases:\nserviceaccount, sa\n");
});

it("service accounts are made, listed and described", () => {
  const type = terminal();
  expect(type("create serviceaccount shop")).toBe("serviceaccount/shop created\n");
  expect(type("get sa")).toBe("NAME   SECRETS   AGE\nshop   0         0s\n");
  expect(type("describe sa shop")).toBe(
    [
      "Name:                shop",
      "Namespace:           default",
      "Labels:              <none>",
      "Annotations:         <none>",
      "Image pull secrets:  <none>",
      "Mountable secrets:   <none>",
      "Tokens:              <none>",
      "Events:              <none>",
      "",
    ].join("\n"),
  );
});

it("quotas are made, listed and described, alone and with their namespace", () => {
  const type = terminal();
  const made = "create quota team --hard=pods=3,limits.memory=2Gi --scopes=NotTerminating";
  expect(type(made)).toBe("resourcequota/team created\n");
  const status = '{"status":{"hard":{"pods":"3","limits.memory":"2Gi"},"used":{"pods":"1"}}}';
  type(`patch quota team --subresource=status --type=merge -p '${status}'`);
  expect(type("get quota")).toBe(
    [
      "NAME   REQUEST     LIMIT                  AGE",
      "team   pods: 1/3   limits.memory: 0/2Gi   0s",
      "",
    ].join("\n"),
  );
  const help =
    "Matches all pods that do not have an active deadline. These pods usually include long running pods whose container command is not expected to terminate.";
  expect(type("describe resourcequota team")).toBe(
    [
      "Name:       team",
      "Namespace:  default",
      "Scopes:     NotTerminating",
      ` * ${help}`,
      "Resource       Used  Hard",
      "--------       ----  ----",
      "limits.memory  0     2Gi",
      "pods           1     3",
      "",
    ].join("\n"),
  );
  expect(type("describe ns default")).toContain(
    ["Resource Quotas", "  Name:    team", "  Scopes:  NotTerminating", `  * ${help}`].join("\n"),
  );
  expect(type("create quota odd --hard=pods")).toContain(
    "error: Invalid argument syntax pods, expected <resource>=<value>",
  );
});

it("ranges are listed and described, alone and with their namespace, and explained", () => {
  const type = terminal();
  expect(type("describe ns default")).toContain("\nNo LimitRange resource.\n");
  expect(type("create -f range.yaml")).toBe("limitrange/amounts created\n");
  const listed = "NAME      CREATED AT\namounts   2026-01-01T00:00:00Z\n";
  for (const name of ["limits", "limitrange", "limitranges"]) {
    expect(type(`get ${name}`)).toBe(listed);
  }
  expect(type("describe limits amounts")).toBe(
    [
      "Name:       amounts",
      "Namespace:  default",
      "Type        Resource  Min  Max  Default Request  Default Limit  Max Limit/Request Ratio",
      "----        --------  ---  ---  ---------------  -------------  -----------------------",
      "Container   cpu       -    2    100m             2              20",
      "Container   memory    -    1Gi  1Gi              1Gi            -",
      "Pod         cpu       50m  -    -                -              -",
      "",
    ].join("\n"),
  );
  expect(type("describe ns default")).toContain(
    [
      "Resource Limits",
      " Type       Resource  Min  Max  Default Request  Default Limit  Max Limit/Request Ratio",
      " ----       --------  ---  ---  ---------------  -------------  -----------------------",
      " Container  cpu       -    2    100m             2              20",
    ].join("\n"),
  );
  expect(type("api-resources --api-group=")).toMatch(
    /^limitranges +limits +v1 +true +LimitRange$/m,
  );
  expect(type("explain limitrange.spec.limits.maxLimitRequestRatio")).toContain(
    "KIND:       LimitRange",
  );
  type("run web --image=nginx");
  expect(type("describe pod web")).toMatch(
    /Annotations: +kubernetes.io\/limit-ranger: LimitRanger plugin set: cpu, memory request for container web; cpu, memory limit for container web/,
  );
});
