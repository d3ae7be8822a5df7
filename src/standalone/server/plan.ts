import type { Configuration } from '../config/environment';
import type { Secrets } from '../data/secrets';

/** All that a process needs to serve, once the parent has prepared the database and the port. */
export interface ServerPlan {
  readonly configuration: Configuration;
  readonly secrets: Secrets;
  readonly databaseUrl: string;
  readonly port: number;
  /** The address that people and clients use, without a slash at the end. */
  readonly publicUrl: string;
}
