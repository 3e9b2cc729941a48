export { Cluster, type Outcome } from "./cluster.ts";
export { totalUsage, type Metrics, type Usage } from "./metrics-server.ts";
export type { NodeAccess, NodeRefusal } from "./node-access.ts";
export type { LogLine } from "./runtime/program-life.ts";
export { Kernel, type Snapshot } from "./kernel/kernel.ts";
export * from "./record.ts";
export * from "./scenario.ts";
export { ApiServer, deepEqual } from "./api/server.ts";
export { ApiRouter } from "./api/router/router.ts";
export type { ApiRequest, ApiResponse } from "./api/router/request.ts";
export { failure } from "./api/router/status.ts";
export { otherKind } from "./api/router/decode-body.ts";
export { DEFAULT_CONTAINER, mainContainer } from "./api/main-container.ts";
export {
  apiVersionOf,
  definitionOf,
  resourceByKind,
  resources,
  servedKinds,
} from "./api/resources/index.ts";
export { SYSTEM_NAMESPACES } from "./api/resources/namespace.ts";
export { systemPriorityClasses } from "./api/resources/scheduling.ts";
export { ofStored, structOf, toStored } from "./api/resources/other-versions.ts";
export { judgeCreate, judgeUpdate, type Judgement } from "./api/resources/judge.ts";
export { asStored, decode } from "./api/schema/decode.ts";
export { scanJsonValue } from "./api/schema/json-syntax.ts";
export { structByName } from "./api/schema/index.ts";
export type { Field } from "./api/schema/struct-table.ts";
export { deepFreeze, remembered } from "./api/remembered.ts";
export { parseLabelSelector } from "./api/label-selector.ts";
export { goQuote } from "./api/schema/go-text.ts";
export { labelValue } from "./api/validation/names.ts";
export { parseQuantity } from "./api/schema/quantity.ts";
export type { ResourceDefinition } from "./api/resource.ts";
export { Refusal, type FieldError } from "./api/status-error.ts";
export { jsonMergePatch } from "./api/patch/json-patch.ts";
export { PatchError } from "./api/patch/plain.ts";
export { threeWayMerge, threeWayPatch } from "./api/patch/three-way-patch.ts";
export { addUsage, podUsage, readUsage, writeUsage, type QuotaUsage } from "./api/quota-usage.ts";
export { withRangeDefaults } from "./api/admission/limit-ranger.ts";
export { toBase64 } from "./api/base64.ts";
export { parseTimestamp, timestamp } from "./api/time.ts";
export { labelsContain } from "./api/selectors.ts";
export { isSameData, revisionData, templateOf } from "./controllers/history/revision-data.ts";
export { isRevisionOf, sortRevisions } from "./controllers/history/revisions.ts";
export { currentSetWeight } from "./controllers/argo-rollouts/canary-steps.ts";
export { notSimulated } from "./controllers/argo-rollouts/not-simulated.ts";
export { phaseToClients } from "./controllers/argo-rollouts/phase.ts";
export { controllerOf } from "./controllers/informer.ts";
export { InvariantChecker } from "./checkers/invariants.ts";
export type { Violation } from "./checkers/violation.ts";
export type * from "./api/types.ts";
