import type { InBoth } from "../../words/language.ts";

/** Databases by what the check takes them for (plan/databases.ts), and what they do when they are told to stop. */
export const DATABASES: Readonly<
  Record<string, InBoth<{ readonly name: string; readonly stop: string }>>
> = {
  postgres: {
    en: {
      name: "PostgreSQL",
      stop: "its image's stop signal, SIGINT, breaks off what runs (fast shutdown)",
    },
    ko: {
      name: "PostgreSQL로",
      stop: "이미지의 종료 신호 SIGINT를 받으면 실행 중인 것을 중단합니다(fast shutdown)",
    },
  },
  "postgres-smart": {
    en: {
      name: "PostgreSQL",
      stop: "on SIGTERM it waits until every session has ended (smart shutdown), and is killed when clients keep theirs until the grace period is over",
    },
    ko: {
      name: "PostgreSQL로",
      stop: "SIGTERM을 받으면 모든 세션이 끝날 때까지 기다립니다(smart shutdown). 유예 시간이 끝나도록 클라이언트가 세션을 붙들고 있으면 강제 종료됩니다",
    },
  },
  mysql: {
    en: {
      name: "MySQL or MariaDB",
      stop: "on SIGTERM it kills the statements that run and rolls back their transactions",
    },
    ko: {
      name: "MySQL 또는 MariaDB로",
      stop: "SIGTERM을 받으면 실행 중인 문을 중단하고 트랜잭션을 롤백합니다",
    },
  },
  redis: {
    en: {
      name: "Redis or Valkey",
      stop: "on SIGTERM it finishes the command that runs, saves its data and ends",
    },
    ko: {
      name: "Redis 또는 Valkey로",
      stop: "SIGTERM을 받으면 실행 중인 명령을 마치고 데이터를 저장한 뒤 끝납니다",
    },
  },
  mongo: {
    en: {
      name: "MongoDB",
      stop: "on SIGTERM it lets running operations end, for at most 15 s (5.0 and later)",
    },
    ko: {
      name: "MongoDB로",
      stop: "SIGTERM을 받으면 실행 중인 작업이 끝나기를 최대 15초 기다립니다(5.0부터)",
    },
  },
  kafka: {
    en: {
      name: "Kafka",
      stop: "on SIGTERM it hands its partitions over to other brokers first (controlled shutdown)",
    },
    ko: {
      name: "Kafka로",
      stop: "SIGTERM을 받으면 먼저 파티션을 다른 브로커에 넘깁니다(controlled shutdown)",
    },
  },
  elasticsearch: {
    en: {
      name: "Elasticsearch or OpenSearch",
      stop: "on SIGTERM it closes its connections without an answer to what is under way",
    },
    ko: {
      name: "Elasticsearch 또는 OpenSearch로",
      stop: "SIGTERM을 받으면 처리 중인 요청에 답하지 않고 연결을 닫습니다",
    },
  },
  rabbitmq: {
    en: { name: "RabbitMQ", stop: "on SIGTERM it closes the connections of its clients" },
    ko: { name: "RabbitMQ로", stop: "SIGTERM을 받으면 클라이언트의 연결을 닫습니다" },
  },
  memcached: {
    en: { name: "Memcached", stop: "on SIGTERM it ends at once, with all that it holds" },
    ko: { name: "Memcached로", stop: "SIGTERM을 받으면 가진 것을 모두 버리고 바로 끝납니다" },
  },
};
