import type { DataSource } from 'typeorm';
import type { AccessOptions } from './access';
import type { ArtifactsOptions, ArtifactStore, S3Options } from './artifacts';
import type { CandidatesOptions } from './candidates';
import type { DatabaseConnection } from './database';
import type { DeletionOptions } from './deletion';
import type { Forge, GiteaForgeOptions } from './forge';
import type { MergeRequestsOptions } from './merge-requests';
import type { MetricsOptions } from './usage';

/** Which forge owns the projects: one of the adapters that come with Assay, or the host's own implementation of {@link Forge}. */
export type ForgeChoice =
  | { readonly kind: 'local' }
  | ({ readonly kind: 'gitea' } & GiteaForgeOptions)
  | { readonly kind: 'custom'; readonly forge: Forge };

/** Where artifacts are kept: a folder, an S3-compatible bucket, or the host's own implementation of {@link ArtifactStore}. */
export type StoreChoice =
  | { readonly kind: 'file'; /** Made when it is not there. */ readonly folder: string }
  | ({ readonly kind: 's3' } & S3Options)
  | { readonly kind: 'custom'; readonly store: ArtifactStore };

/** How a host describes what Assay needs; the reference manual of `AssayModule.forRoot`. */
export interface AssayOptions {
  /** The origin (and path, if there is one) under which people and clients reach the host, such as `https://git.example.org`. */
  readonly publicUrl: string;
  /** PostgreSQL, by its address, or a TypeORM DataSource of the host that lists `assayEntities` among its entities. Run `migrate` on it first. */
  readonly database: DatabaseConnection | { readonly dataSource: DataSource };
  readonly forge: ForgeChoice;
  readonly store: StoreChoice;
  /** Sessions, the cache of rights, the operator's token. */
  readonly access: AccessOptions;
  /** Limits of what one request may log. */
  readonly candidates?: Partial<CandidatesOptions>;
  /** Limits of artifacts. */
  readonly artifacts?: Partial<ArtifactsOptions>;
  /** Whether and when the server deletes for good by itself. */
  readonly deletion?: Partial<DeletionOptions>;
  /** Pace and look of the report on merge requests. */
  readonly mergeRequests?: Partial<MergeRequestsOptions>;
  /** What Prometheus gets at `metricsPath`. */
  readonly metrics?: MetricsOptions;
}

/** The token under which the whole options are injected. */
export const assayOptions = Symbol('assayOptions');

/** What must be known before the options are: where the routes stand. */
export interface AssayMount {
  /** The path of the API without slashes at either end; default `api/v4`. Beside a GitLab, which has its own there, choose another. */
  readonly prefix?: string;
  /** Where the OpenAPI document stands, without slashes at either end; default `api/openapi.json`, beside the API. */
  readonly documentPath?: string;
  /** Where Prometheus reads our measures with an operator's token, without slashes at either end, such as `metrics`; default nowhere. */
  readonly metricsPath?: string;
}
