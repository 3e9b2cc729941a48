import { list, mapping, value, type Fields } from "./field.ts";

const exec = mapping(
  "Runs a program in the container; it succeeds with exit status 0.",
  "컨테이너 안에서 프로그램을 실행하며, 종료 코드 0이면 성공입니다.",
  {
    command: list(
      "Program and arguments; there is no shell unless you call one, and the image must have the program.",
      "프로그램과 인자입니다. 셸은 직접 호출해야 쓸 수 있고, 이미지에 그 프로그램이 있어야 합니다.",
    ),
  },
);

const httpGet = mapping(
  "Sends an HTTP GET to the pod; 200 to 399 is success.",
  "파드에 HTTP GET을 보내며, 200~399 응답이면 성공입니다.",
  {
    path: value("Path to ask for, / by default.", "요청할 경로이며 기본값은 /입니다."),
    port: value("Number or name of the port.", "포트 번호 또는 이름입니다."),
    scheme: value("HTTP or HTTPS.", "HTTP 또는 HTTPS입니다.", ["HTTP", "HTTPS"]),
    httpHeaders: list("Headers to send.", "함께 보낼 헤더입니다.", {
      name: value("Name of the header.", "헤더 이름입니다."),
      value: value("Its value.", "헤더 값입니다."),
    }),
  },
);

const handlers: Fields = {
  exec,
  httpGet,
  sleep: mapping(
    "Waits without running anything in the container, so the image needs no shell.",
    "컨테이너에서 아무것도 실행하지 않고 기다리므로 이미지에 셸이 없어도 됩니다.",
    {
      seconds: value(
        "How long to wait; it is spent from the grace period.",
        "기다리는 시간(초)이며, 유예 시간에서 차감됩니다.",
      ),
    },
  ),
};

const probe: Fields = {
  httpGet,
  exec,
  tcpSocket: mapping(
    "Opens a TCP connection; an accepted one is success.",
    "TCP 연결을 열며, 연결되면 성공입니다.",
    { port: value("Number or name of the port.", "포트 번호 또는 이름입니다.") },
  ),
  initialDelaySeconds: value(
    "Wait after the container's start before the first probe, 0 by default.",
    "컨테이너가 시작된 뒤 첫 검사까지 기다리는 시간(초)이며 기본값은 0입니다.",
  ),
  periodSeconds: value(
    "Time from probe to probe, 10 by default.",
    "검사 간격(초)이며 기본값은 10입니다.",
  ),
  timeoutSeconds: value(
    "A probe without an answer for so long has failed, 1 by default.",
    "이 시간(초) 안에 응답이 없으면 실패이며 기본값은 1입니다.",
  ),
  successThreshold: value(
    "Successes in a row that turn a failing probe good, 1 by default.",
    "실패 상태에서 성공으로 바뀌는 데 필요한 연속 성공 횟수이며 기본값은 1입니다.",
  ),
  failureThreshold: value(
    "Failures in a row that turn it bad, 3 by default.",
    "실패로 판정하는 데 필요한 연속 실패 횟수이며 기본값은 3입니다.",
  ),
};

