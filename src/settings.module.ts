import {
  Module,
  type DynamicModule,
  type InjectionToken,
  type ModuleMetadata,
  type OptionalFactoryDependency,
} from '@nestjs/common';
import { AccessOptions } from './access';
import { ArtifactsOptions, artifactsDefaults, ArtifactStore } from './artifacts';
import { assayOptions, type AssayMount, type AssayOptions } from './assay.options';
import { candidatesDefaults, CandidatesOptions } from './candidates';
import { Addresses, defaultPrefix } from './common';
import { Database } from './database';
import { deletionDefaults, DeletionOptions } from './deletion';
import { Forge, LocalForgeAdmin, measuredForge } from './forge';
import { createForge } from './forge-choice';
import { mergeRequestsDefaults, MergeRequestsOptions } from './merge-requests';
import { createArtifactStore } from './store-choice';
import { MetricsOptions } from './usage';

/** How a host gives the options later, from providers of its own. */
export interface AssayAsyncOptions extends AssayMount, Pick<ModuleMetadata, 'imports'> {
  readonly inject?: (InjectionToken | OptionalFactoryDependency)[];
  readonly useFactory: (...dependencies: never[]) => AssayOptions | Promise<AssayOptions>;
}

const derived = [
  { provide: AccessOptions, useFactory: ({ access }: AssayOptions) => access },
  {
    provide: CandidatesOptions,
    useFactory: ({ candidates }: AssayOptions) => ({ ...candidatesDefaults, ...candidates }),
  },
  { provide: ArtifactsOptions, useFactory: ({ artifacts }: AssayOptions) => ({ ...artifactsDefaults, ...artifacts }) },
  { provide: DeletionOptions, useFactory: ({ deletion }: AssayOptions) => ({ ...deletionDefaults, ...deletion }) },
  {
    provide: MergeRequestsOptions,
    useFactory: ({ mergeRequests }: AssayOptions) => ({ ...mergeRequestsDefaults, ...mergeRequests }),
  },
  { provide: MetricsOptions, useFactory: ({ metrics }: AssayOptions) => metrics ?? {} },
  { provide: ArtifactStore, useFactory: ({ store }: AssayOptions) => createArtifactStore(store) },
].map((provider) => ({ ...provider, inject: [assayOptions] }));

/** Hands the host's options, and the ports that they choose, to every feature. */
@Module({})
export class SettingsModule {
  static of({ prefix = defaultPrefix, imports = [], inject = [], useFactory }: AssayAsyncOptions): DynamicModule {
    return {
      module: SettingsModule,
      global: true,
      imports,
      providers: [
        { provide: assayOptions, inject, useFactory },
        {
          provide: Addresses,
          inject: [assayOptions],
          useFactory: ({ publicUrl }: AssayOptions) => new Addresses({ publicUrl, prefix }),
        },
        {
          provide: Forge,
          inject: [assayOptions, Database, Addresses],
          useFactory: ({ forge }: AssayOptions, database: Database, addresses: Addresses) =>
            measuredForge(createForge(forge, database, addresses)),
        },
        {
          provide: LocalForgeAdmin,
          inject: [Database],
          useFactory: (database: Database) => new LocalForgeAdmin(database),
        },
        ...derived,
      ],
      exports: [assayOptions, Addresses, Forge, LocalForgeAdmin, ...derived.map(({ provide }) => provide)],
    };
  }
}
