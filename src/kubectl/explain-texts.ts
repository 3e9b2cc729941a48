/* What `kubectl explain` says: of kinds and structs by name, of fields as `Struct.field`. */

export const KIND_TEXTS: Readonly<Record<string, string>> = {
  Pod: "One or more containers that run together on one node.",
  Deployment:
    "Keeps a number of equal pods running, and replaces them when their template changes.",
  ReplicaSet: "Keeps a number of equal pods running. Deployments make one for each template.",
  StatefulSet: "Keeps pods with fixed names, made and replaced in order.",
  DaemonSet: "Keeps one pod on each node that fits.",
  Service: "One name and address for the pods that a selector finds.",
  EndpointSlice: "Addresses of the pods behind a Service, and whether each may be used.",
  Endpoints:
    "Addresses of the pods behind a Service in one object; EndpointSlices have taken its place.",
  Node: "A machine that pods run on.",
  Event: "Something that a component did or met with, told about an object.",
  Namespace: "A space of names for objects.",
  ConfigMap: "Values that pods read as files or variables.",
  Secret: "Values that pods read as files or variables, kept apart since they are secret.",
  ServiceAccount: "Whom the programs in a pod are to the API.",
  ResourceQuota: "How much of the cluster the objects of a namespace may take together.",
  LimitRange:
    "Bounds for what one container or pod of a namespace may take, and what those get that say nothing.",
  PriorityClass: "How important the pods are that name it, compared with others.",
  PodDisruptionBudget: "How many of some pods may be evicted at a time.",
  HorizontalPodAutoscaler: "Sizes a workload by what its pods use.",
  Ingress: "Which requests from outside go to which Service.",
  ControllerRevision: "A template that a StatefulSet or DaemonSet had, kept to go back to.",
  DeploymentSpec: "What the Deployment should be like.",
  DeploymentStatus: "What the Deployment is like, as its controller saw it last.",
  DeploymentStrategy: "Whether old and new pods stand side by side during an update, and how many.",
  RollingUpdateDeployment: "The bounds that a rolling update keeps.",
  LimitRangeItem: "The bounds for one kind of thing, each amount under the name of its resource.",
  PodSpec: "What the pod consists of, and how it starts and ends.",
  PodTemplateSpec: "What pods are made from.",
  Container: "A program with its image, and how the kubelet looks after it.",
  Probe: "A check that the kubelet repeats, and how often it has to fail before it counts.",
  Lifecycle: "What is run right after a container's start and before its end.",
  LifecycleHandler: "One way to run something: a command, a request, or a pause.",
  ObjectMeta: "Name, labels and whatever else all objects have.",
  LabelSelector: "Which labels an object needs to be found.",
};

const REPLICAS = "Pods wanted. 1 when left out.";
const SELECTOR = "Which pods belong to it. It must match the template's labels, and never changes.";
const TEMPLATE = "What the pods are made from.";
const MIN_READY =
  "Seconds that a new pod must be Ready before it counts as available. 0 when left out.";
const HISTORY = "Old revisions kept to go back to. 10 when left out.";
const HANDLERS = {
  exec: "Runs a command in the container. Exit status 0 is success.",
  httpGet: "Sends an HTTP GET to the pod. 200 to 399 is success.",
  tcpSocket: "Opens a connection to a port of the pod.",
  grpc: "Asks the gRPC health service.",
  sleep: "Waits, without a program in the image.",
};

/** Fields of `struct` under their full names. */
function fieldsOf(struct: string, texts: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(texts).map(([field, text]) => [`${struct}.${field}`, text]);
}

