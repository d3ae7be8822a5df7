import type { DataSourceOptions } from 'typeorm';

/** The name under which @nestjs/typeorm keeps our DataSource, apart from a host's own. */
export const dataSourceName = 'assay';

/** The schema of all our tables; a host's own tables are never touched. */
export const schemaName = 'assay';

/** How a server that owns its database connects. */
export interface DatabaseConnection {
  /** `postgresql://user:password@host:port/database` */
  readonly url: string;
  /** Connections a process holds at most; default 10. */
  readonly poolSize?: number;
}

/**
 * Session settings for short statements: just-in-time compilation and parallel workers cost more than they give there
 * (https://www.postgresql.org/docs/current/jit-decision.html).
 */
const sessionSettings = '-c jit=off -c max_parallel_workers_per_gather=0 -c statement_timeout=60000';

/** TypeORM's options for a connection of our own. */
export function dataSourceOptions({ url, poolSize = 10 }: DatabaseConnection): DataSourceOptions {
  return {
    type: 'postgres',
    url,
    schema: schemaName,
    poolSize,
    applicationName: 'assay',
    connectTimeoutMS: 5_000,
    extra: { options: sessionSettings, keepAlive: true },
    poolErrorHandler: () => undefined,
    synchronize: false,
  };
}
