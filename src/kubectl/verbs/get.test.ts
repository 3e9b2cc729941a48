import { expect, it } from "vitest";
import { terminalOn } from "../testing.ts";

const FILES: Readonly<Record<string, string>> = {
  "a.yaml": `apiVersion: v1
kind: ConfigMap
metadata: {name: a, labels: {app: web}}
data: {size: "10"}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: b}
data: {size: "9"}
`,
  "columns.txt": "NAME SIZE\nmetadata.name data.size\n",
  "uneven.txt": "NAME SIZE\nmetadata.name\n",
};

const terminal = () => terminalOn(FILES["a.yaml"]!, (path) => FILES[path]);

it.each([
  ["get cm --sort-by=.data.size -o name", "configmap/b\nconfigmap/a\n"],
  ["get cm a --show-kind --no-headers", "configmap/a   1     0s\n"],
  ["get cm -o jsonpath-as-json={.items[*].data.size}", '[\n    "10",\n    "9"\n]\n'],
  ["get cm -o custom-columns-file=columns.txt", "NAME   SIZE\na      10\nb      9\n"],
  ["get CONFIGMAPS -o name", "configmap/a\nconfigmap/b\n"],
])("%s", (command, stdout) => {
  expect(terminal()(command)).toMatchObject({ code: 0, stdout, stderr: "" });
});

it.each([
  ["get cm -o jsonpath=", "error: template format specified but no template given\n"],
  [
    "get cm -o custom-columns-file=uneven.txt",
    "error: number of headers (2) and field specifications (1) don't match\n",
  ],
  ["get CM", 'error: the server doesn\'t have a resource type "CM"\n'],
  ["get nope.apps", 'error: the server doesn\'t have a resource type "nope"\n'],
  [
    "get cm,secrets --sort-by=.metadata.name",
    'error: couldn\'t find any field with path "{.metadata.name}" in the list of objects\n',
  ],
  [
    "get cm --field-selector=data.size=9",
    'Error from server (BadRequest): Unable to find "/v1, Resource=configmaps" that match label selector "", field selector "data.size=9": "data.size" is not a known field selector: only "metadata.name", "metadata.namespace"\n',
  ],
  [
    "get cm -f a.yaml",
    "error: when paths, URLs, or stdin is provided as input, you may not specify resource arguments as well\n",
  ],
])("%s says what is wrong", (command, stderr) => {
  expect(terminal()(command)).toMatchObject({ code: 1, stdout: "", stderr });
});

it("an index that is not there is told with the template and the document", () => {
  expect(terminal()("get cm -l app=none -o jsonpath={.items[0].kind}")).toMatchObject({
    code: 1,
    stderr: `error: error executing jsonpath "{.items[0].kind}": Error executing template: array index out of bounds: index 0, length 0. Printing more information for debugging the template:
\ttemplate was:
\t\t{.items[0].kind}
\tobject given to jsonpath engine was:
\t\tmap[string]interface {}{"apiVersion":"v1", "items":[]interface {}{}, "kind":"List", "metadata":map[string]interface {}{"resourceVersion":""}}


`,
  });
});

it("a table that cannot be sorted is not printed", () => {
  expect(terminal()("get cm --sort-by=.nope")).toMatchObject({
    code: 0,
    output: "No resources found in default namespace.\n",
  });
});