export const FIELD_TEXTS: Readonly<Record<string, string>> = Object.fromEntries([
  ...[
    "Pod",
    "Deployment",
    "ReplicaSet",
    "StatefulSet",
    "DaemonSet",
    "Service",
    "Node",
    "Ingress",
  ].flatMap((kind) =>
    fieldsOf(kind, {
      apiVersion: "Group and version of the kind, such as apps/v1.",
      kind: `The kind: ${kind}.`,
      metadata: "Name, labels and whatever else all objects have.",
      spec: "What it should be like.",
      status: "What it is like, as its controller saw it last.",
    }),
  ),
  ...fieldsOf("ObjectMeta", {
    name: "Unique for the kind in its namespace. It never changes.",
    namespace: "Where the name is unique. default when left out.",
    labels: "Keys and values that selectors find objects by.",
    annotations: "Keys and values for programs and people. Selectors don't see them.",
    uid: "Unique for all time, given by the server.",
    resourceVersion: "The state that this is. Whoever updates from an older one gets a conflict.",
    generation: "Grows with each change of what is wanted.",
    creationTimestamp: "When the server made it.",
    deletionTimestamp: "When it is to be gone. Set by a deletion, never by hand.",
    deletionGracePeriodSeconds: "Seconds that the deletion allows for.",
    ownerReferences: "Whose object this is. It is deleted when all of them are gone.",
    finalizers: "Who must agree before the object goes.",
    managedFields: "Who set which field.",
    generateName: "Beginning of a name that the server completes.",
  }),
  ...fieldsOf("DeploymentSpec", {
    replicas: REPLICAS,
    selector: SELECTOR,
    template: TEMPLATE,
    strategy: "How old pods are replaced by new ones.",
    minReadySeconds: MIN_READY,
    progressDeadlineSeconds:
      "Seconds without progress after which the rollout counts as failed. Nothing is rolled back. 600 when left out.",
    revisionHistoryLimit: "Old ReplicaSets kept to go back to. 10 when left out.",
    paused: "While true, changes of the template start no rollout.",
  }),
  ...fieldsOf("DeploymentStrategy", {
    type: "RollingUpdate, or Recreate, which ends all old pods before it starts new ones. RollingUpdate when left out.",
    rollingUpdate: "Bounds of a rolling update. Only with the type RollingUpdate.",
  }),
  ...fieldsOf("RollingUpdateDeployment", {
    maxSurge:
      "Pods above replicas, a number or a percentage that is rounded up. 25% when left out.",
    maxUnavailable:
      "Pods that may be missing from replicas, a number or a percentage that is rounded down. 25% when left out. Not 0 when maxSurge is 0.",
  }),
  ...fieldsOf("DeploymentStatus", {
    observedGeneration: "The generation that the rest of the status is about.",
    replicas: "Pods that are not being deleted.",
    updatedReplicas: "Those made from the present template.",
    readyReplicas: "Those that are Ready.",
    availableReplicas: "Those that have been Ready for minReadySeconds.",
    unavailableReplicas: "Pods that are missing from full availability.",
    conditions: "Available, Progressing and ReplicaFailure, with their reasons.",
    collisionCount: "How often a ReplicaSet's name was taken.",
  }),
  ...fieldsOf("ReplicaSetSpec", {
    replicas: REPLICAS,
    selector: SELECTOR,
    template: TEMPLATE,
    minReadySeconds: MIN_READY,
  }),
  ...fieldsOf("StatefulSetSpec", {
    replicas: REPLICAS,
    selector: SELECTOR,
    template: TEMPLATE,
    serviceName: "The Service that gives the pods their host names.",
    podManagementPolicy: "OrderedReady waits for each pod before the next one, Parallel does not.",
    updateStrategy: "RollingUpdate from the last pod to the first, or OnDelete.",
    minReadySeconds: MIN_READY,
    revisionHistoryLimit: HISTORY,
  }),
  ...fieldsOf("DaemonSetSpec", {
    selector: SELECTOR,
    template: TEMPLATE,
    updateStrategy:
      "RollingUpdate, or OnDelete, which leaves old pods until they are deleted by hand.",
    minReadySeconds: MIN_READY,
    revisionHistoryLimit: HISTORY,
  }),
  ...fieldsOf("PodSpec", {
    containers: "The programs of the pod.",
    initContainers:
      "Programs that run one after another before the containers. With restartPolicy Always they are sidecars.",
    terminationGracePeriodSeconds:
      "Seconds from the deletion to SIGKILL. The preStop hook takes its time from them. 30 when left out.",
    restartPolicy:
      "Whether containers that have ended are started again: Always, OnFailure or Never.",
    nodeSelector: "Labels that the node must have.",
    nodeName: "The node that the pod is bound to.",
    affinity: "Which nodes and which company the pod wants or avoids.",
    tolerations: "Taints of nodes that the pod bears.",
    topologySpreadConstraints: "How evenly the pods are spread over nodes and zones.",
    readinessGates: "Conditions of others that the pod must meet to be Ready.",
    volumes: "Files that containers can mount.",
    serviceAccountName: "Who the pod is towards the API server.",
    priorityClassName: "How important the pod is to the scheduler.",
  }),
  ...fieldsOf("Container", {
    name: "Unique in the pod.",
    image: "Name and tag of the image.",
    imagePullPolicy: "Always, IfNotPresent or Never. Always for the tag latest when left out.",
    command: "The program instead of the image's entrypoint.",
    args: "Arguments of the program.",
    env: "Variables of its environment.",
    envFrom: "Variables from all values of a ConfigMap or Secret.",
    ports: "Ports that it listens on. They tell, they open nothing.",
    resources: "What it is promised (requests) and what it may use at most (limits).",
    readinessProbe: "While it fails, the pod gets no requests from Services.",
    livenessProbe: "When it fails, the container is restarted.",
    startupProbe: "Until it succeeds, the other probes wait.",
    lifecycle: "Hooks after the start and before the end.",
    volumeMounts: "Volumes of the pod, and where they are to be found.",
    restartPolicy: "Always makes an init container a sidecar.",
  }),
  ...fieldsOf("Probe", {
    ...HANDLERS,
    initialDelaySeconds: "Seconds from the container's start to the first check. 0 when left out.",
    periodSeconds: "Seconds between two checks. 10 when left out.",
    timeoutSeconds: "Seconds after which a check without an answer has failed. 1 when left out.",
    successThreshold: "Successes in a row that end a failure. 1 when left out.",
    failureThreshold: "Failures in a row that count as one. 3 when left out.",
    terminationGracePeriodSeconds: "Grace period of a restart that this probe causes.",
  }),
  ...fieldsOf("Lifecycle", {
    postStart: "Right after the start, beside the program.",
    preStop: "Before the stop signal, within the grace period.",
  }),
  ...fieldsOf("LifecycleHandler", HANDLERS),
  ...fieldsOf("HTTPGetAction", {
    path: "Path to ask for. / when left out.",
    port: "Number or name of the port.",
    scheme: "HTTP or HTTPS.",
    host: "Another host than the pod.",
    httpHeaders: "Headers to send.",
  }),
  ...fieldsOf("ExecAction", { command: "Program and arguments. No shell unless you call one." }),
  ...fieldsOf("SleepAction", { seconds: "How long to wait." }),
  ...fieldsOf("ServiceSpec", {
    selector: "Labels of the pods behind it.",
    ports: "Ports of the Service, and those of the pods that they lead to.",
    type: "ClusterIP, NodePort, LoadBalancer or ExternalName.",
    clusterIP: "Its address in the cluster. None for none.",
    externalTrafficPolicy:
      "Cluster, or Local, which sends traffic from outside to pods of the same node only.",
    internalTrafficPolicy: "The same for traffic from within.",
    publishNotReadyAddresses: "Pods get requests before they are Ready.",
    sessionAffinity: "ClientIP keeps a client at its pod.",
  }),
  ...fieldsOf("LimitRangeSpec", { limits: "The bounds, for each kind of thing once." }),
  ...fieldsOf("LimitRangeItem", {
    type: "What is bounded: Container, Pod (its containers together) or PersistentVolumeClaim.",
    min: "What its request must be at least.",
    max: "What its limit may be at most.",
    default: "The limit of a container that states none. The max when left out.",
    defaultRequest:
      "The request of a container that states none. Its default limit or the min when left out.",
    maxLimitRequestRatio: "How many times its request its limit may be.",
  }),
  ...fieldsOf("PodDisruptionBudgetSpec", {
    minAvailable: "Pods that must stay, a number or a percentage.",
    maxUnavailable: "Pods that may be missing, a number or a percentage.",
    selector: "Which pods it is about.",
    unhealthyPodEvictionPolicy: "Whether pods that are not Ready may be evicted beyond the budget.",
  }),
  ...fieldsOf("HorizontalPodAutoscalerSpec", {
    scaleTargetRef: "The workload that is sized.",
    minReplicas: "Fewest pods. 1 when left out.",
    maxReplicas: "Most pods.",
    metrics: "What is measured, and what it should be.",
    behavior: "How fast it grows and shrinks.",
  }),
]);
