/** A database or broker that its image's name tells. */
export interface Database {
  /** Matches the last part of the repository, or its last two. */
  readonly pattern: RegExp;
  readonly like: string;
  /** From its start with its data in place until it listens: a rounded estimate. */
  readonly startup: string;
  readonly mode: "fast" | "graceful";
}

/**
 * What databases do on the stop signal of their images, by their own documentation. `fast`: what they work on is broken off.
 */
export const DATABASES: readonly Database[] = [
  // docker-library/postgres names SIGINT as its stop signal: fast shutdown, which aborts what runs (postgresql.org, Shutting Down the Server).
  {
    pattern: /(^|\/)(postgres|postgis|timescaledb(-ha)?)$/,
    like: "postgres",
    startup: "2s",
    mode: "fast",
  },
  // Images of Bitnami and Red Hat name none: SIGTERM is smart shutdown, which waits until every session has ended.
  {
    pattern: /(^|\/)postgresql(-repmgr|-\d+.*)?$/,
    like: "postgres-smart",
    startup: "2s",
    mode: "graceful",
  },
  // dev.mysql.com, The Server Shutdown Process: statements are killed, transactions rolled back.
  {
    pattern: /(^|\/)(mysql(-server)?|mariadb(-galera)?|percona(-server)?)$/,
    like: "mysql",
    startup: "5s",
    mode: "fast",
  },
  // redis.io, Redis signal handling: the command that runs is finished, data saved.
  {
    pattern: /(^|\/)(redis|redis-stack-server|redis-cluster|valkey|valkey-cluster)$/,
    like: "redis",
    startup: "500ms",
    mode: "graceful",
  },
  // mongodb.com, shutdown: from 5.0 on a quiesce period of up to 15 s.
  {
    pattern: /(^|\/)(mongo|mongodb|mongodb-(community|enterprise)-server)$/,
    like: "mongo",
    startup: "3s",
    mode: "graceful",
  },
  // kafka.apache.org, Graceful shutdown: leadership of partitions is handed over first.
  { pattern: /(^|\/)(cp-)?kafka$/, like: "kafka", startup: "10s", mode: "graceful" },
  // elastic.co, http.shutdown_grace_period: 0 when nothing is set.
  {
    pattern: /(^|\/)(elasticsearch|opensearch)(-oss)?$/,
    like: "elasticsearch",
    startup: "20s",
    mode: "fast",
  },
  // rabbitmq.com, Shutdown: connections of clients are closed.
  { pattern: /(^|\/)rabbitmq$/, like: "rabbitmq", startup: "10s", mode: "fast" },
  // memcached.c: SIGTERM ends it at once, with all that it holds.
  { pattern: /(^|\/)memcached$/, like: "memcached", startup: "25ms", mode: "fast" },
];
