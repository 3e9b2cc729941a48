import { expect, it } from "vitest";
import { terminalOn } from "../testing.ts";

const MANIFESTS = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: web:1
          env:
            - {name: A, value: "1"}
            - {name: POD, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
            - {name: KEY, valueFrom: {secretKeyRef: {name: keys, key: web}}}
        - {name: side, image: "side:1"}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web, track: blue}, ports: [{port: 80}]}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: words}
data: {log.level: debug, mode: "on"}
`;

const terminal = () => terminalOn(MANIFESTS);

it("set selector replaces the selector of a Service", () => {
  const type = terminal();
  expect(type("set selector svc/web app=web,version=2").output).toBe(
    "service/web selector updated\n",
  );
  expect(type("get svc web -o jsonpath={.spec.selector}").output).toBe(
    '{"app":"web","version":"2"}',
  );
});

it("set serviceaccount names another account", () => {
  const type = terminal();
  expect(type("set sa deploy web till").output).toBe(
    "deployment.apps/web serviceaccount updated\n",
  );
  const path = "{.spec.template.spec.serviceAccountName}";
  expect(type(`get deploy web -o jsonpath=${path}`).output).toBe("till");
});

it("set env makes variables of the keys of a ConfigMap", () => {
  const type = terminal();
  expect(type("set env deploy/web -c side --from=cm/words --prefix=P_")).toMatchObject({
    code: 0,
    stdout: "deployment.apps/web env updated\n",
    stderr:
      "Warning: key log.level transferred to LOG_LEVEL\nWarning: key mode transferred to MODE\n",
  });
  expect(type("set env deploy/web --list").stdout).toBe(
    [
      "# Deployment web, container web",
      "A=1",
      "# POD from field path metadata.name",
      "# KEY from secret keys, key web",
      "# Deployment web, container side",
      "# P_LOG_LEVEL from configmap words, key log.level",
      "# P_MODE from configmap words, key mode",
      "",
    ].join("\n"),
  );
});

it("set image changes the containers that are there", () => {
  const type = terminal();
  expect(type("set image deploy/web web=web:2 none=x")).toMatchObject({
    code: 1,
    stdout: "deployment.apps/web image updated\n",
    stderr: 'error: unable to find container named "none"\n',
  });
});

it.each([
  ["set image deploy/web web=", /^error: failed to patch image update to pod template: Deployment/],
  ["set env A=1", /^error: one or more resources must be specified as <resource> <name> or/],
  [
    "set env deploy/web A=2 --overwrite=false",
    /^error: deployments\/web 'A' already has a value \(1\), and/,
  ],
  ["set env deploy/web B=1 B-", /^error: can not both modify and remove the same environment/],
  [
    "set env deploy/web -c none B=1",
    /^Warning: Deployment\/web does not have any containers matching "none"\n$/,
  ],
  ["set env deploy/web --from=deploy/web", /^error: unsupported resource specified in --from\n$/],
  [
    "set resources deploy/web -c none --limits=cpu=1",
    /^error: unable to find container named none\n$/,
  ],
  [
    "set resources deploy/web --limits=cpu=x",
    /^error: quantities must match the regular expression/,
  ],
  ["set resources deploy/web --limits=cpu", /^error: Invalid argument syntax cpu, expected/],
  [
    "set image svc/web a=b",
    /^error: services\/web the object is not a pod or does not have a pod template: \*v1\.Service\n$/,
  ],
  ["set selector deploy/web a=b", /^error: setting a selector is only supported for Services\n$/],
  [
    "set selector svc/web 'a in (c,b)'",
    /^error: match expression \[\{a In \[b c\]\}\] not supported/,
  ],
])("%s says what is wrong", (command, told) => {
  expect(terminal()(command).stderr).toMatch(told);
});