const container: Fields = {
  name: value(
    "Name of the container, unique in the pod; kubectl set image addresses it by this.",
    "파드 안에서 고유한 컨테이너 이름이며, kubectl set image가 이 이름으로 컨테이너를 찾습니다.",
  ),
  image: value(
    "Image to run; a change of it starts a rollout.",
    "실행할 이미지이며, 값이 바뀌면 롤아웃이 시작됩니다.",
  ),
  imagePullPolicy: value(
    "When a kubelet pulls the image; IfNotPresent unless the tag is latest or missing.",
    "kubelet이 이미지를 내려받는 시점이며, 태그가 latest이거나 없을 때를 빼면 IfNotPresent입니다.",
    ["IfNotPresent", "Always", "Never"],
  ),
  command: list("Replaces the image's entry point.", "이미지의 엔트리포인트를 대신합니다."),
  args: list("Replaces the image's arguments.", "이미지의 기본 인자를 대신합니다."),
  ports: list(
    "Ports that the container listens on; they inform and name, and open nothing.",
    "컨테이너가 여는 포트의 목록이며, 이름을 붙이는 정보일 뿐 실제로 포트를 열지는 않습니다.",
    {
      containerPort: value("Number of the port.", "포트 번호입니다."),
      name: value(
        "Name that probes and Services can use.",
        "프로브와 Service에서 쓸 수 있는 이름입니다.",
      ),
      protocol: value("TCP by default.", "기본값은 TCP입니다.", ["TCP", "UDP", "SCTP"]),
    },
  ),
  env: list("Environment variables.", "환경 변수입니다.", {
    name: value("Name of the variable.", "변수 이름입니다."),
    value: value(
      "Its value, a string: quote numbers.",
      "문자열 값이므로 숫자는 따옴표로 감쌉니다.",
    ),
  }),
  resources: mapping(
    "What the scheduler reserves and the node enforces.",
    "스케줄러가 확보하고 노드가 제한하는 자원의 양입니다.",
    {
      requests: mapping("Reserved for the container.", "컨테이너용으로 확보하는 양입니다.", {
        cpu: value("As 250m, a quarter of a core.", "250m이면 코어의 4분의 1입니다."),
        memory: value("As 128Mi.", "128Mi처럼 적습니다."),
      }),
      limits: mapping("Most that it may use.", "최대로 쓸 수 있는 양입니다.", {
        cpu: value("Above it the container is slowed down.", "이 값을 넘으면 느려집니다."),
        memory: value("Above it the container is killed.", "이 값을 넘으면 강제 종료됩니다."),
      }),
    },
  ),
  startupProbe: mapping(
    "Until it has succeeded once, the other probes wait; a slow start is not taken for a hang.",
    "한 번 성공할 때까지 다른 프로브를 미뤄, 느린 시작이 장애로 오인되지 않게 합니다.",
    probe,
  ),
  readinessProbe: mapping(
    "Decides whether the pod is Ready and so gets new connections; it never restarts anything.",
    "파드가 Ready인지, 즉 새 연결을 받을지 정하며 컨테이너를 재시작하지는 않습니다.",
    probe,
  ),
  livenessProbe: mapping(
    "Restarts the container when it fails; it does not wait for readiness.",
    "실패하면 컨테이너를 재시작하며, readiness를 기다려 주지 않습니다.",
    probe,
  ),
  lifecycle: mapping(
    "Hooks at the beginning and the end of the container's life.",
    "컨테이너가 시작할 때와 끝날 때 실행되는 훅입니다.",
    {
      preStop: mapping(
        "Runs before the stop signal is sent; the process goes on serving meanwhile, and the time is spent from the grace period.",
        "종료 신호를 보내기 전에 실행됩니다. 그동안 프로세스는 계속 요청을 처리하고, 걸린 시간은 유예 시간에서 차감됩니다.",
        handlers,
      ),
      postStart: mapping(
        "Runs right after the container has started, beside its own program.",
        "컨테이너가 시작된 직후 본래 프로그램과 나란히 실행됩니다.",
        handlers,
      ),
    },
  ),
};

/** `spec` of a pod. */
export const podSpec: Fields = {
  containers: list("The containers of the pod.", "파드의 컨테이너 목록입니다.", container),
  initContainers: list(
    "Run one after another to their end before the containers start.",
    "본 컨테이너가 시작되기 전에 차례로 실행되고 끝나는 컨테이너입니다.",
    container,
  ),
  terminationGracePeriodSeconds: value(
    "Time from deletion to SIGKILL, 30 by default; preStop and the process's own stop share it.",
    "삭제부터 SIGKILL까지의 시간(초)이며 기본값은 30입니다. preStop과 프로세스의 종료 과정이 이 시간을 나눠 씁니다.",
  ),
  restartPolicy: value(
    "Always for the pods of a Deployment.",
    "Deployment의 파드는 Always만 쓸 수 있습니다.",
    ["Always", "OnFailure", "Never"],
  ),
  nodeSelector: mapping(
    "Labels that the node must have.",
    "파드를 띄울 노드가 가져야 하는 레이블입니다.",
  ),
  serviceAccountName: value(
    "Identity of the pod towards the API server.",
    "API 서버에 대한 파드의 신원입니다.",
  ),
  volumes: list("Volumes that containers can mount.", "컨테이너가 마운트할 수 있는 볼륨입니다."),
};
